"""Originals, the journal and frozen editions can't be changed, by whatever way."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from richtschnur.journal import guards
from richtschnur.journal.models import JournalEntry
from richtschnur.strategy.models import Passage
from tests.support.world import World

pytestmark = pytest.mark.django_db

SEALED = [
    "UPDATE contributions_contribution SET number = 'x'",
    "DELETE FROM contributions_contribution",
    "UPDATE contributions_comment SET text = 'x'",
    "DELETE FROM contributions_comment",
    "UPDATE journal_journalentry SET act = 'x'",
    "UPDATE journal_journalentry SET at = NULL",
    "DELETE FROM journal_journalentry",
    "UPDATE strategy_passage SET text = 'x'",
    "DELETE FROM strategy_passage",
    "UPDATE strategy_section SET title = 'x'",
    "UPDATE strategy_edition SET title = 'x'",
    "DELETE FROM strategy_edition",
]


@pytest.mark.parametrize("statement", SEALED)
def test_sealed_rows_refuse(statement: str) -> None:
    World().contribute()
    refused = pytest.raises(DatabaseError, match="sealed")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("statement", SEALED)
def test_the_check_can_fail(statement: str) -> None:
    """Without guards the same statements pass the triggers: it is they that refuse."""
    World().contribute()
    guards.remove(connection)
    said = ""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
            transaction.set_rollback(True)
    except DatabaseError as error:
        said = str(error)
    guards.install(connection)
    assert "sealed" not in said


def test_nothing_is_added_to_a_frozen_edition() -> None:
    world = World()
    first = world.edition.passages.first()
    assert first is not None
    with pytest.raises(DatabaseError, match="sealed"), transaction.atomic():
        Passage.objects.create(
            edition=world.edition, section=first.section, position=1, number=99, text="x"
        )


def test_a_working_edition_is_free() -> None:
    from richtschnur.journal.actors import CLI
    from richtschnur.strategy.operations import keep_outline
    from tests.support.world import NOON, outline

    edition = keep_outline(outline=outline(), by=CLI, at=NOON)
    edition.passages.update(text="x")
    edition.passages.all().delete()
    assert JournalEntry.objects.filter(subject=f"edition:{edition.ref}").count() == 1
