"""Forms by which the elements of a working edition are corrected."""

from __future__ import annotations

from typing import Any

from django import forms

from richtschnur.documents.structure.parts import parts
from richtschnur.strategy.forms.marking import ElementFields, MarkFields, Named
from richtschnur.ui.forms import KernForm


class MarkForm(MarkFields, KernForm):
    """Mark words of a passage or heading; `read` is how the place stood when it was shown."""

    read = forms.CharField(max_length=16, widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, text: str, is_table: bool, parents: Named, **kwargs: Any
    ) -> None:
        more = self.choices(text, parts(text, is_table=is_table), parents)
        super().__init__(*args, more=more, auto_id="mark_%s", **kwargs)


class ElementForm(ElementFields, KernForm):
    """Another kind, another guideline for one element."""

    read = forms.CharField(max_length=16, widget=forms.HiddenInput, required=False)
    element = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, key: int, parents: Named, **kwargs: Any) -> None:
        others = [(pk, words) for pk, words in parents if pk != key]
        more = self.choices(others)
        super().__init__(*args, more=more, auto_id=f"element_{key}_%s", **kwargs)
