"""The words of a final notice, for a mail and for a letter.

They speak the sender's language; answers are the county's own German words, which bind. Neither
holds the receipt's address, which only the sender knows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from richtschnur.contributions.models import Contribution
from richtschnur.evaluation.queries import Reply, replies_to
from richtschnur.evaluation.states import Decision

QUOTED = 1200  # characters of what was said; the whole stands on the receipt


@dataclass(frozen=True)
class Line:
    """One paragraph of a notice; `language` is "" for the one that the notice speaks."""

    text: str
    language: str = ""
    is_quote: bool = False


@dataclass(frozen=True)
class Mail:
    """Subject and text."""

    subject: str
    body: str


def language_to(contribution: Contribution) -> str:
    """The language in which its sender used the product, if it speaks that; else the paper's."""
    spoken = dict(settings.LANGUAGES)
    own = contribution.consultation.strategy.language
    return contribution.language if contribution.language in spoken else own


def subject_of(contribution: Contribution) -> str:
    """The line above a notice."""
    said = _("Our answers to your contribution %(number)s")
    return said % {"number": contribution.number}


def final_notice(contribution: Contribution) -> Mail:
    """The mail, in the language in force."""
    body = "\n\n".join(
        "\n".join(f"> {part}" for part in line.text.split("\n")) if line.is_quote else line.text
        for line in lines_of(contribution)
    )
    return Mail(subject_of(contribution), body)


def lines_of(contribution: Contribution) -> Iterator[Line]:
    """All paragraphs of a notice: what was said, what was decided, why, what changed."""
    consultation = contribution.consultation
    german = consultation.strategy.language
    names = {"title": consultation.title, "number": contribution.number}
    yield Line(
        _(
            "You wrote to us about “%(title)s”; your number is %(number)s. Everything that you said"
            " was read and decided. Here are our answers."
        )
        % names
    )
    if get_language() != german:
        yield Line(_("The reasons stand here in German, as they were decided: these words bind."))
    for reply in replies_to(contribution):
        yield from _reply(reply, german)
    yield Line(
        _(
            "Your receipt shows the same, at the address that you got after sending. If you have a"
            " question, please name the number %(number)s."
        )
        % names
    )


def _reply(reply: Reply, german: str) -> Iterator[Line]:
    point, response = reply.answered.point, reply.answered.response
    assert response is not None
    passage = point.comment.passage
    yield Line(
        _("%(n)s. To passage %(passage)s you said:")
        % {"n": reply.number, "passage": passage.number}
        if passage
        else _("%(n)s. To the whole paper you said:") % {"n": reply.number}
    )
    yield Line(_cut(point.text), point.comment.contribution.language, is_quote=True)
    decision = str(Decision(response.decision).label)
    if response.forwarded_to:
        yield Line(
            _("Our decision: %(decision)s (%(receiver)s)")
            % {"decision": decision, "receiver": response.forwarded_to}
        )
    else:
        yield Line(_("Our decision: %(decision)s") % {"decision": decision})
    yield Line(response.reason, german)
    for outcome in reply.answered.outcomes:
        if outcome.after is not None:
            place = {"n": outcome.after.number, "edition": outcome.edition.number}
            yield Line(_("Passage %(n)s of edition %(edition)s now reads:") % place)
            yield Line(_cut(outcome.after.text), german, is_quote=True)


def _cut(text: str) -> str:
    return text if len(text) <= QUOTED else f"{text[:QUOTED].rstrip()} …"
