"""The outline of a working edition, rearranged by buttons, keys or pointer."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from richtschnur.accounts.middleware import requires
from richtschnur.accounts.models import actor_of
from richtschnur.journal.refusals import Forbidden, Refused
from richtschnur.strategy.models import Edition, Section
from richtschnur.strategy.operations import indent_section, move_section, shift_section
from richtschnur.strategy.queries.outline import OutlineEntry, outline_of
from richtschnur.strategy.rules import check_working
from richtschnur.strategy.views.staff.papers import named_edition
from richtschnur.ui.addresses import addresses


@requires("strategy.edit")
def outline(request: Any, slug: str, number: int) -> HttpResponse:
    """Every section with its moves; what was moved keeps the focus."""
    edition = named_edition(slug, number)
    check_working(edition)
    opened = uuid_or_none(request.GET.get("open", ""))
    act, _colon, name = request.POST.get("act", "").partition(":")
    if request.method == "POST":
        section = named_section(edition, name or request.POST.get("moved", ""))
        say(request, lambda about: _rearrange(act, section, request, about))
        return back_to_list(
            "strategy:outline", [slug, number], section.identity, act, opened=opened
        )
    pressed = f"{request.GET.get('act', '')}:{request.GET.get('at', '')}"
    entries = outline_of(edition, opened=opened, seen=uuid_or_none(request.GET.get("at", "")))
    address = addresses("strategy:section_edit", slug, number)
    context = {
        "edition": edition,
        "entries": [
            (entry, address(entry.section.identity), move_buttons(entry, pressed))
            for entry in entries
        ],
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


def uuid_or_none(text: str) -> uuid.UUID | None:
    """What an address or a form names, if it can be a name at all."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def named_section(edition: Edition, name: str) -> Section:
    """The section of an edition that a form names. Raises Refused, Http404."""
    identity = uuid_or_none(name)
    if identity is None:
        raise Refused(_("Please choose a section."), code="not-found")
    section: Section = get_object_or_404(edition.sections, identity=identity)
    section.edition = edition
    return section


def say(request: Any, do: Callable[[dict[str, Any]], str]) -> bool:
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


def back_to_list(
    page: str,
    args: list[Any],
    identity: uuid.UUID,
    act: str,
    *,
    opened: uuid.UUID | None = None,
) -> HttpResponseRedirect:
    """Back to the list, where the pressed button gets the focus: not beside an anchor."""
    branch = f"open={opened}&" if opened else ""
    there = "" if act in ("up", "down", "deeper", "higher") else f"#at-{identity}"
    return HttpResponseRedirect(
        f"{reverse(page, args=args)}?{branch}at={identity}&act={act}{there}"
    )


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
    target = None if before == "end" else named_section(section.edition, before)
    move_section(section=section, before=target, **about)
    return _("“%(section)s” was moved.") % named
