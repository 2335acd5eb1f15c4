"""The example's other ways in: a paper that came as a file, mails that wait, a workshop."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from richtschnur.accounts.models import User
from richtschnur.consultation.models import Consultation
from richtschnur.contributions.operations import (
    NewFile,
    keep_mail,
    open_workshop,
    receive_file,
    write_remark,
)
from richtschnur.demo.papers import passage_beginning
from richtschnur.demo.source import read
from richtschnur.documents.paper import Heading, Paper, Text
from richtschnur.documents.writing import write
from richtschnur.mail.fetching import Fetched

MAILBOX = "example"


def as_file(row: dict[str, Any], *, at: datetime) -> NewFile:
    """A contribution as the paper that its sender attached."""
    blocks: list[Any] = [Text("Anlage zu unserer Rückmeldung.")]
    for comment in row["comments"]:
        blocks += [Heading(1, comment["passage"] or "Zum ganzen Entwurf"), Text(comment["text"])]
    paper = Paper(title=f"Stellungnahme: {row['organisation']}", language="de", blocks=blocks,
                  written_at=at)  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "paper.docx"
        write(paper, "docx", path)
        return receive_file(source=path, name="Stellungnahme.docx")


def receive_mails(consultation: Consultation, *, at: datetime) -> None:
    """Three mails: one names the consultation, one does not, one is an automatic reply."""
    for uid, row in enumerate(read("ways.json")["mails"], start=1):
        arrived_at = at - timedelta(hours=row["hours_ago"])
        raw = _mail(row, consultation, arrived_at).as_bytes()
        keep_mail(fetched=Fetched(1, uid, arrived_at, raw), account=MAILBOX, at=arrived_at)


def _mail(row: dict[str, Any], consultation: Consultation, at: datetime) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = row["from"]
    mail["To"] = "beteiligung@landkreis-lindwehr.example"
    mail["Subject"] = row["subject"].format(tag=consultation.slug)
    mail["Message-ID"] = f"<{row['key']}@post.example>"
    mail["Date"] = at
    if row.get("automatic"):
        mail["Auto-Submitted"] = "auto-replied"
    mail.set_content("\n".join(row["lines"]))
    for name, lines in row.get("files", {}).items():
        mail.add_attachment("\n".join(lines), filename=name)
    return mail


def hold_workshop(consultation: Consultation, officer: User, *, at: datetime) -> None:
    """An evening that is still being typed."""
    row = read("ways.json")["workshop"]
    begun_at = at - timedelta(hours=2)
    by = officer.actor(at.date())
    workshop = open_workshop(
        consultation=consultation, name=row["name"], held_on=begun_at.date(), by=by, at=begun_at
    )
    for minute, remark in _counted(row["remarks"]):
        beginning = remark.get("passage")
        edition = consultation.edition
        write_remark(
            workshop=workshop,
            text=remark["text"],
            passage=passage_beginning(edition, beginning) if edition and beginning else None,
            speaker=remark.get("speaker", ""),
            key=f"example:{minute}",
            by=by,
            at=begun_at + timedelta(minutes=minute),
        )


def _counted(remarks: list[dict[str, Any]]) -> Iterator[tuple[int, dict[str, Any]]]:
    return ((3 * place, remark) for place, remark in enumerate(remarks, start=1))
