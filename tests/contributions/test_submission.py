"""The one way in: nothing doubled, nothing half-written, late marked, identity apart."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError

from richtschnur.contributions.models import Comment, Contribution, Sender
from richtschnur.contributions.operations import (
    NewComment,
    forget_sender,
    import_contributions,
    submit_contribution,
)
from richtschnur.contributions.queries import contribution_by_secret
from richtschnur.contributions.rules import TEXT_LIMIT, check_text
from richtschnur.documents.tables import read_table
from richtschnur.evaluation.models import Point
from richtschnur.journal import commitments
from richtschnur.journal.actors import CLI, VISITOR
from richtschnur.journal.models import JournalEntry
from richtschnur.journal.refusals import Forbidden, Refused
from richtschnur.strategy.operations import keep_outline
from tests.support.world import World, outline

pytestmark = pytest.mark.django_db


def test_a_repeat_is_the_same_contribution() -> None:
    world = World()
    again = {
        "consultation": world.consultation,
        "comments": [NewComment("Hallo")],
        "kind": "resident",
        "idempotency_key": "one",
        "by": VISITOR,
        "at": world.at,
    }
    first = submit_contribution(**again)
    second = submit_contribution(**again)
    assert first.is_new
    assert not second.is_new
    assert first.secret == second.secret
    assert Contribution.objects.count() == Point.objects.count() == 1
    found = contribution_by_secret(first.secret)
    assert found == first.contribution
    assert contribution_by_secret("0" * 48) is None


def test_a_repeat_after_the_deadline_still_leads_to_the_receipt() -> None:
    world = World()
    first = world.contribute(key="k")
    world.at = world.consultation.closes_at + timedelta(days=1)
    assert world.contribute(key="k") == first


def test_visitors_are_held_to_the_period_and_staff_are_not() -> None:
    world = World()
    after = world.consultation.closes_at + timedelta(seconds=1)
    world.at = after
    with pytest.raises(Refused) as refusal:
        world.contribute()
    assert refusal.value.code == "closed"
    late = submit_contribution(
        consultation=world.consultation,
        comments=[NewComment("Mein Brief")],
        kind="resident",
        channel="letter",
        idempotency_key="letter",
        by=world.officer.actor(after.date()),
        at=after,
    ).contribution
    assert late.is_late
    with pytest.raises(Forbidden):
        submit_contribution(
            consultation=world.consultation,
            comments=[NewComment("x")],
            kind="resident",
            idempotency_key="other",
            by=world.department.actor(after.date()),
            at=after,
        )


def test_the_commitment_stands_for_the_words_and_not_for_the_person() -> None:
    contribution = World().contribute("Mehr Busse!", "Und mehr Kurse.")
    comments = list(contribution.comments.select_related("passage"))
    salt = bytes(Contribution.objects.get(pk=contribution.pk).salt)
    content = contribution.content(comments)
    assert commitments.commit(content, salt=salt) == contribution.commitment
    assert "Erika" not in str(content)
    entry = JournalEntry.objects.get(act="contributions.submit_contribution")
    assert entry.data["commitment"] == contribution.commitment
    assert "Busse" not in str(entry.data)


def test_nothing_is_half_written(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World()

    def fail(*args: object, **kwargs: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(Sender, "_prepare_related_fields_for_save", fail)
    with pytest.raises(DatabaseError):
        world.contribute()
    assert not Contribution.objects.exists()
    assert not Comment.objects.exists()
    assert not JournalEntry.objects.filter(act__startswith="contributions.").exists()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("x" * (TEXT_LIMIT + 1), "overlong"),
        ("ein\x00zwei", "control-character"),
        ("ein\x1bzwei", "control-character"),
        ("ein \ufffd zwei", "wrong-encoding"),
    ],
)
def test_text_that_cannot_be_kept_is_refused_with_its_reason(text: str, code: str) -> None:
    world = World()
    with pytest.raises(ValidationError) as refusal:
        world.contribute(text)
    assert refusal.value.code == code
    assert not Contribution.objects.exists()


@pytest.mark.parametrize(
    "text", ["ä" * 20_000, "مرحبا\nبكم", "\u202eумлаут 👩\u200d👩\u200d👧", "a\tb\nc"]
)
def test_text_is_kept_as_it_came(text: str) -> None:
    assert check_text(text) == text
    contribution = World().contribute(text)
    assert contribution.comments.get().text == text


def test_a_comment_on_another_edition_is_refused() -> None:
    world = World()
    other = keep_outline(outline=outline(), by=CLI, at=world.at)
    with pytest.raises(Refused) as refusal:
        submit_contribution(
            consultation=world.consultation,
            comments=[NewComment("x", other.passages.first())],
            kind="resident",
            idempotency_key="k",
            by=VISITOR,
            at=world.at,
        )
    assert refusal.value.code == "stale"


def test_a_table_is_taken_row_by_row(tmp_path: Path) -> None:
    world = World()
    path = tmp_path / "table.csv"
    path.write_text(
        "\ufefftext;passage;kind;channel;received_at;id\n"
        'Mehr Kurse;1;resident;letter;2026-11-02;a\n"mit\nZeile";;club;;;b\n'
        "x;99;resident;;;c\n;1;;;;d\ny;1;king;;;e\nz;1;;;2026-13-01;f\n",
        "utf-8",
    )
    rows = list(read_table(path))
    report = import_contributions(consultation=world.consultation, rows=rows, by=CLI, at=world.at)
    assert report.imported == 2
    assert [r["row"] for r in report.rejected] == [4, 5, 6, 7]
    again = import_contributions(consultation=world.consultation, rows=rows, by=CLI, at=world.at)
    assert (again.imported, again.duplicates) == (0, 2)


def test_who_sent_it_can_be_forgotten_and_the_words_stay() -> None:
    world = World()
    contribution = world.contribute("Mehr Busse!", consents=["contact"])
    with pytest.raises(Forbidden):
        forget_sender(
            contribution=contribution, by=world.reviewer.actor(world.at.date()), at=world.at
        )
    forget_sender(contribution=contribution, by=world.officer.actor(world.at.date()), at=world.at)
    sender = Sender.objects.get()
    assert (sender.name, sender.organisation, sender.email) == ("", "", "")
    assert not contribution.consents.filter(revoked_at__isnull=True).exists()
    assert contribution.comments.get().text == "Mehr Busse!"
    assert "Erika" not in str(JournalEntry.objects.values_list("data", flat=True))
