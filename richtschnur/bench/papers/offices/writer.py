"""What the writers of office files share: which part is written by which method."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence

from richtschnur.bench.papers.offices.sheet import (
    Box,
    Break,
    Heading,
    Items,
    Paragraph,
    Part,
    Picture,
    Run,
    Sheet,
    Table,
)


class Writer(ABC):
    """Writes a sheet's parts one after the other into `_body`; a box stands in the text before."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._body: list[str] = []
        self._count = 0

    def _parts(self) -> None:
        for at, part in enumerate(self._sheet.parts):
            self._part(part, self._sheet.parts[at + 1 : at + 2])

    def _part(self, part: Part, following: Sequence[Part]) -> None:
        if isinstance(part, Heading):
            self._heading(part)
        elif isinstance(part, Paragraph):
            box = following[0] if following and isinstance(following[0], Box) else None
            self._paragraph(part, box)
        elif isinstance(part, Items):
            self._items(part)
        elif isinstance(part, Table):
            self._table(part)
        elif isinstance(part, Picture):
            self._picture(part)
        elif isinstance(part, Break):
            self._break(part)

    def _runs(self, runs: Sequence[Run]) -> str:
        return "".join(self._run(one) for one in runs)

    @abstractmethod
    def _heading(self, one: Heading) -> None: ...

    @abstractmethod
    def _paragraph(self, one: Paragraph, box: Box | None) -> None: ...

    @abstractmethod
    def _items(self, one: Items) -> None: ...

    @abstractmethod
    def _table(self, one: Table) -> None: ...

    @abstractmethod
    def _picture(self, one: Picture) -> None: ...

    @abstractmethod
    def _break(self, one: Break) -> None: ...

    @abstractmethod
    def _run(self, one: Run) -> str: ...
