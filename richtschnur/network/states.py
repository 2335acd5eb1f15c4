"""What an organisation is, what it offers, how it is reached, what was consented to."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OrganizationKind(models.TextChoices):
    """What an organisation is; contributions say the same of those who speak."""

    CLUB = "club", _("Club or initiative")
    COMPANY = "company", _("Company")
    MUNICIPALITY = "municipality", _("Town or municipality")
    WELFARE = "welfare", _("Provider of welfare")
    EDUCATION = "education", _("School, nursery or education")
    RELIGIOUS = "religious", _("Religious community")
    AUTHORITY = "authority", _("Authority")
    OTHER = "other", pgettext_lazy("organisation", "Other")


class Offer(models.TextChoices):
    """What an organisation offers, by area; its own words stand beside it."""

    ADVICE = "advice", _("Advice")
    GERMAN = "german", _("Learning German")
    INTERPRETING = "interpreting", _("Interpreting and guidance")
    CHILDCARE = "childcare", _("Child care and families")
    SCHOOL = "school", _("Help with school")
    WORK = "work", _("Work and training")
    HOUSING = "housing", _("Housing")
    HEALTH = "health", _("Health and care")
    MEETING = "meeting", _("Meeting place")
    YOUTH = "youth", _("Youth")
    WOMEN = "women", _("Women")
    SENIORS = "seniors", _("Seniors")
    SPORT = "sport", _("Sport")
    CULTURE = "culture", _("Culture and music")
    FAITH = "faith", _("Faith")
    GOODS = "goods", _("Food, clothes, furniture")
    RIGHTS = "rights", _("Against discrimination")
    VOLUNTEERING = "volunteering", _("Volunteering")


class FacetKind(models.TextChoices):
    """By what an organisation is found."""

    TOWN = "towns", _("Towns served")
    LANGUAGE = "languages", _("Languages spoken")
    OFFER = "offers", _("What it offers")


class PointKind(models.TextChoices):
    """Ways to an organisation itself, never to a person."""

    EMAIL = "emails", _("E-mail")
    PHONE = "phones", _("Phone")
    WEB = "websites", _("Website")
    ADDRESS = "addresses", _("Address")
    HOURS = "hours", _("Opening hours")


class BodyKind(models.TextChoices):
    """Gremium."""

    ADVISORY = "advisory", _("Advisory council")
    COMMITTEE = "committee", _("Committee")
    COUNCIL = "council", _("County council")
    WORKING_GROUP = "working_group", _("Working group")
    NETWORK = "network", _("Network")


class Purpose(models.TextChoices):
    """What a consent is for; each stands alone."""

    LISTING = "listing", _("stand in the public list")
    CONTACT = "contact", _("be written to and invited")


class ReportState(models.TextChoices):
    """How far a report of a change is."""

    OPEN = "open", pgettext_lazy("report", "not looked at yet")
    TAKEN = "taken", pgettext_lazy("report", "taken over")
    REFUSED = "refused", pgettext_lazy("report", "not taken over")


TRANSITIONS = {
    ReportState.OPEN: (ReportState.TAKEN, ReportState.REFUSED),
    ReportState.TAKEN: (),
    ReportState.REFUSED: (),
}
