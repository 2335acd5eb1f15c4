"""Reported changes and the question "is this still right?"."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from richtschnur.desk.models import Note
from richtschnur.journal.actors import CLI, VISITOR
from richtschnur.journal.refusals import Forbidden, Refused
from richtschnur.mail.models import Message
from richtschnur.network.models import ChangeReport, Check, Entry, Organization, entry_of
from richtschnur.network.operations import (
    archive_organization,
    ask_to_check,
    decide_report,
    forget_reporter,
    report_change,
    secret_of,
)
from richtschnur.network.rules import MOST_OPEN_REPORTS
from richtschnur.network.states import ReportState
from tests.network.register import TREFF, keep
from tests.network.test_pages import given
from tests.support.queries import at_most
from tests.support.staff import address, logged_in
from tests.support.world import NOON, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
ADDRESS = "https://rat.example/en/organisations/check/{secret}/"


def changed(**more: object) -> Entry:
    return Entry(**{**vars(TREFF), **more})  # type: ignore[arg-type]


def reported(one: Organization, **more: object) -> ChangeReport:
    entry = changed(towns=("Dornsee",), hours=("Mi 10 Uhr",))
    return report_change(
        organization=one,
        shown=TREFF,
        entry=entry,
        email="melder@post.example",
        language="en",
        at=NOON,
        **more,  # type: ignore[arg-type]
    )


def asked(one: Organization) -> tuple[Check, str]:
    check = ask_to_check(organizations=[one], address=ADDRESS, by=CLI, at=NOON)[0]
    with override("en"):
        return check, reverse("network:check", args=[secret_of(check)])


def test_anyone_reports_and_nothing_changes_before_somebody_decides() -> None:
    treff = keep(listed=["websites"])
    page = address("network:report_change", treff.identity)
    visitor = Client()
    shown = changed(emails=(), phones=(), addresses=(), hours=())
    assert "Nothing is different yet" in visitor.post(page, given(shown)).content.decode()
    sent = given(shown, towns="Dornsee", emails="neu@frauentreff.example", reporter="Nachbar")
    assert visitor.post(page, sent).status_code == 302
    assert visitor.post(page, sent).status_code == 302
    report = ChangeReport.objects.get()
    assert report.proposal == {"towns": ["Dornsee"], "emails": ["neu@frauentreff.example"]}
    assert entry_of(Organization.objects.get()) == TREFF


def test_hidden_ways_stay_when_a_report_is_taken() -> None:
    treff = keep(listed=[])
    shown = changed(emails=(), phones=(), websites=(), addresses=(), hours=())
    sent = given(shown, towns="Dornsee")
    Client().post(address("network:report_change", treff.identity), sent)
    decide_report(report=ChangeReport.objects.get(), take=["towns"], by=CLI, at=NOON)
    assert entry_of(Organization.objects.get()) == changed(towns=("Dornsee",))


def test_a_report_is_taken_field_by_field_with_a_mail() -> None:
    world, treff = World(), keep()
    report = reported(treff)
    client = logged_in(world.officer)
    page = address("network:report", report.pk)
    with at_most(12):
        words = client.get(page).content.decode()
    assert "Dornsee" in words
    assert "Hagenwerth" in words
    client.post(page, {"take": ["towns", "name", "nonsense"]})
    report.refresh_from_db()
    assert (report.state, report.taken) == (ReportState.TAKEN, ["towns"])
    assert entry_of(Organization.objects.get()) == changed(towns=("Dornsee",))
    mail = Message.objects.get()
    assert mail.to == "melder@post.example"
    assert "Towns served" in mail.body
    assert "Opening hours" not in mail.body
    again = client.post(page, {"take": ["hours"]})
    assert "decided on this report already" in again.content.decode()


def test_a_refusal_needs_a_reason_and_tells_it() -> None:
    world, treff = World(), keep()
    report = reported(treff)
    client = logged_in(world.officer)
    page = address("network:report", report.pk)
    for sent in ({}, {"refuse": "1", "take": ["towns"]}, {"reason": "  \x00"}):
        assert 'id="errors"' in client.post(page, sent).content.decode()
    client.post(page, {"refuse": "1", "take": ["towns"], "reason": "Wir haben angerufen."})
    report.refresh_from_db()
    assert report.state == ReportState.REFUSED
    assert entry_of(Organization.objects.get()) == TREFF
    assert "Wir haben angerufen." in Message.objects.get().body


def test_who_reported_can_be_erased() -> None:
    treff = keep()
    report = reported(treff, reporter="Nachbar", message="Hallo")
    decide_report(report=report, take=["towns"], by=CLI, at=NOON)
    forget_reporter(report=report, by=CLI, at=NOON)
    report.refresh_from_db()
    assert (report.reporter, report.email, report.message) == ("", "", "")
    assert Message.objects.get().to == ""
    assert report.taken == ["towns"]


def test_reports_do_not_drown_the_office() -> None:
    treff = keep()
    for n in range(MOST_OPEN_REPORTS):
        report_change(organization=treff, shown=TREFF, entry=TREFF, message=f"{n}", at=NOON)
    with pytest.raises(Refused, match="wait already"):
        report_change(organization=treff, shown=TREFF, entry=TREFF, message="x", at=NOON)


def test_only_the_administration_decides() -> None:
    world, treff = World(), keep()
    report = reported(treff)
    for by in (VISITOR, world.reviewer.actor(NOON.date())):
        with pytest.raises(Forbidden):
            decide_report(report=report, take=["towns"], by=by, at=NOON)
        with pytest.raises(Forbidden):
            ask_to_check(organizations=[treff], address=ADDRESS, by=by, at=NOON)


def test_an_organisation_confirms_by_its_address() -> None:
    treff = keep()
    check, page = asked(treff)
    mail = Message.objects.get()
    assert mail.to == "post@frauentreff.example"
    assert secret_of(check) in mail.body
    visitor = Client()
    answer = visitor.get(page)
    assert answer["Cache-Control"] == "no-store, private"
    assert answer["X-Robots-Tag"] == "noindex"
    assert "post@frauentreff.example" in answer.content.decode()
    visitor.post(page, {"right": "1"})
    visitor.post(page, {"right": "1"})
    treff.refresh_from_db()
    check.refresh_from_db()
    assert treff.confirmed_at is not None
    assert check.opened_at is not None
    assert check.answered_at is not None


def test_an_organisation_reports_and_is_listed_by_its_address() -> None:
    treff = keep()
    _check, page = asked(treff)
    visitor = Client()
    assert visitor.get(page, {"change": "1"}).context["is_changing"]
    bad = visitor.post(page, given(emails="kaputt", report="1"))
    assert "emails" in bad.context["form"].errors
    assert "Nothing is different" in visitor.post(page, given(report="1")).content.decode()
    visitor.post(page, given(hours="Fr 9 Uhr", report="1"))
    assert ChangeReport.objects.get().proposal == {"hours": ["Fr 9 Uhr"]}
    visitor.post(page, {"list": "1", "shows": ["emails", "nonsense"]})
    treff.refresh_from_db()
    assert treff.listed == ["emails"]
    visitor.post(page, {"unlist": "1"})
    treff.refresh_from_db()
    assert treff.listed is None


def test_an_address_ends_with_the_next_one_and_with_the_archive() -> None:
    treff = keep()
    _check, first = asked(treff)
    with pytest.raises(Refused, match="Nobody is left"):
        asked(treff)
    later = NOON + timedelta(days=2)
    second = ask_to_check(organizations=[treff], address=ADDRESS, by=CLI, at=later)[0]
    assert Client().get(first).status_code == 404
    assert Client().post(first, {"right": "1"}).status_code == 404
    page = address("network:check", secret_of(second))
    assert Client().get(page).status_code == 200
    archive_organization(organization=treff, by=CLI, at=later)
    assert Client().get(page).status_code == 404
    assert Client().get(address("network:check", "falsch")).status_code == 404


def test_the_yearly_round_asks_whom_nobody_has_asked() -> None:
    world = World()
    old = keep()
    Organization.objects.update(created_at=NOON - timedelta(days=400))
    unreached = keep(Entry(name="Ohne Postfach"))
    keep(Entry(name="Neu", emails=("neu@x.example",)))
    long_ago = NOON - timedelta(days=800)
    Organization.objects.filter(pk=unreached.pk).update(created_at=long_ago)
    client = logged_in(world.officer)
    page = client.get(address("network:round"))
    assert [key for key, _label in page.context["form"].fields["organizations"].choices] == [
        str(old.pk)
    ]
    assert page.context["unreached"] == [unreached]
    assert client.post(address("network:round"), {}).context["form"].errors
    client.post(address("network:round"), {"organizations": [str(old.pk)]})
    assert Message.objects.count() == 1
    assert not client.get(address("network:round")).context["form"].fields["organizations"].choices
    shown = client.post(address("network:ask", unreached.identity), follow=True)
    assert "/organisations/check/" in shown.content.decode()


def test_secrets_stand_in_no_log() -> None:
    import logging

    from richtschnur.config.discretion import Discretion

    _check, page = asked(keep())
    record = logging.LogRecord("x", logging.WARNING, "", 0, "Not Found: %s", (page,), None)
    Discretion().filter(record)
    assert page.rpartition("/check/")[2].strip("/") not in record.getMessage()


def test_today_says_what_was_reported_and_notes_are_kept_on_an_organisation() -> None:
    world, treff = World(), keep()
    client, today = logged_in(world.officer), address("desk:today")
    assert "reported change" not in client.get(today).content.decode()
    reported(treff)
    words = client.get(today).content.decode()
    assert "1 reported change waits" in words
    assert "Nothing is waiting" not in words
    assert "reported change" not in logged_in(world.department).get(today).content.decode()
    note = {"text": "Rückruf wegen Raum", "subject": treff.subject, "follow_up_on": ""}
    client.post(address("desk:write"), note)
    client.post(address("desk:write"), note | {"subject": "organization:999999"})
    page = client.get(address("network:organization", treff.identity)).content.decode()
    assert "Rückruf wegen Raum" in page
    assert sorted(Note.objects.values_list("subject", flat=True)) == ["", treff.subject]
    assert address("network:organization", treff.identity) in client.get(today).content.decode()
