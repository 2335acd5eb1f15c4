"""The spreadsheet that staff bring."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from richtschnur.ui.forms import KernForm

MEGABYTES = 10


class TableForm(KernForm):
    """One file with a row for each comment."""

    file = forms.FileField(
        label=gettext_lazy("Spreadsheet"),
        help_text=gettext_lazy("XLSX, ODS or CSV (UTF-8), at most 10 MB."),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.ods,.csv,.txt"}),
    )

    def clean_file(self) -> UploadedFile:
        upload: UploadedFile = self.cleaned_data["file"]
        if (upload.size or 0) > MEGABYTES * 1024 * 1024:
            raise ValidationError(
                _("“%(name)s” is larger than %(size)s MB. Please split it into several tables.")
                % {"name": upload.name, "size": MEGABYTES}
            )
        return upload
