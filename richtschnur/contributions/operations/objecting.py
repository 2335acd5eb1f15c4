"""A sender objects to a comment's not being published; another person looks at it once more."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from richtschnur.accounts.rules import require
from richtschnur.contributions.models import Comment, Contribution, WithheldComment
from richtschnur.contributions.operations.telling import tell_of_upholding
from richtschnur.contributions.rules import check_text
from richtschnur.journal.actors import Actor
from richtschnur.journal.operations import record
from richtschnur.journal.refusals import Refused

LONGEST_OBJECTION = 2000


@transaction.atomic
def object_to_withholding(
    *, comment: Comment, text: str, by: Actor, at: datetime
) -> WithheldComment:
    """Keep what the sender says against the decision. Raises Refused without words, and twice."""
    text = check_text(text).strip()
    if not text:
        raise Refused(_("Please say in a sentence why it should be published."), code="empty")
    if len(text) > LONGEST_OBJECTION:
        raise Refused(
            _("At most %(most)s characters fit here. Please say it more shortly.")
            % {"most": LONGEST_OBJECTION},
            code="overlong",
        )
    withheld = _held(comment)
    if withheld.objected_at is not None:
        raise Refused(_("You have objected already; another person looks at it."), code="repeated")
    withheld.objection, withheld.objected_at = text, at
    withheld.save(update_fields=["objection", "objected_at"])
    _record("object", comment, by, at)
    return withheld


@transaction.atomic
def uphold_withholding(*, comment: Comment, note: str, by: Actor, at: datetime) -> WithheldComment:
    """Another person stays with it and says why; the sender reads it, by mail with an address.

    Raises Refused for who decided first, without a reason, and where nobody objects.
    """
    require(by, "contributions.publish")
    withheld = _held(comment)
    if not withheld.is_contested:
        raise Refused(_("There is no objection that waits for a decision."), code="transition")
    if withheld.withheld_by == by.id:
        raise Refused(
            _("You decided on it first: please let another person look at the objection."),
            code="own",
        )
    if not note.strip():
        raise Refused(_("Please say to the sender why it stays so."), code="empty")
    withheld.upheld_at, withheld.upheld_note = at, note.strip()[:1000]
    withheld.save(update_fields=["upheld_at", "upheld_note"])
    _record("uphold", comment, by, at)
    tell_of_upholding(withheld, at)
    return withheld


def _held(comment: Comment) -> WithheldComment:
    """The decision, its contribution locked until the act ends."""
    Contribution.objects.select_for_update().get(pk=comment.contribution_id)
    rows = WithheldComment.objects.select_related("comment__contribution__consultation__strategy")
    found = rows.filter(comment=comment).first()
    if found is None:
        raise Refused(
            _("The decision was taken back meanwhile. Please open the page again."), code="stale"
        )
    return found


def _record(act: str, comment: Comment, by: Actor, at: datetime) -> None:
    record(
        act=f"contributions.{act}_withholding",
        subject=f"contribution:{comment.contribution_id}",
        by=by,
        at=at,
        data={"comment": comment.pk, "position": comment.position},
    )
