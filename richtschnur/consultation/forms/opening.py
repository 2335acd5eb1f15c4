"""Opening a consultation."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy

from richtschnur.consultation.forms.promising import check_promise
from richtschnur.consultation.rules import check_period
from richtschnur.consultation.states import Audience, Publication
from richtschnur.journal.refusals import Refused
from richtschnur.ui.forms import KernForm, MomentField, day_input, readable

USUAL_WEEKS = 6


class OpenForm(KernForm):
    title = forms.CharField(label=gettext_lazy("Title"), max_length=300, validators=[readable])
    introduction = forms.CharField(
        label=gettext_lazy("Introduction"),
        max_length=10_000,
        required=False,
        validators=[readable],
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        help_text=gettext_lazy(
            "Two or three plain sentences: what is it about, what can still be changed?"
        ),
    )
    opens_at = MomentField(label=gettext_lazy("Open from"))
    closes_at = MomentField(
        label=gettext_lazy("Open until"),
        end_of_day=True,
        help_text=gettext_lazy("Local time here; the form closes to the second."),
    )
    audience = forms.ChoiceField(
        label=gettext_lazy("Who is asked"),
        choices=Audience.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "Everyone: the edition is published. Invited: only who has the address sees it."
        ),
    )
    publication = forms.ChoiceField(
        label=gettext_lazy("What happens with the contributions"),
        choices=Publication.choices,
        widget=forms.RadioSelect,
    )
    answers_by_on = forms.DateField(
        label=gettext_lazy("Answers by"),
        required=False,
        widget=day_input(),
        help_text=gettext_lazy("A day that you promise to everybody who takes part."),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        opens_at, closes_at = given.get("opens_at"), given.get("closes_at")
        if opens_at and closes_at:
            try:
                check_period(opens_at, closes_at)
            except Refused as refusal:
                self.add_error("closes_at", str(refusal))
        check_promise(self, given)
        return given


def usual(title: str, at: datetime) -> dict[str, Any]:
    """What the form begins with: open now, for six weeks, until the end of that day."""
    last = localtime(at + timedelta(weeks=USUAL_WEEKS))
    return {
        "title": title,
        "opens_at": at.replace(second=0, microsecond=0),
        "closes_at": last.replace(hour=23, minute=59, second=0, microsecond=0),
        "audience": Audience.PUBLIC,
        "publication": Publication.ANONYMISED,
    }
