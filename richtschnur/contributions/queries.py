"""Reading baskets and contributions."""

from __future__ import annotations

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from richtschnur.consultation.models import Consultation, Invitation
from richtschnur.contributions.models import Basket, Comment, Contribution, digest
from richtschnur.journal.actors import Actor
from richtschnur.journal.models import Erasure


def basket_of(consultation: Consultation, secret: str) -> Basket | None:
    """The basket that a secret opens, or None."""
    if not secret:
        return None
    found = Basket.objects.filter(consultation=consultation, secret_digest=digest(secret))
    return found.prefetch_related("comments__passage__section").first()


def contribution_by_secret(secret: str) -> Contribution | None:
    """The contribution whose receipt this secret opens, or None."""
    found = Contribution.objects.filter(secret_digest=digest(secret))
    return found.select_related(
        "consultation", "consultation__strategy", "consultation__edition", "sender"
    ).first()


def comments_of(contribution: Contribution) -> QuerySet[Comment]:
    """All comments of one contribution with their passages."""
    return contribution.comments.select_related("passage", "passage__section")


def contributions_to(consultation: Consultation) -> QuerySet[Contribution]:
    """All contributions to a consultation in the order they came, with sender and size."""
    rows = Contribution.objects.filter(consultation=consultation).select_related("sender")
    return rows.annotate(comment_count=Count("comments")).order_by("received_at", "id")


def answers_by(invitation: Invitation) -> list[Contribution]:
    """What an office has sent by its personal address, in the order it came; three queries."""
    rows = Contribution.objects.filter(invitation=invitation).select_related("sender")
    comments = Comment.objects.select_related("passage__section").order_by("position")
    return list(rows.prefetch_related(Prefetch("comments", comments)).order_by("received_at", "id"))


def numbers_by_invitation(consultation_id: int) -> dict[int, list[str]]:
    """The registry numbers of what came by each invitation, in the order it came; one query."""
    found: dict[int, list[str]] = {}
    rows = Contribution.objects.filter(consultation_id=consultation_id, invitation__isnull=False)
    pairs = rows.order_by("received_at", "id").values_list("invitation", "number")
    for invitation, number in pairs:
        found.setdefault(invitation, []).append(number)
    return found


def counts_by_passage(consultation: Consultation) -> dict[int | None, int]:
    """How many comments each passage got; None counts those on the whole paper."""
    rows = Comment.objects.filter(contribution__consultation=consultation)
    counted = rows.order_by().values_list("passage").annotate(Count("pk"))
    return dict(counted)


def erasures_to_confirm(by: Actor) -> list[Contribution]:
    """Contributions whose erasure another person has asked for, the oldest first; two queries."""
    asked = Erasure.objects.filter(confirmed_at__isnull=True, declined_at__isnull=True)
    subjects = asked.exclude(asked_by=by.id).order_by("asked_at").values_list("subject", flat=True)
    keys = [int(subject.partition(":")[2]) for subject in subjects[:50]]
    if not keys:
        return []
    rows = Contribution.objects.filter(pk__in=keys).select_related("consultation")
    return sorted(rows, key=lambda contribution: keys.index(contribution.pk))


def matching(contributions: QuerySet[Contribution], words: str) -> QuerySet[Contribution]:
    """Those whose number, comments or sender hold these words; all without words."""
    if not words:
        return contributions
    said = Comment.objects.filter(contribution=OuterRef("pk"), text__icontains=words)
    sent = Q(sender__name__icontains=words) | Q(sender__organisation__icontains=words)
    return contributions.filter(Exists(said) | sent | Q(number__icontains=words))


def intake_counts(consultation: Consultation) -> dict[str, int]:
    """How much came in: contributions, comments, late and nil returns; two queries."""
    rows = Contribution.objects.filter(consultation=consultation)
    counts = rows.aggregate(
        contributions=Count("pk"),
        late=Count("pk", filter=Q(is_late=True)),
        nil_returns=Count("pk", filter=Q(is_nil_return=True)),
    )
    comments = Comment.objects.filter(contribution__consultation=consultation)
    return counts | {"comments": comments.count()}
