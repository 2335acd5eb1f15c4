"""Points with their answers, what is asked of others about them, and states of the overview."""

from richtschnur.evaluation.models.alike import Likeness, LikePoint
from richtschnur.evaluation.models.delegations import Advice, Delegation
from richtschnur.evaluation.models.desk import SavedView, Tally
from richtschnur.evaluation.models.orders import Order
from richtschnur.evaluation.models.overview import Notice, StateRow, SynopsisState
from richtschnur.evaluation.models.passing_on import Forwarding, ForwardReply
from richtschnur.evaluation.models.points import (
    Boilerplate,
    Change,
    Group,
    Point,
    Response,
    Topic,
)
from richtschnur.evaluation.models.reading_aids import AnswerTranslation, ReadingAid
from richtschnur.evaluation.models.reporting import ChapterText, Report
from richtschnur.evaluation.models.splitting import ProposedPiece, SplitProposal
from richtschnur.evaluation.models.summaries import Summary
from richtschnur.evaluation.models.topics import (
    Embedding,
    Quotation,
    TopicOrder,
    TopicSuggestion,
    TopicWords,
)

__all__ = [
    "Advice",
    "AnswerTranslation",
    "Boilerplate",
    "Change",
    "ChapterText",
    "Delegation",
    "Embedding",
    "ForwardReply",
    "Forwarding",
    "Group",
    "LikePoint",
    "Likeness",
    "Notice",
    "Order",
    "Point",
    "ProposedPiece",
    "Quotation",
    "ReadingAid",
    "Report",
    "Response",
    "SavedView",
    "SplitProposal",
    "StateRow",
    "Summary",
    "SynopsisState",
    "Tally",
    "Topic",
    "TopicOrder",
    "TopicSuggestion",
    "TopicWords",
]
