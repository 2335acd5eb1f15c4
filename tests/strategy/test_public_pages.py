"""Papers, editions, passages, changes and downloads as everyone sees them."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from richtschnur.journal.actors import CLI
from richtschnur.strategy.models import Edition
from richtschnur.strategy.operations import (
    add_passage,
    change_passage,
    drop_passage,
    freeze_edition,
    publish_edition,
    start_edition,
)
from tests.support.queries import at_most
from tests.support.world import PASSWORD, World

pytestmark = pytest.mark.django_db


def next_edition(world: World, *, is_published: bool = True) -> Edition:
    """The next one: passage 1 changed, 2 dropped, a new one behind 3."""
    edition = start_edition(predecessor=world.edition, by=CLI, at=world.at)
    first, second, third, *_rest = edition.passages.order_by("position")
    change_passage(passage=first, text="Absatz 1 mit anderen Wörtern.", by=CLI, at=world.at)
    drop_passage(passage=second, reason="Steht schon in Absatz 1.", by=CLI, at=world.at)
    add_passage(after=third, text="Der Bus am Abend.", by=CLI, at=world.at)
    edition = freeze_edition(edition=edition, state="for_decision", by=CLI, at=world.at)
    return publish_edition(edition=edition, by=CLI, at=world.at) if is_published else edition


def address(name: str, edition: Edition, *more: object) -> str:
    return reverse(f"strategy:{name}", args=[edition.strategy.slug, edition.number, *more])


def test_what_is_not_published_is_for_staff_alone(client: Client) -> None:
    world = World()
    hidden = next_edition(world, is_published=False)
    pages = [address("edition", hidden), address("passage", hidden, 1)]
    pages += [address("changes", hidden), address("download", hidden, "md")]
    assert [client.get(page).status_code for page in pages] == [404] * 4
    assert client.login(username=world.officer.login, password=PASSWORD)
    assert [client.get(page).status_code for page in pages] == [200] * 4


def test_a_passage_shows_its_line_through_the_editions(client: Client) -> None:
    world = World()
    later = next_edition(world)
    page = client.get(address("passage", world.edition, 1)).content.decode()
    assert address("passage", later, 1) in page
    gone = client.get(address("passage", world.edition, 2)).content.decode()
    assert "Steht schon in Absatz 1." in gone
    assert client.get(address("passage", world.edition, 99)).status_code == 404


@pytest.mark.parametrize("view", ["", "inline"])
def test_changes_show_each_fate_and_reason(client: Client, view: str) -> None:
    world = World()
    later = next_edition(world)
    page = client.get(address("changes", later), {"view": view}).content.decode()
    assert "<ins>" in page
    assert "<del>" in page
    assert "Der Bus am Abend." in page
    assert "Steht schon in Absatz 1." in page
    assert "Absatz 3: Der Kreis" not in page
    everything = client.get(address("changes", later), {"view": view, "show": "all"})
    assert "Absatz 3" in everything.content.decode()
    assert client.get(address("changes", later), {"with": "7"}).status_code == 404
    assert client.get(address("changes", world.edition)).status_code == 200


@pytest.mark.parametrize("format", ["docx", "odt", "pdf", "md", "html", "json"])
def test_published_editions_can_be_downloaded(client: Client, format: str) -> None:
    world = World()
    response = client.get(address("download", world.edition, format))
    assert response.status_code == 200
    name = f"{world.edition.strategy.slug}-1.{format}"
    assert name in response["Content-Disposition"]
    assert len(b"".join(response.streaming_content)) > 200
    assert client.get(address("download", world.edition, "exe")).status_code == 404


def test_queries_do_not_grow_with_the_paper(client: Client) -> None:
    world = World(paragraphs=100)
    later = next_edition(world)
    for page in ("edition", "changes"):
        with at_most(15):
            assert client.get(address(page, later)).status_code == 200
    with at_most(15):
        client.get(address("passage", later, 3))


def test_the_list_shows_every_published_edition(client: Client) -> None:
    empty = client.get(reverse("strategy:list"))
    assert empty.status_code == 200
    world = World()
    later = next_edition(world)
    page = client.get(reverse("strategy:list")).content.decode()
    assert address("edition", later) in page
    assert address("edition", world.edition) in page
