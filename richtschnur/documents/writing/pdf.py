"""PDF/UA-1 and PDF/A-2a. Texts reach the typesetter as JSON, never as its markup."""

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any
from unicodedata import combining

from richtschnur.documents.paper import (
    Heading,
    PageBreak,
    Paper,
    PaperBlock,
    Table,
    Text,
    Unwritable,
)
from richtschnur.documents.writing import fonts
from richtschnur.documents.writing.cleaning import is_right_to_left, language_of, stays_whole
from richtschnur.documents.writing.lists import Listing, with_lists

HERE = Path(__file__).parent
MEMORY = 4 << 30  # bytes of address space
_SPACE = re.compile(r"(\s+)")
_ADDRESS = re.compile(r"://|www\.|@|^(?=.*[\d_])(?=.*[A-Za-z]).{25,}")
_AFTER_SIGN = re.compile(r"(?<=[/._=&?%#@:;,+~|-])(?=\w)")
_LONGEST_WORD = 90  # letters; German compounds that hyphenation can part are shorter
_STRETCH = 10
_FIGURE = re.compile(r"[-–+−]?\d[\d.,\s]*[%€]?|–")


def write_pdf(paper: Paper, path: Path, *, timeout: float = 300) -> None:
    """Writes a prepared paper to `path`. Raises Unwritable("timeout" | "typesetting")."""
    with tempfile.TemporaryDirectory(prefix="paper-") as name:
        folder = Path(name)
        shutil.copy(HERE / "resources" / "paper.typ", folder / "paper.typ")
        (folder / "paper.json").write_text(json.dumps(_data(paper)), "utf-8")
        job = {
            "folder": name,
            "output": str(path.absolute()),
            "fonts": [str(files) for _, files in fonts.packages()],
            "timestamp": int(paper.written_at.timestamp()),
            "memory": MEMORY,
        }
        (folder / "job.json").write_text(json.dumps(job), "utf-8")
        _typeset(folder / "job.json", timeout)


def _typeset(job: Path, timeout: float) -> None:
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(HERE / "typesetting.py"), str(job)],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=timeout,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Unwritable("timeout", f"{timeout:.0f} s") from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip()
        raise Unwritable("typesetting", said[-500:] or f"exit {done.returncode}")


def _data(paper: Paper) -> dict[str, Any]:
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
        "accent": paper.accent,
        "fonts": fonts.families(),
        **_language(paper.language),
        "blocks": list(_blocks(paper.blocks, paper.language)),
    }


def _language(language: str) -> dict[str, Any]:
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
        _language(language) if language != default else {}
    )


def _blocks(blocks: Sequence[PaperBlock], default: str) -> Iterator[dict[str, Any]]:
    for block in with_lists(blocks):
        match block:
            case Heading():
                yield {
                    "kind": "heading",
                    "level": block.level,
                    "anchor": block.anchor,
                    **_words(block.text, default),
                }
            case Text():
                yield {
                    "kind": "text",
                    "style": block.style,
                    **_words(block.text, default, block.language),
                }
            case Listing():
                yield _list(block, default)
            case Table():
                yield _table(block, default)
            case PageBreak():
                yield {"kind": "page-break"}


def _list(listing: Listing, default: str) -> dict[str, Any]:
    return {
        "kind": "list",
        "numbered": listing.numbered,
        "items": [
            {
                "number": fonts.showable(entry.item.number),
                **_words(entry.item.text, default),
                "below": [_list(below, default) for below in entry.below],
            }
            for entry in listing.entries
        ],
    }


def _table(table: Table, default: str) -> dict[str, Any]:
    return {
        "kind": "table",
        "caption": pieces(fonts.showable(table.caption)),
        "head": [_words(cell, default) for cell in table.head],
        "widths": table.widths,
        "numeric": [
            _is_numeric(row[column] for row in table.rows) for column in range(len(table.head))
        ],
        "rows": [
            {"whole": stays_whole(row), "cells": [_words(cell, default) for cell in row]}
            for row in table.rows
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
