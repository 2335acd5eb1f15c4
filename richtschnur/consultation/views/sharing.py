"""How a consultation gets about: short address, QR code, poster, calendar, feed."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import feedgenerator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from richtschnur.accounts.middleware import public, requires
from richtschnur.consultation.exports import (
    SIZES,
    calendar,
    events_of,
    export_poster,
    qr_code,
)
from richtschnur.consultation.models import Consultation
from richtschnur.consultation.queries import (
    all_consultations,
    latest_public,
    visible_consultation,
)
from richtschnur.consultation.states import Audience
from richtschnur.county.queries import the_county
from richtschnur.documents.paper import Unwritable
from richtschnur.ui.addresses import whole_address
from richtschnur.ui.languages import language_of
from richtschnur.ui.moments import moment_in_words

IN_FEED = 50
LAST_SECOND = timedelta(seconds=1)  # the whole second of the deadline counts


@public
def short(request: Any, pk: int) -> HttpResponse:
    """From the address on the poster to the page, in the reader's language."""
    found = get_object_or_404(all_consultations(), pk=pk, audience=Audience.PUBLIC)
    response = HttpResponseRedirect(reverse("consultation:read", args=[found.slug]))
    response["Vary"] = "Accept-Language, Cookie"
    return response


def short_address(request: Any, consultation: Consultation) -> str:
    """What is short enough to be typed from a poster."""
    return whole_address(request, reverse("short", args=[consultation.pk]))


def _page(request: Any, consultation: Consultation) -> str:
    return whole_address(request, reverse("consultation:read", args=[consultation.slug]))


@public
def calendar_file(request: Any, slug: str) -> HttpResponse:
    """Opening and deadline; what a calendar has already moves with an extension."""
    consultation = visible_consultation(request, slug)
    address = _page(request, consultation)
    events = events_of(
        consultation,
        address=address,
        host=request.get_host(),
        extensions=consultation.extensions.count() + (consultation.closed_at is not None),
    )
    file = calendar(events, name=consultation.title, at=request.at)
    response = HttpResponse(file, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slug}.ics"'
    return response


@public
def code(request: Any, slug: str) -> HttpResponse:
    """The short address as a QR code, for a newsletter or a flyer of one's own."""
    consultation = visible_consultation(request, slug)
    if consultation.audience != Audience.PUBLIC:
        raise Http404
    picture = qr_code(short_address(request, consultation))
    response = HttpResponse(picture, content_type="image/svg+xml")
    response["Content-Disposition"] = f'attachment; filename="{slug}.svg"'
    return response


@requires("consultation.read_internal")
def poster(request: Any, slug: str, size: str) -> FileResponse:
    """A4 or A3, to print and hang up; only where everyone is asked."""
    found = get_object_or_404(all_consultations(), slug=slug, audience=Audience.PUBLIC)
    if size not in SIZES:
        raise Http404
    address = short_address(request, found)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "poster.pdf"
        try:
            export_poster(found, path, address=address, size=size, at=request.at)
        except Unwritable:
            raise Http404 from None
        response = FileResponse(path.open("rb"), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{slug}-{size}.pdf"'
    return response


@dataclass(frozen=True)
class Happening:
    """One entry of the feed."""

    consultation: Consultation
    key: str
    title: str
    text: str
    at: datetime


@public
def feed(request: Any) -> HttpResponse:
    """What was opened, extended and closed, the newest first, as an Atom feed."""
    county = the_county()
    made = feedgenerator.Atom1Feed(
        title=f"{_('Participation')} – {county.name}",
        link=whole_address(request, reverse("consultation:list")),
        description=_("What was opened, extended and closed"),
        language=language_of(get_language()).tag,
        author_name=county.name,
        feed_url=whole_address(request, request.path),
        feed_guid=whole_address(request, request.path),
    )
    happened = [
        one for row in latest_public(IN_FEED) for one in _happened(row) if one.at <= request.at
    ]
    for one in sorted(happened, key=lambda one: one.at, reverse=True)[:IN_FEED]:
        address = _page(request, one.consultation)
        made.add_item(
            title=one.title % {"title": one.consultation.title},
            link=address,
            unique_id=f"{address}#{one.key}",
            description=one.text,
            pubdate=one.at,
            updateddate=one.at,
        )
    return HttpResponse(
        made.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8"
    )


def _happened(row: Consultation) -> Iterator[Happening]:
    until = _("You can write until %(end)s.")
    extensions = list(row.extensions.all())
    first_end = extensions[0].from_at if extensions else row.ends_at
    words = until % {"end": moment_in_words(first_end)}
    yield Happening(row, "opened", _("Open: %(title)s"), words, row.opens_at)
    for number, extension in enumerate(extensions, start=1):
        words = until % {"end": moment_in_words(extension.to_at)}
        words = f"{words} {extension.reason}"
        title = _("More time: %(title)s")
        yield Happening(row, f"extended-{number}", title, words, extension.at)
    words = _("It ended on %(end)s.") % {"end": moment_in_words(row.ends_at)}
    key = f"closed-{len(extensions)}"
    yield Happening(row, key, _("Closed: %(title)s"), words, row.ends_at + LAST_SECOND)
