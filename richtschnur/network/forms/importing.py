"""The table that comes in."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from richtschnur.ui.forms import KernForm

TABLE_LIMIT = 10 * 1024 * 1024


class TableForm(KernForm):
    file = forms.FileField(
        label=gettext_lazy("Your table"),
        help_text=gettext_lazy("XLSX, ODS or CSV (UTF-8), up to 10 MB. The first sheet is read."),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.ods,.csv"}),
    )

    def clean_file(self) -> UploadedFile:
        upload: UploadedFile = self.cleaned_data["file"]
        if (upload.size or 0) > TABLE_LIMIT:
            raise ValidationError(
                _("“%(name)s” is too big. Please split it.") % {"name": upload.name}
            )
        return upload
