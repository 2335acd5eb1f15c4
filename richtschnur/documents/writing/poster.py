"""A poster as PDF/UA-1 and PDF/A-2a: a title, until when, a picture to scan, a short address."""

from __future__ import annotations

import json
import shutil
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from richtschnur.documents.writing import fonts
from richtschnur.documents.writing.child import typeset
from richtschnur.documents.writing.pdf import HERE, MEMORY, language_data, pieces
from richtschnur.documents.writing.target import replacing


@dataclass(frozen=True)
class Poster:
    """What stands on it, from top to bottom.

    `code` is the QR code as SVG, `code_words` its alternative text, `address` what it says;
    `lines` are the same invitation in further languages: (language tag, text).
    """

    title: str
    language: str
    county: str
    lead: str
    deadline: str
    call: str
    address: str
    code: bytes
    code_words: str
    lines: tuple[tuple[str, str], ...]
    written_at: datetime
    accent: str = "#00508c"
    size: Literal["a4", "a3"] = "a4"


def write_poster(poster: Poster, path: Path, *, timeout: float = 60) -> None:
    """Writes it to `path`, one page. Raises Unwritable("timeout" | "typesetting") or OSError."""
    with replacing(path) as file, tempfile.TemporaryDirectory(prefix="poster-") as name:
        folder = Path(name)
        shutil.copy(HERE / "resources" / "poster.typ", folder / "paper.typ")
        (folder / "paper.json").write_text(json.dumps(_data(poster)), "utf-8")
        (folder / "code.svg").write_bytes(poster.code)
        written = int(poster.written_at.timestamp())
        typeset(folder, file, timeout=timeout, memory=MEMORY, timestamp=written)


def _data(poster: Poster) -> dict[str, Any]:
    shown = fonts.showable
    words = ("title", "county", "lead", "deadline", "call", "address")
    return {
        **{name: pieces(shown(getattr(poster, name))) for name in words},
        "plain_title": shown(poster.title),
        "author": shown(poster.county),
        "code_words": shown(poster.code_words),
        "size": poster.size,
        "accent": poster.accent,
        "fonts": fonts.families(),
        **language_data(poster.language),
        "lines": [
            {"text": pieces(shown(text)), **language_data(language)}
            for language, text in poster.lines
        ],
    }
