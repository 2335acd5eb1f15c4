"""Who is to be told the answers, who was, and what each of them is told."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from richtschnur.consultation.models import Consultation
from richtschnur.contributions.models import Comment, Contribution
from richtschnur.evaluation.models import Notice, Point, Response
from richtschnur.evaluation.queries.answers import Answered, answers_for
from richtschnur.evaluation.states import ENDED, NoticeChannel


@dataclass(frozen=True)
class NoticeStanding:
    """Numbers of contributions: ready by channel, not yet answered, told, and on the way.

    Those without a point (nil returns, answers to questions only) are not counted.
    """

    ready_mails: int
    ready_letters: int
    unanswered: int
    mailed: int
    mails_on_the_way: int
    posted: int
    letters_to_post: int

    @property
    def ready(self) -> int:
        return self.ready_mails + self.ready_letters

    @property
    def ordered(self) -> int:
        return self.mailed + self.mails_on_the_way + self.posted + self.letters_to_post

    @property
    def replied(self) -> int:
        return self.mailed + self.posted


@dataclass(frozen=True)
class Reply:
    """One point with the answer that its sender is told."""

    number: int
    answered: Answered


def to_tell(consultation: Consultation) -> QuerySet[Contribution]:
    """Contributions whose points are all answered and who were not told yet; none erased."""
    points = Point.objects.filter(comment__contribution=OuterRef("pk"))
    out = Response.objects.filter(
        point__comment__contribution=OuterRef("pk"), released_at__isnull=False
    )
    words = Comment.objects.filter(contribution=OuterRef("pk")).exclude(text="")
    told = Notice.objects.filter(contribution=OuterRef("pk"))
    rows = Contribution.objects.filter(
        Exists(out), Exists(words), ~Exists(points.exclude(state__in=ENDED)), ~Exists(told),
        consultation=consultation,
    )  # fmt: skip
    return rows.select_related("sender").order_by("pk")


def notice_standing(consultation: Consultation) -> NoticeStanding:
    """How far telling is. Three queries."""
    by_mail = Q(sender__email__gt="")
    ready = to_tell(consultation).aggregate(
        mails=Count("pk", filter=by_mail), letters=Count("pk", filter=~by_mail)
    )
    left = Point.objects.filter(comment__contribution__consultation=consultation)
    left = left.exclude(state__in=ENDED)
    unanswered = left.aggregate(n=Count("comment__contribution", distinct=True))["n"]
    mail, letter = Q(channel=NoticeChannel.MAIL), Q(channel=NoticeChannel.LETTER)
    is_out = Q(replied_at__isnull=False)
    told = Notice.objects.filter(contribution__consultation=consultation).aggregate(
        mailed=Count("pk", filter=mail & is_out),
        mails_on_the_way=Count("pk", filter=mail & ~is_out),
        posted=Count("pk", filter=letter & is_out),
        letters_to_post=Count("pk", filter=letter & ~is_out),
    )
    return NoticeStanding(ready["mails"], ready["letters"], unanswered, **told)


def letters_of(consultation: Consultation, *, until: int | None = None) -> QuerySet[Notice]:
    """The letters that nobody has posted yet, up to one of them."""
    rows = Notice.objects.filter(
        contribution__consultation=consultation,
        channel=NoticeChannel.LETTER,
        replied_at__isnull=True,
    )
    rows = rows if until is None else rows.filter(pk__lte=until)
    return rows.select_related("contribution__sender").order_by("pk")


def replies_to(contribution: Contribution) -> list[Reply]:
    """What this contribution said, point by point, with the answers. Constant queries."""
    found = [each for answered in answers_for(contribution).values() for each in answered]
    out = [each for each in found if each.response is not None]
    return [Reply(number, each) for number, each in enumerate(out, start=1)]
