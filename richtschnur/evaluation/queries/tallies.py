"""Counting the rows of an overview and making their checksum while they pass."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from richtschnur.evaluation.queries.synopsis import SynopsisRow
from richtschnur.evaluation.states import PointState

COUNTED = ("rows", "decided", "reasoned", "released", "replied", "closed", "left_out")


@dataclass
class Tally:
    """The completeness of an overview, and its checksum.

    The checksum is the SHA-256 of the rows' digests (`SynopsisRow.digest`), a line each, in the
    order of the paper; it is the same for every format, order and choice of columns. `left_out`
    counts the points that a public overview does not show yet.
    """

    rows: int = 0
    decided: int = 0
    reasoned: int = 0
    released: int = 0
    replied: int = 0
    closed: int = 0
    left_out: int = 0
    _hash: Any = field(default_factory=hashlib.sha256)

    @classmethod
    def kept(cls, counts: Mapping[str, int], left: Tally) -> Tally:
        """The counts of a frozen state with the checksum that its rows have now."""
        return cls(**{name: counts[name] for name in COUNTED}, _hash=left._hash)

    def counted(self, rows: Iterable[SynopsisRow]) -> Iterator[SynopsisRow]:
        """The same rows, which come in the order of the paper."""
        for row in rows:
            self._hash.update(f"{row.digest()}\n".encode())
            self.rows += 1
            self.decided += bool(row.decision)
            self.reasoned += bool(row.reason)
            self.released += row.state == PointState.RELEASED
            self.replied += row.replied_at is not None
            self.closed += row.state == PointState.CLOSED
            yield row

    @property
    def sha256(self) -> str:
        """Of the rows so far."""
        return str(self._hash.hexdigest())

    @property
    def open(self) -> int:
        return self.rows + self.left_out - self.released - self.closed

    def counts(self) -> dict[str, int]:
        """The numbers as plain data."""
        return {name: getattr(self, name) for name in COUNTED}
