"""The day of the meeting, and how long each step takes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from richtschnur.consultation.models import Timetable
from richtschnur.consultation.operations.planning import MOST_DAYS
from richtschnur.consultation.states import USUAL_DAYS, Step
from richtschnur.ui.forms import KernForm, day_input
from richtschnur.ui.workdays import LANDS


class TimetableForm(KernForm):
    council_on = forms.DateField(
        label=gettext_lazy("The county council meets on"), widget=day_input()
    )
    land = forms.ChoiceField(
        label=gettext_lazy("Holidays of"), required=False, choices=list(LANDS.items())
    )
    first_step = forms.ChoiceField(
        label=gettext_lazy("What is to be done first"),
        choices=[(step.value, step.label) for step in USUAL_DAYS],
        help_text=gettext_lazy("What comes before it is done already, and left out."),
    )

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        self.today = localdate(at)
        steps = {step.value: _duration(step) for step in reversed(USUAL_DAYS)}
        super().__init__(*args, more=steps, **kwargs)

    def clean_council_on(self) -> date:
        council_on: date = self.cleaned_data["council_on"]
        if council_on <= self.today:
            raise forms.ValidationError(
                _("The meeting lies in the past. Please choose a later one.")
            )
        if council_on.year > self.today.year + 20:
            raise forms.ValidationError(_("Please check the year."))
        return council_on

    @property
    def days(self) -> dict[str, int]:
        """The durations by step."""
        return {step.value: self.cleaned_data[step.value] for step in USUAL_DAYS}


def _duration(step: Step) -> forms.IntegerField:
    following = list(Step)[list(Step).index(step) + 1]
    about = {"step": step.label, "next": following.label}
    return forms.IntegerField(
        label=_("Days between “%(step)s” and “%(next)s”") % about,
        min_value=0,
        max_value=MOST_DAYS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages=dict.fromkeys(
            ("min_value", "max_value"),
            _("Please give a number from 0 to %(most)s.") % {"most": MOST_DAYS},
        ),
    )


def as_set(timetable: Timetable | None) -> dict[str, Any]:
    """What the form begins with: what was set, else the usual durations."""
    usual: dict[str, Any] = {step.value: days for step, days in USUAL_DAYS.items()}
    usual["first_step"] = Step.MANDATE
    if timetable is None:
        return usual
    names = ("council_on", "land", "first_step")
    return usual | timetable.days | {name: getattr(timetable, name) for name in names}
