"""Voluntary questions about the person, asked last; any answer, or none, is good."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from richtschnur.contributions.states import Age, Gender
from richtschnur.ui.forms import KernForm
from richtschnur.ui.languages import LANGUAGES

NAMES = {
    "age": gettext_lazy("Your age"),
    "gender": gettext_lazy("Your gender"),
    "municipality": gettext_lazy("Where you live"),
    "first_language": gettext_lazy("Your first language"),
}
OTHER = "other"


def questions(municipalities: list[str]) -> dict[str, list[tuple[str, Any]]]:
    """Each question with its choices; "" is no answer. Without a list no place is asked for."""
    none = ("", _("no answer"))
    spoken = [(one.code, one.name) for one in LANGUAGES if "-" not in one.code]
    asked: dict[str, list[tuple[str, Any]]] = {
        "age": [none, *Age.choices],
        "gender": [none, *Gender.choices],
        "municipality": [
            none,
            *((name, name) for name in municipalities),
            (OTHER, _("somewhere else")),
        ],
        "first_language": [none, *spoken, (OTHER, _("another language"))],
    }
    if not municipalities:
        del asked["municipality"]
    return asked


class StatisticsForm(KernForm):
    """Never a reason to send something back: what is not on the list counts as no answer."""

    def __init__(self, *args: Any, municipalities: list[str], **kwargs: Any) -> None:
        asked = {
            name: forms.ChoiceField(label=NAMES[name], choices=choices, required=False)
            for name, choices in questions(municipalities).items()
        }
        super().__init__(*args, more=asked, prefix="about", **kwargs)
        self.unmarked = tuple(asked)  # the heading says already that all is optional

    @property
    def answers(self) -> dict[str, str]:
        """What was given and stands on the lists."""
        found = {}
        for name, field in self.fields.items():
            value = str(self.data.get(self.add_prefix(name), ""))
            assert isinstance(field, forms.ChoiceField)
            if field.valid_value(value):
                found[name] = value
        return found
