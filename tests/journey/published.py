"""What is published, withheld and waits, and who took part."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path

from richtschnur.consultation.models import Consultation
from richtschnur.contributions.models import Comment
from richtschnur.contributions.operations import (
    NewComment,
    count_answers,
    object_to_withholding,
    publish_comment,
    receive_file,
    release_file,
    submit_contribution,
    withhold_comment,
)
from richtschnur.county.operations import set_up_county
from richtschnur.journal.actors import CLI, VISITOR
from tests.support.telling_pdf import pdf

TELLING = (
    "Frau Anna Meier vom Verein, Tel. 0123 456789, hat meiner kranken Mutter geholfen."
    " Bitte mehr davon, auch für Geflüchtete."
)


def stand_beside(consultation: Consultation, at: datetime) -> None:
    """One comment with other words for a passage, and with a file that is public and one not."""
    passage = consultation.edition.passages.order_by("number")[1]  # type: ignore[union-attr]
    files = []
    with tempfile.TemporaryDirectory() as folder:
        for name, data in (("Fahrplan.pdf", pdf()), ("Lebenslauf.txt", b"Seite 1")):
            path = Path(folder) / "file"
            path.write_bytes(data)
            files.append(receive_file(source=path, name=name))
    contribution = submit_contribution(
        consultation=consultation,
        comments=[NewComment("So ist es klarer.", passage, f"{passage.text} Und am Abend.")],
        kind="club",
        idempotency_key=f"beside:{consultation.pk}",
        files=files,
        received_at=at,
        by=CLI,
        at=at,
    ).contribution
    publish_comment(comment=contribution.comments.get(), by=CLI, at=at)
    release_file(attachment=contribution.attachments.get(position=0), by=CLI, at=at)


def publish_in_part(consultation: Consultation, at: datetime) -> None:
    """The first comments are out, one blacked out; of the last but one the sender objects."""
    about = {"by": CLI, "at": at}
    comments = list(Comment.objects.filter(contribution__consultation=consultation).order_by("pk"))
    for comment in comments[:-2]:
        publish_comment(comment=comment, **about)  # type: ignore[arg-type]
    publish_comment(comment=comments[0], black_out=[(4, 13)], **about)  # type: ignore[arg-type]
    withhold_comment(comment=comments[-2], ground="insult", note="Bitte sachlich.", **about)  # type: ignore[arg-type]
    object_to_withholding(comment=comments[-2], text="Das war ein Zitat.", by=VISITOR, at=at)
    stand_beside(consultation, at)
    set_up_county(municipalities="Lindwehr\nHagenwerth an der langen Brücke", by=CLI, at=at)
    for count, age in enumerate(("under_18", "18_29", "30_44", "45_64", "65")):
        for _person in range(4 + 3 * count):
            answers = {"age": age, "municipality": "Lindwehr", "first_language": "uk"}
            count_answers(consultation=consultation, answers=answers)
