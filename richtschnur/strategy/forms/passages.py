"""Forms of one passage: its words, its kind, one more behind it, a cut, a move, the end of it."""

from __future__ import annotations

import hashlib
import re
from copy import copy
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from richtschnur.documents.marks import Mark
from richtschnur.documents.notation import from_notation
from richtschnur.strategy.models import Passage, Section
from richtschnur.strategy.operations import notation_of
from richtschnur.strategy.operations.edit.words import TEXT_KINDS
from richtschnur.strategy.states import PassageKind
from richtschnur.ui.forms import KernForm, readable
from richtschnur.ui.languages import LANGUAGES, language_of, name_of
from richtschnur.ui.selecting import Select

TEXT_LIMIT = 50_000
SENTENCE_END = re.compile(r"(?<=[.!?;:])\s+|\n+")
CLAUSE_END = re.compile(r"(?<=,)\s+")


def _text(label: Any, rows: int = 8) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "dir": "auto"})
    return forms.CharField(label=label, max_length=TEXT_LIMIT, widget=widget, validators=[readable])


class PassageWork(KernForm):
    """A form about `passage`."""

    def __init__(self, *args: Any, passage: Passage, **kwargs: Any) -> None:
        self.passage = passage
        super().__init__(*args, **kwargs)


class NotationForm(PassageWork):
    """Words in the editor's notation; `plain` and `marks` are what they mean."""

    plain: str
    marks: tuple[Mark, ...]

    def clean_text(self) -> str:
        typed: str = self.cleaned_data["text"]
        self.plain, self.marks = from_notation(typed)
        if not self.plain.strip():
            raise ValidationError(_("Please fill this in."))
        return typed


class ChangeForm(NotationForm):
    """`base` is what the passage said, in notation, when the page was opened."""

    text = _text(gettext_lazy("Words of the passage"))
    base = forms.CharField(
        required=False, max_length=TEXT_LIMIT * 2, strip=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, passage: Passage, **kwargs: Any) -> None:
        now = notation_of(passage)
        kwargs["initial"] = {"text": now, "base": now} | kwargs.get("initial", {})
        super().__init__(*args, passage=passage, **kwargs)

    def clean_base(self) -> str:
        return str(self.cleaned_data["base"]).replace("\r\n", "\n")


class AddForm(NotationForm):
    kind = forms.ChoiceField(
        label=gettext_lazy("What it is"),
        choices=[(kind.value, kind.label) for kind in TEXT_KINDS],
    )
    text = _text(gettext_lazy("Words of the new passage"), rows=4)


class KindForm(PassageWork):
    """What a passage is, and its language; a footnote's label is its sign and stays."""

    kind = forms.ChoiceField(label=gettext_lazy("What it is"))
    level = forms.TypedChoiceField(
        label=gettext_lazy("Depth in the list"),
        coerce=int,
        choices=[(n, str(n)) for n in range(1, 7)],
        help_text=gettext_lazy("For list items only."),
    )
    label = forms.CharField(
        label=gettext_lazy("Number or sign in front of it"), max_length=20, required=False
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of this passage"),
        required=False,
        help_text=gettext_lazy(
            "For a passage that stands in another language in the paper itself; screen readers then"
            " say it properly, also in files. Translations of the paper have a page of their own."
        ),
    )

    def __init__(self, *args: Any, passage: Passage, **kwargs: Any) -> None:
        paper = language_of(passage.edition.strategy.language)
        shown = {
            "kind": passage.kind,
            "level": max(1, passage.level),
            "label": passage.label,
            "language": "" if passage.language == paper.tag else passage.language,
        }
        kwargs["initial"] = shown | kwargs.get("initial", {})
        kinds = TEXT_KINDS if passage.kind in TEXT_KINDS else (PassageKind(passage.kind),)
        field = forms.ChoiceField(
            label=self.base_fields["kind"].label,
            choices=[(kind.value, kind.label) for kind in kinds],
        )
        spoken = cast(forms.ChoiceField, copy(self.base_fields["language"]))
        spoken.choices = spoken_in(passage)
        more = {"kind": field, "language": spoken}
        super().__init__(*args, passage=passage, more=more, **kwargs)

    def clean_language(self) -> str | None:
        """None, and so no change, where the page did not ask."""
        return self.cleaned_data["language"] if "language" in self.data else None


