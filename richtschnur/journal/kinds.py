"""What a leaf of the public log says happened."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class LeafKind(models.TextChoices):
    """One word each; the verifier knows the same."""

    RECEIVED = "received", _("received")
    LATE = "late", _("received late")
    PUBLISHED = "published", _("published")
    WITHHELD = "withheld", _("not published")
    WITHDRAWN = "withdrawn", _("taken back by the sender")
    REDACTED = "redacted", _("erased")
    DUPLICATE_OF = "duplicate-of", _("the same as another")
    ANSWERED = "answered", _("answered")
    DECISION = "decision", _("a decision")
    EDITION = "edition", _("an edition of a paper")
    CONFIG = "config", _("terms of a consultation")


RECEIVED = (LeafKind.RECEIVED, LeafKind.LATE)
# Which outcome may follow which; the last one holds.
OUTCOMES: dict[str, tuple[LeafKind, ...]] = {
    "": (
        LeafKind.PUBLISHED,
        LeafKind.WITHHELD,
        LeafKind.WITHDRAWN,
        LeafKind.REDACTED,
        LeafKind.DUPLICATE_OF,
    ),
    LeafKind.PUBLISHED: (LeafKind.WITHHELD, LeafKind.WITHDRAWN, LeafKind.REDACTED),
    LeafKind.WITHHELD: (
        LeafKind.PUBLISHED,
        LeafKind.WITHDRAWN,
        LeafKind.REDACTED,
        LeafKind.DUPLICATE_OF,
    ),
    LeafKind.DUPLICATE_OF: (
        LeafKind.PUBLISHED,
        LeafKind.WITHHELD,
        LeafKind.WITHDRAWN,
        LeafKind.REDACTED,
    ),
    LeafKind.WITHDRAWN: (LeafKind.REDACTED,),
    LeafKind.REDACTED: (),
}


class Ground(models.TextChoices):
    """Why a contribution was erased; it stands in the public log."""

    OWN_WISH = "own-wish", _("the sender asked for it (Art. 17 GDPR)")
    NAMES_OTHERS = "names-others", _("it names other people who did not agree")
    UNLAWFUL = "unlawful", _("its content is against the law")
    ORDER = "order", _("a court or an authority ordered it")
