"""What is asked of the overview: a file of it, a frozen state."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from richtschnur.evaluation.models import SynopsisState
from richtschnur.evaluation.states import FORMATS, Column, Order
from richtschnur.ui.forms import KernForm
from richtschnur.ui.moments import moment_in_words

WORKING, PUBLIC = "working", "public"


class ExportForm(KernForm):
    """Which file; sent by GET, so that every file has an address."""

    unmarked = ("format", "state", "version", "order", "columns")

    format = forms.ChoiceField(
        label=gettext_lazy("Format"), choices=[(name, name.upper()) for name in FORMATS]
    )
    state = forms.ChoiceField(label=gettext_lazy("State of the overview"), required=False)
    version = forms.ChoiceField(
        label=gettext_lazy("Version"),
        required=False,
        choices=[
            (WORKING, gettext_lazy("for the house: every point, with names")),
            (PUBLIC, gettext_lazy("for everyone: what is released and may be read by all")),
        ],
    )
    order = forms.ChoiceField(label=gettext_lazy("Grouped"), required=False, choices=Order.choices)
    columns = forms.MultipleChoiceField(
        label=gettext_lazy("Columns"),
        required=False,
        choices=Column.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Of the version for the house; without a choice all of them. JSON always has all."
        ),
    )

    def __init__(self, *args: Any, states: Iterable[SynopsisState], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["state"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("as it stands now (draft state)")), *map(_choice, states)]


def _choice(state: SynopsisState) -> tuple[str, str]:
    said = {"number": state.number, "at": moment_in_words(state.frozen_at), "title": state.title}
    if state.title:
        return str(state.number), _("State %(number)s, %(at)s: %(title)s") % said
    return str(state.number), _("State %(number)s, %(at)s") % said


class FreezeForm(KernForm):
    """A new frozen state."""

    title = forms.CharField(
        label=gettext_lazy("What for?"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("For example the meeting it is made for. Everyone may read this."),
    )
    shows_topics = forms.BooleanField(
        label=gettext_lazy("Show the topics in the version for everyone"), required=False
    )
