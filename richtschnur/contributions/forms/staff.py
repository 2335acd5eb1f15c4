"""What came by letter, e-mail, fax or was said, as the staff records it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from richtschnur.consultation.models import Consultation
from richtschnur.consultation.queries import invitations_of, questions_of
from richtschnur.consultation.states import Audience
from richtschnur.contributions.forms.public import CommentField
from richtschnur.contributions.forms.questions import field_name, given_in, question_fields
from richtschnur.contributions.operations import NewAnswer, NewComment, Person
from richtschnur.contributions.rules import check_text, consent_wording
from richtschnur.contributions.states import Channel, Kind, Purpose
from richtschnur.journal.kinds import Ground
from richtschnur.strategy.models import Passage
from richtschnur.ui.forms import KernForm, MomentField, passage_number, readable

FIRST_ROWS, MORE_ROWS, MOST_ROWS = 5, 5, 200
WAYS = [choice for choice in Channel.choices if choice[0] != Channel.WEB]


def _line(label: Any) -> forms.CharField:
    widget = forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"})
    return forms.CharField(
        label=label, required=False, max_length=200, validators=[readable], widget=widget
    )


class RecordForm(KernForm):
    """One contribution with `rows` places for comments, each on a passage by its number."""

    received_at = MomentField(label=gettext_lazy("Received on"))
    channel = forms.ChoiceField(
        label=gettext_lazy("Way in"), choices=WAYS, widget=forms.RadioSelect
    )
    kind = forms.ChoiceField(label=gettext_lazy("Who speaks"), choices=Kind.choices)
    name = _line(gettext_lazy("Name"))
    organisation = _line(gettext_lazy("Organisation"))
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        required=False,
        help_text=gettext_lazy("If there is one, the receipt goes there."),
    )
    language = forms.CharField(
        label=gettext_lazy("Language"),
        required=False,
        max_length=10,
        help_text=gettext_lazy("As a short code: de, en, uk, ar …"),
    )
    is_nil_return = forms.BooleanField(
        label=gettext_lazy("Nil return: they looked at it and have no concerns"), required=False
    )
    consents = forms.MultipleChoiceField(
        label=gettext_lazy("Consents that stand on the paper"),
        required=False,
        choices=[(purpose.value, lazy(consent_wording, str)(purpose)) for purpose in Purpose],
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Tick only what was given in writing."),
    )
    key = forms.CharField(max_length=64, widget=forms.HiddenInput)
    rows = forms.IntegerField(min_value=1, max_value=MOST_ROWS, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, consultation: Consultation, at: datetime, rows: int, **kwargs: Any
    ) -> None:
        self.consultation, self.at, self.row_count = consultation, at, rows
        extra: dict[str, forms.Field] = {}
        for row in range(rows):
            extra[f"passage_{row}"] = passage_number()
            extra[f"text_{row}"] = CommentField(
                label=_("Comment %(n)s") % {"n": row + 1}, required=False
            )
        self.questions = list(questions_of(consultation))
        asked = question_fields(self.questions, consultation.strategy.language, asks_all=False)
        super().__init__(*args, more=extra | self._asked_by_name() | asked, **kwargs)
        for row in range(rows):
            self.fields[f"text_{row}"].widget.attrs |= {"rows": 3, "dir": "auto"}

    def _asked_by_name(self) -> dict[str, forms.Field]:
        """In a round of the offices: whose answer it is."""
        asked = invitations_of(self.consultation).filter(withdrawn_at__isnull=True)
        if self.consultation.audience == Audience.PUBLIC or not asked.exists():
            return {}
        field = forms.ModelChoiceField(
            label=_("Answer of an invited office"),
            queryset=asked,
            required=False,
            empty_label=_("of somebody else"),
        )
        return {"invitation": field}

    @property
    def question_rows(self) -> list[forms.BoundField]:
        """The fields of the consultation's questions."""
        return [self[field_name(question)] for question in self.questions]

    @property
    def comment_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """(passage, text) for each row."""
        return [(self[f"passage_{n}"], self[f"text_{n}"]) for n in range(self.row_count)]

    def clean_received_at(self) -> datetime:
        received_at: datetime = self.cleaned_data["received_at"]
        if received_at > self.at:
            raise ValidationError(_("This lies in the future. Please check day and time."))
        return received_at

    def clean_language(self) -> str:
        return check_text(self.cleaned_data["language"]).lower()

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        edition = self.consultation.edition
        asked = (given.get(f"passage_{row}") for row in range(self.row_count))
        numbers = {number for number in asked if isinstance(number, int)}
        found = edition.passages.filter(number__in=numbers) if edition else Passage.objects.none()
        passages = {passage.number: passage for passage in found}
        self.comments: list[NewComment] = []
        for row in range(self.row_count):
            number, text = given.get(f"passage_{row}"), given.get(f"text_{row}", "")
            if number is not None and number not in passages:
                self.add_error(f"passage_{row}", self._no_passage(number))
            elif number is not None and not text and f"text_{row}" not in self.errors:
                self.add_error(f"text_{row}", _("What is said on this passage? Please add it."))
            elif text:
                self.comments.append(NewComment(text, passages.get(number or 0)))
        said = given_in(self.questions, given)
        self.comments += [NewComment(t, q.passage, question=q) for q, t in said.texts.items() if t]
        self.answers = [
            NewAnswer(q, value) for q, values in said.values.items() for value in values
        ]
        is_empty = not self.comments and not self.answers
        if not self.errors and is_empty and not given.get("is_nil_return"):
            self.add_error("text_0", _("Please write a comment, or tick “nil return”."))
        return given

    def _no_passage(self, number: int) -> str:
        edition = self.consultation.edition
        last = edition.passages.count() if edition else 0
        return _("There is no passage %(number)s; the draft has passages 1 to %(last)s.") % {
            "number": number,
            "last": last,
        }

    @property
    def person(self) -> Person:
        given = self.cleaned_data
        asked = given.get("invitation")
        organisation = given["organisation"] or (asked.name if asked else "")
        return Person(given["name"], organisation, given["email"])


class ErasureForm(KernForm):
    """On what ground a contribution has to go; everyone will be able to read it in the log."""

    ground = forms.ChoiceField(
        label=gettext_lazy("Ground, as the public log will say it"),
        choices=Ground.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Please choose the ground for the erasure."),
            "invalid_choice": gettext_lazy("Please choose one of these."),
        },
    )
