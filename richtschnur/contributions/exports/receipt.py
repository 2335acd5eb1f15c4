"""The receipt as a file: JSON that programs check without us, PDF/UA for the folder at home."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import segno
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from richtschnur.contributions.models import Comment, Contribution
from richtschnur.contributions.queries import answers_of, attachments_of, comments_of, content_of
from richtschnur.county.queries import the_county
from richtschnur.documents.paper import Heading, Paper, PaperBlock, Picture, Text
from richtschnur.documents.writing import write
from richtschnur.journal import keys
from richtschnur.journal.models import Leaf
from richtschnur.journal.queries import Proof, promise, proof_of, received_leaf
from richtschnur.ui.languages import language_of
from richtschnur.ui.moments import moment_in_words

VERSION = 1


@dataclass(frozen=True)
class Receipt:
    """What a sender needs to prove her contribution; `proof` is there a second after sending."""

    contribution: Contribution
    leaf: Leaf
    promise: str
    proof: Proof | None

    @property
    def place(self) -> int | None:
        """Which entry of the log it is, counted from one."""
        return self.proof.index + 1 if self.proof else None

    def as_file(self, *, log_address: str) -> dict[str, Any]:
        """Content, salt, leaf, promise and proof, as the verifier reads them.

        `files` holds for each file what its own commitment in the content stands for.
        """
        contribution, proof = self.contribution, self.proof
        attachments = attachments_of(contribution)
        content = content_of(contribution, attachments)
        return {
            "kind": "richtschnur receipt",
            "version": VERSION,
            "number": contribution.number,
            "content": content,
            "salt": bytes(contribution.salt).hex(),
            "commitment": contribution.commitment,
            "files": [
                {"content": each.content(), "salt": bytes(each.salt).hex()} for each in attachments
            ],
            "leaf": self.leaf.entry().decode(),
            "promise": self.promise,
            "index": proof.index if proof else None,
            "proof": [base64.b64encode(step).decode() for step in proof.path] if proof else None,
            "checkpoint": proof.checkpoint if proof else None,
            "log": {"address": log_address, "key": keys.signer().verifier},
        }


def receipt_of(contribution: Contribution) -> Receipt | None:
    """The receipt with its proof, as far as there is one; None for what was erased.

    Three questions to the database.
    """
    leaf = received_leaf(contribution.subject) if contribution.salt else None
    if leaf is None:
        return None
    return Receipt(contribution, leaf, promise(leaf), proof_of(leaf))


def write_receipt(receipt: Receipt, path: Path, *, address: str, at: datetime) -> None:
    """Write the receipt as PDF in the language in force; `address` is the receipt's own."""
    contribution = receipt.contribution
    county = the_county()
    paper = Paper(
        title=_("Receipt %(number)s") % {"number": contribution.number},
        subtitle=contribution.consultation.title,
        language=language_of(get_language()).code,
        blocks=list(_blocks(receipt, address)),
        written_at=at,
        county=county.name,
        notes=(
            (_("Your number"), contribution.number),
            (_("Received"), moment_in_words(contribution.received_at)),
            (_("State of"), moment_in_words(at)),
        ),
        accent=county.accent,
    )
    write(paper, "pdf", path)


def _blocks(receipt: Receipt, address: str) -> Iterator[PaperBlock]:
    language = receipt.contribution.consultation.strategy.language
    yield Heading(2, _("What you sent"))
    yield from _answered(receipt.contribution, language)
    for comment in comments_of(receipt.contribution):
        yield from _said(comment, receipt.contribution.language, language)
    if receipt.contribution.is_nil_return:
        yield Text(_("No remarks: you looked at the draft and have no concerns."))
    yield from _files(receipt.contribution)
    yield Heading(2, _("How to come back"))
    yield Text(_("Under this address you find our answer. Whoever has it can read this page."))
    yield Text(address)
    yield Picture(_code(address), "image/png", _("The address of this receipt as a QR code"))
    yield Heading(2, _("How you can prove it"))
    yield from _proof(receipt)


def _answered(contribution: Contribution, language: str) -> Iterator[PaperBlock]:
    for question, answers in groupby(answers_of(contribution), key=lambda each: each.question):
        yield Heading(3, question.text)
        for answer in answers:
            yield Text(answer.label, style="quote", language=language)


def _said(comment: Comment, language: str, paper_language: str) -> Iterator[PaperBlock]:
    place = _("To the whole paper")
    if comment.question is not None:
        place = comment.question.text
    elif comment.passage is not None:
        place = _("On passage %(n)s") % {"n": comment.passage.number}
    yield Heading(3, place)
    yield Text(comment.text, style="quote", language=language)
    if comment.suggestion:
        yield Text(_("Suggested wording of the passage"))
        yield Text(comment.suggestion, style="quote", language=paper_language)


def _files(contribution: Contribution) -> Iterator[PaperBlock]:
    """Each with its fingerprint, and what stands for it in the receipt."""
    attachments = attachments_of(contribution)
    if attachments:
        yield Heading(2, _("Files"))
    for each in attachments:
        yield Heading(3, each.file.name)
        rows = [
            (_("Fingerprint (SHA-256)"), each.file.sha256),
            (_("Secret number behind it"), bytes(each.salt).hex()),
            (_("It stands in the receipt as"), each.commitment),
        ]
        for label, value in rows:
            yield Text(label)
            yield Text(value, style="note", language="en")


def _proof(receipt: Receipt) -> Iterator[PaperBlock]:
    """What the receipt file says, short enough to be typed."""
    if receipt.proof:
        names = {"place": receipt.place, "size": receipt.proof.size}
        yield Text(
            _("It is entry %(place)s of the county's public log, which had %(size)s then.") % names
        )
    else:
        yield Text(
            _("The county promises with its signature that it will stand in the public log.")
        )
    yield Text(
        _("The receipt file from the same page lets a program check all this without the county.")
    )
    rows = [
        (_("Fingerprint (SHA-256)"), receipt.leaf.commitment),
        (_("Secret number behind it"), bytes(receipt.contribution.salt).hex()),
        (_("Name in the log"), receipt.leaf.uid),
        (_("The log's key"), keys.signer().verifier),
        (_("Signed promise"), receipt.promise),
    ]
    if receipt.proof:
        rows.append((_("Signed state of the log"), receipt.proof.checkpoint))
    for label, value in rows:
        yield Heading(3, label)
        yield Text(value.strip(), style="note", language="en")


def _code(address: str) -> bytes:
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="png", border=3, scale=4)
    return out.getvalue()
