"""The search page and its box."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode

from richtschnur.search.marking import marked
from richtschnur.search.models import SearchDocument
from richtschnur.search.naming import kind_names, sees_hidden
from richtschnur.search.queries import LONGEST_QUESTION, Filters, Found, loaded, search
from richtschnur.search.tokens import Question

ON_A_PAGE = 25


def results(request: HttpRequest) -> HttpResponse:
    """What answers the words in `q`, narrowed by paper, edition and kind."""
    asked = " ".join(request.GET.get("q", "").replace("\x00", " ").split())[:LONGEST_QUESTION]
    narrowed = {name: request.GET.get(name, "")[:120] for name in ("paper", "edition", "kind")}
    filters = Filters(narrowed["paper"], narrowed["edition"], narrowed["kind"])
    found = search(asked, filters=filters, sees_hidden=sees_hidden(request))
    page = Paginator(found.documents, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "asked": asked,
        "longest": LONGEST_QUESTION,
        "narrowed": narrowed,
        "found": found,
        "page": page,
        "groups": _groups(page, found.question),
        "kinds": _kinds(found, asked, narrowed),
        "elsewhere": [
            (scope, count, _query(asked, narrowed | {"paper": scope.family, "edition": scope.key}))
            for scope, count in found.elsewhere
        ],
        "everything": _query(asked, dict.fromkeys(narrowed, "")),
        "query": _query(asked, narrowed) + "&",
    }
    return render(request, "search/public/results.html", context)


def _groups(page: Page[int], question: Question) -> list[tuple[Any, list[dict[str, Any]]]]:
    """The documents of a page under the scope in which they stand."""
    documents = groupby(loaded(list(page.object_list)), key=lambda document: document.scope)
    return [(scope, [_shown(one, question) for one in some]) for scope, some in documents]


def _shown(document: SearchDocument, question: Question) -> dict[str, Any]:
    return {
        "document": document,
        "kind": kind_names().get(document.kind, ""),
        "title": marked(document.title, question, document.language),
        "text": marked(document.text, question, document.language),
        "url": _address(document),
    }


def _address(document: SearchDocument) -> str:
    name, *arguments = document.address or [""]
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return ""


def _kinds(found: Found, asked: str, narrowed: dict[str, str]) -> list[tuple[Any, int, str, bool]]:
    """Name, count, query and whether it is chosen, of each kind that was found."""
    return [
        (
            name,
            found.kinds[kind],
            _query(asked, narrowed | {"kind": kind}),
            narrowed["kind"] == kind,
        )
        for kind, name in kind_names().items()
        if found.kinds[kind]
    ]


def _query(asked: str, narrowed: dict[str, str]) -> str:
    return urlencode({"q": asked, **{name: value for name, value in narrowed.items() if value}})


def box(request: HttpRequest, inside: dict[str, str] | None) -> str:
    """A field to search in everything, or in what `inside` names ({"paper","edition"})."""
    context = {"inside": inside or {}, "asked": "" if inside else request.GET.get("q", "")}
    is_here = request.path == reverse("search:results")
    return "" if is_here else render_to_string("search/public/_box.html", context)


setattr(results, "act", "public")  # noqa: B010 – the policy's decorator stands above this package
