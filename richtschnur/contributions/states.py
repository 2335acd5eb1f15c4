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


_SPEAKERS = {
    Kind.RESIDENT: _("lives here"),
    Kind.WORKER: _("works here"),
    Kind.RESIDENT_AND_WORKER: _("lives and works here"),
}


def speaker_kind(kind: str) -> str:
    """Who spoke, as others say it: the form asks in the first person."""
    return str(_SPEAKERS.get(Kind(kind), Kind(kind).label)) if kind else ""


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
    ERASED = "erased", _("erased after the time for which it was kept")


class Purpose(models.TextChoices):
    """What a consent is for; each stands alone and is never pre-ticked."""

    PUBLISH_NAME = "publish_name", _("publish my name")
    CONTACT = "contact", _("contact me")
    NEWSLETTER = "newsletter", _("newsletter")
    TAKE_PART = "take_part", _("take part in the work")


class Ground(models.TextChoices):
    """Why something is not published; the rules for contributions (netiquette) name the same."""

    INSULT = "insult", _("It insults or threatens people.")
    DISCRIMINATION = "discrimination", _("It degrades people for what they are or believe.")
    PERSONAL = "personal", _("It tells about other people what is theirs to tell.")
    UNLAWFUL = "unlawful", _("Publishing it would be against the law.")
    RIGHTS = "rights", _("It repeats somebody else's text or picture.")
    ADVERTISING = "advertising", _("It is advertising.")
    OFF_TOPIC = "off_topic", _("It has nothing to do with the paper.")


class Age(models.TextChoices):
    UNDER_18 = "under_18", _("under 18")
    UNDER_30 = "18_29", _("18 to 29")
    UNDER_45 = "30_44", _("30 to 44")
    UNDER_65 = "45_64", _("45 to 64")
    OVER_64 = "65", _("65 and older")


class Gender(models.TextChoices):
    WOMAN = "woman", _("woman")
    MAN = "man", _("man")
    DIVERSE = "diverse", _("diverse")


class Facet(models.TextChoices):
    """By what published comments are counted."""

    ALL = "all", _("all")
    PASSAGE = "passage", _("passage")
    SECTION = "section", _("section")
    KIND = "kind", _("who speaks")
    LANGUAGE = "language", _("language")
    ANSWERED = "answered", _("answered")
