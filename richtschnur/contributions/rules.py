"""Who may read and record contributions; what a comment may be; the consents' words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from richtschnur.accounts.rules import ADMINISTRATION, STEERING, Row, declare
from richtschnur.analysis import personal_data
from richtschnur.analysis.personal_data import find_personal_data
from richtschnur.analysis.sensitive import find_sensitive
from richtschnur.consultation.models import Consultation, Invitation, Question
from richtschnur.consultation.states import QuestionKind
from richtschnur.contributions.models import Comment, Contribution
from richtschnur.contributions.states import Purpose
from richtschnur.journal.refusals import Refused
from richtschnur.journal.words import name_acts
from richtschnur.strategy.models import Passage
from richtschnur.strategy.states import PassageKind

declare(
    Row("contributions.read", STEERING, "read contributions and who sent them"),
    Row("contributions.forget_sender", ADMINISTRATION, "delete who sent a contribution"),
    Row("contributions.ask_erasure", ADMINISTRATION, "ask to erase a contribution"),
    Row("contributions.confirm_erasure", STEERING, "confirm or decline what another one asked"),
    Row("contributions.record", ADMINISTRATION, "record letters and other ways in, also late"),
    Row("contributions.publish", STEERING, "publish comments, or withhold them with a reason"),
)

TEXT_LIMIT = 200_000
MOST_FILES = 5
MOST_RECORDED = 25  # by staff, also from a mail
FILE_MEGABYTES = 10
FILE_BYTES = FILE_MEGABYTES * 1024 * 1024
LONGEST_NAME = 150
Span = tuple[int, int]
BLACK = "█"
PERSONAL_KINDS = frozenset(personal_data.KINDS)
CONSENT_VERSION = "2026-1"
NOT_REWORDED = frozenset([PassageKind.TABLE, PassageKind.PICTURE])
ALLOWED_CONTROLS = frozenset("\n\r\t")
# All control characters (Cc) but these, and halves of characters (Cs).
NOT_STORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def consent_wording(purpose: str) -> str:
    """The words beside a consent's box, in the language in force (version CONSENT_VERSION)."""
    return {
        Purpose.PUBLISH_NAME: _(
            "You may publish my name (and my organisation) together with my contribution."
        ),
        Purpose.CONTACT: _("You may contact me with questions about my contribution."),
        Purpose.NEWSLETTER: _("Please send me news about this strategy paper by e-mail."),
        Purpose.TAKE_PART: _(
            "I would like to take part in the work, for example in a working group. You may keep"
            " my name and address for that."
        ),
    }[Purpose(purpose)]


def check_text(text: str) -> str:
    """The text as it may be stored: line ends unified, else untouched.

    Raises ValidationError for too much text, control characters, and characters that were lost
    on the way (wrong encoding).
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > TEXT_LIMIT:
        raise ValidationError(
            _(
                "This text has %(length)s characters; %(limit)s fit here. Please shorten it, or"
                " split it into several comments."
            ),
            code="overlong",
            params={"length": len(text), "limit": TEXT_LIMIT},
        )
    if found := NOT_STORABLE.search(text):
        raise ValidationError(
            _(
                "Character %(place)s of your text is an invisible control character that can't be"
                " stored, often from copying. Please delete it, or type that part anew."
            ),
            code="control-character",
            params={"place": found.start() + 1},
        )
    if "\ufffd" in text:
        raise ValidationError(
            _(
                "Some characters of your text did not arrive readably (shown as �). Please"
                " replace them and send again."
            ),
            code="wrong-encoding",
        )
    return text


def file_limits() -> str:
    """What may be attached, said beside the field."""
    return _(
        "PDF, Word, OpenDocument, Excel, JPEG, PNG or plain text; at most %(count)s files of"
        " %(size)s MB each."
    ) % {"count": MOST_FILES, "size": FILE_MEGABYTES}


def too_many_files() -> str:
    return _(
        "At most %(count)s files fit to one contribution. Please take one out, or put several"
        " papers into one PDF."
    ) % {"count": MOST_FILES}


def file_refusal(code: str, name: str) -> str:
    """Why a file can't be taken and what to do, for whoever chose it."""
    sentences = {
        "empty": _("“%(name)s” is empty. Please look at it and choose it again."),
        "oversized": _(
            "“%(name)s” is larger than %(size)s MB, also when it is unpacked. Please make its"
            " pictures smaller, or split it."
        ),
        "unknown": _(
            "“%(name)s” is none of the files that we can take. Please save it as PDF, DOCX, ODT,"
            " XLSX, ODS, JPEG, PNG or plain text (UTF-8), and choose it again."
        ),
        "encrypted": _("“%(name)s” is locked with a password. Please save it without one."),
        "damaged": _("“%(name)s” did not arrive whole. Please save it anew and choose it again."),
        "program": _(
            "“%(name)s” holds a program (macros or scripts). Please save it without, for example"
            " as a PDF."
        ),
        "infected": _(
            "“%(name)s” holds a virus, says our virus scanner. It was not kept. Please check your"
            " device."
        ),
        "no-room": _(
            "“%(name)s” could not be stored just now. Your words are kept; please try again later,"
            " or send the file by e-mail."
        ),
    }
    return sentences[code] % {"name": name, "size": FILE_MEGABYTES}


