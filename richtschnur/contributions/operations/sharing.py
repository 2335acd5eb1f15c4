"""A contribution in progress is continued by others: one basket, several devices, one sends it."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from richtschnur.consultation.models import Consultation
from richtschnur.consultation.rules import check_open
from richtschnur.contributions.models import SHARED, Basket, digest, opened_by
from richtschnur.journal.refusals import Refused

KEY_BYTES = 20  # 160 bits


@transaction.atomic
def share_basket(*, consultation: Consultation, secret: str, at: datetime) -> str:
    """Make a link's key for the basket, in place of an earlier one; only its digest is kept.

    Raises Refused without a basket of one's own.
    """
    check_open(consultation, at)
    key = secrets.token_hex(KEY_BYTES)
    own = Basket.objects.filter(consultation=consultation, **opened_by(secret))
    if secret.startswith(SHARED) or not own.update(share_digest=digest(key), touched_at=at):
        raise Refused(
            _("There is nothing to share yet, or it was begun on another device. Please ask there.")
        )
    return key


@transaction.atomic
def stop_sharing(*, consultation: Consultation, secret: str) -> None:
    """The link opens nothing any more, also not where it was followed before."""
    if not secret.startswith(SHARED):
        own = Basket.objects.filter(consultation=consultation, **opened_by(secret))
        own.update(share_digest=None)


@transaction.atomic
def join_basket(*, consultation: Consultation, key: str, own_secret: str, at: datetime) -> str:
    """Follow a link: what one has written oneself goes into the shared basket; says the secret.

    Raises Refused when the link opens nothing (any more).
    """
    check_open(consultation, at)
    shared = Basket.objects.select_for_update().filter(
        consultation=consultation, share_digest=digest(key)
    )
    basket = shared.first()
    if basket is None:
        raise Refused(link_is_over(), code="gone")
    own = Basket.objects.select_for_update().filter(
        consultation=consultation, **opened_by(own_secret)
    )
    mine = own.first() if own_secret else None
    if mine is not None and mine.pk == basket.pk:
        return own_secret
    if mine is not None and not own_secret.startswith(SHARED) and mine.share_digest is None:
        mine.comments.update(basket=basket)
        basket.answers = mine.answers | basket.answers  # of two answers that of the shared one
        if mine.holds_files:
            mine.files.update(basket=basket)
            Basket.objects.filter(pk=basket.pk).update(holds_files=True)
        mine.delete()
    Basket.objects.filter(pk=basket.pk).update(touched_at=at, answers=basket.answers)
    return f"{SHARED}{key}"


def link_is_over() -> str:
    return _(
        "This link opens nothing any more: the contribution was sent, or the link was taken back."
    )
