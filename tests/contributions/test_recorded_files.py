"""Letters and minutes typed in by staff, with the scan."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from richtschnur.contributions.models import Contribution
from richtschnur.contributions.rules import MOST_FILES
from tests.evaluation.answering import logged_in
from tests.support.files import PDF, TEXT
from tests.support.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_home")]


@pytest.fixture
def staff(world: World) -> Client:
    return logged_in(world.officer)


def words(response: HttpResponse) -> str:
    return unescape(response.content.decode())


def send(staff: Client, world: World, *named: tuple[str, bytes], **more: object) -> HttpResponse:
    form: dict[str, object] = {
        "received_at": "2026-11-01T10:00",
        "channel": "letter",
        "kind": "club",
        "name": "Erika Beispiel",
        "text_0": "Zum ersten Absatz.",
        "passage_0": "1",
        "text_1": "Zum zweiten.",
        "passage_1": "2",
        "key": "k",
        "rows": "5",
        "files": [SimpleUploadedFile(name, data) for name, data in named],
    }
    address = reverse("contributions:record", args=[world.consultation.slug])
    return staff.post(address, form | more)


def held(page: HttpResponse) -> list[str]:
    return re.findall(r'name="held" value="([^"]+)"', words(page))


def test_a_letter_with_its_scan_and_several_comments(staff: Client, world: World) -> None:
    answer = send(staff, world, ("Scan.pdf", PDF))
    assert answer.status_code == 302
    contribution = Contribution.objects.get()
    assert contribution.channel == "letter"
    assert [c.passage.number for c in contribution.comments.all() if c.passage] == [1, 2]
    assert [a.file.name for a in contribution.attachments.all()] == ["Scan.pdf"]


def test_files_stay_while_the_form_is_corrected(staff: Client, world: World) -> None:
    wrong = send(staff, world, ("Scan.pdf", PDF), passage_0="99")
    assert not Contribution.objects.exists()
    assert "Scan.pdf" in words(wrong)
    more = send(staff, world, ("Anlage.txt", TEXT), more="1", held=held(wrong))
    assert len(held(more)) == 2
    assert send(staff, world, ("Scan.pdf", PDF), held=held(more), rows="10").status_code == 302
    names = [a.file.name for a in Contribution.objects.get().attachments.all()]
    assert names == ["Scan.pdf", "Anlage.txt"]


def test_a_bad_file_is_said_and_nothing_typed_is_lost(staff: Client, world: World) -> None:
    page = send(staff, world, ("Scan.pdf", b"MZ\x90"), ("Gut.txt", TEXT))
    assert page.status_code == 422
    assert 'id="errors"' in words(page)
    assert "Zum zweiten." in words(page)
    assert len(held(page)) == 1
    many = [(f"{n}.txt", str(n).encode()) for n in range(MOST_FILES + 1)]
    assert send(staff, world, *many).status_code == 422
    assert not Contribution.objects.exists()


def test_only_what_was_signed_here_is_found(staff: Client, world: World) -> None:
    other = held(send(staff, world, ("a.txt", TEXT), more="1"))[0]
    for token in ("x", other[:-2], "../../etc/passwd", other[5:]):
        page = send(staff, world, more="1", held=[token])
        assert page.status_code == 200
        assert held(page) == []
    assert send(staff, world, held=[]).status_code == 302
    assert not Contribution.objects.get().attachments.exists()
