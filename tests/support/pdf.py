"""What is asked of every PDF that leaves the house: PDF/UA-1 and PDF/A-2a, and a way to move in it.

The checker is `page-validation` (its reasons stand in docs/adr); a file that breaks a rule of the
standard fails with the rule's name. Bookmarks are no rule of PDF/UA-1, but of ours.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import page
import pypdfium2
import pypdfium2.raw as pdfium

LENGTH = "PDFA2A-STREAM-LENGTH-001"
STREAM = re.compile(
    rb"/Length (?P<length>\d+)\b(?! \d+ R)[^<>]*(?:<<[^<>]*>>[^<>]*)*>>\s*stream\r?\n"
)
END = re.compile(rb"(?:\r\n|\n|\r)endstream")


def broken_rules(path: Path, profile: str = "ua1") -> set[str]:
    """The names of the rules that a file breaks; profiles are "ua1" (PDF/UA-1) and "2a"."""
    report = page.validate_pdf(path, profile=profile)
    broken = {failure.rule_id for failure in report.failures}
    return broken - {LENGTH} if are_lengths_right(path) else broken


def are_lengths_right(path: Path) -> bool:
    """Whether each stream ends where its /Length says.

    The checker takes a stream whose last byte happens to be a line's end for one byte shorter.
    """
    data = path.read_bytes()
    streams = list(STREAM.finditer(data))
    return bool(streams) and all(
        END.match(data, found.end() + int(found["length"])) for found in streams
    )


def assert_accessible(
    path: Path, *, languages: Collection[str] = (), bookmarks: bool = True
) -> None:
    """Both standards hold, each of the languages is marked in the structure, and bookmarks are."""
    assert broken_rules(path) == set()
    assert broken_rules(path, "2a") == set()
    found = {language.lower() for _kind, language in tags(path)}
    assert {language.lower() for language in languages} <= found
    document = pypdfium2.PdfDocument(path)
    marks = [mark.get_title() for mark in document.get_toc()]
    document.close()
    assert bool(marks) >= bookmarks


def string(function: Any, *arguments: Any) -> str:
    """What one of pdfium's functions writes into a buffer."""
    size = function(*arguments, None, 0)
    buffer = ctypes.create_string_buffer(size)
    kind = function.argtypes[len(arguments)]
    function(*arguments, ctypes.cast(buffer, kind), size)
    return buffer.raw[: max(0, size - 2)].decode("utf-16-le")


def tags(path: Path) -> Iterator[tuple[str, str]]:
    """The structure's elements in order: kind and language."""
    for element in elements(path):
        kind = string(pdfium.FPDF_StructElement_GetType, element)
        yield kind, string(pdfium.FPDF_StructElement_GetLang, element)


def alternatives(path: Path) -> list[str]:
    """The alternative texts of figures in order."""
    return [
        string(pdfium.FPDF_StructElement_GetAltText, element)
        for element in elements(path)
        if string(pdfium.FPDF_StructElement_GetType, element) == "Figure"
    ]


def elements(path: Path) -> Iterator[Any]:
    """pdfium's handles on the structure, page by page; good only until the next is asked for."""

    def walk(element: Any) -> Iterator[Any]:
        yield element
        for index in range(pdfium.FPDF_StructElement_CountChildren(element)):
            child = pdfium.FPDF_StructElement_GetChildAtIndex(element, index)
            if child:
                yield from walk(child)

    document = pypdfium2.PdfDocument(path)
    for sheet in document:
        tree = pdfium.FPDF_StructTree_GetForPage(sheet.raw)
        for index in range(pdfium.FPDF_StructTree_CountChildren(tree)):
            yield from walk(pdfium.FPDF_StructTree_GetChildAtIndex(tree, index))
        pdfium.FPDF_StructTree_Close(tree)
    document.close()
