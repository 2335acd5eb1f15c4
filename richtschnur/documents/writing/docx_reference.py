"""What a DOCX looks like: our own parts, or those of a county's reference document."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from richtschnur.documents.paper import Paper
from richtschnur.documents.writing import docx_parts, references
from richtschnur.documents.writing.docx_styles import (
    character_styles,
    style_xml,
    styles_of,
    stylesheet,
)
from richtschnur.documents.writing.pictures import ENDINGS

_W = f"{{{docx_parts.W}}}"
_WRITTEN = {
    "word/document.xml",
    "docProps/core.xml",
    "word/footnotes.xml",
    "word/_rels/footnotes.xml.rels",
}
_RELATIONS = "word/_rels/document.xml.rels"
_TYPES = "[Content_Types].xml"
# Everything in the settings that points to another part or place.
_ATTACHED = re.compile(rb"<(?:\w+:)?\w+\s[^<>]*\br:id=[^<>]*/>")
_FOOTNOTES = docx_parts.FOOTNOTES_KIND


@dataclass(frozen=True, slots=True)
class Reference:
    """Parts to copy, our style keys by the ids used there, the bullet list, the page, the length
    of a line in twentieths of a point, and what footnotes begin with."""

    parts: dict[str, str | bytes]
    styles: dict[str, str]
    bullets: int
    section: str
    line: int
    separators: str = docx_parts.SEPARATORS
    first_note: int = 1

    def with_relations(self, found: Sequence[str]) -> str | bytes:
        """The document's relations and ours."""
        return inserted(self.parts[_RELATIONS], "Relationships", "".join(found))


def own_reference(paper: Paper) -> Reference:
    section = docx_parts.section(paper)
    line = _line(section)
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": docx_parts.CONTENT_TYPES,
        "_rels/.rels": docx_parts.RELATIONS,
        "word/_rels/document.xml.rels": docx_parts.DOCUMENT_RELATIONS,
        "word/footer1.xml": docx_parts.footer(paper, line),
        "word/numbering.xml": docx_parts.numbering(1),
        "word/settings.xml": docx_parts.SETTINGS,
        "word/styles.xml": stylesheet(paper),
    }
    return Reference(parts, {}, 1, section, line)


def read_reference(path: Path, paper: Paper) -> Reference:
    """Raises Unwritable("reference") if the file is no sound DOCX, OSError if unreadable."""
    parts = references.parts_of(path)
    with references.soundness():
        return _adopted(parts, paper)


def _adopted(parts: dict[str, str | bytes], paper: Paper) -> Reference:
    body = references.parsed(parts["word/document.xml"]).find(f"{_W}body")
    ids = _style_ids(parts["word/styles.xml"])
    missing = [style for style in styles_of(paper) if style.name.lower() not in ids]
    parts["word/styles.xml"] = inserted(
        parts["word/styles.xml"],
        "styles",
        "".join(map(style_xml, missing)) + character_styles(_character_ids(parts)),
    )
    styles = {style.key: ids.get(style.name.lower(), style.key) for style in styles_of(paper)}
    bullets = _add_bullets(parts)
    section = None if body is None else body.find(f"{_W}sectPr")
    if section is None:
        page = docx_parts.section(paper).replace(docx_parts.FOOTER_REFERENCE, "")
    else:
        page = _turned(section, paper)
    _make_document(parts)
    separators, first_note = _footnotes(parts)
    kept = {name: part for name, part in parts.items() if name not in _WRITTEN}
    _ensure_properties(kept)
    _ensure_kinds(kept)
    return Reference(kept, styles, bullets, page, _line(page), separators, first_note)


def _line(section: str) -> int:
    def size(name: str, default: int) -> int:
        found = re.search(rf'w:{name}="(\d+)"', section)
        return int(found[1]) if found else default

    return max(1000, size("w", 11906) - size("left", 1417) - size("right", 1417))


def _style_ids(styles: str | bytes) -> dict[str, str]:
    found = {}
    for style in references.parsed(styles).iter(f"{_W}style"):
        name = style.find(f"{_W}name")
        if name is not None and style.get(f"{_W}type") == "paragraph":
            found[name.get(f"{_W}val", "").lower()] = style.get(f"{_W}styleId", "")
    return found


def _character_ids(parts: dict[str, str | bytes]) -> set[str]:
    root = references.parsed(parts["word/styles.xml"])
    return {style.get(f"{_W}styleId", "") for style in root.iter(f"{_W}style")}


def inserted(part: str | bytes, element: str, addition: str) -> bytes:
    """`addition` put before the end tag of the root; the rest stays byte for byte."""
    text = part.decode("utf-8") if isinstance(part, bytes) else part
    return re.sub(rf"(</(?:\w+:)?{element}>\s*)$", lambda end: addition + end[1], text).encode()


