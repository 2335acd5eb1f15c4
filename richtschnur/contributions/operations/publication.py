"""Publication: a person puts a copy of a comment before everyone, or withholds it with a ground.

The original stays untouched by all of it, and every decision can be taken back.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from richtschnur.accounts.rules import require
from richtschnur.consultation.states import Publication
from richtschnur.contributions.models import (
    Comment,
    Contribution,
    PublicComment,
    Suspicion,
    WithheldComment,
)
from richtschnur.contributions.operations.counting import count_in, count_out, recount_answered
from richtschnur.contributions.operations.releasing import files_beside, forget_public_files
from richtschnur.contributions.operations.telling import (
    tell_of_publishing,
    tell_of_review,
    tell_of_withholding,
)
from richtschnur.contributions.rules import (
    Span,
    blacked_out,
    is_clean,
    marks_of_wording,
)
from richtschnur.contributions.states import Ground
from richtschnur.journal.actors import Actor
from richtschnur.journal.models import JournalEntry
from richtschnur.journal.operations import record
from richtschnur.journal.refusals import Refused
from richtschnur.search.operations import NewDocument, NewScope, add_documents, forget_documents

PLACES = 10**12  # comments fit between one passage and the next
INDEXED_AT_ONCE = 500


@transaction.atomic
def publish_comment(
    *,
    comment: Comment,
    by: Actor,
    at: datetime,
    black_out: Sequence[Span] = (),
    with_wording: bool | None = None,
) -> PublicComment:
    """Publish a copy in which these spans (code points, end exclusive) are blacked out.

    The suggested wording goes with it, whole or not at all; None: when nothing in it is marked.
    Published before, the new copy takes the old one's place. Raises Refused for a span outside of
    the text, and where the consultation publishes nothing.
    """
    require(by, "contributions.publish")
    comment = _held(comment)
    was_contested = WithheldComment.objects.filter(comment=comment, objected_at__isnull=False)
    is_after_all = was_contested.exists()
    if with_wording is None:
        with_wording = not marks_of_wording(comment)
    text = blacked_out(comment.text, black_out)
    wording = comment.suggestion if with_wording else ""
    public = _publish([(comment, text, wording)], by, at)[0]
    if is_after_all:
        tell_of_publishing(comment.contribution, at)
    return public


@transaction.atomic
def publish_clean(*, comments: Sequence[Comment], by: Actor, at: datetime) -> list[PublicComment]:
    """Publish several at once, all or none. Raises Refused, naming those that must be looked at.

    A text with marks is never published this way, nor one that was decided meanwhile.
    """
    require(by, "contributions.publish")
    held = [_held(comment) for comment in sorted(comments, key=lambda each: each.pk)]
    marked = [each for each in held if not is_clean(each)]
    if marked:
        raise Refused(
            _(
                "Nothing was published. These must be looked at one by one, because something in"
                " them is marked: %(numbers)s."
            )
            % {"numbers": ", ".join(_named(each) for each in marked)},
            code="marked",
        )
    decided = [each for each in held if _is_decided(each)]
    if decided:
        raise Refused(
            _(
                "Nothing was published. Meanwhile somebody else has decided on: %(numbers)s. Please"
                " open this page again."
            )
            % {"numbers": ", ".join(_named(each) for each in decided)},
            code="stale",
        )
    return _publish([(each, each.text, each.suggestion) for each in held], by, at)


@transaction.atomic
def withhold_comment(
    *, comment: Comment, ground: str, by: Actor, at: datetime, note: str = ""
) -> WithheldComment:
    """Don't publish it, on a ground of the rules; the sender reads it, by mail with an address."""
    require(by, "contributions.publish")
    if ground not in Ground.values:
        raise Refused(
            _("Please choose the reason from the rules for contributions."), code="ground"
        )
    comment = _held(comment)
    _take_back(comment)
    withheld = WithheldComment.objects.create(
        comment=comment,
        consultation=comment.contribution.consultation,
        ground=ground,
        note=note.strip()[:500],
        withheld_at=at,
        withheld_by=by.id,
    )
    _record("withhold", comment, by, at, {"ground": ground})
    tell_of_withholding(withheld, at)
    return withheld


@transaction.atomic
def hold_comment(*, comment: Comment, by: Actor, at: datetime) -> None:
    """Take the decision back: it is not public, and waits to be looked at again."""
    require(by, "contributions.publish")
    comment = _held(comment)
    was_withheld = WithheldComment.objects.filter(comment=comment).exists()
    if not was_withheld and not PublicComment.objects.filter(comment=comment).exists():
        return
    _take_back(comment)
    _record("hold", comment, by, at, {})
    if was_withheld:
        tell_of_review(comment.contribution, at)


@transaction.atomic
def mark_answered(*, comment: Comment, is_answered: bool) -> None:
    """Say with a published comment that its answer is out; a later stage calls it."""
    rows = PublicComment.objects.select_for_update(of=("self",)).filter(comment=comment)
    public = rows.exclude(is_answered=is_answered).first()
    if public is not None:
        public.is_answered = is_answered
        public.save(update_fields=["is_answered"])
        recount_answered(public)


