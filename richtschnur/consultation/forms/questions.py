"""One question as the staff makes it, and choosing a ready set."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from richtschnur.consultation.models import Consultation, Question
from richtschnur.consultation.operations import READY_SETS, NewQuestion
from richtschnur.consultation.rules import check_question
from richtschnur.consultation.states import QuestionKind
from richtschnur.journal.refusals import Refused
from richtschnur.strategy.models import Passage
from richtschnur.ui.forms import KernForm, passage_number, readable

FIELDS = {"text": "text", "options": "options", "passage": "passage"}


def ready_choices() -> list[tuple[str, Any]]:
    """The ready sets, after "no questions"."""
    return [("", _("no questions")), *((key, ready.name) for key, ready in READY_SETS.items())]


class QuestionForm(KernForm):
    kind = forms.ChoiceField(
        label=gettext_lazy("How it is answered"),
        choices=QuestionKind.choices,
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=gettext_lazy("Question"),
        max_length=500,
        validators=[readable],
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    explanation = forms.CharField(
        label=gettext_lazy("Explanation"),
        required=False,
        max_length=2000,
        validators=[readable],
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=gettext_lazy("Stands below the question, for those who need it."),
    )
    options = forms.CharField(
        label=gettext_lazy("Answers, one a line"),
        required=False,
        max_length=10_000,
        validators=[readable],
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        help_text=gettext_lazy(
            "For a scale the names of its steps, the lowest first. Leave it empty for a question"
            " that is answered in own words."
        ),
    )
    passage = passage_number()
    is_required = forms.BooleanField(
        label=gettext_lazy("Nobody can send without answering it"), required=False
    )
    new: NewQuestion

    def __init__(self, *args: Any, consultation: Consultation, **kwargs: Any) -> None:
        self.consultation = consultation
        super().__init__(*args, **kwargs)
        if consultation.edition is None:
            del self.fields["passage"]

    def clean_passage(self) -> Passage | None:
        number, edition = self.cleaned_data["passage"], self.consultation.edition
        if number is None or edition is None:
            return None
        found = edition.passages.filter(number=number).first()
        if found is None:
            raise forms.ValidationError(
                _("There is no passage %(number)s in the draft."), params={"number": number}
            )
        return found

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if self.errors:
            return given
        options = tuple(line.strip() for line in given["options"].splitlines() if line.strip())
        about: dict[str, Any] = {
            name: given.get(name) for name in ("kind", "text", "explanation", "passage")
        }
        self.new = NewQuestion(options=options, is_required=given["is_required"], **about)
        try:
            check_question(Question(consultation=self.consultation, options=options, **about))
        except Refused as refusal:
            self.add_error(FIELDS.get(refusal.code), str(refusal))
        return given


def as_typed(question: Question) -> dict[str, Any]:
    """What the form begins with for a question that is there."""
    return {
        "kind": question.kind,
        "text": question.text,
        "explanation": question.explanation,
        "options": "\n".join(question.options),
        "passage": question.passage.number if question.passage else None,
        "is_required": question.is_required,
    }


class ReadyForm(KernForm):
    """Which ready set is taken over."""

    ready = forms.ChoiceField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        ready = forms.ChoiceField(label=_("Ready questions"), choices=ready_choices()[1:])
        super().__init__(*args, more={"ready": ready}, **kwargs)
