"""Makes the peer's table in the installation's database."""

from __future__ import annotations


def make() -> None:
    """To be called in a process with the peer's settings; what is there already stays."""
    from django.db import connection

    from richtschnur.bench.peer.models import Remark

    if Remark._meta.db_table in connection.introspection.table_names():
        return
    with connection.schema_editor() as editor:
        editor.create_model(Remark)
