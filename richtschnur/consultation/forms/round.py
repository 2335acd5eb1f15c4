"""Who is asked in a round of the offices, and until when."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from richtschnur.accounts.models import Office
from richtschnur.accounts.queries import OfficeContact, office_contacts
from richtschnur.consultation.forms.promising import check_promise
from richtschnur.consultation.operations import Guest
from richtschnur.network.models import Body, Organization
from richtschnur.network.queries import known_by_name, members_of, name_key
from richtschnur.network.states import PointKind
from richtschnur.ui.forms import KernForm, MomentField, day_input, readable

USUAL_DAYS = 14
MOST_GUESTS = 300
LONGEST_NAME, LONGEST_CONTACT = 200, 120


class GuestsForm(KernForm):
    """Offices to tick, bodies of the register, and lines for all others; `guests` are asked."""

    offices = forms.MultipleChoiceField()
    bodies = forms.MultipleChoiceField()
    others = forms.CharField(
        label=gettext_lazy("Others, one a line"),
        required=False,
        max_length=40_000,
        validators=[readable],
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=gettext_lazy(
            "Name; person; e-mail – for example: Kreisjugendring; Frau Blum; blum@example.org."
            " Person and e-mail may be missing: of an organisation in the register the e-mail is"
            " known; without one there is a letter to print."
        ),
    )
    guests: list[Guest]

    def __init__(
        self, *args: Any, at: datetime, asked: frozenset[int] = frozenset(), **kwargs: Any
    ) -> None:
        self.at = at
        self.contacts = {str(c.office.pk): c for c in office_contacts() if c.office.pk not in asked}
        offices = forms.MultipleChoiceField(
            label=_("Offices"),
            required=False,
            choices=[(key, _described(contact)) for key, contact in self.contacts.items()],
            widget=forms.CheckboxSelectMultiple,
            help_text=_("At least one, here or below."),
        )
        bodies = forms.MultipleChoiceField(
            label=_("All organisations of these bodies"),
            required=False,
            choices=[(str(body.pk), body.name) for body in Body.objects.all()],
            widget=forms.CheckboxSelectMultiple,
        )
        super().__init__(*args, more={"offices": offices, "bodies": bodies}, **kwargs)
        self.order_fields(["offices", "bodies", "others"])
        if not bodies.choices:
            del self.fields["bodies"]

    def clean_offices(self) -> list[Guest]:
        chosen = [self.contacts[key] for key in self.cleaned_data["offices"]]
        return [Guest(c.office.name, c.name, c.email, c.office) for c in chosen]

    def clean_bodies(self) -> list[Guest]:
        chosen = [int(key) for key in self.cleaned_data["bodies"]]
        members = members_of(chosen, localdate(self.at)) if chosen else []
        return [_registered(one) for one in members]

    def clean_others(self) -> list[Guest]:
        offices: dict[str, Office] = {}
        for contact in self.contacts.values():
            for name in (contact.office.name, contact.office.short):
                offices[name.casefold()] = contact.office
        lines = [line.strip() for line in self.cleaned_data["others"].splitlines()]
        guests = [_guest(n, line, offices) for n, line in enumerate(lines, start=1) if line]
        return _with_register(guests)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        named = [*given.get("offices", []), *given.get("others", [])]
        known = {guest.organization for guest in named if guest.organization}
        bodies = [g for g in given.get("bodies", []) if g.organization not in known]
        self.guests = [*named, *bodies]
        if self.errors.keys() & {"offices", "others"}:
            return given
        names = [guest.name.casefold() for guest in self.guests]
        twice = next((g.name for g in self.guests if names.count(g.name.casefold()) > 1), None)
        if not self.guests:
            self.add_error("offices", _("Please choose at least one office."))
        elif twice is not None:
            self.add_error("others", _("“%(name)s” is named twice.") % {"name": twice})
        elif len(self.guests) > MOST_GUESTS:
            said = _("At most %(n)s can be asked at once.") % {"n": MOST_GUESTS}
            self.add_error("others", said)
        return given


def _described(contact: OfficeContact) -> str:
    if not contact.email:
        return _("%(office)s – no address known: letter to print") % {"office": contact.office}
    reached = f"{contact.name}, {contact.email}" if contact.name else contact.email
    return f"{contact.office} – {reached}"


def _guest(number: int, line: str, offices: dict[str, Office]) -> Guest:
    """One line as a guest; an office's name or abbreviation stands for the office."""
    parts = [part.strip() for part in line.split(";")]
    name, contact, email, *more = [*parts, "", "", ""]
    if "@" in contact and not email:
        contact, email = "", contact
    if email:
        try:
            validate_email(email)
        except ValidationError:
            email = "?"
    too_long = len(name) > LONGEST_NAME or len(contact) > LONGEST_CONTACT or len(email) > 254
    if not name or "@" in name or any(more) or email == "?" or too_long:
        raise ValidationError(
            _("Line %(number)s: please write it as “Name; person; e-mail”."),
            code="line",
            params={"number": number},
        )
    office = offices.get(name.casefold())
    return Guest(office.name if office else name, contact, email, office)


def _registered(organization: Organization, contact: str = "", email: str = "") -> Guest:
    """An organisation of the register, at its own mailbox unless another one is given."""
    mailboxes = organization.values(PointKind.EMAIL)
    email = email or (mailboxes[0] if mailboxes else "")
    return Guest(organization.name, contact, email, organization=organization)


def _with_register(guests: list[Guest]) -> list[Guest]:
    """Whoever stands in the register under that name is that organisation."""
    known = known_by_name(guest.name for guest in guests if guest.office is None)
    return [
        _registered(known[key], guest.contact, guest.email)
        if guest.office is None and (key := name_key(guest.name)) in known
        else guest
        for guest in guests
    ]


class RoundForm(GuestsForm):
    """The whole round: what is said, until when, who is asked."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=300, validators=[readable])
    introduction = forms.CharField(
        label=gettext_lazy("What the offices shall look at"),
        max_length=10_000,
        required=False,
        validators=[readable],
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=gettext_lazy("Two or three sentences that stand on the page of each office."),
    )
    closes_at = MomentField(label=gettext_lazy("Answers of the offices until"), end_of_day=True)
    answers_by_on = forms.DateField(
        label=gettext_lazy("Our answers by"), required=False, widget=day_input()
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first = ["title", "introduction", "closes_at", "answers_by_on"]
        self.order_fields([*first, "offices", "bodies", "others"])
        self.fields["offices"].initial = list(self.contacts)  # all, until some are unticked

    def clean_closes_at(self) -> datetime:
        closes_at: datetime = self.cleaned_data["closes_at"]
        if closes_at <= self.at:
            raise ValidationError(_("This lies in the past. Please check day and time."))
        return closes_at

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        check_promise(self, given)
        return given


def usual_round(title: str, at: datetime) -> dict[str, Any]:
    """What the form begins with: two weeks, until the end of that day."""
    last = localtime(at + timedelta(days=USUAL_DAYS))
    return {
        "title": _("Round of the offices: %(title)s") % {"title": title},
        "closes_at": last.replace(hour=23, minute=59, second=0, microsecond=0),
    }


class LinkForm(KernForm):
    """Where the new personal address goes."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        required=False,
        help_text=gettext_lazy("Without one there is a letter to print."),
    )
