"""DOCX, ODT, HTML and Markdown drafts through pandoc's syntax tree."""

from __future__ import annotations

import json
import shutil
import signal
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, Literal

from richtschnur.documents.blocks import Document, Doubt, Unreadable
from richtschnur.documents.reading import captions, completeness, items, numbering
from richtschnur.documents.reading.limits import Limits, complaint, run_confined
from richtschnur.documents.reading.looks import style_by_look
from richtschnur.documents.reading.pictures import Gallery
from richtschnur.documents.reading.pieces import Piece, to_document
from richtschnur.documents.reading.preparing import Prepared, prepare
from richtschnur.documents.reading.tree import Walker

PandocFormat = Literal["docx", "odt", "html", "markdown"]

_READERS: Final[dict[str, str]] = {
    "docx": "docx",
    "odt": "odt",
    "html": "html",
    "markdown": (
        "commonmark+pipe_tables+footnotes+yaml_metadata_block+strikeout+definition_lists"
        "+fenced_divs+bracketed_spans+attributes+superscript+subscript"
    ),
}
_HEAP_OVERFLOW: Final = 251
_META_IN_TEXT: Final = ("title", "subtitle", "author", "date", "abstract")


def read_through_pandoc(
    data: bytes, kind: PandocFormat, *, language: str, limits: Limits, doubts: Sequence[Doubt]
) -> Document:
    """A document of what pandoc reads.

    Raises Unreadable: damaged, hostile, oversized, timeout.
    """
    if kind in {"docx", "odt"}:
        prepared = prepare(data, kind, limits, language)
        doubts = (*doubts, *prepared.doubts)
    else:
        prepared = Prepared(data)
    gallery = Gallery(prepared.sources)
    tree = _parse(prepared.data, kind, limits)
    walker = Walker(limits.depth, gallery)
    try:
        pieces = _meta_pieces(tree.get("meta", {}), kind, walker)
        pieces += walker.pieces(tree["blocks"])
    except (KeyError, TypeError, ValueError, IndexError) as problem:
        raise Unreadable("damaged", f"tree: {problem!r}") from None
    found = [*doubts, *walker.doubts, *_settle(pieces), *gallery.doubts]
    named = _page_title(tree.get("meta", {}), walker) if kind == "html" else ""
    document = to_document(pieces, language=language, doubts=found, pictures=gallery.taken)
    document = replace(document, title=document.title or named)
    missing = completeness.missing_words(data, kind, document, prepared.left_out)
    if not missing:
        return document
    lost = Doubt("words-missing", " ".join(missing[:40])[:300], str(len(missing)))
    return replace(document, doubts=(*document.doubts, lost))


def _settle(pieces: list[Piece]) -> list[Doubt]:
    captions.attach(pieces)
    doubts = _headings_by_look(pieces) if _has_no_styles(pieces) else _bold_headings(pieces)
    doubts += numbering.promote(pieces)
    doubts += items.settle_levels(pieces, tolerance=1.5, exact=False)
    return doubts


def _has_no_styles(pieces: Sequence[Piece]) -> bool:
    """No heading has a style, the title aside, but the size of the type is known."""
    styled = sum(1 for one in pieces if one.kind == "heading" and one.styled)
    return styled < 2 and any(one.size for one in pieces)


def _headings_by_look(pieces: list[Piece]) -> list[Doubt]:
    known = {id(one) for one in pieces if one.kind == "heading"}
    pieces[:] = style_by_look(pieces)
    found = [one for one in pieces if one.kind == "heading" and id(one) not in known]
    return [Doubt("heading-guessed", one.text[:200]) for one in found]


def _bold_headings(pieces: Sequence[Piece]) -> list[Doubt]:
    """A short bold paragraph is a heading that nobody gave a style."""
    doubts: list[Doubt] = []
    above = 0
    for at, piece in enumerate(pieces):
        if piece.kind == "heading" and piece.styled:
            above = piece.level
        unstyled = piece.kind == "text" and piece.bold and piece.is_heading_like
        if unstyled and at + 1 < len(pieces) and not piece.is_label:
            piece.kind, piece.level = "heading", above + 1
            doubts.append(Doubt("heading-guessed", piece.text))
    return doubts


def _meta_pieces(meta: dict[str, Any], kind: PandocFormat, walker: Walker) -> list[Piece]:
    """Word's title styles and a Markdown head count as text of the draft."""
    if kind == "html":  # the title of a web page stands beside its text
        return []
    pieces: list[Piece] = []
    for name in _META_IN_TEXT:
        if name in meta:
            pieces += walker.meta(meta[name])
    if "title" in meta and pieces:
        pieces[0].kind, pieces[0].level, pieces[0].styled = "heading", 1, True
        if pieces[0].number:
            pieces[0].text = f"{pieces[0].number} {pieces[0].text}"
            pieces[0].number = ""
        walker.below_title = True
    return pieces


def _page_title(meta: dict[str, Any], walker: Walker) -> str:
    """What a web page calls itself, in case none of its headings stands above all others."""
    pieces = walker.meta(meta["title"]) if "title" in meta else []
    return " ".join(one.text for one in pieces)[:300]


def _parse(data: bytes, kind: PandocFormat, limits: Limits) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "draft").write_bytes(data)
        command = [
            program(),
            "+RTS",
            "-M512m",
            "-RTS",
            "--sandbox",
            f"--from={_READERS[kind]}",
            "--to=json",
            "--output=tree.json",
            "draft",
        ]
        code = run_confined(command, limits, folder)
        if code != 0:
            raise _failure(code, complaint(folder))
        try:
            tree: dict[str, Any] = json.loads((folder / "tree.json").read_bytes())
        except RecursionError:
            raise Unreadable("hostile", "nested too deeply") from None
        except (ValueError, OSError) as problem:
            raise Unreadable("damaged", str(problem)) from None
    return tree


def _failure(code: int, words: str) -> Unreadable:
    if code in {_HEAP_OVERFLOW, -signal.SIGKILL, -signal.SIGXFSZ}:
        return Unreadable("oversized", f"pandoc {code}")
    if code == -signal.SIGXCPU:
        return Unreadable("timeout", "processor time")
    return Unreadable("damaged", f"pandoc {code}: {words[:300]}")


def program() -> str:
    """The path of pandoc: the packaged one, else that of the system."""
    import pypandoc  # takes a while, and most commands never read a draft

    packaged = Path(pypandoc.__file__).parent / "files" / "pandoc"
    found = str(packaged) if packaged.exists() else shutil.which("pandoc")
    if not found:
        raise FileNotFoundError("pandoc (package pypandoc-binary) is missing")
    return found
