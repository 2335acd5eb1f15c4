"""A county's content put down by an office's habits: the sheet and the truth about it."""

from __future__ import annotations

from random import Random
from typing import Final

from richtschnur.bench.papers.offices.county import Chapter, County, Field, county
from richtschnur.bench.papers.offices.forms import write_goals_and_measures
from richtschnur.bench.papers.offices.habits import HABITS, NUMBER_WORDS, ROMAN, Habit
from richtschnur.bench.papers.offices.sheet import (
    Box,
    Break,
    Heading,
    Items,
    Paragraph,
    Part,
    Picture,
    Run,
    Sheet,
    Table,
    plain,
)
from richtschnur.bench.papers.sentences import sentence

_ARABIC: Final = ("مرحبا بكم في المنطقة", "نحن هنا لمساعدتكم")


def paper(random: Random, habit: Habit) -> Sheet:
    """One paper of an office with this habit."""
    return _Composer(random, habit, county(random)).sheet()


def papers(seed: int, count: int) -> list[tuple[Habit, Sheet]]:
    """So many papers; the habits take turns."""
    random = Random(seed)  # noqa: S311 - made-up papers
    order = random.sample(HABITS, len(HABITS))
    chosen = [order[at % len(order)] for at in range(count)]
    return [(habit, paper(Random(random.random()), habit)) for habit in chosen]  # noqa: S311


