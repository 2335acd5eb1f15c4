"""Forms of the stage: opening a consultation, asking offices by name."""

from richtschnur.consultation.forms.extending import ExtendForm, usual_extension
from richtschnur.consultation.forms.next_round import NextRoundForm
from richtschnur.consultation.forms.opening import (
    NEW_PAPER,
    GatherForm,
    OpenForm,
    usual,
    usual_gathering,
)
from richtschnur.consultation.forms.planning import TimetableForm, as_set
from richtschnur.consultation.forms.questions import QuestionForm, ReadyForm, as_typed
from richtschnur.consultation.forms.round import GuestsForm, LinkForm, RoundForm, usual_round

__all__ = [
    "NEW_PAPER",
    "ExtendForm",
    "GatherForm",
    "GuestsForm",
    "LinkForm",
    "NextRoundForm",
    "OpenForm",
    "QuestionForm",
    "ReadyForm",
    "RoundForm",
    "TimetableForm",
    "as_set",
    "as_typed",
    "usual",
    "usual_extension",
    "usual_gathering",
    "usual_round",
]
