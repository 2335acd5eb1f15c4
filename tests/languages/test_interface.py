"""The interface in eight languages: addresses, the switch, days and numbers, direction."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.test import Client
from django.utils.translation import override

from richtschnur.ui.languages import BY_CODE, LANGUAGES, direction_of, language_of
from richtschnur.ui.moments import day_in_words, moment_in_words, number_in_words, short_day
from richtschnur.ui.words import capfirst

ON = date(2026, 11, 2)
AT = datetime(2026, 11, 2, 17, 5, tzinfo=UTC)
DAYS = {
    "de": "Montag, 2. November 2026",
    "de-simple": "Montag, 2. November 2026",
    "en": "Monday, 2 November 2026",
    "uk": "2 листопада 2026 (понеділок)",
    "ru": "2 ноября 2026 (понедельник)",
    "ar": "الاثنين، 2 نوفمبر 2026",
    "fa": "دوشنبه 2 نومبر 2026",
    "tr": "2 Kasım 2026 Pazartesi",
}


@pytest.mark.parametrize(("code", "words"), DAYS.items())
def test_a_day_in_each_language(code: str, words: str) -> None:
    with override(code):
        assert day_in_words(ON) == words
        assert "18:05" in moment_in_words(AT)
        assert "2026" in short_day(ON)


def test_short_days_can_not_be_misread() -> None:
    shown = {}
    for code in BY_CODE:
        with override(code):
            shown[code] = short_day(ON)
    assert shown["de"] == "02.11.2026"
    assert shown["en"] == "2 Nov 2026"
    assert not any("/" in day for day in shown.values())


@pytest.mark.parametrize(("code", "number"), [("de", "12.345,6"), ("en", "12,345.6")])
def test_a_number_in_each_language(code: str, number: str) -> None:
    with override(code):
        assert number_in_words(12345.6) == number


def test_digits_are_the_same_everywhere() -> None:
    for code in BY_CODE:
        with override(code):
            told = day_in_words(ON) + short_day(ON) + number_in_words(12345)
            assert set(re.findall(r"\d", told)) <= set("0123456789")


@pytest.mark.parametrize(("code", "capital"), [("tr", "İki"), ("de", "Iki"), ("uk", "Iki")])
def test_a_turkish_i_keeps_its_dot(code: str, capital: str) -> None:
    with override(code):
        assert capfirst("iki") == capital
        assert Template("{{ word|capfirst }}").render(Context({"word": "iki"})) == capital


@pytest.mark.parametrize(
    ("given", "code"),
    [("de_DE", "de"), ("DE-simple", "de-simple"), ("fa-AF", "fa"), ("ar-SY", "ar"), ("xx", "de")],
)
def test_a_tag_leads_to_a_language(given: str, code: str) -> None:
    assert language_of(given).code == code


@pytest.mark.parametrize(
    ("tag", "direction"), [("", "auto"), ("fa-AF", "rtl"), ("ar", "rtl"), ("de-simple", "ltr")]
)
def test_the_direction_of_a_tag(tag: str, direction: str) -> None:
    assert direction_of(tag) == direction


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_each_language_has_its_pages(client: Client, language: object) -> None:
    page = client.get(f"/{language.code}/").content.decode()
    assert f'<html lang="{language.tag}" dir="{language.direction}"' in page
    assert ("kern.rtl.css" in page) == language.is_right_to_left


@pytest.mark.django_db
def test_the_switch_keeps_the_place(client: Client) -> None:
    page = client.get("/en/papers/?show=all&x=1").content.decode()
    switch = page.partition('class="tools__languages"')[2].partition("</ul>")[0]
    found = re.findall(r'href="([^"]*)" hreflang="([^"]*)" lang="([^"]*)" dir="([^"]*)"', switch)
    assert [(tag, lang, dir_) for _url, tag, lang, dir_ in found] == [
        (language.tag, language.tag, language.direction) for language in LANGUAGES
    ]
    assert [url for url, *_rest in found][:4] == [
        "/de/konzepte/?show=all&amp;x=1",
        "/de-simple/konzepte/?show=all&amp;x=1",
        "/en/papers/?show=all&amp;x=1",
        "/uk/papers/?show=all&amp;x=1",
    ]
    assert switch.count('aria-current="true"') == 1
    assert page.count('rel="alternate" hreflang=') >= len(LANGUAGES)
    assert 'hreflang="x-default" href="/de/konzepte/?show=all&amp;x=1"' in page


@pytest.mark.django_db
def test_a_page_that_is_nowhere_leads_home_in_every_language(client: Client) -> None:
    answer = client.get("/uk/nowhere/")
    assert answer.status_code == 404
    assert 'href="/ar/" hreflang="ar"' in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wish", "lands"),
    [
        ("uk", "/uk/"),
        ("fa-AF,de;q=0.5", "/fa/"),
        ("ar-SY,ar;q=0.9,de;q=0.8", "/ar/"),
        ("de-CH", "/de/"),
        ("de-simple", "/de-simple/"),
        ("pl,tr;q=0.7", "/tr/"),
        ("pl", "/de/"),
        ("*;q=9,,x" * 50, "/de/"),
        ("", "/de/"),
    ],
)
def test_the_front_door_asks_the_browser(client: Client, wish: str, lands: str) -> None:
    answer = client.get("/", headers={"accept-language": wish})
    assert answer["Location"] == lands
    assert "Accept-Language" in answer["Vary"]
    assert not answer.cookies


def test_no_template_says_days_by_itself() -> None:
    from pathlib import Path

    package = Path(__file__).parents[2] / "richtschnur"
    told = re.compile(r"\|\s*(date|naturaltime|floatformat):?")
    wrong = [str(p) for p in package.rglob("templates/**/*.html") if told.search(p.read_text())]
    assert wrong == []
    assert told.search('{{ x|date:"SHORT_DATE_FORMAT" }}')
