"""Every write of the stage: points, answers, releases, and changes of passages."""

from richtschnur.evaluation.operations.alike import decline_likeness, find_alike, take_likeness
from richtschnur.evaluation.operations.all_of_them import (
    answer_all,
    assign_all,
    give_back_all,
    group_all,
    release_all,
    tag_all,
)
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
from richtschnur.evaluation.operations.evaluating import Evaluated, evaluate_points
from richtschnur.evaluation.operations.grouping import group_points, ungroup_point
from richtschnur.evaluation.operations.indexing import index_points
from richtschnur.evaluation.operations.notices import post_letters, send_notices, tell_some
from richtschnur.evaluation.operations.orders import large_group
from richtschnur.evaluation.operations.orders_in_parts import carry_on
from richtschnur.evaluation.operations.overview import (
    forget_words,
    freeze_overview,
    publish_overview,
)
from richtschnur.evaluation.operations.parting import join_points, split_point
from richtschnur.evaluation.operations.passing_on import add_reply, forget_aside, pass_on
from richtschnur.evaluation.operations.placing import set_place, take_suggestion
from richtschnur.evaluation.operations.points import (
    assign_point,
    assign_points,
    clear_words,
    follow_publication,
    let_go,
    tag_point,
    tag_points,
    take_in,
)
from richtschnur.evaluation.operations.reading_aids import (
    check_answer_translation,
    draft_translation,
    read_in_german,
    write_translation,
)
from richtschnur.evaluation.operations.reporting import release_report, write_report_texts
from richtschnur.evaluation.operations.splitting import (
    decline_split,
    propose_split,
    split_by_proposal,
)
from richtschnur.evaluation.operations.suggesting import (
    order_topics,
    suggest_topics,
    work_off_topics,
)
from richtschnur.evaluation.operations.summing_up import (
    order_summary,
    summing_machine,
    work_off_summaries,
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
    "Evaluated",
    "Said",
    "add_reply",
    "answer_all",
    "assign_all",
    "assign_point",
    "assign_points",
    "carry_on",
    "carry_out",
    "check_answer_translation",
    "choose_default_view",
    "clear_words",
    "decline_likeness",
    "decline_split",
    "delegate_address",
    "delegate_points",
    "delegation_secret",
    "draft_translation",
    "drop_view",
    "evaluate_points",
    "extend_delegation",
    "find_alike",
    "follow_publication",
    "forget_aside",
    "forget_delegate",
    "forget_words",
    "freeze_overview",
    "give_back_all",
    "group_all",
    "group_points",
    "hand_in_advice",
    "index_points",
    "join_points",
    "keep_boilerplate",
    "keep_view",
    "large_group",
    "let_go",
    "open_delegation",
    "order_summary",
    "order_topics",
    "pass_on",
    "post_letters",
    "propose_split",
    "publish_overview",
    "read_in_german",
    "release_all",
    "release_report",
    "release_response",
    "release_responses",
    "remind_assignees",
    "remind_delegates",
    "rename_view",
    "retire_boilerplate",
    "return_response",
    "save_advice",
    "send_delegation_again",
    "send_notices",
    "set_place",
    "split_by_proposal",
    "split_point",
    "suggest_topics",
    "summing_machine",
    "tag_all",
    "tag_point",
    "tag_points",
    "take_in",
    "take_likeness",
    "take_suggestion",
    "tally_points",
    "tell_some",
    "undo_last_act",
    "ungroup_point",
    "withdraw_delegation",
    "work_off_summaries",
    "work_off_topics",
    "write_report_texts",
    "write_response",
    "write_responses",
    "write_translation",
]