def spoken_in(passage: Passage) -> list[tuple[str, str]]:
    """The languages that a passage can be said to be in; the paper's own is "".

    What an import brought is among them, also where it is none of ours.
    """
    paper = language_of(passage.edition.strategy.language)
    choices = [("", _("as the paper: %(language)s") % {"language": paper.name})]
    choices += [(each.tag, each.name) for each in LANGUAGES if each != paper]
    if passage.language not in {paper.tag, *dict(choices)}:
        choices.append((passage.language, name_of(passage.language)))
    return choices


class MoveForm(PassageWork):
    """Where a passage goes: a section of its edition."""

    section = forms.ModelChoiceField(
        label=gettext_lazy("Section"), queryset=Section.objects.none(), empty_label=None
    )
    place = forms.ChoiceField(
        label=gettext_lazy("Where in it"),
        choices=[
            ("last", gettext_lazy("at its end")),
            ("first", gettext_lazy("at its beginning")),
        ],
    )

    def __init__(self, *args: Any, passage: Passage, **kwargs: Any) -> None:
        sections = passage.edition.sections.order_by("position")
        field = forms.ModelChoiceField(
            label=self.base_fields["section"].label,
            queryset=sections,
            empty_label=None,
            widget=Select(),
        )
        rows = sections.values_list("pk", "level", "number", "title")
        field.choices = [(pk, indented(level, f"{n} {title}")) for pk, level, n, title in rows]
        kwargs["initial"] = {"section": passage.section_id} | kwargs.get("initial", {})
        super().__init__(*args, passage=passage, more={"section": field}, **kwargs)


def indented(level: int, title: str) -> str:
    """A section's title as a choice among others, its level drawn by dashes."""
    return f"{'– ' * (level - 1)}{title.strip()}"[:90]


class DropForm(PassageWork):
    reason = forms.CharField(
        label=gettext_lazy("Why it is dropped"),
        max_length=2000,
        validators=[readable],
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=gettext_lazy("The public can read this beside the former words."),
    )


def fingerprint(text: str) -> str:
    """By which a form remembers the words that it showed."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def cuts(text: str) -> list[tuple[int, str]]:
    """Where a passage can be cut: (code point, the first words behind it)."""
    for pattern in (SENTENCE_END, CLAUSE_END):
        places = [match.end() for match in pattern.finditer(text) if match.end() < len(text)]
        if places:
            return [(place, text[place : place + 90]) for place in places]
    return []


class SplitForm(PassageWork):
    """`read` says of which words the places count."""

    at_character = forms.TypedChoiceField(
        label=gettext_lazy("The second part begins with"), coerce=int, widget=forms.RadioSelect
    )
    read = forms.CharField(max_length=16, widget=forms.HiddenInput)

    def __init__(self, *args: Any, passage: Passage, **kwargs: Any) -> None:
        choices = [(place, f"{words} …") for place, words in cuts(passage.text)]
        field = forms.TypedChoiceField(
            label=self.base_fields["at_character"].label,
            coerce=int,
            choices=choices,
            widget=forms.RadioSelect,
            error_messages={"invalid_choice": _("The words have changed. Please choose anew.")},
        )
        kwargs["initial"] = {"read": fingerprint(passage.text)} | kwargs.get("initial", {})
        super().__init__(*args, passage=passage, more={"at_character": field}, **kwargs)

    def clean_read(self) -> str:
        if self.cleaned_data["read"] != fingerprint(self.passage.text):
            raise ValidationError(_("The words have changed. Please choose anew."))
        return str(self.cleaned_data["read"])


class RemarkForm(PassageWork):
    remark = forms.CharField(
        label=gettext_lazy("Remark to your colleagues"),
        max_length=5000,
        validators=[readable],
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=gettext_lazy("Only staff read this; it is never published."),
    )
