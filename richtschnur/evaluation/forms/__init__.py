"""What is typed at the desk, asked of the overview, and by others who are asked about points."""

from richtschnur.evaluation.forms.asking import AdviceForm, AskForm, LaterForm, NewAddressForm
from richtschnur.evaluation.forms.desk import (
    AnswerForm,
    AssignForm,
    BoilerplateForm,
    CarryOutForm,
    FilterForm,
    ReturnForm,
    TopicsForm,
    ViewForm,
    filter_choices,
)
from richtschnur.evaluation.forms.overview import ExportForm, FreezeForm

__all__ = [
    "AdviceForm",
    "AnswerForm",
    "AskForm",
    "AssignForm",
    "BoilerplateForm",
    "CarryOutForm",
    "ExportForm",
    "FilterForm",
    "FreezeForm",
    "LaterForm",
    "NewAddressForm",
    "ReturnForm",
    "TopicsForm",
    "ViewForm",
    "filter_choices",
]
