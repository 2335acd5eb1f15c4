"""Decisions, and the states of a point."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Decision(models.TextChoices):
    """Ergebnis: the one list of results."""

    ACCEPTED = "accepted", _("accepted")
    PARTLY_ACCEPTED = "partly_accepted", _("partly accepted")
    NOT_ACCEPTED = "not_accepted", _("not accepted")
    ALREADY_CONTAINED = "already_contained", _("already contained")
    NOT_RESPONSIBLE = "not_responsible", _("not the county's task – passed on")
    NEXT_REVISION = "next_revision", _("for the next revision")
    BECOMES_MEASURE = "becomes_measure", _("becomes a measure")


CHANGES_TEXT = frozenset([Decision.ACCEPTED, Decision.PARTLY_ACCEPTED, Decision.BECOMES_MEASURE])


class Verdict(models.TextChoices):
    """What a person said to a machine's proposal."""

    ACCEPTED = "accepted", _("taken over")
    DECLINED = "declined", _("declined")


class Suggested(models.TextChoices):
    """What a machine suggests of a point."""

    TOPIC = "topic", _("topic")
    PLACE = "place", _("place in the paper")


class PointState(models.TextChoices):
    OPEN = "open", _("not yet answered")
    DRAFT = "draft", _("answer in draft")
    HANDED_IN = "handed_in", _("waiting for release")
    RELEASED = "released", _("answered")
    CLOSED = "closed", _("closed, the contribution was erased")


ENDED = frozenset([PointState.RELEASED, PointState.CLOSED])
TRANSITIONS = {
    PointState.OPEN: (PointState.DRAFT, PointState.HANDED_IN),
    PointState.DRAFT: (PointState.DRAFT, PointState.HANDED_IN, PointState.CLOSED),
    PointState.HANDED_IN: (
        PointState.DRAFT,
        PointState.HANDED_IN,
        PointState.RELEASED,
        PointState.CLOSED,
    ),
    PointState.RELEASED: (PointState.DRAFT, PointState.HANDED_IN),
}
