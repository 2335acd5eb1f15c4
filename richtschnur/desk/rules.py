"""Who has a desk, and on what she may keep notes."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from richtschnur.accounts.models import User
from richtschnur.accounts.rules import STAFF, Row, declare, may
from richtschnur.consultation.models import Consultation
from richtschnur.contributions.models import Contribution
from richtschnur.desk.models import Note
from richtschnur.evaluation.models import Point
from richtschnur.evaluation.queries import visible_points
from richtschnur.journal.actors import Actor
from richtschnur.journal.refusals import Forbidden
from richtschnur.journal.words import name_acts
from richtschnur.network.models import Organization
from richtschnur.strategy.models import Edition

declare(Row("desk.use", STAFF, "see what is to do today, write notes and follow-ups"))


def works_on(subject: str, user: User, by: Actor) -> bool:
    """Whether there is such a thing ("point:17", "edition:slug.2"), and this person sees it."""
    kind, _colon, name = subject.partition(":")
    if kind == "consultation" and may(by, "consultation.read_internal"):
        return Consultation.objects.filter(slug=name).exists()
    slug, _dot, digits = name.rpartition(".")
    key = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 16 else 0
    if kind == "edition" and may(by, "strategy.read_any"):
        return Edition.objects.filter(strategy__slug=slug, number=key).exists()
    if kind == "organization" and not slug and may(by, "network.read"):
        return Organization.objects.filter(pk=key).exists()
    if kind == "contribution" and not slug and may(by, "contributions.read"):
        return Contribution.objects.filter(pk=key).exists()
    return kind == "point" and not slug and _works_on_point(key, user, by)


def _works_on_point(key: int, user: User, by: Actor) -> bool:
    rows = Point.objects.select_related("comment__contribution__consultation")
    point = rows.filter(pk=key).first()
    if point is None:
        return False
    consultation = point.comment.contribution.consultation
    return visible_points(consultation, user, by).filter(pk=key).exists()


def check_may_tick(note: Note, user: User, by: Actor) -> None:
    """Raise Forbidden unless the note is hers, of someone she stands in for, or on her work."""
    authors = {str(user.pk), *(absent for _role, absent in by.stands_in_for)}
    if str(note.written_by_id) not in authors and not works_on(note.subject, user, by):
        raise Forbidden(_("This note was written by somebody else."))


name_acts(
    {
        "desk.write_note": gettext_lazy("a note was written"),
        "desk.tick_note": gettext_lazy("a note was ticked"),
    }
)
