"""A picture with its alternative text: the file by its content, nothing that tells on people."""

from __future__ import annotations

from copy import copy
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from richtschnur.documents.blocks import Picture
from richtschnur.documents.pictures import MOST_BYTES, NoPicture, clean
from richtschnur.ui.forms import KernForm, readable


def _why(code: str, name: str) -> str:
    sentences = {
        "oversized": _("“%(name)s” is larger than 10 MB or 50 megapixels. Please save it smaller."),
        "damaged": _("“%(name)s” is damaged. Please open and save it once more, then try again."),
        "vector": _("“%(name)s” is a drawing (SVG). Please save it as PNG."),
        "unknown": _("“%(name)s” is none of PNG, JPEG or GIF. Please save it as one of these."),
    }
    return sentences[code] % {"name": name}


class PictureForm(KernForm):
    """`picture` holds the file, cleaned, where one was sent. A new picture needs one."""

    picture: Picture | None = None

    file = forms.FileField(
        label=gettext_lazy("File with the picture"),
        allow_empty_file=True,
        help_text=gettext_lazy(
            "PNG, JPEG or GIF, at most 10 MB. What the file says of place, camera and people is"
            " removed."
        ),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/gif"}),
    )
    text = forms.CharField(
        label=gettext_lazy("Alternative text"),
        max_length=2000,
        validators=[readable],
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=gettext_lazy(
            "For people who don't see the picture: in one or two sentences, what it shows and what"
            " it is there for. Of a diagram say the main figures. Don't begin with “Picture of”."
        ),
    )
    caption = forms.CharField(
        label=gettext_lazy("Caption"),
        max_length=500,
        required=False,
        validators=[readable],
        help_text=gettext_lazy("Stands under the picture for everyone, also who made it."),
    )

    def __init__(self, *args: Any, has_picture: bool = False, **kwargs: Any) -> None:
        field = copy(self.base_fields["file"])
        if has_picture:
            field.required, field.label = False, _("Another file in its place")
        super().__init__(*args, more={"file": field}, **kwargs)

    def clean_file(self) -> UploadedFile | None:
        upload: UploadedFile | None = self.cleaned_data.get("file")
        if not upload:
            return None
        name = str(upload.name)
        if (upload.size or 0) > MOST_BYTES:
            raise ValidationError(_why("oversized", name))
        try:
            self.picture = clean(upload.read())
        except NoPicture as error:
            raise ValidationError(_why(error.code, name)) from None
        return upload
