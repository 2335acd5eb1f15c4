"""The draft with what was written into it."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy

from richtschnur.contributions.rules import FILE_BYTES, file_refusal
from richtschnur.ui.forms import KernForm


class ReturnedForm(KernForm):
    """One file, as it was given out."""

    file = forms.FileField(
        label=gettext_lazy("The draft in which you wrote"),
        help_text=gettext_lazy("DOCX or ODT, at most 10 MB."),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".docx,.odt"}),
    )

    def clean_file(self) -> UploadedFile:
        upload: UploadedFile = self.cleaned_data["file"]
        if (upload.size or 0) > FILE_BYTES:
            raise ValidationError(file_refusal("oversized", upload.name or ""))
        return upload
