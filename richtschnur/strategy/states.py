"""The states of an edition, and which may follow which."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class EditionState(models.TextChoices):
    WORKING = "working", _("working edition")
    CIRCULATED = "circulated", _("circulated to the offices")
    CONSULTED = "consulted", _("in consultation")
    FOR_DECISION = "for_decision", _("for decision")
    ADOPTED = "adopted", _("adopted")
    REPEALED = "repealed", _("no longer in force")
    SUPERSEDED = "superseded", _("replaced by a newer draft")


FROZEN = frozenset(EditionState.values) - {EditionState.WORKING.value}

TRANSITIONS = {
    EditionState.WORKING: (
        EditionState.CIRCULATED,
        EditionState.CONSULTED,
        EditionState.FOR_DECISION,
        EditionState.ADOPTED,
        EditionState.SUPERSEDED,
    ),
    EditionState.CIRCULATED: (),
    EditionState.CONSULTED: (),
    EditionState.FOR_DECISION: (EditionState.ADOPTED,),
    EditionState.ADOPTED: (EditionState.REPEALED,),
    EditionState.REPEALED: (),
    EditionState.SUPERSEDED: (),
}


class PassageKind(models.TextChoices):
    PARAGRAPH = "paragraph", _("paragraph")
    ITEM = "item", _("list item")
    TABLE = "table", _("table")
    QUOTE = "quote", _("quotation")
    NOTE = "note", _("footnote")
    PICTURE = "picture", _("picture")


class ElementKind(models.TextChoices):
    GUIDING_GOAL = "guiding_goal", _("guiding goal")
    BASELINE = "baseline", _("baseline")
    GUIDELINE = "guideline", _("guideline")
    GOAL = "goal", _("goal")
    MEASURE = "measure", _("measure")
    RESPONSIBILITY = "responsibility", _("responsibility")
    PERIOD = "period", _("period")
    INDICATOR = "indicator", _("indicator")


class Fate(models.TextChoices):
    KEPT = "kept", _("kept")
    CHANGED = "changed", _("changed")
    MOVED = "moved", _("moved")
    SPLIT = "split", pgettext_lazy("fate", "split")
    MERGED = "merged", _("merged")
    ADDED = "added", _("added")
    DROPPED = "dropped", _("dropped")


class ProposalState(models.TextChoices):
    OPEN = "open", pgettext_lazy("proposal", "open")
    CONFIRMED = "confirmed", _("confirmed")
    REJECTED = "rejected", _("rejected")


class VersionAct(models.TextChoices):
    """What left a passage as a version of it says."""

    BEFORE = "before", pgettext_lazy("version", "as it was before")
    CHANGED = "changed", pgettext_lazy("version", "changed")
    ADDED = "added", pgettext_lazy("version", "added")
    SPLIT = "split", pgettext_lazy("version", "cut in two")
    JOINED = "joined", pgettext_lazy("version", "joined with its neighbour")
    DROPPED = "dropped", pgettext_lazy("version", "dropped")
    RESTORED = "restored", pgettext_lazy("version", "restored")
    SET_ASIDE = "set_aside", pgettext_lazy("version", "typed, not saved")
