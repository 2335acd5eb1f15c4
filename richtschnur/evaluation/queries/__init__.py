"""Reads of the stage."""

from richtschnur.evaluation.queries.alike import (Proposal, compared_at, open_likenesses, proposals, to_compare)
from richtschnur.evaluation.queries.answers import (Answered, Outcome, answers_for, answers_on, decisions_on, following_edition, latest_released, released_points, with_answers)
from richtschnur.evaluation.queries.boilerplates import (boilerplates_for, boilerplates_of, fill)
from richtschnur.evaluation.queries.carried_on import (CARRIED_ON, carried_on)
from richtschnur.evaluation.queries.carrying import (CarriedOut, PassageTasks, Wording, carried_out, last_edition, tasks_by_passage, to_carry_out, wording_from, working_edition)
from richtschnur.evaluation.queries.completeness import (Completeness, completeness_of)
from richtschnur.evaluation.queries.delegations import (AskedOthers, advice_on, advices_of, asked_others, asked_today, delegation_by_secret, delegation_of, delegations_in)
from richtschnur.evaluation.queries.frozen import (frozen_rows, public_page_of, public_rows, published_state, state_of, states_of)
from richtschnur.evaluation.queries.grouping import (Together, all_listed, chosen_points, with_versions)
from richtschnur.evaluation.queries.lists import (Standing, decisions_of, offices_in, section_paths, sections_in, standings, topics_of)
from richtschnur.evaluation.queries.load import (Load, loads)
from richtschnur.evaluation.queries.notices import (NoticeStanding, Reply, letters_of, notice_standing, replies_to, to_tell)
from richtschnur.evaluation.queries.orders import (has_large_group, open_orders)
from richtschnur.evaluation.queries.pieces import (pieces)
from richtschnur.evaluation.queries.points import (LEFT, PointFilter, Progress, Window, point_of, points_beside, points_in, points_of, progress, visible_points, window)
from richtschnur.evaluation.queries.splitting import (Row, open_split, split_rows)
from richtschnur.evaluation.queries.synopsis import (PARTS, SynopsisRow, left_out, synopsis_points, synopsis_rows)
from richtschnur.evaluation.queries.tallies import (Tally)
from richtschnur.evaluation.queries.today import (answers_due, my_drafts, waiting_for_release)

__all__ = ["Answered", "AskedOthers", "CARRIED_ON", "CarriedOut", "Completeness", "LEFT", "Load", "NoticeStanding", "Outcome", "PARTS", "PassageTasks", "PointFilter", "Progress", "Proposal", "Reply", "Row", "Standing", "SynopsisRow", "Tally", "Together", "Window", "Wording", "advice_on", "advices_of", "all_listed", "answers_due", "answers_for", "answers_on", "asked_others", "asked_today", "boilerplates_for", "boilerplates_of", "carried_on", "carried_out", "chosen_points", "compared_at", "completeness_of", "decisions_of", "decisions_on", "delegation_by_secret", "delegation_of", "delegations_in", "fill", "following_edition", "frozen_rows", "has_large_group", "last_edition", "latest_released", "left_out", "letters_of", "loads", "my_drafts", "notice_standing", "offices_in", "open_likenesses", "open_orders", "open_split", "pieces", "point_of", "points_beside", "points_in", "points_of", "progress", "proposals", "public_page_of", "public_rows", "published_state", "released_points", "replies_to", "section_paths", "sections_in", "split_rows", "standings", "state_of", "states_of", "synopsis_points", "synopsis_rows", "tasks_by_passage", "to_carry_out", "to_compare", "to_tell", "topics_of", "visible_points", "waiting_for_release", "window", "with_answers", "with_versions", "wording_from", "working_edition",]
