"""A passage's translation in the shape in which templates and writers take a passage."""

from __future__ import annotations

from dataclasses import dataclass

from richtschnur.documents.cells import split_rows
from richtschnur.documents.marks import Mark
from richtschnur.strategy.models import Passage
from richtschnur.translation.models import Translation

_OF_PASSAGE = (
    "kind",
    "label",
    "level",
    "number",
    "picture_id",
    "picture",
    "note_places",
    "note_back",
)


@dataclass(frozen=True)
class TranslatedWords:
    """A passage as it is shown in another language, in the shape in which templates show one."""

    passage: Passage
    translation: Translation
    language: str

    def __getattr__(self, name: str) -> object:
        if name in _OF_PASSAGE:
            return getattr(self.passage, name)
        raise AttributeError(name)

    @property
    def note_prefix(self) -> str:
        """Anchors of its footnotes' signs, other than those of the original on the same page."""
        return f"p{self.passage.number}t"

    @property
    def text(self) -> str:
        return self.translation.text

    @property
    def caption(self) -> str:
        return self.translation.caption

    @property
    def marking(self) -> tuple[Mark, ...]:
        return self.translation.marking

    @property
    def rows(self) -> list[list[str]]:
        return split_rows(self.text)
