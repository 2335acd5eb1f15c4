"""What words of a working edition mean, said by a person."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils.translation import override

from richtschnur.journal.actors import CLI
from richtschnur.journal.models import JournalEntry
from richtschnur.journal.refusals import Forbidden, Refused
from richtschnur.strategy.models import Edition, Element, Passage
from richtschnur.strategy.operations import (
    change_element,
    confirm_element,
    confirm_place,
    mark_element,
    start_edition,
    unmark_element,
)
from richtschnur.strategy.queries.elements import guideline_above, place_mark, unsure_places
from tests.support.queries import at_most
from tests.support.staff import address, logged_in
from tests.support.world import NOON, World

pytestmark = pytest.mark.django_db
BY = {"by": CLI, "at": NOON}


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with override("en"):
        yield


def working(world: World) -> Edition:
    return start_edition(predecessor=world.edition, by=CLI, at=NOON)


def passage(edition: Edition, beginning: str) -> Passage:
    return edition.passages.get(text__startswith=beginning)


def element(edition: Edition, title: str) -> Element:
    return edition.elements.get(title=title)


def titles(edition: Edition) -> list[str]:
    return list(edition.elements.order_by("position").values_list("title", flat=True))


def test_words_are_marked_where_they_stand() -> None:
    edition = working(World())
    first = passage(edition, "Absatz 1")
    (made,) = mark_element(place=first, kind="indicator", spans=[(10, 35)], **BY)
    assert made.title == first.text[10:35]
    assert made.certainty == 1.0
    assert titles(edition)[0] == made.title
    positions = list(edition.elements.values_list("position", flat=True))
    assert len(set(positions)) == len(positions) == 5


def test_a_list_becomes_several_measures_and_what_they_replace_goes() -> None:
    edition = working(World())
    where = passage(edition, "Maßnahmen")
    above = edition.elements.get(kind="guideline")
    (one,) = mark_element(place=where, kind="measure", spans=[(11, 35)], parent=above, **BY)
    assert titles(edition)[-1:] == ["Sprachcafé, Elternabende"]
    two = mark_element(place=where, kind="measure", spans=[(23, 35), (11, 21)], parent=above, **BY)
    assert titles(edition)[-2:] == ["Sprachcafé", "Elternabende"]
    assert {made.parent_id for made in two} == {above.pk}
    assert not Element.objects.filter(pk=one.pk).exists()


def test_a_guideline_takes_in_what_stands_below_its_heading() -> None:
    edition = working(World())
    guideline = edition.elements.get(kind="guideline")
    unmark_element(element=guideline, **BY)
    assert set(edition.elements.values_list("parent", flat=True)) == {None}
    section = edition.sections.get(title="Bildung und Sprache")
    (made,) = mark_element(place=section, kind="guideline", spans=[(0, 19)], **BY)
    others = edition.elements.exclude(pk=made.pk)
    assert set(others.values_list("parent", flat=True)) == {made.pk}
    assert guideline_above(passage(edition, "Alle Kinder")) == made.pk
    assert guideline_above(passage(edition, "Absatz 1")) is None


def test_an_element_is_changed_confirmed_and_taken_away() -> None:
    edition = working(World())
    cafe = element(edition, "Sprachcafé")
    changed = change_element(element=cafe, kind="goal", parent=None, **BY)
    assert (changed.kind, changed.parent_id, changed.certainty) == ("goal", None, 1.0)
    assert confirm_element(element=element(edition, "Elternabende"), **BY).certainty == 1.0
    unmark_element(element=cafe, **BY)
    assert "Sprachcafé" not in titles(edition)
    assert confirm_place(place=passage(edition, "Alle Kinder"), **BY) == 0
    acts = set(JournalEntry.objects.values_list("act", flat=True))
    assert {
        "strategy.change_element",
        "strategy.confirm_element",
        "strategy.unmark_element",
    } <= acts


def test_nothing_stands_above_itself() -> None:
    edition = working(World())
    guideline, goal = edition.elements.get(kind="guideline"), edition.elements.get(kind="goal")
    for one, above in ((guideline, goal), (goal, goal)):
        with pytest.raises(Refused, match="belong to itself"):
            change_element(element=one, kind=one.kind, parent=above, **BY)
    foreign = Element.objects.filter(kind="guideline").exclude(edition=edition).get()
    with pytest.raises(Refused):
        change_element(element=goal, kind="goal", parent=foreign, **BY)


@pytest.mark.parametrize("spans", [[], [(0, 0)], [(5, 3)], [(0, 999)], [(-1, 4)]])
def test_no_such_words(spans: list[tuple[int, int]]) -> None:
    edition = working(World())
    with pytest.raises(Refused, match="do not stand"):
        mark_element(place=passage(edition, "Absatz 1"), kind="goal", spans=spans, **BY)


def test_a_frozen_edition_keeps_what_was_recognised() -> None:
    world = World()
    one = world.edition.elements.first()
    assert one is not None
    with pytest.raises(Refused, match="frozen"):
        confirm_element(element=one, **BY)
    with pytest.raises(Refused, match="frozen"):
        mark_element(place=world.edition.passages.all()[0], kind="goal", spans=[(0, 3)], **BY)


def test_two_at_once_are_told() -> None:
    edition = working(World())
    where = passage(edition, "Maßnahmen")
    read = place_mark(where)
    confirm_place(place=where, read=read, **BY)
    with pytest.raises(Refused) as refused:
        confirm_place(place=where, read=read, **BY)
    assert refused.value.code == "stale"


def test_only_the_administration_may() -> None:
    world = World()
    edition = working(world)
    by = world.reviewer.actor(NOON.date())
    with pytest.raises(Forbidden):
        confirm_element(element=element(edition, "Sprachcafé"), by=by, at=NOON)


def _address(edition: Edition, where: Passage, name: str = "recognised") -> str:
    return address(f"strategy:{name}", edition.strategy.slug, edition.number, where.identity)


def test_the_page_marks_changes_and_goes_on() -> None:
    world = World()
    edition = working(world)
    edition.elements.filter(title="Elternabende").update(certainty=0.4)
    client = logged_in(world.officer)
    where = passage(edition, "Maßnahmen")
    page = client.get(_address(edition, where))
    assert "unsure" in page.content.decode()
    form = page.context["forms"]["mark"]
    assert form.initial["parent"] == edition.elements.get(kind="guideline").pk
    data = {"do": "mark", "read": form.initial["read"], "kind": "goal", "parts": [], "words": ""}
    bad = client.post(_address(edition, where), data)
    assert 'href="#mark_parts"' in bad.content.decode()
    bad = client.post(_address(edition, where), data | {"words": "Nirgends"})
    assert "do not stand" in bad.content.decode()
    done = client.post(_address(edition, where), data | {"words": "Sprachcafé"})
    assert done.status_code == 302
    assert edition.elements.filter(kind="goal", title="Sprachcafé").exists()
    stale = client.post(_address(edition, where), data | {"words": "Elternabende"})
    assert "Someone else" in stale.content.decode()
    assert 'value="Elternabende"' in stale.content.decode()
    read = client.get(_address(edition, where)).context["read"]
    right = client.post(_address(edition, where), {"do": "right", "read": read})
    assert right.status_code == 302
    assert unsure_places(edition) == []


def test_a_heading_has_its_page_and_unknown_ones_are_none() -> None:
    world = World()
    edition = working(world)
    client = logged_in(world.officer)
    section = edition.sections.get(title="Bildung und Sprache")
    one = edition.elements.get(kind="guideline")
    there = _address(edition, section, "recognised_heading")  # type: ignore[arg-type]
    page = client.get(there)
    form = page.context["elements"][0][1]
    sent = {**form.initial, "do": "element", "kind": "baseline", "parent": ""}
    assert client.post(there, sent).status_code == 302
    one.refresh_from_db()
    assert one.kind == "baseline"
    assert client.post(there, {"do": "nonsense"}).status_code == 404
    assert client.post(there, {"do": "unmark", "element": "x"}).status_code == 200
    missing = _address(world.edition, section, "recognised")  # type: ignore[arg-type]
    assert client.get(missing).status_code == 409
    assert client.get(_address(edition, section)).status_code == 404  # type: ignore[arg-type]


def test_queries_stay_few() -> None:
    world = World(paragraphs=60)
    edition = working(world)
    where = passage(edition, "Maßnahmen")
    client = logged_in(world.officer)
    edition.elements.update(certainty=0.3)
    with at_most(16):
        client.get(_address(edition, where))
