"""Reading a draft and finding where to comment on it."""

from __future__ import annotations

from hmac import compare_digest
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string

from richtschnur.accounts.middleware import public
from richtschnur.accounts.models import actor_of
from richtschnur.consultation.models import Consultation
from richtschnur.consultation.queries import (
    Place,
    all_consultations,
    invitation_name,
    of_edition,
    public_consultations,
    visible_consultation,
)
from richtschnur.consultation.rules import may_see
from richtschnur.consultation.states import Audience, Phase
from richtschnur.strategy.models import Edition
from richtschnur.strategy.queries import ReadPassage, ReadSection, read_edition


@public
def everything(request: Any) -> HttpResponse:
    """All public consultations: open ones first, then what comes, then what is over."""
    by_phase: dict[Phase, list[Consultation]] = {phase: [] for phase in Phase}
    for consultation in public_consultations():
        by_phase[consultation.phase(request.at)].append(consultation)
    by_phase[Phase.OPEN].sort(key=lambda c: c.closes_at)
    by_phase[Phase.PLANNED].sort(key=lambda c: c.opens_at)
    context = {
        "open": by_phase[Phase.OPEN],
        "planned": by_phase[Phase.PLANNED],
        "closed": by_phase[Phase.CLOSED],
        "at": request.at,
    }
    return render(request, "consultation/public/list.html", context)


@public
def read(request: Any, slug: str) -> HttpResponse:
    """The draft, each passage with its place to comment; before the opening only when it opens."""
    consultation = visible_consultation(request, slug)
    phase = consultation.phase(request.at)
    edition = consultation.edition
    is_shown = consultation.is_text_shown(request.at)
    sections = read_edition(edition) if edition and is_shown else []
    context = {
        "consultation": consultation,
        "phase": phase,
        "at": request.at,
        "edition": edition,
        "outline": sections,
        "sections": [_placed(consultation, section, phase) for section in sections],
        "whole": Place(consultation, None, phase == Phase.OPEN),
        "paper_language": consultation.strategy.language,
    }
    return render(request, "consultation/public/read.html", context)


def _placed(
    consultation: Consultation, section: ReadSection, phase: Phase
) -> tuple[ReadSection, list[tuple[ReadPassage, Place]]]:
    is_open = phase == Phase.OPEN
    places = [(p, Place(consultation, p.passage, is_open)) for p in section.passages]
    return section, places


@public
def invitation(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Remember in this browser that its user was invited."""
    found = all_consultations().filter(slug=slug).first()
    if found is None or not compare_digest(found.key.encode(), key.encode()):
        raise Http404
    if found.audience == Audience.INVITED:
        request.session[invitation_name(found)] = found.key
    return redirect("consultation:read", slug)


def edition_notice(request: Any, edition: Edition) -> str:
    """Fills "strategy.edition": until when one can comment on it, and where."""
    actor = actor_of(request)
    found = [(c, c.phase(request.at)) for c in of_edition(edition.pk) if may_see(c, actor)]
    return render_to_string("consultation/public/_edition_notice.html", {"found": found})
