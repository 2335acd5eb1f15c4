"""Reads of the stage."""

from richtschnur.evaluation.queries.alike import (
    Proposal,
    compared_at,
    open_likenesses,
    proposals,
    to_compare,
)
from richtschnur.evaluation.queries.answers import (
    Answered,
    Outcome,
    answers_for,
    answers_on,
    decisions_on,
    following_edition,
    latest_released,
    released_points,
    with_answers,
)
from richtschnur.evaluation.queries.boilerplates import boilerplates_for, boilerplates_of, fill
from richtschnur.evaluation.queries.carried_on import CARRIED_ON, carried_on
from richtschnur.evaluation.queries.carrying import (
    CarriedOut,
    PassageTasks,
    Wording,
    carried_out,
    last_edition,
    tasks_by_passage,
    to_carry_out,
    wording_from,
    working_edition,
)
from richtschnur.evaluation.queries.completeness import Completeness, completeness_of
from richtschnur.evaluation.queries.counting import (
    Pace,
    Progress,
    by_state,
    count_states,
    load_and_pace,
    load_of,
    progress,
    weeks_of,
)
from richtschnur.evaluation.queries.delegations import (
    AskedOthers,
    advice_on,
    advices_of,
    asked_others,
    asked_today,
    delegation_by_secret,
    delegation_of,
    delegations_in,
)
from richtschnur.evaluation.queries.filters import LEFT, PointFilter
from richtschnur.evaluation.queries.frozen import (
    frozen_rows,
    public_page_of,
    public_rows,
    published_state,
    state_of,
    states_of,
)
from richtschnur.evaluation.queries.gathering import Gathered, gathered
from richtschnur.evaluation.queries.grouping import (
    Together,
    all_listed,
    chosen_points,
    with_versions,
)
from richtschnur.evaluation.queries.history import history_of
from richtschnur.evaluation.queries.lists import (
    Standing,
    decisions_of,
    section_paths,
    standings,
    topics_of,
)
from richtschnur.evaluation.queries.load import loads
from richtschnur.evaluation.queries.notices import (
    NoticeStanding,
    Reply,
    letters_of,
    notice_standing,
    replies_to,
    to_tell,
)
from richtschnur.evaluation.queries.orders import has_large_group, open_orders
from richtschnur.evaluation.queries.paging import (
    COUNTED,
    ListPage,
    Window,
    counted,
    next_point,
    page,
    window,
)
from richtschnur.evaluation.queries.pieces import pieces
from richtschnur.evaluation.queries.points import (
    point_of,
    points_in,
    points_of,
    visible_points,
)
from richtschnur.evaluation.queries.searching import not_indexed
from richtschnur.evaluation.queries.splitting import Row, open_split, split_rows
from richtschnur.evaluation.queries.synopsis import (
    PARTS,
    SynopsisRow,
    left_out,
    synopsis_points,
    synopsis_rows,
)
from richtschnur.evaluation.queries.tallies import Tally
from richtschnur.evaluation.queries.today import answers_due, my_drafts, waiting_for_release
from richtschnur.evaluation.queries.undoing import LastAct, last_act
from richtschnur.evaluation.queries.views import view_of, views_of

__all__ = [
    "CARRIED_ON",
    "COUNTED",
    "LEFT",
    "PARTS",
    "Answered",
    "AskedOthers",
    "CarriedOut",
    "Completeness",
    "Gathered",
    "LastAct",
    "ListPage",
    "NoticeStanding",
    "Outcome",
    "Pace",
    "PassageTasks",
    "PointFilter",
    "Progress",
    "Proposal",
    "Reply",
    "Row",
    "Standing",
    "SynopsisRow",
    "Tally",
    "Together",
    "Window",
    "Wording",
    "advice_on",
    "advices_of",
    "all_listed",
    "answers_due",
    "answers_for",
    "answers_on",
    "asked_others",
    "asked_today",
    "boilerplates_for",
    "boilerplates_of",
    "by_state",
    "carried_on",
    "carried_out",
    "chosen_points",
    "compared_at",
    "completeness_of",
    "count_states",
    "counted",
    "decisions_of",
    "decisions_on",
    "delegation_by_secret",
    "delegation_of",
    "delegations_in",
    "fill",
    "following_edition",
    "frozen_rows",
    "gathered",
    "has_large_group",
    "history_of",
    "last_act",
    "last_edition",
    "latest_released",
    "left_out",
    "letters_of",
    "load_and_pace",
    "load_of",
    "loads",
    "my_drafts",
    "next_point",
    "not_indexed",
    "notice_standing",
    "open_likenesses",
    "open_orders",
    "open_split",
    "page",
    "pieces",
    "point_of",
    "points_in",
    "points_of",
    "progress",
    "proposals",
    "public_page_of",
    "public_rows",
    "published_state",
    "released_points",
    "replies_to",
    "section_paths",
    "split_rows",
    "standings",
    "state_of",
    "states_of",
    "synopsis_points",
    "synopsis_rows",
    "tasks_by_passage",
    "to_carry_out",
    "to_compare",
    "to_tell",
    "topics_of",
    "view_of",
    "views_of",
    "visible_points",
    "waiting_for_release",
    "weeks_of",
    "window",
    "with_answers",
    "with_versions",
    "wording_from",
    "working_edition",
]
