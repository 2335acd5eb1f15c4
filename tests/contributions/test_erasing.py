"""Erasing takes two people, leaves the log whole, and comes back after an old backup."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from richtschnur.contributions.models import Comment, Contribution, Sender
from richtschnur.contributions.operations import (
    ask_erasure,
    confirm_erasure,
    decline_erasure,
    erasure_of,
    record_outcome,
    replay_erasures,
)
from richtschnur.contributions.operations.submission import receipt_secret
from richtschnur.evaluation.models import Point
from richtschnur.journal import guards, keys, verifier
from richtschnur.journal.actors import CLI
from richtschnur.journal.export import export_log
from richtschnur.journal.kinds import LeafKind
from richtschnur.journal.log import integrate
from richtschnur.journal.models import Erasure, JournalEntry, Leaf
from richtschnur.journal.refusals import Forbidden, Refused
from richtschnur.mail.models import Message
from tests.evaluation.answering import acting, logged_in
from tests.support.log import fresh_log
from tests.support.world import World

__all__ = ["fresh_log"]
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("fresh_log"),
    pytest.mark.usefixtures("in_english"),
]


def ask(world: World, contribution: Contribution) -> Erasure:
    by = acting(world, world.officer)
    return ask_erasure(contribution=contribution, ground="own-wish", by=by, at=world.at)


def confirm(world: World, contribution: Contribution) -> None:
    by = acting(world, world.reviewer)
    confirm_erasure(contribution=contribution, by=by, at=world.at)


def all_text() -> str:
    """Every text in every table, as a thief would find it."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            found.append(repr(cursor.fetchall()))
    return "".join(found)


def test_two_people_erase_and_the_log_stays_whole(world: World, tmp_path: Path) -> None:
    contribution = world.contribute("Canary Wellensittich", receipt_address="https://x/{secret}")
    world.contribute("Etwas anderes", key="k2")
    integrate(at=world.at)
    (tmp_path / "seen").write_text(keys.seen(), "utf-8")
    ask(world, contribution)
    assert "Wellensittich" in all_text()
    confirm(world, contribution)
    assert "Wellensittich" not in all_text()
    assert Comment.objects.get(contribution=contribution).text == ""
    assert bytes(Contribution.objects.get(pk=contribution.pk).salt) == b""
    assert Sender.objects.get(contribution=contribution).email == ""
    kept = Message.objects.filter(about=contribution.subject)
    assert not kept.filter(body__contains="https").exists()
    assert not Point.objects.filter(comment__contribution=contribution).exists()
    redacted = Leaf.objects.get(kind=LeafKind.REDACTED)
    assert redacted.note == "own-wish"
    integrate(at=world.at)
    export_log(tmp_path / "log")
    report = verifier.verify(str(tmp_path / "log"), seen=[str(tmp_path / "seen")])
    assert report["ok"], report
    assert (report["contributions"], report["open"]) == (2, 1)


def test_one_person_is_not_enough(world: World) -> None:
    contribution = world.contribute()
    officer, reviewer = acting(world, world.officer), acting(world, world.reviewer)
    with pytest.raises(Forbidden):
        ask_erasure(contribution=contribution, ground="own-wish", by=reviewer, at=world.at)
    with pytest.raises(Refused, match="ground"):
        ask_erasure(contribution=contribution, ground="just so", by=officer, at=world.at)
    with pytest.raises(Refused):
        confirm_erasure(contribution=contribution, by=reviewer, at=world.at)
    ask(world, contribution)
    with pytest.raises(Refused, match="already"):
        ask(world, contribution)
    with pytest.raises(Refused, match="yourself"):
        confirm_erasure(contribution=contribution, by=officer, at=world.at)
    by = acting(world, world.department)
    with pytest.raises(Forbidden):
        confirm_erasure(contribution=contribution, by=by, at=world.at)
    assert Comment.objects.get().text


