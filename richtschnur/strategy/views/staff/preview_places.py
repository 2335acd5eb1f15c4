"""One place of a draft that is being looked over, with all its corrections."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from richtschnur.accounts.middleware import requires
from richtschnur.accounts.models import actor_of
from richtschnur.documents.structure.as_data import from_data
from richtschnur.documents.structure.correcting import Impossible, joins_with
from richtschnur.documents.structure.leaving_out import alike_to
from richtschnur.journal.refusals import Forbidden, Refused
from richtschnur.strategy.forms.correcting import (
    FORMS,
    CorrectionForm,
    ElementForm,
    kind_label,
)
from richtschnur.strategy.models import Preview
from richtschnur.strategy.operations import Correction, correct_preview
from richtschnur.strategy.queries.preview_places import ShownPlace
from richtschnur.strategy.queries.previews import Looking, Overview
from richtschnur.strategy.views.staff.previews import (
    at_place,
    frame,
    named_preview,
    number_of,
    step_name,
)


@requires("strategy.import")
def place(request: Any, key: str, place: int) -> HttpResponse:
    """One place with all its corrections; after one of them the next place that is unsure."""
    shown = named_preview(key)
    looking = Looking(from_data(shown.outline))
    here = looking.named(place)
    if here is None:
        messages.info(request, _("This place was joined with another one, or left out."))
        return redirect("strategy:preview", key)
    form = _sent(request, looking, here)
    if form is not None and form.is_valid():
        try:
            return _corrected(request, shown, form)
        except Forbidden:
            raise
        except Refused as refusal:
            shown = named_preview(key)
            looking = Looking(from_data(shown.outline))
            here = looking.named(place)
            if here is None or refusal.code == "not-found":
                raise
            form.add_error(None, str(refusal))
            form.data = {**{name: form.data[name] for name in form.data}, "read": here.read}
    context = frame(shown, looking, looking.overview())
    context |= _forms(looking, here, form) | _neighbours(looking, here, context["overview"])
    return render(request, "strategy/staff/preview_place.html", context)


def _sent(request: Any, looking: Looking, here: ShownPlace) -> CorrectionForm | None:
    if request.method != "POST":
        return None
    kind = FORMS.get(request.POST.get("do", ""))
    if kind is None:
        raise Http404
    auto_id = f"{kind.name}_{number_of(request.POST.get('element', ''))}_%s"
    given = {"auto_id": auto_id} if kind.name == "element" else {}
    return kind(request.POST, looking=looking, shown=here, **given)


def _corrected(request: Any, preview: Preview, form: CorrectionForm) -> HttpResponse:
    """Make the correction, then go where the work goes on."""
    given = Correction(form.name, form.make, form.shown.key, form.cleaned_data["read"])
    preview, result = correct_preview(
        preview=preview, correction=given, by=actor_of(request), at=request.at
    )
    messages.success(request, _("Corrected: %(what)s.") % {"what": step_name(form.name)})
    back = request.POST.get("back", "")
    if back:
        return at_place(preview, form.shown.key, back)
    if form.name == "leave_out":
        before = form.looking.by_key[form.shown.key] - 1
        return at_place(preview, form.looking.places[max(0, before)].key)
    if form.name == "right":
        return _next_unsure(request, preview, form.shown.key)
    key = result if form.name == "join" else form.shown.key
    return redirect("strategy:preview_place", preview.key, key)


def _next_unsure(request: Any, preview: Preview, key: int) -> HttpResponse:
    looking = Looking(from_data(preview.outline))
    unsure = looking.overview().unsure
    here = looking.by_key[key]
    following = [one for one in unsure if looking.by_key[one] > here] or unsure
    if following:
        return redirect("strategy:preview_place", preview.key, following[0])
    messages.info(request, _("There is no further place to look at."))
    return at_place(preview, key)


def _neighbours(looking: Looking, here: ShownPlace, overview: Overview) -> dict[str, Any]:
    """What stands around the place, and the unsure places before and behind it."""
    at = looking.by_key[here.key]
    order = {key: looking.by_key[key] for key in overview.unsure}
    behind = next((key for key in overview.unsure if order[key] > at), None)
    before = next((key for key in reversed(overview.unsure) if order[key] < at), None)
    return {
        "before": looking.shown(looking.places[at - 1]) if at else None,
        "behind": looking.shown(looking.places[at + 1]) if at + 1 < len(looking.places) else None,
        "next_unsure": behind,
        "former_unsure": before,
    }


def _forms(looking: Looking, here: ShownPlace, sent: CorrectionForm | None) -> dict[str, Any]:
    """The corrections that this kind of place has; the one that was sent keeps what was typed."""
    if here.is_heading:
        names = ["level", "to_passage", "join", "leave_out"]
    elif here.kind == "picture":
        names = ["alternative", "caption", "leave_out"]
    elif here.kind == "table":
        names = ["caption", "join", "leave_out"]
    else:
        names = ["cut", "join", "to_heading", "kind", "leave_out"]
    forms = {name: FORMS[name](looking=looking, shown=here) for name in [*names, "mark", "right"]}
    if sent is not None and sent.name in forms:
        forms[sent.name] = sent
    return {
        "spot": here,
        "kind": kind_label(here.kind),
        "forms": forms,
        "elements": [(one, _element_form(looking, here, one.key, sent)) for one in here.elements],
        "sent": sent,
        "read": forms["right"]["read"].value(),
        "joins_with": _joins_with(looking, here),
        "alike": len(alike_to(looking.draft, here.key)),
    }


def _joins_with(looking: Looking, here: ShownPlace) -> ShownPlace | None:
    try:
        return looking.shown(joins_with(looking.draft, here.key))
    except Impossible:
        return None


def _element_form(
    looking: Looking, here: ShownPlace, key: int, sent: CorrectionForm | None
) -> CorrectionForm:
    """The form of one element, or the one that was sent for it."""
    if isinstance(sent, ElementForm) and sent["element"].value() == str(key):
        return sent
    element = next(one for one in here.place.elements if one.key == key)
    initial = {"element": key, "kind": element.kind, "parent": element.parent}
    return ElementForm(looking=looking, shown=here, initial=initial, auto_id=f"element_{key}_%s")
