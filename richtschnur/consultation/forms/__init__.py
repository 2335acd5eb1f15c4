"""Forms of the stage: opening a consultation, asking offices by name."""

from richtschnur.consultation.forms.extending import ExtendForm, usual_extension
from richtschnur.consultation.forms.opening import OpenForm, usual
from richtschnur.consultation.forms.round import GuestsForm, LinkForm, RoundForm, usual_round

__all__ = [
    "ExtendForm",
    "GuestsForm",
    "LinkForm",
    "OpenForm",
    "RoundForm",
    "usual",
    "usual_extension",
    "usual_round",
]
