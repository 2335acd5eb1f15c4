"""Forms of the staff: importing a draft, changing single passages."""

from __future__ import annotations

import hashlib
import re
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from richtschnur.strategy.models import Passage, Strategy
from richtschnur.ui.forms import KernForm, readable

TEXT_LIMIT = 50_000
SENTENCE_END = re.compile(r"(?<=[.!?;:])\s+|\n+")
CLAUSE_END = re.compile(r"(?<=,)\s+")


class ImportForm(KernForm):
    file = forms.FileField(
        label=gettext_lazy("File with the draft"),
        help_text=gettext_lazy("DOCX, ODT, PDF, HTML, Markdown or plain text, at most 50 MB."),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".docx,.odt,.pdf,.html,.htm,.md,.txt"}),
    )
    title = forms.CharField(
        label=gettext_lazy("Title of the paper"),
        max_length=300,
        required=False,
        validators=[readable],
        help_text=gettext_lazy("Leave empty to take it from the file."),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the paper"), choices=settings.LANGUAGES
    )
    into = forms.ModelChoiceField(
        label=gettext_lazy("As the next edition of"),
        queryset=Strategy.objects.all(),
        required=False,
        empty_label=gettext_lazy("a new paper"),
    )

    def clean_file(self) -> UploadedFile:
        upload: UploadedFile = self.cleaned_data["file"]
        if (upload.size or 0) > settings.UPLOAD_LIMIT:
            raise ValidationError(
                _("“%(name)s” is larger than 50 MB. Please leave out pictures, or split it.")
                % {"name": upload.name}
            )
        return upload


def fingerprint(text: str) -> str:
    """By which a form remembers the words that it showed."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


class PassageWork(KernForm):
    """`revision` and `read` say which edition and which words this page showed."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    read = forms.CharField(max_length=16, widget=forms.HiddenInput)

    def __init__(self, *args: Any, passage: Passage, **kwargs: Any) -> None:
        self.passage = passage
        shown = {"revision": passage.edition.revision, "read": fingerprint(passage.text)}
        kwargs["initial"] = shown | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)

    @property
    def revision_read(self) -> int:
        """The revision to hold the act against: what changed elsewhere does not matter here."""
        if self.cleaned_data["read"] == fingerprint(self.passage.text):
            return self.passage.edition.revision
        revision: int = self.cleaned_data["revision"]
        return revision if revision != self.passage.edition.revision else -1


def _text(label: Any, rows: int = 8) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "dir": "auto"})
    return forms.CharField(label=label, max_length=TEXT_LIMIT, widget=widget, validators=[readable])


class ChangeForm(PassageWork):
    text = _text(gettext_lazy("Words of the passage"))


class AddForm(PassageWork):
    text = _text(gettext_lazy("Words of the new passage"), rows=4)


class DropForm(PassageWork):
    reason = forms.CharField(
        label=gettext_lazy("Why it is dropped"),
        max_length=2000,
        validators=[readable],
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=gettext_lazy("The public can read this beside the former words."),
    )


def cuts(text: str) -> list[tuple[int, str]]:
    """Where a passage can be cut: (code point, the first words behind it)."""
    for pattern in (SENTENCE_END, CLAUSE_END):
        places = [match.end() for match in pattern.finditer(text) if match.end() < len(text)]
        if places:
            return [(place, text[place : place + 90]) for place in places]
    return []


class SplitForm(PassageWork):
    at_character = forms.TypedChoiceField(
        label=gettext_lazy("The second part begins with"), coerce=int, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, passage: Passage, **kwargs: Any) -> None:
        choices = [(place, f"{words} …") for place, words in cuts(passage.text)]
        field = forms.TypedChoiceField(
            label=self.base_fields["at_character"].label,
            coerce=int,
            choices=choices,
            widget=forms.RadioSelect,
            error_messages={"invalid_choice": _("The words have changed. Please choose anew.")},
        )
        super().__init__(*args, passage=passage, more={"at_character": field}, **kwargs)
