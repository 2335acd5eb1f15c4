"""Footnotes of translated passages: their signs lead to the note, and the note back to the sign."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from richtschnur.documents.marks import Mark
from richtschnur.documents.structure import Outline, OutlinePassage, OutlineSection
from richtschnur.journal.actors import CLI
from richtschnur.strategy.models import Edition, Passage
from richtschnur.strategy.operations import freeze_edition, keep_outline, publish_edition
from richtschnur.strategy.queries import show_passage_in
from richtschnur.strategy.queries.in_language import source_of
from richtschnur.strategy.queries.notes import notes_of
from richtschnur.translation.operations import keep_translation
from tests.support.queries import at_most
from tests.support.world import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
WORDS = "Der Kreis zählt viele Vereine und Verbände."
ARABIC = "في المنطقة جمعيات كثيرة."


@pytest.fixture
def edition() -> Edition:
    """A paragraph (1) with two footnotes (2, 3), and one (4) with a footnote of its own (5)."""
    first = (Mark(9, 9, "note", "1"), Mark(28, 28, "note", "2"))
    passages = (
        OutlinePassage("paragraph", WORDS, 0, "", first),
        OutlinePassage("note", "Stand 2026.", 0, "1"),
        OutlinePassage("note", "Ohne Sportvereine.", 0, "2"),
        OutlinePassage("paragraph", "Mehr davon.", 0, "", (Mark(4, 4, "note", "3"),)),
        OutlinePassage("note", "Siehe oben.", 0, "3"),
    )
    outline = Outline("Konzept", (OutlineSection("Lage", "1", 1, passages),), (), ())
    made = keep_outline(outline=outline, by=CLI, at=NOON)
    frozen = freeze_edition(edition=made, state="for_decision", by=CLI, at=NOON)
    return publish_edition(edition=frozen, by=CLI, at=NOON)


def passage(edition: Edition, number: int) -> Passage:
    return edition.passages.select_related("edition__strategy").get(number=number)


def translate(edition: Edition, number: int, text: str, *marks: Mark) -> None:
    source = source_of(passage(edition, number), "de")
    keep_translation(source=source, language="ar", text=text, marks=marks, by=CLI, at=NOON)


def read(client: Client, edition: Edition, name: str, *more: object) -> str:
    with override("ar"):
        address = reverse(f"strategy:{name}", args=[edition.strategy.slug, edition.number, *more])
    answer = client.get(address)
    assert answer.status_code == 200
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode()


PAGES = [("edition",), ("whole",), ("passage", 1), ("print",)]


def assert_sound(html: str) -> None:
    """Every id once, and every link on the page to one of them."""
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids)), sorted(i for i in ids if ids.count(i) > 1)
    places = re.findall(r'href="#(p\d+[^"]*)"', html)
    assert places
    assert not set(places) - set(ids)


def shown(html: str) -> str:
    """The page as one reads it first: without the originals behind the translations."""
    return re.sub(r'<details class="original">.*?</details>', "", html, flags=re.DOTALL)


@pytest.mark.parametrize("page", PAGES)
def test_signs_and_notes_lead_to_one_another(
    client: Client, edition: Edition, page: tuple[object, ...]
) -> None:
    # In Arabic the second sign stands first.
    translate(edition, 1, ARABIC, Mark(3, 3, "note", "2"), Mark(10, 10, "note", "1"))
    translate(edition, 2, "حتى عام 2026.")
    html = read(client, edition, *page)
    assert_sound(html)
    first = shown(html) if page != ("print",) else html
    assert '<a id="p1t-n2" href="#p2" role="doc-noteref">' in first
    assert '<a id="p1t-n1" href="#p3" role="doc-noteref">' in first
    # The note in Arabic, and the one that stands in German in its place.
    assert re.search(r"حتى عام 2026\..*?href=\"#p1t-n2\"", first)
    assert re.search(r"Ohne Sportvereine\..*?href=\"#p1t-n1\"", first)
    # Behind them stands the original with its own ways.
    assert '<a id="p1-n1" href="#p2" role="doc-noteref">' in html
    assert re.search(r"Stand 2026\..*?href=\"#p1-n1\"", html)


def test_a_translated_note_leads_back_to_an_untranslated_sign(
    client: Client, edition: Edition
) -> None:
    translate(edition, 5, "انظر أعلاه.")
    html = read(client, edition, "edition")
    assert_sound(html)
    assert re.search(r"انظر أعلاه\..*?href=\"#p4-n1\"", shown(html))
    assert 'id="p4-n1"' in shown(html)


def test_without_its_sign_in_the_translation_a_note_leads_to_the_original(
    client: Client, edition: Edition
) -> None:
    translate(edition, 4, "المزيد.", Mark(2, 2, "note", "9"))  # a sign that is nobody's
    html = read(client, edition, "edition")
    assert_sound(html)
    assert '<sup class="note-sign">9</sup>' in shown(html)
    assert re.search(r"Siehe oben\..*?href=\"#p4-n1\"", html)


def test_print_shows_original_and_translation_once(client: Client, edition: Edition) -> None:
    translate(edition, 1, ARABIC)
    html = read(client, edition, "print")
    assert html.count(ARABIC) == 1
    assert html.count("zählt") == 1
    assert "<details" not in html


def test_one_query_for_a_lone_passage_and_its_notes(edition: Edition) -> None:
    translate(edition, 1, ARABIC, Mark(3, 3, "note", "2"))
    translate(edition, 2, "حتى عام 2026.")
    one = passage(edition, 1)
    notes = notes_of(one)
    with at_most(1):
        found = show_passage_in("ar", one, notes)
    assert found is not None
    assert (found.translated, found.missing) == (2, 1)
