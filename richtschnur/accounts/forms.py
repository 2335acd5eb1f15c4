"""Forms of the staff's accounts and of the county's settings."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from richtschnur.accounts.models import Office, User
from richtschnur.accounts.states import Role
from richtschnur.county.coat_of_arms import SIZE_LIMIT, image_suffix
from richtschnur.ui.forms import KernForm, day_input


class LoginForm(KernForm):
    login = forms.CharField(
        label=_("Login"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


def _new_password(label: Any, help_text: Any = "") -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})
    return forms.CharField(
        label=label, max_length=200, strip=False, widget=widget, help_text=help_text
    )


class PasswordForm(KernForm):
    """Whoever comes with a one-time password has just typed it, and isn't asked again."""

    present = forms.CharField(
        label=_("Present password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = _new_password(
        _("New password"),
        _("At least 12 characters. Several words in a row are easy to remember and hard to guess."),
    )
    again = _new_password(_("The new password once more"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_present(self) -> str:
        present: str = self.cleaned_data["present"]
        if not self.user.check_password(present):
            raise ValidationError(_("This is not your present password. Please try once more."))
        return present

    def clean_new(self) -> str:
        new: str = self.cleaned_data["new"]
        validate_password(new, self.user)
        if self.user.check_password(new):
            raise ValidationError(_("This is your present password. Please choose another one."))
        return new

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("new", again):
            raise ValidationError(_("The two new passwords differ. Please type both once more."))
        return again


class FirstPasswordForm(PasswordForm):
    present = None  # type: ignore[assignment]


class PersonForm(KernForm):
    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail"), required=False)
    role = forms.ChoiceField(
        label=_("Role"),
        choices=Role.choices,
        widget=forms.RadioSelect,
        help_text=_(
            "The administration prepares everything, release approves answers, departments answer"
            " what is assigned to them."
        ),
    )
    office = forms.ModelChoiceField(
        label=_("Office"), queryset=Office.objects.all(), required=False, empty_label=_("none")
    )


class NewPersonForm(PersonForm):
    login = forms.SlugField(
        label=_("Login"),
        max_length=60,
        help_text=_("Letters, digits, hyphen and underscore, for example “a-sommer”."),
        error_messages={"invalid": _("A login has only letters, digits, hyphens and underscores.")},
    )
    field_order = ["login", "name", "email", "role", "office"]


class ChangePersonForm(PersonForm):
    is_active = forms.BooleanField(
        label=_("May log in"),
        required=False,
        help_text=_("Without it the account is closed; what this person did stays on record."),
    )


class ReferenceForm(KernForm):
    """A document whose look the county's files take; what it is, its content tells."""

    file = forms.FileField(
        label=_("Your document"),
        help_text=_("A DOCX or ODT with your letterhead and styles, without macros, up to 10 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".docx,.dotx,.odt,.ott"}),
    )


class OfficeForm(KernForm):
    short = forms.CharField(label=_("Abbreviation"), max_length=30)
    name = forms.CharField(label=_("Name"), max_length=160)
    email = forms.EmailField(
        label=_("E-mail of the office"),
        required=False,
        help_text=_("Invitations to a round of the offices go there."),
    )
    is_outside = forms.BooleanField(
        label=_("An outside body that answers for the county"), required=False
    )

    def clean_short(self) -> str:
        short: str = self.cleaned_data["short"]
        if Office.objects.filter(short__iexact=short).exists():
            raise ValidationError(_("There is an office with this abbreviation already."))
        return short


def _person(label: Any, people: QuerySet[User]) -> forms.ModelChoiceField[User]:
    return forms.ModelChoiceField(label=label, queryset=people, empty_label=_("please choose"))


class DeputyForm(KernForm):
    """Without `may_name_others` the person herself is the one who is away."""

    from_on = forms.DateField(label=_("First day"), widget=day_input())
    until_on = forms.DateField(label=_("Last day"), widget=day_input())

    def __init__(self, *args: Any, user: User, may_name_others: bool, **kwargs: Any) -> None:
        people = User.objects.filter(is_active=True)
        more: dict[str, forms.Field] = {}
        if may_name_others:
            more["absent"] = _person(_("Who is away"), people)
        else:
            people = people.exclude(pk=user.pk)
        more["stands_in"] = _person(_("Who stands in"), people)
        super().__init__(*args, more=more, **kwargs)
        self.order_fields(["absent", "stands_in"])


class CountyForm(KernForm):
    name = forms.CharField(label=_("Name of the county"), max_length=120)
    accent = forms.CharField(
        label=_("Accent colour"),
        max_length=7,
        help_text=_(
            "As #rrggbb, for example #00508c. It must be dark enough to be read on white; for the"
            " dark display a lighter shade is made from it."
        ),
    )
    coat_of_arms = forms.FileField(
        label=_("Coat of arms"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".svg,.png,image/svg+xml,image/png"}),
        help_text=_("SVG or PNG, at most 500 kB. Leave empty to keep the present one."),
    )
    office = forms.CharField(label=_("Office in charge"), max_length=160, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = forms.CharField(label=_("Phone"), max_length=60, required=False)
    address = forms.CharField(
        label=_("Address"), max_length=600, required=False, widget=forms.Textarea
    )
    municipalities = forms.CharField(
        label=_("Towns and municipalities"),
        max_length=8000,
        required=False,
        widget=forms.Textarea,
        help_text=_("One a line. Whoever sends something may say voluntarily where they live."),
    )
    mails_kept_days = forms.IntegerField(
        label=_("Days that mails set aside are kept"),
        min_value=1,
        max_value=3650,
        help_text=_("Mails that are no contribution are then erased; the privacy page says so."),
    )
    suffix = ""

    def clean_coat_of_arms(self) -> UploadedFile | None:
        upload: UploadedFile | None = self.cleaned_data["coat_of_arms"]
        if upload:
            self.suffix = image_suffix(upload.read(SIZE_LIMIT + 1))
            upload.seek(0)
        return upload


class PageForm(KernForm):
    title = forms.CharField(label=_("Title"), max_length=160)
    body = forms.CharField(
        label=_("Text"),
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 24}),
        help_text=_(
            "An empty line begins a new paragraph, ## a heading, - a list; [words](address) is a"
            " link."
        ),
    )
