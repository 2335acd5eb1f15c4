"""PDF/UA-1 and PDF/A-2a. Texts reach the typesetter as JSON, never as its markup."""

import json
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unicodedata import combining

from richtschnur.documents.paper import (
    Heading,
    Item,
    Note,
    PageBreak,
    Paper,
    PaperBlock,
    Picture,
    Room,
    Table,
    Text,
)
from richtschnur.documents.writing import fonts
from richtschnur.documents.writing.child import typeset
from richtschnur.documents.writing.cleaning import is_right_to_left, language_of, stays_whole
from richtschnur.documents.writing.lists import Arranged, Columns, Listing, with_lists
from richtschnur.documents.writing.pictures import fitted, size_of
from richtschnur.documents.writing.runs import Run, linked, runs_of

HERE = Path(__file__).parent
MEMORY = 4 << 30  # bytes of address space
_SPACE = re.compile(r"(\s+)")
_ADDRESS = re.compile(r"://|www\.|@|^(?=.*[\d_])(?=.*[A-Za-z]).{25,}")
_AFTER_SIGN = re.compile(r"(?<=[/._=&?%#@:;,+~|-])(?=\w)")
_LONGEST_WORD = 90  # letters; German compounds that hyphenation can part are shorter
_STRETCH = 10
_LONG = 2000  # blocks
_FIGURE = re.compile(r"[-–+−]?\d[\d.,\s]*[%€]?|–")


def write_pdf(paper: Paper, path: Path, *, timeout: float = 300) -> None:
    """Writes a prepared paper to `path`. Raises Unwritable("timeout" | "typesetting")."""
    with tempfile.TemporaryDirectory(prefix="paper-") as name:
        folder = Path(name)
        shutil.copy(HERE / "resources" / "paper.typ", folder / "paper.typ")
        (folder / "paper.json").write_text(json.dumps(_data(paper, folder)), "utf-8")
        (folder / "broken.json").write_text("[]", "utf-8")
        written = int(paper.written_at.timestamp())
        typeset(folder, path, timeout=timeout, memory=MEMORY, timestamp=written)


def _data(paper: Paper, folder: Path) -> dict[str, Any]:
    shown = fonts.showable
    foot = shown(paper.title)
    return {
        "title": shown(paper.title),
        "heading": pieces(shown(paper.title)),
        "subtitle": pieces(shown(paper.subtitle)),
        "county": shown(paper.county),
        "foot": foot if len(foot) <= 90 else foot[:88].rstrip() + " …",
        "notes": [[pieces(shown(label)), pieces(shown(value))] for label, value in paper.notes],
        "landscape": paper.landscape,
        "size": paper.paper_size,
        "contents": paper.contents,
        # The best breaks of lines cost a fifth of the time, which counts in hundreds of pages.
        "linebreaks": "simple" if len(paper.blocks) > _LONG else "optimized",
        "columns": [shown(paper.words.passage), shown(paper.words.room)],
        "accent": paper.accent,
        "fonts": fonts.families(),
        **language_data(paper.language),
        "blocks": list(_Blocks(paper, folder).of(paper.blocks)),
    }


def language_data(language: str) -> dict[str, Any]:
    """Language, region and direction as the templates read them."""
    first, _, rest = language.partition("-")
    region = next((part for part in rest.split("-")[:2] if re.fullmatch("[A-Za-z]{2}", part)), "")
    return {
        "lang": first.lower(),
        "region": region.upper() or None,
        "dir": "rtl" if is_right_to_left(language) else "ltr",
    }


def _words(text: str, default: str, given: str = "") -> dict[str, Any]:
    language = language_of(text, given, default)
    return {"text": pieces(fonts.showable(text))} | (
        language_data(language) if language != default else {}
    )


def _marked(block: Text | Item | Note, default: str) -> dict[str, Any]:
    """The words, and what stands out in them as `runs`."""
    if not block.marks:
        return _words(block.text, default, block.language or default)
    runs = [
        {"link": address, "runs": [_run(run) for run in runs]}
        for address, runs in linked(runs_of(block))
    ]
    language = language_data(block.language) if block.language else {}
    return {"text": "", "runs": runs} | language


def _run(run: Run) -> dict[str, Any]:
    if run.note:
        return {"sign": fonts.showable(run.note.sign) or "*", "note": _marked(run.note, "")}
    said = {"text": pieces(fonts.showable(run.text))}
    for name in ("strong", "emphasis", "script"):
        if value := getattr(run, name):
            said[name] = value
    return said | (language_data(run.language) if run.language else {})


