"""What is mailed to who is asked about points; words of contributions never stand in a mail."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import Enum

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from richtschnur.accounts.queries import stand_ins
from richtschnur.consultation.models import digest, new_nonce
from richtschnur.consultation.operations import made_secret
from richtschnur.county.queries import the_county
from richtschnur.evaluation.models import Delegation
from richtschnur.mail.operations import queue_message
from richtschnur.ui.moments import day_in_words


class Occasion(Enum):
    """Why a mail is written."""

    ASKED = "asked"
    REMINDER = "reminder"
    EXTENSION = "extension"
    MISSED = "missed"


def delegation_secret(delegation: Delegation) -> str:
    """The secret of this personal address (192 bits), made anew for each mail."""
    return made_secret(b"delegation:" + delegation.nonce.encode())


def renew_delegation_secret(delegation: Delegation) -> None:
    """Give it another secret (not saved); the address of before leads nowhere any more."""
    delegation.nonce = new_nonce()
    delegation.secret_digest = digest(delegation_secret(delegation))


def about(delegation: Delegation) -> str:
    """Under which name the outbox keeps what is written to it."""
    return f"delegation:{delegation.pk}"


def delegate_address(language: str) -> str:
    """The whole personal address with "{secret}" in it; "" without a public address."""
    if not settings.PUBLIC_URL:
        return ""
    with override(spoken(language)):
        path = reverse("evaluation:asked", args=["SECRET"]).replace("SECRET", "{secret}")
    return f"{settings.PUBLIC_URL}{path}"


def spoken(language: str) -> str:
    """The language itself where the product speaks it, else the installation's own."""
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def write_to_delegate(
    delegation: Delegation, *, address: str, occasion: Occasion, at: datetime
) -> int:
    """Queue the mail, and one to who stands in today; says how many. In the paper's language."""
    if not delegation.email:
        return 0
    deputies = stand_ins(localdate(at)).get(delegation.email.lower(), [])
    with override(spoken(delegation.consultation.strategy.language)):
        subject, body = _words(delegation, address, occasion)
        for to in dict.fromkeys([delegation.email, *deputies]):
            queue_message(to=to, subject=subject, body=body, about=about(delegation), at=at)
    return 1 + len(deputies)


def _words(delegation: Delegation, address: str, occasion: Occasion) -> tuple[str, str]:
    count, county = delegation.advices.count(), the_county()
    secret = delegation_secret(delegation)
    known = {
        "title": delegation.consultation.title,
        "name": delegation.name,
        "day": day_in_words(delegation.due_on),
        "link": address.replace("{secret}", secret) if address else _first_mail(),
        "points": ngettext("%(n)d point", "%(n)d points", count) % {"n": count},
        "sender": "\n".join(filter(None, [county.office, county.name, county.phone])),
    }
    subjects: dict[Occasion, Callable[[], str]] = {
        Occasion.ASKED: lambda: _("Please tell us by %(day)s: %(title)s"),
        Occasion.REMINDER: lambda: _("Only until %(day)s: %(title)s"),
        Occasion.EXTENSION: lambda: _("More time, until %(day)s: %(title)s"),
        Occasion.MISSED: lambda: _("The day has gone by: %(title)s"),
    }
    return subjects[occasion]() % known, _bodies()[occasion] % known


def _first_mail() -> str:
    return _("It stands in our first mail.")


def _bodies() -> dict[Occasion, str]:
    return {
        Occasion.ASKED: _(
            "Good day,\n\n"
            "to “%(title)s” something was said that concerns %(name)s. Please tell us by %(day)s"
            " what you would answer: %(points)s, about five minutes.\n\n"
            "Your personal address – you need no login:\n%(link)s\n\n"
            "You can save and come back until that day. What is not yours you return with one"
            " click. What you write is advice; we answer.\n\n"
            "%(sender)s"
        ),
        Occasion.REMINDER: _(
            "Good day,\n\n"
            "we still wait for what %(name)s says to “%(title)s” (%(points)s). You can tell us"
            " until %(day)s; what is not yours you return with one click.\n\n"
            "Your personal address – you need no login:\n%(link)s\n\n"
            "%(sender)s"
        ),
        Occasion.EXTENSION: _(
            "Good day,\n\n"
            "you have more time for “%(title)s” (%(points)s): until %(day)s.\n\n"
            "Your personal address – you need no login:\n%(link)s\n\n"
            "%(sender)s"
        ),
        Occasion.MISSED: _(
            "Good day,\n\n"
            "we asked %(name)s about “%(title)s” and have nothing from you; the day was %(day)s."
            " We go on without your advice. If you still want to say something, please call us:"
            " we can give you more time.\n\n"
            "%(sender)s"
        ),
    }
