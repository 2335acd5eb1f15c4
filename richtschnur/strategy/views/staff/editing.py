"""One edition to work on: what was recognised, what is to do, its text; a long one by section."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from richtschnur.accounts.middleware import requires
from richtschnur.accounts.models import actor_of
from richtschnur.accounts.rules import may
from richtschnur.strategy.models import Edition
from richtschnur.strategy.queries import (
    Contents,
    Heading,
    ReadingPage,
    contents_of,
    open_lineage,
    read_edition,
)
from richtschnur.strategy.queries.certainty import certainty_in_words
from richtschnur.strategy.queries.editing import dropped_count, open_remarks, others_typing
from richtschnur.strategy.queries.elements import unsure_places
from richtschnur.strategy.queries.todo import to_do
from richtschnur.strategy.queries.work import (
    Recognised,
    counted_guidelines,
    doubts_in_order,
    placed_doubts,
    recognised,
)
from richtschnur.strategy.views.staff.papers import named_edition
from richtschnur.ui.addresses import addresses
from richtschnur.ui.contents import contents_list

DOUBTS_A_PAGE = 25
GUIDELINES_A_PAGE = 50


@requires("strategy.read_any")
def edit(request: Any, slug: str, number: int) -> HttpResponse:
    """A short edition whole; of a long one what is to do, or with ?section=… a part of its text.

    ?passage=… leads to where that passage stands.
    """
    edition = named_edition(slug, number)
    contents = contents_of(edition)
    if "passage" in request.GET:
        return _to_passage(request, edition, contents)
    page = _page(request, contents)
    is_overview = page is None
    sections = [] if contents.is_long and page is None else read_edition(edition, page)
    context = _frame(request, edition, contents, page) | {"sections": sections, "page": page}
    _tell_beside(request, edition, sections)
    if is_overview:
        context |= _overview(request, edition, is_long=contents.is_long)
    else:
        context |= _neighbours(edition, contents, page)
    return render(request, "strategy/staff/edit.html", context)


def _page(request: Any, contents: Contents) -> ReadingPage | None:
    """The part that was asked for; none of a short edition, and none without a wish."""
    wanted = request.GET.get("section", "")
    if not contents.is_long or not wanted:
        return None
    position = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 9 else -1
    return contents.page_with(position=position) or contents.pages[0]


def _to_passage(request: Any, edition: Edition, contents: Contents) -> HttpResponse:
    wanted = request.GET["passage"]
    number = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 9 else 0
    passage = edition.passages.select_related("section").filter(number=number).first()
    if passage is None:
        raise Http404
    query = f"?section={passage.section.position}" if contents.is_long else ""
    return HttpResponseRedirect(f"{_address(edition)}{query}#p{number}")


def _address(edition: Edition) -> str:
    return reverse("strategy:edit", args=[edition.strategy.slug, edition.number])


def _frame(
    request: Any, edition: Edition, contents: Contents, page: ReadingPage | None
) -> dict[str, Any]:
    here = _address(edition)

    def address(heading: Heading) -> str:
        query = f"{here}?section={heading.position}" if contents.is_long else ""
        return f"{query}#{heading.anchor}"

    by = actor_of(request)
    return {
        "edition": edition,
        "contents": contents,
        "contents_list": contents_list(
            contents.entries(address, page),
            folds=contents.is_long,
            language=get_language() or "",
        ),
        "paper_language": edition.strategy.language,
        "may_edit": edition.is_working and may(by, "strategy.edit"),
        "may_remark": may(by, "strategy.remark"),
        "may_freeze": may(by, "strategy.freeze"),
        "subject": f"edition:{edition.ref}",
    }


def _neighbours(edition: Edition, contents: Contents, page: ReadingPage | None) -> dict[str, Any]:
    if page is None:
        return {}
    here = _address(edition)
    return contents.beside(page, lambda beside: f"{here}?section={beside.position}")


def _overview(request: Any, edition: Edition, *, is_long: bool) -> dict[str, Any]:
    """What is to do; of a long edition the guidelines are only counted, not shown with all."""
    context: dict[str, Any] = {"dropped_count": 0, "doubts": [], "tasks": [], "unsure_places": []}
    if edition.is_working:
        page = Paginator(doubts_in_order(edition), DOUBTS_A_PAGE).get_page(
            request.GET.get("doubts")
        )
        context = {
            "doubts": placed_doubts(edition, page.object_list),
            "doubts_page": page,
            "open_doubts": sum(not doubt.get("settled") for doubt in edition.doubts),
            "unsure_places": unsure_places(edition),
            "tasks": to_do(edition),
            "dropped_count": dropped_count(edition),
        }
    counted = _counted(request, edition) if is_long else {"guidelines": _with_all(edition)}
    return context | counted | {"open_lineage": open_lineage(edition)}


def _with_all(edition: Edition) -> list[Recognised]:
    """Each guideline with its goals and measures, and how sure each is in words."""
    guidelines = recognised(edition)
    for entry in guidelines:
        for element in (entry.guideline, *entry.goals, *entry.measures):
            element.words = certainty_in_words(element.certainty)  # type: ignore[attr-defined]
    return guidelines


def _counted(request: Any, edition: Edition) -> dict[str, Any]:
    """A page of the guidelines, each with its place and its numbers of goals and measures."""
    pages = Paginator(counted_guidelines(edition), GUIDELINES_A_PAGE)
    page = pages.get_page(request.GET.get("recognised"))
    for one in page.object_list:
        section = one.section.position
        anchor = f"p{one.passage.number}" if one.passage else f"s{section}"
        words = certainty_in_words(one.certainty)
        one.__dict__.update(words=words, address=f"?section={section}#{anchor}")
    return {"counted_page": page, "guidelines": []}


def _tell_beside(request: Any, edition: Edition, sections: list[Any]) -> None:
    """Beside each passage: its pages, how many remarks are open, and who types into it."""
    counts = open_remarks(edition)
    typing: dict[Any, str] = {}
    if edition.is_working:
        others = others_typing(edition, but=actor_of(request).id, at=request.at)
        typing = {other.identity: other.name for other in others}
    keys = [edition.strategy.slug, edition.number]
    change, mean, remark = (
        addresses(f"strategy:{name}", *keys) for name in ("passage_edit", "recognised", "remarks")
    )
    for section in sections:
        for shown in section.passages:
            told = shown.passage.__dict__
            identity = shown.passage.identity
            told["remark_count"] = counts[identity]
            told["typed_by"] = typing.get(identity, "")
            told["edit_address"] = change(identity)
            told["recognised_address"] = mean(identity)
            told["remarks_address"] = remark(identity)