@dataclass
class _Blocks:
    """Blocks as the template reads them; pictures become files beside it."""

    paper: Paper
    folder: Path
    pictures: int = 0

    def of(self, blocks: Sequence[PaperBlock]) -> Iterator[dict[str, Any]]:
        for block in with_lists(blocks):
            yield self._block(block)

    def _block(self, block: Arranged) -> dict[str, Any]:
        default = self.paper.language
        match block:
            case Heading():
                own = {"kind": "heading", "level": block.level, "anchor": block.anchor}
                said = own | _words(block.text, default, block.language or default)
            case Text():
                said = {"kind": "text", "style": block.style, **_marked(block, default)}
            case Listing():
                said = _list(block, default)
            case Table():
                said = _table(block, default)
            case Picture():
                said = self._picture(block)
            case Room():
                said = _room(block)
            case Columns():
                entries = [
                    {"said": list(self.of(entry.blocks)), "other": self._other(entry.other)}
                    for entry in block.entries
                ]
                said = {"kind": "columns", "entries": entries}
            case PageBreak():
                said = {"kind": "page-break"}
        return said

    def _other(self, other: Room | Sequence[PaperBlock]) -> dict[str, Any] | list[dict[str, Any]]:
        return _room(other) if isinstance(other, Room) else list(self.of(other))

    def _picture(self, picture: Picture) -> dict[str, Any]:
        # The typesetter tells the kind of picture from its content, if the name has no ending.
        name = f"picture-{self.pictures}"
        self.pictures += 1
        (self.folder / name).write_bytes(picture.data)
        size = size_of(picture.data, picture.media_type) or (1, 1)
        width, height = fitted(size, 680 if self.paper.landscape else 397, 560)
        return {
            "kind": "picture",
            "file": name,
            "alternative": fonts.showable(picture.alternative),
            "width": width,
            "height": height,
            **_words(picture.caption, self.paper.language, picture.language or self.paper.language),
        }


def _room(room: Room) -> dict[str, Any]:
    return {"kind": "room", "label": pieces(fonts.showable(room.label)), "lines": room.lines}


def _list(listing: Listing, default: str) -> dict[str, Any]:
    return {
        "kind": "list",
        "numbered": listing.numbered,
        "items": [
            {
                "number": fonts.showable(entry.item.number),
                **_marked(entry.item, default),
                "below": [_list(below, default) for below in entry.below],
            }
            for entry in listing.entries
        ],
    }


def _table(table: Table, default: str) -> dict[str, Any]:
    own = table.language or default
    rows = tuple(table.rows)
    return {
        "kind": "table",
        "caption": pieces(fonts.showable(table.caption)),
        **(language_data(own) if own != default else {}),
        "head": [_words(cell, own) for cell in table.head],
        "widths": table.widths,
        "numeric": [_is_numeric(row[column] for row in rows) for column in range(len(table.head))],
        "rows": [
            {"whole": stays_whole(row), "cells": [_words(cell, own) for cell in row]}
            for row in rows
        ],
    }


def _is_numeric(cells: Iterable[str]) -> bool:
    """Whether a column holds figures only, which are set flush with its end."""
    filled = [cell for cell in cells if cell]
    return bool(filled) and all(_FIGURE.fullmatch(cell) for cell in filled)


def pieces(text: str) -> str | list[str | list[str]]:
    """The text; or, if it holds long addresses or letter salads, texts and such words in turn,
    these as the parts between which a line may break."""
    found: list[str | list[str]] = []
    plain = ""
    for token in _SPACE.split(text):
        parts = _parts(token)
        if len(parts) < 2:
            plain += token
        else:
            found += [plain, parts]
            plain = ""
    return [*found, plain] if found else plain


def _is_salad(word: str) -> bool:
    """Whether hyphenation is unlikely to find a place in the word."""
    return len(word) > 20 and (len(word) > _LONGEST_WORD or len(set(word)) < 6)


def _parts(word: str) -> list[str]:
    if len(word) < 13 or not (_is_salad(word) or _ADDRESS.search(word)):
        return [word]
    return [part for stretch in _AFTER_SIGN.split(word) for part in _stretches(stretch)]


def _stretches(text: str) -> Iterator[str]:
    while text:
        cut = _STRETCH
        while cut < len(text) and combining(text[cut]):
            cut += 1
        yield text[:cut]
        text = text[cut:]
