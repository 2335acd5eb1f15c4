"""Rows written with few statements and, on PostgreSQL, with few ways to the server and back.

The ORM builds each INSERT anew; the ones of a submission are built once a process. Within
`one_trip` those that nobody waits for are sent together at its end: the answer is the same, errors
too, only the keys stay unknown until the rows are read. Everything else that is asked meanwhile is
asked after what waits, so that no reader ever misses a row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

from django.db import models, transaction

AT_ONCE = 500  # rows of one statement
NEXT = "\n;\n"  # between statements that travel together

Statement = tuple[str, list[Any]]
Column = tuple[Any, str, type | None]  # a field, its attribute, what needs no change
AS_THEY_ARE: tuple[tuple[tuple[type, ...], type], ...] = (
    ((models.CharField, models.EmailField, models.TextField), str),
    ((models.BigAutoField, models.BigIntegerField, models.IntegerField), int),
    ((models.PositiveIntegerField, models.PositiveSmallIntegerField), int),
    ((models.BooleanField,), bool),
)
_waiting: ContextVar[list[Statement] | None] = ContextVar("waiting", default=None)


@contextmanager
def one_trip() -> Iterator[None]:
    """Send what `insert` and `delete` write in here together; within a transaction only."""
    connection = transaction.get_connection()
    if _waiting.get() is not None:
        yield
        return
    waiting: list[Statement] = []
    token = _waiting.set(waiting)

    def send_first(execute: Callable[..., Any], *asked: Any) -> Any:
        _send(waiting)
        return execute(*asked)

    try:
        with connection.execute_wrapper(send_first):
            yield
            _send(waiting)
    finally:
        _waiting.reset(token)


def insert(rows: Sequence[models.Model], *, numbered: bool = False) -> None:
    """Insert new rows of one model, all with keys or all without; no signals are sent.

    Within `one_trip` they get no keys, unless somebody needs them at once (`numbered`).
    Raises IntegrityError as the ORM does.
    """
    if not rows:
        return
    for row in rows:
        row._prepare_related_fields_for_save(operation_name="insert")  # type: ignore[attr-defined]
    columns, sql, places = _insertion(type(rows[0]), rows[0].pk is not None)
    for begin in range(0, len(rows), AT_ONCE):
        some = rows[begin : begin + AT_ONCE]
        values = [value for row in some for value in _values(row, columns)]
        statement = (sql + ", ".join([places] * len(some)), values)
        if (numbered and rows[0].pk is None) or not _joins(statement):
            _run_insertion(some, *statement)
        for row in some:
            _is_stored(row)


def insert_first(row: models.Model, numbering: type[models.Model], count: int) -> list[int | None]:
    """Insert a row at once and give it its key; take `count` keys for rows of `numbering`.

    SQLite's one writer gets keys with `insert` for nothing; there, None stands for each.
    """
    connection = transaction.get_connection()
    if connection.vendor != "postgresql":
        insert([row], numbered=True)
        return [None] * count
    columns, sql, places = _insertion(type(row), False)
    table = connection.ops.quote_name(numbering._meta.db_table)
    taken = (
        " RETURNING id, (SELECT array_agg(nextval(pg_get_serial_sequence(%s, 'id')))"
        " FROM generate_series(1, %s))"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql + places + taken, [*_values(row, columns), table, count])
        row.pk, keys = cursor.fetchone()
    _is_stored(row)
    return list(keys or ())


def delete(model: type[models.Model], **only: int) -> None:
    """Delete the rows whose column has this value; what refers to them is the caller's matter."""
    ((column, value),) = only.items()
    quote = transaction.get_connection().ops.quote_name
    field = model._meta.get_field(column).column  # type: ignore[union-attr]
    sql = f"DELETE FROM {quote(model._meta.db_table)} WHERE {quote(field)} = %s"  # noqa: S608
    if not _joins((sql, [value])):
        with transaction.get_connection().cursor() as cursor:
            cursor.execute(sql, [value])


