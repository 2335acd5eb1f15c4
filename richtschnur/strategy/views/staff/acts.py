"""Freezing, publishing, adopting, repealing, beginning the next edition: each confirmed once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from richtschnur.accounts.middleware import requires
from richtschnur.accounts.models import actor_of
from richtschnur.accounts.rules import may
from richtschnur.journal.refusals import Forbidden, Refused
from richtschnur.strategy.models import Edition
from richtschnur.strategy.operations import (
    freeze_edition,
    move_edition,
    publish_edition,
    start_edition,
)
from richtschnur.strategy.queries import open_lineage
from richtschnur.strategy.queries.todo import to_do
from richtschnur.strategy.states import TRANSITIONS, EditionState
from richtschnur.strategy.views.staff.papers import named_edition


@dataclass(frozen=True)
class Act:
    """One thing that can be done with an edition: `needs` is the policy's act."""

    code: str
    label: str
    explanation: str
    needs: str
    do: Callable[..., Edition]
    is_final: bool = True


def _freezing(state: EditionState, label: str, explanation: str) -> Act:
    def do(edition: Edition, **about: Any) -> Edition:
        return freeze_edition(edition=edition, state=state, **about)

    return Act(f"freeze-{state}", label, explanation, "strategy.freeze", do)


def _moving(state: EditionState, label: str, explanation: str) -> Act:
    def do(edition: Edition, **about: Any) -> Edition:
        return move_edition(edition=edition, state=state, **about)

    return Act(f"move-{state}", label, explanation, "strategy.freeze", do)


def _changes_of_state(edition: Edition) -> list[Act]:
    adopts = _("The words that the council adopted. An edition adopted before is then repealed.")
    if edition.is_working:
        return [
            _freezing(
                EditionState.CIRCULATED,
                _("Freeze for the offices"),
                _("A fixed edition that goes round the offices (Abstimmungsfassung)."),
            ),
            _freezing(
                EditionState.FOR_DECISION,
                _("Freeze for the decision"),
                _("A fixed edition that the council decides on (Beschlussfassung)."),
            ),
            _freezing(EditionState.ADOPTED, _("Freeze as adopted"), adopts),
        ]
    following = TRANSITIONS[EditionState(edition.state)]
    acts = []
    if EditionState.ADOPTED in following:
        acts.append(_moving(EditionState.ADOPTED, _("Mark as adopted"), adopts))
    if EditionState.REPEALED in following:
        says = _("It stays readable, and says that it is no longer in force.")
        acts.append(_moving(EditionState.REPEALED, _("Mark as no longer in force"), says))
    return acts


def acts_of(edition: Edition) -> list[Act]:
    """What can be done with this edition now."""
    acts = _changes_of_state(edition)
    is_superseded = edition.state == EditionState.SUPERSEDED
    if not edition.is_working and not edition.is_published and not is_superseded:
        acts.append(
            Act(
                "publish",
                _("Publish"),
                _("Everyone can read this edition from now on, and download it."),
                "strategy.freeze",
                publish_edition,
            )
        )
    working = edition.strategy.editions.filter(state=EditionState.WORKING).exists()
    if not edition.is_working and not working:

        def start(edition: Edition, **about: Any) -> Edition:
            return start_edition(predecessor=edition, **about)

        says = _(
            "A working edition with the same words, in which every passage keeps its identity."
        )
        label = _("Begin the next edition")
        acts.append(Act("start", label, says, "strategy.edit", start, is_final=False))
    return acts


@requires("strategy.freeze")
def act(request: Any, slug: str, number: int) -> HttpResponse:
    """What can be done, each with its explanation; with ?do=… one of them, to be confirmed."""
    edition = named_edition(slug, number)
    by = actor_of(request)
    acts = [entry for entry in acts_of(edition) if may(by, entry.needs)]
    wanted = request.POST.get("do") or request.GET.get("do", "")
    chosen = next((entry for entry in acts if entry.code == wanted), None)
    if wanted and chosen is None:
        if request.method == "POST":
            messages.info(request, _("This was done already, or is not possible any more."))
            return redirect("strategy:act", slug, number)
        raise Http404
    refusal = None
    if chosen is not None and request.method == "POST":
        try:
            return _done(request, chosen, edition)
        except Forbidden:
            raise
        except Refused as refused:  # the page says what to do, and links there
            refusal = refused
    context = {
        "refusal": refusal,
        "edition": edition,
        "acts": acts,
        "chosen": chosen,
        "formats": ("docx", "odt", "pdf", "html", "md", "json"),
        "tasks": to_do(edition) if edition.is_working else [],
        "open_lineage": open_lineage(edition),
        "open_doubts": sum(not doubt.get("settled") for doubt in edition.doubts),
    }
    name = "strategy/staff/confirm.html" if chosen else "strategy/staff/act.html"
    return render(request, name, context, status=409 if refusal else 200)


def _done(request: Any, chosen: Act, edition: Edition) -> HttpResponse:
    result = chosen.do(edition=edition, by=actor_of(request), at=request.at)
    messages.success(request, _("Done: %(act)s.") % {"act": chosen.label})
    target = "strategy:edit" if chosen.code == "start" else "strategy:act"
    return redirect(target, edition.strategy.slug, result.number)
