"""Files beside the words: refused or kept as they came, seen by sender and staff only."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from richtschnur.contributions.models import Attachment, Basket, BasketFile, Contribution
from richtschnur.contributions.operations import (
    NewComment,
    forget_old_baskets,
    receive_file,
    scan_waiting,
    submit_contribution,
    sweep_files,
)
from richtschnur.contributions.rules import FILE_BYTES, MOST_FILES, file_name
from richtschnur.files.operations import held_path
from richtschnur.files.scanning import Scan
from richtschnur.journal import commitments
from richtschnur.journal.actors import CLI
from richtschnur.journal.refusals import Refused
from tests.evaluation.answering import logged_in
from tests.support.files import AUTHOR, BAD, GOOD, PDF, TEXT, docx
from tests.support.queries import at_most
from tests.support.scanner import VIRUS, open_scanner
from tests.support.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_home")]
OnCommit = Callable[..., AbstractContextManager[object]]


def basket(world: World) -> str:
    return reverse("contributions:basket", args=[world.consultation.slug])


def words(response: HttpResponse) -> str:
    return re.sub(r"\s+", " ", unescape(response.content.decode()))


def begun(client: Client, world: World) -> str:
    """A comment lies in the basket; the key of its form."""
    address = reverse("contributions:comment", args=[world.consultation.slug, 1])
    client.post(address, {"text": "Siehe Anlage."})
    found = re.search(r'name="key" value="(\w+)"', words(client.get(basket(world))))
    assert found
    return found[1]


def upload(*named: tuple[str, bytes]) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(name, data, "application/x-lie") for name, data in named]


def attach(client: Client, world: World, *named: tuple[str, bytes], **more: str) -> HttpResponse:
    form = {"key": begun(client, world), "files": upload(*named), "attach": "1"}
    return client.post(basket(world), form | more)


def held() -> list[Path]:
    folder = held_path("0" * 32).parent
    return list(folder.iterdir()) if folder.is_dir() else []


@pytest.mark.parametrize("name", ["web page", "macros", "half a pdf", "nothing", "locked odf"])
def test_what_is_refused_is_said_and_what_was_typed_stays(
    client: Client, world: World, name: str
) -> None:
    page = attach(
        client, world, ("schlimm.pdf", BAD[name][0]), name="Erika", contact="on", kind="worker"
    )
    assert page.status_code == 422
    assert 'id="errors"' in words(page)
    assert "schlimm.pdf" in words(page)
    assert 'value="Erika"' in words(page)
    assert re.search(r'value="worker"[^>]* checked', words(page))
    assert re.search(r'name="contact"[^>]* checked', words(page))
    assert not BasketFile.objects.exists()
    assert held() == []


def test_of_several_files_the_good_ones_stay(client: Client, world: World) -> None:
    page = attach(client, world, ("a.txt", TEXT), ("b.exe", b"MZ\x90\0"), ("c.pdf", PDF))
    assert page.status_code == 422
    assert [f.name for f in BasketFile.objects.all()] == ["a.txt", "c.pdf"]
    again = attach(client, world, ("a.txt", TEXT))
    assert again.status_code == 200
    assert BasketFile.objects.count() == len(held()) == 2


def test_too_large_and_too_many(client: Client, world: World) -> None:
    assert attach(client, world, ("a.txt", b"x" * (FILE_BYTES + 1))).status_code == 422
    many = [(f"{n}.txt", f"Seite {n}".encode()) for n in range(MOST_FILES + 1)]
    assert attach(client, world, *many).status_code == 422
    assert BasketFile.objects.count() == len(held()) == MOST_FILES


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\Eigene Dateien\\Brief.pdf", "Brief.pdf"),
        ("../../etc/passwd", "passwd"),
        ("rechnung\u202efdp.exe", "rechnungfdp.exe"),
        ("a\r\nb\0.txt", "ab.txt"),
        ("x" * 300 + ".pdf", "x" * 138 + "….pdf"),
        ("Stellungnahme Größe №1.pdf", "Stellungnahme Größe №1.pdf"),
    ],
)
def test_names_are_kept_without_what_deceives(given: str, kept: str) -> None:
    assert file_name(given) == kept


def test_files_without_a_name_get_one() -> None:
    assert file_name(" ./ ")
    assert file_name("")


def test_from_the_basket_to_the_receipt_and_the_desk(
    client: Client, world: World, django_capture_on_commit_callbacks: OnCommit
) -> None:
    assert attach(client, world, ("Stellungnahme.docx", docx())).status_code == 200
    key = begun(client, world)
    form = {"key": key, "kind": "club", "files": upload(("Anlage.pdf", PDF))}
    with django_capture_on_commit_callbacks(execute=True):
        sent = client.post(basket(world), form)
    assert sent.status_code == 303
    assert held() == []
    assert not Basket.objects.exists()
    contribution = Contribution.objects.get()
    first, second = contribution.attachments.all()
    assert (first.kind, second.kind) == ("docx", "pdf")
    assert first.file.path.read_bytes() == docx()
    salt = bytes(first.salt)
    assert commitments.commit(first.content(), salt=salt) == first.commitment
    whole = contribution.content(contribution.comments.all(), [first, second])
    assert whole["attachments"] == [first.commitment, second.commitment]
    assert commitments.commit(whole, salt=bytes(contribution.salt)) == contribution.commitment
    receipt = words(Client().get(sent["Location"]))
    assert "Stellungnahme.docx" in receipt
    assert hashlib.sha256(PDF).hexdigest() in receipt
    original = words(
        logged_in(world.officer).get(reverse("contributions:original", args=[contribution.number]))
    )
    assert "Stellungnahme.docx" in original
    again = client.post(basket(world), form | {"files": upload(("Anlage.pdf", PDF))})
    assert again["Location"] == sent["Location"]
    assert not BasketFile.objects.exists()


def test_a_bad_file_stops_the_sending(client: Client, world: World) -> None:
    form = {"key": begun(client, world), "kind": "club", "files": upload(("a.pdf", b"MZ\x90"))}
    page = client.post(basket(world), form)
    assert page.status_code == 422
    assert not Contribution.objects.exists()
    del form["files"]
    assert client.post(basket(world), form).status_code == 303


def test_only_ones_own_files_are_taken_out(client: Client, world: World) -> None:
    attach(client, world, ("a.txt", TEXT))
    pk = str(BasketFile.objects.get().pk)
    stranger = Client()
    stranger.post(basket(world), {"key": begun(stranger, world), "detach": pk})
    assert BasketFile.objects.exists()
    page = client.post(basket(world), {"detach": pk, "name": "Erika"})
    assert page.status_code == 200
    assert 'value="Erika"' in words(page)
    assert not BasketFile.objects.exists()
    for odd in ("", "x", "9" * 30):
        assert client.post(basket(world), {"detach": odd}).status_code == 200


def submitted(world: World, *named: tuple[str, bytes]) -> Contribution:
    files = []
    for name, data in named:
        path = world_folder() / "in"
        path.write_bytes(data)
        files.append(receive_file(source=path, name=name))
    return submit_contribution(
        consultation=world.consultation,
        comments=[NewComment("Siehe Anlage.")],
        kind="club",
        idempotency_key="f",
        by=CLI,
        at=world.at,
        files=files,
    ).contribution


def world_folder() -> Path:
    folder = held_path("0" * 32).parent.parent
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def test_staff_download_it_and_no_browser_shows_it(world: World) -> None:
    contribution = submitted(world, ("Brief\u202e\r\n.txt", TEXT), ("b.docx", docx()))
    address = reverse("contributions:attachment", args=[contribution.number, 1])
    answer = logged_in(world.officer).get(address)
    assert b"".join(answer.streaming_content) == TEXT
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "no-store, private"
    for place in (0, 3, 10**18):
        odd = reverse("contributions:attachment", args=[contribution.number, place])
        assert logged_in(world.officer).get(odd).status_code == 404
    assert Client().get(address).status_code == 302
    assert logged_in(world.department).get(address).status_code == 403


def test_a_copy_to_publish_tells_nothing_more(world: World) -> None:
    contribution = submitted(world, ("b.docx", docx()), ("c.pdf", PDF))
    staff = logged_in(world.officer)
    names = [contribution.number]
    copy = staff.get(reverse("contributions:attachment_copy", args=[*names, 1]))
    data = b"".join(copy.streaming_content)
    assert data.startswith(b"PK")
    assert AUTHOR not in data
    refused = staff.get(reverse("contributions:attachment_copy", args=[*names, 2]))
    assert refused.status_code == 409
    assert "PDF" in words(refused)


def test_an_attachment_never_changes(world: World) -> None:
    submitted(world, ("a.txt", TEXT))
    for change in ({"commitment": "0" * 64}, {"position": 7}, {"kind": "pdf"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Attachment.objects.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Attachment.objects.all().delete()


def test_a_file_that_is_gone_is_said_and_nothing_is_stored(world: World) -> None:
    path = world_folder() / "in"
    path.write_bytes(TEXT)
    new = receive_file(source=path, name="a.txt")
    held_path(new.key).unlink()
    with pytest.raises(Refused):
        submit_contribution(
            consultation=world.consultation,
            comments=[NewComment("Gut")],
            kind="club",
            idempotency_key="g",
            by=CLI,
            at=world.at,
            files=[new],
        )
    assert not Contribution.objects.exists()


def test_no_room_is_said(client: Client, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    page = attach(client, world, ("a.txt", TEXT), name="Erika")
    assert page.status_code == 422
    assert 'value="Erika"' in words(page)
    assert held() == []


def test_room_is_left_for_what_people_type(
    client: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    little = shutil._ntuple_diskusage(10**12, 10**12 - 10**6, 10**6)  # type: ignore[attr-defined]
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: little)
    assert attach(client, world, ("a.txt", TEXT)).status_code == 422
    assert held() == []
    assert Basket.objects.get().comments.exists()


def test_what_nobody_sends_is_deleted(client: Client, world: World) -> None:
    attach(client, world, ("a.txt", TEXT))
    (orphan := held_path("a" * 32)).write_bytes(b"x")
    old = (world.at - timedelta(days=2)).timestamp()
    for path in held():
        os.utime(path, (old, old))
    assert sweep_files(at=world.at) == 1
    assert not orphan.exists()
    assert len(held()) == 1
    later = world.at + timedelta(days=365)
    assert forget_old_baskets(at=later)
    assert not BasketFile.objects.exists()
    assert sweep_files(at=later) == 1


def test_a_virus_is_refused_and_the_rest_is_marked_as_checked(
    client: Client, world: World, settings: Any
) -> None:
    with open_scanner() as address:
        settings.VIRUS_SCAN = address
        page = attach(client, world, ("a.txt", VIRUS), ("b.txt", TEXT))
    assert page.status_code == 422
    kept = BasketFile.objects.get()
    assert (kept.name, kept.scan) == ("b.txt", Scan.CLEAN)


def test_without_its_scanner_a_file_waits_and_nobody_opens_it(world: World, settings: Any) -> None:
    settings.VIRUS_SCAN = "127.0.0.1:1"
    contribution = submitted(world, ("a.txt", TEXT), ("b.txt", VIRUS))
    staff = logged_in(world.officer)
    address = reverse("contributions:attachment", args=[contribution.number, 1])
    assert staff.get(address).status_code == 409
    assert scan_waiting(at=world.at) == 0
    with open_scanner() as scanner:
        settings.VIRUS_SCAN = scanner
        assert scan_waiting(at=world.at) == 2
    assert staff.get(address).status_code == 200
    infected = reverse("contributions:attachment", args=[contribution.number, 2])
    assert staff.get(infected).status_code == 409
    assert scan_waiting(at=world.at) == 0


def test_files_cost_the_same_queries_however_many(client: Client, world: World) -> None:
    attach(client, world, *[(f"{n}.txt", f"Seite {n}".encode()) for n in range(4)])
    with at_most(9):
        client.get(basket(world))
    contribution = submitted(world, *[(f"{n}.txt", f"Seite {n}".encode()) for n in range(4)])
    staff = logged_in(world.officer)
    with at_most(12):
        staff.get(reverse("contributions:original", args=[contribution.number]))


def test_every_kind_is_taken(client: Client, world: World) -> None:
    for kind, data in GOOD.items():
        stranger = Client()
        assert attach(stranger, world, (f"datei.{kind}", data)).status_code == 200
    assert {f.kind for f in BasketFile.objects.all()} == set(GOOD)
