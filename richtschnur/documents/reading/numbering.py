"""Which numbered lines are headings, and how deep: numbers that start again stand deeper."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from richtschnur.documents.blocks import Doubt
from richtschnur.documents.labels import announced_count, label
from richtschnur.documents.reading.pieces import Piece

_PAGE_NUMBER: Final = re.compile(r"(?:\.{2,}|…|\s)\s*\d{1,3}$")
_ROMAN: Final = {"I": 1, "V": 5, "X": 10}
_LONGEST_HEADING_RUN: Final = 4


class Number(NamedTuple):
    style: str  # "arabic", "roman", "other"
    path: tuple[int, ...]

    @property
    def last(self) -> int:
        return self.path[-1]


def parse(number: str) -> Number:
    """`number` as it stands in the source. Brackets and letters count as style "other"."""
    bare = number.rstrip(".")
    if re.fullmatch(r"\d+(?:\.\d+)*", bare):
        return Number("arabic", tuple(int(part) for part in bare.split(".")))
    if re.fullmatch("[IVX]+", bare):
        return Number("roman", (_roman(bare),))
    digits = re.sub(r"\D", "", number)
    return Number("other", (int(digits or ord(number.strip("()")[:1] or "a") - 96),))


def _roman(word: str) -> int:
    values = [_ROMAN[sign] for sign in word]
    following = [*values[1:], 0]
    return sum(-a if a < b else a for a, b in zip(values, following, strict=True))


def promote(pieces: Sequence[Piece]) -> list[Doubt]:
    """Turn numbered pieces that head a section into headings and give them levels, in place.

    A numbered list stays a list: its members follow each other or end like sentences.
    """
    headings = _Headings()
    listed: dict[str, int] = {}  # the last number of a list that may go on, by style
    runs = _runs(pieces)
    for at, piece in enumerate(pieces):
        if piece.kind == "heading":
            listed.clear()
            if not piece.styled:
                continue
            headings.take(piece)
        elif piece.kind == "number" and not piece.level:
            before = pieces[at - 1] if at else None
            number = parse(piece.number)
            goes_on = listed.get(number.style) == number.last - 1 and len(number.path) == 1
            goes_on = goes_on and not _is_other_than(piece, before)
            if _heads(piece, before, runs.get(at, "list")) and not goes_on:
                listed.clear()
                headings.place(piece, number)
            elif piece.number.isdigit():  # "20 Kitas": no number of anything
                piece.kind = "text"
                piece.take_number_back()
            else:
                listed[number.style] = number.last
                piece.level = 1
    return headings.doubts


def _heads(piece: Piece, before: Piece | None, run: str) -> bool:
    if run == "list" or not piece.is_heading_like or parse(piece.number).style == "other":
        return False
    return before is None or not (before.text.endswith(":") or _opens_list(before))


def _opens_list(before: Piece) -> bool:
    """A lone "Maßnahmen" or "Ziele" stands before entries, not before headings."""
    found = label(before.text)
    return found is not None and found.whole and found.kind in {"goal", "measure"}


def _runs(pieces: Sequence[Piece]) -> dict[int, str]:
    """For the index of every numbered piece: may it be a "heading" or is it in a "list"?"""
    verdicts: dict[int, str] = {}
    run: list[int] = []
    for at in range(len(pieces) + 1):
        if at < len(pieces) and pieces[at].kind == "number" and not pieces[at].level:
            run.append(at)
            continue
        if run:
            verdicts.update(_judge(run, pieces))
            run = []
    return verdicts


def _judge(run: list[int], pieces: Sequence[Piece]) -> dict[int, str]:
    numbers = [parse(pieces[at].number) for at in run]
    paged = sum(1 for at in run if _PAGE_NUMBER.search(pieces[at].text))
    if len(run) >= _LONGEST_HEADING_RUN and 2 * paged >= len(run):
        return dict.fromkeys(run, "list")  # a table of contents
    verdicts: dict[int, str] = {}
    for place, at in enumerate(run):
        above = place > 0 and not _is_other_than(pieces[at], pieces[run[place - 1]])
        below = place + 1 < len(run) and not _is_other_than(pieces[run[place + 1]], pieces[at])
        chained = (above and _follows(numbers[place - 1], numbers[place])) or (
            below and _follows(numbers[place], numbers[place + 1])
        )
        verdicts[at] = "list" if chained else "heading"
    return verdicts


def _is_other_than(piece: Piece, before: Piece | None) -> bool:
    """A title apart behind a sentence, in plain text; elsewhere its type tells it."""
    return (
        before is not None
        and before.kind == "number"
        and bool(piece.parts and before.parts and not piece.size)
        and piece.gap
        and piece.is_heading_like
        and not before.is_heading_like
    )


def _follows(first: Number, second: Number) -> bool:
    return (
        first.style == second.style
        and first.path[:-1] == second.path[:-1]
        and second.last == first.last + 1
    )


@dataclass(slots=True)
class _Open:
    style: str
    last: int
    piece: Piece
    depth: int
    source: int = 0  # the level that the source gave, if any


@dataclass(slots=True)
class _Headings:
    """The headings that are open, outermost first."""

    open: list[_Open] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    def take(self, piece: Piece) -> None:
        """A heading with a level of its own, unless its number tells that it stands deeper."""
        number = parse(piece.number) if piece.number else None
        if number and self._is_flattened(piece, number):
            self.doubts.append(Doubt("levels-by-number", f"{piece.number} {piece.text}"))
            level = piece.level
            self.place(piece, number)
            self.open[-1].source = level
        else:
            self._keep(piece)
            self.open[-1].source = piece.level

    def _is_flattened(self, piece: Piece, number: Number) -> bool:
        """All headings were given one style: "3." is followed by "1." or "3.1" of its level."""
        for one in self.open:
            if one.source and one.source != one.depth and one.source == piece.level:
                return True
        alike = [one for one in self.open if one.depth == piece.level and one.piece.number]
        if not alike:
            return False
        above = parse(alike[-1].piece.number)
        if len(number.path) > 1:
            return len(above.path) == 1 and above.last == number.path[0]
        return above.style == number.style and len(above.path) == 1 and number.last == 1

    def _keep(self, piece: Piece) -> None:
        while self.open and self.open[-1].depth >= piece.level:
            self.open.pop()
        number = parse(piece.number) if piece.number else Number("none", (0,))
        self.open.append(_Open(number.style, number.last, piece, piece.level))

    def place(self, piece: Piece, number: Number) -> None:
        """Decide the level of a numbered heading."""
        piece.kind = "heading"
        if len(number.path) > 1:
            self._put(piece, number, self._dotted_depth(number))
            return
        fits = [
            place
            for place, one in enumerate(self.open)
            if one.style == number.style
            and one.last + 1 == number.last
            and "." not in one.piece.number.rstrip(".")
        ]
        if fits:
            place = fits[-1] if len(fits) == 1 else self._choose(fits, piece)
            self._put(piece, number, self.open[place].depth)
        elif number.last <= 1 or not self.open:
            self._put(piece, number, self.open[-1].depth + 1 if self.open else 1)
        else:
            self._misfit(piece, number)

    def _dotted_depth(self, number: Number) -> int:
        """One deeper for every dot, counted from where plain numbers of this style stand."""
        base = next((one.depth for one in self.open if one.style == number.style), 1)
        return base + len(number.path) - 1

    def _choose(self, fits: list[int], piece: Piece) -> int:
        """Two open headings could go on here: look, count, else take the inner one."""
        inner, outer = fits[-1], fits[-2]
        count = announced_count(self.open[inner - 1].piece.text) if inner else None
        if count is not None:
            return outer if self.open[inner].last >= count else inner
        looks = [(self.open[at].piece.size, self.open[at].piece.bold) for at in (inner, outer)]
        if looks[0] != looks[1] and (piece.size, piece.bold) in looks:
            return (inner, outer)[looks.index((piece.size, piece.bold))]
        gaps = [self.open[at].piece.gap for at in (inner, outer)]
        self.doubts.append(Doubt("numbering-ambiguous", f"{piece.number} {piece.text}"))
        return outer if gaps[0] != gaps[1] and piece.gap == gaps[1] else inner

    def _misfit(self, piece: Piece, number: Number) -> None:
        same = [one for one in self.open if one.style == number.style and one.last < number.last]
        depth = same[-1].depth if same else self.open[0].depth
        self.doubts.append(Doubt("number-gap", f"{piece.number} {piece.text}"))
        self._put(piece, number, depth)

    def _put(self, piece: Piece, number: Number, depth: int) -> None:
        piece.level = depth
        while self.open and self.open[-1].depth >= depth:
            self.open.pop()
        self.open.append(_Open(number.style, number.last, piece, depth))
