"""What the public log brings to the town: entries, one contribution erased, one to be erased."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from richtschnur.accounts.models import User
from richtschnur.consultation.models import Consultation
from richtschnur.contributions.operations import (
    NewComment,
    Submitted,
    ask_erasure,
    confirm_erasure,
    submit_contribution,
    withhold_comment,
)
from richtschnur.journal import keys
from richtschnur.journal.actors import VISITOR
from richtschnur.journal.log import integrate


@dataclass
class Log:
    """`erased` is gone, `asked` waits for the second person."""

    consultation: Consultation
    officer: User
    reviewer: User
    at: datetime
    erased: Submitted = field(init=False)
    asked: Submitted = field(init=False)

    def __post_init__(self) -> None:
        self.erased, self.asked = self._sent("erased"), self._sent("asked")
        for submitted in (self.erased, self.asked):
            ask_erasure(
                contribution=submitted.contribution,
                ground="names-others",
                by=self.officer.actor(self.at.date()),
                at=self.at,
            )
        confirm_erasure(
            contribution=self.erased.contribution,
            by=self.reviewer.actor(self.at.date()),
            at=self.at + timedelta(hours=1),
        )
        withhold_comment(
            comment=self.asked.contribution.comments.get(),
            ground="personal",
            by=self.officer.actor(self.at.date()),
            at=self.at,
        )
        # Other towns of this process had other databases.
        (keys.folder() / keys.SEEN).unlink(missing_ok=True)
        integrate(at=self.at + timedelta(hours=2))

    def _sent(self, key: str) -> Submitted:
        return submit_contribution(
            consultation=self.consultation,
            comments=[NewComment("Über meinen Nachbarn.")],
            kind="resident",
            idempotency_key=f"log:{key}",
            by=VISITOR,
            at=self.at,
        )
