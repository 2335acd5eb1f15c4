"""The front page and the county's own pages."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from richtschnur.county.operations import write_page
from richtschnur.journal.actors import CLI
from tests.support.clock import SetClock, set_clock
from tests.support.queries import at_most
from tests.support.world import World

__all__ = ["set_clock"]
pytestmark = pytest.mark.django_db


def test_the_empty_portal_says_what_will_be_here(client: Client) -> None:
    assert client.get("/").status_code == 302
    assert client.get(reverse("publishing:portal")).status_code == 200


def test_what_is_open_comes_first(client: Client, set_clock: SetClock) -> None:
    world = World()
    set_clock(world.at)
    read = reverse("consultation:read", args=[world.consultation.slug])
    with at_most(8):
        page = client.get(reverse("publishing:portal")).content.decode()
    assert page.index(read) < page.index(
        reverse("strategy:edition", args=[world.edition.strategy.slug, world.edition.number])
    )
    set_clock(world.consultation.closes_at + timedelta(days=1))
    assert read in client.get(reverse("publishing:portal")).content.decode()


@pytest.mark.parametrize("slug", ["imprint", "privacy", "accessibility", "netiquette"])
def test_own_pages_are_shown_or_said_to_be_missing(client: Client, slug: str) -> None:
    world = World()
    address = reverse("publishing:page", args=[slug])
    assert client.get(address).status_code == 200
    body = "## Wer\n\n<script>alert(1)</script> **fett**"
    write_page(slug=slug, language="de", title="Seite", body=body, by=CLI, at=world.at)
    page = client.get(address).content.decode()
    assert "<strong>fett</strong>" in page
    assert "<script>alert" not in page
    assert address in client.get(reverse("publishing:portal")).content.decode()
    assert client.get(reverse("publishing:page", args=["other"])).status_code == 404
