"""Erasing a file's content, once two people have decided it (`journal.Erasure` of its subject).

First the name goes with the act; when that holds, the bytes, and last what tells where they were:
whoever dies in between leaves a row that the next turn finds.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from django.db import DatabaseError, connection, transaction

from richtschnur.files.locking import one_at_a_time
from richtschnur.files.models import StoredFile
from richtschnur.journal.models import Erasure


def erase_files(files: Iterable[StoredFile]) -> None:
    """Take the names away, and the bytes as soon as the transaction holds."""
    StoredFile.objects.filter(pk__in=[file.pk for file in files]).update(name="")
    transaction.on_commit(finish_erasing)


def finish_erasing() -> int:
    """Delete the bytes of all erased files that are still there; says how many rows it ended."""
    decided = Erasure.objects.filter(subject__startswith="file:", confirmed_at__isnull=False)
    subjects = decided.values_list("subject", flat=True)
    keys = [int(subject.removeprefix("file:")) for subject in subjects]
    rows = StoredFile.objects.filter(pk__in=keys, name="").exclude(sha256="")
    ended = [_finish(row) for row in rows]
    _forget_what_was_written()
    return len(ended)


@transaction.atomic
def _finish(row: StoredFile) -> None:
    """The bytes stay while another row that was not erased has the same content."""
    one_at_a_time(row.sha256)
    if not StoredFile.objects.filter(sha256=row.sha256).exclude(name="").exists():
        row.path.unlink(missing_ok=True)
    StoredFile.objects.filter(pk=row.pk).update(sha256="")


def _forget_what_was_written() -> None:
    """SQLite's log of writes still holds the former pages until it is cut."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with suppress(DatabaseError), connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
