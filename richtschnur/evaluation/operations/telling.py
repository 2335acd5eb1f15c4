"""A mail to whoever left an address, when every point of a contribution is answered."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from richtschnur.contributions.models import Contribution
from richtschnur.evaluation.models import Point
from richtschnur.evaluation.states import ENDED
from richtschnur.mail.models import Message
from richtschnur.mail.operations import queue_message


def tell_sender(contribution: Contribution, at: datetime) -> Message | None:
    """Queue the mail once, in the release's transaction; None while a point is left.

    It can't hold the receipt's address, which only the sender knows.
    """
    points = Point.objects.filter(comment__contribution=contribution)
    if points.exclude(state__in=ENDED).exists() or not contribution.sender.email:
        return None
    about = f"contribution:{contribution.pk}:answered"
    if Message.objects.filter(about=about).exists():
        return None
    spoken = dict(settings.LANGUAGES)
    german = contribution.consultation.strategy.language
    with override(contribution.language if contribution.language in spoken else german):
        return queue_message(
            to=contribution.sender.email,
            subject=_("Our answer to your contribution %(number)s")
            % {"number": contribution.number},
            body=_(
                "You wrote to us about “%(title)s”. Everything that you said is answered now.\n\n"
                "You find the answers on your receipt: at the address that stands in our first"
                " mail, and on the page that you saw after sending. If you no longer have it,"
                " please call us and name your number %(number)s."
            )
            % {"title": contribution.consultation.title, "number": contribution.number},
            about=about,
            at=at,
        )


def tell_of_reply(point: Point, at: datetime) -> Message | None:
    """Queue a mail that another body has replied; None without an address, or unanswered."""
    contribution = point.comment.contribution
    if point.state not in ENDED or not contribution.sender.email:
        return None
    spoken = dict(settings.LANGUAGES)
    german = contribution.consultation.strategy.language
    with override(contribution.language if contribution.language in spoken else german):
        return queue_message(
            to=contribution.sender.email,
            subject=_("A reply to your contribution %(number)s") % {"number": contribution.number},
            body=_(
                "We had passed on a part of your contribution %(number)s. Now there is a reply."
                " You read it on your receipt, under our answer: at the address that stands in our"
                " first mail."
            )
            % {"number": contribution.number},
            about=f"contribution:{contribution.pk}:replied:{point.pk}:{at.isoformat()}",
            at=at,
        )