def test_the_database_itself_wants_two(world: World) -> None:
    contribution = world.contribute()
    erasure = ask(world, contribution)
    with pytest.raises(IntegrityError), transaction.atomic():
        Erasure.objects.filter(pk=erasure.pk).update(
            confirmed_by=erasure.asked_by, confirmed_at=world.at
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Erasure.objects.filter(pk=erasure.pk).update(confirmed_at=world.at)


def test_declined_it_stays_and_can_be_asked_again(world: World) -> None:
    contribution = world.contribute()
    ask(world, contribution)
    by = acting(world, world.reviewer)
    decline_erasure(contribution=contribution, by=by, at=world.at)
    assert erasure_of(contribution) is None
    assert Comment.objects.get().text
    ask(world, contribution)


TRIES = {
    "other words": "UPDATE contributions_comment SET text = 'x' WHERE contribution_id = {one}",
    "another's words": "UPDATE contributions_comment SET text = '' WHERE contribution_id = {two}",
    "another place": "UPDATE contributions_comment SET text = '', position = 7"
    " WHERE contribution_id = {one}",
    "number": "UPDATE contributions_contribution SET salt = {empty}, number = 'x' WHERE id = {one}",
    "another salt": "UPDATE contributions_contribution SET salt = {bytes} WHERE id = {one}",
    "the row": "DELETE FROM contributions_comment WHERE contribution_id = {one}",
    "the whole": "DELETE FROM contributions_contribution WHERE id = {one}",
    "the decision": "DELETE FROM journal_erasure",
    "its ground": "UPDATE journal_erasure SET ground = 'order'",
}


@pytest.mark.parametrize("what", TRIES)
def test_the_permit_lets_exactly_this_act_pass(what: str, world: World) -> None:
    one, two = world.contribute(key="k1"), world.contribute(key="k2")
    ask(world, one)
    confirm(world, one)
    ask(world, two)  # asked for is not confirmed
    empty, some = (
        ("''::bytea", "'x'::bytea")
        if connection.vendor == "postgresql"
        else (
            "x''",
            "x'00'",
        )
    )
    statement = TRIES[what].format(one=one.pk, two=two.pk, empty=empty, bytes=some)
    refused = pytest.raises(DatabaseError, match="sealed")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_nothing_is_erased_by_halves(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    contribution = world.contribute("Canary")
    ask(world, contribution)

    def fail(*args: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(keys, "forget_for_good", fail)
    with pytest.raises(OSError, match="full"):
        confirm(world, contribution)
    assert Comment.objects.get().text == "Canary"
    assert not Leaf.objects.filter(kind=LeafKind.REDACTED).exists()


def test_after_an_old_backup_it_is_erased_again(world: World) -> None:
    contribution = world.contribute("Canary Wellensittich")
    ask(world, contribution)
    salt = bytes(Contribution.objects.get().salt)
    confirm(world, contribution)
    assert replay_erasures(at=world.at) == 0
    guards.remove(connection)  # the old backup: as it was while the erasure was only asked for
    Comment.objects.update(text="Canary Wellensittich")
    Contribution.objects.update(salt=salt)
    Erasure.objects.update(confirmed_by="", confirmed_at=None)
    Leaf.objects.filter(kind=LeafKind.REDACTED).delete()
    guards.install(connection)
    assert replay_erasures(at=world.at) == 1
    assert "Wellensittich" not in all_text()
    assert Leaf.objects.filter(kind=LeafKind.REDACTED).count() == 1
    assert replay_erasures(at=world.at) == 0


def test_the_note_outside_holds_ids_only(world: World) -> None:
    contribution = world.contribute("Canary")
    ask(world, contribution)
    confirm(world, contribution)
    text = (keys.folder() / keys.ERASURES).read_text()
    assert text.split() == [Leaf.objects.get(kind=LeafKind.RECEIVED).uid, "own-wish"]
    with (keys.folder() / keys.ERASURES).open("a") as file:
        file.write("halfali")
    assert len(keys.erased()) == 1
    assert replay_erasures(at=world.at) == 0


def test_the_pages(world: World) -> None:
    contribution = world.contribute("Canary Wellensittich")
    place = reverse("contributions:erase", args=[contribution.number])
    original = reverse("contributions:original", args=[contribution.number])
    officer, reviewer = logged_in(world.officer), logged_in(world.reviewer)
    assert place in officer.get(original).content.decode()
    assert place not in reviewer.get(original).content.decode()
    assert officer.post(place, {"ask": "1"}).status_code == 422
    assert officer.post(place, {"ask": "1", "ground": "nonsense"}).status_code == 422
    assert officer.post(place, {"ask": "1", "ground": "own-wish"}).status_code == 302
    assert place in reviewer.get(original).content.decode()
    today = reverse("desk:today")
    assert place in reviewer.get(today).content.decode()
    assert place not in officer.get(today).content.decode()
    assert 'name="confirm"' not in officer.get(place).content.decode()
    assert officer.post(place, {"confirm": "1"}).status_code == 409
    assert Comment.objects.get().text
    assert reviewer.post(place, {"confirm": "1"}).status_code == 302
    assert "Wellensittich" not in officer.get(original).content.decode()
    receipt = Client().get(reverse("contributions:receipt", args=[receipt_secret("k1")]))
    assert receipt.status_code == 200
    assert Erasure.objects.get().get_ground_display() in receipt.content.decode()
    gone = reverse("contributions:receipt_file", args=[receipt_secret("k1")])
    assert Client().get(gone).status_code == 404
    assert officer.post(place, {"ask": "1", "ground": "own-wish"}).status_code == 409


def test_one_outcome_holds_and_none_follows_an_erasure(world: World) -> None:
    contribution = world.contribute()
    about = {"contribution": contribution, "by": CLI, "at": world.at}
    assert record_outcome(kind=LeafKind.PUBLISHED, **about)
    assert record_outcome(kind=LeafKind.PUBLISHED, **about) is None
    assert record_outcome(kind=LeafKind.WITHHELD, **about)
    assert record_outcome(kind=LeafKind.WITHDRAWN, **about)
    with pytest.raises(Refused):
        record_outcome(kind=LeafKind.PUBLISHED, **about)
    entries = JournalEntry.objects.filter(act="contributions.record_outcome")
    assert [entry.data["outcome"] for entry in entries] == ["published", "withheld", "withdrawn"]
    assert json.loads(Leaf.objects.filter(kind=LeafKind.WITHDRAWN).get().entry())["of"]
