"""What stands beside a published comment: its wording and its files, each after a person's word."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from django.http import HttpResponse
from django.test import Client

from richtschnur.contributions.models import (
    Attachment,
    Comment,
    Contribution,
    PublicComment,
    PublicFile,
)
from richtschnur.contributions.operations import (
    NewComment,
    Person,
    ask_erasure,
    confirm_erasure,
    hold_back_file,
    hold_comment,
    publish_clean,
    publish_comment,
    receive_file,
    release_file,
    submit_contribution,
    sweep_files,
)
from richtschnur.contributions.rules import marks_of_wording
from richtschnur.files.operations import held_path
from richtschnur.journal.actors import CLI
from richtschnur.journal.models import JournalEntry
from richtschnur.journal.refusals import Forbidden, Refused
from richtschnur.strategy.models import Passage
from tests.support.clock import SetClock, set_clock
from tests.support.files import AUTHOR, PDF, docx
from tests.support.queries import at_most
from tests.support.staff import address, logged_in
from tests.support.telling_pdf import SECRET, SEEN, TELLING
from tests.support.world import World

__all__ = ["set_clock"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
WORDING = "Absatz 1: Der Kreis zählt 2 Vereine."
TELLS = "Absatz 1: Fragen Sie Frau Meier, Tel. 03731 799-123."


@pytest.fixture
def world(set_clock: SetClock, settings: Any, tmp_path: Path) -> World:
    settings.HOME = tmp_path
    made = World()
    set_clock(made.at)
    return made


def sent(
    world: World, wording: str = WORDING, *files: tuple[str, bytes], key: str = "k"
) -> Comment:
    taken = []
    for name, data in files:
        path = Path(held_path("0" * 32).parent.parent / "in")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        taken.append(receive_file(source=path, name=name))
    passage = world.edition.passages.get(number=1)
    submitted = submit_contribution(
        consultation=world.consultation,
        comments=[NewComment("So liest es sich besser.", passage, wording)],
        kind="resident",
        idempotency_key=key,
        person=Person(name="Erika Beispiel"),
        files=taken,
        by=CLI,
        at=world.at,
    )
    return submitted.contribution.comments.get()


def by(world: World, login: str = "officer") -> dict[str, Any]:
    return {"by": getattr(world, login).actor(world.at.date()), "at": world.at}


def words(response: HttpResponse) -> str:
    return re.sub(r"\s+", " ", unescape(response.content.decode()))


def listed(world: World) -> str:
    return words(Client().get(address("contributions:published", world.consultation.slug)))


def review(world: World, show: str = "held") -> HttpResponse:
    page = address("contributions:review", world.consultation.slug)
    return logged_in(world.officer).get(page, {"show": show})


def open_data(world: World, format: str) -> str:
    page = address("contributions:open_data", world.consultation.slug, format)
    return b"".join(Client().get(page).streaming_content).decode()  # type: ignore[attr-defined]


def file_address(world: World, pk: int) -> str:
    return address("contributions:released", world.consultation.slug, pk)


def shows_change(text: str) -> bool:
    return bool(re.search(r"<del>.{0,90}1 ?</del>", text) and re.search(r"<ins>.{0,90}2", text))


def test_a_wording_is_shown_as_a_visible_change(world: World) -> None:
    comment = sent(world)
    assert shows_change(words(review(world)))
    publish_clean(comments=[comment], **by(world))
    assert shows_change(listed(world))
    assert shows_change(words(review(world, "published")))
    assert json.loads(open_data(world, "json"))["comments"][0]["suggestion"] == WORDING
    rows = list(csv.DictReader(io.StringIO(open_data(world, "csv"))))
    assert rows[0]["suggestion"] == WORDING


def test_a_wording_that_tells_about_people_waits_for_a_person(world: World) -> None:
    comment = sent(world, TELLS)
    with pytest.raises(Refused, match="marked"):
        publish_clean(comments=[comment], **by(world))
    page = words(review(world))
    assert "In the suggested wording something tells about people" in page
    assert 'name="clean"' not in page
    publish_comment(comment=comment, **by(world))
    assert PublicComment.objects.get().suggestion == ""
    public = listed(world) + open_data(world, "json") + open_data(world, "csv")
    assert "Meier" not in public
    assert "So liest es sich besser." in public
    entry = JournalEntry.objects.filter(act="contributions.publish_comment").latest("pk")
    assert entry.data["wording_held"] is True


@pytest.mark.parametrize("ticked", [True, False])
def test_a_person_says_whether_the_wording_is_public(world: World, ticked: bool) -> None:
    comment = sent(world)
    page = address("contributions:review", world.consultation.slug)
    form = {"comment": comment.pk, "act": "publish", f"c{comment.pk}-words": ""}
    if ticked:
        form[f"c{comment.pk}-wording"] = "on"
    assert logged_in(world.officer).post(page, form).status_code == 303
    assert shows_change(listed(world)) is ticked


def test_what_the_paper_says_itself_is_no_mark() -> None:
    passage = Passage(text="Fragen: Tel. 03731 799-123, Herr Busch.")
    same, other = passage.text.replace("Fragen", "Bitte"), passage.text.replace("-123", "-456")
    about = {"passage": passage, "contribution": Contribution()}
    assert marks_of_wording(Comment(suggestion=same, **about)) == []
    assert marks_of_wording(Comment(suggestion=other, **about)) != []


def test_no_file_is_public_until_a_person_releases_it(world: World) -> None:
    comment = sent(world, WORDING, ("Lebenslauf Erika Beispiel.docx", docx()))
    attachment = Attachment.objects.get()
    publish_clean(comments=[comment], **by(world))
    assert "File 1 (DOCX)" not in listed(world)
    assert Client().get(file_address(world, attachment.pk)).status_code == 404
    assert json.loads(open_data(world, "json"))["comments"][0]["files"] == []
    release_file(attachment=attachment, **by(world))
    page = listed(world)
    assert "File 1 (DOCX)" in page
    assert "Lebenslauf" not in page
    answer = Client().get(file_address(world, attachment.pk))
    data = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert data.startswith(b"PK")
    assert AUTHOR not in data
    assert answer["Content-Disposition"].startswith("attachment")
    assert "Lebenslauf" not in answer["Content-Disposition"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    told = json.loads(open_data(world, "json"))["comments"][0]["files"][0]
    assert told["address"].endswith(file_address(world, attachment.pk))
    assert told["size"] == len(data)
    assert told["address"] in open_data(world, "csv")
    acts = JournalEntry.objects.values_list("act", flat=True)
    assert "contributions.release_file" in acts


def test_of_a_pdf_its_pages_are_public_and_nothing_else(world: World) -> None:
    comment = sent(world, WORDING, ("a.pdf", TELLING["a note"]))
    publish_clean(comments=[comment], **by(world))
    release_file(attachment=Attachment.objects.get(), **by(world))
    answer = Client().get(file_address(world, Attachment.objects.get().pk))
    data = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert SECRET not in data
    assert pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range().strip() == SEEN


def test_a_file_is_public_only_beside_a_published_comment(world: World) -> None:
    comment = sent(world, WORDING, ("a.docx", docx()))
    attachment = Attachment.objects.get()
    release_file(attachment=attachment, **by(world))
    assert Client().get(file_address(world, attachment.pk)).status_code == 404
    assert "File 1 (DOCX)" not in listed(world)
    publish_clean(comments=[comment], **by(world))
    assert Client().get(file_address(world, attachment.pk)).status_code == 200
    assert "File 1 (DOCX)" in listed(world)
    hold_comment(comment=comment, **by(world))
    assert Client().get(file_address(world, attachment.pk)).status_code == 404


def test_a_release_is_taken_back(world: World, django_capture_on_commit_callbacks: Any) -> None:
    comment = sent(world, WORDING, ("a.docx", docx()))
    attachment = Attachment.objects.get()
    publish_clean(comments=[comment], **by(world))
    release_file(attachment=attachment, **by(world))
    path = held_path(PublicFile.objects.get().key)
    assert path.is_file()
    with django_capture_on_commit_callbacks(execute=True):
        hold_back_file(attachment=attachment, **by(world))
        hold_back_file(attachment=attachment, **by(world))
    assert not path.exists()
    assert "File 1 (DOCX)" not in listed(world)
    assert Client().get(file_address(world, attachment.pk)).status_code == 404
    assert JournalEntry.objects.filter(act="contributions.hold_back_file").count() == 1


def test_the_sweeper_leaves_public_copies(world: World) -> None:
    sent(world, WORDING, ("a.docx", docx()))
    release_file(attachment=Attachment.objects.get(), **by(world))
    sweep_files(at=world.at + timedelta(days=400))
    assert held_path(PublicFile.objects.get().key).is_file()


def test_an_erasure_takes_the_copy_too(
    world: World, django_capture_on_commit_callbacks: Any
) -> None:
    comment = sent(world, WORDING, ("a.docx", docx()))
    publish_clean(comments=[comment], **by(world))
    release_file(attachment=Attachment.objects.get(), **by(world))
    path = held_path(PublicFile.objects.get().key)
    contribution = comment.contribution
    ask_erasure(contribution=contribution, ground="names-others", **by(world))
    with django_capture_on_commit_callbacks(execute=True):
        confirm_erasure(contribution=contribution, **by(world, "reviewer"))
    assert not path.exists()
    assert not PublicFile.objects.exists()


@pytest.mark.parametrize("data", [PDF, docx({"word/comments.xml": b"<w:comments/>"})])
def test_a_file_without_a_clean_copy_is_not_released(world: World, data: bytes) -> None:
    sent(world, WORDING, ("a", data))
    page = address("contributions:review", world.consultation.slug)
    attachment = Attachment.objects.get()
    staff = logged_in(world.officer)
    answer = staff.post(page, {"file": attachment.pk, "act": "release"})
    assert answer.status_code == 409
    assert "Please" in words(answer)
    assert not PublicFile.objects.exists()


@pytest.mark.parametrize("scan", ["waiting", "infected"])
def test_what_a_scanner_holds_back_is_not_public(world: World, scan: str) -> None:
    comment = sent(world, WORDING, ("a.docx", docx()))
    attachment = Attachment.objects.get()
    publish_clean(comments=[comment], **by(world))
    release_file(attachment=attachment, **by(world))
    Attachment.objects.update(scan=scan)
    assert Client().get(file_address(world, attachment.pk)).status_code == 404
    attachment.refresh_from_db()
    with pytest.raises(Refused):
        release_file(attachment=attachment, **by(world))


def test_only_who_may_publish_releases(world: World) -> None:
    sent(world, WORDING, ("a.docx", docx()))
    attachment = Attachment.objects.get()
    for act in (release_file, hold_back_file):
        with pytest.raises(Forbidden):
            act(attachment=attachment, **by(world, "department"))
    page = address("contributions:review", world.consultation.slug)
    form = {"file": attachment.pk, "act": "release"}
    assert logged_in(world.department).post(page, form).status_code == 403
    assert Client().post(page, form).status_code == 302
    assert not PublicFile.objects.exists()


@pytest.mark.parametrize("named", ["", "x", "0", "9" * 40, "\0", "²"])
def test_a_file_that_is_not_there_is_not_released(world: World, named: str) -> None:
    page = address("contributions:review", world.consultation.slug)
    form = {"file": named, "act": "release"}
    assert logged_in(world.officer).post(page, form).status_code == 404


def test_where_nothing_is_published_no_file_is(world: World) -> None:
    comment = sent(world, WORDING, ("a.docx", docx()))
    attachment = Attachment.objects.get()
    publish_clean(comments=[comment], **by(world))
    release_file(attachment=attachment, **by(world))
    type(world.consultation).objects.update(publication="not")
    assert Client().get(file_address(world, attachment.pk)).status_code == 404
    with pytest.raises(Refused):
        release_file(attachment=attachment, **by(world))


def test_the_number_of_queries_stays(world: World) -> None:
    """With one comment and file as with ten, on the public list and in the queue."""
    client, staff = Client(), logged_in(world.officer)
    public = address("contributions:published", world.consultation.slug)
    queue = address("contributions:review", world.consultation.slug)
    for number in range(10):
        comment = sent(world, WORDING, ("a.txt", b"Seite %d" % number), key=f"k{number}")
        publish_clean(comments=[comment], **by(world))
        release_file(attachment=Attachment.objects.latest("pk"), **by(world))
        if number in (0, 9):
            with at_most(8):
                client.get(public)
            with at_most(12):
                staff.get(queue, {"show": "published"})
