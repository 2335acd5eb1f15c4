"""Every change of a working edition, each by its act."""

from richtschnur.strategy.operations.edit.cutting import join_passages, split_passage
from richtschnur.strategy.operations.edit.drafts import keep_draft, set_aside
from richtschnur.strategy.operations.edit.dropping import drop_passage, drop_section
from richtschnur.strategy.operations.edit.moving import (
    indent_section,
    move_passage,
    move_section,
    shift_passage,
    shift_section,
)
from richtschnur.strategy.operations.edit.opening import notation_of
from richtschnur.strategy.operations.edit.pictures import add_picture, change_picture
from richtschnur.strategy.operations.edit.remarks import settle_remark, write_remark
from richtschnur.strategy.operations.edit.sections import add_section, change_section
from richtschnur.strategy.operations.edit.words import (
    NewPassage,
    add_passage,
    change_kind,
    change_passage,
    restore_version,
)

__all__ = [
    "NewPassage",
    "add_passage",
    "add_picture",
    "add_section",
    "change_kind",
    "change_passage",
    "change_picture",
    "change_section",
    "drop_passage",
    "drop_section",
    "indent_section",
    "join_passages",
    "keep_draft",
    "move_passage",
    "move_section",
    "notation_of",
    "restore_version",
    "set_aside",
    "settle_remark",
    "shift_passage",
    "shift_section",
    "split_passage",
    "write_remark",
]
