"""Sets of questions that are ready to be taken over and changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from richtschnur.consultation.models import Question
from richtschnur.consultation.states import QuestionKind


@dataclass(frozen=True)
class Ready:
    """One question of a set; its words are lazily translated."""

    kind: QuestionKind
    text: Any
    options: tuple[Any, ...] = ()
    explanation: Any = ""


@dataclass(frozen=True)
class ReadySet:
    """A whole set under its name."""

    name: Any
    questions: tuple[Ready, ...]


_OPEN, _SCALE = QuestionKind.OPEN, QuestionKind.SCALE
_ONE, _MANY = QuestionKind.CHOICE, QuestionKind.CHOICES
_TOPICS = (
    _("Language"),
    _("Work and training"),
    _("School and nursery"),
    _("Housing"),
    _("Health"),
    _("Authorities"),
    _("Living together"),
)
_OFFERS = (
    _("Advice"),
    _("Language courses"),
    _("Help on the way into work"),
    _("Support at school and nursery"),
    _("Meeting places"),
    _("Mentors and volunteers"),
    _("Interpreting"),
    _("Sport and culture"),
    _("Something else"),
)
_EASE = (_("very hard"), _("hard"), _("neither"), _("easy"), _("very easy"))
_QUALITY = (_("very badly"), _("badly"), _("middling"), _("well"), _("very well"))

READY_SETS: Final = {
    "experience": ReadySet(
        _("Experience and ideas"),
        (
            Ready(_OPEN, _("What works well where you live?")),
            Ready(_OPEN, _("Where do people get stuck, and why?")),
            Ready(_MANY, _("What should the county take care of first?"), _TOPICS),
            Ready(_SCALE, _("How easy is it to find help in this county?"), _EASE),
            Ready(
                _OPEN,
                _("Which idea should the paper take up?"),
                explanation=_("It need not be finished, and it may be small."),
            ),
        ),
    ),
    "actors": ReadySet(
        _("Survey of actors: what do you offer, what is missing?"),
        (
            Ready(_MANY, _("What do you offer?"), _OFFERS),
            Ready(_OPEN, _("For whom is it, where, and when?")),
            Ready(
                _ONE,
                _("How many people do you reach in a year?"),
                (_("up to 20"), _("21 to 100"), _("101 to 500"), _("more than 500")),
            ),
            Ready(_OPEN, _("What is missing in your town?")),
            Ready(_SCALE, _("How well do the bodies in the county work together?"), _QUALITY),
        ),
    ),
    "draft": ReadySet(
        _("Questions beside a draft"),
        (
            Ready(_SCALE, _("How easy is the draft to understand?"), _EASE),
            Ready(_SCALE, _("How well does it meet what matters to you?"), _QUALITY),
            Ready(_OPEN, _("What is missing most?")),
        ),
    ),
}


def ready_name(key: str, number: int) -> str:
    """Under which name a question remembers where it came from."""
    return f"{key}.{number}"


def shown_in(question: Question, language: str) -> tuple[str, str, list[str], str]:
    """Text, explanation, options and their language: the reader's for one taken over unchanged.

    A question in the county's own words is shown as it was written.
    """
    paper = question.consultation.strategy.language
    said = (question.text, question.explanation, list(question.options))
    key, _dot, number = question.ready.partition(".")
    found = READY_SETS.get(key)
    if found is None or language == paper or not number.isdecimal():
        return (*said, paper)
    ready = dict(enumerate(found.questions)).get(int(number))
    if ready is None or words_in(ready, paper) != said:
        return (*said, paper)
    return (*words_in(ready, language), language)


def words_in(ready: Ready, language: str) -> tuple[str, str, list[str]]:
    """Text, explanation and options of a ready question in one language."""
    spoken = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    with override(spoken):
        return str(ready.text), str(ready.explanation), [str(option) for option in ready.options]
