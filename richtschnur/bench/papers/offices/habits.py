"""The habits of offices: how headings are numbered, how goals and measures are put down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

GoalForm = Literal["heading-list", "label-list", "lines", "codes", "numbered", "headings", "none"]
MeasureForm = Literal[
    "heading-list", "label-list", "numbered", "headings", "codes", "sheets", "sheets-titled",
    "table", "run-in", "typed-list",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Habit:
    """`field` is the pattern of a guideline's heading; {n}, {A}, {t}, and "auto:" for a label
    that the numbering makes."""

    name: str
    numbers: Literal["counted", "counted-dot", "typed", "none"]
    field: str
    goals: GoalForm
    measures: MeasureForm
    container: str = "Handlungsfelder"
    look: Literal["style", "bold"] = "style"
    has_columns: bool = False
    has_cover: bool = True
    has_contents: bool = False
    has_boxes: bool = False
    has_changes: bool = False
    has_baseline: bool = True
    guiding: Literal["chapter", "run-in"] = "chapter"


HABITS: Final = (
    Habit("counted", "counted", "{t}", "heading-list", "heading-list", has_contents=True),
    Habit("named-lists", "none", "Leitlinie {n}: {t}", "label-list", "label-list",
          container="Leitlinien", has_boxes=True),
    Habit("fact-sheets", "counted-dot", "Handlungsfeld {A}: {t}", "lines", "sheets",
          has_contents=True),
    Habit("titled-sheets", "typed", "HF {n} – {t}", "codes", "sheets-titled", has_changes=True),
    Habit("measure-tables", "counted", "Handlungsfeld {n}: {t}", "numbered", "table",
          has_boxes=True),
    Habit("codes", "none", "Handlungsfeld {n} – {t}", "codes", "codes", has_columns=True),
    Habit("deep-headings", "counted", "Handlungsfeld {n}: {t}", "headings", "headings",
          has_contents=True, has_changes=True),
    Habit("run-in", "typed", "{t}", "none", "run-in", container="{N} Leitlinien mit Zielen",
          guiding="chapter"),
    Habit("bold-only", "typed", "Leitlinie {n}: {t}", "label-list", "numbered", look="bold",
          container="Leitlinien", has_cover=False),
    Habit("bold-bare", "none", "Handlungsfeld {n}: {t}", "label-list", "typed-list", look="bold",
          has_columns=True),
    Habit("auto-label", "counted", "auto:Leitlinie {n}: {t}", "heading-list", "numbered",
          container="Leitlinien des Kreises", has_changes=True, guiding="run-in"),
    Habit("columns", "counted-dot", "{t}", "label-list", "label-list",
          container="Strategische Handlungsfelder", has_columns=True, has_boxes=True),
    Habit("numbered", "counted", "Handlungsfeld {I}: {t}", "numbered", "headings",
          has_changes=True),
    Habit("typed-table", "typed", "Leitlinie {n} – {t}", "lines", "table",
          container="Leitlinien", has_baseline=False, guiding="run-in"),
)  # fmt: skip
NUMBER_WORDS: Final = {3: "Drei", 4: "Vier", 5: "Fünf", 6: "Sechs"}
ROMAN: Final = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII")
