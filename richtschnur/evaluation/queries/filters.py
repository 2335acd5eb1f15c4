"""What narrows the desk's list: each filter is an address and reads back from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from richtschnur.accounts.models import User
from richtschnur.contributions.states import Channel, Kind
from richtschnur.evaluation.models import Point
from richtschnur.evaluation.queries.delegations import asked_others
from richtschnur.evaluation.states import ENDED, Asked, Due, PointState
from richtschnur.journal.actors import Actor
from richtschnur.ui.numbers import whole_number

LEFT = "left"
WHOLE_PAPER = 0
LONGEST_SEARCH = 200
LONGEST_LANGUAGE = 10
_NUMBERS = ("office", "assignee", "topic", "passage", "section", "group")
_CHOICES = {
    "channel": Channel.values,
    "kind": Kind.values,
    "due": Due.values,
    "asked": Asked.values,
}
_FLAGS = ("suggestion", "mine")


@dataclass(frozen=True)
class PointFilter:
    """What the list shows. `passage` is a passage's number, 0 the whole paper; `section` a key.

    `order` is "received" or "passage". What an address holds beyond that is passed over.
    """

    q: str = ""
    state: str = ""
    office: int | None = None
    assignee: int | None = None
    due: str = ""
    asked: str = ""
    topic: int | None = None
    passage: int | None = None
    section: int | None = None
    group: int | None = None
    language: str = ""
    channel: str = ""
    kind: str = ""
    suggestion: bool = False
    mine: bool = False
    order: str = "received"

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> PointFilter:
        """The filter that an address asks for."""
        state = _word(given, "state")
        found: dict[str, Any] = {
            "q": _word(given, "q")[:LONGEST_SEARCH],
            "state": state if state == LEFT or state in PointState.values else "",
            "language": _word(given, "language")[:LONGEST_LANGUAGE],
            "order": "passage" if given.get("order") == "passage" else "received",
        }
        found |= {n: _word(given, n) for n, known in _CHOICES.items() if _word(given, n) in known}
        found |= {name: whole_number(given.get(name)) for name in _NUMBERS}
        return cls(**found | {name: bool(given.get(name)) for name in _FLAGS})

    def query(self, **other: Any) -> str:
        """The filter as an address's query, perhaps with some parts set otherwise."""
        parts = {field.name: getattr(self, field.name) for field in fields(self)} | other
        parts |= {name: "1" if parts[name] else "" for name in _FLAGS}
        parts["order"] = parts["order"] if parts["order"] != "received" else ""
        return urlencode({name: v for name, v in parts.items() if v not in ("", None)})

    def without(self, name: str) -> str:
        """The address's query with one of the filters taken away."""
        blank: dict[str, Any] = {name: PointFilter.__dataclass_fields__[name].default}
        return replace(self, **blank).query()

    @property
    def chosen(self) -> list[str]:
        """The names of the filters that narrow the list, the order apart."""
        given = {field.name: (getattr(self, field.name), field.default) for field in fields(self)}
        return [n for n, (value, blank) in given.items() if n != "order" and value != blank]

    @property
    def is_narrow(self) -> bool:
        """Whether more than the state narrows the list."""
        return any(name != "state" for name in self.chosen)


def assigned_to(user: User, by: Actor) -> Q:
    """What is given to this person or her office, or to one whom she stands in for today."""
    absent = [int(pk) for _role, pk in by.stands_in_for]
    mine = Q(assignee__in=[user.pk, *absent])
    if user.office_id:
        mine |= Q(office=user.office_id)
    if absent:
        mine |= Q(office__in=User.objects.filter(pk__in=absent).values("office"))
    return mine


def narrowed(
    points: QuerySet[Point], user: User, by: Actor, chosen: PointFilter, at: datetime
) -> QuerySet[Point]:
    """All that a filter asks for but its words, which the index is asked for."""
    points = _of_work(points, user, by, chosen, at)
    if chosen.passage is not None:
        whole = chosen.passage == WHOLE_PAPER
        wanted = Q(comment__passage=None) if whole else Q(comment__passage__number=chosen.passage)
        points = points.filter(wanted)
    if chosen.section is not None:
        there = Q(comment__passage__section=chosen.section) | Q(section=chosen.section)
        points = points.filter(there)
    if chosen.suggestion:
        points = points.filter(start=0).exclude(comment__suggestion="")
    for name in ("language", "channel", "kind"):
        if getattr(chosen, name):
            points = points.filter(**{f"comment__contribution__{name}": getattr(chosen, name)})
    return points


def _of_work(
    points: QuerySet[Point], user: User, by: Actor, chosen: PointFilter, at: datetime
) -> QuerySet[Point]:
    if chosen.state == LEFT:
        points = points.filter(state__in=[s for s in PointState if s not in ENDED])
    elif chosen.state:
        points = points.filter(state=chosen.state)
    for name in ("group", "office", "assignee"):
        if getattr(chosen, name) is not None:
            points = points.filter(**{name: getattr(chosen, name)})
    if chosen.topic is not None:
        points = points.filter(topics=chosen.topic)
    if chosen.mine:
        points = points.filter(assigned_to(user, by))
    if chosen.asked:
        points = asked_others(points, chosen.asked, localdate(at))
    return points.filter(_due(chosen.due, at)) if chosen.due else points


def _due(due: str, at: datetime) -> Q:
    today = localdate(at)
    unanswered = Q(state__in=[PointState.OPEN, PointState.DRAFT])
    if due == Due.OVERDUE:
        return unanswered & Q(due_on__lt=today)
    if due == Due.SOON:
        return unanswered & Q(due_on__range=(today, today + timedelta(days=7)))
    return Q(due_on__isnull=True)


def _word(given: Mapping[str, Any], name: str) -> str:
    return str(given.get(name) or "").replace("\x00", "").strip()
