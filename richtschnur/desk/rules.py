"""Who has a desk."""

from richtschnur.accounts.rules import STAFF, Row, declare

declare(Row("desk.use", STAFF, "see what is to do today, write notes and follow-ups"))
