"""Opening a consultation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from richtschnur.consultation.forms.promising import check_promise
from richtschnur.consultation.forms.questions import ready_choices
from richtschnur.consultation.rules import check_period
from richtschnur.consultation.states import Audience, Publication
from richtschnur.journal.refusals import Refused
from richtschnur.strategy.models import Strategy
from richtschnur.ui.forms import KernForm, MomentField, day_input, readable

USUAL_WEEKS = 6
OPENS_AT = time(8)
NEW_PAPER = "new"


class OpenForm(KernForm):
    title = forms.CharField(label=gettext_lazy("Title"), max_length=300, validators=[readable])
    introduction = forms.CharField(
        label=gettext_lazy("Introduction"),
        max_length=10_000,
        required=False,
        validators=[readable],
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        help_text=gettext_lazy(
            "Two or three plain sentences: what is it about, what can still be changed?"
        ),
    )
    opens_at = MomentField(label=gettext_lazy("Open from"))
    closes_at = MomentField(
        label=gettext_lazy("Open until"),
        end_of_day=True,
        help_text=gettext_lazy("Local time here; the form closes to the second."),
    )
    audience = forms.ChoiceField(
        label=gettext_lazy("Who is asked"),
        choices=Audience.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "Everyone: the edition is published. Invited: only who has the address sees it."
        ),
    )
    publication = forms.ChoiceField(
        label=gettext_lazy("What happens with the contributions"),
        choices=Publication.choices,
        widget=forms.RadioSelect,
    )
    ready = forms.ChoiceField(required=False)
    answers_by_on = forms.DateField(
        label=gettext_lazy("Answers by"),
        required=False,
        widget=day_input(),
        help_text=gettext_lazy("A day that you promise to everybody who takes part."),
    )

    def __init__(
        self, *args: Any, more: Mapping[str, forms.Field] | None = None, **kwargs: Any
    ) -> None:
        ready = forms.ChoiceField(
            label=_("Questions"),
            required=False,
            choices=ready_choices(),
            help_text=_(
                "Ready questions that you can change until it opens; you can also add your own"
                " then."
            ),
        )
        super().__init__(*args, more={"ready": ready, **(more or {})}, **kwargs)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        opens_at, closes_at = given.get("opens_at"), given.get("closes_at")
        if opens_at and closes_at:
            try:
                check_period(opens_at, closes_at)
            except Refused as refusal:
                self.add_error("closes_at", str(refusal))
        check_promise(self, given)
        return given


class GatherForm(OpenForm):
    """A gathering without a draft: on a paper that is there, or on one that begins with it."""

    paper = forms.ChoiceField()
    paper_title = forms.CharField(
        label=gettext_lazy("Name of the new paper"),
        required=False,
        max_length=300,
        validators=[readable],
        help_text=gettext_lazy("Only for a new one, for example: Integration strategy 2030."),
    )
    field_order = ["paper", "paper_title", "title", "introduction", "ready"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        papers = [(strategy.slug, strategy.title) for strategy in Strategy.objects.all()]
        choices = [*papers, (NEW_PAPER, _("a new paper"))]
        paper = forms.ChoiceField(label=_("For which paper"), choices=choices)
        super().__init__(*args, more={"paper": paper}, **kwargs)
        self.fields["audience"].help_text = _(
            "Everyone: it stands on the portal. Invited: only who has the address sees it."
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("paper") == NEW_PAPER and not given.get("paper_title", "").strip():
            self.add_error("paper_title", _("Please name the paper."))
        return given


def usual_gathering(at: datetime) -> dict[str, Any]:
    """What the form begins with: from tomorrow, so that the questions can be changed first."""
    tomorrow = localtime(at + timedelta(days=1)).replace(second=0, microsecond=0)
    opens_at = tomorrow.replace(hour=OPENS_AT.hour, minute=OPENS_AT.minute)
    return usual("", opens_at) | {"ready": "experience", "opens_at": opens_at}


def usual(title: str, at: datetime) -> dict[str, Any]:
    """What the form begins with: open now, for six weeks, until the end of that day."""
    last = localtime(at + timedelta(weeks=USUAL_WEEKS))
    return {
        "title": title,
        "opens_at": at.replace(second=0, microsecond=0),
        "closes_at": last.replace(hour=23, minute=59, second=0, microsecond=0),
        "audience": Audience.PUBLIC,
        "publication": Publication.ANONYMISED,
    }
