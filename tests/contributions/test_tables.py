"""A spreadsheet of contributions: looked at row by row, taken in by a second click."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from richtschnur.contributions.models import Contribution
from richtschnur.documents.paper import Sheet
from richtschnur.documents.writing import write_table
from tests.evaluation.answering import logged_in
from tests.support.files import GOOD
from tests.support.queries import at_most
from tests.support.world import NOON, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_home")]
HEAD = "text;passage;kind;name;received_at;id\n"
ROWS = """Mehr Busse;1;resident;Erika;2026-11-01;7
Mehr Busse;99;resident;Erika;2026-11-01;8
Noch etwas;;Verein;;2026-11-01;9
;1;resident;;;10
Zukunft;1;resident;;2027-01-01;11
Mehr Busse;1;resident;Erika;2026-11-01;7
"""


@pytest.fixture
def staff(world: World) -> Client:
    return logged_in(world.officer)


def address(world: World) -> str:
    return reverse("contributions:import", args=[world.consultation.slug])


def words(response: HttpResponse) -> str:
    return unescape(response.content.decode())


def look(staff: Client, world: World, data: bytes, name: str = "tabelle.csv") -> HttpResponse:
    return staff.post(address(world), {"file": SimpleUploadedFile(name, data)})


def token(page: HttpResponse) -> str:
    found = re.search(r'name="held" value="([^"]+)"', words(page))
    assert found
    return found[1]


@pytest.mark.parametrize(
    "data",
    [b"", b"\x00\x01", GOOD["docx"], GOOD["png"], "Stra\xdfe".encode("latin-1"), b"a;b\n1;2"],
)
def test_what_is_no_table_is_said(staff: Client, world: World, data: bytes) -> None:
    page = look(staff, world, data)
    assert page.status_code == 422
    assert 'id="errors"' in words(page)
    assert not Contribution.objects.exists()


def test_without_a_file_it_is_asked_for(staff: Client, world: World) -> None:
    assert staff.post(address(world), {"x": "1"}).status_code == 422


def test_each_row_is_looked_at_and_nothing_is_stored(staff: Client, world: World) -> None:
    page = look(staff, world, (HEAD + ROWS).encode())
    preview = page.context["preview"]
    assert [row.row for row in preview.rejected] == [3, 4, 5, 6]
    assert [(row.row, row.earlier) for row in preview.known] == [(7, 2)]
    assert [row.row for row in preview.new] == [2]
    assert not Contribution.objects.exists()


def test_kinds_by_their_names_and_other_heads(staff: Client, world: World) -> None:
    data = b"Bemerkung;Absatz;Art;Eingang\nGut;2;Verein oder Initiative;2026-11-01\n"
    row = look(staff, world, data).context["preview"].new[0]
    assert (row.read.kind, row.read.comment.passage.number) == ("club", 2)


def test_a_second_click_takes_it_in_once(staff: Client, world: World) -> None:
    page = look(staff, world, (HEAD + ROWS).encode())
    sent = {"held": token(page)}
    report = staff.post(address(world), sent).context["report"]
    assert (report.imported, report.duplicates, len(report.rejected)) == (1, 1, 4)
    assert staff.post(address(world), sent).status_code == 302
    number = Contribution.objects.get().number
    again = look(staff, world, (HEAD + ROWS).encode())
    known = again.context["preview"].known
    assert [row.number for row in known] == [number, number]
    assert number in words(again)


def test_only_ones_own_token_counts(staff: Client, world: World) -> None:
    good = token(look(staff, world, (HEAD + ROWS).encode()))
    for odd in ("", "x", good[:-3]):
        assert staff.post(address(world), {"held": odd}).status_code == 302
    assert not Contribution.objects.exists()
    assert Client().post(address(world), {"held": good}).status_code == 302
    assert logged_in(world.reviewer).post(address(world), {"held": good}).status_code == 403
    assert not Contribution.objects.exists()


@pytest.mark.parametrize("format", ["xlsx", "ods", "csv"])
def test_several_hundred_rows_of_each_format(
    staff: Client, world: World, tmp_path: Path, format: Any
) -> None:
    path = tmp_path / f"viele.{format}"
    rows = [(f"Bemerkung {n}", 1, "resident") for n in range(400)]
    write_table(Sheet("Viele", ("text", "passage", "kind"), rows, "de", NOON), format, path)
    with at_most(20):
        page = look(staff, world, path.read_bytes(), path.name)
    assert len(page.context["preview"].new) == 400
    assert staff.post(address(world), {"held": token(page)}).context["report"].imported == 400
