"""The next round: on which edition, and what is carried over."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from richtschnur.consultation.forms.opening import OpenForm
from richtschnur.consultation.models import Consultation
from richtschnur.consultation.states import Audience
from richtschnur.strategy.models import Edition, Strategy
from richtschnur.strategy.states import EditionState

ASKED_ABOUT = (EditionState.WORKING, EditionState.CONSULTED, EditionState.CIRCULATED)


class NextRoundForm(OpenForm):
    on = forms.ChoiceField()
    with_questions = forms.BooleanField(
        label=gettext_lazy("Ask the same questions again"), required=False
    )
    with_invitations = forms.BooleanField(
        label=gettext_lazy("Invite the same people and bodies again, by mail and at once"),
        required=False,
    )
    field_order = ["on", "title", "introduction", "with_questions", "with_invitations"]

    def __init__(self, *args: Any, former: Consultation, **kwargs: Any) -> None:
        self.former = former
        editions = former.strategy.editions.filter(state__in=ASKED_ABOUT)
        self.editions = {str(edition.number): edition for edition in editions.order_by("-number")}
        choices = [
            (key, _("edition no. %(n)s (%(state)s)") % {"n": key, "state": _state(edition)})
            for key, edition in self.editions.items()
        ]
        choices.append(("", _("without a draft")))
        on = forms.ChoiceField(label=_("Text that is asked about"), required=False, choices=choices)
        initial = {"on": next(iter(self.editions), "")} | kwargs.pop("initial", {})
        super().__init__(*args, more={"on": on}, initial=initial, **kwargs)
        del self.fields["ready"]
        if not former.questions.exists():
            del self.fields["with_questions"]
        if not former.invitations.filter(withdrawn_at__isnull=True).exists():
            del self.fields["with_invitations"]

    @property
    def chosen(self) -> Edition | Strategy:
        """What the round is on."""
        edition: Edition | None = self.editions.get(self.cleaned_data["on"])
        return edition or self.former.strategy

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("with_invitations") and given.get("audience") == Audience.PUBLIC:
            said = _("Everyone may take part here; nobody needs a personal address.")
            self.add_error("with_invitations", said)
        return given


def _state(edition: Edition) -> str:
    return edition.get_state_display()
