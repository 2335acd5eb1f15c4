"""What everyone may read: released answers, never drafts, notes, or names without consent."""

from __future__ import annotations

import csv
import json
import re
import zipfile
from pathlib import Path

import pypdfium2
import pytest
from django.test import Client

from richtschnur.cli import main
from richtschnur.contributions.models import Consent
from richtschnur.evaluation.exports import export_synopsis
from richtschnur.evaluation.models import Point
from richtschnur.evaluation.operations import clear_words, tag_point
from richtschnur.evaluation.queries import synopsis_points, synopsis_rows
from richtschnur.evaluation.states import FORMATS
from tests.evaluation.answering import REASON, acting, answer, logged_in, released
from tests.evaluation.checking import checksum_of
from tests.support.world import World

pytestmark = pytest.mark.django_db
INTERNAL = "Nur ein Entwurf."


@pytest.fixture
def world() -> World:
    made = World()
    made.contribute("Öffentlich Beantwortetes.", "Noch Offenes.", key="k1")
    made.contribute("Mit Namen.", key="k2", consents=["publish_name"])
    points = list(Point.objects.order_by("pk"))
    released(made, points[0])
    released(made, points[2], "not_responsible", forwarded_to="Stadt Beispiel")
    answer(made, points[1], reason=INTERNAL)
    by = acting(made, made.officer)
    for point in points:
        clear_words(point=point, are_public=True, by=by, at=made.at)
    tag_point(point=points[0], topics=["Internes Schlagwort"], by=by, at=made.at)
    return made


def overview(world: World) -> str:
    page = Client().get(f"/en/answers/{world.consultation.slug}/")
    assert page.status_code == 200
    return page.content.decode()


def test_the_overview(world: World) -> None:
    page = overview(world)
    assert "2 of 3 points are answered." in page
    assert "Öffentlich Beantwortetes." in page
    assert REASON in page
    assert "Stadt Beispiel" in page
    for secret in ("Noch Offenes.", INTERNAL, "Internes Schlagwort", "post.example"):
        assert secret not in page
    assert page.count("Erika Beispiel") == 1


def test_a_revoked_consent_hides_the_name(world: World) -> None:
    Consent.objects.update(revoked_at=world.at)
    assert "Erika Beispiel" not in overview(world)


@pytest.mark.parametrize(
    ("publication", "text", "name"),
    [("not", False, False), ("anonymised", True, False), ("names_by_consent", True, True)],
)
def test_publication_rules(world: World, publication: str, text: bool, name: bool) -> None:
    world.consultation.publication = publication
    world.consultation.save()
    page = overview(world)
    assert ("Öffentlich Beantwortetes." in page) == text
    assert ("Erika Beispiel" in page) == name
    assert (REASON in page) == text
    rows = list(synopsis_rows(world.consultation, synopsis_points(world.consultation), public=True))
    assert [bool(row.text) for row in rows] == [text, text]
    assert {row.sender for row in rows} == ({"Erika Beispiel", ""} if name else {""})


def test_nothing_yet_and_not_public() -> None:
    world = World()
    assert "No answer has been released yet." in overview(world)
    world.consultation.audience = "internal"
    world.consultation.save()
    address = f"/en/answers/{world.consultation.slug}/"
    assert Client().get(address).status_code == 404
    assert logged_in(world.officer).get(address).status_code == 200
    assert Client().get("/en/answers/nirgends/").status_code == 404


def letters(text: str) -> str:
    """Without spaces and hyphens: a narrow column breaks words."""
    return re.sub(r"[\s\-\x02\ufffe\xad]", "", text)


def texts(path: Path) -> str:
    if path.suffix == ".pdf":
        document = pypdfium2.PdfDocument(path)
        return "".join(page.get_textpage().get_text_bounded() for page in document)
    if path.suffix in (".docx", ".odt", ".xlsx", ".ods"):
        with zipfile.ZipFile(path) as archive:
            return "".join(
                archive.read(name).decode()
                for name in archive.namelist()
                if name.endswith((".xml", ".rels"))
            )
    return path.read_text("utf-8")


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_holds_the_words(world: World, tmp_path: Path, format: str) -> None:
    path = tmp_path / f"all.{format}"
    made = export_synopsis(world.consultation, format, path, at=world.at)
    found = letters(texts(path))
    assert (made.rows, made.decided, made.reasoned, made.released, made.open) == (3, 3, 3, 2, 1)
    for words in ("Noch Offenes.", INTERNAL, "Erika Beispiel", "Stadt Beispiel", "Internes"):
        assert letters(words) in found
    if format in ("docx", "odt", "pdf", "json"):
        assert made.sha256 in found
    path = tmp_path / f"public.{format}"
    made = export_synopsis(world.consultation, format, path, at=world.at, public=True)
    found = letters(texts(path))
    assert (made.rows, made.open) == (2, 1)
    assert letters(REASON) in found
    for secret in ("Noch Offenes.", INTERNAL, "Internes", "post.example"):
        assert letters(secret) not in found
    assert found.count(letters("Erika Beispiel")) == 1


def test_the_checksum_is_that_of_the_rows(world: World, tmp_path: Path) -> None:
    sums = {
        export_synopsis(world.consultation, f, tmp_path / f"x.{f}", at=world.at).sha256
        for f in ("csv", "json", "xlsx")
    }
    data = json.loads((tmp_path / "x.json").read_text("utf-8"))
    assert sums == {checksum_of(tmp_path / "x.json")} == {data["sha256"]}
    with (tmp_path / "x.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 3
    released(world, Point.objects.order_by("pk")[1])
    assert (
        export_synopsis(world.consultation, "csv", tmp_path / "y.csv", at=world.at).sha256
        not in sums
    )


def test_rows_follow_the_paper(world: World) -> None:
    world.contribute("a", "b", "c", key="k3")
    rows = list(synopsis_rows(world.consultation, synopsis_points(world.consultation)))
    assert [row.passage for row in rows] == [1, 1, 1, 2, 2, 3]
    assert [row.number for row in rows] == [1, 2, 3, 4, 5, 6]


def test_staff_download(world: World) -> None:
    client = logged_in(world.officer)
    address = f"/en/answers/work/{world.consultation.slug}/export/"
    page = client.get(f"{address}csv/")
    assert "attachment" in page["Content-Disposition"]
    assert INTERNAL in b"".join(page.streaming_content).decode()
    page = client.get(f"{address}csv/?public=1")
    assert INTERNAL not in b"".join(page.streaming_content).decode()
    assert client.get(f"{address}exe/").status_code == 404


def test_the_command(world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "out.csv"
    call = ["synopsis", "export", world.consultation.slug, "--format", "csv", "-o", str(target)]
    assert main([*call, "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert (result["rows"], result["file"]) == (3, str(target))
    assert len(result["sha256"]) == 64
    assert main([*call, "--public"]) == 0
    assert INTERNAL not in target.read_text("utf-8")
    capsys.readouterr()
    assert main(["synopsis", "export", "nirgends", "--format", "csv", "-o", str(target)]) == 1
    assert capsys.readouterr().err.count("\n") == 1
    assert main([*call[:-1], str(tmp_path / "no" / "folder.csv")]) == 1
