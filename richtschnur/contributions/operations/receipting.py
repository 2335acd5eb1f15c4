"""The mail that a contribution arrived."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from richtschnur.contributions.models import Contribution
from richtschnur.mail.operations import queue_message
from richtschnur.ui.moments import moment_in_words


def queue_receipt(contribution: Contribution, *, to: str, address: str, at: datetime) -> None:
    """Send the number and the receipt's secret address to whoever left an address."""
    queue_message(
        to=to,
        subject=_("We have your contribution %(number)s") % {"number": contribution.number},
        body=_(
            "Thank you. Your contribution to “%(title)s” arrived on %(moment)s under the number"
            " %(number)s.\n\nUnder this address you can read it again, and later our answer:\n"
            "%(address)s\n\nPlease keep this mail: whoever has the address can read it."
        )
        % {
            "title": contribution.consultation.title,
            "moment": moment_in_words(contribution.received_at),
            "number": contribution.number,
            "address": address,
        },
        about=f"contribution:{contribution.pk}",
        at=at,
    )
