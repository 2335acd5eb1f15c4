"""A whole consultation read by the machine in one act: languages, alike ones, topics, marks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count

from richtschnur.consultation.models import Consultation
from richtschnur.contributions.models import Contribution
from richtschnur.evaluation.models import Point, TopicSuggestion
from richtschnur.evaluation.operations.alike import is_open, propose_alike
from richtschnur.evaluation.operations.suggesting import suggest_topics
from richtschnur.evaluation.states import Suggested
from richtschnur.journal.actors import Actor
from richtschnur.journal.operations import record

ROWS_AT_ONCE = 2_000
Texts = Callable[[], Iterable[str]]
# (language, group, topics, keywords, personal data) of each text: rows of analysis.pipeline
Told = Callable[[Texts], Iterator[Any]]


@dataclass
class Evaluated:
    """What was said of all points; the language "" could not be told."""

    contributions: int = 0
    points: int = 0
    languages: Counter[str] = field(default_factory=Counter)
    groups: Counter[int] = field(default_factory=Counter)
    topics: Counter[str] = field(default_factory=Counter)
    personal_data: Counter[str] = field(default_factory=Counter)

    def figures(self) -> dict[str, Any]:
        return {
            "contributions": self.contributions,
            "points": self.points,
            "languages": dict(self.languages.most_common()),
            "groups": len(self.groups),
            "largest_group": max(self.groups.values(), default=0),
            "topics": dict(self.topics.most_common()),
        }


def evaluate_points(
    *, consultation: Consultation, told: Told, by: Actor, at: datetime
) -> Evaluated:
    """Have all points read, and store what is proposed; doing it again changes nothing more.

    `told(texts)` reads them: rows in their order. What it says of languages and personal data is
    counted; the texts' own languages and the marks at the review are there since they came. Topics
    and places follow in an act of their own, with what people's clicks have taught.
    """
    points = Point.objects.filter(comment__contribution__consultation=consultation).order_by("pk")
    newest = points.values_list("pk", flat=True).last() or 0
    points = points.filter(pk__lte=newest)  # who comes meanwhile is read next time

    def texts() -> Iterator[str]:
        rows = points.values_list("start", "end", "comment__text")
        for start, end, text in rows.iterator(chunk_size=ROWS_AT_ONCE):
            yield text[start:end]

    done, members = _counted(told(texts))
    contributions = Contribution.objects.filter(consultation=consultation)
    done.contributions = contributions.count()
    with transaction.atomic():
        data = propose_alike(consultation, _keys(points, members), at)
        record(
            act="evaluation.evaluate_points",
            subject=f"consultation:{consultation.slug}",
            by=by,
            at=at,
            data={**data, "points": done.points},
        )
    suggest_topics(consultation=consultation, by=by, at=at)
    done.topics = _topics(consultation)
    return done


def _topics(consultation: Consultation) -> Counter[str]:
    """How many points have each topic as their likeliest."""
    rows = TopicSuggestion.objects.filter(
        point__comment__contribution__consultation=consultation, kind=Suggested.TOPIC, rank=1
    )
    counted = rows.values_list("name").annotate(points=Count("pk")).order_by()
    return Counter(dict(counted))


def _counted(rows: Iterable[Any]) -> tuple[Evaluated, dict[int, list[int]]]:
    """The sums, and the places of each group's members."""
    done = Evaluated()
    members: dict[int, list[int]] = {}
    for place, row in enumerate(rows):
        done.points += 1
        done.languages[row.language] += 1
        done.personal_data.update(find["kind"] for find in row.personal_data)
        if row.group is not None:
            done.groups[row.group] += 1
            members.setdefault(row.group, []).append(place)
    return done, members


def _keys(points: Any, members: dict[int, list[int]]) -> list[dict[int, int | None]]:
    """For each group its points that may be grouped, with the group that they have already."""
    known: dict[int, tuple[int, int | None]] = {}
    wanted = {place for each in members.values() for place in each}
    rows = points.values_list("pk", "group", "state").iterator(chunk_size=ROWS_AT_ONCE)
    for place, (pk, group, state) in enumerate(rows):
        if place in wanted and is_open(state, group):
            known[place] = (pk, group)
    return [dict(known[place] for place in each if place in known) for each in members.values()]
