"""Points with their answers; who else was asked about them, and what they advise."""

from richtschnur.evaluation.models.delegations import Advice, Delegation
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
    "Advice",
    "Boilerplate",
    "Change",
    "Delegation",
    "Group",
    "LikePoint",
    "Likeness",
    "Point",
    "Response",
    "Topic",
]
