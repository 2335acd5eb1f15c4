"""Every write of the stage: points, answers, releases, and changes of passages."""

from richtschnur.evaluation.operations.alike import decline_likeness, find_alike, take_likeness
from richtschnur.evaluation.operations.answers import (
    release_response,
    release_responses,
    return_response,
    write_response,
    write_responses,
)
from richtschnur.evaluation.operations.boilerplates import keep_boilerplate, retire_boilerplate
from richtschnur.evaluation.operations.carrying_out import carry_out
from richtschnur.evaluation.operations.grouping import group_points, ungroup_point
from richtschnur.evaluation.operations.indexing import index_points
from richtschnur.evaluation.operations.points import (
    assign_point,
    assign_points,
    clear_words,
    follow_publication,
    join_points,
    let_go,
    split_point,
    tag_point,
    tag_points,
    take_in,
)
from richtschnur.evaluation.operations.tallying import tally_points
from richtschnur.evaluation.operations.undoing import undo_last_act
from richtschnur.evaluation.operations.views import (
    choose_default_view,
    drop_view,
    keep_view,
    rename_view,
)

__all__ = [
    "assign_point",
    "assign_points",
    "carry_out",
    "choose_default_view",
    "clear_words",
    "decline_likeness",
    "drop_view",
    "find_alike",
    "follow_publication",
    "group_points",
    "index_points",
    "join_points",
    "keep_boilerplate",
    "keep_view",
    "let_go",
    "release_response",
    "release_responses",
    "rename_view",
    "retire_boilerplate",
    "return_response",
    "split_point",
    "tag_point",
    "tag_points",
    "take_in",
    "take_likeness",
    "tally_points",
    "undo_last_act",
    "ungroup_point",
    "write_response",
    "write_responses",
]
