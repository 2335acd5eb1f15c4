"""Somebody says what has changed; the county decides, field by field."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from richtschnur.accounts.rules import require
from richtschnur.county.queries import the_county
from richtschnur.journal.actors import VISITOR, Actor
from richtschnur.journal.operations import record
from richtschnur.journal.refusals import Refused
from richtschnur.mail.operations import forget_messages, queue_message
from richtschnur.network.models import (
    ChangeReport,
    Check,
    Entry,
    Organization,
    changed_fields,
    entry_of,
    field_label,
)
from richtschnur.network.operations.keeping import changed, held
from richtschnur.network.rules import check_in_use, check_report_welcome, check_undecided
from richtschnur.network.states import ReportState


@transaction.atomic
def report_change(
    *,
    organization: Organization,
    shown: Entry,
    entry: Entry,
    at: datetime,
    message: str = "",
    reporter: str = "",
    email: str = "",
    language: str = "",
    check: Check | None = None,
) -> ChangeReport:
    """Keep a proposal: the fields in which `entry` differs from what the reporter was `shown`.

    The same report sent twice is kept once. Raises Refused when nothing differs and nothing is
    said, for an archived organisation, and when too many reports wait.
    """
    organization = held(organization)
    check_in_use(organization)
    fields = changed_fields(shown, entry)
    if not fields and not message.strip():
        raise Refused(
            _("Nothing is different yet. Please change what is wrong, or write it below."),
            code="empty",
        )
    data = entry.as_data()
    said = {
        "organization": organization,
        "proposal": {name: data[name] for name in fields},
        "message": message,
        "reporter": reporter,
        "email": email,
    }
    waiting = ChangeReport.objects.filter(organization=organization, state=ReportState.OPEN)
    for earlier in waiting:
        if all(getattr(earlier, name) == value for name, value in said.items()):
            return earlier  # a second click
    check_report_welcome(organization)
    report = ChangeReport.objects.create(
        **said, language=language, check_asked=check, received_at=at
    )
    if check is not None:
        Check.objects.filter(pk=check.pk, answered_at__isnull=True).update(answered_at=at)
    record(
        act="network.report_change",
        subject=organization.subject,
        by=VISITOR,
        at=at,
        data={"report": report.pk, "fields": list(fields)},
    )
    return report


@transaction.atomic
def decide_report(
    *,
    report: ChangeReport,
    take: Sequence[str],
    by: Actor,
    at: datetime,
    reason: str = "",
) -> ChangeReport:
    """Take these fields over, or none: then `reason` says why. Who left an address gets a mail.

    Raises Refused when somebody has decided already, and for a refusal without a reason.
    """
    require(by, "network.check")
    report = ChangeReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    check_undecided(report)
    organization = held(report.organization)
    check_in_use(organization)
    taken = [name for name in report.proposal if name in take]
    is_noted = not report.proposal and not reason.strip()
    if not taken and not reason.strip() and not is_noted:
        raise Refused(
            _("Please say why nothing is taken over; the reporter reads it."), code="reason"
        )
    if taken:
        present = entry_of(organization).as_data()
        proposed = present | {name: report.proposal[name] for name in taken}
        changed(organization, Entry.from_data(proposed), by, at, report=report.pk)
    report.state = ReportState.TAKEN if taken or is_noted else ReportState.REFUSED
    report.taken, report.reason, report.decided_at = taken, reason, at
    report.save(update_fields=["state", "taken", "reason", "decided_at"])
    if report.check_asked_id is not None and len(taken) == len(report.proposal):
        organization.confirmed_at = at
        organization.save(update_fields=["confirmed_at"])
    _answer(report, organization, at)
    record(
        act="network.decide_report",
        subject=organization.subject,
        by=by,
        at=at,
        data={"report": report.pk, "state": str(report.state), "taken": taken},
    )
    return report


@transaction.atomic
def forget_reporter(*, report: ChangeReport, by: Actor, at: datetime) -> None:
    """Erase who reported it and what was said in free words; the decision stays."""
    require(by, "network.forget")
    ChangeReport.objects.filter(pk=report.pk).update(reporter="", email="", message="")
    forget_messages(about=_about(report))
    record(
        act="network.forget_reporter",
        subject=f"organization:{report.organization_id}",
        by=by,
        at=at,
        data={"report": report.pk},
    )


def _about(report: ChangeReport) -> str:
    return f"network-report:{report.pk}"


def _answer(report: ChangeReport, organization: Organization, at: datetime) -> None:
    if not report.email:
        return
    county = the_county()
    known_language = report.language in dict(settings.LANGUAGES)
    with override(report.language if known_language else settings.LANGUAGE_CODE):
        known = {
            "organisation": organization.name,
            "fields": ", ".join(field_label(name) for name in report.taken),
            "reason": report.reason,
            "sender": "\n".join(filter(None, [county.office, county.name, county.phone])),
        }
        subject = _("Your report on %(organisation)s") % known
        queue_message(
            to=report.email,
            subject=subject,
            body=_answer_words(report) % known,
            about=_about(report),
            at=at,
        )


def _answer_words(report: ChangeReport) -> str:
    if report.state == ReportState.REFUSED:
        return _(
            "Good day,\n\nthank you for your report on %(organisation)s. We have not taken it"
            " over:\n\n%(reason)s\n\n%(sender)s"
        )
    if report.taken and report.reason:
        return _(
            "Good day,\n\nthank you for your report on %(organisation)s. We have taken over:"
            " %(fields)s.\n\n%(reason)s\n\n%(sender)s"
        )
    if report.taken:
        return _(
            "Good day,\n\nthank you for your report on %(organisation)s. We have taken over:"
            " %(fields)s.\n\n%(sender)s"
        )
    return _(
        "Good day,\n\nthank you for your report on %(organisation)s. We have read it.\n\n%(sender)s"
    )
