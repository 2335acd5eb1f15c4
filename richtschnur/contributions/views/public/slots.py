"""What the draft's page shows of the basket; both are called once a page or a passage."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse

from richtschnur.consultation.models import Consultation
from richtschnur.consultation.queries import Place
from richtschnur.contributions.views.public.own_basket import answers_in, comments_in
from richtschnur.contributions.views.public.published import counts_of


def basket_bar(request: Any, consultation: Consultation) -> str:
    """How many comments wait, and the way to send them."""
    context = {
        "consultation": consultation,
        "count": len(comments_in(request, consultation)),
        "answers": answers_in(request, consultation),
        "is_open": consultation.is_open(request.at),
    }
    return render_to_string("contributions/public/_basket_bar.html", context)


def comment_link(request: Any, place: Place) -> str:
    """The way to comment on a passage or on the whole, and what one has written there."""
    number = place.passage.number if place.passage else None
    own = [
        comment
        for comment in comments_in(request, place.consultation)
        if comment.passage_id == (place.passage.pk if place.passage else None)
        and comment.question_id is None
    ]
    count = counts_of(request, place.consultation).by_passage.get(number or 0, 0)
    if not place.is_open and not own and not count:
        return ""
    slug = place.consultation.slug
    address = (
        reverse("contributions:comment", args=[slug, number])
        if number is not None
        else reverse("contributions:whole", args=[slug])
    )
    context = {
        "address": address,
        "slug": slug,
        "number": number,
        "own": own,
        "is_open": place.is_open,
        "count": count,
        "asks": bool(request.__dict__.get("_questions", {}).get(place.consultation.pk)),
        "published": f"{reverse('contributions:published', args=[slug])}?passage={number or 0}",
        "is_only_way": place.consultation.edition_id is None,
    }
    return render_to_string("contributions/public/_comment_link.html", context)
