"""Persons, consents, bodies and seats."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from richtschnur.network.models import Contact, Organization
from richtschnur.network.states import BodyKind, PointKind, Purpose
from richtschnur.ui.forms import KernForm, day_input, readable


def _line(label: Any, limit: int = 120, **more: Any) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(
        label=label, max_length=limit, validators=[readable], widget=widget, **more
    )


class ContactForm(KernForm):
    name = _line(gettext_lazy("Name"))
    role = _line(gettext_lazy("Role"), required=False)
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False)
    phone = _line(gettext_lazy("Phone"), 60, required=False)


class ConsentForm(KernForm):
    """A consent that was given in writing; the words beside each stand in the help."""

    purpose = forms.ChoiceField(
        label=gettext_lazy("What was agreed to"),
        choices=Purpose.choices,
        widget=forms.RadioSelect,
    )
    shows = forms.MultipleChoiceField(
        label=gettext_lazy("Ways to the organisation that may be public"),
        choices=PointKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Only for the public list. Persons never stand there."),
    )
    given_on = forms.DateField(label=gettext_lazy("Given on"), widget=day_input())

    def __init__(self, *args: Any, organization: Organization, on: date, **kwargs: Any) -> None:
        self.on = on
        contact = forms.ModelChoiceField(
            label=_("Person"),
            queryset=Contact.objects.filter(organization=organization, erased_at__isnull=True),
            required=False,
            empty_label=_("the organisation itself"),
        )
        super().__init__(*args, more={"contact": contact}, **kwargs)
        self.order_fields(["purpose", "shows", "contact", "given_on"])

    def clean_given_on(self) -> date:
        given_on: date = self.cleaned_data["given_on"]
        if given_on > self.on:
            raise ValidationError(_("This lies in the future. Please check the day."))
        return given_on


class BodyForm(KernForm):
    name = _line(gettext_lazy("Name"), 200)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=BodyKind.choices)
    purpose = forms.CharField(
        label=gettext_lazy("What it is for"),
        max_length=2000,
        required=False,
        validators=[readable],
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class SeatForm(KernForm):
    """An organisation by its name, a person, or both."""

    organization = _line(
        gettext_lazy("Organisation"),
        200,
        required=False,
        help_text=gettext_lazy("Its name as it stands in the register, or its beginning."),
    )
    person = _line(gettext_lazy("Person"), required=False)
    function = _line(gettext_lazy("Function"), required=False)
    from_on = forms.DateField(label=gettext_lazy("From"), required=False, widget=day_input())
    until_on = forms.DateField(label=gettext_lazy("Until"), required=False, widget=day_input())

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        first, last = given.get("from_on"), given.get("until_on")
        if first and last and last < first:
            self.add_error("until_on", _("The last day lies before the first one."))
        if not given.get("organization") and not given.get("person") and not self.errors:
            said = _("Please choose an organisation or name a person.")
            self.add_error("organization", said)
        return given


class DayForm(KernForm):
    on = forms.DateField(label=gettext_lazy("Last day"), widget=day_input())
