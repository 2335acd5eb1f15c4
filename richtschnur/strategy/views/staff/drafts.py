"""What is being typed, kept every few seconds; the answer says so and shows how it will look."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from richtschnur.accounts.middleware import requires
from richtschnur.accounts.models import actor_of
from richtschnur.documents.notation import from_notation
from richtschnur.strategy.models import Passage, PassageVersion
from richtschnur.strategy.operations import keep_draft, restore_version
from richtschnur.strategy.queries.editing import dropped_passages, history, others_typing
from richtschnur.strategy.rules import check_working
from richtschnur.strategy.views.staff.papers import named_edition
from richtschnur.strategy.views.staff.passages import back_to
from richtschnur.ui.templatetags.marking import as_html

LONGEST = 60_000


@require_POST
@requires("strategy.edit")
def draft(request: Any, slug: str, number: int, identity: uuid.UUID) -> JsonResponse:
    """Keep the draft: {"said", "html", "others"} for the page to show."""
    edition = named_edition(slug, number)
    check_working(edition)
    passage: Passage = get_object_or_404(edition.passages, identity=identity)
    passage.edition = edition
    typed = request.POST.get("text", "").replace("\r\n", "\n")[:LONGEST]
    base = request.POST.get("base", "").replace("\r\n", "\n")[:LONGEST]
    by = actor_of(request)
    kept = None
    if request.POST.get("looks") != "1":
        kept = keep_draft(passage=passage, text=typed, base=base, by=by, at=request.at)
    others = others_typing(edition, but=by.id, at=request.at, identity=identity)
    said = _("Kept as your draft at %(time)s") % {"time": f"{localtime(request.at):%H:%M}"}
    answer = {
        "said": said if kept else "",
        "html": as_html(*from_notation(typed)),
        "others": [_typing(other.name, f"{localtime(other.since):%H:%M}") for other in others],
    }
    return JsonResponse(answer)


def _typing(name: str, time: str) -> str:
    return _("%(name)s has been editing this passage since %(time)s.") % {
        "name": name,
        "time": time,
    }


@requires("strategy.edit")
def versions(request: Any, slug: str, number: int, identity: uuid.UUID) -> HttpResponse:
    """Who changed the passage when, each step to be restored."""
    edition = named_edition(slug, number)
    if request.method == "POST":
        kept = PassageVersion.objects.filter(edition=edition, identity=identity)
        wanted = request.POST.get("version", "")
        key = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 18 else 0
        version = get_object_or_404(kept, pk=key)
        restored = restore_version(version=version, by=actor_of(request), at=request.at)
        messages.success(request, _("These words stand in the edition again."))
        return back_to(edition, restored)
    passage = edition.passages.filter(identity=identity).first()
    steps = history(edition, identity)
    if passage is None and not steps:
        get_object_or_404(edition.passages, identity=identity)
    context = {
        "edition": edition,
        "passage": passage,
        "identity": identity,
        "steps": steps,
        "may_restore": edition.is_working,
        "paper_language": edition.strategy.language,
    }
    return render(request, "strategy/staff/history.html", context)


@requires("strategy.edit")
def dropped(request: Any, slug: str, number: int) -> HttpResponse:
    """The passages that were dropped from this working edition, to bring back."""
    edition = named_edition(slug, number)
    context = {
        "edition": edition,
        "gone": dropped_passages(edition),
        "paper_language": edition.strategy.language,
    }
    return render(request, "strategy/staff/dropped.html", context)
