"""A round stays inside the house: one is planted, and a stranger looks everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.utils.translation import override

from richtschnur.evaluation.models import Point
from richtschnur.evaluation.operations import carry_out
from richtschnur.journal.actors import CLI
from richtschnur.strategy.models import Passage
from richtschnur.strategy.operations import freeze_edition, publish_edition, start_edition
from tests.evaluation.answering import released
from tests.support.clock import SetClock, set_clock
from tests.support.round import Round
from tests.support.world import NOON

__all__ = ["set_clock"]
pytestmark = pytest.mark.django_db

TITLE = "Plan in der Abstimmung"
REMARK = "Vertraulich: Zyklamen im Foyer."
PLANTED = (TITLE, "Zyklamen", "Gesundheitsamt", "Rhododendron")
LINK = re.compile(r'(?:href|src|action)="(/[^"#]*)')


@pytest.fixture
def round_(set_clock: SetClock) -> Round:
    """A remark came, was answered, and has changed an edition that everyone reads."""
    set_clock(NOON)
    made = Round(second_passage="Rhododendron am Weg.")
    client = made.visitor()
    made.remark(client, REMARK)
    made.send(client)
    response = released(made.world, Point.objects.get())
    working = start_edition(predecessor=made.edition, by=CLI, at=NOON)
    first, second = working.passages.order_by("position")[:2]
    carry_out(responses=[response], passage=first, text="Neuer Wortlaut.", by=CLI, at=NOON)
    Passage.objects.filter(pk=second.pk).update(text="Der Weg bleibt grün.")
    working.refresh_from_db()
    frozen = freeze_edition(edition=working, state="for_decision", by=CLI, at=NOON)
    publish_edition(edition=frozen, by=CLI, at=NOON)
    return made


def found_in(client: Client, path: str) -> tuple[list[str], str]:
    """Which planted words an address shows, and its text."""
    answer = client.get(path)
    if answer.status_code != 200 or answer.streaming:
        return [], ""
    text = answer.content.decode(errors="replace")
    return [f"{word} on {path}" for word in PLANTED if word in text], text


def test_who_follows_every_link_finds_nothing_of_it(round_: Round) -> None:
    client, seen, leaks = Client(), set(), []
    waiting = ["/de/", "/en/", "/robots.txt", "/sitemap.xml"]
    # Words that stand beside the planted ones: a result would show those.
    waiting += [f"/en/search/?q={word}" for word in ("Abstimmung", "Weg", "Foyer", "Vertraulich")]
    while waiting and len(seen) < 120:
        path = waiting.pop().replace("&amp;", "&")
        is_text = not re.search(r"/(docx|odt|pdf)/|/static/|^/ui/", path)
        if path in seen or not is_text or path[1:3] not in ("de", "en", "ro", "si"):
            continue
        seen.add(path)
        found, text = found_in(client, path)
        leaks += found
        waiting += LINK.findall(text)
    assert len(seen) > 25
    assert leaks == []


def patterns(resolver: URLResolver, spaces: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{spaces}{entry.namespace}:" if entry.namespace else spaces
            yield from patterns(entry, inner)
        elif entry.name:
            yield f"{spaces}{entry.name}", entry


def test_who_guesses_every_address_finds_nothing_of_it(round_: Round) -> None:
    """Each address of the product with all that one might know of the round but the secret."""
    known = {
        "slug": [round_.consultation.slug, round_.edition.strategy.slug],
        "number": [1, round_.edition.number],
        "pk": [round_.invitation().pk, round_.consultation.pk],
        "identity": [round_.edition.passages.all()[0].identity],
        "key": [round_.consultation.key],
        "secret": [round_.invitation().secret_digest],
        "format": ["md", "json"],
        "language": ["de"],
    }
    client, tried, leaks = Client(), 0, []
    for name, pattern in patterns(get_resolver()):
        wanted = list(pattern.pattern.converters)
        for turn in range(2):
            args = {key: known.get(key, ["1"])[turn % len(known.get(key, ["1"]))] for key in wanted}
            try:
                with override("en"):
                    path = reverse(name, kwargs=args)
            except NoReverseMatch:
                continue
            tried += 1
            leaks += found_in(client, path)[0]
    assert tried > 80
    # The other edition of the same paper is public; it holds other words than the planted ones.
    assert leaks == []


def test_the_search_would_be_caught(round_: Round) -> None:
    """The same look at the page of somebody who may see it finds it."""
    found, _text = found_in(round_.visitor(), round_.page("consultation:read"))
    assert {line.partition(" on ")[0] for line in found} >= {TITLE, "Rhododendron"}


def test_a_comment_of_a_stranger_gets_nowhere(round_: Round, set_clock: SetClock) -> None:
    set_clock(NOON + timedelta(days=1))
    client = Client()
    assert client.post(round_.page("contributions:comment", 1), {"text": "x"}).status_code == 404
    assert client.post(round_.page("contributions:basket"), {"key": "x"}).status_code == 404
