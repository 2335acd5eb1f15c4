"""Forms in the design system's clothes; the templates stand in `ui/forms/`."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting


class KernRenderer(TemplatesSetting):
    """Renders each field as a KERN form input with label, hint and error."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"


CLASSES = {
    "textarea": "kern-form-input__input",
    "select": "kern-form-input__select",
    "selectmultiple": "kern-form-input__select",
    "checkbox": "kern-form-check__checkbox",
    "checkboxselectmultiple": "kern-form-check__checkbox",
    "radioselect": "kern-form-check__radio",
    "hidden": "",
}


class KernForm(forms.Form):
    """A form whose widgets wear the design system's classes; its errors stand in our words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            kind = field.widget.__class__.__name__.lower().replace("input", "")
            attrs = field.widget.attrs
            attrs["class"] = f"{attrs.get('class', '')} {CLASSES.get(kind, CLASSES['textarea'])}"
            if self.is_bound and name in self.errors and kind not in ("radioselect",):
                attrs["class"] += " kern-form-input__input--error"


def day_input() -> forms.DateInput:
    """The browser's own date field; the value travels as 2026-11-22 in every language."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
