"""A county's reference document is opened with care: it was made elsewhere."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile

from richtschnur.documents.paper import Unwritable

_LIMIT = 50 << 20  # bytes, unpacked


def parts_of(path: Path) -> dict[str, str | bytes]:
    """The files in the package by name. Raises Unwritable("reference") or OSError."""
    with soundness(), ZipFile(path) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > _LIMIT:
            raise Unwritable("reference", "too large")
        return {name: archive.read(name) for name in archive.namelist() if name[-1:] != "/"}


def parsed(part: str | bytes) -> ElementTree.Element:
    """The root of an XML part; document types, where entities are declared, are refused."""
    if "<!DOCTYPE" in (part if isinstance(part, str) else part.decode("utf-8")):
        raise Unwritable("reference", "document type")
    return ElementTree.fromstring(part)  # noqa: S314 -- no entities, size bounded


@contextmanager
def soundness() -> Iterator[None]:
    """Makes one exception of all the ways in which a file can be no office document."""
    try:
        yield
    except (BadZipFile, KeyError, ElementTree.ParseError, ValueError, RuntimeError) as error:
        raise Unwritable("reference", str(error)) from error
