"""The product's clock in the hands of a test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest

from richtschnur.ui import clock

SetClock = Callable[[datetime], None]


@pytest.fixture
def set_clock() -> Iterator[SetClock]:
    """`set_clock(moment)`: what every request from now on takes for the present."""
    yield lambda at: clock.set_source(lambda: at)
    clock.set_source()
