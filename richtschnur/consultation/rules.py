"""Who may open and see a consultation, and when something may be said to it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from richtschnur.accounts.rules import ADMINISTRATION, STAFF, STEERING, Row, declare, may
from richtschnur.consultation.models import Consultation, Invitation, Question
from richtschnur.consultation.states import Audience, Phase, QuestionKind
from richtschnur.journal.actors import Actor
from richtschnur.journal.refusals import Refused
from richtschnur.journal.words import name_acts
from richtschnur.ui.moments import moment_in_words

REOPENS_WITHIN = timedelta(days=14)
"""How long after its end a consultation may be opened again."""

declare(
    Row("consultation.open", ADMINISTRATION, "open, extend and close a consultation, plan it"),
    Row("consultation.invite", ADMINISTRATION, "ask offices by name, remind them, take it back"),
    Row("consultation.read_internal", STAFF, "see consultations that are not public"),
    Row("consultation.translate", STEERING, "translate questions, check and discard it"),
    Row("consultation.order_translation", ADMINISTRATION, "order drafts of questions"),
)


def may_see(
    consultation: Consultation,
    actor: Actor,
    invited_to: str = "",
    *,
    invitation: Invitation | None = None,
) -> bool:
    """Whether this actor may see it, perhaps invited by the common key or by name."""
    if consultation.audience == Audience.PUBLIC or may(actor, "consultation.read_internal"):
        return True
    if invitation is not None and invitation.withdrawn_at is None:
        return invitation.consultation_id == consultation.pk
    return consultation.audience == Audience.INVITED and invited_to == consultation.key


def check_period(opens_at: datetime, closes_at: datetime) -> None:
    """Raise Refused when the deadline does not lie after the start."""
    if closes_at <= opens_at:
        raise Refused(
            _(
                "The deadline (%(end)s) lies before the start (%(start)s). Please correct one of"
                " them."
            )
            % {"start": moment_in_words(opens_at), "end": moment_in_words(closes_at)},
            code="period",
        )


MOST_OPTIONS = 30
MOST_STEPS = 10
LONGEST_OPTION = 200


def check_still_planned(consultation: Consultation, at: datetime) -> None:
    """Raise Refused when the consultation has opened: its questions stay as they are."""
    if consultation.phase(at) != Phase.PLANNED or consultation.questions_sealed_at:
        raise Refused(
            _("This consultation has opened: its questions stay as they are."), code="sealed"
        )


def check_question(question: Question) -> None:
    """Raise Refused for a question that nobody could answer."""
    if not question.text:
        raise Refused(_("Please write the question."), code="text")
    if question.passage and question.passage.edition_id != question.consultation.edition_id:
        raise Refused(_("This passage belongs to another edition."), code="passage")
    options = [str(option) for option in question.options]
    if question.is_open:
        if options:
            raise Refused(_("An open question has nothing to choose from."), code="options")
        return
    most = MOST_STEPS if question.kind == QuestionKind.SCALE else MOST_OPTIONS
    if not 2 <= len(options) <= most:
        raise Refused(
            _("Please give at least 2 and at most %(most)s answers, one a line.") % {"most": most},
            code="options",
        )
    if len({option.casefold() for option in options}) < len(options):
        raise Refused(_("An answer stands here twice. Please leave one out."), code="options")
    if max(map(len, options)) > LONGEST_OPTION:
        raise Refused(
            _("Please use at most %(most)s characters for each answer.") % {"most": LONGEST_OPTION},
            code="options",
        )


def may_be_extended(consultation: Consultation, at: datetime) -> bool:
    """Whether its deadline may still be moved: until shortly after the end."""
    return at - consultation.ends_at <= REOPENS_WITHIN


def check_extension(
    consultation: Consultation, closes_at: datetime, reason: str, at: datetime
) -> None:
    """Raise Refused unless the deadline may be moved to `closes_at` for this reason now."""
    if not reason.strip():
        raise Refused(_("Please say why: everyone reads the reason."), code="no-reason")
    if not may_be_extended(consultation, at):
        raise Refused(
            _(
                "This consultation ended on %(end)s, more than %(days)s days ago. Please open a"
                " new round instead."
            )
            % {"end": moment_in_words(consultation.ends_at), "days": REOPENS_WITHIN.days},
            code="over",
        )
    if closes_at <= consultation.closes_at:
        raise Refused(
            _("The deadline is %(end)s. Please choose a later one: it never becomes shorter.")
            % {"end": moment_in_words(consultation.closes_at)},
            code="not-later",
        )
    if closes_at <= at:
        raise Refused(_("This lies in the past. Please check day and time."), code="past")


def check_waiting(invitation: Invitation, at: datetime) -> None:
    """Raise Refused when nothing can be sent to this office any more."""
    if invitation.withdrawn_at is not None:
        raise Refused(_("This invitation was withdrawn. Please invite the office anew."))
    if invitation.consultation.phase(at) == Phase.CLOSED:
        raise Refused(_("The deadline of this round is over."), code="closed")


def check_open(consultation: Consultation, at: datetime) -> None:
    """Raise Refused, with the reason, unless something may be sent at this moment."""
    phase = consultation.phase(at)
    if phase == Phase.PLANNED:
        raise Refused(
            _("This consultation opens on %(start)s. Please come back then.")
            % {"start": moment_in_words(consultation.opens_at)},
            code="not-open-yet",
        )
    if phase == Phase.CLOSED:
        raise Refused(
            _(
                "The deadline was %(end)s; this form is closed. If you write to us by letter or"
                " e-mail, we record it as received late."
            )
            % {"end": moment_in_words(consultation.ends_at)},
            code="closed",
        )


name_acts(
    {
        "consultation.open_consultation": gettext_lazy("a consultation was opened"),
        "consultation.extend_deadline": gettext_lazy("a deadline was extended"),
        "consultation.close_consultation": gettext_lazy("a consultation was closed"),
        "consultation.add_questions": gettext_lazy("questions were added"),
        "consultation.change_question": gettext_lazy("a question was changed"),
        "consultation.remove_question": gettext_lazy("a question was taken out"),
        "consultation.move_question": gettext_lazy("a question was moved"),
        "consultation.set_timetable": gettext_lazy("a timetable was set"),
        "consultation.invite_offices": gettext_lazy("offices were invited"),
        "consultation.remind_offices": gettext_lazy("offices were reminded"),
        "consultation.send_link_again": gettext_lazy("an office got a new personal address"),
        "consultation.withdraw_invitation": gettext_lazy("an invitation was withdrawn"),
        "consultation.forget_contact": gettext_lazy("an office's address was deleted"),
        "consultation.open_invitation": gettext_lazy("an office opened its personal address"),
        "consultation.answer_invitation": gettext_lazy("an office answered"),
    }
)
