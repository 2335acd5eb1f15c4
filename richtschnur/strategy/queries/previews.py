"""A draft that is being looked over, as its pages show it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from richtschnur.documents.structure.correcting import Impossible
from richtschnur.documents.structure.draft import (
    Draft,
    DraftElement,
    DraftSection,
    Place,
    words_of,
)
from richtschnur.strategy.models import Preview
from richtschnur.strategy.queries.certainty import CONFIRMED, LIKELY
from richtschnur.strategy.queries.preview_places import (
    ShownDoubt,
    ShownElement,
    ShownPlace,
    mark_lists,
)
from richtschnur.strategy.states import ElementKind
from richtschnur.ui.contents import ContentsEntry
from richtschnur.ui.words import capfirst

SHORT_PAPER = 120  # places; more are shown a page at a time
PLACES_A_PAGE = 60
UNSURE_A_PAGE = 40
OPEN_DOUBT = 0.5
DEEPEST_HEADING = 6


def all_previews() -> QuerySet[Preview]:
    """Every draft that is being looked over, the newest first, without its text."""
    return Preview.objects.defer("outline").select_related("into")


def impossible_message(error: Impossible) -> str:
    """Why a correction can't be made, and what to do."""
    return {
        "gone": _("This place is not there any more; perhaps someone joined it or left it out."),
        "first": _("Nothing stands before it that it could be joined with."),
        "level": _("Headings have the levels 1 to 9. Please choose another level."),
        "kind": _("That is not possible with this kind of place."),
        "words": _("These words do not stand in this place. Please choose or copy them exactly."),
        "parent": _("An element can't belong to itself or to what stands below it."),
    }[error.reason]


@dataclass
class Overview:
    """What stands on top: how many of each kind, places to look at, doubts without a place."""

    counts: list[tuple[str, int]]
    unsure: list[int]
    placeless: list[ShownDoubt]

    @property
    def has_open(self) -> bool:
        """Whether a doubt without a place is open."""
        return any(not one.is_settled for one in self.placeless)

    @property
    def to_look_at(self) -> int:
        """How many places and doubts without one want a look."""
        return len(self.unsure) + sum(not one.is_settled for one in self.placeless)


class Looking:
    """A draft to look at; made once a request, one walk over the whole paper."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.places = list(draft.places())
        self.by_key = {place.key: at for at, place in enumerate(self.places)}
        self._doubts: dict[int, list[ShownDoubt]] = {}
        self._placeless: list[ShownDoubt] = []
        for index, one in enumerate(draft.doubts):
            shown = ShownDoubt(index, one)
            if one.at in self.by_key:
                self._doubts.setdefault(one.at or 0, []).append(shown)
            else:
                self._placeless.append(shown)
        self._titles: dict[int, str] = {}
        for place in self.places:
            for element in place.elements:
                self._titles[element.key] = words_of(place, element)

    def overview(self) -> Overview:
        """Counts and the keys of the places to look at, in reading order."""
        kinds = Counter(element.kind for element in self.draft.elements())
        counts = [(kind, kinds[kind]) for kind in ElementKind.values if kinds[kind]]  # type: ignore[index]
        unsure = [place.key for place in self.places if self._is_unsure(place)]
        return Overview(counts, unsure, self._placeless)

    def _is_unsure(self, place: Place) -> bool:
        if any(one.certainty < LIKELY for one in place.elements):
            return True
        return any(not one.is_settled for one in self._doubts.get(place.key, ()))

    def shown(self, place: Place, heading: int = 0) -> ShownPlace:
        """One place with its elements in the order of its words."""
        elements = sorted(place.elements, key=lambda one: one.start)
        return ShownPlace(
            place,
            heading,
            [self._element(place, one) for one in elements],
            self._doubts.get(place.key, []),
        )

    def _element(self, place: Place, one: DraftElement) -> ShownElement:
        label = capfirst(str(ElementKind(one.kind).label))
        above = self._titles.get(one.parent or 0, "")
        words = words_of(place, one)
        is_whole = words.strip(" .") == place.text.strip(" .")
        return ShownElement(one.key, one.kind, label, words, one.certainty, above, is_whole)

    def named(self, key: int) -> ShownPlace | None:
        """The place with this key, or None."""
        at = self.by_key.get(key)
        return None if at is None else self.shown(self.places[at])

    def pages(self) -> list[int]:
        """Where the pages begin: at a chapter if the page is filled a little, else when full."""
        begins, count = [0], 0
        if len(self.places) <= SHORT_PAPER:
            return begins
        for at, place in enumerate(self.places):
            is_chapter = isinstance(place, DraftSection) and place.level == 1
            if count >= PLACES_A_PAGE or (is_chapter and count >= PLACES_A_PAGE // 4):
                begins.append(at)
                count = 0
            count += 1
        return begins

    def page(self, begins: list[int], number: int) -> list[ShownPlace]:
        """The places of one page (from 0), with heading levels from 2 that never jump."""
        start = begins[number]
        end = begins[number + 1] if number + 1 < len(begins) else len(self.places)
        above: list[int] = []
        shown = []
        for place in self.places[start:end]:
            heading = 0
            if isinstance(place, DraftSection):
                above = [level for level in above if level < place.level] + [place.level]
                heading = min(len(above) + 1, DEEPEST_HEADING)
            shown.append(self.shown(place, heading))
        mark_lists(shown)
        return shown

    def least_sure_first(self, keys: Iterable[int], most: int) -> list[ShownPlace]:
        """At most so many of these places, the least sure first, in reading order otherwise."""
        found = [self.places[self.by_key[key]] for key in keys]
        ordered = sorted(found, key=self._least)[:most]
        return [self.shown(place) for place in ordered]

    def _least(self, place: Place) -> float:
        """How unsure a place is at its worst; an open doubt counts as half."""
        doubts = self._doubts.get(place.key, ())
        open_doubts = [OPEN_DOUBT for one in doubts if not one.is_settled]
        return min([*(one.certainty for one in place.elements), *open_doubts, CONFIRMED])

    def contents(self, shown: Iterable[ShownPlace]) -> list[ContentsEntry]:
        """The outline as it stands, the headings among `shown` marked as read."""
        here = {one.key for one in shown}
        roots: list[ContentsEntry] = []
        above: list[tuple[int, ContentsEntry]] = []
        for one in self.draft.sections:
            if not one.text:
                continue
            title = f"{one.number} {one.text}".strip()
            entry = ContentsEntry(title, f"?at={one.key}#n{one.key}", one.key in here)
            above = [(level, higher) for level, higher in above if level < one.level]
            (above[-1][1].children if above else roots).append(entry)
            above.append((one.level, entry))
        return roots

    def guidelines(self) -> list[tuple[int, str]]:
        """What elements may belong to: (key, words) of the guidelines, in order."""
        return [
            (element.key, words_of(place, element))
            for place in self.places
            for element in place.elements
            if element.kind == "guideline"
        ]
