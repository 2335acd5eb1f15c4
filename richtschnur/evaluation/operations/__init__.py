"""Every write of the stage: points, answers, releases, and changes of passages."""

from richtschnur.evaluation.operations.answers import (
    release_response,
    return_response,
    write_response,
)
from richtschnur.evaluation.operations.carrying_out import carry_out
from richtschnur.evaluation.operations.points import (
    assign_point,
    clear_words,
    follow_publication,
    join_points,
    let_go,
    split_point,
    tag_point,
    take_in,
)

__all__ = [
    "assign_point",
    "carry_out",
    "clear_words",
    "follow_publication",
    "join_points",
    "let_go",
    "release_response",
    "return_response",
    "split_point",
    "tag_point",
    "take_in",
    "write_response",
]
