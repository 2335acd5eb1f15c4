"""Questions that are asked with every submission, built once a process.

The ORM builds the SQL of each question anew, which costs more than the database's answer. A
`Standing` question is an ordinary queryset, built by the ORM at its first use; afterwards only
its values change.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import transaction
from django.db.models import Model, QuerySet
from django.db.models import query as django_query

_populators: Any = django_query.get_related_populators  # the ORM's own, as its rows need it
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class _Built:
    sql: str
    values: tuple[Any, ...]
    compiler: Any
    converters: dict[int, Any]
    populators: list[Any]
    names: list[str]


class Standing(Generic[Row]):
    """Gives the rows of `build(*values)`; `kinds` are int or str, the types of its values.

    `build` uses each value as it is, in a filter only.
    """

    def __init__(self, build: Callable[..., QuerySet[Row]], *kinds: type) -> None:
        self._build, self._kinds = build, kinds
        self._marks = [_mark(kind, place) for place, kind in enumerate(kinds)]
        self._built: dict[str, _Built] = {}

    def __call__(self, *values: int | str) -> list[Row]:
        connection = transaction.get_connection()
        built = self._built.get(connection.vendor) or self._remember(connection)
        given = dict(zip(self._marks, values, strict=True))
        with connection.cursor() as cursor:
            cursor.execute(built.sql, [given.get(value, value) for value in built.values])
            rows: Any = cursor.fetchall()
        if built.converters:
            rows = built.compiler.apply_converters(rows, built.converters)
        return [_row(built, row, connection.alias) for row in rows]

    def _remember(self, connection: Any) -> _Built:
        compiler: Any = self._build(*self._marks).query.get_compiler(connection=connection)
        sql, values = compiler.as_sql()
        missing = [mark for mark in self._marks if mark not in values]
        if missing:
            raise ValueError(f"a standing question does not use {missing} as it is")
        chosen = compiler.select[: compiler.col_count]
        converters = compiler.get_converters([column for column, _sql, _name in chosen])
        info = compiler.klass_info
        first, last = info["select_fields"][0], info["select_fields"][-1] + 1
        names = [column.target.attname for column, _sql, _name in compiler.select[first:last]]
        populators = _populators(info, compiler.select, connection.alias)
        built = _Built(sql, values, compiler, converters, populators, names)
        self._built[connection.vendor] = built
        return built


def _mark(kind: type, place: int) -> int | str:
    return -7_000_000 - place if kind is int else f"‹value {place}›"


def _row(built: _Built, row: Any, alias: str) -> Any:
    info = built.compiler.klass_info
    first, last = info["select_fields"][0], info["select_fields"][-1] + 1
    made = info["model"].from_db(alias, built.names, row[first:last])
    for populator in built.populators:
        populator.populate(row, made)
    for name, place in built.compiler.annotation_col_map.items():
        setattr(made, name, row[place])
    return made
