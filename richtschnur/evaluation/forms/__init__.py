"""What is typed at the desk, and what is asked of the overview."""

from richtschnur.evaluation.forms.desk import (
    AnswerForm,
    AssignForm,
    BoilerplateForm,
    CarryOutForm,
    FilterForm,
    ReturnForm,
    TopicsForm,
)
from richtschnur.evaluation.forms.overview import ExportForm, FreezeForm

__all__ = [
    "AnswerForm",
    "AssignForm",
    "BoilerplateForm",
    "CarryOutForm",
    "ExportForm",
    "FilterForm",
    "FreezeForm",
    "ReturnForm",
    "TopicsForm",
]
