"""Run as a script, apart and within limits: what stands where on the pages of a PDF.

Arguments: the PDF, the file for the answer, the most pages. The answer is JSON, either
{"problem": code} or {"pages": [{"height", "segments": [[text, left, right, y, size, bold], …],
"rules": [[left, bottom, right, top], …], "drawn": may it hold pictures?}]}: words of one line
without wide gaps between them, in the order of the file, and the straight lines that are drawn.
Lengths in points from the foot. A raised number behind a word stands between private signs: it
may be a footnote's.
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
_WORD: Final = re.compile(r"[^\s\ufffe\x02]+[\ufffe\x02]?")
_RAISED: Final = re.compile(r"(?<=[^\d])\d{1,3}(?=[.,;:!?)“”\"»]*$)")
_BOLD: Final = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)
_PROBLEMS: Final = {raw.FPDF_ERR_PASSWORD: "encrypted", raw.FPDF_ERR_SECURITY: "encrypted"}
_WIDE: Final = 0.55  # of the size: a gap that may part cells
_MOST_RULES: Final = 3000  # a page; more is a drawing
_THIN: Final = 2.5
_NOTE, _CLOSE = "\U000f0007", "\U000f0002"


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
        stream.write(json.dumps(found))  # dump() is slow


def _page(document: pdfium.PdfDocument, number: int) -> dict[str, Any]:
    try:
        page = document[number]
        text_page = page.get_textpage()
        segments = _Words(text_page).segments()
        height, rules, drawn = page.get_height(), _rules(page), _is_drawn(page)
        text_page.close()
        page.close()
    except pdfium.PdfiumError:
        return {"height": 0, "segments": [], "rules": [], "drawn": False}
    return {"height": height, "segments": segments, "rules": rules, "drawn": drawn}


def _is_drawn(page: pdfium.PdfPage) -> bool:
    kinds = {raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM}
    count = raw.FPDFPage_CountObjects(page)
    return any(
        raw.FPDFPageObj_GetType(raw.FPDFPage_GetObject(page, at)) in kinds for at in range(count)
    )


class _Words:
    """Reads the words of a page; what holds for a whole text object is asked once."""

    def __init__(self, page: pdfium.PdfTextPage) -> None:
        self._page = page
        self._text = page.get_text_range(errors="replace")
        self._fonts: dict[int, bool] = {}
        self._object: tuple[int, float, bool] = (0, 0.0, False)
        self._numbers = [ctypes.c_double() for _ in range(4)]

    def segments(self) -> list[list[Any]]:
        made: list[list[Any]] = []
        shift = 0  # beyond the Basic Multilingual Plane pdfium counts two units a letter
        wide = [at for at, sign in enumerate(self._text) if sign > "\uffff"]
        for found in _WORD.finditer(self._text):
            while shift < len(wide) and wide[shift] < found.start():
                shift += 1
            self._take(found[0], found.start() + shift, made)
        return made

    def _take(self, word: str, first: int, made: list[list[Any]]) -> None:
        broken = word[-1] in "\ufffe\x02"
        word = word.rstrip("\ufffe\x02")
        start = raw.FPDFText_GetCharIndexFromTextIndex(self._page, first)
        if not word or start < 0:
            return
        units = len(word) if word.isascii() else len(word.encode("utf-16-le")) // 2
        end = start + units - 1
        left, _ = self._box(start)
        _, right = self._box(end)
        y = self._baseline(start)
        size, bold = self._type(start)
        raised = None if word.isalpha() else _RAISED.search(word)
        if raised and self._is_raised(start + raised.start(), y, size):
            behind = word[raised.end() :]
            word = f"{word[: raised.start()]}{_NOTE}{raised[0]}{_CLOSE}{behind}"
        word += "-" if broken else ""
        last = made[-1] if made else None
        if last and self._goes_on(last, left, y, size):
            last[0] += f" {word}"
            last[2] = round(right, 1)
            last[4] = max(last[4], size)
            last[5] = int(last[5] and bold)
        else:
            made.append([word, round(left, 1), round(right, 1), round(y, 1), size, int(bold)])

    @staticmethod
    def _goes_on(last: list[Any], left: float, y: float, size: float) -> bool:
        larger = max(size, last[4])
        return abs(y - last[3]) < 0.45 * larger and -1 < left - last[2] < _WIDE * larger

    def _is_raised(self, at: int, y: float, size: float) -> bool:
        """By the foot of the letter: raised numbers are moved up, or letters of the font."""
        self._box(at)
        return self._numbers[2].value - y > 0.2 * size

    def _box(self, at: int) -> tuple[float, float]:
        left, right, bottom, top = self._numbers
        raw.FPDFText_GetCharBox(self._page, at, left, right, bottom, top)
        return left.value, right.value

    def _baseline(self, at: int) -> float:
        x, y, _, _ = self._numbers
        raw.FPDFText_GetCharOrigin(self._page, at, x, y)
        return y.value

    def _type(self, at: int) -> tuple[float, bool]:
        """Size and weight at a letter."""
        held = raw.FPDFText_GetTextObject(self._page, at)
        key = ctypes.addressof(held.contents) if held else 0
        if key and key == self._object[0]:
            return self._object[1:]
        size = float(raw.FPDFText_GetFontSize(self._page, at))
        matrix = raw.FS_MATRIX()
        if raw.FPDFText_GetMatrix(self._page, at, matrix):
            size *= abs(matrix.d) or 1.0
        self._object = (key, round(size, 1), self._is_bold(held, at))
        return self._object[1:]

    def _is_bold(self, held: Any, at: int) -> bool:
        font = raw.FPDFTextObj_GetFont(held) if held else None
        key = ctypes.addressof(font.contents) if font else 0
        if key not in self._fonts or not key:
            buffer = ctypes.create_string_buffer(200)
            raw.FPDFText_GetFontInfo(self._page, at, buffer, 200, ctypes.c_int())
            weight = int(raw.FPDFText_GetFontWeight(self._page, at))
            name = buffer.value.decode("utf-8", "replace")
            self._fonts[key] = weight >= 600 or _BOLD.search(name) is not None
        return self._fonts[key]


def _rules(page: pdfium.PdfPage) -> list[list[float]]:
    """Straight lines along the page's edges: borders of tables."""
    rules: list[list[float]] = []
    for at in range(raw.FPDFPage_CountObjects(page)):
        one = raw.FPDFPage_GetObject(page, at)
        if raw.FPDFPageObj_GetType(one) != raw.FPDF_PAGEOBJ_PATH:
            continue
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        if not raw.FPDFPageObj_GetBounds(one, left, bottom, right, top):
            continue
        box = [round(edge.value, 1) for edge in (left, bottom, right, top)]
        if min(box[2] - box[0], box[3] - box[1]) <= _THIN:
            rules.append(box)
        else:
            rules += _segments(one)
        if len(rules) > _MOST_RULES:
            return []
    return rules


def _segments(path: Any) -> list[list[float]]:
    count = raw.FPDFPath_CountSegments(path)
    if not 1 < count <= 400:
        return []
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(path, matrix)
    made: list[list[float]] = []
    first = before = (0.0, 0.0)
    for at in range(count):
        segment = raw.FPDFPath_GetPathSegment(path, at)
        x, y = ctypes.c_float(), ctypes.c_float()
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO:
            first = point
        else:
            _add(made, before, point)
        before = point
        if raw.FPDFPathSegment_GetClose(segment):
            _add(made, before, first)
    return made


def _add(made: list[list[float]], one: tuple[float, float], other: tuple[float, float]) -> None:
    left, right = sorted((one[0], other[0]))
    bottom, top = sorted((one[1], other[1]))
    if min(right - left, top - bottom) <= 1 < max(right - left, top - bottom):
        made.append([round(edge, 1) for edge in (left, bottom, right, top)])


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
