"""The form by which a draft comes in."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from richtschnur.strategy.models import Strategy
from richtschnur.ui.forms import KernForm, readable


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
