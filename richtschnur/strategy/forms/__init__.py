"""What is typed at the desk of a paper: drafts, passages, sections, pictures, tables, remarks."""

from richtschnur.strategy.forms.importing import ImportForm
from richtschnur.strategy.forms.passages import (
    AddForm,
    ChangeForm,
    DropForm,
    KindForm,
    MoveForm,
    PassageWork,
    RemarkForm,
    SplitForm,
)
from richtschnur.strategy.forms.pictures import PictureForm
from richtschnur.strategy.forms.sections import (
    HeadingForm,
    LastPassageForm,
    NewSectionForm,
    SectionDropForm,
    SectionMoveForm,
)

__all__ = [
    "AddForm",
    "ChangeForm",
    "DropForm",
    "HeadingForm",
    "ImportForm",
    "KindForm",
    "LastPassageForm",
    "MoveForm",
    "NewSectionForm",
    "PassageWork",
    "PictureForm",
    "RemarkForm",
    "SectionDropForm",
    "SectionMoveForm",
    "SplitForm",
]
