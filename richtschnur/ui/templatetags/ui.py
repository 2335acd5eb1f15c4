"""Tags and filters that every template has."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import ngettext
from markdown_it import MarkdownIt

from richtschnur.ui.languages import direction_of, name_of
from richtschnur.ui.moments import day_in_words, moment_in_words, number_in_words
from richtschnur.ui.moments import short_day as short_day_in_words
from richtschnur.ui.slots import fillers
from richtschnur.ui.words import capfirst

register = template.Library()
_markdown = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table")


@register.simple_tag(takes_context=True)
def slot(context: dict[str, Any], name: str, thing: Any = None) -> SafeString:
    """What later stages add here, one after the other."""
    request = context["request"]
    parts = [(filler(request, thing),) for filler in fillers(name)]
    return format_html_join("", "{}", parts)


@register.filter
def markdown(text: str) -> SafeString:
    """A county's own page: Markdown; HTML in it is shown, not run."""
    return mark_safe(_markdown.render(text))  # noqa: S308 – the renderer escapes all HTML


@register.filter
def moment(at: datetime | None) -> str:
    """A moment with weekday and time, or ""."""
    return moment_in_words(at) if at else ""


@register.filter
def day(on: date | datetime | None) -> str:
    """A day with its weekday, or ""."""
    return day_in_words(on) if on else ""


@register.filter
def short_day(on: date | datetime | None) -> str:
    """A day in figures or with a short month, or ""."""
    return short_day_in_words(on) if on else ""


@register.filter
def amount(value: float | None) -> str:
    """A number with the separators of the language in force, or ""."""
    return "" if value is None else number_in_words(value)


@register.filter(name="capfirst")
def capital(text: object) -> str:
    """Instead of Django's, which takes the dot from a Turkish i."""
    return capfirst(text)


@register.filter
def text_direction(language: str) -> str:
    """ "rtl", "ltr" or, when the language is unknown, "auto"."""
    return direction_of(language)


@register.filter
def language_name(tag: str) -> str:
    """How a language calls itself; the tag where it is none of ours."""
    return name_of(tag)


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon of the design system; it never carries meaning alone."""
    return format_html('<span class="kern-icon kern-icon--{}" aria-hidden="true"></span>', name)


@register.inclusion_tag("ui/line.html")
def line(knots: Any, label: str = "", level: int = 3) -> dict[str, Any]:
    """The line as an ordered list of knots; `level` is the heading level of a knot's title."""
    return {"knots": knots, "label": label, "level": level}


@register.filter
def remaining(until: datetime, at: datetime) -> str:
    """How long it is until a moment, in words: "3 days", "5 hours", "12 minutes"."""
    seconds = max(0, int((until - at).total_seconds()))
    days, hours, minutes = seconds // 86400, seconds // 3600, max(1, seconds // 60)
    if days >= 2:
        return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
    if hours >= 2:
        return ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}
    return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}


@register.filter
def shortened(text: str) -> str:
    """Blacked-out places (█), each as long as any other."""
    return re.sub("█+", "█████", text)
