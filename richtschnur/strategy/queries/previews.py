"""A draft that is being looked over, as its pages show it."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from richtschnur.documents.cells import split_rows
from richtschnur.documents.marks import Mark, restored
from richtschnur.documents.structure.correcting import Impossible
from richtschnur.documents.structure.draft import (
    Draft,
    DraftDoubt,
    DraftElement,
    DraftPassage,
    DraftSection,
    Place,
    words_of,
)
from richtschnur.strategy.models import Preview
from richtschnur.strategy.queries.certainty import CONFIRMED, LIKELY, certainty_in_words
from richtschnur.strategy.queries.doubts import doubt_message
from richtschnur.strategy.states import ElementKind
from richtschnur.ui.contents import ContentsEntry

PLACES_A_PAGE = 60
UNSURE_A_PAGE = 40
DEEPEST_HEADING = 6


def all_previews() -> QuerySet[Preview]:
    """Every draft that is being looked over, the newest first, without its text."""
    return Preview.objects.defer("outline").select_related("into")


def read_mark(place: Place) -> str:
    """By which a form remembers how a place stood when it was shown."""
    row = asdict(place)
    row.pop("passages", None)
    return hashlib.sha256(json.dumps(row, ensure_ascii=False).encode()).hexdigest()[:16]


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


@dataclass(frozen=True)
class ShownElement:
    """An element in words; `belongs_to` is what it stands below, or ""."""

    key: int
    kind: str
    label: str
    words: str
    certainty: float
    belongs_to: str = ""

    @property
    def sure(self) -> str:
        return certainty_in_words(self.certainty)

    @property
    def is_unsure(self) -> bool:
        return self.certainty < LIKELY

    @property
    def is_confirmed(self) -> bool:
        return self.certainty >= CONFIRMED


@dataclass(frozen=True)
class ShownDoubt:
    """A doubt by its index, with its place's key if it has one."""

    index: int
    doubt: DraftDoubt

    @property
    def message(self) -> str:
        """The doubt as a sentence."""
        one = self.doubt
        return doubt_message({"code": one.code, "excerpt": one.excerpt, "detail": one.detail})

    @property
    def is_settled(self) -> bool:
        return self.doubt.settled


@dataclass
class ShownPlace:
    """A heading or a passage with what was recognised in it; `heading` is its HTML level or 0."""

    place: Place
    heading: int
    elements: list[ShownElement]
    doubts: list[ShownDoubt]
    opens_list: bool = False
    closes_list: bool = False

    @property
    def key(self) -> int:
        return self.place.key

    @property
    def text(self) -> str:
        return self.place.text

    @property
    def is_heading(self) -> bool:
        return isinstance(self.place, DraftSection)

    @property
    def kind(self) -> str:
        return self.place.kind if isinstance(self.place, DraftPassage) else "heading"

    @property
    def is_item(self) -> bool:
        return self.kind == "item"

    @property
    def depth(self) -> int:
        return max(1, min(self.place.level, 6))

    @property
    def marking(self) -> tuple[Mark, ...]:
        """What stands out in the text."""
        return restored(self.place.marks) if isinstance(self.place, DraftPassage) else ()

    @property
    def rows(self) -> list[list[str]]:
        return split_rows(self.place.text)

    @property
    def is_unsure(self) -> bool:
        return any(one.is_unsure for one in self.elements) or any(
            not one.is_settled for one in self.doubts
        )

    @property
    def least(self) -> float:
        """How unsure it is at its worst; an open doubt counts as half."""
        open_doubts = [0.5 for one in self.doubts if not one.is_settled]
        return min([*(one.certainty for one in self.elements), *open_doubts, 1.0])


@dataclass
class Overview:
    """What stands on top: how many of each kind, places to look at, doubts without a place."""

    counts: list[tuple[str, int]]
    unsure: list[int]
    placeless: list[ShownDoubt]

    @property
    def to_look_at(self) -> int:
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
        return ShownElement(one.key, one.kind, label, words_of(place, one), one.certainty, above)

    def named(self, key: int) -> ShownPlace | None:
        """The place with this key, or None."""
        at = self.by_key.get(key)
        return None if at is None else self.shown(self.places[at])

    def pages(self) -> list[int]:
        """Where the pages begin: at a chapter if the page is filled a little, else when full."""
        begins, count = [0], 0
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

    def least_sure_first(self, keys: Iterable[int]) -> list[ShownPlace]:
        """These places, the least sure first, in reading order otherwise."""
        found = [self.shown(self.places[self.by_key[key]]) for key in keys]
        return sorted(found, key=lambda one: one.least)

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


def mark_lists(shown: list[ShownPlace]) -> None:
    """Say where runs of list items begin and end."""
    for before, this, after in zip([None, *shown], shown, [*shown[1:], None], strict=False):
        this.opens_list = this.is_item and not (before and before.is_item)
        this.closes_list = this.is_item and not (after and after.is_item)
