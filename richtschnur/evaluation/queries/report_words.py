"""A report of participation in words: its chapters with facts and charts, in the language in force.

Codes of the content become labels here; what people wrote (topics, passages) stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from richtschnur.contributions.states import Channel, speaker_kind
from richtschnur.documents.charts import Bar, Drawn, drawn, height_of
from richtschnur.evaluation.states import Chapter, Decision
from richtschnur.ui.languages import name_of
from richtschnur.ui.moments import day_in_words, number_in_words

PAPER = "paper"  # stands for the paper's language


@dataclass(frozen=True)
class Chart:
    """Bars with their table: `head` names its two columns; `total` is None where none is told."""

    key: str
    title: str
    head: tuple[str, str]
    bars: tuple[Bar, ...]
    total: int | None = None
    note: str = ""

    @property
    def figures(self) -> list[str]:
        """The numbers as they are read; a dash for what is not shown."""
        return ["–" if b.value is None else number_in_words(b.value) for b in self.bars]

    @property
    def drawn(self) -> list[Drawn]:
        """The bars that have a number; the table has all rows."""
        shown = [row for row in self.rows if row[0].value is not None]
        return drawn([bar for bar, _figure in shown], [figure for _bar, figure in shown])

    @property
    def height(self) -> int:
        """Of the drawing, in pixels."""
        return height_of(self.drawn)

    @property
    def rows(self) -> list[tuple[Bar, str]]:
        return list(zip(self.bars, self.figures, strict=True))

    @property
    def is_empty(self) -> bool:
        return not any(bar.value for bar in self.bars)

    @property
    def description(self) -> str:
        """What the drawing shows, for whoever doesn't see it."""
        most = max(self.bars, key=lambda bar: bar.value or 0)
        return _("Bars, the longest: %(label)s, %(number)s. All numbers stand in the table.") % {
            "label": most.label,
            "number": number_in_words(most.value or 0),
        }


@dataclass(frozen=True)
class Part:
    """A chapter: facts as sentences, charts, changed passages, and the officer's words."""

    chapter: Chapter
    facts: list[str] = field(default_factory=list)
    charts: list[Chart] = field(default_factory=list)
    passages: list[list[Any]] = field(default_factory=list)
    text: str = ""

    @property
    def title(self) -> str:
        return str(self.chapter.label)


def chapters_of(content: dict[str, Any]) -> list[Part]:
    """All chapters but the foreword, in order; no query."""
    makers: dict[Chapter, Callable[[dict[str, Any]], tuple[list[str], list[Chart]]]] = {
        Chapter.WHO: _who,
        Chapter.ABOUT: _about,
        Chapter.DECIDED: _decided,
        Chapter.TIME: _time,
        Chapter.CHANGED: _changed,
    }
    parts = []
    for chapter, made in makers.items():
        facts, charts = made(content)
        passages = content["changed"]["passages"] if chapter == Chapter.CHANGED else []
        words = content["texts"].get(chapter.value, "")
        shown = [chart for chart in charts if not chart.is_empty]
        parts.append(Part(chapter, facts, shown, passages, words))
    return parts


def charts_of(content: dict[str, Any]) -> dict[str, Chart]:
    """Each chart that the report shows, by its key."""
    return {chart.key: chart for part in chapters_of(content) for chart in part.charts}


def few() -> str:
    """What the dash in a table of people means."""
    return _(
        "“–” means fewer than 5; it stands in further cells, too, so that the small ones"
        " can't be worked out from the sum."
    )


def _who(content: dict[str, Any]) -> tuple[list[str], list[Chart]]:
    n = content["counts"]["contributions"]
    facts = [ngettext("%(n)s contribution came in.", "%(n)s contributions came in.", n)]
    facts = [facts[0] % {"n": number_in_words(n)}]
    titles = {
        "kind": (_("Who spoke"), _("Kind"), speaker_kind),
        "channel": (_("Which way it came"), _("Way"), lambda c: str(Channel(c).label)),
        "language": (_("In which language"), _("Language"), _language),
        "place": (_("Where people live, as far as they said so"), _("Place"), _place),
    }
    charts: list[Chart] = []
    missing, closed = [], []
    for name, (title, head, label) in titles.items():
        table = content["who"].get(name)
        if table is None:
            missing += [title] if name != "place" else []
            continue
        bars = tuple(Bar(label(code), value) for code, value in table["rows"])
        closed += [] if any(bar.value for bar in bars) else [title]
        heads = (head, pgettext("column", "People") if name == "place" else _("Contributions"))
        charts.append(Chart(name, title, heads, bars, table["total"], few()))
    if missing and n:
        facts.append(
            _("Fewer than 5 took part. No table is shown, so that nobody can be found in it.")
        )
    facts += [
        _("“%(title)s” is not shown: single people could be found in it.") % {"title": title}
        for title in closed
    ]
    return facts, charts


def _language(code: str) -> str:
    return name_of(code) if code not in ("", "other") else _other(code)


