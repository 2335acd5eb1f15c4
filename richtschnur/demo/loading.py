"""`init --demo`: the whole example county, one act after the other, as if it had happened."""

from __future__ import annotations

import json
import sys
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from richtschnur.accounts.models import User
from richtschnur.demo import people
from richtschnur.demo.answering import Answering
from richtschnur.demo.drafts import look_over_a_draft
from richtschnur.demo.erasing import ask_for_one, erase_one
from richtschnur.demo.network import fill_register
from richtschnur.demo.pages import write_first_pages
from richtschnur.demo.papers import contribute, contributions_of, open_paper
from richtschnur.demo.publication import publish_some, tell_about_people
from richtschnur.demo.rounds import hold_round
from richtschnur.demo.source import read
from richtschnur.demo.surveys import ask_the_actors, plan_ahead
from richtschnur.demo.translations import translate_some
from richtschnur.demo.ways import as_file, hold_workshop, receive_mails
from richtschnur.desk.operations import write_note
from richtschnur.evaluation.operations import find_alike, order_topics
from richtschnur.journal.actors import CLI, SYSTEM
from richtschnur.journal.log import integrate
from richtschnur.journal.operations import seal_pending
from richtschnur.strategy.operations import index_stale

FOUNDED_AGO = timedelta(days=240)
ANSWERING_AFTER = timedelta(days=3)
NEXT_EDITION_AFTER = timedelta(days=60)


def load_example(*, at: datetime) -> None:
    """Fill a new installation; `at` is the example's present."""
    founded_at = at - FOUNDED_AGO
    people.set_up(at=founded_at)
    write_first_pages(by=CLI, at=founded_at)
    staff = people.add_people(at=founded_at)
    officer = staff["brandner"]
    fill_register(officer, at=at)
    answering = Answering(staff, officer, at)
    ends = {}
    for row in sorted(read("county.json")["consultations"], key=lambda r: -r["opened_days_ago"]):
        _say(f"  {row['title']['de']}")
        consultation = open_paper(row, officer, at=at)
        if consultation.edition is not None:
            opened_at = consultation.opens_at
            translate_some(consultation.edition, row["key"], by=SYSTEM, at=opened_at)
        sent = contribute(consultation, contributions_of(row), officer, as_file)
        rows = [answer for answer in read("answers.json") if answer["contribution"] in sent]
        is_over = consultation.ends_at < at
        begun_at = consultation.ends_at if is_over else consultation.opens_at
        answering.answer_all(rows, sent, begun_at + ANSWERING_AFTER)
        answering.keep_boilerplates(consultation.strategy, begun_at + ANSWERING_AFTER)
        find_alike(consultation=consultation, by=SYSTEM, at=at)
        order_topics(consultation=consultation, by=officer.actor(at.date()), at=at)
        publish_some(consultation, officer)
        tell_about_people(consultation, 4 * len(sent))
        if "next" in row and consultation.edition is not None:
            next_at = consultation.ends_at + NEXT_EDITION_AFTER
            answering.issue_next(consultation.edition, read(row["next"]), sent, next_at)
        if is_over:
            erase_one(consultation, officer, staff["oltmanns"])
        else:
            ask_for_one(consultation, officer)
        if row["key"] == "open":
            receive_mails(consultation, at=at)
            hold_workshop(consultation, officer, at=at)
        ends[row["key"]] = consultation.ends_at.isoformat()
        if row["key"] == "open":
            plan_ahead(consultation.strategy, officer, at=at)
    ask_the_actors(officer, at=at)
    hold_round(officer, at=at)
    look_over_a_draft(officer, at=at)
    people.name_a_deputy(staff, at=at)
    _ordinary_notes(officer, at)
    while seal_pending():
        pass
    while integrate(at=at):
        pass
    index_stale()
    home = Path(settings.HOME)
    (home / "sample-logins.txt").write_text(people.sample_logins(), "utf-8")
    (home / "example.json").write_text(json.dumps({"open_until": ends["open"]}), "utf-8")


def _ordinary_notes(officer: User, at: datetime) -> None:
    """An ordinary Tuesday: a phone call, a working group, a newsletter."""
    notes = (
        (0, "Rückruf Frau Aydoğan, Frauentreff Hagenwerth: Raum für den Sprachkreis ab Januar?"),
        (2, "Arbeitskreis Sprache: Einladung und Tagesordnung verschicken"),
        (6, "Rundbrief: kurzer Absatz, dass die Beteiligung in der letzten Woche ist"),
    )
    for days, text in notes:
        write_note(
            text=text,
            author=officer,
            follow_up_on=at.date() + timedelta(days=days),
            by=officer.actor(at.date()),
            at=at - timedelta(hours=5),
        )


def _say(line: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"{line}\n")