class _Composer:
    def __init__(self, random: Random, habit: Habit, content: County) -> None:
        self.random = random
        self.habit = habit
        self._content = content
        self._path: list[str] = []
        self._counts: list[int] = []
        self._pictures = 0
        self._sheet = Sheet(content.title, f"{content.name} · {content.title}", "Seite")

    def sheet(self) -> Sheet:
        self._cover()
        opening, closing = self._content.opening, self._content.closing
        if self.habit.has_columns:
            self.add(Break("columns"))
        for chapter in opening if self.habit.has_baseline else opening[:1]:
            self._chapter(chapter, 1)
        self._guiding_goal()
        self._fields()
        for chapter in closing:
            self._chapter(chapter, 1)
        if self.habit.has_columns:
            self.add(Break("one-column"))
        return self._sheet

    def add(self, part: Part) -> None:
        self._sheet.parts.append(part)

    def element(self, kind: str, words: str) -> None:
        self._sheet.truth.elements.append((kind, words))

    def heading(self, level: int, text: str, *, numbered: bool = True, printed: str = "") -> None:
        """A heading and its place in the truth. `printed`: a label that the numbering makes."""
        counts = self._counts[: level - 1] + [0] * (level - 1 - len(self._counts))
        counts.append(self._counts[level - 1] + 1 if len(self._counts) >= level else 1)
        number, is_counted = "", False
        if numbered and self.habit.numbers != "none" and not printed:
            number = ".".join(map(str, counts))
            number += (
                "."
                if self.habit.numbers == "counted-dot"
                or (level == 1 and self.habit.numbers == "typed")
                else ""
            )
            is_counted = self.habit.numbers.startswith("counted")
        if numbered:
            self._counts = counts
        self._path = [*self._path[: level - 1], f"{printed} {text}".strip()]
        self._sheet.truth.sections.append(tuple(self._path))
        look = self.habit.look
        if printed:
            number, is_counted = printed, True
        self.add(Heading(level, text, number, is_counted, look))

    def text(self, words: str) -> None:
        """A paragraph, now and then with a footnote, words in bold, a change or a link."""
        runs = [Run(words)]
        chance = self.random.random()
        half = words.find(" ", len(words) // 2)
        if chance < 0.12:
            runs = [Run(words, note=sentence(self.random))]
        elif chance < 0.24 and half > 0:
            runs = [Run(words[:half], "bold"), Run(words[half:])]
        elif chance < 0.3 and half > 0:
            runs = [Run(words[:half]), Run(words[half:], "link")]
        elif chance < 0.34:
            runs = [Run(words + " "), Run(self.random.choice(_ARABIC), "arabic")]
        elif chance < 0.5 and self.habit.has_changes and half > 0:
            gone = Run(" " + sentence(self.random), "deleted")
            runs = [Run(words[:half], "inserted"), Run(words[half:]), gone]
        self.add(Paragraph(tuple(runs)))
        if self.habit.has_boxes and self.random.random() < 0.15:
            self.add(Box((sentence(self.random), sentence(self.random))))

    def _cover(self) -> None:
        if self.habit.has_cover:
            self.add(Paragraph(plain(self._content.title), "title"))
            self.add(Paragraph(plain(self._content.subtitle), "subtitle"))
            self.add(Paragraph(plain(f"{self._content.name}, {self._content.date}")))
            self._sheet.truth.sections.append((self._content.title,))
            if self.random.random() < 0.7:
                self.add(Break("page"))
        if self.habit.has_contents:
            self.add(Break("contents"))

    def _chapter(self, chapter: Chapter, level: int) -> None:
        self.heading(level, chapter.title, numbered=chapter.title != "Vorwort")
        for words in chapter.texts:
            self.text(words)
        if self.random.random() < 0.3:
            self._list()
        if self.random.random() < 0.25:
            self._picture()
        elif self.random.random() < 0.2:
            self._figures()
        for part in chapter.parts:
            self._chapter(part, level + 1)

    def _list(self) -> None:
        self.text("Dabei gilt für alle Beteiligten:")
        entries = [(1, plain(sentence(self.random))) for _ in range(self.random.randint(2, 4))]
        if self.random.random() < 0.4:
            entries.insert(1, (2, plain(sentence(self.random))))
        form = self.random.choice(("•", "1.", "a)"))
        self.add(Items(tuple(entries), form))  # type: ignore[arg-type]

    def _picture(self) -> None:
        self._pictures += 1
        words = sentence(self.random)
        self.add(Picture(f"Karte: {words}", f"Abbildung {self._pictures}: {words.rstrip('.')}"))

    def _figures(self) -> None:
        rows = [("Gemeinde", "2019", "2024")]
        for _ in range(4):
            low = self.random.randint(200, 900)
            town = sentence(self.random).split()[0]
            rows.append((town, str(low), str(low + self.random.randint(5, 200))))
        self.add(Table(tuple(rows), "Tabelle: Menschen in den Gemeinden"))

    def _guiding_goal(self) -> None:
        goal = self._content.guiding_goal
        if self.habit.guiding == "run-in":
            self.add(Paragraph(plain(f"Leitziel: {goal}")))
        else:
            self.heading(1, self.random.choice(("Leitbild", "Leitziel", "Vision und Leitziel")))
            self.text("Der Landkreis bekennt sich zu:")
            self.add(Paragraph(plain(goal), "quote"))
        self.element("guiding_goal", goal)

    def _fields(self) -> None:
        fields = self._content.fields
        title = self.habit.container.replace("{N}", NUMBER_WORDS.get(len(fields), "Drei"))
        self.heading(1, title)
        if "{N}" not in self.habit.container or self.random.random() < 0.5:
            self.text(sentence(self.random))
        for count, one in enumerate(fields, 1):
            self._field(one, count)

    def _field(self, one: Field, count: int) -> None:
        places = {"n": count, "A": chr(64 + count), "I": ROMAN[count], "t": "\0"}
        pattern = self.habit.field.removeprefix("auto:").format(**places)
        label = pattern.partition("\0")[0].strip()
        if self.habit.field.startswith("auto:"):
            self.heading(2, one.title, printed=label)
        else:
            typed = self.habit.numbers == "none" or "{" in self.habit.field.replace("{t}", "")
            words = pattern.replace("\0", one.title)
            self.heading(2, words, numbered=not typed or self.habit.numbers.startswith("counted"))
        self.element("guideline", one.title)
        write_goals_and_measures(self, one, count)
