"""The search page: the same on both databases, only what may be seen, filters as addresses."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from richtschnur.documents.structure import Outline, OutlineElement, OutlinePassage, OutlineSection
from richtschnur.journal.actors import CLI
from richtschnur.search.models import SearchDocument, SearchScope
from richtschnur.search.operations import NewDocument, NewScope, index_scope
from richtschnur.search.queries import Filters, loaded, search
from richtschnur.strategy.models import Edition
from richtschnur.strategy.operations import (
    change_passage,
    freeze_edition,
    index_stale,
    keep_outline,
    publish_edition,
    start_edition,
)
from tests.support.queries import at_most
from tests.support.world import NOON, person

pytestmark = pytest.mark.django_db
TEXTS = (
    "Die Sprachförderung beginnt in der Kita.",
    "Der Landkreis fördert Kurse in der deutschen Sprache.",
    "Es fehlen Kinderbetreuungsplätze in Hagenwerth.",
    "Forderungen der Verbände werden geprüft.",
    "Der Bus fährt am Abend nicht mehr.",
)


def outline(title: str = "Integrationskonzept", texts: tuple[str, ...] = TEXTS) -> Outline:
    passages = tuple(OutlinePassage("paragraph", text, 0, "") for text in texts)
    return Outline(
        title=title,
        sections=(OutlineSection("Bildung und Sprache", "1.", 1, passages),),
        elements=(
            OutlineElement("guideline", "Bildung und Sprache", 0, None, 0, 19, None, 1.0),
            OutlineElement("measure", texts[0], 0, 0, 0, len(texts[0]), 0, 1.0),
        ),
        doubts=(),
    )


def published(title: str = "Integrationskonzept", texts: tuple[str, ...] = TEXTS) -> Edition:
    edition = keep_outline(outline=outline(title, texts), by=CLI, at=NOON)
    frozen = freeze_edition(edition=edition, state="for_decision", by=CLI, at=NOON)
    return publish_edition(edition=frozen, by=CLI, at=NOON)


def page(client: Client, **query: str) -> str:
    response = client.get(reverse("search:results"), query)
    assert response.status_code == 200
    return response.content.decode()


def found(text: str, *, sees_hidden: bool = False, **filters: str) -> list[str]:
    documents = search(text, filters=Filters(**filters), sees_hidden=sees_hidden).documents
    return [document.text or document.title for document in loaded(documents)]


def test_ids_and_order_are_the_same_on_every_database() -> None:
    """Both runs of the tests compare with the one list that stands here."""
    published()
    assert found("Sprache fördern") == [TEXTS[1], TEXTS[0]]
    assert found("Sprachförderung") == [TEXTS[0], TEXTS[1]]
    assert found("Sprache") == ["1. Bildung und Sprache", TEXTS[1], TEXTS[0]]
    assert found("betreuungsplatz") == [TEXTS[2]]
    assert found("Forderung") == [TEXTS[3]]
    assert found("Zug") == []


def test_the_database_itself_narrows_the_rows() -> None:
    published()
    index = "search_fulltext" if connection.vendor == "sqlite" else "search_document_tokens"
    table = "sqlite_master" if connection.vendor == "sqlite" else "pg_indexes"
    column = "name" if connection.vendor == "sqlite" else "indexname"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table} WHERE {column} = %s", [index])
        assert cursor.fetchone()[0] == 1


def test_what_is_not_public_is_never_found(client: Client) -> None:
    edition = published()
    draft = start_edition(predecessor=edition, by=CLI, at=NOON)
    first = draft.passages.order_by("position").first()
    change_passage(passage=first, text="Geheimes über den Tunnel.", by=CLI, at=NOON)
    assert index_stale() == 1
    assert "Geheimes" not in page(client, q="Tunnel")
    assert "Geheimes" not in page(client, q="Tunnel", edition="all")
    assert "Geheimes" not in page(client, q="Tunnel", edition=f"edition:{draft.ref}")
    assert "not public" not in page(client, q="Sprache")
    client.force_login(person("officer", "administration"))
    assert "Geheimes" in page(client, q="Tunnel")


def test_after_a_change_the_old_words_are_gone(client: Client) -> None:
    edition = published()
    draft = start_edition(predecessor=edition, by=CLI, at=NOON)
    index_stale()
    first = draft.passages.order_by("position").first()
    before = SearchDocument.objects.get(scope__key=f"edition:{draft.ref}", text=TEXTS[1]).pk
    change_passage(passage=first, text="Geheimes über den Tunnel.", by=CLI, at=NOON)
    index_stale()
    key = f"edition:{draft.ref}"
    assert found("Kita", sees_hidden=True, scope=key) == []
    assert found("Tunnel", sees_hidden=True, scope=key) == ["Geheimes über den Tunnel."]
    assert SearchDocument.objects.get(scope__key=key, text=TEXTS[1]).pk == before  # left alone
    assert index_stale() == 0


def test_found_words_are_marked_and_lead_to_their_place(client: Client) -> None:
    edition = published(texts=("Die <b>Sprachförderung</b> & mehr.", *TEXTS[1:]))
    shown = page(client, q="Förderung")
    assert "&lt;b&gt;<mark>Sprachförderung</mark>&lt;/b&gt; &amp; mehr." in shown
    assert reverse("strategy:at", args=[edition.strategy.slug, 1, 1]) in shown


def test_filters_are_addresses(client: Client) -> None:
    first = published()
    published("Sportkonzept", ("Sprache im Verein.",))
    assert len(found("Sprache")) == 5  # the headings too
    shown = page(client, q="Sprache", paper=first.strategy.slug, kind="measure")
    assert TEXTS[0].partition("S")[0] in shown
    assert "Sprache im Verein." not in re.sub("</?mark>", "", shown)
    assert found("Sprache", family=first.strategy.slug, kind="measure") == [TEXTS[0]]
    assert found("Sprache", family="sportkonzept", kind="measure") == ["Sprache im Verein."]


def test_the_newest_edition_first_and_the_others_counted(client: Client) -> None:
    first = published()
    second = start_edition(predecessor=first, by=CLI, at=NOON)
    second = freeze_edition(edition=second, state="for_decision", by=CLI, at=NOON)
    publish_edition(edition=second, by=CLI, at=NOON.replace(hour=14))
    documents = search("Kita", filters=Filters(), sees_hidden=False)
    assert [d.scope.key for d in loaded(documents.documents)] == [f"edition:{second.ref}"]
    assert [(scope.key, count) for scope, count in documents.elsewhere] == [
        (f"edition:{first.ref}", 1)
    ]
    assert f"edition%3A{first.ref}" in page(client, q="Kita")
    every = search("Kita", filters=Filters(scope="all"), sees_hidden=False).documents
    assert [d.scope.key for d in loaded(every)] == [f"edition:{second.ref}", f"edition:{first.ref}"]


@pytest.mark.parametrize(
    "odd", ["", '"(', "NEAR(a b)", "a" * 4000, "*", "x' OR '1'='1", "\x00", "AND", "der die das"]
)
def test_odd_questions_get_a_page_that_says_what_to_do(client: Client, odd: str) -> None:
    published()
    shown = page(client, q=odd, page="-3", kind="'", edition='"')
    assert "</html>" in shown


def test_pages_and_constant_queries(client: Client) -> None:
    published(texts=tuple(f"Satz {n} über die Sprache." for n in range(60)))
    page(client, q="Sprache")
    with at_most(9):
        shown = page(client, q="Sprache")
    assert "page=2" in shown
    assert len(re.findall('class="search-place"', shown)) == 25
    with at_most(9):
        last = page(client, q="Sprache", page="3")
    assert len(re.findall('class="search-place"', last)) == 11


def test_a_scope_says_exactly_what_was_given_last() -> None:
    scope = NewScope("test:1", "test", "Test", is_public=True)
    index_scope(
        scope,
        [
            NewDocument("a", "passage", 1, "Ein Apfel."),
            NewDocument("b", "passage", 2, "Eine Birne."),
        ],
    )
    index_scope(
        scope, [NewDocument("b", "passage", 1, "Eine Birne."), NewDocument("c", "passage", 2, "")]
    )
    assert found("Apfel") == []
    assert found("Birnen") == ["Eine Birne."]
    assert SearchScope.objects.get(key="test:1").documents.count() == 2
