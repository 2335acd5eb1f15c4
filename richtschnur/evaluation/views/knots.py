"""What the answers add to pages of earlier stages: knots on the line, links to the overview."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from richtschnur.consultation.models import Consultation
from richtschnur.contributions.models import Comment, Contribution
from richtschnur.contributions.rules import shortened
from richtschnur.evaluation.models import AnswerTranslation, Forwarding, Response
from richtschnur.evaluation.queries import Answered, Outcome, answers_for, answers_on
from richtschnur.evaluation.states import Decision
from richtschnur.strategy.models import Passage
from richtschnur.ui.line import Knot
from richtschnur.ui.moments import day_in_words


@dataclass(frozen=True)
class AnswerKnot(Knot):
    """A knot that can show a passage before and after, and a reading aid beside its text."""

    changes: list[tuple[str, str]] = field(default_factory=list)
    translation: AnswerTranslation | None = None


def receipt_comment(request: Any, comment: Comment) -> str:
    """The line of one comment: received, answered, what changed, and what is still open."""
    contribution, answers = _answers(request, comment.contribution_id)
    answered = answers.get(comment.pk, [])
    knots = [AnswerKnot(_("We have received it."), at=contribution.received_at)]
    for each in answered:
        knots += _knots(each, contribution.consultation, quotes=len(answered) > 1, for_sender=True)
    return _line(knots, contribution.consultation.strategy.language)


def receipt_standing(request: Any, contribution: Contribution) -> str:
    """On top of a receipt: that answers are there, and what is still to come; "" before."""
    contribution, answers = _answers(request, contribution.pk, contribution)
    points = [each for answered in answers.values() for each in answered]
    waiting = sum(each.response is None for each in points)
    if waiting == len(points):
        return ""
    context = {
        "total": len(points),
        "answered": len(points) - waiting,
        "waiting": waiting,
        "changed": sum(bool(each.outcomes) for each in points),
        "answers_by_on": contribution.consultation.answers_by_on,
    }
    return render_to_string("evaluation/public/receipt_standing.html", context)


def _answers(
    request: Any, pk: int, known: Contribution | None = None
) -> tuple[Contribution, dict[int, list[Answered]]]:
    """A contribution and the answers to each of its comments, read once a request."""
    cached: dict[int, Any] = request.__dict__.setdefault("_answers_by_contribution", {})
    if pk not in cached:
        rows = Contribution.objects.select_related(
            "consultation__strategy", "consultation__edition__strategy"
        )
        contribution = known or rows.get(pk=pk)
        cached[pk] = contribution, answers_for(contribution)
    found: tuple[Contribution, dict[int, list[Answered]]] = cached[pk]
    return found


def passage_answers(request: Any, passage: Passage) -> str:
    """Released answers to a passage, and what they changed; nothing where there are none."""
    lines: list[list[AnswerKnot]] = []
    shown: set[str] = set()
    for each in answers_on(passage):
        consultation = each.point.comment.contribution.consultation
        sender = each.sender or _("Someone")
        said = AnswerKnot(
            _("%(sender)s said:") % {"sender": sender},
            at=each.point.comment.contribution.received_at,
            quote=shortened(each.point.public_text) if each.point.are_words_public else "",
            text="" if each.point.are_words_public else held_back(),
            language=each.point.comment.contribution.language,
        )
        knots = [said, *_knots(each, consultation, quotes=False)]
        lines.append([_once(knot, shown) for knot in knots])
    if not lines:
        return ""
    context = {"lines": lines, "language": passage.edition.strategy.language}
    return render_to_string("evaluation/public/passage_answers.html", context)


def held_back() -> str:
    """Instead of words that nobody has cleared for everyone."""
    return _("The words are not shown here, for example because they name other people.")


def _once(knot: AnswerKnot, shown: set[str]) -> AnswerKnot:
    """The same change of words is shown with the first answer only, by the others it is named."""
    if not knot.changes or knot.url not in shown:
        shown.add(knot.url)
        return knot
    return replace(knot, changes=[])


def _knots(
    each: Answered, consultation: Consultation, *, quotes: bool, for_sender: bool = False
) -> list[AnswerKnot]:
    response = each.response
    quote = each.point.text if quotes else ""
    if response is None:
        return [
            AnswerKnot(
                _("Not yet answered"),
                text=_by_when(consultation.answers_by_on),
                quote=quote,
                is_open=True,
            )
        ]
    knots = [_answer(response, quote, each.translation)]
    if response.decision == Decision.NOT_RESPONSIBLE and response.forwarded_to:
        knots += _passed_on(response, each.forwarding, with_replies=for_sender)
    return [*knots, *[_changed(o) for o in each.outcomes], *_open_end(each)]


def _answer(response: Response, quote: str, translation: AnswerTranslation | None) -> AnswerKnot:
    title = response.get_decision_display()
    title = _("Our answer: %(decision)s") % {"decision": title}
    return AnswerKnot(
        title,
        at=response.released_at,
        text=response.reason,
        quote=quote,
        translation=translation,
    )


def _passed_on(
    response: Response, forwarding: Forwarding | None, *, with_replies: bool
) -> list[AnswerKnot]:
    """To whom, when and which way; and what was replied there, which only the sender reads."""
    if forwarding is None:
        return [AnswerKnot(_("Passed on to: %(receiver)s") % {"receiver": response.forwarded_to})]
    told = {"receiver": forwarding.receiver, "way": forwarding.get_channel_display()}
    title = _("Passed on to: %(receiver)s (%(way)s)") % told
    knots = [AnswerKnot(title, at=forwarding.forwarded_on)]
    for reply in forwarding.replies.all() if with_replies else ():
        said = _("Reply of %(receiver)s") % told
        knots.append(AnswerKnot(said, at=reply.replied_on, quote=reply.text, language="de"))
    return knots


def _changed(outcome: Outcome) -> AnswerKnot:
    edition = outcome.edition
    numbers: dict[str, Any] = {"edition": edition.number}
    if outcome.after is None:
        title = _("The passage no longer stands in edition %(edition)s.") % numbers
        url = reverse("strategy:edition", args=[edition.strategy.slug, edition.number])
        link = _("Edition %(edition)s") % numbers
        return AnswerKnot(title, at=edition.published_at, text=outcome.reason, url=url, link=link)
    numbers["passage"] = outcome.after.number
    title = _("Changed in edition %(edition)s: passage %(passage)s")
    if outcome.before is None:
        title = _("New in edition %(edition)s: passage %(passage)s")
    url = reverse(
        "strategy:passage", args=[edition.strategy.slug, edition.number, outcome.after.number]
    )
    return AnswerKnot(
        title % numbers,
        at=edition.published_at,
        url=url,
        link=_("Passage %(passage)s in edition %(edition)s") % numbers,
        changes=outcome.changes,
    )


def _open_end(each: Answered) -> list[AnswerKnot]:
    assert each.response is not None
    if each.response.decision == Decision.NEXT_REVISION:
        return [AnswerKnot(_("Kept for the next revision of the paper"), is_open=True)]
    if not each.changes_text or each.outcomes:
        return []
    if each.next_edition is None:
        return [AnswerKnot(_("The next edition is not out yet."), is_open=True)]
    title = _("Not yet carried out in edition %(n)s") % {"n": each.next_edition.number}
    return [AnswerKnot(title, is_open=True)]


def _by_when(day: date | None) -> str:
    if day is None:
        return ""
    return _("We plan to answer by %(day)s.") % {"day": day_in_words(day)}


def _line(knots: list[AnswerKnot], language: str) -> str:
    label = _("What became of this comment")
    context = {"knots": knots, "label": label, "language": language}
    return render_to_string("evaluation/public/line.html", context)
