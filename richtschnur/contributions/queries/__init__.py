"""Reading baskets and contributions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from richtschnur.consultation.models import Consultation, Invitation, Question
from richtschnur.consultation.queries import questions_of
from richtschnur.consultation.states import Phase, Publication, QuestionKind
from richtschnur.contributions.models import (
    Answer,
    Attachment,
    Basket,
    Comment,
    Contribution,
    HeldTable,
    IncomingMail,
    MailCursor,
    Remark,
    digest,
    opened_by,
    present,
)
from richtschnur.contributions.states import MailState
from richtschnur.files.operations import HELD_FOR
from richtschnur.journal.actors import Actor
from richtschnur.journal.models import Erasure


def basket_of(consultation: Consultation, secret: str) -> Basket | None:
    """The basket that a secret opens, or None."""
    if not secret:
        return None
    found = Basket.objects.filter(consultation=consultation, **opened_by(secret))
    return found.prefetch_related("comments__passage__section", "comments__question").first()


def contribution_by_secret(secret: str) -> Contribution | None:
    """The contribution whose receipt this secret opens, or None."""
    found = Contribution.objects.filter(secret_digest=digest(secret))
    return found.select_related(
        "consultation__strategy", "consultation__edition__strategy", "sender"
    ).first()


def contribution_by_invitation(invitation: Invitation, number: str) -> Contribution | None:
    """What an office has sent under this number, or None."""
    found = Contribution.objects.filter(invitation=invitation, number=number)
    return found.select_related("consultation__strategy").first()


def comments_of(contribution: Contribution) -> QuerySet[Comment]:
    """All comments of one contribution with their passages."""
    return contribution.comments.select_related(
        "passage", "passage__section", "question", "public", "withheld"
    )


def attachments_of(contribution: Contribution) -> list[Attachment]:
    """The files that came with one contribution; one query."""
    return list(present(Attachment.objects.filter(contribution=contribution)))


def answers_of(contribution: Contribution) -> QuerySet[Answer]:
    """What was chosen for questions in one contribution, in the questions' order; one query."""
    return contribution.answers.select_related("question")


def content_of(
    contribution: Contribution, attachments: Iterable[Attachment] | None = None
) -> dict[str, Any]:
    """All that its commitment stands for, read anew; three queries, two with `attachments`."""
    files = attachments_of(contribution) if attachments is None else attachments
    return contribution.content(comments_of(contribution), files, answers_of(contribution))


def contributions_to(consultation: Consultation) -> QuerySet[Contribution]:
    """All contributions to a consultation in the order they came, with sender and size."""
    rows = Contribution.objects.filter(consultation=consultation).select_related("sender")
    counted = rows.annotate(
        comment_count=_number_of(Comment.objects.all(), "pk"),
        answer_count=_number_of(Answer.objects.all(), "question"),
        file_count=_number_of(present(Attachment.objects.all()), "pk"),
    )
    return counted.order_by("received_at", "id")


def _number_of(rows: QuerySet[Any], what: str) -> Coalesce:
    """How many different ones belong to each contribution; asked for the rows of a page only."""
    own = rows.filter(contribution=OuterRef("pk")).order_by().values("contribution")
    return Coalesce(Subquery(own.annotate(n=Count(what, distinct=True)).values("n")), 0)


def answers_by(invitation: Invitation) -> list[Contribution]:
    """What an office has sent by its personal address, in the order it came; six queries."""
    rows = Contribution.objects.filter(invitation=invitation).select_related("sender")
    comments = Comment.objects.select_related("passage__section", "question").order_by("position")
    files = Prefetch("attachments", present(Attachment.objects.all()))
    loaded = rows.prefetch_related(Prefetch("comments", comments), files, "answers__question")
    return list(loaded.order_by("received_at", "id"))


def numbers_by_invitation(consultation_id: int) -> dict[int, list[str]]:
    """The registry numbers of what came by each invitation, in the order it came; one query."""
    found: dict[int, list[str]] = {}
    rows = Contribution.objects.filter(consultation_id=consultation_id, invitation__isnull=False)
    pairs = rows.order_by("received_at", "id").values_list("invitation", "number")
    for invitation, number in pairs:
        found.setdefault(invitation, []).append(number)
    return found


def read_until(account: str, validity: int) -> int:
    """The number of the last mail that was stored from a mailbox; 0 when it counts anew."""
    cursor = MailCursor.objects.filter(account=account, validity=validity).first()
    return cursor.uid if cursor else 0


def mails(state: str = "") -> QuerySet[IncomingMail]:
    """Mails that came in, the latest first; `state` is one of MailState, "" for those waiting."""
    wanted = [state] if state else [MailState.WAITING, MailState.TOO_LARGE]
    rows = IncomingMail.objects.filter(state__in=wanted)
    return rows.select_related("consultation", "contribution", "file").order_by(
        "-received_at", "-pk"
    )


