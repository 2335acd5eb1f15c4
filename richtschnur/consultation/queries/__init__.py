"""Reading consultations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from richtschnur.accounts.models import actor_of
from richtschnur.consultation.models import Consultation, Invitation, Question, digest
from richtschnur.consultation.rules import may_see
from richtschnur.consultation.states import Audience
from richtschnur.journal.asking import Standing
from richtschnur.journal.refusals import Refused
from richtschnur.strategy.models import Edition, Passage
from richtschnur.strategy.queries import Contents, ReadingPage, contents_of


def consultation_by_slug(slug: str) -> Consultation:
    """The consultation that a call or an address names. Raises Refused when there is none."""
    found = all_consultations().filter(slug=slug).first()
    if found is None:
        raise Refused(_("There is no consultation “%(ref)s”.") % {"ref": slug}, code="not-found")
    return found


def all_consultations() -> QuerySet[Consultation]:
    """With paper and edition loaded, the latest first."""
    return Consultation.objects.select_related("strategy", "edition", "edition__strategy")


def public_consultations() -> QuerySet[Consultation]:
    """Those that everyone is asked in."""
    return all_consultations().filter(audience=Audience.PUBLIC)


def latest_public(count: int) -> list[Consultation]:
    """The newest that everyone is asked in, with their extensions; two queries."""
    return list(public_consultations().prefetch_related("extensions")[:count])


def closing_after(at: datetime) -> QuerySet[Consultation]:
    """Open or planned ones, the next deadline first."""
    running = Q(closes_at__gte=at) & (Q(closed_at__isnull=True) | Q(closed_at__gte=at))
    return all_consultations().filter(running).order_by("closes_at")


def questions_of(consultation: Consultation) -> QuerySet[Question]:
    """Its questions in order, each with its passage and paper."""
    rows = consultation.questions.select_related("passage__section", "consultation__strategy")
    return rows.order_by("position", "pk")


def of_edition(edition_id: int) -> QuerySet[Consultation]:
    """Consultations on one edition."""
    return all_consultations().filter(edition_id=edition_id)


_at = Standing(lambda slug: all_consultations().filter(slug=slug).order_by(), str)
_alone_at = Standing(lambda slug: Consultation.objects.filter(slug=slug).order_by(), str)


def visible_consultation(request: Any, slug: str, *, with_paper: bool = True) -> Consultation:
    """The consultation at an address, for those who may see it; for all others there is none.

    An invitation that was followed in this browser counts, one by name as the common one.
    Paper and edition come with it unless they are hardly needed. Raises Http404.
    """
    ask = _at if with_paper else _alone_at
    found = next(iter(ask(slug)), None) if "\x00" not in slug else None
    if found is None:
        raise Http404
    if found.audience != Audience.PUBLIC:
        invited_to = request.session.get(invitation_name(found), "")
        invitation = invitation_in(request, found)
        if not may_see(found, actor_of(request), invited_to, invitation=invitation):
            raise Http404
    return found


def lets_read(request: Any, edition: Edition) -> bool:
    """Whether a consultation shows this edition to this request, public or not."""
    invited = [found for found in of_edition(edition.pk) if found.is_text_shown(request.at)]
    for found in invited:
        invited_to = request.session.get(invitation_name(found), "")
        invitation = invitation_in(request, found)
        if may_see(found, actor_of(request), invited_to, invitation=invitation):
            return True
    return False


def invitation_name(consultation: Consultation) -> str:
    """Under which name the session keeps the key of an invitation."""
    return f"invitation-{consultation.pk}"


LONGEST_SECRET = 100


def cookie_name(consultation: Consultation) -> str:
    """Under which name a browser keeps the secret of a personal address."""
    return f"richtschnur_invitation_{consultation.pk}"


def invitation_by_secret(secret: str) -> Invitation | None:
    """The invitation whose personal address has this secret, unless it was withdrawn.

    `may_release` is False for the address of colleagues.
    """
    if not secret or len(secret) > LONGEST_SECRET:
        return None
    known = digest(secret)
    either = Q(secret_digest=known) | Q(colleague_digest=known)
    rows = Invitation.objects.filter(either, withdrawn_at__isnull=True)
    found = rows.select_related(
        "consultation__strategy", "consultation__edition__strategy", "office"
    ).first()
    if found is not None:
        found.may_release = found.secret_digest == known
    return found


def secret_in(request: Any, consultation: Consultation) -> str:
    """The secret of a personal address that this browser keeps for a consultation, or ""."""
    kept: str = request.COOKIES.get(cookie_name(consultation), "")
    return kept if len(kept) <= LONGEST_SECRET else ""


def invitation_in(request: Any, consultation: Consultation) -> Invitation | None:
    """For whom this browser answers in a consultation; asked for once a request."""
    known: dict[int, Invitation | None] = request.__dict__.setdefault("_invitations", {})
    if consultation.pk not in known:
        found = invitation_by_secret(secret_in(request, consultation))
        is_of_it = found is not None and found.consultation_id == consultation.pk
        known[consultation.pk] = found if is_of_it else None
    return known[consultation.pk]


def invitations_of(consultation: Consultation) -> QuerySet[Invitation]:
    """All invitations by name, with their offices."""
    return consultation.invitations.select_related("office").order_by("name", "pk")


def waiting_invitations(consultation: Consultation) -> QuerySet[Invitation]:
    """Those whose answer is still waited for."""
    return consultation.invitations.filter(answered_at__isnull=True, withdrawn_at__isnull=True)


def offices_left(consultations: list[Consultation]) -> dict[int, tuple[int, int]]:
    """By consultation (still waited for, asked), where somebody was asked by name; one query."""
    live = Invitation.objects.filter(consultation__in=consultations, withdrawn_at__isnull=True)
    grouped = live.order_by().values("consultation")
    counted = grouped.annotate(
        left=Count("pk", filter=Q(answered_at__isnull=True)), asked=Count("pk")
    )
    return {row["consultation"]: (row["left"], row["asked"]) for row in counted}


@dataclass(frozen=True)
class Place:
    """Where something can be said: what the slot "consultation.passage" is given.

    Without a passage it is the whole paper; `is_open` says whether something may be sent now.
    """

    consultation: Consultation
    passage: Passage | None
    is_open: bool


def page_address(consultation: Consultation, contents: Contents, page: ReadingPage) -> str:
    """Where a page of the draft is read and commented on."""
    if not contents.is_long:
        return reverse("consultation:read", args=[consultation.slug])
    return reverse("consultation:section", args=[consultation.slug, page.position])


def place_address(consultation: Consultation, passage: Passage) -> str:
    """Where a passage of the draft is read among its neighbours; one query."""
    contents = contents_of(passage.edition)
    page = contents.page_with(position=passage.section.position)
    assert page is not None
    return f"{page_address(consultation, contents, page)}#p{passage.number}"
