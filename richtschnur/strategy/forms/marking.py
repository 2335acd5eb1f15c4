"""Fields by which words are said to be a guideline, a goal, a measure; for drafts and editions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from richtschnur.documents.structure import ElementKind as Kind
from richtschnur.strategy.states import ElementKind
from richtschnur.ui.selecting import Select

KINDS = [(kind.value, kind.label) for kind in ElementKind]
SHOWN = 160
Named = Sequence[tuple[Any, str]]


def element_kind(value: str) -> Kind:
    """A chosen kind as the documents know it."""
    return cast(Kind, ElementKind(value).value)


def chosen_parent(given: dict[str, Any]) -> int | None:
    """What was chosen as the element above, or None."""
    return int(given["parent"]) if given.get("parent") else None


def parent_field(parents: Named) -> forms.ChoiceField:
    """The guidelines to choose from."""
    named = [(str(key), words[:SHOWN]) for key, words in parents]
    return forms.ChoiceField(
        label=_("Belongs to the guideline"),
        choices=[("", _("to none")), *named],
        widget=Select(),
        required=False,
        error_messages={"invalid_choice": _("This guideline is gone. Please choose another.")},
    )


class ElementFields(forms.Form):
    """Another kind, another guideline."""

    kind = forms.ChoiceField(label=gettext_lazy("This is"), choices=KINDS)

    def choices(self, parents: Named) -> dict[str, forms.Field]:
        """The field that the place decides."""
        return {"parent": parent_field(parents)}


class MarkFields(forms.Form):
    """A kind and the words: chosen parts, or typed as they stand in the place.

    After checking, `cleaned_data["spans"]` holds (start, end) of each.
    """

    kind = forms.ChoiceField(label=gettext_lazy("These words are"), choices=KINDS)
    text = ""

    def choices(
        self, text: str, spans: Sequence[tuple[int, int]], parents: Named
    ) -> dict[str, forms.Field]:
        """The fields that the place decides."""
        self.text = text
        named = [(f"{a}-{b}", _shortened(text[a:b])) for a, b in spans]
        if named:
            named[0] = (named[0][0], _("everything: “%(words)s”") % {"words": named[0][1]})
        return {
            "parts": forms.MultipleChoiceField(
                label=_("Which words"),
                choices=named,
                widget=forms.CheckboxSelectMultiple,
                required=False,
                help_text=_("Several parts become several elements, each of its own."),
                error_messages={"invalid_choice": _("The words have changed. Please choose anew.")},
            ),
            "words": forms.CharField(
                label=_("Or other words, as they stand there"),
                max_length=5000,
                required=False,
                widget=forms.TextInput(attrs={"dir": "auto"}),
            ),
            "parent": parent_field(parents),
        }

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        spans = [tuple(map(int, one.split("-"))) for one in given.get("parts", [])]
        words = " ".join(given.get("words", "").split())
        if words:
            start = self.text.find(words)
            if start < 0:
                problem = _("These words do not stand in this place. Please copy them exactly.")
                self.add_error("words", ValidationError(problem))
            spans.append((start, start + len(words)))
        if not spans and not self.errors:
            problem = _("Please choose which words are meant.")
            self.add_error("parts", ValidationError(problem))
        given["spans"] = spans
        return given


def _shortened(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= SHOWN else f"{words[: SHOWN - 30]} … {words[-25:]}"
