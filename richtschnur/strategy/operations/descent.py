"""A person says where the passages of a re-imported edition come from."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from richtschnur.journal.actors import Actor
from richtschnur.journal.refusals import Refused
from richtschnur.strategy.models import (
    Descent,
    DescentProposal,
    DropReason,
    Edition,
    Passage,
    PassageDraft,
    PassageVersion,
    Remark,
)
from richtschnur.strategy.operations.edit.opening import noted, opened, present
from richtschnur.strategy.states import Fate, ProposalState


@transaction.atomic
def confirm_descent(
    *, edition: Edition, by: Actor, at: datetime, proposals: Iterable[int] | None = None
) -> int:
    """Say that what the machine carried out is right; `proposals` by id, else all. How many.

    Dropped passages are not among them: these want a reason (`explain_drop`).
    """
    edition = opened(edition.pk, by)
    rows = edition.descent_proposals.filter(is_applied=True, state=ProposalState.OPEN)
    rows = rows.exclude(fate=Fate.DROPPED)
    if proposals is not None:
        rows = rows.filter(pk__in=list(proposals))
    count = _settle(list(rows), ProposalState.CONFIRMED, by, at)
    if count:
        noted(edition, "strategy.confirm_descent", by, at, n=count)
    return count


@transaction.atomic
def reject_descent(*, proposal: DescentProposal, by: Actor, at: datetime) -> None:
    """Say that these are not the same: the new ones are new, the old ones ask for a reason.

    Raises Refused when it was settled meanwhile or was never carried out.
    """
    edition = opened(proposal.edition_id, by)
    row = _held(proposal)
    if not row.is_applied or row.fate in (Fate.ADDED, Fate.DROPPED):
        raise Refused(_("This was never taken for the same. Please answer the question instead."))
    passages = edition.passages.select_related("section").filter(identity__in=row.to_identities)
    for passage in passages:
        passage.edition = edition
        _part(edition, passage)
    for identity in row.from_identities:
        _ask_for_reason(edition, uuid.UUID(identity))
    _settle([row], ProposalState.REJECTED, by, at)
    noted(edition, "strategy.reject_descent", by, at, fate=row.fate)


@transaction.atomic
def link_passages(
    *, passage: Passage, origins: Sequence[uuid.UUID], by: Actor, at: datetime
) -> Passage:
    """Say that a passage is this one of the predecessor, or comes from several of them.

    It takes over the identity of the first, unless another passage has it already or it was
    edited since (then its history stays with it, and a descent says where it comes from).
    Raises Refused when an origin does not stand in the predecessor.
    """
    edition = opened(passage.edition_id, by)
    now = present(passage, edition)
    _check_origins(edition, origins)
    if _is_inherited(edition, now):
        _part(edition, now)
        now = Passage.objects.select_related("section").get(pk=now.pk)
        now.edition = edition
    former = now.identity
    first, *more = origins
    if edition.passages.filter(identity=first).exists() or _was_edited(now):
        more = [first, *more]
    else:
        _rename(edition, now, first)
    for origin in more:
        Descent.objects.get_or_create(
            edition=edition, from_identity=origin, to_identity=now.identity
        )
    DropReason.objects.filter(edition=edition, identity__in=origins).delete()
    _settle_answered(edition, now.identity, former, origins, by, at)
    noted(edition, "strategy.link_passages", by, at, passage=now.identity, n=len(origins))
    return now


@transaction.atomic
def declare_added(*, passage: Passage, by: Actor, at: datetime) -> None:
    """Say that a passage is new: it comes from none of the predecessor's."""
    edition = opened(passage.edition_id, by)
    now = present(passage, edition)
    if _is_inherited(edition, now):
        raise Refused(_("This passage has an origin. Please say first that it is not the same."))
    _settle(_open_of(edition, str(now.identity)), ProposalState.CONFIRMED, by, at)
    noted(edition, "strategy.declare_added", by, at, passage=now.identity)


@transaction.atomic
def explain_drop(
    *, edition: Edition, identities: Sequence[uuid.UUID], reason: str, by: Actor, at: datetime
) -> None:
    """Say why passages of the predecessor are gone: the public can read it."""
    edition = opened(edition.pk, by)
    if not identities:
        raise Refused(_("Please tick the passages that this reason is for."))
    _check_origins(edition, identities)
    if not reason.strip():
        raise Refused(_("Please say why this passage is dropped: the public can read it."))
    for identity in identities:
        DropReason.objects.update_or_create(
            edition=edition, identity=identity, defaults={"reason": reason.strip()}
        )
    named = {str(identity) for identity in identities}
    rows = [
        row
        for row in edition.descent_proposals.filter(state=ProposalState.OPEN, fate=Fate.DROPPED)
        if named.issuperset(row.from_identities)
    ]
    _settle(rows, ProposalState.CONFIRMED, by, at)
    noted(edition, "strategy.explain_drop", by, at, n=len(identities))


