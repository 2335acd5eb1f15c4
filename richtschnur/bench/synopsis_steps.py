"""What `bench synopsis` measures, each in a process that works on one installation."""

from __future__ import annotations

import csv
import json
import re
import resource
import time
import zipfile
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pypdfium2
from python_calamine import CalamineWorkbook

from richtschnur.accounts.models import User
from richtschnur.consultation.models import Consultation
from richtschnur.consultation.operations import open_consultation
from richtschnur.contributions.models import Comment, Contribution, Sender
from richtschnur.documents.structure import Outline, OutlinePassage, OutlineSection
from richtschnur.evaluation.exports import export_synopsis
from richtschnur.evaluation.models import Point, Response
from richtschnur.evaluation.operations import freeze_overview
from richtschnur.evaluation.queries import state_of
from richtschnur.journal.actors import CLI
from richtschnur.strategy.operations import keep_outline
from richtschnur.ui import clock

SECTIONS, PASSAGES = 40, 5  # passages in each section
AT_A_TIME = 1000
ARABIC = "أريد أن أتعلم اللغة الألمانية في المساء لأنني أعمل طوال النهار، وأطفالي في الروضة."
GERMAN = (
    "Abends fährt kein Bus mehr aus dem Gewerbegebiet, deshalb erreichen viele den Kurs nicht. "
    "Bitte stimmen Sie die Zeiten ab und fragen Sie die Betriebe, wann die Schichten enden."
)
REASON = (
    "Der Landkreis prüft mit dem Verkehrsverbund eine spätere Fahrt an den Kurstagen und nennt das"
    " Ergebnis im nächsten Bericht. Die Kurszeiten werden mit den Betrieben abgestimmt."
)
# Stands in each text on a line of its own, which no reader turns, so that rows can be counted.
SIGN = re.compile("Z[0-9]{6}E")
DECISIONS = ("accepted", "partly_accepted", "not_accepted", "already_contained")


def said(number: int) -> str:
    """What the point with this number says: each fifth in Arabic, some with rare characters."""
    words = ARABIC if number % 5 == 0 else GERMAN
    rare = ("", " 😀👩‍👩‍👧", " \uf0b7 \ue123", " \U0010fffd")[number % 4]
    return f"Z{number:06d}E\n{words}{rare}"


def filled(points: int, seed: int) -> str:
    """A consultation with so many answered points, past the operations; gives its slug."""
    at = clock.now() - timedelta(days=1)
    edition = keep_outline(outline=_outline(), by=CLI, at=at)
    consultation = open_consultation(
        on=edition,
        opens_at=at,
        closes_at=at + timedelta(days=20),
        audience="internal",
        publication="anonymised",
        by=CLI,
        at=at,
    )
    people = [
        User.objects.create(login=name, role=role)
        for name, role in (("author", "administration"), ("releaser", "reviewer"))
    ]
    passages = list(edition.passages.order_by("position"))
    random = Random(seed)  # noqa: S311 – no secret
    for first in range(1, points + 1, AT_A_TIME):
        numbers = range(first, min(first + AT_A_TIME, points + 1))
        places = [random.choice(passages) for _number in numbers]
        _add(consultation, numbers, places, people, at)
    return consultation.slug