def update_all(model: type[models.Model], columns: dict[str, str], rows: list[list[Any]]) -> None:
    """Set columns ({name: its type in PostgreSQL}) of many rows, given as [key, value, …]."""
    connection = transaction.get_connection()
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" and rows:
            given = ", ".join(f"%s::{kind}[]" for kind in ["bigint", *columns.values()])
            names = ", ".join(map(quote, columns))
            each = ", ".join(f"{quote(name)} = new.{quote(name)}" for name in columns)
            cursor.execute(
                f"UPDATE {table} SET {each} FROM unnest({given}) AS new(key, {names})"  # noqa: S608
                f" WHERE {table}.id = new.key",
                [list(column) for column in zip(*rows, strict=True)],
            )
        elif rows:
            each = ", ".join(f"{quote(name)} = %s" for name in columns)
            cursor.executemany(
                f"UPDATE {table} SET {each} WHERE id = %s",  # noqa: S608
                [[*values, key] for key, *values in rows],
            )


def _joins(statement: Statement) -> bool:
    waiting = _waiting.get()
    if waiting is None:
        return False
    waiting.append(statement)
    return True


def _send(waiting: list[Statement]) -> None:
    if not waiting:
        return
    connection = transaction.get_connection()
    if connection.vendor == "sqlite":
        sent, waiting[:] = list(waiting), []
        _send_each(connection, sent)
        return
    sql = NEXT.join(statement for statement, _values in waiting)
    values = [value for _sql, given in waiting for value in given]
    waiting.clear()
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def _send_each(connection: Any, statements: list[Statement]) -> None:
    """SQLite takes one after the other; unless somebody watches, without Django's way to each."""
    if connection.queries_logged:
        with connection.cursor() as cursor:
            for sql, values in statements:
                cursor.execute(sql, values)
        return
    with connection.wrap_database_errors:
        plain = connection.connection.cursor()
        for sql, values in statements:
            plain.execute(_with_question_marks(sql), values)


@cache
def _with_question_marks(sql: str) -> str:
    return sql.replace("%s", "?")


def _is_stored(row: models.Model) -> None:
    row._state.adding = False
    row._state.db = transaction.get_connection().alias


@cache
def _insertion(model: type[models.Model], has_key: bool) -> tuple[list[Column], str, str]:
    """The columns of a model and its INSERT; a key that is not given yet is left out."""
    columns = model._meta.local_concrete_fields
    fields = [field for field in columns if has_key or not field.primary_key]
    quote = transaction.get_connection().ops.quote_name
    names = ", ".join(quote(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    table = quote(model._meta.db_table)
    with_kinds = [(field, field.attname, _as_it_is(field)) for field in fields]
    return with_kinds, f"INSERT INTO {table} ({names}) VALUES ", f"({places})"  # noqa: S608


def _as_it_is(field: Any) -> type | None:
    """The type whose values both databases take from this field without a change."""
    if isinstance(field, models.ForeignKey):
        field = field.target_field
    for kinds, type_ in AS_THEY_ARE:
        if type(field) in kinds:
            return type_
    return None


def _values(row: models.Model, columns: list[Column]) -> list[Any]:
    connection = transaction.get_connection()
    given = row.__dict__
    values = []
    for field, name, kind in columns:
        value = given.get(name)
        if kind is not None and (value is None or type(value) is kind):
            values.append(value)
        else:
            values.append(field.get_db_prep_save(field.pre_save(row, True), connection))
    return values


def _run_insertion(rows: Sequence[models.Model], sql: str, values: list[Any]) -> None:
    connection = transaction.get_connection()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite" and len(rows) == 1:
            cursor.execute(sql, values)
            rows[0].pk = cursor.lastrowid
            return
        cursor.execute(f"{sql} RETURNING id", values)
        for row, (key,) in zip(rows, cursor.fetchall(), strict=True):
            row.pk = key
