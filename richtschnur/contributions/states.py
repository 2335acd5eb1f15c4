"""Who speaks, which way it came, what was consented to."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from richtschnur.network.states import OrganizationKind


class Kind(models.TextChoices):
    """Who speaks; one enum for form, import and reports. Organisations are what network says."""

    RESIDENT = "resident", _("I live here")
    WORKER = "worker", _("I work here")
    RESIDENT_AND_WORKER = "resident_and_worker", _("I live and work here")
    CLUB = OrganizationKind.CLUB.value, OrganizationKind.CLUB.label
    COMPANY = OrganizationKind.COMPANY.value, OrganizationKind.COMPANY.label
    MUNICIPALITY = OrganizationKind.MUNICIPALITY.value, OrganizationKind.MUNICIPALITY.label
    WELFARE = OrganizationKind.WELFARE.value, OrganizationKind.WELFARE.label
    EDUCATION = OrganizationKind.EDUCATION.value, OrganizationKind.EDUCATION.label
    RELIGIOUS = OrganizationKind.RELIGIOUS.value, OrganizationKind.RELIGIOUS.label
    AUTHORITY = OrganizationKind.AUTHORITY.value, OrganizationKind.AUTHORITY.label
    OTHER = "other", _("Someone else")


PERSONS = frozenset([Kind.RESIDENT, Kind.WORKER, Kind.RESIDENT_AND_WORKER])


class Channel(models.TextChoices):
    """Eingangsweg."""

    WEB = "web", _("platform")
    EMAIL = "email", _("e-mail")
    LETTER = "letter", _("letter")
    FAX = "fax", _("fax")
    ORAL = "oral", _("spoken, written down")
    EVENT = "event", _("event")
    OTHER = "other", _("other")


class MailState(models.TextChoices):
    """How far a mail is that came in."""

    WAITING = "waiting", _("waits")
    RECORDED = "recorded", _("recorded")
    ASIDE = "aside", _("set aside")
    TOO_LARGE = "too_large", _("too large, only in the mailbox")


class Purpose(models.TextChoices):
    """What a consent is for; each stands alone and is never pre-ticked."""

    PUBLISH_NAME = "publish_name", _("publish my name")
    CONTACT = "contact", _("contact me")
    NEWSLETTER = "newsletter", _("newsletter")
    TAKE_PART = "take_part", _("take part in the work")
