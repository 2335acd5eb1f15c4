"""Asking others about points, and what they say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from richtschnur.accounts.models import Office
from richtschnur.accounts.queries import office_contacts
from richtschnur.consultation.operations import Guest
from richtschnur.evaluation.models import Advice
from richtschnur.evaluation.operations import Said
from richtschnur.evaluation.states import Decision
from richtschnur.network.models import Organization
from richtschnur.network.queries import known_by_name, name_key
from richtschnur.network.states import PointKind
from richtschnur.ui.forms import KernForm, day_input

USUAL_DAYS = 7
LONG = 20_000
NOT_OURS = "not_ours"
ADVISED = [choice for choice in Decision.choices if choice[0] != Decision.NOT_RESPONSIBLE]
FIELDS = ("choice", "reason", "whose", "mark")


class AskForm(KernForm):
    """Who is asked what until when; `guest` is whom, when the form is valid."""

    office = forms.ModelChoiceField(
        label=gettext_lazy("Office"),
        required=False,
        queryset=Office.objects.all(),
        empty_label=gettext_lazy("somebody else"),
    )
    name = forms.CharField(
        label=gettext_lazy("Or another body"),
        required=False,
        max_length=200,
        help_text=gettext_lazy(
            "For example Jobcenter or Schulamt. What stands in the register under that name is"
            " found there with its mailbox."
        ),
    )
    contact = forms.CharField(label=gettext_lazy("Person"), required=False, max_length=120)
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        required=False,
        help_text=gettext_lazy("Only needed when none is known, or another one is better."),
    )
    due_on = forms.DateField(
        label=gettext_lazy("Until the end of"),
        widget=day_input(),
        error_messages={"required": gettext_lazy("Please say until when.")},
    )
    question = forms.CharField(
        label=gettext_lazy("What do you want to know?"),
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    guest: Guest

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        office, name = given.get("office"), given.get("name", "")
        if self.errors.keys() & {"office", "name", "email"}:
            return given
        if bool(office) == bool(name):
            self.add_error("office", _("Please choose an office, or write another body's name."))
            return given
        self.guest = _office(office) if office else _body(name)
        contact, email = given.get("contact", ""), given.get("email", "")
        if contact or email:
            self.guest = Guest(
                self.guest.name,
                contact or self.guest.contact,
                email or self.guest.email,
                self.guest.office,
                self.guest.organization,
            )
        if not self.guest.email:
            said = _("No e-mail address is known of “%(name)s”. Please write one.")
            self.add_error("email", said % {"name": self.guest.name})
        return given


def _office(office: Office) -> Guest:
    known = next(c for c in office_contacts() if c.office.pk == office.pk)
    return Guest(office.name, known.name, known.email, office)


def _body(name: str) -> Guest:
    """By its name in the register, with its own mailbox; else as it was written."""
    found: Organization | None = known_by_name([name]).get(name_key(name))
    if found is None:
        return Guest(name)
    mailboxes = found.values(PointKind.EMAIL)
    email = mailboxes[0] if mailboxes else ""
    return Guest(found.name, email=email, organization=found)


def usual_question(at: datetime, question: str = "") -> dict[str, Any]:
    """What the form begins with: a week, and an open question."""
    usual = _("What do you say to this from your point of view, and what would you answer?")
    return {
        "due_on": localdate(at) + timedelta(days=USUAL_DAYS),
        "question": question or usual,
    }


class LaterForm(KernForm):
    """More time."""

    due_on = forms.DateField(label=gettext_lazy("Until the end of"), widget=day_input())


class NewAddressForm(KernForm):
    """Where the new personal address goes."""

    email = forms.EmailField(label=gettext_lazy("E-mail"))


class AdviceForm(KernForm):
    """All points of a delegation at once; `completes` asks for everything that is needed.

    The fields of each advice are named by its key: choice_12, reason_12, whose_12 and, hidden,
    mark_12, by which is known what was shown.
    """

    def __init__(
        self, data: Any = None, *, advices: Sequence[Advice], completes: bool = False
    ) -> None:
        self.advices, self.completes = advices, completes
        more: dict[str, forms.Field] = {}
        initial: dict[str, Any] = {}
        for number, advice in enumerate(advices, start=1):
            more |= _fields(advice.pk, number)
            choice = NOT_OURS if advice.is_not_ours else advice.decision
            stored = (choice, advice.reason, advice.whose, Said.of(advice).mark)
            initial |= {f"{n}_{advice.pk}": v for n, v in zip(FIELDS, stored, strict=True)}
        self.unmarked = tuple(more)
        super().__init__(data, initial=initial, more=more)

    @property
    def parts(self) -> list[tuple[Advice, list[BoundField]]]:
        """Each advice with its fields that are shown."""
        return [
            (advice, [self[f"{name}_{advice.pk}"] for name in FIELDS[:3]])
            for advice in self.advices
        ]

    def said(self) -> dict[int, Said]:
        """What was typed, by the key of each advice."""
        return {advice.pk: self._said(advice.pk) for advice in self.advices}

    def seen(self) -> Mapping[int, str]:
        """What the form had shown."""
        return {advice.pk: self.cleaned_data[f"mark_{advice.pk}"] for advice in self.advices}

    def _said(self, pk: int) -> Said:
        choice, reason, whose = (self.cleaned_data.get(f"{n}_{pk}", "") for n in FIELDS[:3])
        is_not_ours = choice == NOT_OURS
        words = reason.replace("\r\n", "\n").replace("\r", "\n")
        return Said("" if is_not_ours else choice, is_not_ours, words, whose)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for advice in self.advices if self.completes else ():
            field = self._said(advice.pk).missing
            if field and f"{field}_{advice.pk}" not in self.errors:
                words = (
                    _("Please choose something, or say that it is not yours.")
                    if field == "choice"
                    else _("Please give the reason in one or two sentences.")
                )
                self.add_error(f"{field}_{advice.pk}", words)
        return given


def _fields(pk: int, number: int) -> dict[str, forms.Field]:
    known = {"n": number}
    return {
        f"choice_{pk}": forms.ChoiceField(
            label=_("Point %(n)s: what would you answer?") % known,
            required=False,
            choices=[
                *ADVISED,
                (NOT_OURS, _("not ours – somebody else should say something to it")),
            ],
            widget=forms.RadioSelect,
        ),
        f"reason_{pk}": forms.CharField(
            label=_("Point %(n)s: why?") % known,
            required=False,
            max_length=LONG,
            widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
            help_text=_("One or two plain sentences."),
        ),
        f"whose_{pk}": forms.CharField(
            label=_("Point %(n)s: if it is not yours, whose is it?") % known,
            required=False,
            max_length=200,
        ),
        f"mark_{pk}": forms.CharField(max_length=64, required=False, widget=forms.HiddenInput),
    }
