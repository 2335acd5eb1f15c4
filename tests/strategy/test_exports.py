"""Editions as files: whole, kept, in another language, and with room to write beside passages."""

from __future__ import annotations

import base64
import hashlib
import json
import os
from datetime import timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from richtschnur.documents.blocks import Picture
from richtschnur.documents.marks import Mark
from richtschnur.documents.reading import read
from richtschnur.documents.structure import Outline, OutlinePassage, OutlineSection
from richtschnur.journal.actors import CLI
from richtschnur.strategy import exports
from richtschnur.strategy.exports import Occasion, edition_and_number, room_tag, sweep_exports
from richtschnur.strategy.exports import kept as keeping
from richtschnur.strategy.models import Edition
from richtschnur.strategy.operations import freeze_edition, keep_outline, publish_edition
from richtschnur.strategy.queries.in_language import source_of
from richtschnur.translation.models import Translation
from richtschnur.ui import clock
from richtschnur.ui.moments import moment_in_words
from tests.support.pdf import alternatives, assert_accessible
from tests.support.queries import at_most
from tests.support.rich_papers import ALTERNATIVE, ARABIC, MARKS, NOTE, WORDS, png
from tests.support.world import NOON, PASSWORD, World, person

pytestmark = pytest.mark.django_db
PICTURE = hashlib.sha256(png()).hexdigest()


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any) -> Path:
    """An installation's folder of its own, so that no file was kept before."""
    settings.HOME = tmp_path
    return tmp_path


def rich_edition(*, is_frozen: bool = True) -> Edition:
    """An edition with every kind of passage; frozen and published unless asked otherwise."""
    passages = (
        OutlinePassage("paragraph", WORDS, 0, "", MARKS),
        OutlinePassage("note", NOTE, 0, "1"),
        OutlinePassage("quote", "Ein Zitat.", 0, ""),
        OutlinePassage("item", "Sprachcafé", 1, "", (Mark(0, 6, "strong"),)),
        OutlinePassage("table", "Jahr | Zahl\n2024 | 1", 0, "", caption="Tabelle 1: Zahlen"),
        OutlinePassage(
            "picture", ALTERNATIVE, 0, "", caption="Abbildung 1: Karte", picture=PICTURE
        ),
        OutlinePassage("paragraph", ARABIC, 0, "", language="ar"),
    )
    pictures = {PICTURE: Picture("image/png", png())}
    section = OutlineSection("Ziele", "1", 1, passages)
    outline = Outline("Konzept", (section,), (), (), pictures)
    edition = keep_outline(outline=outline, by=CLI, at=NOON)
    if not is_frozen:
        return edition
    edition = freeze_edition(edition=edition, state="for_decision", by=CLI, at=NOON)
    return publish_edition(edition=edition, by=CLI, at=NOON)


def address(name: str, edition: Edition, *more: object) -> str:
    return reverse(f"strategy:{name}", args=[edition.strategy.slug, edition.number, *more])


def fetched(client: Client, path: str, target: Path) -> Path:
    response = client.get(path)
    assert response.status_code == 200, path
    target.write_bytes(b"".join(response))  # type: ignore[arg-type]
    return target


@pytest.mark.parametrize("format", ["docx", "odt", "html", "md"])
def test_a_downloaded_edition_comes_back_whole(format: str, client: Client, tmp_path: Path) -> None:
    edition = rich_edition()
    file = fetched(client, address("download", edition, format), tmp_path / f"a.{format}")
    document = read(file)
    said = {(block.kind, block.text) for block in document.blocks}
    for passage in edition.passages.exclude(kind="table"):
        assert (passage.kind, passage.text) in said
    (table,) = [block for block in document.blocks if block.kind == "table"]
    assert (table.caption, table.rows[1]) == ("Tabelle 1: Zahlen", ("2024", "1"))
    (picture,) = document.pictures
    assert picture == PICTURE


def test_the_pdf_is_accessible(client: Client, tmp_path: Path) -> None:
    edition = rich_edition()
    file = fetched(client, address("download", edition, "pdf"), tmp_path / "a.pdf")
    assert_accessible(file, languages=["ar"])
    assert alternatives(file) == [ALTERNATIVE]