def _other(code: str) -> str:
    return _("another language") if code else _("not recognised, or without words")


def _place(code: str) -> str:
    if code == "other":
        return _("somewhere else")
    return code or _("no answer")


def _about(content: dict[str, Any]) -> tuple[list[str], list[Chart]]:
    counts, about = content["counts"], content["about"]
    facts = []
    if counts["points"]:
        numbers = {k: number_in_words(v) for k, v in counts.items()}
        facts.append(
            _("%(comments)s comments were weighed as %(points)s points.") % numbers,
        )
        if counts["groups"]:
            facts.append(
                _(
                    "%(grouped)s of them, from %(senders)s contributions, say nearly the same as"
                    " others: they form %(groups)s groups, each answered as one. Counted so, there"
                    " are %(distinct)s different texts."
                )
                % numbers
            )
    points = _("Points")
    topics = [Bar(name, n, PAPER) for name, n in about["topics"]]
    if about["without_topic"] and topics:
        topics.append(Bar(_("without a topic"), about["without_topic"]))
    passages = [
        Bar(_("Passage %(n)s: %(words)s") % {"n": number, "words": words}, n)
        for number, words, n in about["passages"]
    ]
    groups = [
        Bar(_("Group %(n)s") % {"n": place}, size) for place, size in enumerate(about["groups"], 1)
    ]
    note = _("A point with several topics counts with each of them.")
    return facts, [
        Chart("topics", _("Topics"), (_("Topic"), points), tuple(topics), None, note),
        Chart(
            "passages", _("Passages with most comments"), (_("Passage"), _("Comments")),
            tuple(passages),
        ),
        Chart(
            "groups", _("The largest groups that say the same"), (_("Group"), points),
            tuple(groups),
        ),
    ]  # fmt: skip


def _decided(content: dict[str, Any]) -> tuple[list[str], list[Chart]]:
    time = content["time"]
    total = time["answered"] + time["open"]
    facts = []
    if total:
        told = {"answered": number_in_words(time["answered"]), "points": number_in_words(total)}
        facts.append(_("%(answered)s of %(points)s points are answered.") % told)
    bars = tuple(Bar(str(Decision(code).label), n) for code, n in content["decided"])
    heads = (_("Decision"), _("Points"))
    sum_of = sum(bar.value or 0 for bar in bars)
    return facts, [Chart("decisions", _("Decisions"), heads, bars, sum_of)]


def _time(content: dict[str, Any]) -> tuple[list[str], list[Chart]]:
    time = content["time"]
    if not time["answered"]:
        return [_("No answer has been released yet.")], []
    low, high = time["quartiles"]
    told = {
        "median": number_in_words(time["median"]),
        "low": number_in_words(low),
        "high": number_in_words(high),
        "longest": number_in_words(time["longest"]),
    }
    facts = [
        _(
            "Half of the points were answered within %(median)s days of their receipt (median). The"
            " middle half took between %(low)s and %(high)s days, the longest %(longest)s days."
        )
        % told
    ]
    facts += _in_time(content)
    labels = band_labels()
    bars = tuple(Bar(labels[code], n) for code, n in time["bands"])
    heads = (_("From receipt to answer"), _("Points"))
    return facts, [Chart("durations", _("Days until the answer"), heads, bars, time["answered"])]


def _in_time(content: dict[str, Any]) -> Iterable[str]:
    time, until = content["time"], content["answers_by_on"]
    if time["in_time"] is None or not until:
        return
    is_over = content["state_of"][:10] > until
    of = time["answered"] + (time["open"] if is_over else 0)
    yield _("We had promised to answer by %(day)s: %(share)s %% of %(points)s points were.") % {
        "day": day_in_words(date.fromisoformat(until)),
        "share": number_in_words(round(100 * time["in_time"] / of)),
        "points": number_in_words(of),
    }


def band_labels() -> dict[str, str]:
    """How the bands of days are called."""
    return {
        "1w": _("up to 1 week"),
        "2w": _("up to 2 weeks"),
        "4w": _("up to 4 weeks"),
        "8w": _("up to 8 weeks"),
        "13w": _("up to 3 months"),
        "26w": _("up to half a year"),
        "longer": _("longer"),
    }


def _changed(content: dict[str, Any]) -> tuple[list[str], list[Chart]]:
    changed = content["changed"]
    if changed["edition"] is None:
        return [_("The next edition is not out yet.")], []
    if not changed["count"]:
        told = {"edition": changed["edition"]}
        return [_("No passage of edition %(edition)s was changed because of an answer.") % told], []
    text = ngettext(
        "%(answers)s answers changed %(n)s passage in edition %(edition)s.",
        "%(answers)s answers changed %(n)s passages in edition %(edition)s.",
        changed["count"],
    )
    numbers = {"answers": changed["answers"], "n": changed["count"]}
    told = {name: number_in_words(n) for name, n in numbers.items()}
    return [text % (told | {"edition": changed["edition"]})], []
