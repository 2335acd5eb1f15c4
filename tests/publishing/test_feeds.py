"""Feeds, the map of the site and what stands in a page's head for other programs."""

from __future__ import annotations

import json
import re
from html import unescape
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse

from richtschnur.county.operations import set_up_county
from richtschnur.journal.actors import CLI
from richtschnur.strategy.models import Edition
from richtschnur.strategy.operations import keep_outline, start_edition
from tests.strategy.test_reading_by_section import long_edition, long_outline
from tests.support.queries import at_most
from tests.support.world import NOON, World, person

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def address(name: str, edition: Edition, *more: object) -> str:
    return reverse(f"strategy:{name}", args=[edition.strategy.slug, edition.number, *more])


def feed(client: Client, name: str, *keys: str) -> ElementTree.Element:
    response = client.get(reverse(f"publishing:{name}", args=keys))
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(response.content)


def data_of(page: str) -> dict:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(found[1])


def test_the_feed_has_what_atom_asks_for(client: Client) -> None:
    set_up_county(name="Landkreis <Probe> & Co", by=CLI, at=NOON)
    world = World()
    found = feed(client, "feed")
    for element in (found, *found.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert element.findtext(f"{ATOM}{name}")
    assert found.findtext(f"{ATOM}author/{ATOM}name") == "Landkreis <Probe> & Co"
    links = {link.get("rel"): link.get("href") for link in found.findall(f"{ATOM}link")}
    assert links["self"] == f"http://testserver{reverse('publishing:feed')}"
    ids = [entry.findtext(f"{ATOM}id") for entry in found.iter(f"{ATOM}entry")]
    assert ids == [f"http://testserver{address('edition', world.edition)}"]


def test_a_papers_feed_tells_of_it_alone_and_never_of_a_draft(client: Client) -> None:
    first, other = long_edition(), World().edition
    draft = start_edition(predecessor=first, by=CLI, at=NOON)
    texts = ElementTree.tostring(feed(client, "paper_feed", first.strategy.slug)).decode()
    assert address("edition", first) in texts
    assert address("edition", draft) not in texts
    assert address("edition", other) not in texts
    hidden = keep_outline(outline=long_outline(), by=CLI, at=NOON)
    missing = reverse("publishing:paper_feed", args=[hidden.strategy.slug])
    assert client.get(missing).status_code == 404


def test_pages_name_their_feeds(client: Client) -> None:
    edition = long_edition()
    for page, name, keys in (
        (reverse("publishing:portal"), "feed", []),
        (reverse("strategy:list"), "feed", []),
        (address("edition", edition), "paper_feed", [edition.strategy.slug]),
        (address("section", edition, 0), "paper_feed", [edition.strategy.slug]),
    ):
        text = client.get(page).content.decode()
        assert 'type="application/atom+xml"' in text
        assert f'href="{reverse(f"publishing:{name}", args=keys)}"' in text


def test_schema_org_says_what_it_is_and_what_it_is_part_of(client: Client) -> None:
    edition = long_edition()
    report = data_of(client.get(address("edition", edition)).content.decode())
    assert (report["@type"], report["version"], report["inLanguage"]) == ("Report", "1", "de")
    assert report["identifier"] == f"sha256:{edition.checksum}"
    assert report["datePublished"] == "2026-11-02"
    short = World().edition
    assert "hasPart" not in data_of(client.get(address("edition", short)).content.decode())
    chapters = [part["url"] for part in report["hasPart"]]
    assert f"http://testserver{address('section', edition, 0)}" in chapters
    chapter = data_of(client.get(chapters[1].removeprefix("http://testserver")).content.decode())
    assert chapter["@type"] == "Chapter"
    assert chapter["isPartOf"]["@id"] == report["@id"]
    passage = edition.passages.get(number=2)
    lasting = reverse("strategy:identity", args=[edition.strategy.slug, passage.identity])
    alone = data_of(client.get(address("passage", edition, 2)).content.decode())
    assert alone["@id"] == f"http://testserver{lasting}"
    assert alone["text"] == passage.text


def test_words_of_a_paper_cannot_leave_the_data_block(client: Client) -> None:
    outline = long_outline(1, 1, 2)
    evil = "</script><script>alert(1)</script><!--"
    edition = long_edition(
        type(outline)(title=evil, sections=outline.sections, elements=(), doubts=())
    )
    page = client.get(address("edition", edition)).content.decode()
    assert evil not in page
    assert data_of(page)["name"] == evil


def test_cards_have_title_description_locale_and_only_our_own_pictures(client: Client) -> None:
    world = World()
    for page in (
        reverse("publishing:portal"),
        address("edition", world.edition),
        reverse("consultation:read", args=[world.consultation.slug]),
    ):
        text = client.get(page).content.decode()
        marks = dict(re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)"', text))
        assert marks["og:locale"] == "de_DE"
        assert marks["og:title"]
        assert marks["og:description"]
        assert unescape(marks["og:url"]) == f"http://testserver{page}"
        assert "og:image" not in marks
        assert f'rel="canonical" href="http://testserver{page}"' in text


def test_what_is_not_published_says_nothing_to_other_programs(client: Client) -> None:
    draft = keep_outline(outline=long_outline(1, 1, 2), by=CLI, at=NOON)
    client.force_login(person("officer", "administration"))
    page = client.get(address("edition", draft)).content.decode()
    assert "ld+json" not in page
    assert "og:title" not in page


def test_the_map_holds_public_pages_only_and_robots_name_it(client: Client) -> None:
    edition = long_edition()
    draft = start_edition(predecessor=edition, by=CLI, at=NOON)
    found = ElementTree.fromstring(client.get("/sitemap.xml").content)
    addresses = [place.text or "" for place in found.iter(f"{MAP}loc")]
    assert f"http://testserver{address('edition', edition)}" in addresses
    assert f"http://testserver{address('section', edition, 0)}" in addresses
    assert f"http://testserver{address('edition', draft)}" not in addresses
    assert all(
        client.get(each.removeprefix("http://testserver")).status_code == 200 for each in addresses
    )
    assert "Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").content.decode()


def test_feeds_ask_the_same_number_of_queries(client: Client) -> None:
    for _count in range(3):
        long_edition(long_outline(1, 1, 2))
    with at_most(7):
        feed(client, "feed")
