"""The forms of the public's side: one comment, and who sends the basket."""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from richtschnur.contributions.rules import (
    ALLOWED_CONTROLS,
    check_suggestion,
    check_text,
    consent_wording,
    may_be_reworded,
    say_why,
)
from richtschnur.contributions.states import Kind, Purpose
from richtschnur.strategy.models import Passage
from richtschnur.ui.forms import KernForm, shares_fields


def made_visible(text: str) -> str:
    """Control characters as signs that can be seen and deleted (␀, ␛ …); all else untouched."""

    def sign(character: str) -> str:
        if character in ALLOWED_CONTROLS or unicodedata.category(character) != "Cc":
            return character
        return chr(0x2400 + ord(character)) if ord(character) < 0x20 else "␦"

    return "".join(map(sign, text))


def _is_storable(text: str) -> None:
    check_text(text)


class CommentField(forms.CharField):
    """A text of people: kept as typed, checked by the stage's own rule and words."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(strip=False, widget=forms.Textarea(attrs={"rows": 8}), **kwargs)
        self.validators = [_is_storable]

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        return text if text.strip() else ""


class CommentForm(KernForm):
    """One comment; `replaces` names the one in the basket that it takes the place of.

    `seen` is the version that was shown: somebody else may have written since.
    """

    text = CommentField(
        label=gettext_lazy("Your comment"),
        error_messages={"required": gettext_lazy("Please write your comment.")},
    )
    suggestion = CommentField(
        label=gettext_lazy("The passage as it should read"),
        required=False,
        help_text=gettext_lazy(
            "Change the words here. We show word by word what you added and took out. If you leave"
            " them as they are, nothing is suggested."
        ),
    )
    replaces = forms.IntegerField(required=False, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, passage: Passage | None = None, **kwargs: Any) -> None:
        self.passage = passage
        super().__init__(*args, **kwargs)
        if passage is None or not may_be_reworded(passage):
            del self.fields["suggestion"]
        else:
            language = passage.language or passage.edition.strategy.language
            self.fields["suggestion"].widget.attrs |= {"rows": 6, "lang": language}
            if not self.initial.get("suggestion"):
                self.initial["suggestion"] = passage.text
                self.fields["suggestion"].widget.attrs["data-prefilled"] = ""
        for name in ("text", "suggestion"):
            text = self.data.get(name, "") if self.is_bound else ""
            if made_visible(text) != text and name in self.errors:
                self.data = self.data.copy()  # type: ignore[attr-defined]
                self.data[name] = made_visible(text)  # type: ignore[index]

    @property
    def suggests(self) -> bool:
        """Whether the passage reads differently in the form as it is shown."""
        if self.passage is None or "suggestion" not in self.fields:
            return False
        typed = str(self["suggestion"].value() or "").replace("\r\n", "\n").strip()
        return bool(self["suggestion"].errors) or typed not in ("", self.passage.text.strip())

    def clean_suggestion(self) -> str:
        return check_suggestion(self.cleaned_data["suggestion"], self.passage)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("suggestion") and not self.data.get("text", "").strip():
            del self.errors["text"]
            self.add_error("text", say_why())
        return given


def _line(label: Any, autocomplete: str) -> forms.CharField:
    field = forms.CharField(
        label=label,
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": autocomplete, "dir": "auto"}),
        error_messages={"max_length": gettext_lazy("Please use at most 200 characters.")},
    )
    field.validators = [v for v in field.validators if isinstance(v, MaxLengthValidator)]
    field.validators.append(_is_storable)
    return field


class _OneOfKinds(forms.ChoiceField):
    """Who speaks; what is chosen is looked for among the values, not beside their names."""

    def valid_value(self, value: Any) -> bool:
        return value in Kind.values


def _consent(purpose: Purpose) -> forms.BooleanField:
    return forms.BooleanField(label=lazy(consent_wording, str)(purpose), required=False)


@shares_fields
class SenderForm(KernForm):
    """Who speaks, and what is allowed with name and address; asked last, mostly voluntary."""

    kind = _OneOfKinds(
        label=gettext_lazy("Who is speaking"),
        choices=Kind.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Please choose who is speaking."),
            "invalid_choice": gettext_lazy("Please choose one of these."),
        },
    )
    name = _line(gettext_lazy("Name"), "name")
    organisation = _line(gettext_lazy("Club, company or body"), "organization")
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        required=False,
        max_length=254,
        error_messages={
            "invalid": gettext_lazy("Please write the address like name@example.org."),
            "max_length": gettext_lazy("Please use at most 254 characters."),
        },
        help_text=gettext_lazy("For your receipt, and a mail when everything is answered."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    publish_name = _consent(Purpose.PUBLISH_NAME)
    contact = _consent(Purpose.CONTACT)
    newsletter = _consent(Purpose.NEWSLETTER)
    take_part = _consent(Purpose.TAKE_PART)
    key = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, publishes_names: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not publishes_names:
            del self.fields[Purpose.PUBLISH_NAME.value]

    @property
    def consents(self) -> list[str]:
        """The purposes that were asked for and ticked."""
        return [box.name for box in self.boxes if self.cleaned_data.get(box.name)]

    @property
    def about(self) -> list[forms.BoundField]:
        return [self["name"], self["organisation"], self["email"]]

    @property
    def boxes(self) -> list[forms.BoundField]:
        return [self[purpose.value] for purpose in Purpose if purpose.value in self.fields]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if "email" not in self.errors and not given.get("email"):
            for purpose in (Purpose.CONTACT, Purpose.NEWSLETTER, Purpose.TAKE_PART):
                if given.get(purpose.value):
                    self.add_error("email", _needs_address(purpose))
        named = given.get("name") or given.get("organisation")
        if given.get(Purpose.PUBLISH_NAME.value) and not named and "name" not in self.errors:
            self.add_error(
                "name", _("You allow us to publish your name: please write it, or untick the box.")
            )
        return given


def _needs_address(purpose: Purpose) -> ValidationError:
    sentences = {
        Purpose.CONTACT: _("We may contact you, but where? Please add your e-mail or untick it."),
        Purpose.NEWSLETTER: _("News comes by e-mail: please add your address or untick the box."),
        Purpose.TAKE_PART: _(
            "To take part we must be able to reach you: please add your e-mail or untick the box."
        ),
    }
    return ValidationError(sentences[purpose], code="no-address")


@shares_fields
class OfficeForm(KernForm):
    """Who releases it for an office that was asked by name; all else is known already."""

    name = _line(gettext_lazy("Who releases it"), "name")
    key = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if not name.strip() and not self.initial.get("name"):
            raise ValidationError(_("Please write who releases it for your office."))
        return name


class ObjectionForm(KernForm):
    """What a sender says against a comment's not being published."""

    text = forms.CharField(
        label=gettext_lazy("Why should it be published?"),
        max_length=2000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        help_text=gettext_lazy("In any language. What you write here is not published."),
    )
