"""The database's connection as Django wants it: transactions begin when it is their turn."""

from __future__ import annotations

import os
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

from richtschnur.config.sqlite3.line import Line, line_of

SECONDS = 20
_Django: Any = base.DatabaseWrapper


class DatabaseWrapper(_Django):
    """Django's own, with the line in front of BEGIN IMMEDIATE."""

    _line: Line | None = None  # while it is this connection's turn

    def _start_transaction_under_autocommit(self) -> None:
        name = str(self.settings_dict["NAME"])
        if not os.path.isabs(name):  # in memory, of this process alone
            super()._start_transaction_under_autocommit()
            return
        line = line_of(os.path.dirname(name))
        if not line.enter(SECONDS):
            raise OperationalError("database is locked: the line did not move for 20 seconds")
        self._line = line
        try:
            super()._start_transaction_under_autocommit()
        except BaseException:
            self._leave()
            raise

    def _commit(self) -> None:
        super()._commit()
        self._leave()

    def _rollback(self) -> None:
        try:
            super()._rollback()
        finally:
            self._leave()

    def _close(self) -> None:
        try:
            super()._close()
        finally:
            self._leave()

    def _leave(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            line.leave()


def __getattr__(name: str) -> Any:
    return getattr(base, name)