def _add_bullets(parts: dict[str, str | bytes]) -> int:
    number = 9001
    definition, use = docx_parts.bullets(number, number)
    if "word/numbering.xml" in parts:
        given = parts["word/numbering.xml"]
        text = given.decode("utf-8") if isinstance(given, bytes) else given
        # All definitions have to stand before all uses.
        text, count = re.subn(
            r"<(?:\w+:)?num\s", lambda first: definition + first[0], text, count=1
        )
        parts["word/numbering.xml"] = inserted(
            text, "numbering", use if count else definition + use
        )
        return number
    parts["word/numbering.xml"] = docx_parts.numbering(number)
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"
    parts[_TYPES] = inserted(
        parts[_TYPES],
        "Types",
        f'<Override PartName="/word/numbering.xml" ContentType="{kind}"/>',
    )
    parts["word/_rels/document.xml.rels"] = inserted(
        parts["word/_rels/document.xml.rels"],
        "Relationships",
        f'<Relationship Id="rIdBullets" Type="{docx_parts.R}/numbering" Target="numbering.xml"/>',
    )
    return number


def _make_document(parts: dict[str, str | bytes]) -> None:
    """A template becomes a document; what it wants to load from elsewhere is cut off."""
    kinds = _bytes(parts[_TYPES])
    parts[_TYPES] = kinds.replace(b"template.main+xml", b"document.main+xml")
    parts.pop("word/_rels/settings.xml.rels", None)
    if "word/settings.xml" in parts:
        given = _bytes(parts["word/settings.xml"])
        parts["word/settings.xml"] = _ATTACHED.sub(b"", given)


def _footnotes(parts: dict[str, str | bytes]) -> tuple[str, int]:
    """The reference's own separators, which its settings may name, and the first free id."""
    given = parts.get("word/footnotes.xml")
    if given is None:
        inserted_type = f'<Override PartName="/word/footnotes.xml" ContentType="{_FOOTNOTES}"/>'
        parts[_TYPES] = inserted(parts[_TYPES], "Types", inserted_type)
        relation = f'<Relationship Id="rIdNotes" Type="{docx_parts.R}/footnotes" '
        relation += 'Target="footnotes.xml"/>'
        parts[_RELATIONS] = inserted(parts[_RELATIONS], "Relationships", relation)
        return docx_parts.SEPARATORS, 1
    kept = [note for note in references.parsed(given) if note.get(f"{_W}type")]
    first = max((int(note.get(f"{_W}id", "0")) for note in kept), default=0) + 1
    plain = [_plain_separator(note) for note in kept]
    return "".join(plain) or docx_parts.SEPARATORS, max(1, first)


def _plain_separator(note: ElementTree.Element) -> str:
    kind, number = note.get(f"{_W}type", "separator"), int(note.get(f"{_W}id", "0"))
    sign = f"<w:{kind}/>" if kind in ("separator", "continuationSeparator") else ""
    return (
        f'<w:footnote w:type="{escape(kind)}" w:id="{number}"><w:p><w:r>{sign}</w:r></w:p>'
        "</w:footnote>"
    )


def _ensure_kinds(parts: dict[str, str | bytes]) -> None:
    """Pictures' endings have to be known to the package."""
    given = _bytes(parts[_TYPES]).decode("utf-8").lower()
    missing = "".join(
        f'<Default Extension="{end}" ContentType="{kind}"/>'
        for kind, end in ENDINGS.items()
        if f'extension="{end}"' not in given
    )
    parts[_TYPES] = inserted(parts[_TYPES], "Types", missing)


def _ensure_properties(parts: dict[str, str | bytes]) -> None:
    """Our docProps/core.xml has to be known to a package that had none."""
    if b"core-properties" in _bytes(parts["_rels/.rels"]):
        return
    kind = "application/vnd.openxmlformats-package.core-properties+xml"
    relation = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/"
    parts[_TYPES] = inserted(
        parts[_TYPES],
        "Types",
        f'<Override PartName="/docProps/core.xml" ContentType="{kind}"/>',
    )
    parts["_rels/.rels"] = inserted(
        parts["_rels/.rels"],
        "Relationships",
        f'<Relationship Id="rIdCore" Type="{relation}core-properties" Target="docProps/core.xml"/>',
    )


def _bytes(part: str | bytes) -> bytes:
    return part.encode() if isinstance(part, str) else part


def _turned(section: ElementTree.Element, paper: Paper) -> str:
    """The reference's page with head and foot, in the paper's size and direction."""
    size = section.find(f"{_W}pgSz")
    if size is None:
        size = ElementTree.SubElement(section, f"{_W}pgSz")
    short, long = (11906, 16838) if paper.paper_size == "a4" else (16838, 23811)
    size.set(f"{_W}w", str(long if paper.landscape else short))
    size.set(f"{_W}h", str(short if paper.landscape else long))
    size.attrib.pop(f"{_W}orient", None)
    if paper.landscape:
        size.set(f"{_W}orient", "landscape")
    ElementTree.register_namespace("w", docx_parts.W)
    ElementTree.register_namespace("r", docx_parts.R)
    return ElementTree.tostring(section, encoding="unicode")
