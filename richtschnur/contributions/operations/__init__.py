"""Every write of the stage: the basket, and the one way in for all contributions."""

from richtschnur.contributions.operations.answering import put_answers
from richtschnur.contributions.operations.basket import (
    forget_old_baskets,
    put_comment,
    remove_comment,
)
from richtschnur.contributions.operations.forgetting import forget_sender
from richtschnur.contributions.operations.importing import RowReport, import_contributions
from richtschnur.contributions.operations.revocation import revoke_consent
from richtschnur.contributions.operations.sending import (
    chosen_in,
    kind_of,
    person_of,
    send_basket,
    send_nil_return,
    sending_key,
    words_in,
)
from richtschnur.contributions.operations.submission import (
    NewAnswer,
    NewComment,
    Person,
    Submitted,
    submit_contribution,
)

__all__ = [
    "NewAnswer",
    "NewComment",
    "Person",
    "RowReport",
    "Submitted",
    "chosen_in",
    "forget_old_baskets",
    "forget_sender",
    "import_contributions",
    "kind_of",
    "person_of",
    "put_answers",
    "put_comment",
    "remove_comment",
    "revoke_consent",
    "send_basket",
    "send_nil_return",
    "sending_key",
    "submit_contribution",
    "words_in",
]
