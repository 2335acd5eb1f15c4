"""Reading an edition: whole when it is short, by section when it is long, and single passages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language

from richtschnur.accounts.middleware import public
from richtschnur.accounts.models import actor_of
from richtschnur.accounts.rules import may
from richtschnur.strategy.models import Edition, Passage
from richtschnur.strategy.queries import (
    Contents,
    ReadingPage,
    ReadSection,
    Shown,
    contents_in,
    contents_of,
    labels_of,
    line_of_passage,
    next_published,
    read_edition,
    section_path,
    show_in,
    show_passage_in,
    summary_in,
)
from richtschnur.strategy.queries.notes import notes_of
from richtschnur.ui.addresses import whole_address
from richtschnur.ui.contents import contents_list
from richtschnur.ui.streaming import streamed_page

SECTIONS_AT_ONCE = 12


def visible_editions(request: HttpRequest) -> QuerySet[Edition]:
    """What this reader may see: published editions, for staff all."""
    editions = Edition.objects.select_related("strategy", "predecessor")
    if may(actor_of(request), "strategy.read_any"):
        return editions
    return editions.filter(published_at__isnull=False)


def visible_edition(request: HttpRequest, slug: str, number: int) -> Edition:
    """The edition at an address, for those who may see it. Raises Http404 for all others."""
    return get_object_or_404(visible_editions(request), strategy__slug=slug, number=number)


@public
def edition(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A short edition to read; of a long one what stands in it, and where reading begins."""
    shown = visible_edition(request, slug, number)
    contents = contents_in(get_language(), shown)
    sections = [] if contents.is_long else read_edition(shown)
    context = _frame(request, shown, contents) | {
        "sections": sections,
        "in_language": show_in(get_language(), shown, sections),
        "first_address": _section_address(shown, contents, contents.pages[0])
        if contents.is_long
        else "",
        "older": visible_editions(request).filter(strategy=shown.strategy, number__lt=number),
    }
    return render(request, "strategy/public/edition.html", context)


@public
def section(request: HttpRequest, slug: str, number: int, position: int) -> HttpResponse:
    """One page of a long edition; every section has this address, wherever its page begins."""
    shown = visible_edition(request, slug, number)
    contents = contents_in(get_language(), shown)
    page = contents.page_with(position=position)
    if page is None:
        raise Http404
    if not contents.is_long or page.position != position:
        return redirect(f"{_section_address(shown, contents, page)}#s{position}")
    sections = read_edition(shown, page)
    context = _frame(request, shown, contents, page) | {
        "page": page,
        "reading": Shown(shown, contents, page, _passages(sections)),
        "sections": sections,
        "in_language": show_in(get_language(), shown, sections),
        **contents.beside(page, lambda beside: _section_address(shown, contents, beside)),
    }
    return render(request, "strategy/public/section.html", context)


def _passages(sections: list[ReadSection]) -> tuple[Passage, ...]:
    return tuple(read.passage for section in sections for read in section.passages)


@public
def whole(request: HttpRequest, slug: str, number: int) -> StreamingHttpResponse:
    """The whole edition on one page, sent while it is being made."""
    shown = visible_edition(request, slug, number)
    context = _frame(request, shown, contents_in(get_language(), shown), is_whole=True)
    context["in_language"] = summary_in(get_language(), shown)
    return streamed_page(request, "strategy/public/whole.html", context, _parts(request, context))


def _parts(request: HttpRequest, context: dict[str, Any]) -> Iterator[str]:
    sections = read_edition(context["edition"])
    show_in(get_language(), context["edition"], sections)
    for start in range(0, len(sections), SECTIONS_AT_ONCE):
        some = {**context, "sections": sections[start : start + SECTIONS_AT_ONCE]}
        yield render_to_string("strategy/public/_sections.html", some, request)


def _frame(
    request: HttpRequest,
    shown: Edition,
    contents: Contents,
    page: ReadingPage | None = None,
    *,
    is_whole: bool = False,
) -> dict[str, Any]:
    """What every page of an edition shows."""
    pages = [] if is_whole else [_section_address(shown, contents, p) for p in contents.pages]
    entries = contents.entries(contents.anchors(pages), page)
    return {
        "edition": shown,
        "reading": Shown(shown, contents, page),
        "contents": contents,
        "contents_list": contents_list(
            entries, folds=contents.is_long, language=get_language() or ""
        ),
        "paper_language": shown.strategy.language,
        "newer": next_published(shown),
        "subject": f"edition:{shown.ref}",
    }


def _section_address(shown: Edition, contents: Contents, page: ReadingPage) -> str:
    """Where a page of the edition is read."""
    keys = [shown.strategy.slug, shown.number]
    if not contents.is_long:
        return reverse("strategy:edition", args=keys)
    return reverse("strategy:section", args=[*keys, page.position])


@public
def at(request: HttpRequest, slug: str, number: int, passage: int) -> HttpResponse:
    """Leads to a passage in its surroundings, whatever page they are on."""
    shown = visible_edition(request, slug, number)
    one = get_object_or_404(shown.passages.select_related("section"), number=passage)
    contents = contents_of(shown)
    page = contents.page_with(position=one.section.position)
    assert page is not None
    return redirect(f"{_section_address(shown, contents, page)}#p{passage}")


@public
def passage(request: HttpRequest, slug: str, number: int, passage: int) -> HttpResponse:
    """One passage with its line: the same passage in every published edition."""
    shown = visible_edition(request, slug, number)
    found = shown.passages.select_related("section", "edition__strategy", "picture")
    one = get_object_or_404(found.prefetch_related("elements"), number=passage)
    beside = shown.passages.filter(number__in=(passage - 1, passage + 1))
    numbers = set(beside.values_list("number", flat=True))
    identity = reverse("strategy:identity", args=[slug, one.identity])
    notes = notes_of(one)
    context = {
        "edition": shown,
        "reading": Shown(shown, passages=(one,)),
        "passage": one,
        "in_language": show_passage_in(get_language(), one, notes),
        "place": section_path(one),
        "notes": notes,
        "labels": labels_of(one, shown),
        "knots": line_of_passage(one, visible_editions(request)),
        "paper_language": shown.strategy.language,
        "previous": passage - 1 if passage - 1 in numbers else None,
        "following": passage + 1 if passage + 1 in numbers else None,
        "address": whole_address(request, request.path),
        "lasting_address": whole_address(request, identity),
    }
    return render(request, "strategy/public/passage.html", context)


@public
def identity(request: HttpRequest, slug: str, identity: UUID) -> HttpResponse:
    """The lasting address of a passage: leads to the newest edition that holds it.

    Its line there tells what became of it since.
    """
    held = Passage.objects.filter(edition__in=visible_editions(request), identity=identity)
    newest = held.filter(edition__strategy__slug=slug).order_by("-edition__number")
    found = newest.select_related("edition__strategy").first()
    if found is None:
        raise Http404
    return redirect("strategy:passage", slug, found.edition.number, found.number)
