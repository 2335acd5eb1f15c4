"""Sheets become XLSX, ODS, CSV and JSON that say the same, run nothing and lose nothing."""

import csv
import io
import json
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from richtschnur.documents.paper import Sheet, Unwritable, Value
from richtschnur.documents.writing import write_table, xlsx

AT = datetime(2026, 11, 22, 12, 30, tzinfo=UTC)
HEAD = ("Nr.", "Text", "Wert", "Zeit", "Tag")
FORMULAS = (
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    " =1",
    "\uff1d1",
    '=HYPERLINK("https://x.example")',
)
TEXTS = ("Äöüß & <b>", "أريد أن", "می‌خواهم", "їжак", "ğışİ", "https://x.example", "a\nb", "_x0041_")


def sheet(*texts: str) -> Sheet:
    rows = [(index, text, 1.5, AT, date(2026, 1, 2)) for index, text in enumerate(texts, start=1)]
    return Sheet("Rück/meldungen: [1]", HEAD, rows, written_at=AT)


def read(path: Path, index: int = 0) -> list[list[object]]:
    return CalamineWorkbook.from_path(path).get_sheet_by_index(index).to_python()


@pytest.mark.parametrize("format", ["xlsx", "ods"])
def test_spreadsheets_hold_values_and_no_formula(format: str, tmp_path: Path) -> None:
    path = tmp_path / f"a.{format}"
    given = sheet(*TEXTS, *FORMULAS)
    write_table(given, format, path)
    head, *rows = read(path)
    assert head == list(HEAD)
    texts = [row[1] for row in rows]
    assert texts[: len(TEXTS)] == list(TEXTS)
    assert [str(text).strip() for text in texts[len(TEXTS) :]] == [
        text.replace("\r", "\n").strip() for text in FORMULAS
    ]
    assert rows[0][2:] == [1.5, AT.replace(tzinfo=None), date(2026, 1, 2)]
    with ZipFile(path) as archive:
        for name in archive.namelist():
            if name.endswith(".xml"):
                part = archive.read(name)
                ElementTree.fromstring(part)
                assert b"<f>" not in part
                assert b"table:formula" not in part
                assert b"<hyperlink" not in part


def test_csv_cannot_be_run_and_json_is_untouched(tmp_path: Path) -> None:
    write_table(sheet(*TEXTS, *FORMULAS), "csv", tmp_path / "a.csv")
    data = (tmp_path / "a.csv").read_bytes()
    assert not data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8"), newline="")))
    texts = [row[1] for row in rows[1:]]
    assert texts[: len(TEXTS)] == list(TEXTS)
    assert all(text.startswith("'") for text in texts[len(TEXTS) :])
    write_table(sheet(*TEXTS, *FORMULAS), "json", tmp_path / "a.json")
    entries = json.loads((tmp_path / "a.json").read_text("utf-8"))
    assert [entry["Text"] for entry in entries][:3] == list(TEXTS[:3])
    assert entries[len(TEXTS)]["Text"] == FORMULAS[0]
    assert entries[0]["Zeit"] == "2026-11-22T12:30:00+00:00"
    assert entries[0]["Tag"] == "2026-01-02"


@pytest.mark.parametrize("format", ["xlsx", "ods", "csv", "json"])
def test_nothing_breaks_a_file(format: str, tmp_path: Path) -> None:
    rows: list[tuple[Value, ...]] = [
        ("\x00\x0b\ud800\ufffe\uf0b7 ]]> <x/> &amp;", 2**70, float("nan")),
        (float("inf"), True, None),
        (date(1200, 1, 1), datetime(1500, 1, 1), ""),
        (),
    ]
    path = tmp_path / f"a.{format}"
    write_table(Sheet("'\x00", ("a", "a", "=b"), rows), format, path)
    if format in ("xlsx", "ods"):
        content = read(path)
        assert content[0] == ["a", "a (2)", "=b"]
        assert content[1][1] == str(2**70)
    else:
        assert "a (2)" in path.read_text("utf-8")


@pytest.mark.parametrize("format", ["xlsx", "ods", "csv", "json"])
def test_empty_sheets(format: str, tmp_path: Path) -> None:
    path = tmp_path / f"a.{format}"
    write_table(Sheet("", HEAD, []), format, path)
    if format in ("xlsx", "ods"):
        assert read(path) == [list(HEAD)]
    else:
        text = path.read_text("utf-8").strip()
        assert text == ("[]" if format == "json" else ",".join(HEAD))
    write_table(Sheet("", [], []), format, path)


def test_texts_too_long_for_a_cell_go_on_elsewhere(tmp_path: Path) -> None:
    long, wide, fits = "ä" * 70_000, "😀" * 20_000, "b" * 32_767
    write_table(Sheet("S", ("a",), [(long,), (wide,), (fits,)]), "xlsx", tmp_path / "a.xlsx")
    cells = [str(row[0]) for row in read(tmp_path / "a.xlsx")]
    assert cells[1].startswith("ää")
    assert cells[1].endswith("[…] → Lange Texte, A2")
    assert len(cells[2].encode("utf-16-le")) <= 2 * 32_767
    assert cells[3] == fits
    rest = read(tmp_path / "a.xlsx", 1)
    assert "".join(str(row[2]) for row in rest if row[0] == "A2") == long
    assert "".join(str(row[2]) for row in rest if row[0] == "A3") == wide
    write_table(Sheet("S", ("a",), [(long,)]), "ods", tmp_path / "a.ods")
    assert read(tmp_path / "a.ods")[1] == [long]


@pytest.mark.parametrize("format", ["xlsx", "ods"])
def test_the_head_row_is_frozen_and_filtered(format: str, tmp_path: Path) -> None:
    path = tmp_path / f"a.{format}"
    write_table(sheet("x"), format, path)
    with ZipFile(path) as archive:
        everything = b"".join(map(archive.read, archive.namelist()))
    marks = {
        "xlsx": (b'state="frozen"', b'<autoFilter ref="A1:E2"'),
        "ods": (b"VerticalSplitMode", b"display-filter-buttons"),
    }
    assert all(mark in everything for mark in marks[format])


@pytest.mark.parametrize("format", ["xlsx", "ods", "csv", "json"])
def test_the_same_sheet_makes_the_same_file(format: str, tmp_path: Path) -> None:
    for name in "ab":
        write_table(sheet(*TEXTS), format, tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


@pytest.mark.parametrize("format", ["xlsx", "ods", "csv", "json"])
def test_rows_are_streamed(format: str, tmp_path: Path) -> None:
    def rows() -> Iterator[tuple[Value, ...]]:
        for index in range(3_000):
            yield index, f"{index} Mehr Busse am Abend. " * 20, 1.5, AT, None

    tracemalloc.start()
    write_table(Sheet("S", HEAD, rows()), format, tmp_path / "a")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4_000_000  # bytes; the texts alone are 1.6 million


def test_refusals_leave_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a"
    for format in ("xlsx", "ods", "csv", "json"):
        with pytest.raises(ValueError, match="row"):
            write_table(Sheet("S", ("a",), [(1, 2)]), format, path)  # type: ignore[arg-type]
    monkeypatch.setattr(xlsx, "MOST_ROWS", 3)
    with pytest.raises(Unwritable) as raised:
        write_table(Sheet("S", ("a",), [(1,), (2,), (3,)]), "xlsx", path)
    assert raised.value.code == "too-many-rows"
    with pytest.raises(ValueError, match="no such format"):
        write_table(sheet(), "xls", path)  # type: ignore[arg-type]
    assert not list(tmp_path.iterdir())