def file_name(name: str) -> str:
    """A file's name as it is kept and shown: without folders and what can't be seen."""
    last = name.replace("\\", "/").rpartition("/")[2]
    seen = "".join(c for c in last if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Zl", "Zp"))
    seen = " ".join(seen.split()).strip(". ")
    if len(seen) > LONGEST_NAME:
        stem, dot, ending = seen.rpartition(".")
        seen = f"{stem[: LONGEST_NAME - 12]}…{dot}{ending[:8]}" if dot else seen[:LONGEST_NAME]
    return seen or _("file without a name")


def say_why() -> str:
    """What is asked of whoever suggests other words and says nothing to it."""
    return _("Please say in a sentence why it should read differently.")


def may_be_reworded(passage: Passage | None) -> bool:
    """Whether other words can be suggested for it: a text, neither a table nor a picture."""
    return passage is not None and passage.kind not in NOT_REWORDED


def check_suggestion(suggestion: str, passage: Passage | None) -> str:
    """The suggested wording as it may be stored; "" when the passage would read as before.

    Raises ValidationError for what `check_text` refuses, and where nothing can be reworded.
    """
    suggestion = check_text(suggestion).strip()
    if not suggestion or (passage is not None and suggestion == passage.text.strip()):
        return ""
    if not may_be_reworded(passage):
        raise ValidationError(
            _(
                "Other words can be suggested for a passage of text only. Please write your"
                " wording into the comment instead."
            ),
            code="not-reworded",
        )
    return suggestion


def check_answers(consultation: Consultation, given: Mapping[Question, Collection[str]]) -> None:
    """Raise Refused when a question is of another consultation, or can't be answered so."""
    for question, values in given.items():
        if question.consultation_id != consultation.pk:
            raise Refused(
                _("A question belongs to another consultation. Please open the page again."),
                code="stale",
            )
        allowed, most = question.values, question.kind == QuestionKind.CHOICES
        if set(values) - set(allowed) or (len(values) > 1 and not most):
            raise Refused(
                _("This is no answer to “%(question)s”. Please choose one that stands there.")
                % {"question": question.text},
                code="no-such-answer",
            )


def check_release(invitation: Invitation) -> None:
    """Raise Refused for who came by the address of colleagues: they write, another one sends."""
    if not invitation.may_release:
        raise Refused(
            _("You write along; it is sent by the person in your office who was invited."),
            code="not-released",
        )


def check_required(questions: Iterable[Question], answered: Collection[int | None]) -> None:
    """Raise Refused when a question that must be answered is not among these keys."""
    for question in questions:
        if question.is_required and question.pk not in answered:
            raise Refused(
                _("Please answer this question first: “%(question)s”")
                % {"question": question.text},
                code="unanswered",
            )


@dataclass(frozen=True)
class Mark:
    """A place in a text that somebody must look at before it is published."""

    kind: str
    start: int
    end: int

    @property
    def is_personal(self) -> bool:
        """Whether it points at a person, so that it is proposed to be blacked out."""
        return self.kind in PERSONAL_KINDS


def marks_of(comment: Comment) -> list[Mark]:
    """Personal data, telling words, and the sender's own name, in the order of the text."""
    return _marked(comment.text, comment.contribution)


def _marked(text: str, contribution: Contribution) -> list[Mark]:
    found = [Mark(f["kind"], f["start"], f["end"]) for f in find_personal_data(text)]
    found += [Mark(f["kind"], f["start"], f["end"]) for f in find_sensitive(text)]
    sender = getattr(contribution, "sender", None)
    if sender is not None and sender.name.strip():
        own = re.compile(rf"\b{re.escape(sender.name.strip())}\b", re.IGNORECASE)
        found += [Mark("name", *match.span()) for match in own.finditer(text)]
    apart: list[Mark] = []
    for mark in sorted(found, key=lambda mark: (mark.start, -mark.end)):
        if not apart or mark.start >= apart[-1].end:
            apart.append(mark)
    return apart


def marks_of_wording(comment: Comment) -> list[Mark]:
    """The same in the suggested wording, without what the paper itself says there."""
    if not comment.suggestion:
        return []
    known = comment.passage.text if comment.passage else ""
    found = _marked(comment.suggestion, comment.contribution)
    return [mark for mark in found if comment.suggestion[mark.start : mark.end] not in known]


def is_clean(comment: Comment) -> bool:
    """Whether nothing in it is marked, and no machine is suspected of having sent it."""
    if marks_of(comment) or marks_of_wording(comment):
        return False
    return getattr(comment.contribution, "suspicion", None) is None


def blacked_out(text: str, spans: Sequence[Span]) -> str:
    """The text with █ for every sign of the spans, as long as before; line ends stay.

    Raises Refused for a span that does not lie in the text.
    """
    signs = list(text)
    for start, end in spans:
        if not 0 <= start < end <= len(text):
            raise Refused(
                _("A place to black out lies outside of the text. Please open the page again."),
                code="span",
            )
        for place in range(start, end):
            if signs[place] != "\n":
                signs[place] = BLACK
    return "".join(signs)


def shortened(text: str) -> str:
    """For readers: every blacked-out place looks alike, so that its length tells nothing."""
    return re.sub(f"{BLACK}+", BLACK * 5, text)


name_acts(
    {
        "contributions.submit_contribution": gettext_lazy("a contribution arrived"),
        "contributions.keep_mail": gettext_lazy("a mail came in"),
        "contributions.assign_mail": gettext_lazy("a mail was assigned to a consultation"),
        "contributions.set_mail_aside": gettext_lazy("a mail was set aside"),
        "contributions.erase_mails": gettext_lazy("mails that were set aside were erased"),
        "contributions.open_workshop": gettext_lazy("a workshop was begun"),
        "contributions.end_workshop": gettext_lazy("a workshop was ended"),
        "contributions.revoke_consent": gettext_lazy("a consent was taken back"),
        "contributions.ask_erasure": gettext_lazy("an erasure was asked for"),
        "contributions.decline_erasure": gettext_lazy("an erasure was declined"),
        "contributions.erase_contribution": gettext_lazy("a contribution was erased"),
        "contributions.record_outcome": gettext_lazy("what became of a contribution was recorded"),
        "contributions.publish_comment": gettext_lazy("a comment was published"),
        "contributions.withhold_comment": gettext_lazy("a comment was withheld"),
        "contributions.object_withholding": gettext_lazy("a sender objected to the withholding"),
        "contributions.uphold_withholding": gettext_lazy("an objection was turned down"),
        "contributions.hold_comment": gettext_lazy("a decision on publishing was taken back"),
        "contributions.release_file": gettext_lazy("a copy of a file was published"),
        "contributions.hold_back_file": gettext_lazy("a published file was taken back"),
        "contributions.forget_sender": gettext_lazy("a sender's name was deleted"),
    }
)