def _add(
    consultation: Consultation, numbers: range, places: list[Any], people: list[User], at: datetime
) -> None:
    contributions = Contribution.objects.bulk_create(
        Contribution(
            consultation=consultation,
            number=f"B{number:07d}",
            secret_digest=f"secret-{number}",
            idempotency_digest=f"key-{number}",
            kind="resident",
            channel="web",
            language="ar" if number % 5 == 0 else "de",
            received_at=at,
            recorded_at=at,
            salt=bytes(32),
            commitment="none",
        )
        for number in numbers
    )
    Sender.objects.bulk_create(
        Sender(contribution=each, name=f"Person {each.number}") for each in contributions
    )
    comments = Comment.objects.bulk_create(
        Comment(contribution=each, position=0, passage=place, text=said(number))
        for each, number, place in zip(contributions, numbers, places, strict=True)
    )
    points = Point.objects.bulk_create(
        Point(
            comment=each,
            consultation=consultation,
            received_at=at,
            stands_at=each.passage.position if each.passage else 0,
            start=0,
            end=len(each.text),
            state="released",
            created_at=at,
        )
        for each in comments
    )
    Response.objects.bulk_create(
        Response(
            point=point,
            version=1,
            decision=DECISIONS[number % len(DECISIONS)],
            reason=REASON,
            author=people[0],
            written_at=at,
            handed_in_at=at,
            released_at=at,
            released_by=people[1],
        )
        for point, number in zip(points, numbers, strict=True)
    )


def _outline() -> Outline:
    sections = tuple(
        OutlineSection(
            f"Handlungsfeld {number}",
            f"{number}.",
            1,
            tuple(
                OutlinePassage("paragraph", f"{number}.{n} {GERMAN}", 0, "")
                for n in range(1, PASSAGES + 1)
            ),
        )
        for number in range(1, SECTIONS + 1)
    )
    return Outline(title="Konzept", sections=sections, elements=(), doubts=())


def frozen(slug: str) -> dict[str, Any]:
    """Freezing all of it."""
    consultation = Consultation.objects.get(slug=slug)
    begun, spent = time.perf_counter(), _spent()
    freeze_overview(consultation=consultation, by=CLI, at=clock.now())
    seconds = round(time.perf_counter() - begun, 2)
    return {"seconds": seconds, "cpu_s": round(_spent() - spent, 2), "peak_rss_mb": _peak()}


def written(slug: str, path: str) -> dict[str, Any]:
    """One file of the frozen state."""
    consultation = Consultation.objects.get(slug=slug)
    state = state_of(consultation, 1)
    target = Path(path)
    begun, spent = time.perf_counter(), _spent()
    export_synopsis(consultation, target.suffix[1:], target, at=clock.now(), state=state)
    figures = {
        "seconds": round(time.perf_counter() - begun, 2),
        "cpu_s": round(_spent() - spent, 2),
        "peak_rss_mb": _peak(),
    }
    return figures | {"kb": target.stat().st_size // 1024}


def _spent() -> float:
    """Processor seconds of this process and of those that it started and that have ended."""
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in both)


def _peak() -> int:
    """MB of this process and of the largest that it started, at their highest."""
    both = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(resource.getrusage(who).ru_maxrss for who in both) // 1024


def opened(path: str, points: int) -> dict[str, Any]:
    """Open the file as its readers do, and count the rows. Raises ValueError when some miss."""
    target = Path(path)
    text = _READERS[target.suffix[1:]](target)
    found = len(set(SIGN.findall(text)))
    arabic = text.count("الألمانية") or text.count("ةيناملألا")
    if found != points:
        raise ValueError(f"{target.suffix[1:]} holds {found} of {points} rows")
    return {"rows_read": found, "rows_arabic": arabic}


def _xml(path: Path) -> str:
    name = "word/document.xml" if path.suffix == ".docx" else "content.xml"
    with zipfile.ZipFile(path) as archive:
        return archive.read(name).decode()


def _sheet(path: Path) -> str:
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).iter_rows()
    return "\n".join(str(cell) for row in rows for cell in row)


def _pdf(path: Path) -> str:
    document = pypdfium2.PdfDocument(str(path))
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def _csv(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as file:
        return "\n".join("\n".join(row) for row in csv.reader(file))


def _json(path: Path) -> str:
    points = json.loads(path.read_text("utf-8"))["points"]
    return "\n".join(point["text"] for point in points)


_READERS = {
    "docx": _xml,
    "odt": _xml,
    "xlsx": _sheet,
    "ods": _sheet,
    "pdf": _pdf,
    "csv": _csv,
    "json": _json,
}
