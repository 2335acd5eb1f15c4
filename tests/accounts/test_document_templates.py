"""A county's own letterhead: tried before it is used, used by every DOCX and ODT, given back."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from richtschnur.county.models import County
from richtschnur.county.queries import reference_document
from richtschnur.documents.paper import Paper, Text
from richtschnur.documents.reading import read
from richtschnur.documents.writing import write
from richtschnur.journal.models import JournalEntry
from tests.support.rich_papers import RICH
from tests.support.world import PASSWORD, World

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any) -> Path:
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()
    return Path(settings.HOME)


@pytest.fixture
def officer(client: Client) -> Client:
    world = World()
    assert client.login(username=world.officer.login, password=PASSWORD)
    return client


def letterhead(format: str, folder: Path, **changed: bytes) -> bytes:
    """A document with another colour and the words of a letterhead in its foot."""
    path = folder / "own"
    write(Paper("Vorlage", "de", [Text("x")], AT, county="BRIEFKOPF"), format, path)  # type: ignore[arg-type]
    out = BytesIO()
    with ZipFile(path) as old, ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name).replace(b"1d4f60", b"abcdef").replace(b"1D4F60", b"ABCDEF")
            if name == "[Content_Types].xml" and "kind" in changed:
                data = data.replace(b"document.main+xml", changed["kind"])
            new.writestr(name, data)
        if "macro" in changed:
            new.writestr("word/vbaProject.bin", changed["macro"])
    return out.getvalue()


def upload(client: Client, data: bytes, name: str = "vorlage.docx") -> str:
    file = SimpleUploadedFile(name, data)
    return client.post(reverse("accounts:documents"), {"file": file}, follow=True).content.decode()


@pytest.mark.parametrize("format", ["docx", "odt"])
def test_files_take_the_county_s_look(format: str, officer: Client, tmp_path: Path) -> None:
    page = upload(officer, letterhead(format, tmp_path), "egal.bin")
    assert "egal.bin" in page
    kept = reference_document(format)
    assert kept is not None
    path = tmp_path / f"a.{format}"
    write(RICH, format, path, reference=kept.path)  # type: ignore[arg-type]
    with ZipFile(path) as archive:
        assert archive.testzip() is None
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert b"BRIEFKOPF" in everything
    assert b"abcdef" in everything.lower()
    assert any(block.kind == "note" for block in read(path).blocks)
    assert JournalEntry.objects.filter(act="county.set_reference_document").count() == 1


def test_a_download_is_made_anew_with_another_template(officer: Client, tmp_path: Path) -> None:
    from richtschnur.strategy.models import Edition

    edition = Edition.objects.get()
    address = reverse("strategy:download", args=[edition.strategy.slug, edition.number, "docx"])
    before = b"".join(officer.get(address))  # type: ignore[arg-type]
    upload(officer, letterhead("docx", tmp_path))
    after = b"".join(officer.get(address))  # type: ignore[arg-type]
    officer.post(reverse("accounts:document_drop", args=["docx"]))
    again = b"".join(officer.get(address))  # type: ignore[arg-type]

    def foot(data: bytes) -> bytes:
        with ZipFile(BytesIO(data)) as archive:
            return archive.read("word/footer1.xml")

    assert (b"BRIEFKOPF" in foot(before), b"BRIEFKOPF" in foot(after)) == (False, True)
    assert again == before
    assert reference_document("docx") is None


def test_a_template_becomes_a_document_that_loads_nothing(officer: Client, tmp_path: Path) -> None:
    data = letterhead("docx", tmp_path, kind=b"template.main+xml")
    with ZipFile(BytesIO(data)) as old, ZipFile(tmp_path / "t", "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "word/settings.xml":
                part = part.replace(
                    b"<w:autoHyphenation",
                    b'<w:attachedTemplate xmlns:r="http://schemas.openxmlformats.org/'
                    b'officeDocument/2006/relationships" r:id="rId1"/><w:autoHyphenation',
                )
            new.writestr(name, part)
        new.writestr("word/_rels/settings.xml.rels", "<Relationships/>")
    upload(officer, (tmp_path / "t").read_bytes(), "v.dotx")
    kept = reference_document("docx")
    assert kept is not None
    write(RICH, "docx", tmp_path / "a.docx", reference=kept.path)
    with ZipFile(tmp_path / "a.docx") as archive:
        assert b"template.main" not in archive.read("[Content_Types].xml")
        assert b"attachedTemplate" not in archive.read("word/settings.xml")
        assert "word/_rels/settings.xml.rels" not in archive.namelist()


def bad_files(folder: Path) -> dict[str, bytes]:
    whole = letterhead("docx", folder)
    bomb = BytesIO()
    with ZipFile(bomb, "w", 8) as archive:
        for name in ("word/document.xml", "word/styles.xml", "[Content_Types].xml"):
            archive.writestr(name, b"<x>" + b" " * 30_000_000)
    entities = BytesIO()
    with ZipFile(entities, "w") as archive:
        for name in ("word/document.xml", "word/styles.xml", "[Content_Types].xml"):
            archive.writestr(name, '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')
    return {
        "text": b"Sehr geehrte Damen und Herren",
        "cut": whole[: len(whole) // 2],
        "empty zip": b"PK\x05\x06" + bytes(18),
        "macros": letterhead("docx", folder, macro=b"x"),
        "bomb": bomb.getvalue(),
        "entities": entities.getvalue(),
        "large": b"PK" + bytes(10_000_001),
    }


def test_what_can_t_be_used_is_refused_with_a_sentence(officer: Client, tmp_path: Path) -> None:
    for kind, data in bad_files(tmp_path).items():
        page = upload(officer, data)
        assert "kern-error" in page or "aria-invalid" in page, kind
        assert reference_document("docx") is None, kind
    county = County.objects.filter(pk=1).first()
    assert county is None or county.docx_reference_id is None


def test_the_default_to_begin_from_can_be_read(officer: Client, tmp_path: Path) -> None:
    for format in ("docx", "odt"):
        response = officer.get(reverse("accounts:document", args=[format]) + "?default")
        (tmp_path / f"a.{format}").write_bytes(b"".join(response))  # type: ignore[arg-type]
        assert len(read(tmp_path / f"a.{format}").blocks) > 8
    assert officer.get(reverse("accounts:document", args=["pdf"])).status_code == 404


def test_only_the_administration_comes_here(client: Client) -> None:
    world = World()
    assert client.login(username=world.department.login, password=PASSWORD)
    assert client.get(reverse("accounts:documents")).status_code == 403
    assert client.post(reverse("accounts:document_drop", args=["docx"])).status_code == 403
