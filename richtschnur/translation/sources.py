"""What may be translated at all: the county's papers and questions, never a resident's words."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

import rfc8785

from richtschnur.documents.marks import Mark, stored

Kind = Literal["passage", "section", "edition-title", "question"]
# Comments, answers and mails have no kind here: no order sends anything of theirs to a machine.
SUBJECT: Final = re.compile(
    r"(?:passage|section):[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    r"|edition-title:[A-Za-z0-9_-]{1,80}"
    r"|question:[1-9][0-9]{0,18}"
)


@dataclass(frozen=True, slots=True)
class Source:
    """One text of a paper, or a question beside it, with what stands out in it.

    `subject` names it across editions ("passage:<identity>"); `is_table` says that `text` is rows
    of cells (documents.cells). Raises ValueError for anything that is no text of a paper.
    """

    subject: str
    text: str
    marks: tuple[Mark, ...] = ()
    caption: str = ""
    language: str = "de"
    is_table: bool = False

    def __post_init__(self) -> None:
        if not SUBJECT.fullmatch(self.subject):
            raise ValueError(f"not a text of a paper: {self.subject}")

    @property
    def fingerprint(self) -> str:
        """SHA-256 over text, marks and caption: another one means other words."""
        said = [self.text, stored(self.marks), self.caption]
        return hashlib.sha256(rfc8785.dumps(said)).hexdigest()


def subject(kind: Kind, key: object) -> str:
    """How a text is called here, such as "passage:0a1b…"."""
    return f"{kind}:{key}"


def worth_translating(sources: Iterable[Source]) -> list[Source]:
    """Those with a letter in them: a rule of dashes or a bare figure is the same everywhere."""
    return [s for s in sources if any(map(str.isalpha, s.text + s.caption))]
