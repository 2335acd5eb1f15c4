"""The answers that change the text, carried out in the next edition passage by passage."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from richtschnur.accounts.middleware import requires
from richtschnur.accounts.models import actor_of
from richtschnur.consultation.models import Consultation
from richtschnur.consultation.queries import consultation_by_slug
from richtschnur.evaluation.forms import CarryOutForm
from richtschnur.evaluation.operations import carry_out
from richtschnur.evaluation.queries import (
    Outcome,
    Wording,
    carried_out,
    last_edition,
    tasks_by_passage,
    to_carry_out,
    wording_from,
    working_edition,
)
from richtschnur.evaluation.views.context import put_in, sentence
from richtschnur.journal.refusals import Forbidden, Refused
from richtschnur.strategy.models import Edition, Passage
from richtschnur.strategy.operations import notation_of, start_edition
from richtschnur.ui.numbers import whole_number


@requires("evaluation.carry_out")
def changes(request: Any, slug: str) -> HttpResponse:
    """What is to be carried out, by passage, and what has been."""
    consultation = consultation_by_slug(slug)
    working = working_edition(consultation)
    tasks = tasks_by_passage(consultation, working)
    context = {
        "consultation": consultation,
        "may_carry_out": True,
        "working": working,
        "edition_url": _edition_address(working) if working else "",
        "last": last_edition(consultation),
        "tasks": tasks,
        "left": sum(len(task.responses) for task in tasks),
        "done": carried_out(consultation, working) if working else [],
    }
    return render(request, "evaluation/staff/changes.html", context)


@require_POST
@requires("evaluation.carry_out")
def start(request: Any, slug: str) -> HttpResponse:
    """Start the next edition from the last one."""
    last = last_edition(consultation_by_slug(slug))
    if last is None:
        raise Refused(_("This paper has no edition yet. Please import a draft first."))
    edition = start_edition(predecessor=last, by=actor_of(request), at=request.at)
    said = _("Edition %(number)s is begun; every passage was taken over.")
    messages.success(request, said % {"number": edition.number})
    return HttpResponseRedirect(reverse("evaluation:changes", args=[slug]))


@requires("evaluation.carry_out")
def choose(request: Any, slug: str) -> HttpResponse:
    """From a passage's number to its page, for an answer that speaks of no passage."""
    working = working_edition(consultation_by_slug(slug))
    number = str(request.GET.get("passage", "")).strip()
    wanted = whole_number(number)
    found = None
    if working and wanted is not None:
        found = working.passages.filter(number=wanted).first()
    if found is None:
        said = _("There is no passage “%(number)s” in the working edition. Please look it up.")
        messages.error(request, said % {"number": number})
        return HttpResponseRedirect(reverse("evaluation:changes", args=[slug]))
    query = urlencode({"answer": request.GET.get("answer", "")})
    return HttpResponseRedirect(
        f"{reverse('evaluation:change', args=[slug, found.identity])}?{query}"
    )


@requires("evaluation.carry_out")
def change(request: Any, slug: str, identity: UUID) -> HttpResponse:
    """One passage of the next edition, beside the answers that change it."""
    consultation = consultation_by_slug(slug)
    working, passage = _present(consultation, identity)
    offered = to_carry_out(consultation, first=identity)
    if request.method != "POST":
        chosen = [r.pk for r in offered if _speaks_of(r, identity, request.GET.get("answer"))]
        taken = _taken_over(request, offered, passage)
        text = taken.notation if taken else notation_of(passage)
        initial = {"text": text, "revision": working.revision, "responses": chosen}
        form = CarryOutForm(initial=initial, offered=offered)
        return _page(request, consultation, working, passage, form, taken=taken)
    form = CarryOutForm(request.POST, offered=offered)
    if not form.is_valid():
        return _page(request, consultation, working, passage, form, status=422)
    try:
        changed = carry_out(
            passage=passage,
            marks=form.marks,
            by=actor_of(request),
            at=request.at,
            **form.cleaned_data,
        )
    except Forbidden:
        raise
    except Refused as error:
        form.add_error(None, sentence(error))
        working, passage = _present(consultation, identity)
        is_stale = error.code == "stale"
        if is_stale:
            put_in(form, "revision", working.revision)
        return _page(request, consultation, working, passage, form, is_stale=is_stale, status=409)
    messages.success(request, _("The change is saved in the working edition."))
    address = reverse("evaluation:change", args=[slug, changed.identity])
    return HttpResponseRedirect(f"{address}#changes")


def _taken_over(request: Any, offered: Any, passage: Passage) -> Wording | None:
    """The suggested wording that the address asks for, as it fits the passage now."""
    if "suggested" not in request.GET:
        return None
    answer = request.GET.get("answer", "")
    chosen = next((response for response in offered if str(response.pk) == answer), None)
    return wording_from(chosen, passage) if chosen else None


def _edition_address(working: Edition) -> str:
    """Where the edition is read, frozen and published."""
    return reverse("strategy:edit", args=[working.strategy.slug, working.number])


def _present(consultation: Consultation, identity: UUID) -> tuple[Edition, Passage]:
    working = working_edition(consultation)
    if working is None:
        raise Refused(_("There is no working edition. Please start the next edition first."))
    passage = working.passages.select_related("section").filter(identity=identity).first()
    if passage is None:
        raise Refused(
            _(
                "This passage does not stand in the working edition any more. Please go back and"
                " choose another one."
            ),
            code="not-found",
        )
    return working, passage


def _speaks_of(response: Any, identity: UUID, answer: str | None) -> bool:
    if answer:
        return str(response.pk) == answer
    passage = response.point.comment.passage
    return passage is not None and passage.identity == identity


def _page(
    request: Any,
    consultation: Consultation,
    working: Edition,
    passage: Passage,
    form: CarryOutForm,
    *,
    is_stale: bool = False,
    taken: Wording | None = None,
    status: int = 200,
) -> HttpResponse:
    former = consultation.edition or working.predecessor
    before = former.passages.filter(identity=passage.identity).first() if former else None
    outcome = Outcome(working, before, passage)
    context = {
        "consultation": consultation,
        "working": working,
        "passage": passage,
        "before": before,
        "former": former,
        "form": form,
        "is_stale": is_stale,
        "taken": taken,
        "suggesting": [r for r in form.offered if wording_from(r, passage)],
        "subject": f"edition:{working.ref}",
        "changes": outcome.changes if before is None or before.text != passage.text else [],
    }
    return render(request, "evaluation/staff/change.html", context, status=status)
