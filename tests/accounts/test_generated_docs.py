"""The generated pages say what the code does, and staleness is noticed."""

from __future__ import annotations

from pathlib import Path

import pytest

from richtschnur.cli import main
from richtschnur.cli.documenting import generated

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("name", sorted(generated()))
def test_the_committed_page_is_fresh(name: str) -> None:
    assert (DOCS / name).read_text("utf-8") == generated()[name]


def test_a_stale_page_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["docs", "--folder", str(tmp_path)]) == 0
    assert main(["docs", "--check", "--folder", str(tmp_path)]) == 0
    (tmp_path / "policy.md").write_text("old", "utf-8")
    assert main(["docs", "--check", "--folder", str(tmp_path)]) == 1
    error = capsys.readouterr().err
    assert "policy.md" in error
    assert "states.md" not in error


def test_every_transition_is_drawn() -> None:
    page = generated()["states.md"]
    assert "handed_in --> released" in page
    assert "working --> circulated" in page
