"""Contents, neighbours and places above a page in the reader's language, where it is translated."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from richtschnur.consultation.models import Consultation
from richtschnur.consultation.operations import open_consultation
from richtschnur.documents.structure import Outline, OutlinePassage, OutlineSection
from richtschnur.journal.actors import CLI
from richtschnur.strategy.models import Edition, Section
from richtschnur.strategy.operations import (
    change_section,
    keep_outline,
    publish_edition,
    start_edition,
)
from richtschnur.strategy.queries import contents_in, contents_of
from richtschnur.strategy.queries.in_language import heading_source
from richtschnur.translation.operations import keep_translation
from tests.support.clock import SetClock, set_clock
from tests.support.queries import at_most
from tests.support.world import NOON

__all__ = ["set_clock"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
BESIDE = re.compile(r'<nav [^>]*lang="\w+"[^>]*><ol>.*?</nav>', re.DOTALL)
ALONE = re.compile(r'<div class="outline outline--alone".*?</section>', re.DOTALL)


def section(title: str, number: str, level: int, size: int) -> OutlineSection:
    passages = [OutlinePassage("paragraph", f"{title}, Satz {n}.", 0, "") for n in range(size)]
    return OutlineSection(title, number, level, tuple(passages))


def edition_of(chapters: int, size: int) -> Edition:
    """Chapters of two parts of `size` passages each, under the paper's own title."""
    parts = [section("Konzept", "", 1, 1)]
    for chapter in range(1, chapters + 1):
        parts.append(section(f"Kapitel {chapter}", f"{chapter}.", 1, 0))
        for part in (1, 2):
            parts.append(section(f"Teil {chapter}-{part}", f"{chapter}.{part}", 2, size))
    outline = Outline(title="Konzept", sections=tuple(parts), elements=(), doubts=())
    return keep_outline(outline=outline, by=CLI, at=NOON)


def opened(chapters: int, size: int) -> Consultation:
    made = open_consultation(
        on=edition_of(chapters, size),
        opens_at=NOON - timedelta(days=1),
        closes_at=NOON + timedelta(days=9),
        audience="public",
        by=CLI,
        at=NOON - timedelta(days=1),
    )
    assert made.edition is not None
    publish_edition(edition=made.edition, by=CLI, at=NOON)
    return made


def translate(heading: Section, text: str, language: str = "ar") -> None:
    source = heading_source(heading, "de")
    keep_translation(source=source, language=language, text=text, by=CLI, at=NOON)


def read(client: Client, name: str, *keys: object, language: str = "ar") -> str:
    with override(language):
        address = reverse(name, args=keys)
    answer = client.get(address)
    assert answer.status_code == 200
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode()


def listed(page: str) -> str:
    """The table of contents, whatever language its label is in."""
    found = BESIDE.search(page) or ALONE.search(page)
    assert found is not None
    return found[0]


def pages(consultation: Consultation, *, is_long: bool) -> list[tuple[object, ...]]:
    edition = consultation.edition
    assert edition is not None
    keys = (edition.strategy.slug, edition.number)
    shown: list[tuple[object, ...]] = [
        ("strategy:edition", *keys),
        ("strategy:whole", *keys),
        ("consultation:read", consultation.slug),
    ]
    if is_long:
        shown.append(("strategy:section", *keys, 4))
        shown.append(("consultation:section", consultation.slug, 4))
    return shown


@pytest.mark.parametrize(("chapters", "size"), [(3, 4), (4, 40)])
def test_contents_stand_in_the_reader_s_language(
    client: Client, set_clock: SetClock, chapters: int, size: int
) -> None:
    consultation = opened(chapters, size)
    set_clock(NOON)
    edition = consultation.edition
    assert edition is not None
    assert contents_of(edition).is_long == (size == 40)
    translate(edition.sections.get(number="1."), "الفصل <الأول>")
    for page in pages(consultation, is_long=size == 40):
        html = listed(read(client, *page))
        assert re.match(r"<(nav|div) [^>]*lang=\"ar\" dir=\"rtl\">", html), page
        assert ">1. الفصل &lt;الأول&gt;</a>" in html, page
        assert '<span lang="de" dir="ltr">2. Kapitel 2</span></a>' in html, page
        assert "Kapitel 1" not in html, page


