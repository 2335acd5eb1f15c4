"""The editor's first page of a long paper: guidelines counted, doubts a page at a time."""

from __future__ import annotations

import pytest

from richtschnur.strategy.models import Edition, Element
from richtschnur.strategy.operations import keep_outline
from richtschnur.strategy.states import ElementKind
from tests.strategy.test_edit_pages import ACT, at
from tests.strategy.test_reading_by_section import long_outline
from tests.support.queries import at_most
from tests.support.staff import logged_in
from tests.support.world import person

pytestmark = pytest.mark.django_db


def draft(guidelines: int, doubts: int) -> Edition:
    """Each guideline is a heading with a goal in each of its passages."""
    edition = keep_outline(outline=long_outline(max(20, guidelines), 1, 8), **ACT)
    parts = edition.sections.filter(level=2).order_by("position")[:guidelines]
    for place, section in enumerate(parts):
        known = {"edition": edition, "section": section, "certainty": 0.9, "start": 0, "end": 1}
        above = Element.objects.create(
            **known, kind=ElementKind.GUIDELINE, title=f"Leitlinie {place}", position=place * 100
        )
        for n, passage in enumerate(section.passages.all(), start=1):
            Element.objects.create(
                **known,
                kind=ElementKind.GOAL,
                passage=passage,
                parent=above,
                title=f"Ziel {place}-{n}",
                position=place * 100 + n,
            )
    edition.doubts = [
        {"code": "goal-guessed", "excerpt": f"Teil {n + 1}-1, Satz 3", "detail": ""}
        for n in range(doubts)
    ]
    edition.save(update_fields=["doubts"])
    return edition


def test_a_long_papers_guidelines_are_counted_and_lead_to_their_places() -> None:
    edition = draft(60, 3)
    officer = logged_in(person("amtsperson", "administration"))
    first = officer.get(at("edit", edition)).content.decode()
    assert "60 guidelines" in first
    assert "Leitlinie 49" in first
    assert "Leitlinie 50" not in first
    assert "Ziel 0-1" not in first
    section = edition.sections.get(title="Teil 1-1")
    address = f"?section={section.position}#s{section.position}"
    assert f'href="{address}"' in first
    assert officer.get(at("edit", edition) + address).status_code == 200
    second = officer.get(at("edit", edition) + "?recognised=2").content.decode()
    assert "Leitlinie 50" in second
    for wrong in ("nonsense", "-1", "99999999999999999999"):
        assert officer.get(f"{at('edit', edition)}?recognised={wrong}").status_code == 200


def test_doubts_come_a_page_at_a_time_with_their_places() -> None:
    edition = draft(1, 30)
    officer = logged_in(person("amtsperson", "administration"))
    page = at("edit", edition)
    first = officer.get(page)
    assert [doubt.index for doubt in first.context["doubts"]] == list(range(25))
    there = first.context["doubts"][4].passage
    assert edition.passages.get(number=there).text == "Teil 5-1, Satz 3."
    assert "unsure at 30 places" in first.content.decode()
    second = officer.get(f"{page}?doubts=2")
    assert [doubt.index for doubt in second.context["doubts"]] == list(range(25, 30))
    edition.doubts[0]["settled"] = True
    edition.save(update_fields=["doubts"])
    assert [d.index for d in officer.get(f"{page}?doubts=2").context["doubts"]][-1] == 0


def test_a_tail_without_words_has_no_place() -> None:
    edition = draft(1, 1)
    edition.doubts = [{"code": "goal-guessed", "excerpt": "100 % _", "detail": ""}]
    edition.doubts += [{"code": "goal-guessed", "excerpt": "Teil%Satz______", "detail": ""}]
    edition.save(update_fields=["doubts"])
    page = logged_in(person("amtsperson", "administration")).get(at("edit", edition))
    assert [doubt.passage for doubt in page.context["doubts"]] == [None, None]


def test_queries_are_the_same_for_any_number() -> None:
    officer = logged_in(person("amtsperson", "administration"))
    for guidelines, doubts in ((2, 2), (45, 60)):
        page = at("edit", draft(guidelines, doubts))
        with at_most(19):
            assert officer.get(page).status_code == 200
