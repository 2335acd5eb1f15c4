"""What was recognised in one passage or heading of an edition, and its corrections."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from richtschnur.accounts.middleware import requires
from richtschnur.accounts.models import actor_of
from richtschnur.journal.refusals import Forbidden, Refused
from richtschnur.strategy.forms.elements import ElementForm, MarkForm
from richtschnur.strategy.forms.marking import chosen_parent
from richtschnur.strategy.models import Edition, Element, Passage, Section
from richtschnur.strategy.operations import (
    change_element,
    confirm_element,
    confirm_place,
    mark_element,
    unmark_element,
)
from richtschnur.strategy.queries.elements import (
    Place,
    elements_of,
    guideline_above,
    guidelines_of,
    place_mark,
    shown_elements,
    text_of,
    unsure_places,
)
from richtschnur.strategy.rules import check_working
from richtschnur.strategy.states import ElementKind, PassageKind
from richtschnur.strategy.views.staff.papers import named_edition

Form = MarkForm | ElementForm


@requires("strategy.edit")
def of_passage(request: Any, slug: str, number: int, identity: uuid.UUID) -> HttpResponse:
    """What is marked in a passage."""
    edition = named_edition(slug, number)
    return _page(request, edition, edition.passages.select_related("section"), identity)


@requires("strategy.edit")
def of_section(request: Any, slug: str, number: int, identity: uuid.UUID) -> HttpResponse:
    """What is marked in a heading."""
    edition = named_edition(slug, number)
    return _page(request, edition, edition.sections, identity)


def _page(request: Any, edition: Edition, places: Any, identity: uuid.UUID) -> HttpResponse:
    check_working(edition)
    place: Place | None = places.filter(identity=identity).first()
    if place is None:
        raise Http404
    place.edition = edition
    shown = _Shown(place)
    sent = shown.sent(request) if request.method == "POST" else None
    if request.method == "POST" and (sent is None or sent.is_valid()):
        try:
            _do(request, place, sent)
        except Forbidden:
            raise
        except Refused as refusal:
            shown = _Shown(place)
            if sent is None:
                messages.warning(request, str(refusal))
            else:
                sent.add_error(None, str(refusal))
                sent.data = {**{name: sent.data[name] for name in sent.data}, "read": shown.read}
        else:
            return _onwards(request, place)
    return render(request, "strategy/staff/recognised.html", shown.context(sent))


class _Shown:
    """A place with its elements, as the page shows it; a handful of queries."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.elements = elements_of(place)
        self.read = place_mark(place)
        self.guidelines = guidelines_of(place.edition)

    def mark(self, data: Any = None) -> MarkForm:
        is_heading = isinstance(self.place, Section)
        kind = ElementKind.GUIDELINE if is_heading else ElementKind.MEASURE
        return MarkForm(
            data,
            text=text_of(self.place),
            is_table=isinstance(self.place, Passage) and self.place.kind == PassageKind.TABLE,
            parents=self.guidelines,
            initial={
                "read": self.read,
                "kind": kind.value,
                "parent": guideline_above(self.place),
            },
        )

    def form_of(self, element: Element, data: Any = None) -> ElementForm:
        initial = {"read": self.read, "element": element.pk, "kind": element.kind}
        initial["parent"] = element.parent_id or ""
        return ElementForm(data, key=element.pk, parents=self.guidelines, initial=initial)

    def sent(self, request: Any) -> Form | None:
        """The form that was filled in, or None when a mere button was pressed."""
        do = request.POST.get("do", "")
        if do == "mark":
            return self.mark(request.POST)
        if do == "element":
            named = request.POST.get("element", "")
            found = next((one for one in self.elements if str(one.pk) == named), None)
            if found is not None:
                return self.form_of(found, request.POST)
        return None

    def context(self, sent: Form | None) -> dict[str, Any]:
        rows = []
        for element, shown in zip(self.elements, shown_elements(self.elements), strict=True):
            form: Form = self.form_of(element)
            if isinstance(sent, ElementForm) and sent["element"].value() == str(element.pk):
                form = sent
            rows.append((shown, form))
        edition, place = self.place.edition, self.place
        kind = place.kind if isinstance(place, Passage) else "heading"
        unsure = unsure_places(edition)
        here = [index for index, one in enumerate(unsure) if one.identity == str(place.identity)]
        after = unsure[here[0] + 1 :] if here else unsure
        return {
            "edition": edition,
            "place": place,
            "passage": place if isinstance(place, Passage) else None,
            "elements": rows,
            "forms": {"mark": sent if isinstance(sent, MarkForm) else self.mark()},
            "sent": sent,
            "read": self.read,
            "spot": {"text": text_of(place), "kind": kind, "doubts": []},
            "is_unsure": any(not shown.is_confirmed for shown, _form in rows),
            "next_place": after[0] if after else None,
            "unsure": len(unsure),
            "back": _back(edition, place),
            "paper_language": edition.strategy.language,
        }


def _back(edition: Edition, place: Place) -> str:
    """Where the place stands in the edition's own page."""
    address = reverse("strategy:edit", args=[edition.strategy.slug, edition.number])
    section = place.section if isinstance(place, Passage) else place
    anchor = f"p{place.number}" if isinstance(place, Passage) else f"s{place.position}"
    return f"{address}?section={section.position}#{anchor}"


def _do(request: Any, place: Place, form: Form | None) -> None:
    about: dict[str, Any] = {"by": actor_of(request), "at": request.at}
    if form is not None:
        given = form.cleaned_data
        about["read"] = given["read"]
        key = chosen_parent(given)
        parent = place.edition.elements.filter(pk=key).first() if key else None
        if isinstance(form, MarkForm):
            spans, kind = given["spans"], given["kind"]
            mark_element(place=place, kind=kind, spans=spans, parent=parent, **about)
            return
        element = _element(place, str(given["element"]))
        change_element(element=element, kind=given["kind"], parent=parent, **about)
        return
    do, about["read"] = request.POST.get("do", ""), request.POST.get("read", "")
    if do == "right":
        confirm_place(place=place, **about)
    elif do in ("confirm", "unmark"):
        act = confirm_element if do == "confirm" else unmark_element
        act(element=_element(place, request.POST.get("element", "")), **about)
    elif do == "element":
        raise Refused(_("This element is gone; perhaps someone took it away."), code="stale")
    else:
        raise Http404


def _element(place: Place, named: str) -> Element:
    found = next((one for one in elements_of(place) if str(one.pk) == named), None)
    if found is None:
        raise Refused(_("This element is gone; perhaps someone took it away."), code="stale")
    return found


def _onwards(request: Any, place: Place) -> HttpResponse:
    """After "all right" the next unsure place of the edition, else the same page."""
    messages.success(request, _("What was recognised here is corrected."))
    following = unsure_places(place.edition) if request.POST.get("do") == "right" else []
    if following:
        name = "strategy:recognised_heading" if following[0].is_section else "strategy:recognised"
        slug, number = place.edition.strategy.slug, place.edition.number
        return redirect(name, slug, number, following[0].identity)
    return redirect(request.path)
