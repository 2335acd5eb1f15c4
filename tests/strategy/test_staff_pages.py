"""Importing, checking, editing and moving editions on, in the browser's words."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from richtschnur.journal.actors import CLI
from richtschnur.strategy.models import Edition, Passage, Preview, Strategy
from richtschnur.strategy.operations import change_passage, drop_passage, start_edition
from richtschnur.strategy.states import EditionState
from tests.support.queries import at_most
from tests.support.staff import address, logged_in
from tests.support.world import NOON, World

pytestmark = pytest.mark.django_db
DRAFT = """# Integrationskonzept

## Leitlinie 1: Bildung und Sprache

Ausgangslage: Viele Kinder wachsen mit zwei Sprachen auf.

Ziel: Alle Kinder lernen früh Deutsch.

Maßnahmen: Sprachcafé, Elternabende.
"""


def _working(world: World) -> Edition:
    return start_edition(predecessor=world.edition, by=CLI, at=NOON)


def _post(client: Client, edition: Edition, passage: Passage, **data: object) -> object:
    page = client.get(_address(edition, passage))
    shown = page.context["forms"][str(data.get("do", "change"))].initial
    return client.post(_address(edition, passage), {**shown, **data})


def _address(edition: Edition, passage: Passage) -> str:
    slug = edition.strategy.slug
    return address("strategy:passage_edit", slug, edition.number, passage.identity)


def test_a_draft_is_imported_and_shows_what_was_recognised() -> None:
    world = World()
    client = logged_in(world.officer)
    upload = SimpleUploadedFile("entwurf.md", DRAFT.encode())
    data = {"file": upload, "title": "Neues Konzept", "language": "de", "into": ""}
    answer = client.post(address("strategy:import"), data)
    preview = Preview.objects.get(title="Neues Konzept")
    assert answer["Location"] == address("strategy:preview", preview.key)
    page = client.get(answer["Location"])
    assert "Sprachcafé" in page.content.decode()
    data = {"title": "Neues Konzept", "into": ""}
    client.post(address("strategy:preview_keep", preview.key), data)
    edition = Edition.objects.get(strategy__title="Neues Konzept")
    page = client.get(address("strategy:edit", edition.strategy.slug, 1))
    assert len(page.context["guidelines"]) == 1
    assert edition.source is not None
    assert edition.source.name == "entwurf.md"


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("leer.docx", b"", "is empty"),
        ("kaputt.docx", b"PK\x03\x04 nothing behind", "damaged"),
        ("kaputt.pdf", b"%PDF-1.7 nothing behind", "damaged"),
        ("bild.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 60, "none of DOCX"),
    ],
)
def test_a_file_that_cannot_be_read_is_explained_and_nothing_is_stored(
    name: str, content: bytes, says: str
) -> None:
    world = World()
    papers = Strategy.objects.count()
    upload = SimpleUploadedFile(name, content)
    data = {"file": upload, "title": "Mein Titel", "language": "en", "into": ""}
    page = logged_in(world.officer).post(address("strategy:import"), data)
    words = page.content.decode()
    assert says in words
    assert name in words
    assert 'value="Mein Titel"' in words
    assert Strategy.objects.count() == papers


def test_a_file_beyond_the_limit_is_refused(settings: object) -> None:
    world = World()
    settings.UPLOAD_LIMIT = 100  # type: ignore[attr-defined]
    upload = SimpleUploadedFile("gross.md", DRAFT.encode())
    page = logged_in(world.officer).post(
        address("strategy:import"), {"file": upload, "language": "de"}
    )
    assert "larger than" in page.content.decode()


def test_no_file_is_said_at_the_field() -> None:
    page = logged_in(World().officer).post(address("strategy:import"), {"language": "de"})
    assert 'href="#id_file"' in page.content.decode()


def test_a_doubt_is_ticked_off_and_opened_again() -> None:
    world = World()
    edition = _working(world)
    text = edition.passages.first().text
    edition.doubts = [{"code": "heading-guessed", "excerpt": text, "detail": ""}]
    edition.save()
    client = logged_in(world.officer)
    edit = address("strategy:edit", edition.strategy.slug, edition.number)
    assert [d.passage for d in client.get(edit).context["doubts"]] == [1]
    tick = address("strategy:doubt", edition.strategy.slug, edition.number, 0)
    client.post(tick, {"settled": "1"})
    assert client.get(edit).context["open_doubts"] == 0
    client.post(tick, {"settled": "0"})
    assert client.get(edit).context["open_doubts"] == 1
    no_such = address("strategy:doubt", edition.strategy.slug, edition.number, 7)
    assert client.post(no_such).status_code == 409


def test_a_passage_gets_new_words_a_neighbour_and_a_cut() -> None:
    world = World()
    edition = _working(world)
    client = logged_in(world.officer)
    passage = edition.passages.first()
    _post(client, edition, passage, do="change", text="Erster Satz. Zweiter Satz.")
    passage.refresh_from_db()
    assert passage.text == "Erster Satz. Zweiter Satz."
    _post(client, edition, passage, do="split", at_character="13")
    _post(client, edition, passage, do="add", kind="paragraph", text="Dazwischen.")
    texts = list(edition.passages.order_by("position").values_list("text", flat=True))[:3]
    assert texts == ["Erster Satz.", "Dazwischen.", "Zweiter Satz."]


def test_dropping_needs_a_reason() -> None:
    world = World()
    edition = _working(world)
    client = logged_in(world.officer)
    passage = edition.passages.first()
    page = _post(client, edition, passage, do="drop", reason=" ")
    assert page.status_code == 200
    assert edition.passages.filter(pk=passage.pk).exists()
    _post(client, edition, passage, do="drop", reason="Steht jetzt in Kapitel 2.")
    assert not edition.passages.filter(pk=passage.pk).exists()


def test_a_stale_passage_shows_both_texts_and_keeps_what_was_typed() -> None:
    world = World()
    edition = _working(world)
    client = logged_in(world.officer)
    passage = edition.passages.first()
    shown = client.get(_address(edition, passage)).context["forms"]["change"].initial
    change_passage(passage=passage, text="Die Worte einer anderen.", by=CLI, at=NOON)
    typed = {**shown, "do": "change", "text": "Meine eigenen Worte."}
    page = client.post(_address(edition, passage), typed)
    words = page.content.decode()
    assert "Die Worte einer anderen." in words
    assert "Meine eigenen Worte." in words
    passage.refresh_from_db()
    assert passage.text == "Die Worte einer anderen."
    form = page.context["form"]
    again = {name: form[name].value() for name in ("base", "text")}
    assert again["text"] == "Meine eigenen Worte."
    assert client.post(_address(edition, passage), again | {"do": "change"}).status_code == 302
    passage.refresh_from_db()
    assert passage.text == "Meine eigenen Worte."


def test_a_change_elsewhere_does_not_disturb() -> None:
    world = World()
    edition = _working(world)
    client = logged_in(world.officer)
    first, second = edition.passages.all()[:2]
    shown = client.get(_address(edition, first)).context["forms"]["change"].initial
    change_passage(passage=second, text="Anderswo.", by=CLI, at=NOON)
    answer = client.post(_address(edition, first), {**shown, "do": "change", "text": "Hier."})
    assert answer.status_code == 302


def test_a_passage_dropped_meanwhile_does_not_take_the_typed_words_with_it() -> None:
    world = World()
    edition = _working(world)
    client = logged_in(world.officer)
    passage = edition.passages.first()
    where = _address(edition, passage)
    shown = client.get(where).context["forms"]["change"].initial
    drop_passage(passage=passage, reason="doppelt", by=CLI, at=NOON)
    page = client.post(where, {**shown, "do": "change", "text": "Mühsam getippt."})
    assert page.status_code == 404
    assert "Mühsam getippt." in page.content.decode()


@pytest.mark.parametrize("text", ["", "  ", "x" * 50_001, "Glocke \x07", "kaputt \ufffd"])
def test_words_that_cannot_be_kept_stay_in_the_form(text: str) -> None:
    world = World()
    edition = _working(world)
    passage = edition.passages.first()
    before = passage.text
    page = _post(logged_in(world.officer), edition, passage, do="change", text=text)
    assert page.status_code == 200
    assert 'id="errors"' in page.content.decode()
    passage.refresh_from_db()
    assert passage.text == before


def test_a_frozen_edition_is_read_only() -> None:
    world = World()
    client = logged_in(world.officer)
    passage = world.edition.passages.first()
    assert client.get(_address(world.edition, passage)).status_code == 409
    page = client.get(address("strategy:edit", world.edition.strategy.slug, 1))
    assert page.context["may_edit"] is False


def test_freezing_is_confirmed_once_and_done_once() -> None:
    world = World()
    edition = _working(world)
    client = logged_in(world.officer)
    act = address("strategy:act", edition.strategy.slug, edition.number)
    page = client.get(act).content.decode()
    assert "?do=freeze-for_decision" in page
    assert address("consultation:open", edition.strategy.slug, edition.number) in page
    confirm = client.get(act, {"do": "freeze-for_decision"})
    edition.refresh_from_db()
    assert edition.is_working
    assert "be undone" in confirm.content.decode()
    for _click in range(2):
        assert client.post(act, {"do": "freeze-for_decision"}).status_code == 302
    edition.refresh_from_db()
    assert edition.state == EditionState.FOR_DECISION
    for do in ("publish", "move-adopted", "start"):
        assert client.post(act, {"do": do}).status_code == 302
    edition.refresh_from_db()
    assert edition.is_published
    assert edition.state == EditionState.ADOPTED
    assert edition.strategy.editions.filter(state=EditionState.WORKING).count() == 1
    assert client.get(act, {"do": "start"}).status_code == 404


def test_pages_keep_their_queries_whatever_the_size() -> None:
    world = World(paragraphs=80)
    client = logged_in(world.reviewer)
    slug = world.edition.strategy.slug
    with at_most(14):
        client.get(address("strategy:edit", slug, 1))
    with at_most(12):
        client.get(address("strategy:desk"))
