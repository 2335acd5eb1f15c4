"""A page that is made for paper: the text alone, numbers in the margin, room to write if wanted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from richtschnur.accounts.middleware import public
from richtschnur.county.queries import the_county
from richtschnur.strategy.exports import send_to
from richtschnur.strategy.queries import read_edition, show_in, summary_in
from richtschnur.strategy.views.reading import visible_edition
from richtschnur.ui.addresses import whole_address
from richtschnur.ui.streaming import streamed_page

SECTIONS_AT_ONCE = 12
LONGEST_TITLE = 90  # characters that fit on a line at the head of a page


@public
def print_page(request: Any, slug: str, number: int) -> StreamingHttpResponse:
    """The whole edition; with `?room` there is room to write beside each passage."""
    edition = visible_edition(request, slug, number)
    own = reverse("strategy:edition", args=[edition.strategy.slug, edition.number])
    context = {
        "edition": edition,
        "paper_language": edition.strategy.language,
        "has_room": "room" in request.GET,
        "facts": (send_to(),),
        "address": whole_address(request, own),
        "in_language": summary_in(get_language(), edition),
    }
    return streamed_page(request, "strategy/public/print.html", context, _parts(request, context))


def _parts(request: HttpRequest, context: dict[str, Any]) -> Iterator[str]:
    edition = context["edition"]
    sections = read_edition(edition)
    show_in(get_language(), edition, sections)
    for start in range(0, len(sections), SECTIONS_AT_ONCE):
        some = {**context, "sections": sections[start : start + SECTIONS_AT_ONCE]}
        yield render_to_string("strategy/public/_print_sections.html", some, request)


@public
def running_title(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Title and page number in the margins of the printed page, as a style sheet."""
    edition = visible_edition(request, slug, number)
    title = f"{the_county().name} · {edition.title}"
    short = title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 2].rstrip() + " …"
    said = _("Edition %(n)s") % {"n": edition.number}
    css = (
        f"@page{{@top-left{{content:{_quoted(short)}}}@top-right{{content:{_quoted(said)}}}"
        '@bottom-right{content:counter(page) " / " counter(pages)}}'
    )
    response = HttpResponse(css, content_type="text/css; charset=utf-8")
    response["Cache-Control"] = "private, max-age=300"
    return response


def _quoted(text: str) -> str:
    """A string of CSS: everything but letters, digits and spaces by its number."""
    plain = (c if c.isalnum() or c in " .,·–" else f"\\{ord(c):x} " for c in text)
    return f'"{"".join(plain)}"'