def suspect(*, contribution: Contribution) -> None:
    """Note that a field was filled in which people don't see: never published in bulk."""
    Suspicion.objects.get_or_create(contribution=contribution)


def index_published() -> int:
    """Teach an emptied index all published comments anew; says how many."""
    count, waiting = 0, list[PublicComment]()
    rows = PublicComment.objects.select_related("consultation").order_by("consultation", "pk")
    for row in rows.iterator(chunk_size=INDEXED_AT_ONCE):
        if waiting and (
            len(waiting) == INDEXED_AT_ONCE or waiting[0].consultation_id != row.consultation_id
        ):
            _index(waiting)
            waiting = []
        waiting.append(row)
        count += 1
    if waiting:
        _index(waiting)
    return count


def _index(rows: list[PublicComment]) -> None:
    add_documents(_scope(rows[0].consultation.slug), [_document(row) for row in rows])


def forget_copies(entry: JournalEntry) -> None:
    """Follows the erasure of a contribution: no copy of its words is left."""
    contribution = int(entry.subject.partition(":")[2])
    forget_public_files(contribution)
    rows = Comment.objects.filter(contribution_id=contribution)
    for comment in rows.select_related("contribution__consultation"):
        _take_back(comment)


def _held(comment: Comment) -> Comment:
    """The comment, its contribution locked until the act ends."""
    Contribution.objects.select_for_update().get(pk=comment.contribution_id)
    rows = Comment.objects.select_related(
        "contribution__consultation__strategy",
        "contribution__sender",
        "contribution__suspicion",
        "passage__section",
    )
    return rows.get(pk=comment.pk)


def _is_decided(comment: Comment) -> bool:
    rows = (PublicComment.objects, WithheldComment.objects)
    return any(kept.filter(comment=comment).exists() for kept in rows)


Copy = tuple[Comment, str, str]  # what is published of its text, and of its suggested wording


def _publish(copies: list[Copy], by: Actor, at: datetime) -> list[PublicComment]:
    consultations = {comment.contribution.consultation for comment, _text, _wording in copies}
    if any(each.publication == Publication.NOT for each in consultations):
        raise Refused(_("In this consultation contributions are not published."), code="not")
    for comment, _text, _wording in copies:
        _take_back(comment)
    rows = [_copy(comment, text, wording, at) for comment, text, wording in copies]
    beside = files_beside({comment.contribution_id for comment, *_rest in copies})
    for row in rows:
        row.files = beside.get(row.comment.contribution_id, [])
    PublicComment.objects.bulk_create(rows)
    for consultation in consultations:
        of_it = [row for row in rows if row.consultation_id == consultation.pk]
        count_in(of_it)
        add_documents(_scope(consultation.slug), [_document(row) for row in of_it])
    for row in rows:
        held_back = bool(row.comment.suggestion) and not row.suggestion
        said: dict[str, object] = {
            "blacked_out": row.text != row.comment.text,
            "wording_held": held_back,
        }
        _record("publish", row.comment, by, at, said)
    return rows


def _copy(comment: Comment, text: str, wording: str, at: datetime) -> PublicComment:
    contribution, passage = comment.contribution, comment.passage
    return PublicComment(
        comment=comment,
        consultation=contribution.consultation,
        passage=passage,
        section=passage.section if passage else None,
        place=(passage.number if passage else 0) * PLACES + comment.pk,
        kind=contribution.kind,
        language=contribution.language,
        received_on=localtime(contribution.received_at).date(),
        text=text,
        suggestion=wording,
        published_at=at,
    )


def _take_back(comment: Comment) -> None:
    WithheldComment.objects.filter(comment=comment).delete()
    public = PublicComment.objects.filter(comment=comment).first()
    if public is not None:
        count_out(public)
        public.delete()
        key = _scope(comment.contribution.consultation.slug).key
        forget_documents(key, [f"comment:{comment.pk}"])


def _scope(slug: str) -> NewScope:
    """Without a family: found on the list of its consultation only."""
    return NewScope(key=f"contributions:{slug}", family="", title=slug)


def _document(row: PublicComment) -> NewDocument:
    return NewDocument(
        subject=f"comment:{row.pk}",
        kind="contribution",
        position=row.pk,
        text=row.text.replace("█", " "),
        language=row.language or "de",
    )


def _named(comment: Comment) -> str:
    return f"{comment.contribution.number}/{comment.position + 1}"


def _record(
    act: str, comment: Comment, by: Actor, at: datetime, data: dict[str, object]
) -> JournalEntry:
    return record(
        act=f"contributions.{act}_comment",
        subject=f"contribution:{comment.contribution_id}",
        by=by,
        at=at,
        data={"comment": comment.pk, "position": comment.position, **data},
    )