def test_json_holds_everything(client: Client, tmp_path: Path) -> None:
    edition = rich_edition()
    file = fetched(client, address("download", edition, "json"), tmp_path / "a.json")
    data = json.loads(file.read_bytes())
    assert data["edition"] == edition.ref
    assert data["checksum"] == edition.checksum
    assert (data["elements"], data["descents"], data["dropped"]) == ([], [], [])
    (section,) = data["sections"]
    kinds = [passage["kind"] for passage in section["passages"]]
    assert kinds == ["paragraph", "note", "quote", "item", "table", "picture", "paragraph"]
    assert len(section["passages"][0]["marks"]) == len(MARKS)
    picture = section["passages"][5]
    assert base64.b64decode(picture["picture"]["data"]) == png()
    assert picture["picture"]["sha256"] == PICTURE
    assert section["passages"][6]["language"] == "ar"


def test_a_frozen_edition_s_file_is_made_once(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = rich_edition()
    made = []
    write = exports.write
    monkeypatch.setattr(exports, "write", lambda *a, **k: (made.append(1), write(*a, **k)))
    for _ in range(2):
        fetched(client, address("download", edition, "docx"), tmp_path / "a")
    assert len(made) == 1
    page = client.get(address("edition", edition)).content.decode()
    assert "kB</bdi>)" in page or "KB</bdi>)" in page
    monkeypatch.setattr(keeping, "WRITER", "another")
    fetched(client, address("download", edition, "docx"), tmp_path / "a")
    assert len(made) == 2


def test_nothing_of_a_working_edition_is_kept(client: Client, tmp_path: Path) -> None:
    edition = rich_edition(is_frozen=False)
    assert client.get(address("download", edition, "md")).status_code == 404
    person("officer", "administration")
    assert client.login(username="officer", password=PASSWORD)
    fetched(client, address("download", edition, "md"), tmp_path / "a.md")
    assert not (tmp_path / "cache").exists()


def test_what_failed_is_said_and_not_kept(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = rich_edition()

    def fails(*_a: object, **_k: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(exports, "write", fails)
    response = client.get(address("download", edition, "docx"))
    assert response.status_code in (400, 409)
    assert "cache" not in response.content.decode()
    assert not list((tmp_path / "cache" / "exports").glob("*.docx"))


def test_kept_files_are_swept(client: Client, tmp_path: Path) -> None:
    edition = rich_edition()
    for format in ("md", "html"):
        fetched(client, address("download", edition, format), tmp_path / "a")
    folder = tmp_path / "cache" / "exports"
    old = (NOON - timedelta(days=90)).timestamp()
    for file in folder.glob("*.md"):
        os.utime(file, (old, old))
    for file in folder.glob("*.html"):
        os.utime(file, (NOON.timestamp(), NOON.timestamp()))
    sweep_exports(at=NOON)
    assert not list(folder.glob("*.md"))
    assert len(list(folder.glob("*.html"))) == 1


def test_the_largest_go_when_there_are_too_many(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetched(client, address("download", rich_edition(), "html"), tmp_path / "a")
    monkeypatch.setattr(keeping, "LARGEST", 10)
    sweep_exports(at=NOON)
    assert not list((tmp_path / "cache" / "exports").glob("*.html"))


def test_each_room_to_write_names_its_passage(client: Client, tmp_path: Path) -> None:
    edition = rich_edition()
    file = fetched(client, address("worksheet", edition, "docx"), tmp_path / "a.docx")
    with ZipFile(file) as archive:
        body = archive.read("word/document.xml").decode()
    for number in (0, 1, 3, 4, 5, 6, 7):  # the footnote stays with the first
        assert f'<w:tag w:val="richtschnur:{edition.ref}:{number}"/>' in body
    assert f":{edition.ref}:2" not in body
    assert address("passage", edition, 4) in body
    assert client.get(address("worksheet", edition, "md")).status_code == 404
    pdf = fetched(client, address("worksheet", edition, "pdf"), tmp_path / "a.pdf")
    assert_accessible(pdf, languages=["ar"])


def test_a_tag_finds_its_edition_however_long_its_name() -> None:
    world = World()
    assert edition_and_number(room_tag(world.edition, 3), [world.edition]) == (world.edition, 3)
    world.edition.strategy.slug = "konzept-" * 10
    tag = room_tag(world.edition, 5000)
    assert len(tag) <= 64
    assert edition_and_number(tag, [world.edition]) == (world.edition, 5000)
    for other in ("", "richtschnur:other.1:3", "richtschnur::", tag + "x"):
        assert edition_and_number(other, [world.edition]) is None


def test_a_consultation_s_sheet_says_until_when_and_where(client: Client, tmp_path: Path) -> None:
    world = World(at=clock.now())
    path = reverse("consultation:worksheet", args=[world.consultation.slug, "odt"])
    with ZipFile(fetched(client, path, tmp_path / "a.odt")) as archive:
        content = archive.read("content.xml").decode()
    assert world.consultation.title in content
    with override("de"):
        assert moment_in_words(world.consultation.ends_at) in content
    assert f'text:name="richtschnur:{world.edition.ref}:1"' in content
    page = client.get(reverse("consultation:read", args=[world.consultation.slug]))
    assert path in page.content.decode()


def test_a_sheet_of_those_invited_is_for_them_alone(client: Client) -> None:
    world = World(at=clock.now(), audience="invited")
    path = reverse("consultation:worksheet", args=[world.consultation.slug, "docx"])
    assert client.get(path).status_code == 404
    key = reverse("consultation:invitation", args=[world.consultation.slug, world.consultation.key])
    client.get(key)
    assert client.get(path).status_code == 200


def translate(edition: Edition, language: str, text: str) -> None:
    """The first passage in another language, checked by a person."""
    source = source_of(edition.passages.get(number=1), "de")
    Translation.objects.create(
        subject=source.subject,
        language=language,
        fingerprint=source.fingerprint,
        source=source.text,
        text=text,
        state="machine",
        written_at=NOON,
        written_by="cli",
    )


@pytest.mark.parametrize("beside", ["", "&beside"])
def test_a_translation_says_that_german_binds(beside: str, client: Client, tmp_path: Path) -> None:
    edition = rich_edition()
    translate(edition, "ar", "نص قصير.")
    path = f"{address('download', edition, 'docx')}?language=ar{beside}"
    with ZipFile(fetched(client, path, tmp_path / "a.docx")) as archive:
        body = archive.read("word/document.xml").decode()
    assert "نص قصير." in body
    assert ("Fett" in body) == bool(beside)
    assert "Ein Zitat." in body  # not translated: it stands in German
    pdf = fetched(client, path.replace("/docx/", "/pdf/"), tmp_path / "a.pdf")
    assert_accessible(pdf, languages=["ar"] if beside else ["de"])
    assert client.get(f"{address('download', edition, 'json')}?language=ar").status_code == 404
    assert client.get(f"{address('download', edition, 'docx')}?language=xx").status_code == 404


def test_a_changed_translation_makes_another_file(client: Client, tmp_path: Path) -> None:
    edition = rich_edition()
    translate(edition, "tr", "Kısa.")
    path = f"{address('download', edition, 'md')}?language=tr"
    assert "Kısa." in fetched(client, path, tmp_path / "a").read_text("utf-8")
    Translation.objects.update(text="Daha kısa.")
    assert "Daha kısa." in fetched(client, path, tmp_path / "a").read_text("utf-8")


def test_the_print_page_has_numbers_and_room(client: Client) -> None:
    edition = rich_edition()
    plain = b"".join(client.get(address("print", edition))).decode()  # type: ignore[arg-type]
    assert 'class="room"' not in plain
    assert "kern-btn" not in plain
    assert ALTERNATIVE.split(" &")[0].replace('"', "&quot;") in plain
    with_room = b"".join(client.get(address("print", edition) + "?room")).decode()  # type: ignore[arg-type]
    assert with_room.count('<div class="room"') == 6
    css = client.get(address("print_style", edition)).content.decode()
    assert "@page" in css


def test_no_title_leaves_its_string_in_the_style_sheet(client: Client) -> None:
    edition = rich_edition(is_frozen=False)
    Edition.objects.filter(pk=edition.pk).update(title='"}body{display:none}\\/*</style>\n')
    person("officer", "administration")
    assert client.login(username="officer", password=PASSWORD)
    css = client.get(address("print_style", edition)).content.decode()
    assert css.count("{") == 4
    assert "</style" not in css


def test_reading_takes_the_same_queries_whatever_the_size(client: Client, tmp_path: Path) -> None:
    for edition in (World().edition, large_edition()):
        for format, most in (("md", 12), ("json", 13)):
            with at_most(most):
                fetched(client, address("download", edition, format), tmp_path / "a")
        with at_most(16):
            b"".join(client.get(address("print", edition)))  # type: ignore[arg-type]


def large_edition() -> Edition:
    passages = tuple(
        OutlinePassage("picture", "Karte", 0, "", caption=f"Bild {n}", picture=PICTURE)
        for n in range(60)
    )
    pictures = {PICTURE: Picture("image/png", png())}
    outline = Outline("Groß", (OutlineSection("A", "", 1, passages),), (), (), pictures)
    edition = keep_outline(outline=outline, by=CLI, at=NOON)
    edition = freeze_edition(edition=edition, state="for_decision", by=CLI, at=NOON)
    return publish_edition(edition=edition, by=CLI, at=NOON)


def test_the_occasion_tells_files_apart() -> None:
    assert Occasion("a").variant != Occasion("b").variant
