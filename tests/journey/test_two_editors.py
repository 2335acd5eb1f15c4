"""Two people at one passage, the keyboard in the outline: in real browsers."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from richtschnur.journal.actors import CLI
from richtschnur.strategy.models import Passage, PassageDraft, PassageVersion
from richtschnur.strategy.operations import change_passage, start_edition
from tests.journey.conftest import NewVisit
from tests.support.visits import Visit, let_in
from tests.support.world import NOON, World, person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BASE = "Der Kreis zahlt den Bus und die Schule jeden Tag."


class Room:
    """A working edition and two people of the administration, each with a browser."""

    def __init__(self, new_visit: NewVisit, **options: object) -> None:
        self.world = World()
        self.edition = start_edition(predecessor=self.world.edition, by=CLI, at=NOON)
        self.passage = self.edition.passages.order_by("position")[0]
        change_passage(passage=self.passage, text=BASE, by=CLI, at=NOON)
        colleague = person("kollegin", "administration")
        self.first, self.second = new_visit("de", **options), new_visit("de", **options)
        for visit, user in ((self.first, self.world.officer), (self.second, colleague)):
            let_in(visit.page.context, visit.server, user)

    def open(self, visit: Visit, name: str = "passage_edit") -> None:
        slug = self.edition.strategy.slug
        visit.open(f"strategy:{name}", slug, self.edition.number, self.passage.identity)

    def stored(self) -> Passage:
        return Passage.objects.get(pk=self.passage.pk)


@pytest.mark.parametrize("java_script", [True, False])
def test_two_people_save_and_both_texts_are_shown_and_merged(
    new_visit: NewVisit, java_script: bool
) -> None:
    room = Room(new_visit, java_script_enabled=java_script)
    for visit in (room.first, room.second):
        room.open(visit)
    room.second.page.locator("#change_text").fill(BASE.replace("Tag.", "Morgen."))
    room.second.button("Save the words").click()
    room.first.page.locator("#change_text").fill(BASE.replace("Kreis", "Landkreis"))
    room.first.button("Save the words").click()
    expect(room.first.page.locator("h1")).to_contain_text("Zwei Personen")
    assert "Kollegin" in room.first.words
    merged = room.first.page.locator("#change_text")
    both = BASE.replace("Kreis", "Landkreis").replace("Tag.", "Morgen.")
    expect(merged).to_have_value(both)
    room.first.button("Save this text").click()
    room.first.page.locator(".messages").wait_for()
    assert room.stored().text == both
    kept = set(PassageVersion.objects.values_list("text", flat=True))
    assert {BASE, BASE.replace("Tag.", "Morgen."), both} <= kept


def test_what_is_typed_is_kept_without_saving_and_the_other_is_told(new_visit: NewVisit) -> None:
    room = Room(new_visit)
    room.open(room.first)
    field = room.first.page.locator("#change_text")
    field.click()
    field.press("End")
    room.first.page.keyboard.type(" Auch am Abend.")
    said = room.first.page.locator(".editor__said")
    expect(said).to_contain_text("Entwurf", timeout=10_000)
    expect(room.first.page.locator("[data-looks]")).to_contain_text("Auch am Abend.")
    room.open(room.second)
    assert "Officer" in room.second.page.locator("#others").inner_text()
    room.first.page.keyboard.type(" Und nachts.")
    room.first.open("strategy:desk")
    room.open(room.first)
    expect(room.first.page.locator("#change_text")).to_have_value(
        f"{BASE} Auch am Abend. Und nachts."
    )
    assert PassageDraft.objects.count() == 1
    assert room.stored().text == BASE


def test_keys_make_words_stand_out(new_visit: NewVisit) -> None:
    room = Room(new_visit)
    room.open(room.first)
    page = room.first.page
    field = page.locator("#change_text")
    field.fill("Ein Wort")
    field.evaluate("one => one.setSelectionRange(4, 8)")
    field.press("Control+b")
    expect(field).to_have_value("Ein **Wort**")
    field.press("Control+b")
    field.press("Control+z")
    field.fill("Ein **Wort** hier")
    bar = page.get_by_role("toolbar")
    bar.get_by_role("button", name=room.first.say("Bold")).focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.dataset.sign") == "*"
    room.first.button("Save the words").click()
    page.locator(".messages").wait_for()
    assert room.stored().marks == [[4, 8, "strong", ""]]


@pytest.mark.parametrize("java_script", [True, False])
def test_sections_move_by_the_keyboard_and_the_focus_stays(
    new_visit: NewVisit, java_script: bool
) -> None:
    room = Room(new_visit, java_script_enabled=java_script)
    visit = room.first
    visit.open("strategy:outline", room.edition.strategy.slug, room.edition.number)
    second = room.edition.sections.get(title="Bildung und Sprache")
    button = visit.page.locator(f"#up-{second.identity}")
    button.press("Enter")
    told = "[data-live]" if java_script else ".messages"
    expect(visit.page.locator(told)).to_contain_text("weiter oben")
    expect(visit.page.locator(f"#up-{second.identity}")).to_be_focused()
    titles = list(room.edition.sections.order_by("position").values_list("title", flat=True))
    assert titles == ["Bildung und Sprache", "Ausgangslage"]


def test_a_section_is_dragged_in_front_of_another(new_visit: NewVisit) -> None:
    room = Room(new_visit)
    visit = room.first
    visit.open("strategy:outline", room.edition.strategy.slug, room.edition.number)
    entries = visit.page.locator("#arranged > li")
    entries.nth(1).locator("[data-handle]").drag_to(entries.nth(0))
    expect(visit.page.locator("[data-live]")).to_contain_text("verschoben")
    assert room.edition.sections.order_by("position")[0].title == "Bildung und Sprache"
