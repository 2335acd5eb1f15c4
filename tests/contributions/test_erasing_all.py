"""Erased is all of it: every table, every file and the exported log are searched for its words."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from richtschnur.consultation.models import Consultation
from richtschnur.consultation.operations import open_consultation
from richtschnur.contributions.exports import export_contributions
from richtschnur.contributions.models import Answer, Attachment, Contribution, IncomingMail
from richtschnur.contributions.operations import (
    NewAnswer,
    NewComment,
    Person,
    ask_erasure,
    confirm_erasure,
    end_workshop,
    erasing,
    files_of,
    forget_sender,
    forgetting,
    keep_mail,
    open_workshop,
    publish_comment,
    receive_file,
    record_mail,
    replay_erasures,
    scan_waiting,
    submit_contribution,
    sweep_files,
    withhold_comment,
    write_remark,
)
from richtschnur.contributions.operations.submission import receipt_secret
from richtschnur.contributions.states import Ground as WithholdingGround
from richtschnur.contributions.views.mails import read_of
from richtschnur.files import erasing as erasing_files
from richtschnur.files.models import StoredFile
from richtschnur.files.operations import store_file
from richtschnur.files.scanning import Scan
from richtschnur.journal import guards, keys, verifier
from richtschnur.journal.actors import VISITOR
from richtschnur.journal.export import export_log
from richtschnur.journal.kinds import LeafKind
from richtschnur.journal.log import integrate
from richtschnur.journal.models import Erasure, Leaf
from richtschnur.mail.fetching import Fetched
from richtschnur.strategy.operations import keep_outline
from tests.evaluation.answering import acting, logged_in
from tests.support.log import fresh_log
from tests.support.survey import ASKED
from tests.support.world import World, outline

__all__ = ["fresh_log"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_log", "in_english")]
OnCommit = Callable[..., AbstractContextManager[object]]
CANARIES = (
    "Wellensittich", "Nymphensittich", "Zebrafink", "Stieglitz", "Girlitz", "Erlenzeisig",
    "Kreuzschnabel", "Bergfink", "Gimpel", "Papagei",
)  # fmt: skip


@pytest.fixture
def opened(world: World) -> Consultation:
    """A draft with questions beside it."""
    return open_consultation(
        on=keep_outline(outline=outline(3), by=acting(world, world.officer), at=world.at),
        opens_at=world.at,
        closes_at=world.consultation.closes_at,
        questions=ASKED,
        audience="public",
        publication="anonymised",
        by=acting(world, world.officer),
        at=world.at,
    )


def letter() -> bytes:
    mail = EmailMessage()
    mail["From"] = "Frau Gimpel <gimpel@post.example>"
    mail["Subject"] = "Vom Bergfink"
    mail["Message-ID"] = "<1@post.example>"
    mail.set_content("Mehr Platz für den Wellensittich.")
    mail.add_attachment(
        b"Der Zebrafink singt.", maintype="text", subtype="plain", filename="Stieglitz.txt"
    )
    return mail.as_bytes()


def by_mail(world: World, opened: Consultation, scan: Path) -> Contribution:
    """All that one contribution can bring: mail, words, wording, answers, files, a scan."""
    by = {"by": acting(world, world.officer), "at": world.at}
    fetched = Fetched(1, 1, world.at, letter())
    mail = keep_mail(fetched=fetched, account="a", at=world.at)
    assert mail is not None
    scan.write_text("Abgetippt: Girlitz", "utf-8")
    passage = opened.edition.passages.all()[0] if opened.edition else None
    question = opened.questions.all()[0]
    came, refused = files_of(read_of(mail))
    assert not refused
    return record_mail(
        mail=mail,
        files=[*came, receive_file(source=scan, name="Erlenzeisig.txt")],
        consultation=opened,
        comments=[
            NewComment("Mehr Platz für den Wellensittich.", passage, "Für den Nymphensittich."),
            NewComment("Auch der Papagei.", question=question),
        ],
        answers=[NewAnswer(opened.questions.all()[3], value) for value in ("Kurse", "Sport")],
        kind="club",
        person=Person("Frau Kreuzschnabel", "", "gimpel@post.example"),
        receipt_address="https://x.example/{secret}",
        **by,
    ).contribution


def erase(world: World, contribution: Contribution, on_commit: OnCommit) -> None:
    about = {"contribution": contribution, "at": world.at}
    ask_erasure(ground="own-wish", by=acting(world, world.officer), **about)
    with on_commit(execute=True):
        confirm_erasure(by=acting(world, world.reviewer), **about)


def found() -> set[str]:
    """Which canaries stand in any table or any file of the installation, also in their names."""
    places = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                places += [
                    bytes(v) if isinstance(v, memoryview | bytes) else str(v).encode() for v in row
                ]
    for path in Path(settings.HOME).rglob("*"):
        places.append(str(path).encode())
        if path.is_file():
            places.append(path.read_bytes())
    text = b"\n".join(places).lower()
    return {canary for canary in CANARIES if canary.lower().encode() in text}


def test_nothing_of_it_is_left(
    world: World,
    opened: Consultation,
    tmp_path: Path,
    django_capture_on_commit_callbacks: OnCommit,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        contribution = by_mail(world, opened, tmp_path / "scan")
    world.contribute("Etwas anderes", key="k2")
    by = {"by": acting(world, world.officer), "at": world.at}
    one, two = contribution.comments.all()
    publish_comment(comment=one, **by)
    withhold_comment(comment=two, ground=WithholdingGround.values[0], note="Ein Papagei", **by)
    integrate(at=world.at)
    (tmp_path / "seen").write_text(keys.seen(), "utf-8")
    assert found() == set(CANARIES)
    erase(world, contribution, django_capture_on_commit_callbacks)
    assert found() == set()
    assert not Answer.objects.exists()
    assert {bytes(row.salt) for row in Attachment.objects.all()} == {b""}
    assert {(file.name, file.sha256) for file in StoredFile.objects.all()} == {("", "")}
    integrate(at=world.at)
    export_log(tmp_path / "log")
    exported = b"".join(p.read_bytes() for p in (tmp_path / "log").rglob("*") if p.is_file())
    assert not [canary for canary in CANARIES if canary.encode() in exported]
    report = verifier.verify(str(tmp_path / "log"), seen=[str(tmp_path / "seen")])
    assert report["ok"], report


def test_pages_and_tables_bear_the_gap(
    world: World,
    opened: Consultation,
    tmp_path: Path,
    django_capture_on_commit_callbacks: OnCommit,
) -> None:
    contribution = by_mail(world, opened, tmp_path / "scan")
    mail = IncomingMail.objects.get()
    erase(world, contribution, django_capture_on_commit_callbacks)
    officer = logged_in(world.officer)
    number, slug = contribution.number, opened.slug
    places = {
        reverse("contributions:receipt", args=[receipt_secret(f"mail:{mail.key}")]): 200,
        reverse("contributions:original", args=[number]): 200,
        reverse("contributions:inbox", args=[slug]): 200,
        reverse("contributions:mails") + "?state=recorded": 200,
        reverse("contributions:mail", args=[mail.pk]): 200,
        reverse("contributions:raw_mail", args=[mail.pk]): 404,
        reverse("contributions:attachment", args=[number, 1]): 404,
        reverse("contributions:attachment_copy", args=[number, 1]): 404,
    }
    pages = {place: officer.get(place) for place in places}
    assert {place: page.status_code for place, page in pages.items()} == places
    assert not [c for page in pages.values() for c in CANARIES if c in page.content.decode()]
    export_contributions(opened, "csv", tmp_path / "all.csv", at=world.at)
    assert number in (tmp_path / "all.csv").read_text("utf-8")


LEFT_OUT = {
    "files": (erasing, "erase_files", {"Zebrafink", "Stieglitz", "Girlitz", "Erlenzeisig"}),
    "bytes": (erasing_files, "finish_erasing", {"Zebrafink", "Girlitz"}),
    "person": (erasing, "forget_person", {"Kreuzschnabel", "Gimpel"}),
    "messages": (forgetting, "forget_messages", {"gimpel@post.example"}),
}


@pytest.mark.parametrize("part", LEFT_OUT)
def test_the_search_finds_what_would_be_forgotten(
    part: str,
    world: World,
    opened: Consultation,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: OnCommit,
) -> None:
    place, name, left = LEFT_OUT[part]
    monkeypatch.setattr(place, name, lambda *args, **more: None)
    if part == "messages":
        monkeypatch.setattr(f"{__name__}.CANARIES", ("gimpel@post.example",))
    contribution = by_mail(world, opened, tmp_path / "scan")
    erase(world, contribution, django_capture_on_commit_callbacks)
    assert found() >= left


def test_what_somebody_else_sent_too_stays(
    world: World, tmp_path: Path, django_capture_on_commit_callbacks: OnCommit
) -> None:
    source = tmp_path / "same.txt"
    source.write_text("Unterschriftenliste", "utf-8")
    one, two = (
        world.contribute(key=key, files=[receive_file(source=source, name=f"{key}.txt")])
        for key in ("k1", "k2")
    )
    path = Attachment.objects.get(contribution=two).file.path
    erase(world, one, django_capture_on_commit_callbacks)
    assert path.read_text("utf-8") == "Unterschriftenliste"
    erase(world, two, django_capture_on_commit_callbacks)
    assert not path.exists()


def test_what_was_cut_short_is_ended_by_the_next_sweep(
    world: World, tmp_path: Path, django_capture_on_commit_callbacks: OnCommit
) -> None:
    (tmp_path / "a.txt").write_text("Zebrafink", "utf-8")
    file = receive_file(source=tmp_path / "a.txt", name="a.txt")
    contribution = world.contribute(files=[file])
    Attachment.objects.update(scan=Scan.WAITING)
    about = {"contribution": contribution, "at": world.at}
    ask_erasure(ground="own-wish", by=acting(world, world.officer), **about)
    confirm_erasure(by=acting(world, world.reviewer), **about)  # and the power goes
    path = StoredFile.objects.get().path
    assert path.is_file()
    with django_capture_on_commit_callbacks(execute=True):
        sweep_files(at=world.at)
    assert not path.is_file()
    assert scan_waiting(at=world.at) == 0


def test_a_file_without_a_name_is_no_erased_one(world: World, tmp_path: Path) -> None:
    (tmp_path / "a").write_text("bleibt", "utf-8")
    kept = store_file(source=tmp_path / "a", name="", at=world.at)
    assert erasing_files.finish_erasing() == 0
    assert kept.path.is_file()


def test_words_of_a_workshop_go_too(
    world: World, django_capture_on_commit_callbacks: OnCommit
) -> None:
    by = {"by": acting(world, world.officer), "at": world.at}
    workshop = open_workshop(
        consultation=world.consultation, name="Runde", held_on=world.at.date(), **by
    )
    write_remark(workshop=workshop, text="Der Wellensittich", speaker="Frau Gimpel", key="1", **by)
    end_workshop(workshop=workshop, **by)
    assert found() == {"Wellensittich", "Gimpel"}
    erase(world, Contribution.objects.get(), django_capture_on_commit_callbacks)
    assert found() == set()


def test_after_an_old_backup_all_of_it_goes_again(
    world: World,
    opened: Consultation,
    tmp_path: Path,
    django_capture_on_commit_callbacks: OnCommit,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        contribution = by_mail(world, opened, tmp_path / "scan")
    backup = {path: path.read_bytes() for path in files()}
    rows = [list(model.objects.values()) for model in (StoredFile, Attachment, IncomingMail)]
    given = list(Answer.objects.values())
    erase(world, contribution, django_capture_on_commit_callbacks)
    guards.remove(connection)  # the old backup: as it was before anybody asked
    for model, old in zip((StoredFile, Attachment, IncomingMail), rows, strict=True):
        for row in old:
            model.objects.filter(pk=row["id"]).update(**row)
    Answer.objects.bulk_create(Answer(**row) for row in given)
    Erasure.objects.all().delete()
    Leaf.objects.filter(kind=LeafKind.REDACTED).delete()
    for path, content in backup.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    guards.install(connection)
    assert {"Zebrafink", "Bergfink", "Stieglitz"} <= found()
    with django_capture_on_commit_callbacks(execute=True):
        assert replay_erasures(at=world.at) == 1
    assert found() == set()
    assert not Answer.objects.exists()
    assert replay_erasures(at=world.at) == 0


def files() -> list[Path]:
    return [path for path in (Path(settings.HOME) / "files").rglob("*") if path.is_file()]


TRIES = {
    "another's answer": "DELETE FROM contributions_answer WHERE contribution_id = {two}",
    "an answer's value": "UPDATE contributions_answer SET value = ''",
    "another's salt": "UPDATE contributions_attachment SET salt = {empty}"
    " WHERE contribution_id = {two}",
    "an attachment": "DELETE FROM contributions_attachment WHERE contribution_id = {one}",
    "another file": "UPDATE contributions_attachment SET file_id = {file} WHERE"
    " contribution_id = {one}",
    "another's file": "UPDATE files_storedfile SET name = '', sha256 = '' WHERE id = {file}",
    "another name": "UPDATE files_storedfile SET name = 'x' WHERE id != {file}",
    "a size": "UPDATE files_storedfile SET size = 0 WHERE id != {file}",
    "a file's row": "DELETE FROM files_storedfile WHERE id != {file}",
}


@pytest.mark.parametrize("what", TRIES)
def test_the_permit_lets_exactly_this_act_pass(
    what: str,
    world: World,
    opened: Consultation,
    tmp_path: Path,
    django_capture_on_commit_callbacks: OnCommit,
) -> None:
    made = []
    for key in ("k1", "k2"):
        (tmp_path / key).write_text(key, "utf-8")
        question = opened.questions.all()[1]
        made.append(
            submit_contribution(
                consultation=opened,
                comments=[NewComment("Siehe Anlage.")],
                answers=[NewAnswer(question, "2")],
                files=[receive_file(source=tmp_path / key, name=f"{key}.txt")],
                kind="club",
                idempotency_key=key,
                by=VISITOR,
                at=world.at,
            ).contribution
        )
    erase(world, made[0], django_capture_on_commit_callbacks)
    about = {"contribution": made[1], "at": world.at}
    ask_erasure(ground="own-wish", by=acting(world, world.officer), **about)  # asked only
    file = Attachment.objects.get(contribution=made[1]).file_id
    empty = "''::bytea" if connection.vendor == "postgresql" else "x''"
    one, two = made[0].pk, made[1].pk
    statement = TRIES[what].format(one=one, two=two, empty=empty, file=file)
    refused = pytest.raises(DatabaseError, match="sealed")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_forgetting_the_sender_forgets_the_mail_about_the_answer(
    world: World, opened: Consultation, tmp_path: Path
) -> None:
    from richtschnur.mail.models import Message
    from richtschnur.mail.operations import queue_message

    contribution = by_mail(world, opened, tmp_path / "scan")
    about = f"{contribution.subject}:answered"
    queue_message(to="gimpel@post.example", subject="A", body="B", about=about, at=world.at)
    forget_sender(contribution=contribution, by=acting(world, world.officer), at=world.at)
    assert not Message.objects.exclude(to="").exists()
    assert not IncomingMail.objects.exclude(sender_email="").exists()
    assert not IncomingMail.objects.exclude(sender_name="").exists()
