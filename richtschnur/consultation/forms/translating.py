"""What is typed about a question in another language: its lines, and who checked them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from richtschnur.consultation.models import Question
from richtschnur.ui.forms import KernForm, readable
from richtschnur.ui.languages import Language


class QuestionWordsForm(KernForm):
    """A field for each line of a question; `read` is the fingerprint of what the page showed."""

    read = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, question: Question, language: Language, **kwargs: Any) -> None:
        spoken = {"lang": language.tag, "dir": language.direction}
        more = {"text": _line(_("Question"), question.text, 500, spoken)}
        if question.explanation:
            more["explanation"] = _line(_("Explanation"), question.explanation, 2000, spoken)
        for number, option in enumerate(question.options, start=1):
            label = _("Answer %(n)s") % {"n": number}
            more[f"option_{number}"] = _line(label, option, 200, spoken)
        self.names = list(more)
        super().__init__(*args, more=more, **kwargs)

    @property
    def lines(self) -> list[str]:
        """What was typed, in the question's order."""
        return [self.cleaned_data[name] for name in self.names]


def _line(label: str, original: str, longest: int, spoken: dict[str, str]) -> forms.CharField:
    widget = (
        forms.TextInput(attrs=spoken)
        if longest <= 200
        else forms.Textarea(attrs={"rows": 2 + len(original) // 60, **spoken})
    )
    return forms.CharField(
        label=label,
        max_length=longest,
        validators=[readable],
        widget=widget,
        help_text=format_html("<bdi>{}</bdi>", original),
    )


class WordsCheckForm(KernForm):
    """`version` is that of the translation that this page showed."""

    version = forms.CharField(max_length=16, widget=forms.HiddenInput)
    checker = forms.CharField(
        label=gettext_lazy("Checked by"),
        max_length=200,
        validators=[readable],
        help_text=gettext_lazy("The public reads this name, so better an office than a person."),
    )
