"""A text with what stands out in it, as safe HTML: `passage|marked`, `marked text marks`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from richtschnur.documents.marks import Mark
from richtschnur.documents.notation import tidy
from richtschnur.ui.templatetags.ui import text_direction

register = template.Library()
_TAGS: Final = {"strong": "strong", "emphasis": "em", "superscript": "sup", "subscript": "sub"}
_OUTER: Final = ("link", "language", *_TAGS)


@register.filter(name="marked")
def marked_passage(passage: Any) -> SafeString:
    """A passage's `text` with its `marking`.

    A footnote's sign leads to its note where `passage.note_places` ({sign: passage number}) says
    where that stands; it can then be come back to as `#p<number>-n<count>`, or with what
    `passage.note_prefix` says in place of `p<number>`.
    """
    places: Mapping[str, int] = getattr(passage, "note_places", {})
    prefix = getattr(passage, "note_prefix", f"p{passage.number}") if places else ""
    return as_html(passage.text, passage.marking, places=places, prefix=prefix)


@register.simple_tag(name="marked")
def marked_text(text: str, marks: Iterable[Mark]) -> SafeString:
    """A text with its marks; footnote signs lead nowhere."""
    return as_html(text, marks)


def as_html(
    text: str, marks: Iterable[Mark], *, places: Mapping[str, int] | None = None, prefix: str = ""
) -> SafeString:
    """Escaped text within tags that nest properly, however the marks overlap."""
    marks = tidy(text, marks)
    spans = [mark for mark in marks if mark.kind != "note"]
    notes = [mark for mark in marks if mark.kind == "note"]
    borders = sorted({p for mark in marks for p in (mark.start, mark.end)} | {0, len(text)})
    out: list[str] = []
    open_tags: list[Mark] = []
    for place, following in zip(borders, [*borders[1:], len(text)], strict=True):
        signs = [note for note in notes if note.start == place]
        if signs:
            _change(open_tags, [], out)
            out += [_sign(note, notes, places or {}, prefix) for note in signs]
        if place < following:
            _change(open_tags, _wanted(spans, place), out)
            out.append(str(escape(text[place:following])))
    _change(open_tags, [], out)
    return mark_safe("".join(out))  # noqa: S308 – text and values are escaped above


def _wanted(spans: list[Mark], place: int) -> list[Mark]:
    """What holds at this place, the outermost first: of links the first, of languages the last."""
    here = [mark for mark in spans if mark.start <= place < mark.end]
    links = [mark for mark in here if mark.kind == "link"][:1]
    languages = [mark for mark in here if mark.kind == "language"][-1:]
    rest = [mark for mark in here if mark.kind in _TAGS]
    return sorted([*links, *languages, *rest], key=lambda mark: _OUTER.index(mark.kind))


def _change(open_tags: list[Mark], wanted: list[Mark], out: list[str]) -> None:
    shared = 0
    while shared < min(len(open_tags), len(wanted)) and open_tags[shared] == wanted[shared]:
        shared += 1
    for mark in reversed(open_tags[shared:]):
        out.append(f"</{_tag(mark)}>")
    out += [_opening(mark) for mark in wanted[shared:]]
    open_tags[:] = wanted


def _tag(mark: Mark) -> str:
    return {"link": "a", "language": "span"}.get(mark.kind) or _TAGS[mark.kind]


def _opening(mark: Mark) -> str:
    if mark.kind == "link":
        return f'<a href="{escape(mark.value)}" rel="noopener noreferrer">'
    if mark.kind == "language":
        tag = escape(mark.value)
        return f'<span lang="{tag}" dir="{text_direction(mark.value)}">'
    return f"<{_TAGS[mark.kind]}>"


def _sign(note: Mark, notes: list[Mark], places: Mapping[str, int], prefix: str) -> str:
    sign = escape(note.value)
    place = places.get(note.value)
    if place is None:
        return f'<sup class="note-sign">{sign}</sup>'
    is_first = next(n for n in notes if n.value == note.value) is note
    name = f' id="{note_sign_id(prefix, notes.index(note) + 1)}"' if is_first else ""
    return (
        f'<sup class="note-sign"><a{name} href="#p{place}" role="doc-noteref">'
        f'<span class="kern-sr-only">{escape(_("Footnote"))} </span>{sign}</a></sup>'
    )


def note_sign_id(prefix: str, count: int) -> str:
    """The anchor of a passage's nth footnote sign."""
    return f"{prefix}-n{count}"
