"""Who is asked, what is published, and where a consultation stands in time."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Audience(models.TextChoices):
    PUBLIC = "public", _("everyone")
    INVITED = "invited", _("invited people and bodies")
    INTERNAL = "internal", _("staff only")


class Publication(models.TextChoices):
    NOT = "not", _("not published")
    ANONYMISED = "anonymised", _("published without names")
    NAMES_BY_CONSENT = "names_by_consent", _("published, with the name where consent was given")


class Phase(models.TextChoices):
    """Derived from the clock, never stored."""

    PLANNED = "planned", pgettext_lazy("consultation", "not yet open")
    OPEN = "open", pgettext_lazy("consultation", "open")
    CLOSED = "closed", pgettext_lazy("consultation", "closed")


class QuestionKind(models.TextChoices):
    """How a question is answered."""

    OPEN = "open", _("in own words")
    SCALE = "scale", _("on a scale: one step of several")
    CHOICE = "choice", _("one of several")
    CHOICES = "choices", _("any of several")


class Step(models.TextChoices):
    """What has to be done until the county council decides, the first step first."""

    MANDATE = "mandate", _("the mandate is given")
    ANNOUNCEMENT = "announcement", _("the consultation is announced")
    START = "start", _("the consultation opens")
    END = "end", _("the consultation ends")
    EVALUATION = "evaluation", _("every point is answered and released")
    EDITING = "editing", _("the text for the decision is finished")
    SUBMISSION = "submission", _("everything lies with the council's office")
    COMMITTEES = "committees", _("the committees advise")
    COUNCIL = "council", _("the county council decides")


USUAL_DAYS = {
    Step.MANDATE: 28,
    Step.ANNOUNCEMENT: 14,
    Step.START: 42,
    Step.END: 42,
    Step.EVALUATION: 14,
    Step.EDITING: 2,
    Step.SUBMISSION: 10,
    Step.COMMITTEES: 14,
}
"""How many days after each step the next one is, unless the county says otherwise."""


class InvitationState(models.TextChoices):
    """Derived from what happened with an invitation, never stored."""

    INVITED = "invited", pgettext_lazy("invitation", "not opened yet")
    OPENED = "opened", pgettext_lazy("invitation", "opened, no answer yet")
    ANSWERED = "answered", pgettext_lazy("invitation", "answered with remarks")
    NIL = "nil", pgettext_lazy("invitation", "nil return")
    WITHDRAWN = "withdrawn", pgettext_lazy("invitation", "withdrawn")
