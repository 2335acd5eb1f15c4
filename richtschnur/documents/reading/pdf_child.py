"""Run as a script, apart and within limits: the lines of a PDF with their place on the page.

Arguments: the PDF, the file for the answer, the most pages. The answer is JSON, either
{"problem": code} or {"pages": [{"height", "lines": [[text, left, right, y, size, bold], …]}]}.
"""

from __future__ import annotations

import ctypes
import json
import re
import sys
from typing import Any, Final

import pypdfium2 as pdfium
from pypdfium2 import raw

# pdfium marks a hyphen at the end of a line with U+FFFE or U+0002 and swallows the line end.
_LINE: Final = re.compile(r"[^\r\n\ufffe\x02]*(?:\r\n|[\r\n\ufffe\x02]|$)")
_BOLD: Final = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)
_PROBLEMS: Final = {raw.FPDF_ERR_PASSWORD: "encrypted", raw.FPDF_ERR_SECURITY: "encrypted"}


def main(source: str, answer: str, most_pages: int) -> None:
    try:
        document = pdfium.PdfDocument(source)
        count = len(document)
    except pdfium.PdfiumError as problem:
        found: dict[str, Any] = {"problem": _PROBLEMS.get(problem.err_code, "damaged")}
    else:
        found = {"problem": "oversized"}
        if count <= most_pages:
            found = {"pages": [_page(document, number) for number in range(count)]}
    with open(answer, "w", encoding="utf-8") as stream:
        json.dump(found, stream)


def _page(document: pdfium.PdfDocument, number: int) -> dict[str, Any]:
    try:
        page = document[number]
        text_page = page.get_textpage()
        text = text_page.get_text_range(errors="replace")
        lines = _lines(text_page, text)
        height = page.get_height()
        text_page.close()
        page.close()
    except pdfium.PdfiumError:
        return {"height": 0, "lines": [], "broken": True}
    return {"height": height, "lines": lines}


def _lines(page: pdfium.PdfTextPage, text: str) -> list[list[Any]]:
    lines: list[list[Any]] = []
    at = 0  # in UTF-16 units, as pdfium counts
    for found in _LINE.finditer(text):
        line = found[0]
        words = line.rstrip("\r\n\ufffe\x02 ")
        if words.strip():
            first = at + len(words) - len(words.lstrip())
            hyphen = "-" if line[-1] in "\ufffe\x02" else ""
            last = at + _units(words) - 1
            lines.append([words.strip() + hyphen, *_place(page, first, last)])
        at += _units(line)
    return lines


def _units(text: str) -> int:
    return len(text) + sum(1 for sign in text if sign > "\uffff")


def _place(page: pdfium.PdfTextPage, first: int, last: int) -> tuple[float, ...]:
    start = raw.FPDFText_GetCharIndexFromTextIndex(page, first)
    end = raw.FPDFText_GetCharIndexFromTextIndex(page, last)
    if start < 0 or end < 0:
        return (0.0, 0.0, 0.0, 0.0, 0)
    left, y = _box(page, start)[0], _baseline(page, start)
    right = _box(page, end)[1]
    middle = (start + end) // 2
    size = max(_size(page, middle), _size(page, end))
    # The first letter may be a bullet of another font: look at the end and the middle.
    bold = all(_is_bold(page, at) for at in (end, middle))
    return (round(left, 1), round(right, 1), round(y, 1), round(size, 1), int(bold))


def _box(page: pdfium.PdfTextPage, at: int) -> tuple[float, float]:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    raw.FPDFText_GetCharBox(page, at, left, right, bottom, top)
    return left.value, right.value


def _baseline(page: pdfium.PdfTextPage, at: int) -> float:
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(page, at, x, y)
    return y.value


def _size(page: pdfium.PdfTextPage, at: int) -> float:
    size = float(raw.FPDFText_GetFontSize(page, at))
    matrix = raw.FS_MATRIX()
    if raw.FPDFText_GetMatrix(page, at, matrix):
        size *= abs(matrix.d) or 1.0
    return size


def _is_bold(page: pdfium.PdfTextPage, at: int) -> bool:
    buffer = ctypes.create_string_buffer(200)
    flags = ctypes.c_int()
    raw.FPDFText_GetFontInfo(page, at, buffer, 200, flags)
    weight = int(raw.FPDFText_GetFontWeight(page, at))
    return weight >= 600 or _BOLD.search(buffer.value.decode("utf-8", "replace")) is not None


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
