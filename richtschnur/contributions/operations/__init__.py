"""Every write of the stage: the basket, and the one way in for all contributions."""

from richtschnur.contributions.operations.basket import (
    forget_old_baskets,
    put_comment,
    remove_comment,
)
from richtschnur.contributions.operations.erasing import (
    ask_erasure,
    confirm_erasure,
    decline_erasure,
    erasure_of,
    replay_erasures,
)
from richtschnur.contributions.operations.forgetting import forget_sender
from richtschnur.contributions.operations.importing import RowReport, import_contributions
from richtschnur.contributions.operations.revocation import revoke_consent
from richtschnur.contributions.operations.sending import (
    kind_of,
    person_of,
    send_basket,
    send_nil_return,
    sending_key,
)
from richtschnur.contributions.operations.standing import record_outcome
from richtschnur.contributions.operations.submission import (
    NewComment,
    Person,
    Submitted,
    submit_contribution,
)

__all__ = [
    "NewComment",
    "Person",
    "RowReport",
    "Submitted",
    "ask_erasure",
    "confirm_erasure",
    "decline_erasure",
    "erasure_of",
    "forget_old_baskets",
    "forget_sender",
    "import_contributions",
    "kind_of",
    "person_of",
    "put_comment",
    "record_outcome",
    "remove_comment",
    "replay_erasures",
    "revoke_consent",
    "send_basket",
    "send_nil_return",
    "sending_key",
    "submit_contribution",
]
