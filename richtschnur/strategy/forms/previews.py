"""Forms of a draft as a whole: its title, and what it is stored as."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from richtschnur.strategy.models import Preview, Strategy
from richtschnur.ui.forms import KernForm


class TitleForm(KernForm):
    title = forms.CharField(
        label=gettext_lazy("Title of the paper"),
        max_length=300,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    def __init__(self, *args: Any, preview: Preview, **kwargs: Any) -> None:
        kwargs["initial"] = {"title": preview.title}
        super().__init__(*args, auto_id="title_%s", **kwargs)


class PaperField(forms.ModelChoiceField):
    """The papers of which this may be the next edition."""

    def label_from_instance(self, obj: Strategy) -> str:
        return _("the next edition of “%(title)s”") % {"title": obj.title}


class KeepForm(KernForm):
    title = forms.CharField(
        label=gettext_lazy("Title of the paper"),
        max_length=300,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    into = PaperField(
        label=gettext_lazy("Store it as"),
        queryset=Strategy.objects.all(),
        required=False,
        empty_label=gettext_lazy("a new paper"),
    )
    replaces_working = forms.BooleanField(
        label=gettext_lazy("It replaces the working edition of this paper"),
        required=False,
        help_text=gettext_lazy(
            "Only needed when there is one. It stays readable, but nobody goes on working on it."
        ),
    )

    def __init__(self, *args: Any, preview: Preview, **kwargs: Any) -> None:
        kwargs["initial"] = {"title": preview.title, "into": preview.into_id}
        super().__init__(*args, **kwargs)
