"""One place of a draft that is being looked over, as its pages show it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass

from richtschnur.documents.cells import split_rows
from richtschnur.documents.marks import Mark, restored
from richtschnur.documents.structure.draft import DraftDoubt, DraftPassage, DraftSection, Place
from richtschnur.strategy.queries.certainty import CONFIRMED, LIKELY, certainty_in_words
from richtschnur.strategy.queries.doubts import doubt_message


def read_mark(place: Place) -> str:
    """By which a form remembers how a place stood when it was shown."""
    row = asdict(place)
    row.pop("passages", None)
    return hashlib.sha256(json.dumps(row, ensure_ascii=False).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class ShownElement:
    """An element in words; `belongs_to` is what it stands below, `is_whole`: all of its place."""

    key: int
    kind: str
    label: str
    words: str
    certainty: float
    belongs_to: str = ""
    is_whole: bool = False

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
    def sentence(self) -> str:
        """The same in short, beside its place, where its words stand anyway."""
        return doubt_message({"code": self.doubt.code})

    @property
    def explained(self) -> str:
        """The same with its details, without the words of its place."""
        return doubt_message({"code": self.doubt.code, "detail": self.doubt.detail})

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
    def is_open(self) -> bool:
        """Whether a person could still confirm something here."""
        return self.is_unsure or not all(one.is_confirmed for one in self.elements)

    @property
    def read(self) -> str:
        """The mark of the place as it is shown."""
        return read_mark(self.place)


def mark_lists(shown: list[ShownPlace]) -> None:
    """Say where runs of list items begin and end."""
    for before, this, after in zip([None, *shown], shown, [*shown[1:], None], strict=False):
        this.opens_list = this.is_item and not (before and before.is_item)
        this.closes_list = this.is_item and not (after and after.is_item)
