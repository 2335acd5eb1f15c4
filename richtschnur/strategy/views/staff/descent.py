"""Where each passage of a re-imported edition comes from: looked over, answered, confirmed."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from richtschnur.accounts.middleware import requires
from richtschnur.accounts.models import actor_of
from richtschnur.journal.refusals import Forbidden, Refused
from richtschnur.strategy.models import DescentProposal, Edition, Passage
from richtschnur.strategy.operations import (
    confirm_descent,
    declare_added,
    explain_drop,
    link_passages,
    reject_descent,
)
from richtschnur.strategy.queries.lineage_review import A_PAGE, Waiting, shown, waiting
from richtschnur.strategy.rules import check_working
from richtschnur.strategy.views.staff.papers import named_edition

PARTS = ("asking", "sure", "gone")


@requires("strategy.edit")
def descent(request: Any, slug: str, number: int) -> HttpResponse:
    """Questions one by one, sure ones to confirm by the page, dropped ones with their reason."""
    edition = named_edition(slug, number)
    check_working(edition)
    if edition.predecessor is None:
        raise Http404
    part = request.POST.get("part") or request.GET.get("part", "")
    if request.method == "POST":
        _act(request, edition)
        return redirect(f"{reverse('strategy:descent', args=[slug, number])}?part={part}")
    found = waiting(edition)
    part = part if part in PARTS else _first_part(found)
    page = _page(request, getattr(found, part))
    context = {
        "edition": edition,
        "old": edition.predecessor,
        "part": part,
        "parts": [(name, _part_name(name), len(getattr(found, name))) for name in PARTS],
        "waiting": found,
        "page": page,
        "shown": shown(edition, page.object_list),
        "paper_language": edition.strategy.language,
    }
    return render(request, "strategy/staff/descent.html", context)


def _first_part(found: Waiting) -> str:
    return next((name for name in PARTS if getattr(found, name)), "asking")


def _part_name(name: str) -> str:
    return {
        "asking": _("Please decide"),
        "sure": _("Please confirm"),
        "gone": _("Please give a reason"),
    }[name]


def _page(request: Any, rows: list[DescentProposal]) -> Page[DescentProposal]:
    return Paginator(rows, A_PAGE).get_page(request.GET.get("page"))


def _act(request: Any, edition: Edition) -> None:
    """One answer; what can't be done is said on the page."""
    acts: dict[str, Callable[[Any, Edition], str]] = {
        "confirm": _confirm,
        "reject": _reject,
        "link": _link,
        "link_old": _link_old,
        "link_number": _link_number,
        "added": _added,
        "explain": _explain,
    }
    name, _sign, value = request.POST.get("do", "").partition(":")
    if name not in acts:
        raise Http404
    request.value = value
    try:
        messages.success(request, acts[name](request, edition))
    except Forbidden:
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))


def _confirm(request: Any, edition: Edition) -> str:
    ids = [int(value) for value in request.POST.getlist("proposal") if _is_id(value)]
    n = confirm_descent(edition=edition, proposals=ids, by=actor_of(request), at=request.at)
    return ngettext("%(n)s passage is confirmed.", "%(n)s passages are confirmed.", n) % {"n": n}


def _reject(request: Any, edition: Edition) -> str:
    row = get_object_or_404(
        edition.descent_proposals, pk=request.value if _is_id(request.value) else 0
    )
    reject_descent(proposal=row, by=actor_of(request), at=request.at)
    return _("These are different passages now. The earlier one wants a reason why it is gone.")


def _link(request: Any, edition: Edition) -> str:
    """ "this new passage = that old one", from a new passage's question."""
    new, _sign, old = request.value.partition("=")
    return _linked(request, edition, new, old)


def _link_old(request: Any, edition: Edition) -> str:
    """The same from an old passage's question."""
    old, _sign, new = request.value.partition("=")
    return _linked(request, edition, new, old)


def _linked(request: Any, edition: Edition, new: str, old: str) -> str:
    passage = _passage(edition, new)
    origin = _identity(old)
    link_passages(passage=passage, origins=[origin], by=actor_of(request), at=request.at)
    return _("This is the same passage now; its line goes on.")


def _link_number(request: Any, edition: Edition) -> str:
    """An old passage named by its number."""
    number = request.POST.get("number", "").strip()
    old = None
    if _is_id(number):
        old = Passage.objects.filter(edition_id=edition.predecessor_id or 0, number=number).first()
    if old is None:
        raise Refused(_("The earlier edition has no such passage. Please choose another one."))
    return _linked(request, edition, request.value, str(old.identity))


def _added(request: Any, edition: Edition) -> str:
    declare_added(passage=_passage(edition, request.value), by=actor_of(request), at=request.at)
    return _("This passage is new.")


def _explain(request: Any, edition: Edition) -> str:
    given = request.POST.getlist("identity")
    explain_drop(
        edition=edition,
        identities=[_identity(value) for value in given],
        reason=request.POST.get("reason", ""),
        by=actor_of(request),
        at=request.at,
    )
    return _("The reason stands in the list of changes.")


def _passage(edition: Edition, value: str) -> Passage:
    passage: Passage = get_object_or_404(edition.passages, identity=_identity(value))
    passage.edition = edition
    return passage


def _identity(value: str) -> uuid.UUID:
    try:
        return uuid.UUID(value)
    except ValueError:
        raise Http404 from None


def _is_id(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) < 10
