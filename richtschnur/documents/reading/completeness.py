"""Did a converter leave words out? Compared with what the office file itself holds."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Final

from richtschnur.documents.blocks import Document
from richtschnur.documents.reading import signs

_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_DOCX_PIECE: Final = re.compile(r"<w:t(?:\s[^>]*)?>([^<]*)</w:t>|<(?:/w:p|w:tab|w:br|w:cr)\b")
# The same text box for older programs; and what was moved away.
_DOCX_TWICE: Final = re.compile(r"<(mc:Fallback|w:moveFrom)(?:\s[^>]*)?>.*?</\1>", re.DOTALL)
_ODT_LEFT_OUT: Final = re.compile(
    r"<(text:tracked-changes|office:annotation|text:sequence-decls|text:note-citation|svg:title|svg:desc)\b.*?</\1>",
    re.DOTALL,
)
_ODT_SEPARATOR: Final = re.compile(r"<(?:/text:p|/text:h|text:s|text:tab|text:line-break)\b[^>]*>")
_TAG: Final = re.compile(r"<[^>]*>")


def missing_words(
    data: bytes, kind: str, document: Document, left_out: Iterable[str] = ()
) -> list[str]:
    """Words of the file that stand in no block, in order; only DOCX and ODT are looked at.

    `left_out` holds texts that were left out on purpose, with a doubt.
    """
    if kind not in {"docx", "odt"}:
        return []
    have = Counter(_words((*_block_texts(document), *left_out)))
    missing: list[str] = []
    for word in _words(_docx_text(data) if kind == "docx" else _odt_text(data)):
        if have[word] > 0:
            have[word] -= 1
        else:
            missing.append(word)
    return missing


def _words(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from _WORD.findall(signs.clean(text))


def _block_texts(document: Document) -> Iterator[str]:
    yield document.title if not document.blocks else ""
    for block in document.blocks:
        yield f"{block.number} {block.text} {block.caption}"
        for row in block.rows:
            yield " ".join(row)


def _part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(name) as stream:
        raw = stream.read()
    wide = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    return raw.decode("utf-16" if wide else "utf-8", "replace")


def _docx_text(data: bytes) -> Iterator[str]:
    paragraph: list[str] = []
    for found in _DOCX_PIECE.finditer(_DOCX_TWICE.sub("", _part(data, "word/document.xml"))):
        if found[1] is None:
            yield unescape("".join(paragraph))
            paragraph.clear()
        else:
            paragraph.append(found[1])
    yield unescape("".join(paragraph))


def _odt_text(data: bytes) -> Iterator[str]:
    text = _part(data, "content.xml")
    body = text[text.find("<office:body") :]
    body = _ODT_SEPARATOR.sub(" ", _ODT_LEFT_OUT.sub("", body))
    yield unescape(_TAG.sub("", body))
