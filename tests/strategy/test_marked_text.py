"""Text with marks as HTML: safe, well nested, footnotes linked both ways, pictures guarded."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from richtschnur.documents.marks import Mark
from richtschnur.files.models import StoredFile
from richtschnur.files.operations import store_file
from richtschnur.journal.actors import CLI
from richtschnur.strategy.models import Edition, Passage
from richtschnur.strategy.operations import freeze_edition, publish_edition, start_edition
from richtschnur.strategy.queries.notes import pair_notes
from richtschnur.ui.templatetags.marking import as_html
from tests.support.queries import at_most
from tests.support.world import NOON, PASSWORD, World

pytestmark = pytest.mark.django_db
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c626001000000ffff03000006000557bfabd40000000049454e44ae426082"
)


@pytest.mark.parametrize(
    ("text", "marks", "html"),
    [
        ("a<b>&c", [], "a&lt;b&gt;&amp;c"),
        ("ab", [Mark(0, 1, "strong")], "<strong>a</strong>b"),
        (
            "abc",
            [Mark(0, 2, "strong"), Mark(1, 3, "emphasis")],
            "<strong>a<em>b</em></strong><em>c</em>",
        ),
        ("x", [Mark(0, 1, "link", "javascript:alert(1)")], "x"),
        (
            "x",
            [Mark(0, 1, "link", 'https://a.example/"><script>')],
            '<a href="https://a.example/&quot;&gt;&lt;script&gt;" rel="noopener noreferrer">x</a>',
        ),
        ("سلام", [Mark(0, 4, "language", "ar")], '<span lang="ar" dir="rtl">سلام</span>'),
        ("a", [Mark(1, 1, "note", "<1>")], 'a<sup class="note-sign">&lt;1&gt;</sup>'),
        ("ab", [Mark(5, 9, "strong"), Mark(1, 1, "emphasis")], "ab"),
    ],
)
def test_marks_become_tags_and_nothing_else_does(text: str, marks: list[Mark], html: str) -> None:
    assert as_html(text, marks) == html


def _with(world: World, **more: object) -> Edition:
    """The next edition, its second passage replaced by what is given, published if asked."""
    edition = start_edition(predecessor=world.edition, by=CLI, at=NOON)
    Passage.objects.filter(edition=edition, number=2).update(**more)
    return edition


def test_a_footnote_and_its_sign_lead_to_each_other(client: Client) -> None:
    world = World()
    edition = _with(world, kind="note", label="1", text="Stand 2026.")
    edition.passages.filter(number=1).update(marks=[[3, 3, "note", "1"]])
    assert client.login(username=world.officer.login, password=PASSWORD)
    slug = edition.strategy.slug
    page = client.get(reverse("strategy:edition", args=[slug, 2])).content.decode()
    assert '<a id="p1-n1" href="#p2" role="doc-noteref">' in page
    assert 'href="#p1-n1" role="doc-backlink"' in page


def test_pictures_are_for_who_may_read_their_edition(client: Client, tmp_path: Path) -> None:
    world = World()
    path = tmp_path / "bild.png"
    path.write_bytes(PIXEL)
    stored = store_file(source=path, name="bild.png", at=NOON)
    edition = _with(world, kind="picture", text="Ein Punkt", caption="Bild 1", picture=stored)
    address = reverse("strategy:picture", args=[stored.pk])
    assert client.get(address).status_code == 404
    staff = Client()
    assert staff.login(username=world.officer.login, password=PASSWORD)
    answer = staff.get(address)
    assert answer["Content-Type"] == "image/png"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"].startswith("private")
    edition = freeze_edition(edition=edition, state="for_decision", by=CLI, at=NOON)
    publish_edition(edition=edition, by=CLI, at=NOON)
    answer = client.get(address)
    assert b"".join(answer.streaming_content) == PIXEL
    assert "immutable" in answer["Cache-Control"]
    page = client.get(reverse("strategy:edition", args=[edition.strategy.slug, 2]))
    words = page.content.decode()
    assert 'alt="Ein Punkt"' in words
    assert "<figcaption" in words


def test_no_other_file_is_served_as_a_picture(client: Client, tmp_path: Path) -> None:
    path = tmp_path / "x.html"
    path.write_bytes(b"<script>alert(1)</script>")
    stored = store_file(source=path, name="x.html", at=NOON)
    world = World()
    _with(world, kind="picture", text="x", picture=stored)
    assert client.login(username=world.officer.login, password=PASSWORD)
    assert client.get(reverse("strategy:picture", args=[stored.pk])).status_code == 404
    assert client.get(reverse("strategy:picture", args=[10**30])).status_code == 404
    other = StoredFile.objects.create(
        sha256="0" * 64, name="y.png", media_type="image/png", size=1, stored_at=NOON
    )
    assert client.get(reverse("strategy:picture", args=[other.pk])).status_code == 404


def test_pairing_notes_asks_nothing() -> None:
    passages = list(World(paragraphs=60).edition.passages.order_by("position"))
    with at_most(0):
        pair_notes(passages)


def test_a_lone_passage_brings_its_footnotes(client: Client) -> None:
    world = World()
    edition = _with(world, kind="note", label="1", text="Stand 2026.")
    edition.passages.filter(number=1).update(marks=[[3, 3, "note", "1"]])
    assert client.login(username=world.officer.login, password=PASSWORD)
    page = client.get(reverse("strategy:passage", args=[edition.strategy.slug, 2, 1]))
    words = page.content.decode()
    assert 'href="#p2" role="doc-noteref"' in words
    assert 'id="p2"' in words
    assert "Stand 2026." in words
