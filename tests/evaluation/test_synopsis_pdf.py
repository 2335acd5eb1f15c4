"""The overview of answers as PDF holds the standards that it claims."""

from __future__ import annotations

from pathlib import Path

import pytest

from richtschnur.evaluation.exports import export_synopsis
from tests.support.pdf import assert_accessible
from tests.support.rich_papers import ARABIC
from tests.support.world import World

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("public", [False, True])
def test_the_overview_is_accessible(public: bool, tmp_path: Path) -> None:
    world = World()
    world.contribute("Bitte mehr Sprachkurse am Abend.", ARABIC, "Добрий день.")
    path = tmp_path / "a.pdf"
    export_synopsis(world.consultation, "pdf", path, at=world.at, public=public)
    assert_accessible(path, bookmarks=not public, languages=[] if public else ["ar"])
