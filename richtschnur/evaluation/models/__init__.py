"""Points with their answers; what the desk keeps about the work on them."""

from richtschnur.evaluation.models.desk import SavedView, Tally
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
    "Point",
    "Response",
    "SavedView",
    "Tally",
    "Topic",
]
