"""The small things around a list or a point by one question: choices, views, neighbours."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast

from richtschnur.accounts.models import Office, User
from richtschnur.consultation.models import Consultation
from richtschnur.evaluation.models import Boilerplate, Point, SavedView, Tally, Topic
from richtschnur.evaluation.states import Decision
from richtschnur.strategy.models import Passage, Section

SHARED, DEFAULT = 1, 2


@dataclass(frozen=True)
class View:
    """A saved view as the queue shows it."""

    pk: int
    name: str
    query: str
    owner: int
    is_shared: bool
    is_default: bool


@dataclass(frozen=True)
class Words:
    """A boilerplate as it is offered."""

    pk: int
    name: str
    decision: str
    topic: int | None

    def get_decision_display(self) -> str:
        return str(Decision(self.decision).label) if self.decision else ""


@dataclass(frozen=True)
class Beside:
    """One of the points of the same comment."""

    pk: int
    text: str
    start: int
    state: str


@dataclass(frozen=True)
class Gathered:
    """Choices as (key, name); of a point its topics, all points of its comment, its neighbours.

    `paths` is each section's title behind those that it stands under, but the paper's own.
    """

    topics: list[tuple[int, str]] = field(default_factory=list)
    offices: list[tuple[int, str]] = field(default_factory=list)
    people: list[tuple[int, str]] = field(default_factory=list)
    sections: list[tuple[int, str]] = field(default_factory=list)
    views: list[View] = field(default_factory=list)
    paths: dict[int, str] = field(default_factory=dict)
    tagged: list[tuple[int, str]] = field(default_factory=list)
    beside: list[Beside] = field(default_factory=list)
    passages: dict[int, str] = field(default_factory=dict)
    boilerplates: list[Words] = field(default_factory=list)
    fresh: list[int] | None = None
    tally: dict[str, Any] = field(default_factory=dict)


def gathered(
    consultation: Consultation,
    user: User,
    point: Point | None = None,
    *,
    fresh: QuerySet[Point] | None = None,
) -> Gathered:
    """All of it with one query; what a point has only where one is given.

    `fresh` are points whose keys are wanted, too.
    """
    parts = _choices(consultation, user) + (_around(point) if point else [])
    if fresh is not None:
        parts.append(_rows(fresh, "fresh", "state"))
    found: defaultdict[str, list[tuple[Any, ...]]] = defaultdict(list)
    first, *others = parts
    for kind, *row in first.union(*others, all=True):
        found[kind].append(tuple(row))
    sections = sorted(found["section"], key=lambda row: row[3])
    text = point.comment.text if point else ""
    return Gathered(
        topics=_by_name(found["topic"]),
        offices=_by_name(found["office"]),
        people=_by_name(found["person"]),
        sections=[(row[0], f"{row[2]} {row[1]}".strip()) for row in sections],
        views=[
            View(pk, name, query, owner, bool(flags & SHARED), bool(flags & DEFAULT))
            for pk, name, query, owner, flags in sorted(found["view"], key=lambda row: row[1])
        ],
        paths=_paths(sections, consultation),
        tagged=_by_name(found["tagged"]),
        beside=[
            Beside(pk, text[start:end].strip(), start, state)
            for pk, state, _none, start, end in sorted(found["beside"], key=lambda r: r[3])
        ],
        passages={row[3]: row[1] for row in found["passage"]},
        boilerplates=_offered(found["boilerplate"], [row[0] for row in found["tagged"]]),
        tally=json.loads(found["tally"][0][1]) if found["tally"] else {},
        fresh=None if fresh is None else [row[0] for row in found["fresh"]],
    )


def _choices(consultation: Consultation, user: User) -> list[QuerySet[Any, Any]]:
    sections = Section.objects.filter(edition=consultation.edition_id)
    topics = Topic.objects.filter(strategy=consultation.strategy_id)
    people = User.objects.filter(is_active=True)
    in_use = Boilerplate.objects.filter(strategy=consultation.strategy_id, retired_at=None)
    return [
        _rows(sections, "section", "title", "number", "position", "level"),
        _rows(topics, "topic", "name"),
        _rows(Office.objects.all(), "office", "name"),
        _rows(people, "person", "name", "login"),
        _views(consultation, user),
        _rows(Tally.objects.filter(consultation=consultation), "tally", "counts"),
        _rows(in_use, "boilerplate", "name", "decision", "topic_id"),
    ]


def _views(consultation: Consultation, user: User) -> QuerySet[Any, Any]:
    chosen = SavedView.default_for.through.objects.filter(savedview=OuterRef("pk"), user=user)
    shared = Case(When(is_shared=True, then=Value(SHARED)), default=Value(0))
    flags = shared + Case(When(Exists(chosen), then=Value(DEFAULT)), default=Value(0))
    rows = SavedView.objects.filter(Q(owner=user) | Q(is_shared=True), consultation=consultation)
    return _rows(rows.annotate(flags=flags), "view", "name", "query", "owner_id", "flags")


def _around(point: Point) -> list[QuerySet[Any, Any]]:
    tagged = Topic.objects.filter(
        pk__in=Point.topics.through.objects.filter(point=point).values("topic")
    )
    parts = [
        _rows(tagged, "tagged", "name"),
        _rows(
            Point.objects.filter(comment=point.comment_id), "beside", "state", "", "start", "end"
        ),
    ]
    passage = point.comment.passage
    if passage is not None:
        near = [passage.number - 1, passage.number + 1]
        rows = Passage.objects.filter(edition=passage.edition_id, number__in=near)
        parts.append(_rows(rows, "passage", "text", "", "number"))
    return parts


def _rows(
    rows: QuerySet[Any], kind: str, words: str, more: str = "", first: str = "", second: str = ""
) -> QuerySet[Any, Any]:
    """Five columns alike for all: kind, key, two texts, two numbers."""
    return rows.order_by().values_list(
        Value(kind, output_field=TextField()),
        "pk",
        Cast(words, TextField()),
        Cast(more, TextField()) if more else Value("", output_field=TextField()),
        Cast(first, BigIntegerField()) if first else Value(0, output_field=BigIntegerField()),
        Cast(second, BigIntegerField()) if second else Value(0, output_field=BigIntegerField()),
    )


def _offered(rows: list[tuple[Any, ...]], topics: list[int]) -> list[Words]:
    """Those of these topics first, then those of none, then the others; by name."""
    words = [Words(pk, name, decision, topic) for pk, name, decision, topic, _none in rows]
    near = {None: 1} | dict.fromkeys(topics, 0)
    return sorted(words, key=lambda each: (near.get(each.topic, 2), each.name))


def _by_name(rows: list[tuple[Any, ...]]) -> list[tuple[int, str]]:
    return sorted(((row[0], row[1] or row[2]) for row in rows), key=lambda row: row[1].casefold())


def _paths(sections: list[tuple[Any, ...]], consultation: Consultation) -> dict[int, str]:
    paths: dict[int, str] = {}
    above: list[tuple[Any, ...]] = []
    own = consultation.edition.title if consultation.edition else ""
    for row in sections:
        level = row[4]
        above = [*(each for each in above if each[4] < level), row]
        titles = [f"{each[2]} {each[1]}".strip() for each in above if each[1] != own]
        paths[row[0]] = " – ".join(filter(None, titles))
    return paths
