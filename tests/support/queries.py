"""Counting queries without what only marks transactions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test.utils import CaptureQueriesContext

MARKS = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")


@contextmanager
def at_most(limit: int) -> Iterator[None]:
    """Fails when more than `limit` queries were made inside."""
    with CaptureQueriesContext(connection) as captured:
        yield
    asked = [q["sql"] for q in captured if not q["sql"].startswith(MARKS)]
    listed = "\n".join(sql[:200] for sql in asked)
    assert len(asked) <= limit, f"{len(asked)} queries, {limit} allowed:\n{listed}"
