"""The parts of an office file: read as XML, written again without what no converter needs."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree

from richtschnur.documents.blocks import Doubt, Unreadable
from richtschnur.documents.reading.pictures import MOST_BYTES, Source

Element = ElementTree.Element
_KEPT: Final = (".xml", ".rels", "mimetype")


@dataclass(frozen=True, slots=True)
class Prepared:
    """`left_out` holds the lines of tables of contents."""

    data: bytes
    sources: tuple[Source, ...] = ()
    left_out: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()


@dataclass(slots=True)
class Package:
    """An archive that `archive.inspect` has found harmless in sizes and document types."""

    archive: zipfile.ZipFile
    names: frozenset[str]

    @classmethod
    def open(cls, data: bytes) -> Package:
        archive = zipfile.ZipFile(io.BytesIO(data))
        return cls(archive, frozenset(archive.namelist()))

    def read(self, name: str, most: int) -> bytes:
        """The part's bytes, b"" when it is missing, broken or larger than `most`."""
        try:
            with self.archive.open(name) as stream:
                data = stream.read(most + 1)
        except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError):
            return b""
        return data if len(data) <= most else b""

    def xml(self, name: str) -> Element | None:
        """The root of a part; None when it is missing. Raises Unreadable("damaged")."""
        if name not in self.names:
            return None
        try:
            return ElementTree.fromstring(self.archive.read(name))  # noqa: S314 - no document type
        except (ElementTree.ParseError, zipfile.BadZipFile, zlib.error, ValueError) as problem:
            raise Unreadable("damaged", f"{name}: {problem}") from None

    def picture(self, name: str, description: str) -> Source:
        """A picture by its path in the archive."""
        return Source(self.read(posixpath.normpath(name), MOST_BYTES), description)

    def rewritten(self, parts: Mapping[str, Element]) -> bytes:
        """The archive with these parts replaced and without pictures and other objects."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for name in self.archive.namelist():
                if name in parts:
                    archive.writestr(name, ElementTree.tostring(parts[name], encoding="utf-8"))
                elif name.endswith(_KEPT) and "/embeddings/" not in name:
                    archive.writestr(name, self.archive.read(name))
        return out.getvalue()
