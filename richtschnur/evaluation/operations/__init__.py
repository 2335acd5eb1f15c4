"""Every write of the stage: points, answers, releases, and changes of passages."""

from richtschnur.evaluation.operations.alike import decline_likeness, find_alike, take_likeness
from richtschnur.evaluation.operations.answers import (
    release_response,
    release_responses,
    return_response,
    write_response,
    write_responses,
)
from richtschnur.evaluation.operations.asking import (
    Said,
    delegate_points,
    delegation_secret,
    extend_delegation,
    forget_delegate,
    hand_in_advice,
    open_delegation,
    remind_assignees,
    remind_delegates,
    save_advice,
    send_delegation_again,
    withdraw_delegation,
)
from richtschnur.evaluation.operations.asking.mails import delegate_address
from richtschnur.evaluation.operations.boilerplates import keep_boilerplate, retire_boilerplate
from richtschnur.evaluation.operations.carrying_out import carry_out
from richtschnur.evaluation.operations.grouping import group_points, ungroup_point
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

__all__ = [
    "Said",
    "assign_point",
    "assign_points",
    "carry_out",
    "clear_words",
    "decline_likeness",
    "delegate_address",
    "delegate_points",
    "delegation_secret",
    "extend_delegation",
    "find_alike",
    "follow_publication",
    "forget_delegate",
    "group_points",
    "hand_in_advice",
    "join_points",
    "keep_boilerplate",
    "let_go",
    "open_delegation",
    "release_response",
    "release_responses",
    "remind_assignees",
    "remind_delegates",
    "retire_boilerplate",
    "return_response",
    "save_advice",
    "send_delegation_again",
    "split_point",
    "tag_point",
    "tag_points",
    "take_in",
    "take_likeness",
    "ungroup_point",
    "withdraw_delegation",
    "write_response",
    "write_responses",
]
