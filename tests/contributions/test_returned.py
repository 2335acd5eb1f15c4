"""A draft that people wrote into, as a file, is read in: by themselves or by staff."""

from __future__ import annotations

import io
import re
import zipfile
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from richtschnur.contributions.models import BasketComment, Contribution
from richtschnur.contributions.operations import read_returned
from richtschnur.journal.refusals import Refused
from tests.evaluation.answering import logged_in
from tests.support.files import GOOD, docx, odf
from tests.support.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_home")]
FORMATS = ["docx", "odt"]
DEEP = (
    '<text:section xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' text:name="richtschnur:x.1:1">{inner}</text:section>'
)


def given_out(world: World, format: str) -> bytes:
    address = reverse("consultation:worksheet", args=[world.consultation.slug, format])
    answer = Client().get(address)
    return b"".join(answer.streaming_content)


def written(data: bytes, words: dict[int, str], *, below: bool = False) -> bytes:
    """The file as a person sends it back; `below` the field instead of in it."""
    part = "word/document.xml" if b"word/document.xml" in data else "content.xml"
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for entry in source.infolist():
            text = source.read(entry)
            if entry.filename == part:
                page = text.decode()
                for number, said in words.items():
                    page = _into(page, number, said, part, below)
                text = page.encode()
            target.writestr(entry, text)
    return out.getvalue()


def _into(page: str, number: int, said: str, part: str, below: bool) -> str:
    if part == "word/document.xml":
        typed = f"<w:p><w:r><w:t>{said}</w:t></w:r></w:p>"
        room = re.compile(
            rf'(<w:tag w:val="[^"]*:{number}"/>.*?<w:sdtContent>)(.*?)(</w:sdtContent></w:sdt>)'
        )
        new = rf"\1\2\3{typed}" if below else rf"\1{typed}\3"
    else:
        typed = f"<text:p>{said}</text:p>"
        room = re.compile(
            rf'(<text:section text:name="[^"]*:{number}"[^>]*>)(.*?)(</text:section>)'
        )
        new = rf"\1\2\3{typed}" if below else rf"\1{typed}\3"
    changed, count = room.subn(new, page, count=1)
    assert count == 1, number
    return changed


def read(world: World, data: bytes) -> dict[int, str]:
    found = read_returned(consultation=world.consultation, data=data, name="x")
    return {c.passage.number if c.passage else 0: c.text for c in found.comments}


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("below", [False, True])
def test_what_was_written_is_found_at_its_passage(world: World, format: str, below: bool) -> None:
    words = {0: "Insgesamt gut.", 2: "Zu wenig.", 5: "Ja &amp; nein"}
    data = written(given_out(world, format), words, below=below)
    assert read(world, data) == {0: "Insgesamt gut.", 2: "Zu wenig.", 5: "Ja & nein"}


@pytest.mark.parametrize("format", FORMATS)
def test_a_draft_without_a_word_is_no_contribution(world: World, format: str) -> None:
    with pytest.raises(Refused):
        read(world, given_out(world, format))


def test_lines_stay_and_what_was_taken_out_is_not_said(world: World) -> None:
    lines = (
        "Eins</w:t></w:r><w:r><w:br/><w:t>Zwei</w:t></w:r></w:p><w:p><w:del><w:r><w:delText>weg"
        "</w:delText></w:r></w:del><w:ins><w:r><w:t>Drei</w:t></w:r></w:ins><w:r><w:t>!"
    )
    assert read(world, written(given_out(world, "docx"), {1: lines})) == {1: "Eins\nZwei\nDrei!"}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        GOOD["pdf"],
        GOOD["xlsx"],
        docx(),
        docx({"word/document.xml": b"<w:document"}),
        docx({"word/document.xml": b"<!DOCTYPE a><a/>"}),
        odf(),
        odf(more={"content.xml": DEEP.format(inner="<text:s text:c='x'/>").encode()}),
        odf(more={"content.xml": DEEP.format(inner="<a>" * 5000 + "</a>" * 5000).encode()}),
        docx()[:-40],
    ],
)
def test_other_files_are_refused_in_words(client: Client, world: World, data: bytes) -> None:
    address = reverse("contributions:written_draft", args=[world.consultation.slug])
    page = client.post(address, {"file": SimpleUploadedFile("böse.docx", data)})
    assert page.status_code == 422
    assert 'id="errors"' in words(page)
    assert not BasketComment.objects.exists()


def words(response: HttpResponse) -> str:
    return unescape(response.content.decode())


def test_another_editions_draft_is_told_apart(world: World) -> None:
    data = written(given_out(world, "docx"), {1: "Gut"})
    data = data_with(data, b"integrationskonzept.1:", b"integrationskonzept.7:")
    with pytest.raises(Refused) as refused:
        read(world, data)
    assert "x" in str(refused.value)


def data_with(data: bytes, old: bytes, new: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for entry in source.infolist():
            target.writestr(entry, source.read(entry).replace(old, new))
    return out.getvalue()


@pytest.mark.parametrize("format", FORMATS)
def test_who_wrote_it_finds_it_in_the_basket(client: Client, world: World, format: str) -> None:
    data = written(given_out(world, format), {1: "Gut so.", 3: "Das fehlt."})
    address = reverse("contributions:written_draft", args=[world.consultation.slug])
    for _again in range(2):
        answer = client.post(address, {"file": SimpleUploadedFile(f"entwurf.{format}", data)})
        assert answer.status_code == 302
    page = words(client.get(answer["Location"]))
    assert "Das fehlt." in page
    assert BasketComment.objects.count() == 2
    assert not Contribution.objects.exists()


def test_staff_read_it_into_the_form_and_record_it(world: World) -> None:
    staff = logged_in(world.officer)
    data = written(given_out(world, "odt"), {1: "Gut so.", 3: "Das fehlt."})
    address = reverse("contributions:returned", args=[world.consultation.slug])
    page = staff.post(address, {"file": SimpleUploadedFile("entwurf.odt", data)})
    assert page.status_code == 200
    form = page.context["form"]
    assert [form[f"text_{n}"].value() for n in range(2)] == ["Gut so.", "Das fehlt."]
    assert not Contribution.objects.exists()
    held = re.findall(r'name="held" value="([^"]+)"', words(page))
    sent = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    sent |= {"received_at": "2026-11-01T10:00", "channel": "letter", "kind": "club", "held": held}
    record = reverse("contributions:record", args=[world.consultation.slug])
    assert f'action="{record}"' in words(page)
    assert staff.post(record, sent).status_code == 302
    contribution = Contribution.objects.get()
    assert [c.text for c in contribution.comments.all()] == ["Gut so.", "Das fehlt."]
    assert contribution.attachments.get().file.path.read_bytes() == data


def test_without_a_file_it_is_asked_for(client: Client, world: World) -> None:
    staff = logged_in(world.officer)
    for name, who in (("written_draft", client), ("returned", staff)):
        address = reverse(f"contributions:{name}", args=[world.consultation.slug])
        assert who.get(address).status_code == 200
        assert who.post(address, {"x": "1"}).status_code == 422
