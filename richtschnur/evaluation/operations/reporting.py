"""The report of participation: texts in versions, and released states."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime

import rfc8785
from django.db import transaction
from django.utils.translation import gettext as _

from richtschnur.accounts.models import User
from richtschnur.accounts.rules import require
from richtschnur.consultation.models import Consultation
from richtschnur.consultation.states import Phase
from richtschnur.contributions.rules import check_text
from richtschnur.evaluation.models import ChapterText, Report
from richtschnur.evaluation.queries.reporting import latest_texts, released_report, report_content
from richtschnur.evaluation.states import Chapter
from richtschnur.journal.actors import Actor
from richtschnur.journal.operations import record
from richtschnur.journal.refusals import Forbidden, Refused


@transaction.atomic
def write_report_texts(
    *,
    consultation: Consultation,
    texts: Mapping[str, str],
    seen: Mapping[str, int],
    author: User,
    by: Actor,
    at: datetime,
) -> list[ChapterText]:
    """Keep what has changed as the next version of each text; `seen` names the versions read.

    Raises Refused, and keeps nothing, when somebody has changed one of them meanwhile.
    """
    require(by, "evaluation.report")
    Consultation.objects.select_for_update().get(pk=consultation.pk)
    last = {text.chapter: text for text in latest_texts(consultation)}
    made = []
    for chapter in Chapter.values:
        before = last.get(chapter)
        words = check_text(texts.get(chapter, "")).strip()
        if words == (before.text if before else ""):
            continue
        version = before.version if before else 0
        if seen.get(chapter, version) != version:
            raise Refused(
                _(
                    "Somebody else has changed “%(chapter)s” since you opened this page. Nothing"
                    " was saved: please compare with what stands in the report and save again."
                )
                % {"chapter": Chapter(chapter).label},
                code="stale",
            )
        row = ChapterText(
            consultation=consultation,
            chapter=chapter,
            version=version + 1,
            text=words,
            author=author,
            written_at=at,
        )
        made.append(row)
    ChapterText.objects.bulk_create(made)
    if made:
        data: dict[str, object] = {text.chapter: text.version for text in made}
        _record("evaluation.write_report", consultation, by, at, data)
    return made


@transaction.atomic
def release_report(*, consultation: Consultation, by: Actor, at: datetime) -> Report:
    """Freeze the report as it stands now, with its checksum; from now on everyone reads it.

    Who took part is told once: a later release repeats those tables, because two of them would
    tell what came in between. Raises Refused while the consultation runs or nothing came in.
    """
    require(by, "evaluation.release_report")
    if by.kind != "user":
        raise Forbidden(_("Only a person who is logged in can release a report."))
    Consultation.objects.select_for_update().get(pk=consultation.pk)
    if consultation.phase(at) != Phase.CLOSED:
        raise Refused(_("The report can be released when the consultation is over."))
    content = report_content(consultation, at)
    if not content["counts"]["contributions"]:
        raise Refused(_("Nothing came in, so there is nothing to report."))
    before = released_report(consultation)
    if before is not None:
        content["who"] = before.tables
    sha256 = hashlib.sha256(rfc8785.dumps(content)).hexdigest()
    report = Report.objects.create(
        consultation=consultation,
        version=before.version + 1 if before else 1,
        content=content,
        sha256=sha256,
        released_at=at,
        released_by_id=int(by.id),
    )
    about: dict[str, object] = {"version": report.version, "sha256": sha256}
    _record("evaluation.release_report", consultation, by, at, about)
    return report


def _record(
    act: str, consultation: Consultation, by: Actor, at: datetime, data: dict[str, object]
) -> None:
    subject = f"consultation:{consultation.slug}"
    record(act=act, subject=subject, by=by, at=at, data=data)
