"""Whatever was sent and whichever way it came, its receipt proves it: files, answers, wordings."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from richtschnur.contributions.exports import receipt_of, write_receipt
from richtschnur.contributions.models import Attachment, Contribution
from richtschnur.contributions.operations import (
    NewAnswer,
    NewComment,
    end_workshop,
    open_workshop,
    receive_file,
    submit_contribution,
    write_remark,
)
from richtschnur.contributions.operations.submission import receipt_secret
from richtschnur.journal import verifier
from richtschnur.journal.actors import VISITOR
from richtschnur.journal.export import export_log
from richtschnur.journal.log import integrate
from tests.contributions.test_erasing_all import by_mail, opened
from tests.evaluation.answering import acting
from tests.support.clock import SetClock
from tests.support.log import fresh_log
from tests.support.round import Round
from tests.support.survey import asked, survey
from tests.support.world import NOON, World

__all__ = ["fresh_log", "opened"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_log", "in_english")]


def receipt_file(key: str) -> dict[str, Any]:
    place = reverse("contributions:receipt_file", args=[receipt_secret(key)])
    return read(Client().get(place))


def read(answer: HttpResponse) -> dict[str, Any]:
    assert answer.status_code == 200
    found: dict[str, Any] = json.loads(answer.content)
    return found


def judged(folder: Path, receipt: dict[str, Any]) -> dict[str, Any]:
    (folder / "receipt.json").write_text(json.dumps(receipt), "utf-8")
    if not (folder / "log").exists():
        integrate(at=NOON)
        export_log(folder / "log")
    return verifier.verify(str(folder / "log"), receipts=[str(folder / "receipt.json")])


def full_one(world: World, folder: Path) -> Contribution:
    """With a wording, files of two names, and answers given in another order than asked."""
    (folder / "a.txt").write_text("Liste", "utf-8")
    passage = world.edition.passages.all()[0]
    files = [receive_file(source=folder / "a.txt", name=name) for name in ("Größe.txt", "b.txt")]
    return submit_contribution(
        consultation=world.consultation,
        comments=[NewComment("Weil es fehlt.", passage, f"{passage.text} Und mehr.")],
        files=files,
        kind="resident",
        idempotency_key="full",
        by=VISITOR,
        at=world.at,
    ).contribution


BENT: dict[str, Callable[[dict[str, Any]], object]] = {
    "wording": lambda r: r["content"]["comments"][0].update(suggestion="x"),
    "no wording": lambda r: r["content"]["comments"][0].pop("suggestion"),
    "a file's name": lambda r: r["files"][0]["content"].update(name="x"),
    "a file's bytes": lambda r: r["files"][0]["content"].update(sha256="0" * 64),
    "a file's number": lambda r: r["files"][0].update(salt="00" * 32),
    "a file less": lambda r: r["files"].pop(),
    "files swapped": lambda r: r["files"].reverse(),
    "no files": lambda r: r["content"].pop("attachments"),
}


@pytest.mark.parametrize("kind", BENT)
def test_files_and_wordings_are_proven(kind: str, world: World, tmp_path: Path) -> None:
    full_one(world, tmp_path)
    receipt = receipt_file("full")
    report = judged(tmp_path, receipt)
    assert report["ok"], report
    BENT[kind](receipt)
    report = judged(tmp_path, receipt)
    assert len(report["problems"]) == 1, report


def test_answers_are_proven_in_whatever_order_they_were_given(
    set_clock: SetClock, tmp_path: Path
) -> None:
    opened, at = survey(), NOON
    set_clock(at)
    text, scale, _choice, several = asked(opened)
    given = [(several, "Sport"), (scale, "2"), (several, "Kurse"), (scale, "2")]
    submit_contribution(
        consultation=opened,
        comments=[NewComment("Ein Treffpunkt.", question=text)],
        answers=[NewAnswer(question, value) for question, value in given],
        kind="club",
        idempotency_key="answers",
        by=VISITOR,
        at=at,
    )
    receipt = receipt_file("answers")
    assert judged(tmp_path, receipt)["ok"]
    assert [each["value"] for each in receipt["content"]["answers"]] == ["2", "Sport", "Kurse"]
    receipt["content"]["answers"][0]["value"] = "3"
    assert not judged(tmp_path, receipt)["ok"]


def test_an_office_proves_what_it_has_released(set_clock: SetClock, tmp_path: Path) -> None:
    set_clock(NOON + timedelta(hours=1))
    round_ = Round()
    client, other = round_.visitor(), round_.visitor("Gesundheitsamt")
    round_.remark(client, "Bitte streichen.")
    round_.send(client, name="Kern")
    number = Contribution.objects.get().number
    place = round_.page("contributions:office_receipt_file", number)
    assert place in client.get(round_.address()).content.decode()
    receipt = read(client.get(place))
    assert judged(tmp_path, receipt)["ok"]
    paper = client.get(round_.page("contributions:office_receipt_pdf", number))
    assert paper.content.startswith(b"%PDF")
    for stranger in (other, Client()):
        assert stranger.get(place).status_code == 404
    assert client.get(round_.page("contributions:office_receipt_file", "X")).status_code == 404


def test_what_staff_record_is_proven_too(world: World, opened: Any, tmp_path: Path) -> None:
    by = {"by": acting(world, world.officer), "at": world.at}
    mail = by_mail(world, opened, tmp_path / "scan").mail
    workshop = open_workshop(
        consultation=world.consultation, name="Runde", held_on=world.at.date(), **by
    )
    remark = write_remark(workshop=workshop, text="Mehr Busse.", key="1", **by)
    end_workshop(workshop=workshop, **by)
    submit_contribution(
        consultation=world.consultation,
        comments=[],
        kind="authority",
        channel="letter",
        is_nil_return=True,
        idempotency_key="letter",
        **by,
    )
    for key in (f"mail:{mail.key}", f"workshop:{workshop.pk}:{remark.pk}", "letter"):
        assert judged(tmp_path, receipt_file(key))["ok"], key


def test_page_and_pdf_list_files_wordings_and_answers(
    world: World, opened: Any, tmp_path: Path
) -> None:
    contribution = by_mail(world, opened, tmp_path / "scan")
    key = f"mail:{contribution.mail.key}"
    page = Client().get(reverse("contributions:receipt", args=[receipt_secret(key)]))
    receipt = receipt_of(contribution)
    assert receipt is not None
    write_receipt(receipt, tmp_path / "a.pdf", address="https://x.example/", at=world.at)
    pages = pypdfium2.PdfDocument(str(tmp_path / "a.pdf"))
    words = "".join(page.get_textpage().get_text_range() for page in pages)
    printed = "".join(words.split())
    shown = page.content.decode()
    parts = ["Stieglitz.txt", "Erlenzeisig.txt", "Kurse", "Sport", "Papagei", "Wasfehlt?"]
    parts += Attachment.objects.values_list("commitment", flat=True)
    for part in parts:
        assert part in printed, part
        assert part in shown.replace(" ", ""), part
    assert "Nymphensittich" in printed
    assert "Nymphensittich" in shown
