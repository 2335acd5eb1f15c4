"""What other programs read: public consultations, their drafts, published comments, a receipt."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.timezone import localtime

from richtschnur.consultation.models import Consultation
from richtschnur.consultation.queries import public_consultations
from richtschnur.consultation.states import Publication
from richtschnur.contributions.api.answering import endpoint, receipt_address, reply
from richtschnur.contributions.api.description import described
from richtschnur.contributions.exports.open_data import LICENCE_ADDRESS, file_address, public_row
from richtschnur.contributions.models import Comment
from richtschnur.contributions.queries import comments_of, contribution_by_secret
from richtschnur.contributions.queries.public_list import chosen_in, public_page
from richtschnur.ui.addresses import whole_address

A_PAGE = 100


def consultation_named(slug: str) -> Consultation:
    """A public consultation; whoever is invited elsewhere uses the pages. Raises Http404."""
    found = public_consultations().filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


@endpoint("GET")
def openapi(request: Any) -> HttpResponse:
    """This description."""
    return reply(described(whole_address(request, "/api/v1")))


@endpoint("GET")
def consultations(request: Any) -> dict[str, Any]:
    """All public consultations, the latest first."""
    return {"consultations": [_consultation(request, each) for each in public_consultations()]}


@endpoint("GET")
def consultation(request: Any, slug: str) -> dict[str, Any]:
    """One consultation."""
    return _consultation(request, consultation_named(slug))


@endpoint("GET")
def passages(request: Any, slug: str) -> dict[str, Any]:
    """The passages of the draft in reading order, behind the number `after`."""
    found = consultation_named(slug)
    if found.edition is None or not found.is_text_shown(request.at):
        return {"passages": [], "next_after": None}
    after = request.GET.get("after", "")
    number = int(after) if after.isascii() and after.isdigit() and len(after) < 9 else 0
    rows = found.edition.passages.filter(number__gt=number).select_related("section")
    listed = list(rows.order_by("number")[: A_PAGE + 1])
    return {
        "passages": [
            {"number": row.number, "section": str(row.section), "text": row.text}
            for row in listed[:A_PAGE]
        ],
        "next_after": listed[A_PAGE - 1].number if len(listed) > A_PAGE else None,
    }


@endpoint("GET")
def comments(request: Any, slug: str) -> dict[str, Any]:
    """Published comments, narrowed as on the public page, behind the key `after`."""
    found = consultation_named(slug)
    page = public_page(found, chosen_in(request.GET), size=A_PAGE)
    address = file_address(request, found)
    return {
        "licence": LICENCE_ADDRESS,
        "comments": [public_row(row, found, address) for row in page.rows],
        "next_after": page.next_after,
    }


@endpoint("GET")
def receipt(request: Any, secret: str) -> HttpResponse:
    """What was sent and how it stands, for whoever has the secret."""
    contribution = contribution_by_secret(secret)
    if contribution is None:
        raise Http404
    response = reply(
        {
            "number": contribution.number,
            "received_at": localtime(contribution.received_at).isoformat(timespec="seconds"),
            "is_late": contribution.is_late,
            "commitment": contribution.commitment,
            "address": receipt_address(request, secret),
            "comments": [
                {
                    "passage": comment.passage.number if comment.passage else None,
                    "text": comment.text,
                    "publication": _standing(comment, contribution.consultation),
                }
                for comment in comments_of(contribution)
            ],
        }
    )
    response["Cache-Control"] = "no-store, private"
    return response


def _standing(comment: Comment, consultation: Consultation) -> str:
    if consultation.publication == Publication.NOT:
        return "not"
    if hasattr(comment, "public"):
        return "published"
    return "withheld" if hasattr(comment, "withheld") else "held"


def _consultation(request: Any, found: Consultation) -> dict[str, Any]:
    return {
        "slug": found.slug,
        "title": found.title,
        "language": found.strategy.language,
        "phase": found.phase(request.at).value,
        "opens_at": localtime(found.opens_at).isoformat(timespec="seconds"),
        "closes_at": localtime(found.ends_at).isoformat(timespec="seconds"),
        "publication": found.publication,
        "address": whole_address(request, reverse("consultation:read", args=[found.slug])),
    }
