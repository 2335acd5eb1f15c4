"""Processes of the web server that die are replaced; only a storm of deaths ends it."""

from __future__ import annotations

from typing import Any

import pytest
from granian.server import Server

from richtschnur.cli.patience import DEATHS, WITHIN_S, PatientServer


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Any:
    """One that starts nothing; Granian ends when a process in `respawned_wrks` dies soon again."""

    def respawn(self: Any, workers: list[int], *_args: Any, **_named: Any) -> None:
        self.respawned_wrks |= dict.fromkeys(workers, 0.0)

    monkeypatch.setattr(Server, "_respawn_workers", respawn)
    found = PatientServer.__new__(PatientServer)
    found.respawned_wrks = {}
    return found


def test_granian_has_what_is_changed_here() -> None:
    made = Server("richtschnur.config.wsgi:application")
    assert made.respawned_wrks == {}
    assert callable(made._respawn_workers)


def test_a_second_death_within_seconds_is_borne(server: Any) -> None:
    for _death in range(DEATHS // 2):
        server._respawn_workers([0, 1], None, None)
        assert not server.respawned_wrks


def test_a_storm_of_deaths_is_not(server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for _death in range(DEATHS):
        server._respawn_workers([0], None, None)
    server._respawn_workers([1], None, None)
    assert server.respawned_wrks == {1: 0.0}
    server.respawned_wrks.clear()
    later = [10.0**9]
    monkeypatch.setattr("richtschnur.cli.patience.time.monotonic", lambda: later[0])
    server._respawn_workers([0], None, None)
    assert not server.respawned_wrks
    assert WITHIN_S < 3600
