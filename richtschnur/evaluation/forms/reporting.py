"""What an officer writes into a report of participation."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from richtschnur.evaluation.models import ChapterText
from richtschnur.evaluation.states import Chapter
from richtschnur.ui.forms import KernForm

LONGEST = 20_000


class ReportForm(KernForm):
    """One text a chapter, each with the version that was read."""

    unmarked = tuple(Chapter.values)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        more: dict[str, forms.Field] = {}
        for chapter in Chapter:
            rows = 6 if chapter == Chapter.FOREWORD else 3
            more[chapter.value] = forms.CharField(
                label=chapter.label,
                required=False,
                max_length=LONGEST,
                widget=forms.Textarea(attrs={"rows": rows, "dir": "auto", "lang": "de"}),
                help_text=_("Stands before everything else.")
                if chapter == Chapter.FOREWORD
                else "",
            )
            more[f"seen_{chapter.value}"] = forms.IntegerField(
                min_value=0, required=False, widget=forms.HiddenInput
            )
        super().__init__(*args, more=more, **kwargs)

    @classmethod
    def of(cls, texts: Iterable[ChapterText]) -> ReportForm:
        """The form with what stands in the report."""
        initial: dict[str, Any] = {f"seen_{chapter}": 0 for chapter in Chapter.values}
        for text in texts:
            initial |= {text.chapter: text.text, f"seen_{text.chapter}": text.version}
        return cls(initial=initial)

    @property
    def texts(self) -> dict[str, str]:
        return {chapter: self.cleaned_data[chapter] for chapter in Chapter.values}

    @property
    def seen(self) -> dict[str, int]:
        return {chapter: self.cleaned_data[f"seen_{chapter}"] or 0 for chapter in Chapter.values}
