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
from richtschnur.evaluation.queries.counting import (
    Load,
    Pace,
    Progress,
    by_state,
    count_states,
    load_and_pace,
    load_of,
    progress,
    weeks_of,
)
from richtschnur.evaluation.queries.filters import LEFT, PointFilter
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
from richtschnur.evaluation.queries.synopsis import SynopsisRow, synopsis_points, synopsis_rows
from richtschnur.evaluation.queries.today import answers_due, my_drafts, waiting_for_release
from richtschnur.evaluation.queries.undoing import LastAct, last_act
from richtschnur.evaluation.queries.views import view_of, views_of

__all__ = [
    "COUNTED",
    "LEFT",
    "Answered",
    "CarriedOut",
    "Gathered",
    "LastAct",
    "ListPage",
    "Load",
    "Outcome",
    "Pace",
    "PassageTasks",
    "PointFilter",
    "Progress",
    "Proposal",
    "Standing",
    "SynopsisRow",
    "Together",
    "Window",
    "Wording",
    "all_listed",
    "answers_due",
    "answers_for",
    "answers_on",
    "boilerplates_for",
    "boilerplates_of",
    "by_state",
    "carried_out",
    "chosen_points",
    "compared_at",
    "count_states",
    "counted",
    "decisions_of",
    "decisions_on",
    "fill",
    "following_edition",
    "gathered",
    "history_of",
    "last_act",
    "last_edition",
    "latest_released",
    "load_and_pace",
    "load_of",
    "my_drafts",
    "next_point",
    "not_indexed",
    "open_likenesses",
    "page",
    "pieces",
    "point_of",
    "points_in",
    "points_of",
    "progress",
    "proposals",
    "released_points",
    "section_paths",
    "standings",
    "synopsis_points",
    "synopsis_rows",
    "tasks_by_passage",
    "to_carry_out",
    "to_compare",
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
