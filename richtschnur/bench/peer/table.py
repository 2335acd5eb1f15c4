"""Makes the peer's table in the installation's database."""

from __future__ import annotations


def make() -> None:
    """To be called in a process with the peer's settings, once for a new installation."""
    from django.db import connection

    from richtschnur.bench.peer.models import Remark

    with connection.schema_editor() as editor:
        editor.create_model(Remark)
