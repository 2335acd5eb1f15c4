from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class JournalConfig(AppConfig):
    name = "richtschnur.journal"
    verbose_name = _("Journal")

    def ready(self) -> None:
        from richtschnur.journal.words import name_acts

        name_acts({"journal.take_cosignature": _("a witness's signature of the public log taken")})
        post_migrate.connect(lay_guards, dispatch_uid="journal-guards")


def lay_guards(using: str, **kwargs: Any) -> None:
    """SQLite drops the triggers of a table that a migration rewrites: laid each time."""
    from richtschnur.journal import guards

    guards.install(connections[using])
