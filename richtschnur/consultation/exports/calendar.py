"""Calendar files (RFC 5545): what begins and ends when, in UTC, so that no time zone can err."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.utils.translation import gettext as _

from richtschnur.consultation.models import Consultation

LINE = 75
"""Bytes of a line; longer ones are folded."""


@dataclass(frozen=True)
class Event:
    """One entry. `on` is a moment, or a whole day; `uid` stays when it moves.

    A higher `sequence` takes the place of what a calendar has; `remind` warns a day before.
    """

    uid: str
    on: datetime | date
    title: str
    text: str = ""
    address: str = ""
    sequence: int = 0
    remind: bool = False


def calendar(events: Iterable[Event], *, name: str, at: datetime) -> bytes:
    """A whole calendar file."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Richtschnur//Richtschnur//DE",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_escaped(name)}",
    ]
    for event in events:
        lines += _event(event, at)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line)).encode()


def _event(event: Event, at: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_escaped(event.uid)}"
    yield f"DTSTAMP:{_utc(at)}"
    yield f"SEQUENCE:{event.sequence}"
    if isinstance(event.on, datetime):
        yield f"DTSTART:{_utc(event.on)}"
    else:
        yield f"DTSTART;VALUE=DATE:{event.on:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{event.on + timedelta(days=1):%Y%m%d}"
        yield "TRANSP:TRANSPARENT"
    yield f"SUMMARY:{_escaped(event.title)}"
    if event.text:
        yield f"DESCRIPTION:{_escaped(event.text)}"
    if event.address:
        yield f"URL:{event.address}"
    if event.remind:
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-P1D")
        yield f"DESCRIPTION:{_escaped(event.title)}"
        yield "END:VALARM"
    yield "END:VEVENT"


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """The line in parts of at most 75 bytes, never through a character."""
    part, size = "", 0
    for character in line:
        length = len(character.encode())
        if size + length > LINE:
            yield part
            part, size = " ", 1
        part, size = part + character, size + length
    yield part


def events_of(
    consultation: Consultation, *, address: str, host: str, extensions: int
) -> list[Event]:
    """Opening and deadline, which carry the same names however often it is extended."""
    uid = f"{consultation.slug}@{host}"
    about = {"address": address, "sequence": extensions}
    return [
        Event(
            f"opening-{uid}",
            consultation.opens_at,
            _("Opens: %(title)s") % {"title": consultation.title},
            **about,  # type: ignore[arg-type]
        ),
        Event(
            f"deadline-{uid}",
            consultation.ends_at,
            _("Deadline: %(title)s") % {"title": consultation.title},
            _("Until this moment you can write to us: %(address)s") % {"address": address},
            remind=True,
            **about,  # type: ignore[arg-type]
        ),
    ]
