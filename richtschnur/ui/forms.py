"""Forms in the design system's clothes; the templates stand in `ui/forms/`."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from inspect import isfunction
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.forms.forms import DeclarativeFieldsMetaclass
from django.forms.renderers import TemplatesSetting
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from richtschnur.journal.refusals import Refused
from richtschnur.ui.commands import moment

FormClass = TypeVar("FormClass", bound=type[forms.Form])


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


# People write in their own script, whatever language the page is in; addresses and numbers don't.
DIRECTIONS = {"text": "auto", "textarea": "auto", "search": "auto"} | dict.fromkeys(
    ("email", "url", "number", "tel", "password", "datetime-local", "date"), "ltr"
)

# Control characters but line ends and tabs, halves of characters, and what was lost on the way.
UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffd]")

# Instead of Django's "Enter a valid …": what to do. The first kind that fits a field counts.
_WORDS: tuple[tuple[type[forms.Field], dict[str, Any]], ...] = (
    (forms.EmailField, {"invalid": gettext_lazy("Please write it like name@example.org.")}),
    (forms.DateField, {"invalid": gettext_lazy("Please give a day, for example 2026-11-30.")}),
    (forms.IntegerField, {"invalid": gettext_lazy("Please give a number in digits.")}),
    (forms.FileField, {"required": gettext_lazy("Please choose a file.")}),
    (
        forms.ChoiceField,
        {
            "required": gettext_lazy("Please choose one of these."),
            "invalid_choice": gettext_lazy("Please choose one of these."),
        },
    ),
    (forms.Field, {"required": gettext_lazy("Please fill this in.")}),
)


def _speak_plainly(field: forms.Field) -> None:
    """Put our words where nobody has chosen others than Django's."""
    defaults: dict[str, Any] = {}
    for kind in reversed(type(field).__mro__):
        defaults.update(getattr(kind, "default_error_messages", {}))
    for kind, words in _WORDS:
        if not isinstance(field, kind):
            continue
        for code, message in words.items():
            if field.error_messages.get(code) is defaults.get(code):
                field.error_messages[code] = message


class KernField(forms.BoundField):
    """A field as it is shown: what was not taken is marked, and what may be left out."""

    @property
    def says_optional(self) -> bool:
        return not self.field.required and self.name not in getattr(self.form, "unmarked", ())

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: forms.Widget | None = None
    ) -> dict[str, Any]:
        built = super().build_widget_attrs(attrs, widget)
        shown = widget or self.field.widget
        is_radio = getattr(shown, "input_type", "") == "radio"
        if self.form.is_bound and not is_radio and self.errors:
            worn = built.get("class", shown.attrs.get("class", ""))
            built["class"] = f"{worn} kern-form-input__input--error"
        return built


class Dressing(DeclarativeFieldsMetaclass):
    """Dresses the fields of a class once, when it is made."""

    def __new__(mcs, name: str, bases: tuple[type, ...], attrs: dict[str, Any]) -> Any:
        made: Any = super().__new__(mcs, name, bases, attrs)
        for field in made.base_fields.values():
            _dress(field)
        return made


class KernForm(forms.Form, metaclass=Dressing):
    """A form whose widgets wear the design system's classes; its errors stand in our words.

    `more` holds fields that only this one form has, or that take the place of its class's own.
    A text field without a rule of its own takes only what can be read (`readable`). `unmarked`
    names fields that may be left out without a word about it.
    """

    bound_field_class = KernField
    unmarked: Collection[str] = ()

    def __init__(
        self, *args: Any, more: Mapping[str, forms.Field] | None = None, **kwargs: Any
    ) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in (more or {}).items():
            _dress(field)
            self.fields[name] = field

    def _clean_fields(self) -> None:
        """As Django's, but for shared fields without an object for each that shows it."""
        if not isinstance(self.base_fields, _Shared):
            super()._clean_fields()  # type: ignore[misc]
            return
        for name, field in self.fields.items():
            try:
                given = field.widget.value_from_datadict(
                    self.data, self.files, self.add_prefix(name)
                )
                self.cleaned_data[name] = field.clean(given)
                if own := getattr(self, f"clean_{name}", None):
                    self.cleaned_data[name] = own()
            except ValidationError as error:
                self.add_error(name, error)


class _Shared(dict[str, forms.Field]):
    """Fields that no form of a class alters: a copy of their names is enough."""

    def __deepcopy__(self, memo: Any) -> dict[str, forms.Field]:
        return dict(self)


def shares_fields(form: FormClass) -> FormClass:
    """Class decorator: its forms leave out fields at most, and alter none. They cost little.

    None of the fields takes files or is disabled.
    """
    form.base_fields = _Shared(form.base_fields)
    return form


def _dress(field: Any) -> None:
    if getattr(field, "is_dressed", False):
        return
    field.is_dressed = True
    _speak_plainly(field)
    if isinstance(field, forms.CharField) and not any(map(isfunction, field.validators)):
        field.validators = [*_without_null_check(field.validators), readable]
    kind = field.widget.__class__.__name__.lower().replace("input", "")
    attrs = field.widget.attrs
    attrs["class"] = f"{attrs.get('class', '')} {CLASSES.get(kind, CLASSES['textarea'])}"
    direction = DIRECTIONS.get(attrs.get("type", getattr(field.widget, "input_type", kind)))
    if direction:
        attrs.setdefault("dir", direction)


def _without_null_check(validators: Sequence[Any]) -> list[Any]:
    return [v for v in validators if not isinstance(v, ProhibitNullCharactersValidator)]


def day_input() -> forms.DateInput:
    """The browser's own date field; the value travels as 2026-11-22 in every language."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def readable(text: str) -> None:
    """Validator: refuses control characters, and characters that were lost on the way."""
    if found := UNREADABLE.search(text):
        raise ValidationError(
            _(
                "Character %(place)s can't be stored: it is invisible or did not arrive"
                " readably. Please delete it, or type that part anew."
            ),
            code="unreadable",
            params={"place": found.start() + 1},
        )


def passage_number() -> forms.IntegerField:
    """The number of a passage, where something may be said on one; empty for the whole."""
    return forms.IntegerField(
        label=gettext_lazy("On passage no."),
        required=False,
        min_value=1,
        max_value=1_000_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": gettext_lazy("Please give the number alone, for example 12.")},
    )


class MomentField(forms.CharField):
    """A day and a time in the county's zone, typed or picked; its value is a moment."""

    _german = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?:,?\s+(\d{1,2})[:.](\d{2}))?")

    def __init__(self, *, end_of_day: bool = False, **kwargs: Any) -> None:
        self.end_of_day = end_of_day
        widget = forms.TextInput(attrs={"type": "datetime-local"})
        super().__init__(max_length=40, widget=widget, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}  # HTML knows no maxlength here

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, datetime):
            return localtime(value).strftime("%Y-%m-%dT%H:%M")
        return value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        typed = self._german.fullmatch(text)
        if typed:
            on, month, year, hour, minute = typed.groups()
            text = f"{year}-{int(month):02}-{int(on):02}"
            text += f"T{int(hour):02}:{minute}" if hour else ""
        try:
            return moment(text, end_of_day=self.end_of_day)
        except Refused as refusal:
            raise ValidationError(str(refusal)) from None
