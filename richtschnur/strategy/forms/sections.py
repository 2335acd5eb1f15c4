"""A section's heading, a new section, the end of one, and what is done with chosen passages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from richtschnur.strategy.forms.passages import TEXT_LIMIT, indented
from richtschnur.strategy.models import Section
from richtschnur.strategy.operations.edit.words import TEXT_KINDS
from richtschnur.ui.forms import KernForm, readable
from richtschnur.ui.selecting import Select

TITLE = 500


class HeadingForm(KernForm):
    """`base` is the heading that the page showed."""

    number = forms.CharField(
        label=gettext_lazy("Number in front of the heading"), max_length=20, required=False
    )
    title = forms.CharField(
        label=gettext_lazy("Title of the section"), max_length=TITLE, validators=[readable]
    )
    base = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)

    def __init__(self, *args: Any, section: Section, **kwargs: Any) -> None:
        shown = {"number": section.number, "title": section.title, "base": str(section)}
        kwargs["initial"] = shown | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)


class NewSectionForm(KernForm):
    number = forms.CharField(
        label=gettext_lazy("Number in front of the heading"), max_length=20, required=False
    )
    title = forms.CharField(
        label=gettext_lazy("Title of the new section"), max_length=TITLE, validators=[readable]
    )
    place = forms.ChoiceField(
        label=gettext_lazy("Where"),
        choices=[
            ("after", gettext_lazy("behind this section, at the same level")),
            ("inside", gettext_lazy("inside this section, at its end")),
        ],
    )


class LastPassageForm(KernForm):
    """A passage at the end of a section, in the editor's notation."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What it is"), choices=[(k.value, k.label) for k in TEXT_KINDS]
    )
    text = forms.CharField(
        label=gettext_lazy("Words of the new passage"),
        max_length=TEXT_LIMIT,
        validators=[readable],
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )


class SectionMoveForm(KernForm):
    """In front of which other section it goes; "end" is the end of the paper."""

    before = forms.ChoiceField(label=gettext_lazy("In front of"))

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        field = forms.ChoiceField(
            label=self.base_fields["before"].label,
            choices=[*choices, ("end", _("the end of the paper"))],
            widget=Select(),
        )
        super().__init__(*args, more={"before": field}, **kwargs)


def choices_of(sections: Iterable[Section]) -> list[tuple[str, str]]:
    """Sections to choose from, in order, each indented by its level."""
    return [(str(one.identity), indented(one.level, str(one))) for one in sections]


class SectionDropForm(KernForm):
    """The reason may be left out where there is no passage."""

    reason = forms.CharField(
        label=gettext_lazy("Why it is dropped"),
        max_length=2000,
        required=False,
        validators=[readable],
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=gettext_lazy("The public can read this beside the former words."),
    )

    def __init__(self, *args: Any, count: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if count:
            self.fields["reason"].required = True
        else:
            del self.fields["reason"]
