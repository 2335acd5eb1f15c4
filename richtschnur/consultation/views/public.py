"""Reading a draft and finding where to comment on it."""

from __future__ import annotations

from hmac import compare_digest
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from richtschnur.accounts.middleware import public
from richtschnur.accounts.models import actor_of
from richtschnur.consultation.models import Consultation
from richtschnur.consultation.queries import (
    Place,
    all_consultations,
    invitation_name,
    page_address,
    place_address,
    public_consultations,
    visible_consultation,
)
from richtschnur.consultation.queries.rounds import public_rounds, rounds_of
from richtschnur.consultation.rules import may_see
from richtschnur.consultation.states import Audience, Phase
from richtschnur.strategy.models import Edition
from richtschnur.strategy.queries import (
    Contents,
    InLanguage,
    ReadingPage,
    ReadPassage,
    ReadSection,
    contents_in,
    read_edition,
    show_in,
)
from richtschnur.ui.contents import contents_list
from richtschnur.ui.keeping import same_for_everyone


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
@same_for_everyone
def read(request: Any, slug: str) -> HttpResponse:
    """What it is about, and the draft with its places to comment; of a long one its contents."""
    consultation = visible_consultation(request, slug)
    contents = _contents(request, consultation)
    sections: list[ReadSection] = []
    if contents and consultation.edition and not contents.is_long:
        sections = read_edition(consultation.edition)
    context = _frame(request, consultation, contents) | {
        "extensions": consultation.extensions.all(),
        "rounds": public_rounds(rounds_of(consultation.strategy_id, request.at)),
        "in_language": _told(consultation, sections),
        "sections": _placed(request, consultation, sections),
        "whole": Place(consultation, None, consultation.phase(request.at) == Phase.OPEN),
    }
    if contents and contents.is_long:
        context["first_address"] = page_address(consultation, contents, contents.pages[0])
    return render(request, "consultation/public/read.html", context)


@public
@same_for_everyone
def section(request: Any, slug: str, position: int) -> HttpResponse:
    """One page of a long draft, each passage with its place to comment."""
    consultation = visible_consultation(request, slug)
    contents = _contents(request, consultation)
    page = contents.page_with(position=position) if contents else None
    if contents is None or page is None or consultation.edition is None:
        raise Http404
    if not contents.is_long or page.position != position:
        return redirect(f"{page_address(consultation, contents, page)}#s{position}")
    sections = read_edition(consultation.edition, page)
    context = _frame(request, consultation, contents, page) | {
        "page": page,
        "in_language": _told(consultation, sections),
        "sections": _placed(request, consultation, sections),
        "whole": Place(consultation, None, consultation.phase(request.at) == Phase.OPEN),
        **contents.beside(page, lambda beside: page_address(consultation, contents, beside)),
    }
    return render(request, "consultation/public/section.html", context)


@public
def at(request: Any, slug: str, number: int) -> HttpResponse:
    """Leads to a passage of the draft, whatever page it is on."""
    consultation = visible_consultation(request, slug)
    if consultation.edition is None or not consultation.is_text_shown(request.at):
        raise Http404
    passages = consultation.edition.passages.select_related("section")
    return redirect(place_address(consultation, get_object_or_404(passages, number=number)))


def _told(consultation: Consultation, sections: list[ReadSection]) -> InLanguage | None:
    """Puts the draft's translations beside its words, for who reads another language."""
    edition = consultation.edition
    return show_in(get_language(), edition, sections) if edition else None


def _contents(request: Any, consultation: Consultation) -> Contents | None:
    """What stands in the draft; None before its text is shown."""
    if consultation.edition is None or not consultation.is_text_shown(request.at):
        return None
    return contents_in(get_language(), consultation.edition)


def _frame(
    request: Any,
    consultation: Consultation,
    contents: Contents | None,
    page: ReadingPage | None = None,
) -> dict[str, Any]:
    """What every page of a consultation shows."""
    return {
        "consultation": consultation,
        "phase": consultation.phase(request.at),
        "at": request.at,
        "edition": consultation.edition,
        "contents": contents,
        "contents_list": _contents_list(consultation, contents, page) if contents else "",
        "paper_language": consultation.strategy.language,
    }


def _contents_list(
    consultation: Consultation, contents: Contents, page: ReadingPage | None
) -> SafeString:
    pages = [page_address(consultation, contents, each) for each in contents.pages]
    entries = contents.entries(contents.anchors(pages), page)
    return contents_list(entries, folds=contents.is_long, language=get_language() or "")


def _placed(
    request: Any, consultation: Consultation, sections: list[ReadSection]
) -> list[tuple[ReadSection, list[tuple[ReadPassage, Place]]]]:
    is_open = consultation.phase(request.at) == Phase.OPEN
    return [
        (section, [(p, Place(consultation, p.passage, is_open)) for p in section.passages])
        for section in sections
    ]


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
    rounds = rounds_of(edition.strategy_id, request.at)
    found = [
        (row.consultation, row.phase)
        for row in reversed(rounds)
        if row.consultation.edition_id == edition.pk and may_see(row.consultation, actor)
    ]
    context = {"found": found, "rounds": public_rounds(rounds)}
    return render_to_string("consultation/public/_edition_notice.html", context)
