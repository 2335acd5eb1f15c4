"""The day by which answers are promised, in every form that asks for it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.timezone import localtime
from django.utils.translation import gettext as _


def check_promise(form: forms.Form, given: dict[str, Any]) -> None:
    """Add an error to the form when answers are promised for a day before the deadline."""
    promised, closes_at = given.get("answers_by_on"), given.get("closes_at")
    if promised and closes_at and promised < localtime(closes_at).date():
        text = _("This day lies before the deadline. Please choose a later one.")
        form.add_error("answers_by_on", text)
