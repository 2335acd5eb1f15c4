"""What is to do today: each list reads a fixed number of rows, whatever the data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.text import Truncator
from django.utils.timezone import localdate

from richtschnur.accounts.models import User
from richtschnur.accounts.rules import may
from richtschnur.consultation.models import Consultation, Timetable
from richtschnur.consultation.queries import all_consultations, closing_after, offices_left
from richtschnur.consultation.queries.timetable import Planned, next_step, plan_of, timetables
from richtschnur.contributions.models import Contribution, HeldTable
from richtschnur.contributions.queries import erasures_to_confirm, held_tables, mails
from richtschnur.contributions.queries.publication import objections
from richtschnur.desk.models import Note
from richtschnur.evaluation.models import Point
from richtschnur.evaluation.queries import (
    AskedOthers,
    answers_due,
    asked_today,
    my_drafts,
    waiting_for_release,
)
from richtschnur.evaluation.states import ENDED
from richtschnur.journal.actors import Actor
from richtschnur.network.models import Organization
from richtschnur.strategy.models import Edition
from richtschnur.strategy.states import EditionState

READ = 200
SHOWN = 8
UNDATED_FOR = timedelta(days=30)


@dataclass
class Waiting:
    """Some points: the first ones, how many there are, and the first day on which one is due."""

    points: list[Point] = field(default_factory=list)
    count: int = 0
    first_due_on: date | None = None
    is_overdue: bool = False

    @property
    def more(self) -> int:
        return self.count - len(self.points)

    def __bool__(self) -> bool:
        return self.count > 0


@dataclass
class Today:
    """All that one person has to do at one moment."""

    answers: Waiting
    releases: Waiting
    drafts: Waiting
    asked: AskedOthers
    editions: list[Edition]
    running: list[Consultation]
    unanswered: list[Consultation]
    steps: list[tuple[Timetable, Planned]]
    erasures: list[Contribution]
    mails: int
    tables: list[HeldTable]
    objections: list[tuple[Consultation, int]]
    notes_due: list[Note]
    notes_undated: list[Note]
    notes_done: list[Note]

    @property
    def rounds(self) -> list[Consultation]:
        """Those that offices still owe an answer, the next deadline first."""
        return [row for row in self.running if row.offices_left]  # type: ignore[attr-defined]

    @property
    def is_empty(self) -> bool:
        lists = (
            self.asked,
            self.erasures,
            self.tables,
            self.objections,
            self.editions,
            self.unanswered,
            self.notes_due,
            self.notes_undated,
        )
        return not (self.answers or self.releases or self.drafts or self.mails or any(lists))


def today_of(user: User, by: Actor, at: datetime) -> Today:
    """What this person, as this actor, has to do at this moment."""
    on = localdate(at)
    due = _waiting(answers_due(user, at, by), on)
    drafts = _waiting(my_drafts(user).exclude(pk__in=[p.pk for p in due.points]), on)
    mine = Note.objects.filter(written_by__in=[user.pk, *_stood_in_for(by)])
    return Today(
        answers=due,
        releases=_waiting(waiting_for_release(user, by), on),
        drafts=drafts,
        asked=asked_today(user, by, at),
        editions=working_editions() if may(by, "strategy.edit") else [],
        running=running_consultations(at) if may(by, "evaluation.sort") else [],
        unanswered=closed_with_open_points(at) if may(by, "evaluation.sort") else [],
        steps=next_steps(on) if may(by, "evaluation.sort") else [],
        erasures=erasures_to_confirm(by) if may(by, "contributions.confirm_erasure") else [],
        mails=mails().count() if may(by, "contributions.record") else 0,
        tables=held_tables(at) if may(by, "contributions.record") else [],
        objections=objections() if may(by, "contributions.publish") else [],
        notes_due=_notes(mine.filter(done_at=None, follow_up_on__lte=on)),
        notes_undated=_notes(
            mine.filter(done_at=None, follow_up_on=None, written_at__gt=at - UNDATED_FOR)
        ),
        notes_done=_notes(mine.filter(done_at__gt=at - timedelta(hours=12))),
    )


def _stood_in_for(by: Actor) -> list[int]:
    return [int(absent) for _role, absent in by.stands_in_for]


def _waiting(points: QuerySet[Point], on: date) -> Waiting:
    found = list(points[:READ])
    days = [point.due_on for point in found if point.due_on]
    first = min(days, default=None)
    count = len(found) if len(found) < READ else points.count()
    return Waiting(found[:SHOWN], count, first, first is not None and first < on)


def _notes(notes: QuerySet[Note]) -> list[Note]:
    return list(notes.select_related("written_by")[:30])


def working_editions() -> list[Edition]:
    """Working editions, each with `open_doubts`: how many places of its import are unchecked."""
    editions = Edition.objects.filter(state=EditionState.WORKING).select_related("strategy")
    found = list(editions.order_by("-created_at")[:20])
    for edition in found:
        edition.open_doubts = sum(  # type: ignore[attr-defined]
            not doubt.get("settled") for doubt in edition.doubts
        )
    return found


def running_consultations(at: datetime) -> list[Consultation]:
    """The next deadlines, each with `offices_left`: how many invited offices still owe an answer.

    `offices_asked` is how many were invited. Two queries.
    """
    found = list(closing_after(at)[:10])
    counts = offices_left(found)
    for consultation in found:
        left, asked = counts.get(consultation.pk, (0, 0))
        consultation.offices_left = left  # type: ignore[attr-defined]
        consultation.offices_asked = asked  # type: ignore[attr-defined]
    return found


def next_steps(on: date) -> list[tuple[Timetable, Planned]]:
    """Of each timetable what comes next, the soonest first; one query."""
    found = [(row, next_step(plan_of(row), on)) for row in timetables() if row.council_on >= on]
    pairs = [(row, step) for row, step in found if step is not None]
    return sorted(pairs, key=lambda pair: pair[1].on)[:SHOWN]


def closed_with_open_points(at: datetime) -> list[Consultation]:
    """Consultations that are over, each with `open_points`: points without a released answer."""
    over = Q(closes_at__lt=at.replace(microsecond=0)) | Q(closed_at__lte=at)
    points = Point.objects.exclude(state__in=ENDED).order_by()
    rows = points.values_list("consultation").annotate(Count("pk"))
    counts = dict(rows)
    found = list(all_consultations().filter(over, pk__in=counts).order_by("answers_by_on")[:10])
    for consultation in found:
        consultation.open_points = counts[consultation.pk]  # type: ignore[attr-defined]
    return found


def subject_of(thing: Any) -> str:
    """By which name notes are kept on something; a page may also give the name itself."""
    if isinstance(thing, Edition):
        return f"edition:{thing.ref}"
    if isinstance(thing, Consultation):
        return f"consultation:{thing.slug}"
    if isinstance(thing, Contribution | Point):
        return f"{thing._meta.model_name}:{thing.pk}"
    return str(thing or "")


def notes_about(subject: str) -> list[Note]:
    """All notes on one thing, the open ones first."""
    notes = Note.objects.filter(subject=subject).select_related("written_by")
    return sorted(notes, key=lambda note: (note.done_at is not None, -note.written_at.timestamp()))


def places(notes: Iterable[Note]) -> dict[str, tuple[str, str]]:
    """For each subject of these notes (name, address); three queries at most."""
    subjects = {note.subject for note in notes if ":" in note.subject}
    keys = {kind: _keys(subjects, kind) for kind in ("point", "contribution", "organization")}
    found: dict[str, tuple[str, str]] = {}
    if keys["point"]:
        points = Point.objects.filter(pk__in=keys["point"])
        for point in points.select_related("comment__contribution__consultation"):
            slug = point.comment.contribution.consultation.slug
            address = reverse("evaluation:point", args=[slug, point.pk])
            found[f"point:{point.pk}"] = (Truncator(point.text).chars(120), address)
    if keys["contribution"]:
        for row in Contribution.objects.filter(pk__in=keys["contribution"]):
            address = reverse("contributions:original", args=[row.number])
            found[f"contribution:{row.pk}"] = (row.number, address)
    if keys["organization"]:
        for one in Organization.objects.filter(pk__in=keys["organization"]):
            address = reverse("network:organization", args=[one.identity])
            found[one.subject] = (one.name, address)
    return found | dict(filter(None, map(_address_of, subjects)))


def _keys(subjects: Iterable[str], kind: str) -> list[int]:
    names = [s.partition(":")[2] for s in subjects if s.startswith(f"{kind}:")]
    return [int(name) for name in names if name.isdecimal() and len(name) < 16]


def _address_of(subject: str) -> Any:
    kind, _colon, name = subject.partition(":")
    slug, _dot, number = name.rpartition(".")
    try:
        if kind == "consultation":
            return subject, (name, reverse("consultation:manage", args=[name]))
        if kind == "edition":
            return subject, (name, reverse("strategy:edit", args=[slug, number]))
    except NoReverseMatch:
        return None
    return None
