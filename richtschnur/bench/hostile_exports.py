"""What leaves the house as a file: it must stay words for the program that opens it."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from typing import Any

from richtschnur.bench.payloads import ELSEWHERE

FORMULA = re.compile(r"^[\s'\"]*[=+\-@]")
NUMBER = re.compile(r"^[+-]?\d+(?:[.,]\d+)?$")
CALCULATED = re.compile(rb"<f[ >]|table:formula=|<w:instrText[^>]*>[^<]*(?:DDE|INCLUDE|HYPERLINK)")
OUTSIDE = re.compile(rb'Target="[^"]*' + ELSEWHERE.encode())


def faults_in(address: str, headers: dict[str, str], body: bytes) -> list[str]:
    """What a file would do beyond being read; `headers` with names in lower case."""
    kind = headers.get("content-type", "").partition(";")[0]
    found = []
    if not headers.get("content-disposition", "").startswith("attachment") and kind == "text/html":
        found.append("a file opens in the browser")
    if "x-content-type-options" not in headers:
        found.append("its kind may be guessed")
    if kind == "text/csv":
        found += _in_table(body.decode("utf-8-sig", "replace"))
    elif body.startswith(b"PK"):
        found += _in_archive(body)
    return [f"{fault}: {address}" for fault in found]


def _in_table(text: str) -> list[str]:
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    return [
        f"a formula in {cell[:30]!r}"
        for cell in cells
        if cell[:1] in "=+-@\t" and cell and FORMULA.match(cell) and not NUMBER.match(cell)
    ]


def _in_archive(body: bytes) -> list[str]:
    found = []
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        for name in archive.namelist():
            data = archive.read(name)
            if name.endswith(".xml") and CALCULATED.search(data):
                found.append(f"a field that calculates in {name}")
            if name.endswith(".rels") and OUTSIDE.search(data):
                found.append(f"a way to another host in {name}")
    return found


def kept(context: Any, addresses: list[str]) -> tuple[int, list[str], list[bytes]]:
    """Fetch files with a browser's cookies: how many, their faults, those that are pages."""
    faults, pages = [], []
    for address in addresses:
        answer = context.request.get(address)
        body = answer.body()
        faults += faults_in(address, answer.headers, body)
        if "html" in answer.headers.get("content-type", ""):
            pages.append(body)
    return len(addresses), faults, pages
