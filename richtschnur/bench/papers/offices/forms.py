"""The many forms in which goals and measures of a field are put down."""

from __future__ import annotations

from typing import Protocol

from richtschnur.bench.papers.offices.county import Field, Goal, Measure
from richtschnur.bench.papers.offices.habits import Habit
from richtschnur.bench.papers.offices.sheet import Items, Paragraph, Part, Run, Table, plain


class Composer(Protocol):
    habit: Habit

    def add(self, part: Part) -> None: ...
    def element(self, kind: str, words: str) -> None: ...
    def heading(self, level: int, text: str) -> None: ...
    def text(self, words: str) -> None: ...


def write_goals_and_measures(to: Composer, one: Field, count: int) -> None:
    """Everything under a field's heading, with its elements in the truth."""
    _baseline(to, one)
    if to.habit.goals == "headings":
        for place, goal in enumerate(one.goals, 1):
            _goal_heading(to, goal, f"{count}.{place}")
        return
    _goals(to, one, count)
    _measures(to, one, one.measures, str(count))


def _baseline(to: Composer, one: Field) -> None:
    form = to.habit.goals
    if form == "none":
        return
    if form == "heading-list":
        to.heading(3, "Ausgangslage")
    elif form == "label-list":
        to.add(Paragraph((Run("Ausgangslage", "bold"),), "label"))
    else:
        to.add(Paragraph((Run("Ausgangslage:", "bold"), Run(" " + one.baseline[0]))))
        return
    for words in one.baseline:
        to.text(words)


def _goals(to: Composer, one: Field, count: int) -> None:
    form = to.habit.goals
    texts = [goal.text for goal in one.goals]
    entries = tuple((1, plain(text)) for text in texts)
    if form == "heading-list":
        to.heading(3, "Ziele")
        to.add(Items(entries))
    elif form == "label-list":
        to.add(Paragraph((Run("Ziele", "bold"),), "label"))
        to.add(Items(entries))
    elif form == "numbered":
        to.add(Paragraph((Run("Ziele:", "bold"),), "label"))
        to.add(Items(entries, "1."))
    elif form == "lines":
        for place, text in enumerate(texts, 1):
            to.add(Paragraph((Run(f"Ziel {count}.{place}:", "bold"), Run(f" {text}"))))
    elif form == "codes":
        for place, text in enumerate(texts, 1):
            to.add(Paragraph((Run(f"TZ {count}.{place}", "bold"), Run(f" {text}"))))
    else:
        to.add(Items(entries))
    for text in texts:
        to.element("goal", text)


def _goal_heading(to: Composer, goal: Goal, number: str) -> None:
    to.heading(3, f"Ziel {number}: {goal.text.rstrip('.')}")
    to.element("goal", goal.text)
    to.text("Darum geht es in diesem Ziel: Es beschreibt, was erreicht sein soll.")
    for place, one in enumerate(goal.measures, 1):
        to.heading(4, f"Maßnahme {number}.{place}: {one.title}")
        _described(to, one)


def _described(to: Composer, one: Measure) -> None:
    to.element("measure", one.title)
    to.text(one.text)
    for label, words in (
        ("Zuständig", one.office),
        ("Zeitraum", one.period),
        ("Indikator", one.indicator),
    ):
        to.add(Paragraph((Run(f"{label}:", "bold"), Run(f" {words}"))))


def _measures(to: Composer, one: Field, measures: tuple[Measure, ...], count: str) -> None:
    form = to.habit.measures
    if form == "run-in":
        words = ", ".join(measure.title for measure in measures)
        to.add(Items(((1, plain(f"Maßnahmen: {words}.")),)))
    elif form in {"heading-list", "label-list", "numbered", "typed-list"}:
        if form == "heading-list" or to.habit.goals == "heading-list":
            to.heading(3, "Maßnahmen")
        else:
            to.add(Paragraph((Run("Maßnahmen", "bold"),), "label"))
        entries = tuple((1, plain(measure.title)) for measure in measures)
        forms = {"numbered": "1.", "typed-list": "typed-•"}
        to.add(Items(entries, forms.get(form, "•")))  # type: ignore[arg-type]
    elif form == "table":
        _table(to, measures)
        return
    else:
        for place, measure in enumerate(measures, 1):
            _one(to, measure, f"{count}.{place}", form)
        return
    for measure in measures:
        to.element("measure", measure.title)


def _one(to: Composer, one: Measure, number: str, form: str) -> None:
    if form == "headings":
        to.heading(3, f"Maßnahme {number}: {one.title}")
        _described(to, one)
    elif form == "codes":
        to.heading(3, f"M {number} {one.title}")
        _described(to, one)
    else:
        _sheet(to, one, number, is_titled=form == "sheets-titled")


def _sheet(to: Composer, one: Measure, number: str, *, is_titled: bool) -> None:
    rows = [
        ("Beschreibung", one.text),
        ("Zuständigkeit", one.office),
        ("Zeitraum", one.period),
        ("Indikator", one.indicator),
        ("Kosten", one.cost),
    ]
    head = (f"Maßnahme {number}: {one.title}", "") if is_titled else ("Maßnahme", one.title)
    to.element("measure", one.title)
    spans = (0,) if is_titled else ()
    to.add(Table((head, *rows), spans=spans, widths=(28, 72)))
    to.add(Paragraph(plain("")))


def _table(to: Composer, measures: tuple[Measure, ...]) -> None:
    rows = [("Nr.", "Maßnahme", "Zuständig", "Zeitraum", "Indikator")]
    for place, one in enumerate(measures, 1):
        rows.append((str(place), one.title, one.office, one.period, one.indicator))
        to.element("measure", one.title)
    to.add(Table(tuple(rows), widths=(8, 34, 22, 16, 20)))
