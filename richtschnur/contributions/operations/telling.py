"""Mails to whoever left an address: their comment is not published, or looked at again."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from richtschnur.contributions.models import Contribution, WithheldComment
from richtschnur.mail.operations import queue_message


def tell_of_withholding(withheld: WithheldComment, at: datetime) -> None:
    """Queue the ground in the sender's language, in the transaction of the decision."""
    contribution = withheld.comment.contribution
    with override(_language(contribution)):
        note = f"\n\n{withheld.note}" if withheld.note else ""
        body = _(
            "You wrote to us about “%(title)s” (number %(number)s). We do not publish your comment"
            " %(place)s. The reason from our rules for contributions: %(ground)s%(note)s\n\nYour"
            " words stay with us as you sent them; they are read, weighed and answered like all"
            " others. If you think that we are wrong, you may object on your receipt; another"
            " person then looks at it. You can also answer this mail or call us. Our rules"
            " for contributions stand at the foot of every page."
        ) % {
            "title": contribution.consultation.title,
            "number": contribution.number,
            "place": withheld.comment.position + 1,
            "ground": withheld.get_ground_display(),
            "note": note,
        }
        subject = _("Your contribution %(number)s: a comment is not published")
        _tell(contribution, subject % {"number": contribution.number}, body, at)


def tell_of_upholding(withheld: WithheldComment, at: datetime) -> None:
    """Queue what another person said to the sender's objection."""
    contribution = withheld.comment.contribution
    with override(_language(contribution)):
        body = _(
            "You objected because we do not publish your comment %(place)s on “%(title)s” (number"
            " %(number)s). Another person has looked at it and stays with it: %(note)s"
        ) % {
            "title": contribution.consultation.title,
            "number": contribution.number,
            "place": withheld.comment.position + 1,
            "note": withheld.upheld_note,
        }
        subject = _("Your contribution %(number)s: our answer to your objection")
        _tell(contribution, subject % {"number": contribution.number}, body, at)


def tell_of_publishing(contribution: Contribution, at: datetime) -> None:
    """Queue that a comment is published after its sender has objected."""
    with override(_language(contribution)):
        body = _(
            "You objected because we did not publish a comment on “%(title)s”. We have looked at"
            " it again and publish it now. You see on your receipt how it stands."
        ) % {"title": contribution.consultation.title}
        subject = _("Your contribution %(number)s: our answer to your objection")
        _tell(contribution, subject % {"number": contribution.number}, body, at)


def tell_of_review(contribution: Contribution, at: datetime) -> None:
    """Queue that a comment that was withheld is looked at once more."""
    with override(_language(contribution)):
        body = _(
            "We told you that a comment of your contribution to “%(title)s” is not published. We"
            " have taken that back and look at it again. You see on your receipt how it stands."
        ) % {"title": contribution.consultation.title}
        subject = _("Your contribution %(number)s: we look at it again")
        _tell(contribution, subject % {"number": contribution.number}, body, at)


def _language(contribution: Contribution) -> str:
    spoken = dict(settings.LANGUAGES)
    german: str = contribution.consultation.strategy.language
    return contribution.language if contribution.language in spoken else german


def _tell(contribution: Contribution, subject: str, body: str, at: datetime) -> None:
    if contribution.sender.email:
        queue_message(
            to=contribution.sender.email,
            subject=subject,
            body=body,
            about=f"contribution:{contribution.pk}",
            at=at,
        )
