"""Erasing a contribution: one person asks, another one confirms, then its words are gone.

What stays is the row with its number and its commitment, which without words and salt says
nothing: the public log holds on.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from richtschnur.accounts.rules import require
from richtschnur.contributions.models import (
    Answer,
    Attachment,
    Comment,
    Contribution,
    IncomingMail,
)
from richtschnur.contributions.operations.forgetting import forget_person
from richtschnur.contributions.operations.standing import record_outcome
from richtschnur.files.erasing import erase_files
from richtschnur.journal import keys
from richtschnur.journal.actors import SYSTEM, Actor
from richtschnur.journal.kinds import Ground, LeafKind
from richtschnur.journal.models import Erasure, Leaf
from richtschnur.journal.operations import record
from richtschnur.journal.queries import received_leaf
from richtschnur.journal.refusals import Refused
from richtschnur.search.operations import forget_deleted_words

REPLAY = "replay"


@transaction.atomic
def ask_erasure(*, contribution: Contribution, ground: str, by: Actor, at: datetime) -> Erasure:
    """Ask another person to let a contribution be erased. Raises Refused when that was done."""
    require(by, "contributions.ask_erasure")
    if ground not in Ground.values:
        raise Refused(_("Please choose the ground for the erasure."))
    Contribution.objects.select_for_update().get(pk=contribution.pk)
    if erasure_of(contribution) is not None:
        raise Refused(_("The erasure of this contribution was asked for already."), code="repeated")
    received = received_leaf(contribution.subject)
    erasure = Erasure.objects.create(
        subject=contribution.subject,
        leaf=received.uid if received else "",
        ground=ground,
        asked_by=by.id,
        asked_at=at,
    )
    _record("ask_erasure", contribution, by, at, {"ground": ground})
    return erasure


def erasure_of(contribution: Contribution) -> Erasure | None:
    """The erasure that is asked for or done; one that was declined does not count."""
    return Erasure.objects.filter(subject=contribution.subject, declined_at__isnull=True).first()


@transaction.atomic
def decline_erasure(*, contribution: Contribution, by: Actor, at: datetime) -> None:
    """Leave it as it is; who asked may take it back this way, too."""
    require(by, "contributions.confirm_erasure")
    erasure = _asked(contribution)
    Erasure.objects.filter(pk=erasure.pk).update(declined_at=at)
    _record("decline_erasure", contribution, by, at, {})


@transaction.atomic
def confirm_erasure(*, contribution: Contribution, by: Actor, at: datetime) -> None:
    """Erase words, sender, salt and files for good, and say so in the public log.

    Raises Refused for the person who asked: it takes two.
    """
    require(by, "contributions.confirm_erasure")
    erasure = _asked(contribution)
    if erasure.asked_by == by.id:
        raise Refused(_("You asked for it yourself: please let another person confirm."))
    erasure.confirmed_by, erasure.confirmed_at = by.id, at
    erasure.save(update_fields=["confirmed_by", "confirmed_at"])
    _erase(contribution, erasure, by, at)


def replay_erasures(*, at: datetime) -> int:
    """After the return of an old backup: erase again what was erased since; says how many."""
    noted = keys.erased()
    if not noted:
        return 0
    known = Erasure.objects.filter(confirmed_at__isnull=False).values_list("leaf", flat=True)
    missing = noted.keys() - set(known)
    leaves = Leaf.objects.filter(uid__in=missing) if missing else []
    return sum(_replay(leaf, noted[leaf.uid], at) for leaf in leaves)


@transaction.atomic
def _replay(leaf: Leaf, ground: str, at: datetime) -> bool:
    contribution = Contribution.objects.filter(pk=int(leaf.subject.partition(":")[2])).first()
    if contribution is None:
        return False
    asked = Erasure.objects.filter(subject=leaf.subject, declined_at__isnull=True)
    asked.update(declined_at=at)  # what the old backup was still waiting for
    erasure = Erasure.objects.create(
        subject=leaf.subject,
        leaf=leaf.uid,
        ground=ground,
        asked_by=REPLAY,
        asked_at=at,
        confirmed_by=SYSTEM.id,
        confirmed_at=at,
    )
    _erase(contribution, erasure, SYSTEM, at)
    return True


def _asked(contribution: Contribution) -> Erasure:
    Contribution.objects.select_for_update().get(pk=contribution.pk)
    erasure = erasure_of(contribution)
    if erasure is None or erasure.confirmed_at is not None:
        raise Refused(_("No erasure of this contribution is waiting."), code="transition")
    return erasure


def _erase(contribution: Contribution, erasure: Erasure, by: Actor, at: datetime) -> None:
    """What later stages keep of it (points, an index) goes with the reactions to the act."""
    Comment.objects.filter(contribution=contribution).update(text="", suggestion="")
    Answer.objects.filter(contribution=contribution).delete()
    Contribution.objects.filter(pk=contribution.pk).update(salt=b"")
    _erase_files(contribution, erasure)
    forget_person(contribution, at)
    data: dict[str, object] = {"ground": erasure.ground, "asked_by": erasure.asked_by}
    _record("erase_contribution", contribution, by, at, data)
    record_outcome(
        contribution=contribution, kind=LeafKind.REDACTED, by=by, at=at, note=erasure.ground
    )
    transaction.on_commit(forget_deleted_words)
    # Before the commit: whatever happens then, the decision of two people will be carried out.
    keys.forget_for_good(erasure.leaf, erasure.ground)


def _erase_files(contribution: Contribution, erasure: Erasure) -> None:
    """What was attached and the mail that it came by; the decision is said of each file anew."""
    attachments = Attachment.objects.filter(contribution=contribution)
    mails = IncomingMail.objects.filter(contribution=contribution)
    files = [row.file for rows in (attachments, mails) for row in rows.select_related("file")]
    Erasure.objects.bulk_create(
        Erasure(
            subject=file.subject,
            leaf=erasure.leaf,
            ground=erasure.ground,
            asked_by=erasure.asked_by,
            asked_at=erasure.asked_at,
            confirmed_by=erasure.confirmed_by,
            confirmed_at=erasure.confirmed_at,
        )
        for file in files
    )
    attachments.update(salt=b"")
    mails.update(subject="")
    erase_files(files)


def _record(
    act: str, contribution: Contribution, by: Actor, at: datetime, data: dict[str, object]
) -> None:
    record(
        act=f"contributions.{act}",
        subject=contribution.subject,
        by=by,
        at=at,
        data=data,
        made=contribution,
    )
