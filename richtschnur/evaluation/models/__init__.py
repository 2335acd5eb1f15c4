"""Points with their answers; who else was asked about them, and what they advise."""

from richtschnur.evaluation.models.delegations import Advice, Delegation
from richtschnur.evaluation.models.orders import Order
from richtschnur.evaluation.models.passing_on import Forwarding, ForwardReply
from richtschnur.evaluation.models.points import (
    Boilerplate,
    Change,
    Group,
    Likeness,
    LikePoint,
    Point,
    Response,
    Topic,
)
from richtschnur.evaluation.models.reading_aids import AnswerTranslation, ReadingAid
from richtschnur.evaluation.models.reporting import ChapterText, Report
from richtschnur.evaluation.models.splitting import ProposedPiece, SplitProposal

__all__ = [
    "Advice",
    "AnswerTranslation",
    "Boilerplate",
    "Change",
    "ChapterText",
    "Delegation",
    "ForwardReply",
    "Forwarding",
    "Group",
    "LikePoint",
    "Likeness",
    "Order",
    "Point",
    "ProposedPiece",
    "ReadingAid",
    "Report",
    "Response",
    "SplitProposal",
    "Topic",
]
