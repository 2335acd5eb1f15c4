"""What is typed about translations: the words, who checked them, a file from an office."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from richtschnur.strategy.forms.passages import TEXT_LIMIT
from richtschnur.translation.operations import PLAIN
from richtschnur.ui.forms import KernForm, readable
from richtschnur.ui.languages import Language

FILE_LIMIT = 20 * 1024 * 1024


class TranslationForm(KernForm):
    """`read` is the fingerprint of the German words that this page showed."""

    read = forms.CharField(max_length=64, widget=forms.HiddenInput)
    text = forms.CharField(
        label=gettext_lazy("Translation"), max_length=TEXT_LIMIT, validators=[readable]
    )
    caption = forms.CharField(
        label=gettext_lazy("Caption"), max_length=2000, required=False, validators=[readable]
    )

    def __init__(
        self, *args: Any, language: Language, has_caption: bool, rows: int = 8, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        spoken = {"lang": language.tag, "dir": language.direction}
        text = forms.Textarea(attrs={"rows": rows, **spoken, "class": "kern-form-input__input"})
        self.fields["text"].widget = text
        if has_caption:
            self.fields["caption"].widget.attrs.update(spoken)
        else:
            del self.fields["caption"]


class CheckForm(KernForm):
    """`version` is that of the translation that this page showed."""

    version = forms.CharField(max_length=16, widget=forms.HiddenInput)
    checker = forms.CharField(
        label=gettext_lazy("Checked by"),
        max_length=200,
        validators=[readable],
        help_text=gettext_lazy("The public reads this name, so better an office than a person."),
    )
    by_group = forms.BooleanField(
        label=gettext_lazy("A review group of people who need Leichte Sprache has checked it"),
        required=False,
        help_text=gettext_lazy("Only then it is called Leichte Sprache. Give the group's name."),
    )

    def __init__(self, *args: Any, language: Language, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if language.code != PLAIN:
            del self.fields["by_group"]


class BringForm(KernForm):
    file = forms.FileField(
        label=gettext_lazy("The filled-in table (XLSX, ODS or CSV)"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.ods,.csv"}),
    )
