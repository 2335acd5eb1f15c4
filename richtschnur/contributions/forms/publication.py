"""The forms of publication: what is blacked out, why something is withheld, the public filter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from richtschnur.contributions.models import Comment
from richtschnur.contributions.rules import Mark, Span
from richtschnur.contributions.states import Ground
from richtschnur.ui.forms import KernForm

MARK_NAMES = {
    "email": gettext_lazy("e-mail address"),
    "phone": gettext_lazy("telephone number"),
    "iban": gettext_lazy("bank account"),
    "name": gettext_lazy("name"),
    "address": gettext_lazy("address"),
    "birth": gettext_lazy("date of birth"),
    "tax": gettext_lazy("tax number"),
    "plate": gettext_lazy("number plate"),
    "origin": gettext_lazy("origin"),
    "religion": gettext_lazy("religion"),
    "health": gettext_lazy("health"),
}


class PublishForm(KernForm):
    """What is blacked out in the published copy: marked places, and further words as typed."""

    wording = forms.BooleanField(
        label=gettext_lazy("Publish the suggested wording, too"), required=False
    )
    words = forms.CharField(
        label=gettext_lazy("Also black out these words"),
        required=False,
        max_length=2000,
        help_text=gettext_lazy("One word or group of words a line, exactly as in the text."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self,
        *args: Any,
        comment: Comment,
        marks: Sequence[Mark],
        is_wording_clean: bool,
        **kwargs: Any,
    ) -> None:
        chosen = [_value(mark) for mark in marks if mark.is_personal]
        self.comment = comment
        black = forms.MultipleChoiceField(
            label=_("Black out"),
            required=False,
            choices=[(_value(mark), _label(comment, mark)) for mark in marks],
            widget=forms.CheckboxSelectMultiple,
            error_messages={"invalid_choice": _("Please choose the places once more.")},
        )
        initial = {"black": chosen, "wording": is_wording_clean}
        super().__init__(*args, initial=initial, more={"black": black}, **kwargs)

    def clean_words(self) -> list[Span]:
        """Every place where one of the typed words stands."""
        spans: list[Span] = []
        for words in filter(None, map(str.strip, self.cleaned_data["words"].splitlines())):
            found = _places(self.comment.text, words)
            if not found:
                raise ValidationError(
                    _("“%(words)s” does not stand in the text. Please copy it from there."),
                    code="not-there",
                    params={"words": words},
                )
            spans += found
        return spans

    @property
    def spans(self) -> list[Span]:
        """All places to black out."""
        pairs = (value.split("-") for value in self.cleaned_data.get("black", ()))
        return [(int(start), int(end)) for start, end in pairs] + self.cleaned_data["words"]


class WithholdForm(KernForm):
    """Why something is not published; the sender reads it."""

    ground = forms.ChoiceField(
        label=gettext_lazy("Reason from the rules for contributions"),
        choices=[("", gettext_lazy("please choose")), *Ground.choices],
    )
    note = forms.CharField(
        label=gettext_lazy("A sentence to the sender"), required=False, max_length=500
    )


class UpholdForm(KernForm):
    """What is said to a sender who objects and is not followed."""

    answer = forms.CharField(
        label=gettext_lazy("Why it stays so, to the sender"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def _value(mark: Mark) -> str:
    return f"{mark.start}-{mark.end}"


def _label(comment: Comment, mark: Mark) -> str:
    words = comment.text[mark.start : mark.end]
    return _("“%(words)s” – %(kind)s") % {"words": words, "kind": MARK_NAMES[mark.kind]}


def _places(text: str, words: str) -> list[Span]:
    spans, start = [], text.find(words)
    while start >= 0:
        spans.append((start, start + len(words)))
        start = text.find(words, start + len(words))
    return spans
