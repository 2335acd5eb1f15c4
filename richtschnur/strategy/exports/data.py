"""An edition as JSON with everything that is known of it, for other programs."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TextIO

from richtschnur.documents.writing.target import replacing
from richtschnur.files.models import StoredFile
from richtschnur.strategy.exports.papers import read_sections
from richtschnur.strategy.models import Edition, Element, Passage, Section
from richtschnur.strategy.queries import element_tree


def write_json(edition: Edition, path: Path) -> None:
    """One object, written section by section. Raises OSError."""
    with replacing(path) as target, target.open("w", encoding="utf-8", newline="\n") as file:
        file.write(json.dumps(_about(edition), ensure_ascii=False, indent=1)[:-2])
        _write_list(file, "sections", map(_section, read_sections(edition)))
        _write_list(file, "elements", map(_element, element_tree(edition)))
        _write_list(file, "descents", _descents(edition))
        _write_list(file, "dropped", _dropped(edition))
        file.write("\n}\n")


def _write_list(file: TextIO, name: str, entries: Iterable[dict[str, Any]]) -> None:
    file.write(f',\n "{name}": [')
    for count, entry in enumerate(entries):
        file.write(",\n  " if count else "\n  ")
        file.write(json.dumps(entry, ensure_ascii=False))
    file.write("]")


def _about(edition: Edition) -> dict[str, Any]:
    return {
        "strategy": edition.strategy.slug,
        "edition": edition.ref,
        "title": edition.title,
        "state": edition.state,
        "language": edition.strategy.language,
        "checksum": edition.checksum,
        "frozen_at": edition.frozen_at.isoformat() if edition.frozen_at else None,
        "predecessor": edition.predecessor.ref if edition.predecessor else None,
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "identity": str(section.identity),
        "position": section.position,
        "number": section.number,
        "title": section.title,
        "level": section.level,
        "passages": [_passage(passage) for passage in section.passages.all()],
    }


def _passage(passage: Passage) -> dict[str, Any]:
    """`marks` as [start, end, kind, value] in code points of `text`, end exclusive."""
    said = {
        "identity": str(passage.identity),
        "number": passage.number,
        "kind": passage.kind,
        "level": passage.level,
        "label": passage.label,
        "text": passage.text,
        "marks": passage.marks,
        "caption": passage.caption,
        "language": passage.language,
    }
    if passage.picture:
        said["picture"] = _picture(passage.picture)
    return said


def _picture(file: StoredFile) -> dict[str, Any]:
    """The checksum is of the bytes in `data` (base64), null when the file is lost."""
    try:
        data = b64encode(file.path.read_bytes()).decode("ascii")
    except OSError:
        data = None
    return {
        "sha256": file.sha256,
        "media_type": file.media_type,
        "bytes": file.size,
        "data": data,
    }


def _element(element: Element) -> dict[str, Any]:
    """`start` and `end` in the passage's text, or in the section's title without a passage."""
    return {
        "identity": str(element.identity),
        "kind": element.kind,
        "title": element.title,
        "section": str(element.section.identity),
        "passage": str(element.passage.identity) if element.passage else None,
        "start": element.start,
        "end": element.end,
        "parent": str(element.parent.identity) if element.parent else None,
        "certainty": element.certainty,
    }


def _descents(edition: Edition) -> Iterator[dict[str, Any]]:
    for descent in edition.descents.order_by("pk"):
        yield {"from": str(descent.from_identity), "to": str(descent.to_identity)}


def _dropped(edition: Edition) -> Iterator[dict[str, Any]]:
    for reason in edition.drop_reasons.order_by("pk"):
        yield {"identity": str(reason.identity), "reason": reason.reason}
