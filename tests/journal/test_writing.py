"""Rows written with few statements: the same rows, keys and errors as by the ORM."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from richtschnur.journal.asking import Standing
from richtschnur.journal.models import Leaf, Tile
from richtschnur.journal.writing import delete, insert, insert_first, one_trip, update_all

pytestmark = pytest.mark.django_db


def tiles(*indexes: int) -> list[Tile]:
    return [Tile(level=0, index=index, hashes=b"\x00\xff") for index in indexes]


@transaction.atomic
def write(*indexes: int, breaks: bool = False) -> None:
    with one_trip():
        for index in indexes:
            insert(tiles(index))
        if breaks:
            raise ZeroDivisionError


def stored() -> list[int]:
    return sorted(Tile.objects.values_list("index", flat=True))


def test_rows_get_their_keys_and_hold_what_was_given() -> None:
    rows = tiles(1, 2, 3)
    insert(rows)
    assert [Tile.objects.get(pk=row.pk).index for row in rows] == [1, 2, 3]
    assert bytes(Tile.objects.get(index=1).hashes) == b"\x00\xff"


def test_the_first_row_has_its_key_and_takes_keys_for_others() -> None:
    first = Tile(level=1, index=7, hashes=b"")
    keys = insert_first(first, Leaf, 3)
    assert Tile.objects.get(pk=first.pk).index == 7
    assert len(keys) == 3
    assert len(set(keys)) == (3 if connection.vendor == "postgresql" else 1)


def test_a_row_that_is_there_already_is_refused_even_when_sent_with_others() -> None:
    insert(tiles(1))
    with pytest.raises(IntegrityError):
        write(2, 1, 3)
    assert stored() == [1]


def test_what_is_asked_within_a_trip_sees_what_was_written() -> None:
    with transaction.atomic(), one_trip():
        insert(tiles(1, 2))
        assert stored() == [1, 2]
        delete(Tile, index=1)
    assert stored() == [2]


def test_a_trip_that_fails_sends_nothing() -> None:
    with pytest.raises(ZeroDivisionError):
        write(1, breaks=True)
    assert stored() == []


def test_words_with_marks_of_the_language_of_databases_arrive_as_they_are() -> None:
    words = "100 % sicher; '%s' -- \n;\n DROP TABLE x; \\' \u202e"
    with transaction.atomic(), one_trip():
        insert([Leaf(uid="a" * 32, kind="config", day="2026-11-28", role="x", note=words[:80])])
        insert(tiles(1))
    assert Leaf.objects.get().note == words[:80]


@pytest.mark.skipif("connection.vendor != 'postgresql'")
def test_a_trip_is_one_way() -> None:
    with CaptureQueriesContext(connection) as asked, one_trip():
        insert(tiles(1))
        insert(tiles(2))
    assert len(asked) == 1


def test_many_rows_are_changed_at_once_and_only_they() -> None:
    rows = tiles(1, 2, 3)
    insert(rows)
    update_all(Tile, {"index": "bigint"}, [[rows[0].pk, 10], [rows[2].pk, 30]])
    update_all(Tile, {"index": "bigint"}, [])
    assert stored() == [2, 10, 30]


def test_a_standing_question_answers_each_value_anew() -> None:
    ask = Standing(lambda index: Tile.objects.filter(index=index), int)
    insert(tiles(1, 2))
    assert [row.index for row in ask(2)] == [2]
    assert [row.index for row in ask(1)] == [1]
    assert ask(9) == []
    insert(tiles(3))
    assert [bytes(row.hashes) for row in ask(3)] == [b"\x00\xff"]


def test_a_standing_question_that_would_forget_a_value_is_refused() -> None:
    with pytest.raises(ValueError, match="does not use"):
        Standing(lambda index: Tile.objects.filter(index=index + 1), int)(1)
