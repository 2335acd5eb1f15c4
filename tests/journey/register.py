"""A small register for the journey: one public, one hidden, a body, a report, a question."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from richtschnur.journal.actors import CLI
from richtschnur.network.models import Body, ChangeReport, Check, Contact, Entry, Organization
from richtschnur.network.operations import (
    add_organization,
    ask_to_check,
    keep_body,
    keep_contact,
    keep_membership,
    record_consent,
    report_change,
    secret_of,
)
from tests.network.register import TREFF, table
from tests.support.visits import Visit

LONG = "Bundesarbeitsgemeinschaft der Selbstorganisationen zugewanderter Menschen im Landkreis"
WAYS = ("emails", "phones", "websites", "addresses", "hours")


@dataclass
class Register:
    """`public` agreed to stand in the list and was asked, `hidden` has a long name."""

    at: datetime
    public: Organization = field(init=False)
    hidden: Organization = field(init=False)
    body: Body = field(init=False)
    person: Contact = field(init=False)
    report: ChangeReport = field(init=False)
    noted: ChangeReport = field(init=False)
    check: Check = field(init=False)

    def __post_init__(self) -> None:
        begun = self.at - timedelta(days=500)
        self.public = add_organization(entry=TREFF, by=CLI, at=begun)
        self.hidden = add_organization(
            entry=Entry(
                name=LONG, kind="welfare", languages=("ar", "uk", "fa-AF"), emails=("a@b.example",)
            ),
            by=CLI,
            at=begun,
        )
        self.person = keep_contact(
            organization=self.public, name="ليلى حداد", role="Vorsitz", by=CLI, at=begun
        )
        record_consent(
            organization=self.public,
            purpose="listing",
            shows=WAYS,
            given_on=begun.date(),
            by=CLI,
            at=begun,
        )
        self.body = keep_body(kind="advisory", name="Integrationsbeirat", by=CLI, at=begun)
        for until in (None, begun.date()):
            keep_membership(
                body=self.body,
                organization=self.public,
                contact=self.person,
                function="Vorsitz",
                until_on=until,
                by=CLI,
                at=begun,
            )
        checks = ask_to_check(
            organizations=[self.public], address="https://x.example/{secret}", by=CLI, at=self.at
        )
        self.check = checks[0]
        self._reports()

    def _reports(self) -> None:
        changed = Entry.from_data(
            TREFF.as_data() | {"towns": ["Dornsee"], "hours": [], "offer_words": "دروس اللغة"}
        )
        about = {"organization": self.public, "shown": TREFF, "at": self.at}
        self.report = report_change(
            **about,  # type: ignore[arg-type]
            entry=changed,
            message="Seit dem Herbst anders.",
            email="a@post.example",
        )
        self.noted = report_change(**about, entry=TREFF, message="Sie ziehen um.")  # type: ignore[arg-type]

    @property
    def secret(self) -> str:
        return secret_of(self.check)


def bring_register(visit: Visit, town: object) -> None:
    """The preview of a table with every kind of row."""
    rows = [
        ["Name", "Ort", "E-Mail", "Sprachen"],
        ["FRAUENTREFF HAGENWERTH", "Dornsee", "neu@frauentreff.example", "Dari"],
        ["Neuer Verein e.V.", "Silberau", "", ""],
        ["Neuer Verein", "Silberau", "", ""],
        ["", "Quellitz", "", ""],
    ]
    visit.open("network:import")
    path = table(Path(town.folder) / "vereine.xlsx", rows)  # type: ignore[attr-defined]
    visit.page.locator("input[type=file]").set_input_files(path)
    visit.page.locator("main form[method=post] .kern-btn--primary").click()
    visit.page.locator("input[name=rows]").wait_for(state="attached")


def refuse_without_reason(visit: Visit, town: object) -> None:
    """The report's error state."""
    visit.open("network:report", town.register.report.pk)  # type: ignore[attr-defined]
    visit.page.locator("button[name=refuse]").click()
    visit.page.locator("#errors").wait_for()
