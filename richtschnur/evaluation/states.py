"""Decisions, and the states of a point."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Decision(models.TextChoices):
    """Ergebnis: the one list of results."""

    ACCEPTED = "accepted", _("accepted")
    PARTLY_ACCEPTED = "partly_accepted", _("partly accepted")
    NOT_ACCEPTED = "not_accepted", _("not accepted")
    ALREADY_CONTAINED = "already_contained", _("already contained")
    NOT_RESPONSIBLE = "not_responsible", _("not the county's task – passed on")
    NEXT_REVISION = "next_revision", _("for the next revision")
    BECOMES_MEASURE = "becomes_measure", _("becomes a measure")


CHANGES_TEXT = frozenset([Decision.ACCEPTED, Decision.PARTLY_ACCEPTED, Decision.BECOMES_MEASURE])


class Verdict(models.TextChoices):
    """What a person said to a machine's proposal."""

    ACCEPTED = "accepted", _("taken over")
    DECLINED = "declined", _("declined")


class OrderAct(models.TextChoices):
    """What the worker does to all points of a large group."""

    GROUP = "group", _("the points are put together")
    TAG = "tag", _("the topics are set")
    ASSIGN = "assign", _("the points are assigned")
    WRITE = "write", _("the answer is written")
    GIVE_BACK = "give_back", _("the answer is given back")
    RELEASE = "release", _("the answer is released")


class Chapter(models.TextChoices):
    """The parts of a report of participation that an officer may write something to."""

    FOREWORD = "foreword", _("Foreword")
    WHO = "who", _("Who took part")
    ABOUT = "about", _("What it was about")
    DECIDED = "decided", _("What was decided")
    TIME = "time", _("How long it took")
    CHANGED = "changed", _("What changed")


class PieceKind(models.TextChoices):
    """What a part of a long paper is, as a machine takes it."""

    LETTERHEAD = "letterhead", _("letterhead and greeting")
    GENERAL = "general", pgettext_lazy("part of a paper", "general remarks")
    DEMAND = "demand", pgettext_lazy("part of a paper", "demand")
    CLOSING = "closing", _("closing words and signature")
    ANNEX = "annex", pgettext_lazy("part of a paper", "annex")


class PieceReason(models.TextChoices):
    """What made a machine see a new part."""

    BEGINNING = "beginning", _("the text begins here")
    NUMBER = "number", _("a number or a list sign")
    REFERENCE = "reference", _("it names a place in the draft")
    HEADING = "heading", _("a heading")
    QUOTATION = "quotation", _("words of the draft are quoted")
    SUBJECT = "subject", _("it turns to another subject")
    PARAGRAPH = "paragraph", _("a paragraph")
    SIGNATURE = "signature", _("closing words")
    ANNEX = "annex", _("the word for an annex")


class PlaceMethod(models.TextChoices):
    """How a machine found a place in the draft."""

    REFERENCE = "reference", _("named in the text")
    QUOTATION = "quotation", _("quoted in the text")
    WORDING = "wording", _("by its words")


class DelegationState(models.TextChoices):
    """How far somebody is who was asked about points."""

    ASKED = "asked", _("asked")
    OPENED = "opened", _("opened")
    HANDED_IN = "handed_in", _("came back")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Asked(models.TextChoices):
    """Points about which others were asked, as the list is narrowed to them."""

    WAITING = "waiting", _("asked others")
    BACK = "back", _("came back")
    NOT_OURS = "not_ours", _("returned as “not ours”")
    OVERDUE = "overdue", _("overdue at others")


class Due(models.TextChoices):
    """When answers are due, for the list."""

    OVERDUE = "overdue", _("overdue")
    SOON = "soon", _("due within a week")
    NONE = "none", _("without a day")


class Suggested(models.TextChoices):
    """What a machine suggests of a point."""

    TOPIC = "topic", _("topic")
    PLACE = "place", _("place in the paper")


class PointState(models.TextChoices):
    OPEN = "open", _("not yet answered")
    DRAFT = "draft", _("answer in draft")
    HANDED_IN = "handed_in", _("waiting for release")
    RELEASED = "released", _("answered")
    CLOSED = "closed", _("closed, the contribution was erased")


ENDED = frozenset([PointState.RELEASED, PointState.CLOSED])
TRANSITIONS = {
    PointState.OPEN: (PointState.DRAFT, PointState.HANDED_IN, PointState.CLOSED),
    PointState.DRAFT: (PointState.DRAFT, PointState.HANDED_IN, PointState.CLOSED),
    PointState.HANDED_IN: (
        PointState.DRAFT,
        PointState.HANDED_IN,
        PointState.RELEASED,
        PointState.CLOSED,
    ),
    PointState.RELEASED: (PointState.DRAFT, PointState.HANDED_IN),
}


class NoticeChannel(models.TextChoices):
    """How somebody gets the answers."""

    MAIL = "mail", _("by e-mail")
    LETTER = "letter", _("by letter")


class Order(models.TextChoices):
    """What an overview is grouped by."""

    PASSAGE = "passage", _("by passage")
    TOPIC = "topic", _("by topic")
    CONTRIBUTOR = "contributor", _("by who said it")


PAPERS = ("docx", "odt", "pdf")
SHEETS = ("xlsx", "ods", "csv")
FORMATS = (*PAPERS, *SHEETS, "json")


class Column(models.TextChoices):
    """The columns of an overview, in their order."""

    NUMBER = "number", _("No.")
    SECTION = "section", _("Section")
    PASSAGE = "passage", _("Passage")
    PASSAGE_TEXT = "passage_text", _("Words of the passage")
    KIND = "kind", _("Kind")
    SENDER = "sender", _("From")
    CONTRIBUTION = "contribution", _("Contribution")
    TEXT = "text", _("What was said")
    SUGGESTION = "suggestion", _("Suggested wording")
    FILES = "files", _("Files")
    TOPICS = "topics", _("Topics")
    DECISION = "decision", _("Decision")
    FORWARDED_TO = "forwarded_to", _("Passed on to")
    REASON = "reason", _("Reason")
    STATE = "state", _("State")
    RELEASED_AT = "released_at", _("Released on")
    REPLIED_AT = "replied_at", _("Replied on")
