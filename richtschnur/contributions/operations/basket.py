"""Comments gather in a basket before they are sent; a basket is no contribution yet."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from richtschnur.consultation.models import Consultation
from richtschnur.consultation.rules import check_open
from richtschnur.contributions.models import Basket, BasketComment, digest
from richtschnur.contributions.rules import check_text
from richtschnur.journal.refusals import Refused
from richtschnur.strategy.models import Passage

KEPT_FOR = timedelta(days=14)


@transaction.atomic
def put_comment(
    *,
    consultation: Consultation,
    secret: str,
    text: str,
    at: datetime,
    passage: Passage | None = None,
    replaces: BasketComment | None = None,
) -> BasketComment:
    """Put a comment into the basket that the secret opens, or new words into one that is there."""
    check_open(consultation, at)
    text = check_text(text)
    basket = touched_basket(consultation, secret, at)
    if replaces is not None and replaces.basket_id != basket.pk:
        replaces = None  # it was sent meanwhile, from another window
    if replaces is None:
        known = basket.comments.filter(passage=passage, question=None, text=text).first()
        if known is not None:
            return known  # a second click
    comment = replaces or BasketComment(basket=basket, passage=passage)
    comment.text, comment.written_at = text, at
    comment.save()
    return comment


def touched_basket(consultation: Consultation, secret: str, at: datetime) -> Basket:
    """The secret's basket, locked; one that is being sent is followed by a new one."""
    while True:
        basket, _created = Basket.objects.get_or_create(
            secret_digest=digest(secret),
            defaults={"consultation": consultation, "created_at": at, "touched_at": at},
        )
        if basket.consultation_id != consultation.pk:
            raise Refused(_("This basket belongs to another consultation. Please open it anew."))
        if Basket.objects.filter(pk=basket.pk).update(touched_at=at):
            return basket


@transaction.atomic
def remove_comment(*, comment: BasketComment) -> None:
    """Take a comment out of its basket."""
    comment.delete()


def forget_old_baskets(*, at: datetime) -> int:
    """Delete baskets that nobody has touched for KEPT_FOR; says how many."""
    return Basket.objects.filter(touched_at__lt=at - KEPT_FOR).delete()[0]
