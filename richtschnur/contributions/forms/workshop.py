"""A workshop and what is said in it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from richtschnur.consultation.models import Consultation
from richtschnur.contributions.forms.public import CommentField
from richtschnur.strategy.models import Passage
from richtschnur.ui.forms import KernForm, day_input, passage_number


class WorkshopForm(KernForm):
    """What it is called, and its day."""

    name = forms.CharField(
        label=gettext_lazy("Name of the event"),
        max_length=150,
        help_text=gettext_lazy("As it stands on the invitation."),
    )
    held_on = forms.DateField(label=gettext_lazy("Day"), widget=day_input())


class RemarkForm(KernForm):
    """One remark: made to be typed quickly, text first."""

    text = CommentField(label=gettext_lazy("What is said"))
    passage = passage_number()
    speaker = forms.CharField(
        label=gettext_lazy("Who says it"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("Only if the person wants to; not shown on the screen."),
    )
    key = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, consultation: Consultation, **kwargs: Any) -> None:
        self.consultation = consultation
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs |= {"rows": 3, "autofocus": True}
        if consultation.edition is None:
            del self.fields["passage"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        number, edition = given.get("passage"), self.consultation.edition
        self.chosen: Passage | None = None
        if number and edition:
            self.chosen = edition.passages.filter(number=number).first()
            if self.chosen is None:
                said = _("There is no passage %(number)s; the draft has passages 1 to %(last)s.")
                last = edition.passages.count()
                self.add_error("passage", said % {"number": number, "last": last})
        return given
