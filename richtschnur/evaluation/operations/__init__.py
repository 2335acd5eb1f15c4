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
from richtschnur.evaluation.operations.evaluating import Evaluated, evaluate_points
from richtschnur.evaluation.operations.grouping import group_points, ungroup_point
from richtschnur.evaluation.operations.placing import set_place, take_suggestion
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
from richtschnur.evaluation.operations.suggesting import (
    order_topics,
    suggest_topics,
    work_off_topics,
)

__all__ = [
    "Evaluated",
    "assign_point",
    "assign_points",
    "carry_out",
    "clear_words",
    "decline_likeness",
    "evaluate_points",
    "find_alike",
    "follow_publication",
    "group_points",
    "join_points",
    "keep_boilerplate",
    "let_go",
    "order_topics",
    "release_response",
    "release_responses",
    "retire_boilerplate",
    "return_response",
    "set_place",
    "split_point",
    "suggest_topics",
    "tag_point",
    "tag_points",
    "take_in",
    "take_likeness",
    "take_suggestion",
    "ungroup_point",
    "work_off_topics",
    "write_response",
    "write_responses",
]
