"""What the stage stores: points and answers, and frozen states of their overview."""

from richtschnur.evaluation.models.overview import Notice, StateRow, SynopsisState
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

__all__ = [
    "Boilerplate",
    "Change",
    "Group",
    "LikePoint",
    "Likeness",
    "Notice",
    "Point",
    "Response",
    "StateRow",
    "SynopsisState",
    "Topic",
]
