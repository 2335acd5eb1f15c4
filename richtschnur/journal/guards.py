"""Guards: triggers of the database that keep rows as they came, on SQLite and PostgreSQL alike.

A model names what is frozen with `@guard`; after each migration the triggers are laid anew.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

M = TypeVar("M", bound=type[models.Model])


@dataclass(frozen=True)
class Guard:
    """What may not happen to a model's rows.

    `frozen`: fields that never change ("*" for all). `when`: an SQL condition on the row `{row}`
    under which the guard holds; with it, rows may not be added either. `erasable`: fields that may
    become empty, and nothing else, once two people have decided it: `permit` is an SQL expression
    on `{row}` for the subject that a confirmed row of `journal.Erasure` must name. `deletable`:
    with that permit the whole row may go.
    """

    model: type[models.Model]
    frozen: tuple[str, ...]
    when: str = ""
    erasable: tuple[str, ...] = ()
    permit: str = ""
    deletable: bool = False


GUARDS: list[Guard] = []
SEALED = "this row is sealed"
PERMITS = "journal_erasure"


def guard(
    *,
    frozen: tuple[str, ...] = ("*",),
    when: str = "",
    erasable: tuple[str, ...] = (),
    permit: str = "",
    deletable: bool = False,
) -> Callable[[M], M]:
    """Class decorator: rows are never deleted, their `frozen` fields never changed.

    What is `erasable` may be emptied, what is `deletable` may go, but only with the `permit` of two
    people.
    """

    def register(model: M) -> M:
        GUARDS.append(Guard(model, frozen, when, erasable, permit, deletable))
        return model

    return register


def install(connection: BaseDatabaseWrapper) -> None:
    """Lay all guards whose tables exist; repeating it changes nothing."""
    remove(connection)
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for entry in GUARDS:
            if entry.model._meta.db_table in tables:
                for statement in _statements(entry, connection):
                    cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take all guards away: for migrations that rewrite a table, and for tests that clean up."""
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for entry in GUARDS:
            table = entry.model._meta.db_table
            if table not in tables:
                continue
            for event in ("update", "delete", "insert"):
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_{event}_guard{on}")


def _statements(entry: Guard, connection: BaseDatabaseWrapper) -> list[str]:
    events = ["update", "delete"] + (["insert"] if entry.when else [])
    make = _postgresql if connection.vendor == "postgresql" else _sqlite
    return [part for event in events for part in make(entry, event)]


def _event(entry: Guard, event: str) -> str:
    fields = {field.name: str(field.column) for field in entry.model._meta.concrete_fields}
    columns = [fields[name] for name in entry.frozen if name != "*"]
    return f"UPDATE OF {', '.join(columns)}" if event == "update" and columns else event.upper()


def _condition(entry: Guard, event: str) -> str:
    """When the guard refuses."""
    holds = entry.when.format(row="NEW" if event == "insert" else "OLD") or "1=1"
    if event == "update" and entry.erasable:
        return f"({holds}) AND NOT ({_is_erasure(entry)})"
    if event == "delete" and entry.deletable:
        return f"({holds}) AND NOT ({_is_permitted(entry)})"
    return holds


def _is_permitted(entry: Guard) -> str:
    """Two people have confirmed it."""
    subject = entry.permit.format(row="OLD")
    return (
        f"EXISTS (SELECT 1 FROM {PERMITS} WHERE subject = {subject} AND confirmed_at IS NOT NULL)"  # noqa: S608 – said by models only
    )


def _is_erasure(entry: Guard) -> str:
    """It is permitted, what may go is empty afterwards or as it was, all else stays as it is."""
    parts = [_is_permitted(entry)]
    for field in entry.model._meta.concrete_fields:
        stays = f"NEW.{field.column} IS NOT DISTINCT FROM OLD.{field.column}"
        is_gone = f"LENGTH(NEW.{field.column}) = 0"
        parts.append(f"({is_gone} OR {stays})" if field.name in entry.erasable else stays)
    return " AND ".join(parts)


def _sqlite(entry: Guard, event: str) -> list[str]:
    table = entry.model._meta.db_table
    condition = _condition(entry, event).replace("IS NOT DISTINCT FROM", "IS")
    return [
        f"CREATE TRIGGER {table}_{event}_guard BEFORE {_event(entry, event)} ON {table} "
        f"WHEN {condition} BEGIN SELECT RAISE(ABORT, '{SEALED}: {table}'); END"
    ]


def _postgresql(entry: Guard, event: str) -> list[str]:
    table = entry.model._meta.db_table
    result = "OLD" if event == "delete" else "NEW"
    return [
        f"CREATE OR REPLACE FUNCTION {table}_{event}_guard() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF {_condition(entry, event)} THEN RAISE EXCEPTION '{SEALED}: {table}' "
        f"USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN {result}; END $$",
        f"CREATE TRIGGER {table}_{event}_guard BEFORE {_event(entry, event)} ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_{event}_guard()",
    ]