def _held(proposal: DescentProposal) -> DescentProposal:
    row = DescentProposal.objects.select_for_update().get(pk=proposal.pk)
    if row.state != ProposalState.OPEN:
        raise Refused(_("Someone has settled this meanwhile. Please reload the page."), code="gone")
    return row


def _settle(rows: list[DescentProposal], state: str, by: Actor, at: datetime) -> int:
    for row in rows:
        row.state, row.settled_at, row.settled_by = state, at, by.id
    fields = ["state", "settled_at", "settled_by"]
    DescentProposal.objects.bulk_update(rows, fields, batch_size=200)
    return len(rows)


def _check_origins(edition: Edition, origins: Sequence[uuid.UUID]) -> None:
    known = Passage.objects.filter(edition_id=edition.predecessor_id or 0, identity__in=origins)
    if not origins or known.count() != len(set(origins)):
        raise Refused(_("The earlier edition has no such passage. Please choose another one."))


def _is_inherited(edition: Edition, passage: Passage) -> bool:
    """Whether the passage is one of the predecessor's, or descends from one."""
    olds = Passage.objects.filter(edition_id=edition.predecessor_id or 0, identity=passage.identity)
    return olds.exists() or edition.descents.filter(to_identity=passage.identity).exists()


def _was_edited(passage: Passage) -> bool:
    return PassageVersion.objects.filter(
        edition_id=passage.edition_id, identity=passage.identity
    ).exists()


def _part(edition: Edition, passage: Passage) -> None:
    """Make a passage a new one, with its elements."""
    edition.descents.filter(to_identity=passage.identity).delete()
    _rename(edition, passage, uuid.uuid4())
    for element in passage.elements.all():
        element.identity = uuid.uuid4()
        element.save(update_fields=["identity"])


def _rename(edition: Edition, passage: Passage, identity: uuid.UUID) -> None:
    """Give a passage of a working edition another identity; what speaks of it goes along.

    Its versions stay as they were written, and are written once more under the new name.
    """
    former = passage.identity
    about = {"edition": edition, "identity": former}
    versions = list(PassageVersion.objects.filter(**about).order_by("pk"))
    for version in versions:
        version.pk, version.identity = None, identity
        version._state.adding = True
    PassageVersion.objects.bulk_create(versions)
    Remark.objects.filter(**about).update(identity=identity)
    PassageDraft.objects.filter(**about).update(identity=identity)
    edition.descents.filter(to_identity=former).update(to_identity=identity)
    passage.identity = identity
    passage.save(update_fields=["identity"])
    rows = [
        row
        for row in edition.descent_proposals.filter(state=ProposalState.OPEN)
        if str(former) in row.to_identities
    ]
    for row in rows:
        row.to_identities = [str(identity) if i == str(former) else i for i in row.to_identities]
    DescentProposal.objects.bulk_update(rows, ["to_identities"], batch_size=200)


def _open_of(edition: Edition, identity: str) -> list[DescentProposal]:
    """Open proposals whose one question or act is about this passage of the edition."""
    rows = edition.descent_proposals.filter(state=ProposalState.OPEN).exclude(fate=Fate.DROPPED)
    return [row for row in rows if row.to_identities == [identity]]


def _settle_answered(
    edition: Edition,
    identity: uuid.UUID,
    former: uuid.UUID,
    origins: Sequence[uuid.UUID],
    by: Actor,
    at: datetime,
) -> None:
    """What a link answers: the new passage's question, and those of the old ones."""
    answered = _open_of(edition, str(identity)) + (
        _open_of(edition, str(former)) if former != identity else []
    )
    named = {str(origin) for origin in origins}
    answered += [
        row
        for row in edition.descent_proposals.filter(state=ProposalState.OPEN, fate=Fate.DROPPED)
        if named.issuperset(row.from_identities)
    ]
    _settle(answered, ProposalState.CONFIRMED, by, at)


def _ask_for_reason(edition: Edition, identity: uuid.UUID) -> None:
    """A question about an old passage that has no heir any more; none when one has it still."""
    if edition.passages.filter(identity=identity).exists():
        return
    if edition.descents.filter(from_identity=identity).exists():
        return
    DescentProposal.objects.create(
        edition=edition, fate=Fate.DROPPED, from_identities=[str(identity)], certainty=1.0
    )
