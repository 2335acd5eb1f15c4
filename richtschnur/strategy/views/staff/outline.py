"""The outline of a working edition, rearranged by buttons, keys or pointer; one section a page."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html_join
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
from richtschnur.strategy.models import Edition, Section
from richtschnur.strategy.operations import (
    NewPassage,
    add_passage,
    add_section,
    change_section,
    drop_section,
    indent_section,
    join_passages,
    move_passage,
    move_section,
    shift_passage,
    shift_section,
)
from richtschnur.strategy.operations.edit.places import branch
from richtschnur.strategy.queries.outline import OutlineEntry, outline_of
from richtschnur.strategy.rules import check_working
from richtschnur.strategy.views.staff.papers import named_edition


@requires("strategy.edit")
def outline(request: Any, slug: str, number: int) -> HttpResponse:
    """Every section with its moves; what was moved keeps the focus."""
    edition = named_edition(slug, number)
    check_working(edition)
    act, _colon, name = request.POST.get("act", "").partition(":")
    if request.method == "POST":
        section = _section(edition, name or request.POST.get("moved", ""))
        _say(request, lambda about: _rearrange(act, section, request, about))
        return _here("strategy:outline", [slug, number], section.identity, act)
    pressed = f"{request.GET.get('act', '')}:{request.GET.get('at', '')}"
    context = {
        "edition": edition,
        "entries": [(entry, move_buttons(entry, pressed)) for entry in outline_of(edition)],
        "focus": request.GET.get("at", ""),
        "paper_language": edition.strategy.language,
    }
    return render(request, "strategy/staff/outline.html", context)


def move_buttons(entry: OutlineEntry, pressed: str) -> SafeString:
    """A section's four moves, the one that was `pressed` focused; made here, as there are many."""
    title = str(entry.section) or _("without a title")
    moves = (
        ("up", "↑", _("Up: %(section)s"), entry.may_up),
        ("down", "↓", _("Down: %(section)s"), entry.may_down),
        ("deeper", "→", _("One level deeper: %(section)s"), entry.may_deeper),
        ("higher", "←", _("One level higher: %(section)s"), entry.may_higher),
    )
    identity = entry.section.identity
    return format_html_join(
        "",
        '<button class="move" name="act" value="{}:{}" id="{}-{}"{}{}>'
        '<span aria-hidden="true" class="move__{}">{}</span>'
        '<span class="kern-sr-only">{}</span></button>',
        (
            (
                *(act, identity, act, identity),
                SafeString("" if may else ' aria-disabled="true"'),
                SafeString(" autofocus" if pressed == f"{act}:{identity}" else ""),
                *(act, sign, name % {"section": title}),
            )
            for act, sign, name, may in moves
        ),
    )


def _section(edition: Edition, name: str) -> Section:
    try:
        identity = uuid.UUID(name)
    except ValueError:
        raise Refused(_("Please choose a section."), code="not-found") from None
    section: Section = get_object_or_404(edition.sections, identity=identity)
    section.edition = edition
    return section


def _say(request: Any, do: Callable[[dict[str, Any]], str]) -> bool:
    """Do it and say so; what is refused is said, too."""
    try:
        said = do({"by": actor_of(request), "at": request.at})
    except Forbidden:
        raise
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return False
    messages.success(request, said)
    return True


def _here(page: str, args: list[Any], identity: uuid.UUID, act: str) -> HttpResponseRedirect:
    """Back to the list, where the pressed button gets the focus: not beside an anchor."""
    there = "" if act in ("up", "down", "deeper", "higher") else f"#at-{identity}"
    return HttpResponseRedirect(f"{reverse(page, args=args)}?at={identity}&act={act}{there}")


def _rearrange(act: str, section: Section, request: Any, about: dict[str, Any]) -> str:
    named = {"section": str(section)}
    if act in ("up", "down"):
        shift_section(section=section, is_down=act == "down", **about)
        said = _("“%(section)s” moved down.") if act == "down" else _("“%(section)s” moved up.")
        return said % named
    if act in ("deeper", "higher"):
        moved = indent_section(section=section, is_deeper=act == "deeper", **about)
        return _("“%(section)s” is now on level %(level)s.") % {**named, "level": moved.level}
    before = request.POST.get("before", "")
    target = None if before == "end" else _section(section.edition, before)
    move_section(section=section, before=target, **about)
    return _("“%(section)s” was moved.") % named


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
    forms = section_forms(request, found, do)
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
        "sections": edition.sections.order_by("position"),
        "paper_language": edition.strategy.language,
    }
    return render(request, "strategy/staff/section.html", context)


def section_forms(request: Any, found: Section, do: str) -> dict[str, Any]:
    """The section's forms; the one that was sent holds what was typed."""
    edition = found.edition
    sections = list(edition.sections.order_by("position", "pk"))
    whole = branch(sections, next(i for i, one in enumerate(sections) if one.pk == found.pk))
    below = edition.passages.filter(section__in=whole).count()

    def sent(name: str) -> Any:
        return request.POST if name == do else None

    return {
        "heading": HeadingForm(sent("heading"), section=found, auto_id="heading_%s"),
        "move": SectionMoveForm(sent("move"), edition=edition, section=found, auto_id="move_%s"),
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
        return _here("strategy:section_edit", [*args, found.identity], last.identity, "")
    if do == "move":
        before = given["before"]
        target = None if before == "end" else _section(edition, before)
        move_section(section=found, before=target, **about)
        messages.success(request, _("“%(section)s” was moved.") % {"section": found})
        return _here("strategy:outline", args, found.identity, "")
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
    _say(request, lambda about: _moved(request, act, passages, about))
    return _here("strategy:section_edit", args, passages[0].identity, act)


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
    into = _section(first.edition, request.POST.get("into", ""))
    for passage in passages:
        move_passage(passage=passage, into=into, **about)
    return _("The chosen passages now stand in “%(section)s”.") % {"section": into}


def _passage(edition: Edition, name: str) -> Any:
    try:
        return edition.passages.filter(identity=uuid.UUID(name)).first()
    except ValueError:
        return None
