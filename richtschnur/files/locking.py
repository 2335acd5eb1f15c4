"""Keeping and erasing the same content wait for each other."""

from __future__ import annotations

from django.db import transaction


def one_at_a_time(digest: str) -> None:
    """Hold what lies under a SHA-256 until the transaction ends; SQLite has one writer anyway."""
    connection = transaction.get_connection()
    if connection.vendor == "postgresql":
        number = int.from_bytes(bytes.fromhex(digest)[:8], "big", signed=True)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])
