"""Moving a deadline, and why."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy

from richtschnur.consultation.forms.promising import check_promise
from richtschnur.consultation.models import Consultation
from richtschnur.consultation.rules import check_extension
from richtschnur.journal.refusals import Refused
from richtschnur.ui.forms import KernForm, MomentField, day_input, readable

USUAL_DAYS = 14
FIELD_OF = {"no-reason": "reason", "not-later": "closes_at", "past": "closes_at"}


class ExtendForm(KernForm):
    closes_at = MomentField(label=gettext_lazy("New deadline"), end_of_day=True)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=1000,
        validators=[readable],
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=gettext_lazy(
            "One or two sentences that everyone can read, for example: “Several associations asked"
            " for more time because of the holidays.”"
        ),
    )
    answers_by_on = forms.DateField(
        label=gettext_lazy("Answers by"),
        required=False,
        widget=day_input(),
        help_text=gettext_lazy("The day that you have promised; it may have to move, too."),
    )

    def __init__(self, *args: Any, consultation: Consultation, at: datetime, **more: Any) -> None:
        self.consultation, self.at = consultation, at
        super().__init__(*args, **more)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if "closes_at" in given and "reason" in given:
            try:
                check_extension(self.consultation, given["closes_at"], given["reason"], self.at)
            except Refused as refusal:
                self.add_error(FIELD_OF.get(refusal.code), str(refusal))
        check_promise(self, given)
        return given


def usual_extension(consultation: Consultation, at: datetime) -> dict[str, Any]:
    """What the form begins with: two weeks more, until the end of that day."""
    later = localtime(max(consultation.closes_at, at) + timedelta(days=USUAL_DAYS))
    return {
        "closes_at": later.replace(hour=23, minute=59, second=0, microsecond=0),
        "answers_by_on": consultation.answers_by_on,
    }
