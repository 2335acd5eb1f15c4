"""The questions of a consultation as fields of a form, for the public and for letters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from richtschnur.consultation.models import Question
from richtschnur.consultation.operations import Shown, shown_all
from richtschnur.consultation.states import QuestionKind
from richtschnur.contributions.forms.public import CommentField
from richtschnur.contributions.models import Answer, BasketComment
from richtschnur.strategy.queries.in_language import state_in_words
from richtschnur.ui.forms import KernForm
from richtschnur.ui.languages import language_of


@dataclass(frozen=True)
class Given:
    """What was answered: texts to open questions, values to the others; empty where nothing."""

    texts: dict[Question, str]
    values: dict[Question, list[str]]


def field_name(question: Question) -> str:
    return f"question_{question.pk}"


def question_fields(
    questions: Iterable[Question], language: str, *, asks_all: bool
) -> dict[str, forms.Field]:
    """A field for each; with `asks_all` those that must be answered are required."""
    asked = list(questions)
    shown = shown_all(asked, language)
    return worded_fields(asked, shown, asks_all=asks_all)


def worded_fields(
    questions: Iterable[Question], shown: Mapping[int, Shown], *, asks_all: bool
) -> dict[str, forms.Field]:
    """The same, when their words are known."""
    return {
        field_name(question): _field(question, shown[question.pk], asks_all)
        for question in questions
    }


def _field(question: Question, shown: Shown, asks_all: bool) -> forms.Field:
    options, spoken = shown.options, shown.language
    is_required = asks_all and question.is_required
    about: dict[str, Any] = {"label": _in(spoken, shown.text), "required": is_required}
    if shown.explanation:
        about["help_text"] = _in(spoken, shown.explanation)
    if question.is_open:
        field = CommentField(**about)
        field.widget.attrs |= {"rows": 4, "dir": "auto"}
        return field
    choices: list[tuple[str, str]] = [
        (str(n), _in(spoken, _step(question, n, option)))
        for n, option in enumerate(options, start=1)
    ]
    if question.kind == QuestionKind.CHOICES:
        return forms.MultipleChoiceField(
            choices=choices, widget=forms.CheckboxSelectMultiple, **about
        )
    if not is_required:
        choices.append(("", _("No answer")))
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **about)


def _in(language: str, text: str) -> SafeString:
    """In its own language and direction, whatever the page is in."""
    return format_html('<bdi lang="{}">{}</bdi>', language_of(language).tag, text)


def _step(question: Question, number: int, option: str) -> str:
    return f"{number} – {option}" if question.kind == QuestionKind.SCALE else option


def given_in(questions: Iterable[Question], cleaned: Mapping[str, Any]) -> Given:
    """What a valid form says."""
    texts, values = {}, {}
    for question in questions:
        said = cleaned.get(field_name(question)) or ""
        if question.is_open:
            texts[question] = said
        else:
            numbers = said if isinstance(said, list) else [said] if said else []
            values[question] = [question.values[int(number) - 1] for number in numbers]
    return Given(texts, values)


class QuestionsForm(KernForm):
    """All questions at once, begun with what lies in the basket."""

    def __init__(
        self,
        *args: Any,
        questions: list[Question],
        language: str,
        comments: Iterable[BasketComment] = (),
        answers: Iterable[Answer] = (),
        **kwargs: Any,
    ) -> None:
        self.questions = questions
        initial: dict[str, Any] = {
            field_name(c.question): c.text for c in comments if c.question is not None
        }
        chosen: dict[int, list[str]] = {}
        for answer in answers:
            chosen.setdefault(answer.question.pk, []).append(answer.value)
        for question in questions:
            values = chosen.get(question.pk, [])
            numbers = [str(n) for n, v in enumerate(question.values, start=1) if v in values]
            if question.kind == QuestionKind.CHOICES:
                initial[field_name(question)] = numbers
            elif not question.is_open:
                initial[field_name(question)] = numbers[0] if numbers else ""
        self.shown = shown_all(questions, language)
        fields = worded_fields(questions, self.shown, asks_all=True)
        super().__init__(*args, more=fields, initial=initial, **kwargs)

    @property
    def given(self) -> Given:
        return given_in(self.questions, self.cleaned_data)

    @property
    def rows(self) -> list[tuple[Question, forms.BoundField, str]]:
        """Each question with its field, and the state of its translation where it is one."""
        return [
            (question, self[field_name(question)], _state(self.shown[question.pk]))
            for question in self.questions
        ]


def _state(shown: Shown) -> str:
    return state_in_words(shown.told) if shown.told is not None else ""
