"""The quick note."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from richtschnur.contributions.rules import check_text
from richtschnur.ui.forms import KernForm, day_input

NOTE_LIMIT = 5000


class NoteForm(KernForm):
    text = forms.CharField(
        label=_("What about?"),
        max_length=NOTE_LIMIT,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto", "class": "short"}),
    )
    follow_up_on = forms.DateField(label=_("Come back on"), required=False, widget=day_input())
    subject = forms.CharField(max_length=120, required=False, widget=forms.HiddenInput)
    back = forms.CharField(max_length=5000, required=False, widget=forms.HiddenInput)

    def clean_text(self) -> str:
        return check_text(self.cleaned_data["text"])
