"""One organisation's entry; what there may be several of is written one a line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from richtschnur.journal.refusals import Refused
from richtschnur.network.models import FIELDS, LISTS, Entry
from richtschnur.network.queries import (
    emails_in,
    language_name,
    languages_in,
    parts_of,
    phones_in,
    websites_in,
)
from richtschnur.network.states import Offer, OrganizationKind
from richtschnur.ui.forms import KernForm, readable

MOST_VALUES = 60
ONE_A_LINE = gettext_lazy("One a line.")
BY_LINE = r"[\n;]"


class LinesField(forms.CharField):
    """A text with one value a line; its value is a tuple. `reads` makes the values of it."""

    def __init__(
        self,
        reads: Callable[[str], tuple[str, ...]] = lambda text: tuple(parts_of(text, BY_LINE)),
        *,
        longest: int = 300,
        rows: int = 2,
        **kwargs: Any,
    ) -> None:
        self.reads, self.longest = reads, longest
        kwargs.setdefault("help_text", ONE_A_LINE)
        widget = forms.Textarea(attrs={"rows": rows, "dir": "auto", "class": "short"})
        super().__init__(
            required=False, max_length=20_000, validators=[readable], widget=widget, **kwargs
        )

    def clean(self, value: Any) -> Any:
        text = super().clean(value).replace("\r\n", "\n")
        try:
            values = self.reads(text)
        except Refused as refusal:
            raise ValidationError(str(refusal), code="value") from None
        overlong = next((one for one in values if len(one) > self.longest), None)
        if overlong is not None:
            said = _("This is too long: “%(text)s …”") % {"text": overlong[:60]}
            raise ValidationError(said, code="overlong")
        if len(values) > MOST_VALUES:
            raise ValidationError(_("At most %(n)s fit here.") % {"n": MOST_VALUES}, code="many")
        return values


def _towns(text: str) -> tuple[str, ...]:
    return tuple(parts_of(text, r"[,;\n]"))


class EntryForm(KernForm):
    """The whole entry; `entry` holds it when the form is valid."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200, validators=[readable])
    short_name = forms.CharField(
        label=gettext_lazy("Short name"), max_length=60, required=False, validators=[readable]
    )
    legal_form = forms.CharField(
        label=gettext_lazy("Legal form"),
        max_length=60,
        required=False,
        validators=[readable],
        help_text=gettext_lazy("For example e. V., gGmbH; empty for a group without one."),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=OrganizationKind.choices)
    towns = LinesField(
        _towns,
        label=gettext_lazy("Towns served"),
        longest=80,
        help_text=gettext_lazy("One a line, or parted by commas."),
    )
    languages = LinesField(
        languages_in,
        label=gettext_lazy("Languages spoken"),
        longest=80,
        help_text=gettext_lazy("One a line, or parted by commas, for example: Deutsch, Arabisch."),
    )
    offers = forms.MultipleChoiceField(
        label=gettext_lazy("What it offers"),
        choices=Offer.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    offer_words = forms.CharField(
        label=gettext_lazy("In its own words"),
        max_length=4000,
        required=False,
        validators=[readable],
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=gettext_lazy("What one finds there, in two or three sentences."),
    )
    emails = LinesField(
        emails_in,
        label=gettext_lazy("E-mail"),
        help_text=gettext_lazy("Of the organisation, not of persons. One a line."),
    )
    phones = LinesField(phones_in, label=gettext_lazy("Phone"))
    websites = LinesField(websites_in, label=gettext_lazy("Website"))
    addresses = LinesField(
        label=gettext_lazy("Address"),
        help_text=gettext_lazy("Street, postal code and town. One address a line."),
    )
    hours = LinesField(label=gettext_lazy("Opening hours"))

    def clean_offers(self) -> tuple[str, ...]:
        return tuple(self.cleaned_data["offers"])

    def clean_offer_words(self) -> str:
        words: str = self.cleaned_data["offer_words"]
        return words.replace("\r\n", "\n").strip()

    @property
    def entry(self) -> Entry:
        """What was given, as the register keeps it."""
        return Entry(**{name: self.cleaned_data[name] for name in FIELDS})


def beginning(entry: Entry) -> dict[str, Any]:
    """An entry as the form begins with it."""
    values: dict[str, Any] = {}
    for name in FIELDS:
        value = getattr(entry, name)
        if name == "languages":
            value = ", ".join(language_name(code) for code in value)
        elif name == "towns":
            value = ", ".join(value)
        elif name == "offers":
            value = list(value)
        elif name in LISTS:
            value = "\n".join(value)
        values[name] = value
    return values
