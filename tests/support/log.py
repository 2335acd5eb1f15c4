"""A public log of a test's own: its key and what it has seen lie in a folder of the test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from richtschnur.journal import keys


@pytest.fixture
def fresh_log(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """The folder of the log; what other tests have signed is not known here."""
    settings.HOME = tmp_path / "home-of-the-log"
    settings.HOME.mkdir()
    keys._known.clear()
    yield settings.HOME / keys.FOLDER
    keys._known.clear()
