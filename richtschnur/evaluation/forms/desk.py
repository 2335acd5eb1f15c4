"""What is typed at the desk: the filter, an answer, topics, an assignment, a changed passage."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from richtschnur.accounts.models import Office, User
from richtschnur.contributions.states import Channel, Kind
from richtschnur.documents.marks import Mark
from richtschnur.documents.notation import from_notation
from richtschnur.evaluation.models import Response, Topic
from richtschnur.evaluation.queries import LEFT, Gathered, PointFilter
from richtschnur.evaluation.states import Asked, Decision, Due, PointState
from richtschnur.ui.forms import KernForm, day_input
from richtschnur.ui.languages import LANGUAGES

LONG = 200_000
LONGEST_KEY = 18  # digits; databases break over more


class FilterForm(KernForm):
    """Narrows the list; sent by GET, so that every view of the list has an address."""

    unmarked = (
        *("q", "state", "due", "asked", "section", "topic", "office", "assignee"),
        *("language", "channel", "kind", "order"),
    )

    q = forms.CharField(label=_("Words, number or organisation"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    due = forms.ChoiceField(label=_("Answer due"), required=False)
    asked = forms.ChoiceField(label=_("Asked others"), required=False)
    section = forms.ChoiceField(label=_("Section"), required=False)
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    office = forms.ChoiceField(label=_("Office"), required=False)
    assignee = forms.ChoiceField(label=_("Person"), required=False)
    kind = forms.ChoiceField(label=_("Who speaks"), required=False)
    channel = forms.ChoiceField(label=_("Way in"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    order = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[("", _("as they came")), ("passage", _("as in the paper"))],
    )
    suggestion = forms.BooleanField(label=_("Only with other words for a passage"), required=False)
    mine = forms.BooleanField(label=_("Only what is assigned to me"), required=False)

    def __init__(self, chosen: PointFilter, around: Gathered) -> None:
        super().__init__(initial={n: getattr(chosen, n) for n in self.base_fields})
        for name, choices in filter_choices(around).items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("all")), *choices]


def filter_choices(around: Gathered) -> dict[str, list[Any]]:
    """What each filter can be set to, as (value, words)."""
    return {
        "state": [(LEFT, _("left to do")), *PointState.choices],
        "section": [(key, name[:70]) for key, name in around.sections],
        "topic": list(around.topics),
        "office": list(around.offices),
        "assignee": list(around.people),
        "due": list(Due.choices),
        "asked": list(Asked.choices),
        "kind": list(Kind.choices),
        "channel": list(Channel.choices),
        "language": [(language.code, language.name) for language in LANGUAGES],
    }


class ViewForm(KernForm):
    """Keeps the present filter under a name."""

    name = forms.CharField(label=_("Name of the view"), max_length=80)
    is_shared = forms.BooleanField(label=_("All staff may use it"), required=False)
    opens_first = forms.BooleanField(label=_("Open the list with it"), required=False)


class AnswerForm(KernForm):
    """One answer. What is missing for a release is told by the operation, not here.

    Decision and reason may be left out of a draft only, so they are not marked as optional.
    """

    unmarked = ("decision", "reason")

    decision = forms.ChoiceField(
        label=_("Decision"), required=False, choices=Decision.choices, widget=forms.RadioSelect
    )
    forwarded_to = forms.CharField(
        label=_("Passed on to"),
        required=False,
        max_length=200,
        help_text=_("Needed when it is not the county's task."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto", "lang": "de"}),
        help_text=_("One or two plain sentences. They are what the person gets to read."),
    )
    seen_version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].widget.attrs["data-key"] = "e"


class BoilerplateForm(KernForm):
    """An answer that is given often."""

    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        help_text=_("For you and your colleagues; nobody outside reads it."),
    )
    topic = forms.ModelChoiceField(
        label=_("Topic"),
        required=False,
        queryset=Topic.objects.none(),
        empty_label=_("any"),
        help_text=_("Points of this topic show it first."),
    )
    decision = forms.ChoiceField(
        label=_("Decision"),
        required=False,
        choices=[("", _("is chosen each time")), *Decision.choices],
    )
    forwarded_to = forms.CharField(label=_("Passed on to"), required=False, max_length=200)
    reason = forms.CharField(
        label=_("Words of the answer"),
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto", "lang": "de"}),
    )

    def __init__(self, *args: Any, topics: QuerySet[Topic], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["topic"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = topics


class ReturnForm(KernForm):
    """Gives an answer back to who wrote it."""

    note = forms.CharField(
        label=_("What should be changed?"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class TopicsForm(KernForm):
    """Topics by name, parted by commas; those that the paper has are offered."""

    topics = forms.CharField(
        label=_("Topics"), required=False, max_length=1000, help_text=_("parted by commas")
    )


class AssignForm(KernForm):
    """Who answers, until when."""

    office = forms.ModelChoiceField(
        label=_("Office"), required=False, queryset=Office.objects.all(), empty_label=_("none")
    )
    assignee = forms.ModelChoiceField(
        label=_("Person"),
        required=False,
        queryset=User.objects.filter(is_active=True),
        empty_label=_("nobody in particular"),
    )
    due_on = forms.DateField(label=_("Answer due on"), required=False, widget=day_input())

    def offer(self, around: Gathered) -> AssignForm:
        """Show choices that were asked for already."""
        for name, none, choices in (
            ("office", _("none"), around.offices),
            ("assignee", _("nobody in particular"), around.people),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.choices = [("", none), *choices]
        return self


class AnswerChoice(forms.ModelMultipleChoiceField):
    """Answers as check boxes, each named by what was said and decided."""

    def clean(self, value: Any) -> Any:
        if any(len(str(key)) > LONGEST_KEY for key in value or ()):
            raise ValidationError(self.error_messages["required"], code="invalid_choice")
        return super().clean(value)

    def label_from_instance(self, response: Any) -> str:
        passage = response.point.comment.passage
        where = _("Passage %(n)s") % {"n": passage.number} if passage else _("Whole paper")
        return format_html(
            '<span class="choice"><span class="muted small">{} – {}</span>'
            '<span dir="auto">{}</span><span class="muted small" dir="auto">{}</span></span>',
            where,
            response.get_decision_display(),
            Truncator(response.point.text).chars(240),
            Truncator(response.reason).chars(240),
        )


class CarryOutForm(KernForm):
    """A passage's new words, and the answers that they carry out."""

    responses = AnswerChoice(
        label=_("Which answers does this carry out?"),
        queryset=Response.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Please choose at least one answer that this change carries out.")
        },
    )
    text = forms.CharField(
        label=_("Words of the passage in the next edition"),
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 10, "dir": "auto"}),
        help_text=_("**bold**, *italic*, [words](https://…) and m^2^ stand out."),
    )
    as_new = forms.BooleanField(
        label=_("Add these words as a new passage behind this one, which stays as it is"),
        required=False,
    )
    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, offered: QuerySet[Response], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["responses"]
        assert isinstance(field, AnswerChoice)
        self.offered = field.queryset = offered
        self.marks: tuple[Mark, ...] = ()

    def clean_text(self) -> str:
        """The plain words; what stands out in them is in `marks`."""
        text, self.marks = from_notation(self.cleaned_data["text"])
        if not text.strip():
            raise ValidationError(_("Please fill this in."))
        return text
