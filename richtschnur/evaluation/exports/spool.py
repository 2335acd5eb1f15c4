"""Rows put by in a temporary file: read once from the database, written in any order."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from itertools import groupby
from types import TracebackType
from typing import Any

from richtschnur.evaluation.queries import SynopsisRow
from richtschnur.evaluation.states import Order

_NAMES = tuple(each.name for each in fields(SynopsisRow))
_MOMENTS = ("released_at", "replied_at")
_LISTS = ("topics", "files")


@dataclass(frozen=True)
class Group:
    """What stands under one heading: what the heading is made of, and the rows' places.

    `key` is (section, whether on the whole paper), (topic,) or (sender, kind, number).
    """

    key: tuple[Any, ...]
    places: Sequence[int]


class Spool:
    """Rows on disk; in memory are only their places and what they are sorted by."""

    def __init__(self, rows: Iterable[SynopsisRow], order: str) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 – closed with the spool
        self._starts: list[int] = []
        self._keys: list[tuple[Any, ...]] = []
        self.order = order
        at = 0
        for row in rows:
            line = json.dumps([_plain(getattr(row, name)) for name in _NAMES]).encode() + b"\n"
            self._file.write(line)
            self._starts.append(at)
            self._keys.append(_key(row, order))
            at += len(line)

    def __enter__(self) -> Spool:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def __len__(self) -> int:
        return len(self._starts)

    def groups(self) -> list[Group]:
        """All rows, as they stand under the headings of this order."""
        places: Iterable[int] = range(len(self))
        if self.order != Order.PASSAGE:
            places = sorted(places, key=lambda place: _rank(self._keys[place], self.order))
        found = groupby(places, key=lambda place: self._keys[place])
        return [Group(key, list(of_group)) for key, of_group in found]

    def rows(self) -> Iterator[SynopsisRow]:
        """All rows in this order."""
        for group in self.groups():
            yield from self.at(group.places)

    def at(self, places: Sequence[int]) -> Iterator[SynopsisRow]:
        """The rows at these places, each time read anew."""
        for place in places:
            self._file.seek(self._starts[place])
            yield _row(json.loads(self._file.readline()))


def _key(row: SynopsisRow, order: str) -> tuple[Any, ...]:
    if order == Order.TOPIC:
        return (row.topics[0] if row.topics else "",)
    if order == Order.CONTRIBUTOR:
        return (row.sender, row.kind, row.contribution)
    return (row.section, row.passage is None)


def _rank(key: tuple[Any, ...], order: str) -> tuple[Any, ...]:
    """What has no name comes last."""
    return (not key[0], *(part.casefold() for part in key))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _row(values: Sequence[Any]) -> SynopsisRow:
    said = dict(zip(_NAMES, values, strict=True))
    for name in _MOMENTS:
        said[name] = datetime.fromisoformat(said[name]) if said[name] else None
    return SynopsisRow(**said | {name: tuple(said[name]) for name in _LISTS})
