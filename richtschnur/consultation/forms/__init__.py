"""Forms of the stage: opening a consultation, asking offices by name."""

from richtschnur.consultation.forms.opening import OpenForm, usual
from richtschnur.consultation.forms.round import GuestsForm, LinkForm, RoundForm, usual_round

__all__ = ["GuestsForm", "LinkForm", "OpenForm", "RoundForm", "usual", "usual_round"]
