"""What breaks on odd requests is found."""

from __future__ import annotations

import logging

import pytest

from richtschnur.bench import hostile_steps
from richtschnur.publishing.views import public

pytestmark = pytest.mark.django_db


def test_a_page_that_breaks_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Planted: the portal raises."""

    def fail(*args: object) -> None:
        raise ValueError

    monkeypatch.setattr(public, "portal_at", fail)
    try:
        found = hostile_steps.fuzzed(600, 1)
    finally:
        logging.disable(logging.NOTSET)
    assert found["unhandled"] > 0
    assert all(where.endswith(" /de/") for where in found["where"])
