"""Marked texts and footnotes as Markdown; all of a text's own signs are escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from unicodedata import category

from richtschnur.documents.paper import Item, Note, Text
from richtschnur.documents.writing.cleaning import is_right_to_left
from richtschnur.documents.writing.runs import Run, linked, runs_of, spoken

_SIGNS = re.compile(r"[\\`*_\[\]<>|~&$^{}]")
_OPENING = re.compile(r"^( *)([#+=-]|\d{1,9}(?=[.)](?:\s|$))|:)", re.MULTILINE)
_NAME = re.compile("[A-Za-z0-9]{1,20}")
_SCRIPTS = {"superscript": "^", "subscript": "~"}


@dataclass
class Inlines:
    """Gathers the footnotes of what it writes until they are asked for."""

    names: set[str] = field(default_factory=set)
    waiting: list[str] = field(default_factory=list)

    def marked(self, block: Text | Item | Note) -> str:
        """The block's text; nothing in it becomes structure."""
        parts = []
        for address, runs in linked(runs_of(block)):
            inner = "".join(self._spoken(language, part) for language, part in spoken(runs))
            parts.append(f"[{inner}](<{address}>)" if address else inner)
        text = _OPENING.sub(_opened, "".join(parts))
        return text.replace("\n", "\\\n")

    def footnotes(self) -> Iterator[str]:
        """What was gathered since the last time."""
        yield from self.waiting
        self.waiting = []

    def _spoken(self, language: str, runs: list[Run]) -> str:
        inner = _kept_apart(
            _emphasised("**", [self._strong(list(group))]) if strong else self._strong(list(group))
            for strong, group in groupby(runs, key=lambda run: run.strong)
        )
        return f"[{inner}]{attributes(language)}" if language else inner

    def _strong(self, runs: list[Run]) -> str:
        return _kept_apart(
            _emphasised("*", map(self._run, group)) if emphasis else "".join(map(self._run, group))
            for emphasis, group in groupby(runs, key=lambda run: run.emphasis)
        )

    def _run(self, run: Run) -> str:
        if run.note:
            return self._note(run.note)
        text = escaped(run.text)
        sign = _SCRIPTS.get(run.script, "")
        return f"{sign}{text}{sign}" if sign and not re.search(r"\s", text) else text

    def _note(self, note: Note) -> str:
        name = note.sign if _NAME.fullmatch(note.sign) else ""
        if not name or name in self.names:
            name = f"n{len(self.names) + 1}"
        self.names.add(name)
        text = self.marked(note).replace("\n", "\n    ")
        if note.language:
            text = f"[{text}]{attributes(note.language)}"
        self.waiting.append(f"[^{name}]: {text}")
        return f"[^{name}]"


def attributes(language: str) -> str:
    return f"{{lang={language} dir={'rtl' if is_right_to_left(language) else 'ltr'}}}"


def escaped(text: str) -> str:
    return _SIGNS.sub(r"\\\g<0>", text)


def line(text: str) -> str:
    """One line of its own, of which nothing becomes structure."""
    return _OPENING.sub(_opened, escaped(text.replace("\n", " ")))


def _opened(found: re.Match[str]) -> str:
    sign = found[2]
    return found[1] + (sign + "\\" if sign[0].isdigit() else "\\" + sign)


def _emphasised(sign: str, parts: Iterator[str] | list[str]) -> str:
    """The words between signs; white space at the ends, which would undo them, stays outside."""
    inner = "".join(parts)
    words = inner.strip()
    if not words:
        return inner
    start = inner.index(words)
    return f"{inner[:start]}{sign}{words}{sign}{inner[start + len(words) :]}"


def _kept_apart(parts: Iterator[str]) -> str:
    """The parts in a row; signs that would run together, or not count, are parted."""
    text = ""
    for part in parts:
        meets = text[-1:] == "*" and part[:1] == "*"
        opens = part[:1] == "*" and _is_word(text[-1:]) and not _is_word(part.lstrip("*")[:1])
        closes = text[-1:] == "*" and _is_word(part[:1]) and not _is_word(text.rstrip("*")[-1:])
        text += ("<!-- -->" if text and (meets or opens or closes) else "") + part
    return text


def _is_word(sign: str) -> bool:
    return bool(sign) and not sign.isspace() and category(sign)[0] not in "PS"
