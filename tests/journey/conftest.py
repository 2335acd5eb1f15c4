"""Who comes along on the journeys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer

from tests.support.browser import NewContext
from tests.support.clock import set_clock
from tests.support.visits import Visit

__all__ = ["set_clock"]
NewVisit = Callable[..., Visit]


@pytest.fixture
def new_visit(new_context: NewContext, live_server: LiveServer) -> Iterator[NewVisit]:
    """`new_visit("de", java_script_enabled=False, …)`: somebody who opens a browser."""
    made: list[Visit] = []

    def make(language: str = "de", **options: Any) -> Visit:
        defaults: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
        page = new_context(**defaults | options).new_page()
        made.append(Visit(page, live_server.url, language))
        return made[-1]

    yield make
    assert [fault for visit in made for fault in visit.faults] == []
