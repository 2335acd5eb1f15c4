"""A long paper of an association that waits with a proposal how to split it."""

from __future__ import annotations

from datetime import datetime

from richtschnur.accounts.models import User
from richtschnur.contributions.models import Contribution
from richtschnur.evaluation.models import Point
from richtschnur.evaluation.operations import propose_split

REASON = (
    "Unsere Mitglieder berichten seit Jahren davon, und die Gemeinden haben es mehrfach bestätigt."
    " Wir halten die Ausgabe für richtig, weil sie sich nach kurzer Zeit bezahlt macht."
    " https://verband.example/eine-sehr-lange-adresse-ohne-leerzeichen/die-niemand-umbrechen-kann"
)
PAPER = "\n\n".join(
    [
        "Verband der Vereine\nAm Markt 7",
        "Sehr geehrte Damen und Herren,",
        f"wir danken für die Gelegenheit zur Stellungnahme. {REASON}",
        f"1. Vereine\n\nIm Entwurf steht: „Der Kreis zählt 4 Vereine.“ Zu wenige. {REASON}",
        f"2. Alle Kinder lernen früh Deutsch\n\n{REASON}\n\n• kurze Wege\n• feste Zeiten",
        f"3. Sprachcafé und Elternabende\n\nنحتاج إلى دروس مسائية. {REASON}",
        "Mit freundlichen Grüßen",
        "Renate Winkler",
        f"Anlage 1: Zahlen\n\n{REASON}",
    ]
)


def propose_pieces(contribution: Contribution, officer: User, at: datetime) -> Point:
    """The paper's point, with a proposal."""
    point = Point.objects.get(comment__contribution=contribution)
    propose_split(point=point, by=officer.actor(at.date()), at=at)
    return point
