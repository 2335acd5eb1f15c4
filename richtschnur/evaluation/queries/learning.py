"""What suggestions are made of: the points' words, the paper's, and what people have chosen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet

from richtschnur.analysis.topics import Labelled
from richtschnur.analysis.topics import Topic as Described
from richtschnur.consultation.models import Consultation
from richtschnur.evaluation.models import Point, Topic
from richtschnur.evaluation.queries.lists import section_paths
from richtschnur.evaluation.states import PointState
from richtschnur.strategy.models import Passage

CHUNK = 2_000


@dataclass
class Material:
    """Keys are those of points; `places` names the section of those that have one."""

    consultation: Consultation
    texts: dict[int, str] = field(default_factory=dict)
    places: dict[int, int] = field(default_factory=dict)
    chosen_topics: list[tuple[int, int]] = field(default_factory=list)
    names: dict[int, str] = field(default_factory=dict)
    titles: dict[int, str] = field(default_factory=dict)
    passages: dict[int, list[str]] = field(default_factory=dict)

    def words(self, *, placeless: bool = False) -> dict[int, str]:
        """The points' words; of those alone that have no place in the paper."""
        return {k: t for k, t in self.texts.items() if not (placeless and k in self.places)}

    def topics(self) -> list[Described]:
        """The county's list, each topic with the sections whose heading names it.

        Where it has less than two, the paper's own headings are the topics.
        """
        if len(self.names) < 2:
            return [topic for _pk, topic in self.sections()]
        return [Described(name, self._sections_named(name)) for name in self.names.values()]

    def _sections_named(self, name: str) -> tuple[str, ...]:
        word = name.casefold()
        found = [pk for pk, title in self.titles.items() if word in title.casefold()]
        return tuple(text for pk in found for text in (self.titles[pk], *self.passages[pk]))

    def sections(self) -> list[tuple[int, Described]]:
        """Every section that holds text, by its key; no two of the same name."""
        found: dict[str, tuple[int, Described]] = {}
        for pk, title in self.titles.items():
            name = " ".join(title.split())[:80]
            if name and self.passages[pk]:
                found.setdefault(name, (pk, Described(name, tuple(self.passages[pk]))))
        return list(found.values())

    def topic_labels(self) -> list[Labelled]:
        """What people have said that points are about; of several topics each counts."""
        return [
            Labelled(self.texts[point], self.names[topic])
            for point, topic in self.chosen_topics
            if point in self.texts
        ]

    def place_labels(self) -> list[Labelled]:
        """What was said to passages, or put into a section by people."""
        name = {pk: topic.name for pk, topic in self.sections()}
        return [
            Labelled(self.texts[point], name[section])
            for point, section in self.places.items()
            if section in name
        ]

    def points_by_topic(self) -> dict[int, list[int]]:
        """Each topic's points, as they came."""
        found: dict[int, list[int]] = defaultdict(list)
        for point, topic in self.chosen_topics:
            if point in self.texts:
                found[topic].append(point)
        return found

    def still_there(self) -> Sequence[int]:
        """The points that have not been joined or erased meanwhile."""
        return list(_points(self.consultation).order_by().values_list("pk", flat=True))

    def with_words(self) -> Sequence[int]:
        """The points whose words are still there; nothing is read but whether there are any."""
        rows = _points(self.consultation).order_by().exclude(comment__text="")
        return list(rows.values_list("pk", flat=True))


def material_of(consultation: Consultation) -> Material:
    """All of it, in six queries."""
    made = Material(consultation)
    rows = _points(consultation).order_by("pk")
    fields = ("pk", "start", "end", "comment__text", "comment__passage__section", "section")
    for pk, start, end, text, said_to, put_to in rows.values_list(*fields).iterator(CHUNK):
        made.texts[pk] = text[start:end]
        if said_to or put_to:
            made.places[pk] = said_to or put_to
    links = Point.topics.through.objects.filter(
        point__comment__contribution__consultation=consultation
    )
    made.chosen_topics = list(links.order_by("point", "topic").values_list("point", "topic"))
    made.names = dict(
        Topic.objects.filter(strategy=consultation.strategy_id).values_list("pk", "name")
    )
    made.titles = section_paths(consultation.edition)
    made.passages = {pk: [] for pk in made.titles}
    told = Passage.objects.filter(edition=consultation.edition_id).order_by("position")
    for section, text in told.values_list("section", "text"):
        if text.strip():
            made.passages[section].append(text)
    return made


def _points(consultation: Consultation) -> QuerySet[Point]:
    closed = PointState.CLOSED
    points = Point.objects.filter(comment__contribution__consultation=consultation)
    return points.exclude(state=closed)
