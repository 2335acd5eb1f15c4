"""Readers see a paper in their language: what is there, in which state, and German beside it."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from richtschnur.journal.actors import CLI
from richtschnur.strategy.models import Edition, Passage
from richtschnur.strategy.operations import change_passage, publish_edition, start_edition
from richtschnur.strategy.queries import read_edition, show_in, translations_of
from richtschnur.strategy.queries.in_language import kind_of_plain, source_of, sources_of
from richtschnur.translation.operations import (
    Draft,
    check_translation,
    keep_drafts,
    keep_translation,
)
from tests.support.world import NOON, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def world() -> World:
    made = World()
    publish_edition(edition=made.edition, by=CLI, at=NOON)
    made.edition.refresh_from_db()
    return made


def passages(edition: Edition) -> list[Passage]:
    return list(edition.passages.order_by("position"))


def translate(passage: Passage, text: str, language: str = "ar"):  # type: ignore[no-untyped-def]
    return keep_translation(
        source=source_of(passage, "de"), language=language, text=text, by=CLI, at=NOON
    )


def read(client: Client, name: str, *keys: object, language: str = "ar") -> str:
    with override(language):
        address = reverse(name, args=keys)
    answer = client.get(address)
    assert answer.status_code == 200
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode()


def pages(world: World) -> list[tuple[object, ...]]:
    edition = (world.edition.strategy.slug, world.edition.number)
    return [
        ("strategy:edition", *edition),
        ("strategy:whole", *edition),
        ("strategy:passage", *edition, 1),
        ("consultation:read", world.consultation.slug),
    ]


def test_each_reading_page_shows_it_with_its_direction(client: Client, world: World) -> None:
    translate(passages(world.edition)[0], "الفقرة الأولى")
    for page in pages(world):
        html = read(client, *page)
        shown = html.partition('class="translated"')[2]
        assert shown.startswith(' lang="ar" dir="rtl">'), page
        assert "الفقرة الأولى" in shown, page
        original = shown.partition('<details class="original')[2].partition("</details>")[0]
        assert "Absatz 1: Der Kreis" in original, page
        assert 'class="note reading-aid"' in html, page


def test_german_readers_see_nothing_of_it(client: Client, world: World) -> None:
    translate(passages(world.edition)[0], "الفقرة الأولى")
    for page in pages(world):
        html = read(client, *page, language="de")
        assert "reading-aid" not in html
        assert "الفقرة" not in html


def test_words_of_a_translation_are_text(client: Client, world: World) -> None:
    translate(passages(world.edition)[0], "<script>alert(1)</script>")
    html = read(client, *pages(world)[0])
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_the_notice_says_what_one_reads(client: Client, world: World) -> None:
    first, second, *rest = passages(world.edition)
    draft = Draft(source_of(first, "de"), "Passage 1.")
    keep_drafts(drafts=[draft], language="en", machine="M", about="x", by=CLI, at=NOON)
    html = read(client, *pages(world)[0], language="en")
    assert "German is binding; this translation is a reading aid." in html
    assert "Parts were made by a machine and nobody has checked them." in html
    assert f"{1 + len(rest)} passages are not translated and stand in German." in html
    assert "Made by a machine, not checked." in html
    kept = translate(second, "Passage 2.", "en")
    check_translation(
        translation=kept, version=kept.version, checker="Migration office", by=CLI, at=NOON
    )
    html = read(client, *pages(world)[0], language="en")
    assert "Checked by Migration office on Monday, 2 November 2026." in html


def test_a_paper_without_translations_says_so(client: Client, world: World) -> None:
    html = read(client, *pages(world)[0], language="en")
    assert "It has not been translated into this language yet." in html
    assert 'class="translated' not in html


def test_a_changed_passage_shows_its_former_translation_marked(
    client: Client, world: World
) -> None:
    first = passages(world.edition)[0]
    translate(first, "Passage 1.", "en")
    following = start_edition(predecessor=world.edition, by=CLI, at=NOON)
    change_passage(passage=passages(following)[0], text="Ganz andere Worte.", by=CLI, at=NOON)
    found = show_in("en", following, read_edition(following))
    assert found is not None
    assert (found.outdated, found.translated) == (1, 1)
    assert translations_of(following, "en") == {}
    # The frozen edition keeps what belongs to its words.
    kept = translations_of(world.edition, "en")
    assert [translation.text for translation in kept.values()] == ["Passage 1."]
    html = read(client, *pages(world)[0], language="en")
    assert "translated--outdated" not in html
    client.force_login(world.officer)
    html = read(
        client, "strategy:edition", following.strategy.slug, following.number, language="en"
    )
    assert "translated--outdated" in html
    assert "Older than the German text" in html


def test_leichte_sprache_is_said_of_what_a_group_has_checked(world: World) -> None:
    states = []
    for passage in passages(world.edition):
        kept = translate(passage, "Kurze Sätze.", "de-simple")
        check_translation(
            translation=kept, version=kept.version, checker="Gruppe", by_group=True, by=CLI, at=NOON
        )
    found = show_in("de-simple", world.edition, read_edition(world.edition))
    assert found is not None
    states.append(found.kind)
    translate(passages(world.edition)[0], "Kurze Sätze, neu.", "de-simple")
    found = show_in("de-simple", world.edition, read_edition(world.edition))
    assert found is not None
    states.append(found.kind)
    with override("en"):
        assert "Leichte Sprache" in states[0]
        assert "Leichte Sprache" not in states[1]
        assert kind_of_plain(found.states) == states[1]


def test_one_query_for_all_translations(
    client: Client, world: World, django_assert_num_queries: object
) -> None:
    sections = read_edition(world.edition)
    for passage in passages(world.edition):
        translate(passage, "x", "en")
    with django_assert_num_queries(1):  # type: ignore[operator]
        show_in("en", world.edition, sections)


def test_sources_are_in_reading_order(world: World) -> None:
    names = [re.sub(r":.*", "", source.subject) for source in sources_of(world.edition)]
    assert names[0] == "edition-title"
    assert names[1] == "section"
    assert names.count("passage") == world.edition.passages.count()


def test_files_in_a_language_are_offered_when_something_is_told_in_it(
    client: Client, world: World
) -> None:
    page = ("strategy:edition", world.edition.strategy.slug, world.edition.number)
    assert "?language=ar" not in read(client, *page)
    translate(passages(world.edition)[0], "الفقرة الأولى")
    assert "?language=ar" in read(client, *page)
    assert "?language=tr" not in read(client, *page, language="tr")
