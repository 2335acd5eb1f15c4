"""What somebody reports of an organisation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from richtschnur.network.forms.entries import EntryForm
from richtschnur.ui.forms import readable


class ReportForm(EntryForm):
    """The entry as it is shown, to be corrected; `with_reporter` asks who reports it."""

    message = forms.CharField(
        label=gettext_lazy("Something else"),
        max_length=4000,
        required=False,
        validators=[readable],
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=gettext_lazy("For example: the organisation has closed, or has moved."),
    )
    reporter = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=120,
        required=False,
        validators=[readable],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=gettext_lazy("If you leave one, we write to you what became of it."),
    )

    def __init__(self, *args: Any, with_reporter: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not with_reporter:
            del self.fields["reporter"]

    @property
    def said(self) -> dict[str, str]:
        """Message and who left it, for the operation."""
        names = ("message", "reporter", "email")
        return {name: self.cleaned_data.get(name, "").strip() for name in names}
