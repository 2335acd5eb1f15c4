"""A draft that is being looked over: what was recognised, place by place, and its corrections."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from richtschnur.accounts.middleware import requires
from richtschnur.accounts.models import actor_of
from richtschnur.documents.structure import correcting, leaving_out
from richtschnur.documents.structure.as_data import from_data
from richtschnur.documents.structure.draft import Draft
from richtschnur.journal.refusals import Refused
from richtschnur.strategy.forms.previews import KeepForm, TitleForm
from richtschnur.strategy.models import Preview
from richtschnur.strategy.operations import (
    Correction,
    correct_preview,
    drop_preview,
    keep_preview,
    take_back,
)
from richtschnur.strategy.queries.lineage_proposals import latest_edition
from richtschnur.strategy.queries.preview_lineage import shown_lineage
from richtschnur.strategy.queries.previews import UNSURE_A_PAGE, Looking, Overview
from richtschnur.strategy.views.pictures import NOTHING_RUNS, SHOWN
from richtschnur.ui.contents import contents_list
from richtschnur.ui.numbers import whole_number

FOLDS_FROM = 40


def named_preview(key: str) -> Preview:
    """The draft of an address. Raises Refused when it is not there any more."""
    found = Preview.objects.select_related("into").filter(key=key).first()
    if found is None:
        raise Refused(
            _("There is no such draft; perhaps it was stored as a paper or thrown away."),
            code="not-found",
        )
    return found


def counted(overview: Overview) -> list[str]:
    """ "8 guidelines", "21 goals" … in words."""
    words: dict[str, Callable[[int], str]] = {
        "guiding_goal": lambda n: ngettext("%(n)s guiding goal", "%(n)s guiding goals", n),
        "baseline": lambda n: ngettext(
            "%(n)s part of the baseline", "%(n)s parts of the baseline", n
        ),
        "guideline": lambda n: ngettext("%(n)s guideline", "%(n)s guidelines", n),
        "goal": lambda n: ngettext("%(n)s goal", "%(n)s goals", n),
        "measure": lambda n: ngettext("%(n)s measure", "%(n)s measures", n),
        "responsibility": lambda n: ngettext("%(n)s responsibility", "%(n)s responsibilities", n),
        "period": lambda n: ngettext("%(n)s period", "%(n)s periods", n),
        "indicator": lambda n: ngettext("%(n)s indicator", "%(n)s indicators", n),
    }
    first = ("guideline", "goal", "measure")
    ordered = sorted(overview.counts, key=lambda row: row[0] not in first)
    return [words[kind](count) % {"n": count} for kind, count in ordered]


def frame(preview: Preview, looking: Looking, overview: Overview) -> dict[str, Any]:
    """What every page of a draft needs."""
    return {
        "preview": preview,
        "overview": overview,
        "counts": counted(overview),
        "to_look_at": overview.to_look_at,
        "left_out": looking.draft.left_out,
        "last": preview.former[-1] if preview.former else None,
        "last_name": step_name(preview.former[-1]["name"]) if preview.former else "",
        "paper_language": preview.language,
        "subject": f"preview:{preview.pk}",
    }


def step_name(name: str) -> str:
    """What a correction is called in the list of the last ones."""
    return {
        "title": _("another title"),
        "level": _("another level of the heading"),
        "to_passage": _("heading made a paragraph"),
        "to_heading": _("passage made a heading"),
        "join": _("joined with the place before"),
        "cut": _("cut in two"),
        "kind": _("another kind of passage"),
        "alternative": _("what the picture shows"),
        "caption": _("another caption"),
        "leave_out": _("left out"),
        "bring_back": _("brought back"),
        "mark": _("words marked"),
        "element": _("element changed"),
        "confirm": _("element confirmed"),
        "unmark": _("element taken away"),
        "right": _("place confirmed"),
        "settle": _("doubt settled"),
    }.get(name, name)


@requires("strategy.import")
def preview(request: Any, key: str) -> HttpResponse:
    """The paper as it was read, a page at a time; or only what is unsure, or was left out."""
    shown = named_preview(key)
    title_form = TitleForm(request.POST if request.method == "POST" else None, preview=shown)
    if request.method == "POST" and title_form.is_valid():
        title = title_form.cleaned_data["title"]
        correction = Correction("title", lambda draft: correcting.set_title(draft, title))
        correct_preview(preview=shown, correction=correction, by=actor_of(request), at=request.at)
        messages.success(request, _("The paper has another title."))
        return redirect("strategy:preview", key)
    looking = Looking(from_data(shown.outline))
    overview = looking.overview()
    show = request.GET.get("show", "")
    context = frame(shown, looking, overview) | {"show": show, "title_form": title_form}
    context |= _unsure(request, looking, overview) if show == "unsure" else {}
    context |= _page(request, looking) if show not in ("unsure", "left-out") else {}
    folds = len(looking.draft.sections) > FOLDS_FROM
    entries = looking.contents(context.get("places", []))
    context["contents_list"] = contents_list(entries, folds=folds, language=request.LANGUAGE_CODE)
    return render(request, "strategy/staff/preview.html", context)


def number_of(text: str) -> int:
    return whole_number(text) or 0


def _page(request: Any, looking: Looking) -> dict[str, Any]:
    begins = looking.pages()
    at = looking.by_key.get(number_of(request.GET.get("at", "")), 0)
    number = max(index for index, begin in enumerate(begins) if begin <= at)
    keys = [looking.places[begin].key for begin in begins] if looking.places else []
    return {
        "places": looking.page(begins, number),
        "number": number + 1,
        "pages": len(begins),
        "before": keys[number - 1] if number else None,
        "behind": keys[number + 1] if number + 1 < len(keys) else None,
    }


def _unsure(request: Any, looking: Looking, overview: Overview) -> dict[str, Any]:
    places = looking.least_sure_first(overview.unsure, UNSURE_A_PAGE)
    return {"places": places, "more": len(overview.unsure) - len(places)}


@requires("strategy.import")
@require_POST
def restore(request: Any, key: str) -> HttpResponse:
    """Take back the last correction, bring back what was left out, settle a doubt of the whole."""
    shown = named_preview(key)
    about = {"by": actor_of(request), "at": request.at}
    do, number = request.POST.get("do", ""), number_of(request.POST.get("number", ""))
    if do == "take_back":
        take_back(preview=shown, revision=number, **about)
        messages.success(request, _("The last correction was taken back."))
        return redirect("strategy:preview", key)
    makes: dict[str, Callable[[Draft], object]] = {
        "bring_back": lambda draft: leaving_out.bring_back(draft, number),
        "settle": lambda draft: correcting.settle(draft, number),
        "open": lambda draft: correcting.settle(draft, number, is_settled=False),
    }
    if do not in makes:
        raise Http404
    name = do if do == "bring_back" else "settle"
    correct_preview(preview=shown, correction=Correction(name, makes[do]), **about)
    if do == "bring_back":
        messages.success(request, _("It stands in the paper again."))
        return at_place(shown, number)
    response = redirect("strategy:preview", key)
    response["Location"] += "#doubts"
    return response


def at_place(preview: Preview, place: int, show: str = "") -> HttpResponse:
    query = {"show": show} if show == "unsure" else {"at": place}
    response = redirect("strategy:preview", preview.key)
    response["Location"] += f"?{urlencode(query)}#n{place}"
    return response


@requires("strategy.import")
def keep(request: Any, key: str) -> HttpResponse:
    """Store the draft as a paper or as the next edition of one."""
    shown = named_preview(key)
    looking = Looking(from_data(shown.outline))
    form = KeepForm(request.POST if request.method == "POST" else None, preview=shown)
    if request.method == "POST" and form.is_valid():
        by = actor_of(request)
        try:
            edition = keep_preview(preview=shown, by=by, at=request.at, **form.cleaned_data)
        except Refused as refusal:
            if refusal.code != "working-exists":
                raise
            form.add_error("into", str(refusal))
        else:
            messages.success(request, _("The draft is stored as a working edition."))
            target = "strategy:descent" if edition.predecessor_id else "strategy:edit"
            return redirect(target, edition.strategy.slug, edition.number)
    context = frame(shown, looking, looking.overview()) | {"form": form}
    return render(request, "strategy/staff/preview_keep.html", context)


@requires("strategy.import")
@require_GET
def lineage(request: Any, key: str) -> HttpResponse:
    """What would become of the last edition's passages; nothing of it is stored."""
    shown = named_preview(key)
    last = latest_edition(shown.into_id) if shown.into_id else None
    context = {
        "preview": shown,
        "lineage": shown_lineage(last, from_data(shown.outline)) if last else None,
        "paper_language": shown.language,
    }
    return render(request, "strategy/staff/preview_lineage.html", context)


@requires("strategy.import")
def drop(request: Any, key: str) -> HttpResponse:
    """Throw the draft away; asks once."""
    shown = named_preview(key)
    if request.method == "POST":
        drop_preview(preview=shown, by=actor_of(request), at=request.at)
        messages.success(request, _("The draft was thrown away."))
        return redirect("strategy:desk")
    return render(request, "strategy/staff/preview_drop.html", {"preview": shown})


@requires("strategy.import")
@require_GET
def picture(request: Any, key: str, name: str) -> FileResponse:
    """A picture of the draft by the checksum of its data."""
    shown = named_preview(key)
    media_type = shown.outline.get("pictures", {}).get(name, "")
    path = shown.folder / name
    if media_type not in SHOWN or not path.is_file():
        raise Http404
    response = FileResponse(path.open("rb"), content_type=media_type)
    response["Cache-Control"] = "private, max-age=3600"
    response["Content-Security-Policy"] = NOTHING_RUNS
    return response
