"""Who may read and keep the register; the consents' words; what a report may be."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from richtschnur.accounts.rules import ADMINISTRATION, STAFF, STEERING, Row, declare
from richtschnur.journal.refusals import Refused
from richtschnur.journal.words import name_acts
from richtschnur.network.models import ChangeReport, Organization
from richtschnur.network.states import PointKind, Purpose, ReportState

declare(
    Row("network.read", STAFF, "read the register of organisations and bodies"),
    Row("network.read_contacts", STEERING, "read the persons of organisations"),
    Row("network.edit", ADMINISTRATION, "change organisations, persons, consents and bodies"),
    Row("network.merge", ADMINISTRATION, "make one organisation of two"),
    Row("network.import", ADMINISTRATION, "import a table of organisations"),
    Row("network.export", STEERING, "export the register"),
    Row("network.check", ADMINISTRATION, "ask organisations, decide on reported changes"),
    Row("network.forget", ADMINISTRATION, "erase a person or who reported something"),
)

CONSENT_VERSION = "2026-1"
MOST_OPEN_REPORTS = 30


def consent_wording(purpose: str, shows: Iterable[str] = ()) -> str:
    """The words that were agreed to, in the language in force (version CONSENT_VERSION)."""
    if purpose == Purpose.CONTACT:
        return _("You may keep my name and my contact data, write to me and invite me.")
    ways = ", ".join(str(PointKind(kind).label) for kind in shows)
    if not ways:
        return _(
            "You may show us in the public list: name, kind, towns, languages and what we offer."
        )
    return _(
        "You may show us in the public list: name, kind, towns, languages, what we offer, and"
        " these ways to us: %(ways)s."
    ) % {"ways": ways}


def check_in_use(organization: Organization) -> None:
    """Raise Refused for one that was archived or merged into another."""
    if organization.archived_at is not None:
        raise Refused(
            _("This organisation is in the archive. Please bring it back first."), code="archived"
        )


def check_report_welcome(organization: Organization) -> None:
    """Raise Refused when so many reports wait that another one would only drown them."""
    waiting = ChangeReport.objects.filter(organization=organization, state=ReportState.OPEN)
    if waiting.count() >= MOST_OPEN_REPORTS:
        raise Refused(
            _("Many reports on this organisation wait already. Please call or write to us."),
            code="full",
        )


def check_undecided(report: ChangeReport) -> None:
    """Raise Refused when somebody has decided on the report already."""
    if report.state != ReportState.OPEN:
        raise Refused(_("Somebody has decided on this report already."), code="repeated")


name_acts(
    {
        "network.add_organization": gettext_lazy("an organisation was added"),
        "network.change_organization": gettext_lazy("an organisation's entry was changed"),
        "network.archive_organization": gettext_lazy("an organisation was archived"),
        "network.restore_organization": gettext_lazy("an organisation was brought back"),
        "network.merge_organizations": gettext_lazy("two organisations were made one"),
        "network.confirm_same": gettext_lazy("a row of a table was said to be this organisation"),
        "network.import_organizations": gettext_lazy("a table of organisations was imported"),
        "network.keep_contact": gettext_lazy("a person of an organisation was kept"),
        "network.forget_contact": gettext_lazy("a person of an organisation was erased"),
        "network.record_consent": gettext_lazy("a consent was recorded"),
        "network.revoke_consent": gettext_lazy("a consent was taken back"),
        "network.keep_body": gettext_lazy("a body was kept"),
        "network.keep_membership": gettext_lazy("a seat in a body was given"),
        "network.end_membership": gettext_lazy("a seat in a body ended"),
        "network.ask_to_check": gettext_lazy("organisations were asked whether all is right"),
        "network.open_check": gettext_lazy("an organisation opened its personal address"),
        "network.confirm_entry": gettext_lazy("an organisation said that all is still right"),
        "network.report_change": gettext_lazy("a change was reported"),
        "network.decide_report": gettext_lazy("a reported change was decided on"),
        "network.forget_reporter": gettext_lazy("who reported a change was erased"),
    }
)
