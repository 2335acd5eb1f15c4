"""Reading papers, single passages and what changed between editions."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from richtschnur.accounts.middleware import public
from richtschnur.accounts.models import actor_of
from richtschnur.accounts.rules import may
from richtschnur.documents.paper import Unwritable
from richtschnur.journal.refusals import Refused
from richtschnur.strategy.exports import export_edition
from richtschnur.strategy.models import Edition, Strategy
from richtschnur.strategy.queries import (
    compare,
    labels_of,
    line_of_passage,
    next_published,
    read_edition,
    section_path,
    tell_changes,
)
from richtschnur.strategy.states import Fate

MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "pdf": "application/pdf",
    "md": "text/markdown; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "json": "application/json",
}


def visible_editions(request: HttpRequest) -> QuerySet[Edition]:
    """What this reader may see: published editions, for staff all."""
    editions = Edition.objects.select_related("strategy", "predecessor")
    if may(actor_of(request), "strategy.read_any"):
        return editions
    return editions.filter(published_at__isnull=False)


def _edition(request: HttpRequest, slug: str, number: int) -> Edition:
    return get_object_or_404(visible_editions(request), strategy__slug=slug, number=number)


@public
def papers(request: HttpRequest) -> HttpResponse:
    """Every paper with its published editions, the newest first."""
    by_paper: dict[Strategy, list[Edition]] = {}
    editions = Edition.objects.filter(published_at__isnull=False).select_related("strategy")
    for edition in editions.order_by("strategy__title", "-number"):
        by_paper.setdefault(edition.strategy, []).append(edition)
    return render(request, "strategy/public/list.html", {"papers": by_paper.items()})


@public
def edition(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One edition, to read, print and download."""
    shown = _edition(request, slug, number)
    sections = read_edition(shown)
    context = {
        "edition": shown,
        "sections": sections,
        "outline": sections,
        "paper_language": shown.strategy.language,
        "formats": [(name, name.upper()) for name in MEDIA_TYPES],
        "newer": next_published(shown),
        "older": _earlier(request, shown),
        "subject": f"edition:{shown.ref}",
    }
    return render(request, "strategy/public/edition.html", context)


@public
def passage(request: HttpRequest, slug: str, number: int, passage: int) -> HttpResponse:
    """One passage with its line: the same passage in every published edition."""
    shown = _edition(request, slug, number)
    found = shown.passages.select_related("section", "edition__strategy")
    one = get_object_or_404(found.prefetch_related("elements"), number=passage)
    numbers = set(
        shown.passages.filter(number__in=(passage - 1, passage + 1)).values_list(
            "number", flat=True
        )
    )
    context = {
        "edition": shown,
        "passage": one,
        "place": section_path(one),
        "labels": labels_of(one, shown),
        "knots": line_of_passage(one, visible_editions(request)),
        "paper_language": shown.strategy.language,
        "previous": passage - 1 if passage - 1 in numbers else None,
        "following": passage + 1 if passage + 1 in numbers else None,
    }
    return render(request, "strategy/public/passage.html", context)


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
    shown = _edition(request, slug, number)
    earlier = _earlier(request, shown)
    old = _compared_with(request, shown, earlier)
    fates = compare(old, shown) if old else []
    counts = Counter(entry.fate for entry in fates)
    is_all = request.GET.get("show") == "all"
    told = [f for f in fates if is_all or f.fate != Fate.KEPT]
    context = {
        "edition": shown,
        "old": old,
        "earlier": earlier,
        "groups": tell_changes(old, shown, told) if old else [],
        "counts": [(fate, counts[fate]) for fate in Fate if counts[fate]],
        "is_all": is_all,
        "is_inline": request.GET.get("view") == "inline",
        "paper_language": shown.strategy.language,
    }
    return render(request, "strategy/public/changes.html", context)


@public
def download(request: Any, slug: str, number: int, format: str) -> FileResponse:
    """An edition as a file."""
    shown = _edition(request, slug, number)
    if format not in MEDIA_TYPES:
        raise Http404
    name = f"{shown.strategy.slug}-{shown.number}.{format}"
    with tempfile.TemporaryDirectory(prefix="richtschnur-") as folder:
        path = Path(folder) / name
        try:
            export_edition(shown, format, path, at=request.at)
        except Unwritable:
            raise Refused(
                _("The file could not be made. Please choose another format, or call us.")
            ) from None
        stream = path.open("rb")  # stays readable after the folder is gone
    return FileResponse(
        stream, as_attachment=format != "pdf", filename=name, content_type=MEDIA_TYPES[format]
    )
