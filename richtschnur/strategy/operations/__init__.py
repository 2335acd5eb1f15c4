"""Every write of the stage: importing, editing and freezing editions."""

from richtschnur.strategy.operations.doubts import settle_doubt
from richtschnur.strategy.operations.edit import (
    add_passage,
    change_passage,
    drop_passage,
    split_passage,
)
from richtschnur.strategy.operations.importing import import_draft, keep_outline
from richtschnur.strategy.operations.life import (
    freeze_edition,
    move_edition,
    publish_edition,
    start_edition,
)

__all__ = [
    "add_passage",
    "change_passage",
    "drop_passage",
    "freeze_edition",
    "import_draft",
    "keep_outline",
    "move_edition",
    "publish_edition",
    "settle_doubt",
    "split_passage",
    "start_edition",
]
