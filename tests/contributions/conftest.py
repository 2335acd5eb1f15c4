"""What most tests of contributions begin with: a world at its moment, perhaps a home of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.support.clock import SetClock, set_clock
from tests.support.world import World

__all__ = ["set_clock"]


@pytest.fixture
def world(set_clock: SetClock) -> World:
    """A county, its paper and an open consultation; the clock stands at its noon."""
    made = World()
    set_clock(made.at)
    return made


@pytest.fixture
def own_home(settings: Any, tmp_path: Path) -> Path:
    """The installation's folder is the test's own: what it stores lies nowhere else."""
    settings.HOME = tmp_path
    return tmp_path
