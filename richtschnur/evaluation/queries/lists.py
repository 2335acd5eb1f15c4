"""Small lists around the points: topics, sections, offices, consultations with their counts."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from richtschnur.accounts.models import Office, User
from richtschnur.accounts.rules import may
from richtschnur.consultation.models import Consultation
from richtschnur.consultation.queries import all_consultations
from richtschnur.evaluation.models import Point, Topic
from richtschnur.evaluation.queries.answers import latest_released
from richtschnur.evaluation.states import ENDED, Decision
from richtschnur.journal.actors import Actor
from richtschnur.strategy.models import Edition, Section


@dataclass(frozen=True)
class Standing:
    """A consultation with the number of its points that this person sees, and of those left."""

    consultation: Consultation
    points: int
    left: int


def standings(user: User, by: Actor) -> list[Standing]:
    """Every consultation with its counts, the newest first. Two queries."""
    points = Point.objects.all()
    if not may(by, "evaluation.answer_any"):
        mine = Q(assignee=user)
        points = points.filter(mine | Q(office=user.office_id) if user.office_id else mine)
    counted = points.order_by().values_list("comment__contribution__consultation")
    left = Count("pk", filter=~Q(state__in=ENDED))
    counts = {pk: (n, m) for pk, n, m in counted.annotate(all=Count("pk"), left=left)}
    return [Standing(c, *counts.get(c.pk, (0, 0))) for c in all_consultations()]


def topics_of(consultation: Consultation) -> QuerySet[Topic]:
    """The paper's list of topics."""
    return Topic.objects.filter(strategy=consultation.strategy_id)


def sections_in(points: QuerySet[Point]) -> QuerySet[Section]:
    """The sections that something was said to, in the paper's order."""
    said = points.order_by().values("comment__passage__section")
    put = points.order_by().filter(section__isnull=False).values("section")
    return Section.objects.filter(Q(pk__in=said) | Q(pk__in=put)).order_by("position")


def section_paths(edition: Edition | None) -> dict[int, str]:
    """Each section's title behind those that it stands under, but the paper's own. One query."""
    if edition is None:
        return {}
    paths: dict[int, str] = {}
    above: list[Section] = []
    for section in edition.sections.order_by("position"):
        above = [*(s for s in above if s.level < section.level), section]
        titles = [str(s) for s in above if str(s) and s.title != edition.title]
        paths[section.pk] = " – ".join(titles)
    return paths


def offices_in(points: QuerySet[Point]) -> QuerySet[Office]:
    """The offices that points are assigned to."""
    return Office.objects.filter(pk__in=points.order_by().values("office"))


def decisions_of(consultation: Consultation) -> list[tuple[str, int]]:
    """How often each decision was released: its word and number, in the list's order."""
    rows = latest_released().filter(point__comment__contribution__consultation=consultation)
    counted = dict(rows.order_by().values_list("decision").annotate(Count("pk")))
    return [(str(d.label), counted[d.value]) for d in Decision if counted.get(d.value)]
