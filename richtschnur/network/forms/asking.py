"""Whom to ask, and what an organisation lets stand in the public list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from richtschnur.network.states import PointKind
from richtschnur.ui.forms import KernForm


class AskForm(KernForm):
    """The organisations that were ticked."""

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        organizations = forms.MultipleChoiceField(
            label=_("Organisations"),
            choices=choices,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("Please tick at least one organisation.")},
        )
        super().__init__(*args, more={"organizations": organizations}, **kwargs)


class ListingForm(KernForm):
    shows = forms.MultipleChoiceField(
        label=gettext_lazy("These ways to us may be public"),
        choices=PointKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
