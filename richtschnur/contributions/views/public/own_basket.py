"""The basket of this browser: a cookie holds its secret, for each consultation another."""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.http import HttpResponse

from richtschnur.consultation.models import Consultation, Question
from richtschnur.consultation.operations import shared_basket_secret
from richtschnur.consultation.queries import invitation_in, questions_of
from richtschnur.contributions.models import SHARED, Answer, Basket, BasketComment
from richtschnur.contributions.operations import chosen_in
from richtschnur.contributions.operations.basket import KEPT_FOR
from richtschnur.contributions.queries import basket_of

SECRET_BYTES = 32
LONGEST_SECRET = 100


def cookie_name(consultation: Consultation) -> str:
    return f"richtschnur_basket_{consultation.pk}"


def secret_in(request: Any, consultation: Consultation) -> str:
    """The secret that this browser keeps, or ""; all of an invited office share one basket."""
    invitation = invitation_in(request, consultation)
    if invitation is not None:
        return shared_basket_secret(invitation)
    kept: str = request.COOKIES.get(cookie_name(consultation), "")
    return kept if len(kept) <= LONGEST_SECRET else ""


def secret_to_write(request: Any, consultation: Consultation) -> str:
    """The secret under which something is put into a basket; a new one where there is none.

    A shared basket that is sent or shared no longer is followed by one of one's own.
    """
    kept = secret_in(request, consultation)
    if kept.startswith(SHARED) and basket_in(request, consultation) is None:
        return new_secret()
    return kept or new_secret()


def new_secret() -> str:
    return secrets.token_urlsafe(SECRET_BYTES)


def keep(request: Any, response: HttpResponse, consultation: Consultation, secret: str) -> None:
    """Let the browser keep the secret as long as the basket is kept; an office needs none."""
    if invitation_in(request, consultation) is not None:
        return
    left = consultation.ends_at - request.at + KEPT_FOR
    response.set_cookie(
        cookie_name(consultation),
        secret,
        max_age=max(int(left.total_seconds()), 3600),
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def basket_in(request: Any, consultation: Consultation) -> Basket | None:
    """This browser's basket, asked for once a request."""
    known: dict[int, Basket | None] = request.__dict__.setdefault("_baskets", {})
    if consultation.pk not in known:
        known[consultation.pk] = basket_of(consultation, secret_in(request, consultation))
    return known[consultation.pk]


def forget_cached(request: Any, consultation: Consultation) -> None:
    """Ask anew for the basket: it was changed within this request."""
    request.__dict__.get("_baskets", {}).pop(consultation.pk, None)


def comments_in(request: Any, consultation: Consultation) -> list[BasketComment]:
    """What lies in this browser's basket, in the order of the paper, on the whole paper first."""
    basket = basket_in(request, consultation)
    if basket is None:
        return []
    return sorted(basket.comments.all(), key=BasketComment.place)


def questions_in(request: Any, consultation: Consultation) -> list[Question]:
    """Its questions, asked for once a request; none before it opens."""
    known: dict[int, list[Question]] = request.__dict__.setdefault("_questions", {})
    if consultation.pk not in known:
        is_planned = request.at < consultation.opens_at
        known[consultation.pk] = [] if is_planned else list(questions_of(consultation))
    return known[consultation.pk]


def answers_in(request: Any, consultation: Consultation) -> list[Answer]:
    """What was chosen for questions and lies in this browser's basket, in their order."""
    basket = basket_in(request, consultation)
    if basket is None or not basket.answers:
        return []
    known: dict[int, list[Answer]] = request.__dict__.setdefault("_basket_answers", {})
    if consultation.pk not in known:
        chosen = chosen_in(basket, questions_in(request, consultation))
        known[consultation.pk] = [Answer(question=a.question, value=a.value) for a in chosen]
    return known[consultation.pk]
