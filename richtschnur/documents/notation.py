"""How a person types what stands out in a text: **bold**, *italic*, [words](https://…), m^2^.

Also H~2~O, a footnote's sign [^1] and words of another language [كلمة]{ar}. A star within a word
("Bürger*innen") is a star, and so is everything else that is not notation; a backslash before a
sign says so. `[words]{*}` (and {**}, {^}, {~}) says the same where the short form can't: within
a word, or around white space.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby
from typing import Final

from richtschnur.documents.marks import Mark, MarkKind

LONGEST_ADDRESS: Final = 2000
DEEPEST: Final = 8
_SIGNS: Final[dict[str, MarkKind]] = {
    "**": "strong",
    "*": "emphasis",
    "^": "superscript",
    "~": "subscript",
}
_SHORT: Final[dict[MarkKind, str]] = {kind: sign for sign, kind in _SIGNS.items()}
_TAG: Final = r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,3}"
_ADDRESS: Final = re.compile(r"(?:https?://|mailto:)[^\s\x00-\x1f\x7f]+", re.IGNORECASE)
_LANGUAGE: Final = re.compile(_TAG)
_NOTE: Final = re.compile(r"[^\s\x00-\x1f\x7f]{1,20}")
_TOKEN: Final = re.compile(
    r"\\(?P<escaped>[\\*^~\[\]])"
    r"|(?P<sign>\*\*|[*^~])"
    r"|\[\^(?P<note>(?:[^\s\[\]\\]|\\[^\s]){1,20})\]"
    r"|(?P<open>\[)"
    r"|\]\((?P<link>(?:https?://|mailto:)(?:[^\s()\\]|\\[^\s]|\([^\s()\\]*\)){1,2000})\)"
    r"|\]\{(?P<tag>" + _TAG + r"|\*\*|[*^~])\}"
    r"|(?P<plain>[^\\*^~\[\]\s]+|\s+|.)",
    re.IGNORECASE | re.DOTALL,
)
_UNESCAPED: Final = re.compile(r"\\(.)")


def is_address(value: str) -> bool:
    """Whether a link may lead there: the web or a mailbox, nothing that runs."""
    return len(value) <= LONGEST_ADDRESS and bool(_ADDRESS.fullmatch(value))


def tidy(text: str, marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """These marks in order: within the text, without useless ones, like ones joined."""
    kept: dict[tuple[MarkKind, str], list[tuple[int, int]]] = {}
    for mark in marks:
        start, end = max(0, mark.start), min(mark.end, len(text))
        value = "" if mark.kind in _SHORT else mark.value
        is_note = mark.kind == "note"
        if _is_worth(mark.kind, value) and (start == end if is_note else start < end):
            kept.setdefault((mark.kind, value), []).append((start, end))
    joined = [
        Mark(start, end, kind, value)
        for (kind, value), spans in kept.items()
        for start, end in _joined(spans, is_note=kind == "note")
    ]
    return tuple(sorted(joined))


def _is_worth(kind: MarkKind, value: str) -> bool:
    if kind == "link":
        return is_address(value)
    if kind == "language":
        return bool(_LANGUAGE.fullmatch(value))
    return kind != "note" or bool(_NOTE.fullmatch(value))


def _joined(spans: list[tuple[int, int]], *, is_note: bool) -> list[tuple[int, int]]:
    if is_note:
        return sorted(set(spans))
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def to_notation(text: str, marks: Iterable[Mark]) -> str:
    """The text as a person edits it; `from_notation` gives text and `tidy` marks back.

    Signs in the text are escaped only when they would be read as notation.
    """
    marks = tidy(text, marks)
    plain = _written(text, marks, is_escaped=False)
    if from_notation(plain) == (text, marks):
        return plain
    return _written(text, marks, is_escaped=True)


def _written(text: str, marks: tuple[Mark, ...], *, is_escaped: bool) -> str:
    short = {mark for mark in marks if _fits_short(text, mark)}
    spans = [mark for mark in marks if mark not in short and mark.kind != "note"]
    borders = sorted({p for mark in marks for p in (mark.start, mark.end)} | {0, len(text)})
    starts, toggles, notes = (
        _at_starts(spans),
        _at_borders(short),
        _at_starts([mark for mark in marks if mark.kind == "note"]),
    )
    out: list[str] = []
    stack: list[Mark] = []
    for place, following in zip(borders, [*borders[1:], len(text)], strict=True):
        _turn(place, stack, starts.get(place, []), toggles.get(place, ""), out, is_escaped)
        for note in notes.get(place, []):
            out.append(f"[^{_escaped(note.value, is_escaped)}]")
        out.append(_escaped(text[place:following], is_escaped))
    return "".join(out)


def _turn(
    place: int, stack: list[Mark], starting: list[Mark], toggles: str, out: list[str], safe: bool
) -> None:
    """Close what ends here, with what stands inside it and goes on (that is opened again)."""
    ending = [depth for depth, mark in enumerate(stack) if mark.end == place]
    opening = list(starting)
    if ending:
        for mark in reversed(stack[ending[0] :]):
            out.append(_closing(mark, safe))
        opening += [mark for mark in stack[ending[0] :] if mark.end != place]
        del stack[ending[0] :]
    out.append(toggles)
    for mark in sorted(opening, key=lambda mark: (-mark.end, mark)):
        out.append("[")
        stack.append(mark)


def _at_starts(marks: Iterable[Mark]) -> dict[int, list[Mark]]:
    return {start: list(of) for start, of in groupby(sorted(marks), lambda mark: mark.start)}


def _at_borders(marks: Iterable[Mark]) -> dict[int, str]:
    """The signs to write at each border, the longest first."""
    signs: dict[int, list[str]] = {}
    for mark in marks:
        for place in (mark.start, mark.end):
            signs.setdefault(place, []).append(_SHORT[mark.kind])
    return {place: "".join(sorted(of, key=list(_SIGNS).index)) for place, of in signs.items()}


def _fits_short(text: str, mark: Mark) -> bool:
    if mark.kind not in _SHORT:
        return False
    inside = text[mark.start : mark.end]
    if inside[0].isspace() or inside[-1].isspace():
        return False
    if mark.kind == "emphasis":
        around = text[max(0, mark.start - 1) : mark.start] + text[mark.end : mark.end + 1]
        return not any(map(str.isalnum, around))
    return mark.kind == "strong" or not any(map(str.isspace, inside))


def _closing(mark: Mark, is_escaped: bool) -> str:
    if mark.kind == "link":
        value = re.sub(r"([\\()])", r"\\\1", mark.value) if is_escaped else mark.value
        return f"]({value})"
    return "]{" + (mark.value if mark.kind == "language" else _SHORT[mark.kind]) + "}"


def _escaped(text: str, is_escaped: bool) -> str:
    return re.sub(r"([\\*^~\[\]])", r"\\\1", text) if is_escaped else text


def from_notation(notation: str) -> tuple[str, tuple[Mark, ...]]:
    """The plain text of what a person typed, and its marks; in time linear in the length."""
    tokens = [(str(found.lastgroup), found) for found in _TOKEN.finditer(notation)]
    partners = _partners(tokens)
    out: list[str] = []
    length = 0
    places: dict[int, int] = {}
    marks: list[Mark] = []
    for index, (group, found) in enumerate(tokens):
        if group == "note":
            sign = _UNESCAPED.sub(r"\1", found["note"])
            marks.append(Mark(length, length, "note", sign))
            continue
        if index in partners:
            partner = partners[index]
            if partner > index:
                places[index] = length
            else:
                kind, value = _meaning(group, found)
                marks.append(Mark(places[partner], length, kind, value))
            continue
        words = found[group] if group == "escaped" else found[0]
        out.append(words)
        length += len(words)
    text = "".join(out)
    return text, tidy(text, marks)


Token = tuple[str, "re.Match[str]"]


def _meaning(group: str, found: re.Match[str]) -> tuple[MarkKind, str]:
    if group == "link":
        return "link", _UNESCAPED.sub(r"\1", found["link"])
    sign = found["sign"] or found["tag"]
    return (_SIGNS[sign], "") if sign in _SIGNS else ("language", sign)


def _partners(tokens: list[Token]) -> dict[int, int]:
    """Which token opens what another one closes, both ways; what has no partner is text."""
    partners: dict[int, int] = {}
    before, after = _neighbours(tokens)
    brackets: list[int] = []
    signs: dict[str, int] = {}
    for index, (group, found) in enumerate(tokens):
        if group == "open":
            brackets.append(index)
        elif group in ("link", "tag") and brackets:
            start = brackets.pop()
            if len(brackets) < DEEPEST:
                partners[start], partners[index] = index, start
        elif group == "plain" and found[0] == "]" and brackets:
            brackets.pop()
        elif group == "plain" and found[0].isspace():
            signs.pop("^", None)
            signs.pop("~", None)
        elif group == "sign":
            _meet(index, found[0], before[index], after[index], signs, partners)
    return partners


def _meet(
    index: int,
    sign: str,
    before: tuple[int, str],
    after: tuple[int, str],
    signs: dict[str, int],
    partners: dict[int, int],
) -> None:
    """A sign closes what the same sign opened, or opens, or is text."""
    start = signs.get(sign)
    left, right = before[1], after[1]
    is_star = sign == "*"
    if start is not None:
        closes = bool(left) and not left.isspace() and before[0] > start
        if closes and not (is_star and right.isalnum()):
            partners[start], partners[index] = index, start
            del signs[sign]
    elif right and not right.isspace() and not (is_star and left.isalnum()):
        signs[sign] = index


def _neighbours(tokens: list[Token]) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """For each token the nearest character of text before and behind it, with its place."""
    before: list[tuple[int, str]] = []
    last = (-1, "")
    for index, (group, found) in enumerate(tokens):
        before.append(last)
        if group in ("plain", "escaped"):
            last = (index, found[group][-1])
    after: list[tuple[int, str]] = []
    following = (len(tokens), "")
    for index in range(len(tokens) - 1, -1, -1):
        after.append(following)
        group, found = tokens[index]
        if group in ("plain", "escaped"):
            following = (index, found[group][0])
    return before, after[::-1]


def fold(text: str, marks: Iterable[Mark] = ()) -> tuple[str, tuple[Mark, ...]]:
    """The text with white space folded within its lines, empty lines gone; marks move along."""
    out: list[str] = []
    places: list[int] = []
    for character in text:
        places.append(len(out))
        if character in "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029":
            while out and out[-1] == " ":
                out.pop()
            if out and out[-1] != "\n":
                out.append("\n")
        elif character.isspace():
            if out and out[-1] not in " \n":
                out.append(" ")
        else:
            out.append(character)
    while out and out[-1].isspace():
        out.pop()
    places.append(len(out))
    moved = [
        Mark(
            min(places[max(0, min(mark.start, len(text)))], len(out)),
            min(places[max(0, min(mark.end, len(text)))], len(out)),
            mark.kind,
            mark.value,
        )
        for mark in marks
    ]
    folded = "".join(out)
    return folded, tidy(folded, moved)
