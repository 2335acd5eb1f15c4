"""The journal's chain: sealed in order, and every alteration found."""

from __future__ import annotations

import secrets

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from richtschnur.journal import commitments, guards
from richtschnur.journal.actors import CLI
from richtschnur.journal.models import JournalEntry
from richtschnur.journal.operations import record, seal_pending
from richtschnur.journal.queries import chain_faults
from tests.support.world import NOON, World


@given(st.dictionaries(st.text(), st.text() | st.integers(-(2**53) + 1, 2**53 - 1) | st.booleans()))
def test_a_commitment_needs_content_and_salt(content: dict[str, object]) -> None:
    salt = secrets.token_bytes(32)
    made = commitments.commit(content, salt=salt)
    assert made == commitments.commit(dict(reversed(content.items())), salt=salt)
    assert made != commitments.commit(content | {"more": 1, "and": 2}, salt=salt)
    assert made != commitments.commit(content, salt=secrets.token_bytes(32))


@pytest.mark.django_db
def test_everything_is_sealed_once_and_in_order() -> None:
    World().contribute()
    waiting = JournalEntry.objects.filter(position__isnull=True).count()
    assert waiting > 2
    assert seal_pending() == waiting
    assert seal_pending() == 0
    positions = JournalEntry.objects.order_by("id").values_list("position", flat=True)
    assert list(positions) == list(range(waiting))
    assert chain_faults() == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE journal_journalentry SET act = 'other' WHERE position = 1",
        "UPDATE journal_journalentry SET actor_id = 'other' WHERE position = 2",
        "UPDATE journal_journalentry SET subject = 'other' WHERE position = 0",
        "DELETE FROM journal_journalentry WHERE position = 1",
    ],
)
def test_tampering_past_the_guards_is_found(tampering: str) -> None:
    World().contribute()
    seal_pending()
    guards.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute(tampering)
    guards.install(connection)
    assert chain_faults()


@pytest.mark.django_db(transaction=True)
def test_an_entry_outside_its_transaction_is_a_mistake() -> None:
    with pytest.raises(RuntimeError):
        record(act="x.y", subject="x:1", by=CLI, at=NOON)


@pytest.mark.django_db(transaction=True)
def test_an_act_that_fails_leaves_no_entry() -> None:
    def act() -> None:
        with transaction.atomic():
            record(act="x.y", subject="x:1", by=CLI, at=NOON)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        act()
    assert not JournalEntry.objects.exists()
