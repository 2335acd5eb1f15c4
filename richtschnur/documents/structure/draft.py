"""A paper that is being looked over: the outline as a tree that a person may correct.

Every heading, passage and element has a `key` that stays while others come, go and move, so that
an address or a form means the same place after somebody else's correction.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from richtschnur.documents.marks import Stored
from richtschnur.documents.structure.outline import ElementKind, PassageKind

DEEPEST = 9
SAID_BY_A_PERSON = 1.0


@dataclass(slots=True)
class DraftElement:
    """A marked span of its place's text; `title` is set only where it differs from those words.

    `parent` is an element's key; one that no element has any more means no parent.
    """

    key: int
    kind: ElementKind
    start: int
    end: int
    certainty: float
    parent: int | None = None
    title: str = ""


@dataclass(slots=True)
class DraftPassage:
    """As OutlinePassage, with its elements; `marks` as JSON keeps them."""

    key: int
    kind: PassageKind
    text: str
    level: int = 0
    number: str = ""
    marks: list[Stored] = field(default_factory=list)
    caption: str = ""
    picture: str = ""
    language: str = ""
    elements: list[DraftElement] = field(default_factory=list)


@dataclass(slots=True)
class DraftSection:
    """A heading (`text`) with its passages; its own elements stand in the heading."""

    key: int
    text: str
    number: str
    level: int
    elements: list[DraftElement] = field(default_factory=list)
    passages: list[DraftPassage] = field(default_factory=list)


Place = DraftSection | DraftPassage


@dataclass(slots=True)
class DraftDoubt:
    """`at` is the key of the place that it speaks of, if that was found."""

    code: str
    excerpt: str = ""
    detail: str = ""
    at: int | None = None
    settled: bool = False


@dataclass(slots=True)
class LeftOut:
    """A passage that is not to be kept; it stood in `section`, behind the place `after`."""

    passage: DraftPassage
    section: int
    after: int


@dataclass(slots=True)
class Draft:
    """`pictures` holds the media type of each picture; `corrections` counts what people did."""

    title: str
    sections: list[DraftSection]
    doubts: list[DraftDoubt] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    pictures: dict[str, str] = field(default_factory=dict)
    next_key: int = 1
    corrections: int = 0

    def new_key(self) -> int:
        """A key that nothing had before."""
        self.next_key += 1
        return self.next_key - 1

    def places(self) -> Iterator[Place]:
        """Headings and passages in reading order."""
        for section in self.sections:
            yield section
            yield from section.passages

    def elements(self) -> Iterator[DraftElement]:
        """All elements in reading order."""
        for place in self.places():
            yield from place.elements


def words_of(place: Place, element: DraftElement) -> str:
    """What the element is called: its own title, or the words that it marks."""
    return element.title or place.text[element.start : element.end]
