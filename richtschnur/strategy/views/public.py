"""Reading papers, single passages and what changed between editions."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from richtschnur.accounts.middleware import public
from richtschnur.strategy.models import Edition, Strategy
from richtschnur.strategy.queries import tell_changes
from richtschnur.strategy.queries.lineage_telling import Told
from richtschnur.strategy.views.reading import visible_edition, visible_editions


@public
def papers(request: HttpRequest) -> HttpResponse:
    """Every paper with its published editions, the newest first."""
    by_paper: dict[Strategy, list[Edition]] = {}
    editions = Edition.objects.filter(published_at__isnull=False).select_related("strategy")
    for edition in editions.order_by("strategy__title", "-number"):
        by_paper.setdefault(edition.strategy, []).append(edition)
    return render(request, "strategy/public/list.html", {"papers": by_paper.items()})


def _earlier(request: HttpRequest, shown: Edition) -> list[Edition]:
    """Editions of the paper before this one, the nearest first."""
    earlier = visible_editions(request).filter(strategy=shown.strategy, number__lt=shown.number)
    return list(earlier.order_by("-number"))


def _compared_with(request: HttpRequest, shown: Edition, earlier: list[Edition]) -> Edition | None:
    wanted = request.GET.get("with", "")
    if wanted:
        for candidate in earlier:
            if str(candidate.number) == wanted:
                return candidate
        raise Http404
    own = [e for e in earlier if e.pk == shown.predecessor_id]
    return next(iter(own or earlier), None)


@public
def changes(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What became of each passage of an earlier edition, side by side or in one text."""
    shown = visible_edition(request, slug, number)
    earlier = _earlier(request, shown)
    old = _compared_with(request, shown, earlier)
    is_all = request.GET.get("show") == "all"
    told = tell_changes(old, shown, is_all=is_all) if old else None
    context = {
        "edition": shown,
        "old": old,
        "earlier": earlier,
        "told": told,
        "is_all": is_all,
        "is_inline": request.GET.get("view") == "inline",
        "paper_language": shown.strategy.language,
        **(_one_page(request, told) if told else {}),
    }
    return render(request, "strategy/public/changes.html", context)


def _one_page(request: HttpRequest, told: Told) -> dict[str, Any]:
    """The groups of the page that was asked for; one that isn't there is the last."""
    page = Paginator(told.pages, 1).get_page(request.GET.get("page"))
    groups = page.object_list[0] if told.pages else []
    query = request.GET.copy()
    query.pop("page", None)
    return {"page": page, "groups": groups, "query": query.urlencode()}
