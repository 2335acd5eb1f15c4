"""The outline of a long paper: the outermost sections, and the branch that is asked for."""

from __future__ import annotations

import re
import uuid

import pytest

from richtschnur.strategy.models import Edition
from richtschnur.strategy.operations import keep_outline
from richtschnur.strategy.queries.outline import outline_of
from tests.strategy.test_edit_pages import ACT, at
from tests.strategy.test_reading_by_section import long_outline
from tests.support.queries import at_most
from tests.support.staff import logged_in
from tests.support.world import person

pytestmark = pytest.mark.django_db


def long_draft(chapters: int = 20, sections: int = 8) -> Edition:
    return keep_outline(outline=long_outline(chapters, sections, size=1), **ACT)


def titles(page: str) -> list[str]:
    return [t.strip() for t in re.findall(r'class="arranged__title"[^>]*>([^<]*)<', page)]


def test_a_short_outline_is_whole() -> None:
    edition = long_draft(3, 4)
    entries = outline_of(edition)
    assert len(entries) == edition.sections.count()
    assert not any(entry.is_folded for entry in entries)


def test_a_long_outline_shows_chapters_and_the_branch_asked_for() -> None:
    edition = long_draft()
    folded = outline_of(edition)
    assert len(folded) == 21
    assert [entry.below for entry in folded[1:3]] == [8, 8]
    assert [entry.passages_shown for entry in folded[1:3]] == [8, 8]
    second = edition.sections.get(title="Kapitel 2")
    opened = outline_of(edition, opened=second.identity)
    assert len(opened) == 29
    assert [str(entry.section) for entry in opened[2:5]] == [
        "2. Kapitel 2",
        "2.1 Teil 2-1",
        "2.2 Teil 2-2",
    ]
    assert opened[2].passages_shown == 0
    inside = edition.sections.get(title="Teil 5-3")
    both = outline_of(edition, opened=second.identity, seen=inside.identity)
    assert len(both) == 37
    assert len(outline_of(edition, opened=uuid.uuid4())) == 21


def test_a_branch_that_is_long_itself_opens_level_by_level() -> None:
    edition = long_draft()
    edition.sections.filter(level=2).update(level=3)
    edition.sections.filter(level=1, position__gt=0).update(level=2)
    whole = outline_of(edition)
    assert len(whole) == 21, "a lone root is open, what stands under it folded"
    chapter = edition.sections.get(title="Kapitel 4")
    assert len(outline_of(edition, opened=chapter.identity)) == 29


def test_branches_have_addresses_and_stay_open_after_a_move() -> None:
    edition = long_draft()
    officer = logged_in(person("amtsperson", "administration"))
    page = at("outline", edition)
    chapter = edition.sections.get(title="Kapitel 3")
    first = officer.get(page).content.decode()
    assert f'href="?open={chapter.identity}#at-{chapter.identity}"' in first
    assert "Teil 3-1" not in first
    there = f"{page}?open={chapter.identity}"
    part = edition.sections.get(title="Teil 3-3")
    answer = officer.post(there, {"act": f"up:{part.identity}"}, follow=True).content.decode()
    shown = titles(answer)
    assert shown.index("3.3 Teil 3-3") + 1 == shown.index("3.2 Teil 3-2")
    assert f'id="up-{part.identity}" autofocus' in answer
    closed = officer.post(page, {"act": f"down:{chapter.identity}"}, follow=True)
    assert len(titles(closed.content.decode())) == 21, "a chapter is moved without opening it"
    for wrong in ("?open=nonsense", f"?open={uuid.uuid4()}", "?at=&open="):
        assert len(titles(officer.get(page + wrong).content.decode())) == 21


def test_the_outline_takes_the_same_queries_for_any_length() -> None:
    officer = logged_in(person("amtsperson", "administration"))
    for chapters in (3, 30):
        page = at("outline", long_draft(chapters))
        with at_most(7):
            assert officer.get(page).status_code == 200
