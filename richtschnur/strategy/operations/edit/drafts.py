"""What somebody is typing, kept until it is saved or set aside."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from richtschnur.documents.marks import stored
from richtschnur.documents.notation import from_notation
from richtschnur.journal.actors import Actor
from richtschnur.strategy.models import Passage, PassageDraft
from richtschnur.strategy.operations.edit.opening import keep_version, notation_of, opened
from richtschnur.strategy.states import VersionAct

LONGEST = 60_000


@transaction.atomic
def keep_draft(
    *, passage: Passage, text: str, base: str, by: Actor, at: datetime
) -> PassageDraft | None:
    """Keep what this person has typed; None when it is what the passage says, so there is no
    draft. It is the person's own and no act on the paper: the journal says nothing."""
    edition = opened(passage.edition_id, by)
    own = {"edition": edition, "identity": passage.identity, "author": by.id}
    if text.strip() == notation_of(passage).strip():
        PassageDraft.objects.filter(**own).delete()
        return None
    draft, _is_new = PassageDraft.objects.update_or_create(
        **own,
        defaults={
            "text": text[:LONGEST],
            "base": base[:LONGEST],
            "revision": edition.revision,
            "saved_at": at,
        },
        create_defaults={
            "text": text[:LONGEST],
            "base": base[:LONGEST],
            "revision": edition.revision,
            "saved_at": at,
            "begun_at": at,
        },
    )
    return draft


@transaction.atomic
def set_aside(*, passage: Passage, by: Actor, at: datetime, text: str = "") -> bool:
    """Take this person's draft (or `text`) out of the way; its words stay among the versions."""
    edition = opened(passage.edition_id, by)
    own = PassageDraft.objects.filter(edition=edition, identity=passage.identity, author=by.id)
    draft = own.first()
    typed = text or (draft.text if draft else "")
    own.delete()
    if not typed.strip() or typed.strip() == notation_of(passage).strip():
        return False
    words, marks = from_notation(typed)
    keep_version(passage, VersionAct.SET_ASIDE, by, at, text=words, marks=stored(marks))
    return True
