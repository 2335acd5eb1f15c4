"""One section of a working edition: its heading, its passages in order, its end."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from richtschnur.accounts.middleware import requires
from richtschnur.accounts.models import actor_of
from richtschnur.documents.notation import from_notation
from richtschnur.journal.refusals import Forbidden, Refused
from richtschnur.strategy.forms import (
    HeadingForm,
    LastPassageForm,
    NewSectionForm,
    SectionDropForm,
    SectionMoveForm,
)
from richtschnur.strategy.forms.sections import choices_of
from richtschnur.strategy.models import Edition, Section
from richtschnur.strategy.operations import (
    NewPassage,
    add_passage,
    add_section,
    change_section,
    drop_section,
    join_passages,
    move_passage,
    move_section,
    shift_passage,
)
from richtschnur.strategy.operations.edit.places import branch
from richtschnur.strategy.rules import check_working
from richtschnur.strategy.views.staff.outline import back_to_list, named_section, say
from richtschnur.strategy.views.staff.papers import named_edition
from richtschnur.ui.languages import language_of
from richtschnur.ui.selecting import Select


@requires("strategy.edit")
def section(request: Any, slug: str, number: int, identity: uuid.UUID) -> HttpResponse:
    """One section: its heading, its passages in order, a new one beside it, its end."""
    edition = named_edition(slug, number)
    check_working(edition)
    found = edition.sections.filter(identity=identity).first()
    if found is None:
        messages.warning(request, _("This section does not stand in the edition any more."))
        return redirect("strategy:outline", slug, number)
    found.edition = edition
    act, _colon, name = request.POST.get("act", "").partition(":")
    if act in ("up", "down", "join", "behind", "choose"):
        return _passages(request, found, act, name)
    do = request.POST.get("do", "") if request.method == "POST" else ""
    sections = list(edition.sections.order_by("position", "pk"))
    forms = section_forms(request, found, do, sections)
    form = forms.get(do)
    if form is not None and form.is_valid():
        try:
            return _done(request, found, do, form)
        except Forbidden:
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal))
    passages = list(found.passages.order_by("position", "pk"))
    context = {
        "edition": edition,
        "section": found,
        "passages": passages,
        "forms": forms,
        "do": do,
        "focus": request.GET.get("at", ""),
        "pressed": request.GET.get("act", ""),
        "choice": _choice(found, sections),
        "paper_language": edition.strategy.language,
    }
    return render(request, "strategy/staff/section.html", context)


def _choice(found: Section, sections: list[Section]) -> SafeString:
    """Where chosen passages can go: any section, this one chosen."""
    paper = language_of(found.edition.strategy.language)
    attrs = {"class": "kern-form-input__select", "id": "into"}
    attrs |= {"lang": paper.tag, "dir": paper.direction}
    return Select(attrs, choices_of(sections)).render("into", str(found.identity))


def section_forms(request: Any, found: Section, do: str, sections: list[Section]) -> dict[str, Any]:
    """The section's forms; the one that was sent holds what was typed."""
    whole = branch(sections, next(i for i, one in enumerate(sections) if one.pk == found.pk))
    below = found.edition.passages.filter(section__in=whole).count()
    others = choices_of(one for one in sections if one.pk != found.pk)

    def sent(name: str) -> Any:
        return request.POST if name == do else None

    return {
        "heading": HeadingForm(sent("heading"), section=found, auto_id="heading_%s"),
        "move": SectionMoveForm(sent("move"), choices=others, auto_id="move_%s"),
        "new": NewSectionForm(sent("new"), auto_id="new_%s"),
        "passage": LastPassageForm(sent("passage"), auto_id="passage_%s"),
        "drop": SectionDropForm(sent("drop"), count=below, auto_id="drop_%s"),
    }


def _done(request: Any, found: Section, do: str, form: Any) -> HttpResponse:
    given, edition = form.cleaned_data, found.edition
    about: dict[str, Any] = {"by": actor_of(request), "at": request.at}
    args = [edition.strategy.slug, edition.number]
    if do == "heading":
        changed = change_section(section=found, **given, **about)
        messages.success(request, _("The heading is now: %(title)s") % {"title": changed})
        return redirect("strategy:section_edit", *args, found.identity)
    if do == "new":
        is_inside = given.pop("place") == "inside"
        added = add_section(edition=edition, after=found, is_inside=is_inside, **given, **about)
        messages.success(request, _("Here is the new section."))
        return redirect("strategy:section_edit", *args, added.identity)
    if do == "passage":
        text, marks = from_notation(given["text"])
        last = add_passage(into=found, new=NewPassage(text, marks, kind=given["kind"]), **about)
        messages.success(request, _("The new passage stands at the end of the section."))
        return back_to_list("strategy:section_edit", [*args, found.identity], last.identity, "")
    if do == "move":
        before = given["before"]
        target = None if before == "end" else named_section(edition, before)
        move_section(section=found, before=target, **about)
        messages.success(request, _("“%(section)s” was moved.") % {"section": found})
        return back_to_list("strategy:outline", args, found.identity, "")
    drop_section(section=found, reason=given.get("reason", ""), **about)
    messages.success(request, _("“%(section)s” was dropped.") % {"section": found})
    return redirect("strategy:outline", *args)


def _passages(request: Any, found: Section, act: str, name: str) -> HttpResponse:
    """Moves of single passages, and of those that were chosen, within this section's page."""
    edition = found.edition
    chosen = [name or request.POST.get("moved", "")]
    if act == "choose":
        chosen = request.POST.getlist("chosen")
    try:
        identities = [uuid.UUID(one) for one in chosen]
    except ValueError:
        identities = []
    passages = list(
        edition.passages.filter(identity__in=identities)
        .select_related("section")
        .order_by("position")
    )
    for passage in passages:
        passage.edition = edition
    args = [edition.strategy.slug, edition.number, found.identity]
    if not passages:
        messages.warning(request, _("Please choose at least one passage."))
        return redirect("strategy:section_edit", *args)
    say(request, lambda about: _moved(request, act, passages, about))
    return back_to_list("strategy:section_edit", args, passages[0].identity, act)


def _moved(request: Any, act: str, passages: list[Any], about: dict[str, Any]) -> str:
    first = passages[0]
    number = {"n": first.number}
    if act in ("up", "down"):
        shift_passage(passage=first, is_down=act == "down", **about)
        said = _("Passage %(n)s moved down.") if act == "down" else _("Passage %(n)s moved up.")
        return said % number
    if act == "join":
        join_passages(passage=first, **about)
        return _("Both passages are one now.")
    if act == "behind":
        behind = _passage(first.edition, request.POST.get("behind", ""))
        if behind is None:
            move_passage(passage=first, into=first.section, is_first=True, **about)
        else:
            move_passage(passage=first, behind=behind, **about)
        return _("Passage %(n)s was moved.") % number
    into = named_section(first.edition, request.POST.get("into", ""))
    for passage in passages:
        move_passage(passage=passage, into=into, **about)
    return _("The chosen passages now stand in “%(section)s”.") % {"section": into}


def _passage(edition: Edition, name: str) -> Any:
    try:
        return edition.passages.filter(identity=uuid.UUID(name)).first()
    except ValueError:
        return None
