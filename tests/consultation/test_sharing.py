"""Calendar, feed, short address, QR code and poster: all of them follow an extension."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pypdfium2
import pytest
from django.test import Client

from richtschnur.consultation.exports import SIZES, Event, calendar, export_poster
from richtschnur.consultation.models import Consultation
from richtschnur.consultation.operations import close_consultation, extend_deadline
from richtschnur.journal.actors import CLI
from tests.support.clock import SetClock, set_clock
from tests.support.pdf import assert_accessible
from tests.support.queries import at_most
from tests.support.staff import address, logged_in
from tests.support.survey import survey
from tests.support.world import NOON, World

__all__ = ["set_clock"]
pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def entries(file: bytes) -> list[dict[str, str]]:
    """The events of a calendar file, unfolded as RFC 5545 says."""
    text = file.decode().replace("\r\n ", "")
    found: list[dict[str, str]] = []
    for line in text.split("\r\n"):
        if line == "BEGIN:VEVENT":
            found.append({})
        name, _colon, value = line.partition(":")
        if found:
            found[-1].setdefault(name, value)
    return found


def calendar_of(client: Client, consultation: Consultation) -> list[dict[str, str]]:
    answer = client.get(address("consultation:calendar", consultation.slug))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return entries(answer.content)


def extended(consultation: Consultation) -> None:
    extend_deadline(
        consultation=consultation,
        closes_at=consultation.closes_at + timedelta(days=7),
        reason="Ferien & Feiertage.",
        by=CLI,
        at=NOON + timedelta(hours=1),
    )


def test_the_calendar_moves_with_the_deadline_under_the_same_name(
    client: Client, set_clock: SetClock
) -> None:
    world = World()
    set_clock(NOON)
    opening, deadline = calendar_of(client, world.consultation)
    assert opening["DTSTART"] == "20261101T110000Z"
    assert deadline["DTSTART"] == "20261122T110000Z"
    assert deadline["SEQUENCE"] == "0"
    extended(world.consultation)
    _opening, later = calendar_of(client, world.consultation)
    assert (later["UID"], later["SEQUENCE"]) == (deadline["UID"], "1")
    assert later["DTSTART"] == "20261129T110000Z"
    world.consultation.refresh_from_db()
    close_consultation(consultation=world.consultation, by=CLI, at=NOON + timedelta(days=2))
    assert calendar_of(client, world.consultation)[1]["SEQUENCE"] == "2"


def test_lines_are_folded_by_bytes_and_signs_are_escaped() -> None:
    title = "Größe, Maß; \\ und\nmehr – مشاركة في الاستراتيجية 👩‍👩‍👧 " * 4
    file = calendar([Event("u@x", date(2026, 12, 1), title)], name=title, at=NOON)
    assert all(len(line) <= 75 for line in file.split(b"\r\n"))
    assert b"\n" not in file.replace(b"\r\n", b"")
    (only,) = entries(file)
    said = only["SUMMARY"].replace("\\n", "\n").replace("\\,", ",").replace("\\;", ";")
    assert said.replace("\\\\", "\\") == title
    assert only["DTSTART;VALUE=DATE"] == "20261201"
    assert only["DTEND;VALUE=DATE"] == "20261202"


def test_who_may_not_see_it_gets_no_calendar(client: Client, set_clock: SetClock) -> None:
    world = World(audience="internal")
    set_clock(NOON)
    for name in ("calendar", "code"):
        where = address(f"consultation:{name}", world.consultation.slug)
        assert client.get(where).status_code == 404
    staff = logged_in(world.officer)
    assert calendar_of(staff, world.consultation)
    where = address("consultation:poster", world.consultation.slug, "a4")
    assert staff.get(where).status_code == 404
    assert client.get(f"/b/{world.consultation.pk}/").status_code == 404


def feed(client: Client) -> list[tuple[str, str, str]]:
    answer = client.get(address("consultation:feed"))
    assert answer["Content-Type"].startswith("application/atom+xml")
    root = ElementTree.fromstring(answer.content)
    return [
        (
            entry.findtext(f"{ATOM}title") or "",
            (entry.findtext(f"{ATOM}id") or "").partition("#")[2],
            entry.findtext(f"{ATOM}summary") or "",
        )
        for entry in root.iter(f"{ATOM}entry")
    ]


def test_the_feed_tells_what_was_opened_extended_and_closed(
    client: Client, set_clock: SetClock
) -> None:
    world = World()
    survey(NOON + timedelta(days=60))
    set_clock(NOON)
    assert [key for _title, key, _text in feed(client)] == ["opened"]
    extended(world.consultation)
    set_clock(NOON + timedelta(hours=2))
    (title, key, text), (_title, _key, first) = feed(client)
    assert (title, key) == ("More time: Integrationskonzept", "extended-1")
    assert "29 November 2026" in text
    assert "Ferien & Feiertage." in text
    assert "22 November 2026" in first
    world.consultation.refresh_from_db()
    set_clock(world.consultation.closes_at)
    assert feed(client)[0][1] == "extended-1"
    set_clock(world.consultation.closes_at + timedelta(seconds=1))
    assert feed(client)[0][1] == "closed-1"


def test_the_feed_asks_little_and_names_nothing_internal(
    client: Client, set_clock: SetClock
) -> None:
    for _n in range(3):
        survey()
    World(audience="invited")
    set_clock(NOON + timedelta(hours=1))
    client.get(address("consultation:feed"))
    with at_most(4):
        assert len(feed(client)) == 3


def test_the_short_address_leads_to_the_readers_language(client: Client) -> None:
    world = World()
    answer = client.get(f"/b/{world.consultation.pk}/", headers={"accept-language": "uk"})
    assert answer.status_code == 302
    assert answer["Location"].startswith("/uk/")
    assert client.get("/b/999999999999/").status_code == 404


def test_the_code_is_a_picture_to_download(client: Client) -> None:
    world = World()
    answer = client.get(address("consultation:code", world.consultation.slug))
    assert answer["Content-Type"] == "image/svg+xml"
    assert ElementTree.fromstring(answer.content).tag.endswith("svg")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("title", ["Integrationskonzept", "Ein sehr langer Titel: " * 12])
def test_the_poster_is_one_accessible_page(size: str, title: str, tmp_path: Path) -> None:
    world = World()
    world.consultation.title = title.strip()
    path = tmp_path / "poster.pdf"
    address = "https://beteiligung.landkreis.example/b/7/"
    export_poster(world.consultation, path, address=address, size=size, at=NOON)  # type: ignore[arg-type]
    assert_accessible(path, languages=["ar", "uk", "tr", "en"], bookmarks=False)
    document = pypdfium2.PdfDocument(path)
    assert len(document) == 1
    assert round(document[0].get_width()) == {"a4": 595, "a3": 842}[size]
    words = document[0].get_textpage().get_text_bounded()
    document.close()
    assert "22. November 2026" in words
    assert "beteiligung.landkreis.example/b/7" in words.replace("\r\n", "")


def test_staff_prints_the_poster(set_clock: SetClock) -> None:
    world = World()
    set_clock(NOON)
    staff = logged_in(world.officer)
    answer = staff.get(address("consultation:poster", world.consultation.slug, "a3"))
    assert answer["Content-Type"] == "application/pdf"
    assert b"".join(answer.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
    where = address("consultation:poster", world.consultation.slug, "a5")
    assert staff.get(where).status_code == 404
