"""Pages of a list of a million points: read on from a point, never counted to the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q, QuerySet

from richtschnur.evaluation.models import Point

COUNTED = 10_000  # no list is counted further than this
SHOWN = (  # what a row of the list shows
    "comment__contribution__sender",
    "comment__passage__section",
    "section",
    "comment__question",
    "office",
    "assignee",
    "group",
)
_ARRIVAL = ("received_at", "comment_id", "start")


@dataclass(frozen=True)
class Window:
    """The points around one in the list, itself included, its neighbours, and counts beside."""

    points: list[Point]
    before: Point | None
    after: Point | None
    numbers: list[int]


@dataclass(frozen=True)
class ListPage:
    """One page: `before` and `after` are the points that further pages are read on from."""

    object_list: list[Point]
    before: int | None = None
    after: int | None = None


def in_order(points: QuerySet[Point], order: str) -> QuerySet[Point]:
    """As received, or as in the paper and then as received."""
    return points.order_by(*_keys(order))


def page(
    listed: QuerySet[Point],
    order: str,
    size: int,
    *,
    after: int | None = None,
    before: int | None = None,
) -> ListPage:
    """The points behind `after` or before `before` (keys), else the first; two queries at most."""
    mark = Point.objects.filter(pk=after or before or 0).first() if after or before else None
    if mark is None:
        rows = list(listed[: size + 1])
        return ListPage(rows[:size], None, rows[size - 1].pk if len(rows) > size else None)
    if after:
        rows = list(_beyond(listed, mark, order, "gt")[: size + 1])
        more = len(rows) > size
        rows = rows[:size]
        first = rows[0].pk if rows else None
        return ListPage(rows, first, rows[-1].pk if more else None)
    keys = [f"-{key}" for key in _keys(order)]
    rows = list(_beyond(listed, mark, order, "lt").order_by(*keys)[: size + 1])
    more = len(rows) > size
    rows = rows[:size][::-1]
    return ListPage(rows, rows[0].pk if more else None, rows[-1].pk if rows else None)


def window(
    listed: QuerySet[Point],
    point: Point,
    order: str,
    *,
    before: int = 3,
    after: int = 20,
    count: Sequence[QuerySet[Any]] = (),
) -> Window:
    """The part of a list around one point, which need not fit the filter any more. Two queries.

    `count` are lists to be counted on the way, as `counted` does.
    """
    backwards = [f"-{key}" for key in _keys(order)]
    sides = (
        _beyond(listed, point, order, "lt").order_by(*backwards)[:before],
        _beyond(listed, point, order, "gt")[:after],
    )
    keys, numbers = _at_once(sides, count)
    loaded = Point.objects.select_related(*SHOWN).in_bulk([*keys[0], *keys[1]])
    ordered = sorted(loaded.values(), key=lambda p: [getattr(p, key) for key in _keys(order)])
    earlier = [p for p in reversed(ordered) if p.pk in keys[0]]
    later = [p for p in ordered if p.pk in keys[1]]
    return Window(
        [*reversed(earlier), point, *later],
        earlier[0] if earlier else None,
        later[0] if later else None,
        numbers,
    )


def next_point(listed: QuerySet[Point], point: Point, order: str) -> int | None:
    """The key of the point that follows in a list; one query."""
    rows = _beyond(listed, point, order, "gt")
    found: int | None = rows.values_list("pk", flat=True).first()
    return found


def counted(*lists: QuerySet[Any], most: int = COUNTED) -> list[int]:
    """How many rows each list has, none counted further than one above `most`; one query."""
    return _at_once((), lists, most=most)[1]


def _at_once(
    lists: Sequence[QuerySet[Any]], count: Sequence[QuerySet[Any]], *, most: int = COUNTED
) -> tuple[list[set[int]], list[int]]:
    """The keys of short lists, and how many rows others have; one query for all of them."""
    parts: list[str] = []
    values: list[Any] = []
    wanted = [each.values("pk") for each in lists]
    wanted += [
        (each if each.query.is_sliced else each.order_by()).values("pk")[: most + 1]
        for each in count
    ]
    for number, each in enumerate(wanted):
        try:
            sql, given = each.query.sql_with_params()
        except EmptyResultSet:
            continue
        column = "pk" if number < len(lists) else "COUNT(*)"
        parts.append(f"SELECT {number}, {column} FROM ({sql}) listed")  # noqa: S608 – the ORM's
        values += given
    found: list[list[int]] = [[] for _each in wanted]
    if parts:
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts), values)
            for number, value in cursor.fetchall():
                found[number].append(value)
    keys = [set(each) for each in found[: len(lists)]]
    return keys, [sum(each) for each in found[len(lists) :]]


def _keys(order: str) -> tuple[str, ...]:
    return ("stands_at", *_ARRIVAL) if order == "passage" else _ARRIVAL


def _beyond(points: QuerySet[Point], mark: Point, order: str, side: str) -> QuerySet[Point]:
    """What stands beyond a point. The first key bounds it by itself, so that an index serves."""
    keys = _keys(order)
    return points.filter(
        **{f"{keys[0]}__{side}e": getattr(mark, keys[0])},
    ).filter(_after(keys, [getattr(mark, key) for key in keys], side))


def _after(keys: Sequence[str], values: Sequence[Any], side: str) -> Q:
    beyond, equal = Q(), Q()
    for key, value in zip(keys, values, strict=True):
        beyond |= equal & Q(**{f"{key}__{side}": value})
        equal &= Q(**{key: value})
    return beyond
