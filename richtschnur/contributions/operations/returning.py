"""A draft that people wrote into comes back: each room becomes a comment on its passage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from richtschnur.consultation.models import Consultation
from richtschnur.contributions.operations.basket import put_comment
from richtschnur.contributions.operations.submission import NewComment
from richtschnur.documents.blocks import Unreadable
from richtschnur.documents.reading.returned import read_rooms
from richtschnur.journal.refusals import Refused
from richtschnur.strategy.exports.papers import own_words
from richtschnur.strategy.exports.tags import edition_and_number


@dataclass(frozen=True)
class Returned:
    """What stood in a returned draft; `about` is what stood in the room for the sender."""

    comments: list[NewComment]
    about: str = ""


def read_returned(*, consultation: Consultation, data: bytes, name: str) -> Returned:
    """Take a returned draft apart; stores nothing. Raises Refused with what to do."""
    edition = consultation.edition
    if edition is None:
        raise Refused(_("This consultation has no draft that could be written into."))
    rooms = _rooms(consultation, data, name)
    passages = {passage.number: passage for passage in edition.passages.all()}
    comments, about, is_foreign = [], [], False
    for tag, text in rooms:
        meant = edition_and_number(tag, [edition])
        if meant is not None and (meant[1] == 0 or meant[1] in passages):
            comments.append(NewComment(text, passages.get(meant[1])))
        elif tag.startswith("richtschnur:"):
            is_foreign = True
        elif tag.startswith("room-"):
            about.append(text)
    if not comments:
        raise Refused(_nothing(name, is_foreign=is_foreign))
    return Returned(comments, "\n".join(about))


def _rooms(consultation: Consultation, data: bytes, name: str) -> list[tuple[str, str]]:
    with override(consultation.strategy.language):
        hints = {own_words().write_here}
    try:
        return read_rooms(data, hints=hints)
    except Unreadable:
        raise Refused(
            _(
                "“%(name)s” can't be read. Please choose the draft with room to write, saved as"
                " DOCX or ODT, in which you wrote."
            )
            % {"name": name}
        ) from None


def put_returned(
    *, consultation: Consultation, secret: str, data: bytes, name: str, at: datetime
) -> int:
    """Put what stood in a returned draft into a basket, to be looked at; says how many comments.

    Reading the same file again adds nothing. Raises Refused or ValidationError.
    """
    returned = read_returned(consultation=consultation, data=data, name=name)
    for comment in returned.comments:
        put_comment(
            consultation=consultation,
            secret=secret,
            text=comment.text,
            passage=comment.passage,
            at=at,
        )
    return len(returned.comments)


def _nothing(name: str, *, is_foreign: bool) -> str:
    if is_foreign:
        said = _(
            "“%(name)s” belongs to another draft or edition. Please write into the one that is"
            " offered here."
        )
    else:
        said = _(
            "We found nothing that was written beside a passage in “%(name)s”. Please write into"
            " the right column, and save it as DOCX or ODT."
        )
    return said % {"name": name}
