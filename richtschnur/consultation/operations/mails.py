"""What offices read in their mail: invitation and reminder, with the deadline in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import Enum

from django.conf import settings
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override

from richtschnur.accounts.queries import stand_ins
from richtschnur.consultation.models import Consultation, Invitation
from richtschnur.consultation.operations.personal import secret_of
from richtschnur.county.models import County
from richtschnur.county.queries import the_county
from richtschnur.mail.operations import queue_message
from richtschnur.ui.moments import day_in_words, moment_in_words


class Occasion(Enum):
    """Why a mail is written."""

    INVITATION = "invitation"
    REMINDER = "reminder"
    EXTENSION = "extension"


def about(invitation: Invitation) -> str:
    """Under which name the outbox keeps what is written to this office."""
    return f"invitation:{invitation.pk}"


def write_to(
    consultation: Consultation,
    invitations: Iterable[Invitation],
    *,
    address: str,
    occasion: Occasion,
    at: datetime,
    reason: str = "",
) -> int:
    """Queue one mail to each with an address, and to who stands in today; says how many.

    `address` is the whole personal address with "{secret}" in it; without it ("") the mail points
    to the first one. In the paper's language, whoever causes the mail. `reason` says why a deadline
    was extended.
    """
    county, deputies = the_county(), stand_ins(localdate(at))
    count = 0
    language = consultation.strategy.language
    with override(language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
        for invitation in invitations:
            link = address.replace("{secret}", secret_of(invitation)) if address else ""
            subject, body = _words(consultation, invitation, county, link, occasion, reason)
            for to in _addresses(invitation, deputies):
                queue_message(to=to, subject=subject, body=body, about=about(invitation), at=at)
                count += 1
    return count


def _addresses(invitation: Invitation, deputies: dict[str, list[str]]) -> list[str]:
    if not invitation.email:
        return []
    also = deputies.get(invitation.email.lower(), [])
    return list(dict.fromkeys([invitation.email, *also]))


def _words(
    consultation: Consultation,
    invitation: Invitation,
    county: County,
    link: str,
    occasion: Occasion,
    reason: str,
) -> tuple[str, str]:
    known = {
        "title": consultation.title,
        "office": invitation.name,
        "until": moment_in_words(consultation.ends_at),
        "day": day_in_words(consultation.ends_at),
        "link": link or _("It stands in our first mail."),
        "reason": reason,
        "sender": "\n".join(filter(None, [county.office, county.name, county.phone])),
    }
    if occasion is Occasion.REMINDER:
        return _("Only until %(day)s: %(title)s") % known, _reminder() % known
    if occasion is Occasion.EXTENSION:
        return _("More time, until %(day)s: %(title)s") % known, _extension() % known
    words = _invitation() if consultation.edition_id else _question()
    return _("Please answer by %(day)s: %(title)s") % known, words % known


def _invitation() -> str:
    return _(
        "Good day,\n\n"
        "a draft goes round the offices: “%(title)s”. What does %(office)s say to it?"
        " We wait for your answer until %(until)s.\n\n"
        "Your personal address – you need no login:\n%(link)s\n\n"
        "There you read the draft and write what you want to say beside each passage. If you have"
        " no remarks, one click is enough. Until the deadline you can add to your answer; our"
        " answers to your remarks will stand at the same address.\n\n"
        "Please keep the address with the person who releases your answer. On the page there is"
        " a second one, with which colleagues write along.\n\n"
        "%(sender)s"
    )


def _question() -> str:
    """The invitation where there is no draft yet."""
    return _(
        "Good day,\n\n"
        "before a draft is written we ask: “%(title)s”. What does %(office)s know and think?"
        " We wait for your answer until %(until)s.\n\n"
        "Your personal address – you need no login:\n%(link)s\n\n"
        "There you write what you want to say. If you have no remarks, one click is enough. Until"
        " the deadline you can add to your answer; our answers will stand at the same address.\n\n"
        "Please keep the address with the person who releases your answer. On the page there is"
        " a second one, with which colleagues write along.\n\n"
        "%(sender)s"
    )


def _reminder() -> str:
    return _(
        "Good day,\n\n"
        "we have no answer yet from %(office)s to “%(title)s”. You can answer until %(until)s;"
        " if you have no remarks, one click is enough.\n\n"
        "Your personal address – you need no login:\n%(link)s\n\n"
        "%(sender)s"
    )


def _extension() -> str:
    return _(
        "Good day,\n\n"
        "the deadline for “%(title)s” was extended: you can now answer until %(until)s.\n\n"
        "The reason: %(reason)s\n\n"
        "We have no answer yet from %(office)s; if you have no remarks, one click is enough.\n\n"
        "Your personal address – you need no login:\n%(link)s\n\n"
        "%(sender)s"
    )
