"""What is typed at the desk, and by others who are asked about points."""

from richtschnur.evaluation.forms.asking import AdviceForm, AskForm, LaterForm, NewAddressForm
from richtschnur.evaluation.forms.desk import (
    AnswerForm,
    AssignForm,
    BoilerplateForm,
    CarryOutForm,
    FilterForm,
    ReturnForm,
    TopicsForm,
)

__all__ = [
    "AdviceForm",
    "AnswerForm",
    "AskForm",
    "AssignForm",
    "BoilerplateForm",
    "CarryOutForm",
    "FilterForm",
    "LaterForm",
    "NewAddressForm",
    "ReturnForm",
    "TopicsForm",
]