@pytest.mark.parametrize("language", ["de", "tr"])
def test_where_nothing_is_translated_contents_stay_german(
    client: Client, set_clock: SetClock, language: str
) -> None:
    consultation = opened(4, 40)
    set_clock(NOON)
    edition = consultation.edition
    assert edition is not None
    translate(edition.sections.get(number="1."), "الفصل الأول")
    for page in pages(consultation, is_long=True):
        html = listed(read(client, *page, language=language))
        assert re.match(r"<(nav|div) [^>]*lang=\"de\" dir=\"ltr\">", html), page
        assert ">1. Kapitel 1</a>" in html, page
        assert "الفصل" not in html, page


def test_neighbours_and_places_stand_in_the_reader_s_language(
    client: Client, set_clock: SetClock
) -> None:
    consultation = opened(4, 40)
    set_clock(NOON)
    edition = consultation.edition
    assert edition is not None
    for number, text in (("2.", "الفصل الثاني"), ("2.2", "الجزء"), ("1.2", "الجزء السابق")):
        translate(edition.sections.get(number=number), text)
    at = edition.sections.get(number="2.1").position
    page = contents_of(edition).page_with(position=at)
    assert page is not None
    for keys in (
        ("strategy:section", edition.strategy.slug, edition.number, page.position),
        ("consultation:section", consultation.slug, page.position),
    ):
        html = read(client, *keys)
        before = html.partition('rel="prev"')[2].partition("</a>")[0]
        assert '<span lang="ar" dir="rtl">1.2 الجزء السابق</span>' in before
        after = html.partition('rel="next"')[2].partition("</a>")[0]
        assert '<span lang="ar" dir="rtl">2.2 الجزء</span>' in after
        inner = read(client, *keys[:-1], edition.sections.get(number="2.2").position)
        place = inner.partition('class="passage-place"')[2].partition("</p>")[0]
        assert '<span lang="ar" dir="rtl">2. الفصل الثاني</span>' in place
        assert "<title>2.2 الجزء" in inner
        onwards = inner.partition('rel="next"')[2].partition("</a>")[0]
        assert '<span lang="de" dir="ltr">3. Kapitel 3</span>' in onwards


def test_a_heading_that_has_changed_since_stands_in_german() -> None:
    edition = opened(3, 4).edition
    assert edition is not None
    translate(edition.sections.get(number="1."), "Chapter one", "en")
    translate(edition.sections.get(number="2."), "Chapter two", "en")
    following = start_edition(predecessor=edition, by=CLI, at=NOON)
    first = following.sections.get(number="1.")
    change_section(section=first, title="Ganz anders", number="1.", by=CLI, at=NOON)
    shown = [heading.shown for heading in contents_in("en", following).headings]
    assert "1. Ganz anders" in shown
    assert "2. Chapter two" in shown
    assert "1. Chapter one" in [heading.shown for heading in contents_in("en", edition).headings]


def test_unknown_languages_are_read_as_german() -> None:
    edition = opened(3, 4).edition
    assert edition is not None
    translate(edition.sections.get(number="1."), "Chapter one", "en")
    for code in ("xx", "", None):
        contents = contents_in(code, edition)
        assert contents.tag == ""
        assert [h.shown for h in contents.headings] == [h.title for h in contents.headings]


def test_one_query_more_whatever_the_size(client: Client, set_clock: SetClock) -> None:
    for chapters in (4, 20):
        consultation = opened(chapters, 40)
        set_clock(NOON)
        edition = consultation.edition
        assert edition is not None
        for heading in edition.sections.exclude(number=""):
            translate(heading, f"عنوان {heading.number}")
        with at_most(1):
            contents_in("de", edition)
        with at_most(2):
            contents_in("ar", edition)
        for page in pages(consultation, is_long=True):
            with at_most(15):
                read(client, *page)