def held_tables(at: datetime) -> list[HeldTable]:
    """Spreadsheets that were looked at in the last day and not taken in yet; one query."""
    rows = HeldTable.objects.filter(looked_at__gt=at - HELD_FOR).select_related("consultation")
    return list(rows[:50])


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
    """Those whose number, comments, answers, files or sender hold these words; all without."""
    if not words:
        return contributions
    held = Q(text__icontains=words) | Q(suggestion__icontains=words)
    said = Comment.objects.filter(held, contribution=OuterRef("pk"))
    chosen = Answer.objects.filter(contribution=OuterRef("pk"), value__icontains=words)
    files = Attachment.objects.filter(contribution=OuterRef("pk"), file__name__icontains=words)
    sent = Q(sender__name__icontains=words) | Q(sender__organisation__icontains=words)
    found = Exists(said) | Exists(chosen) | Exists(files)
    return contributions.filter(found | sent | Q(number__icontains=words))


def intake_counts(consultation: Consultation) -> dict[str, int]:
    """How much came in: contributions, comments, late, nil returns, answers alone; four queries.

    `remarks` counts what was noted in workshops that still run: it becomes contributions with
    their end.
    """
    rows = Contribution.objects.filter(consultation=consultation)
    counts = rows.aggregate(
        contributions=Count("pk"),
        late=Count("pk", filter=Q(is_late=True)),
        nil_returns=Count("pk", filter=Q(is_nil_return=True)),
    )
    comments = Comment.objects.filter(contribution__consultation=consultation)
    without = rows.filter(is_nil_return=False).filter(
        ~Exists(Comment.objects.filter(contribution=OuterRef("pk")))
    )
    remarks = Remark.objects.filter(workshop__consultation=consultation)
    return counts | {
        "comments": comments.count(),
        "answers_only": without.count(),
        "remarks": remarks.count(),
    }


SMALLEST_CELL = 5
"""What fewer have said is not shown to everyone, because it could name them."""


@dataclass(frozen=True)
class Cell:
    """How often one value was chosen; None: too seldom to be shown."""

    value: str
    label: str
    count: int | None
    share: float | None = None


@dataclass(frozen=True)
class Result:
    """What was answered to one question; of an open one only how often."""

    question: Question
    answered: int | None
    cells: tuple[Cell, ...] = ()

    @property
    def mean(self) -> float | None:
        """The mean step of a scale to one decimal, where all its cells are known."""
        if self.question.kind != QuestionKind.SCALE or not self.answered:
            return None
        counts = [cell.count for cell in self.cells]
        if None in counts:
            return None
        total = sum(n * (count or 0) for n, count in enumerate(counts, start=1))
        return round(total / self.answered, 1)


def results_of(consultation: Consultation) -> list[Result]:
    """All questions with what was answered, for staff; four queries."""
    given = Answer.objects.filter(contribution__consultation=consultation).order_by()
    counts = {
        (question, value): n
        for question, value, n in given.values_list("question", "value").annotate(n=Count("pk"))
    }
    people = Count("contribution", distinct=True)
    answered = dict(given.values_list("question").annotate(people))
    said = Comment.objects.filter(contribution__consultation=consultation, question__isnull=False)
    answered |= dict(said.order_by().values_list("question").annotate(people))
    return [
        Result(question, n := answered.get(question.pk, 0), _cells(question, counts, n))
        for question in questions_of(consultation)
    ]


def _cells(question: Question, counts: dict[tuple[int, str], int], n: int) -> tuple[Cell, ...]:
    found = []
    for value, option in zip(question.values, question.options, strict=False):
        count = counts.get((question.pk, value), 0)
        label = option if value == option else f"{value} – {option}"
        found.append(Cell(value, label, count, count / n if n else None))
    return tuple(found)


def may_show_results(consultation: Consultation, at: datetime) -> bool:
    """Whether it is over, and publishes what came in."""
    is_published = consultation.publication != Publication.NOT
    return is_published and consultation.phase(at) == Phase.CLOSED


def consultations_with_choices() -> frozenset[int]:
    """The keys of those that ask something with answers to choose from; one query."""
    asked = Question.objects.exclude(kind=QuestionKind.OPEN).order_by()
    return frozenset(asked.values_list("consultation", flat=True).distinct())


def public_results(consultation: Consultation, at: datetime) -> list[Result]:
    """What everyone may see: after the end, where it is published, in cells of 5 or more.

    A question that fewer have answered is left out, and so are open ones: their words are points.
    """
    if not may_show_results(consultation, at):
        return []
    shown = [_without_few(result) for result in results_of(consultation) if result.cells]
    return [result for result in shown if result.answered is not None]


def _without_few(result: Result) -> Result:
    """Cells below the smallest are hidden; never one alone, as the sum would tell it."""
    if not result.answered or result.answered < SMALLEST_CELL:
        return Result(result.question, None)
    few = {cell.value for cell in result.cells if (cell.count or 0) < SMALLEST_CELL}
    adds_up = result.question.kind != QuestionKind.CHOICES
    if adds_up and len(few) == 1 and len(result.cells) > 1:
        others = [cell for cell in result.cells if cell.value not in few]
        few.add(min(others, key=lambda cell: cell.count or 0).value)
    cells = tuple(
        Cell(cell.value, cell.label, None) if cell.value in few else cell for cell in result.cells
    )
    return Result(result.question, result.answered, cells)
