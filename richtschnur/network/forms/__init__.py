"""Forms of the register."""

from richtschnur.network.forms.asking import AskForm, ListingForm
from richtschnur.network.forms.entries import EntryForm, beginning
from richtschnur.network.forms.importing import TableForm
from richtschnur.network.forms.people import (
    BodyForm,
    ConsentForm,
    ContactForm,
    DayForm,
    SeatForm,
)
from richtschnur.network.forms.reporting import ReportForm

__all__ = [
    "AskForm",
    "BodyForm",
    "ConsentForm",
    "ContactForm",
    "DayForm",
    "EntryForm",
    "ListingForm",
    "ReportForm",
    "SeatForm",
    "TableForm",
    "beginning",
]
