"""One paper as it is written: text with page ends in it, and where its pieces truly begin."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, field
from random import Random

from richtschnur.bench.splitting.material import Subject, general

BETWEEN = 0.25  # demands with a line between their paragraphs
LINES = ("Hintergrund", "Praxisbeispiel", "Zur Begründung", "Unsere Erfahrung", "Kosten und Nutzen")
PAGE, LINE = 2_100, 80  # characters


@dataclass(frozen=True)
class Unit:
    """A true piece: where it begins, what it is, the passage that it speaks about, if any.

    `opening` is its first paragraph.
    """

    start: int
    kind: str
    place: int | None
    opening: str


@dataclass
class Writer:
    """Takes a paper paragraph by paragraph. `width` wraps lines as mails do; 0 leaves them long.

    `foot` and `head` are put at every page's end, also in the middle of a paragraph; {n} is the
    page's number.
    """

    random: Random
    foot: str = ""
    head: str = ""
    width: int = 0
    gap: str = "\n\n"
    notes: bool = False
    text: str = ""
    units: list[Unit] = field(default_factory=list)
    parts: list[tuple[str, str]] = field(default_factory=list)
    _page: int = 1
    _used: int = 0
    _next: tuple[str, int | None] | None = None

    def begin(self, kind: str, place: int | None = None) -> None:
        """What is written next begins a piece."""
        self._next = (kind, place)

    def add(self, text: str, style: str = "paragraph") -> None:
        """A paragraph, a heading or an item."""
        self.parts.append((style, text))
        if self.text:
            self.text += "\n" if style == "item" else self.gap
        if self._next:
            self.units.append(Unit(len(self.text), *self._next, text))
            self._next = None
        for at, page in enumerate(self._pages(text, style)):
            self.text += self._turn(at) + (
                textwrap.fill(page, self.width) if self.width and style != "lines" else page
            )

    def _pages(self, text: str, style: str) -> list[str]:
        """The paragraph in one, or cut in two where a page ends."""
        self._used += len(text) + 2
        if not (self.foot or self.head) or self._used < PAGE or style in ("heading", "lines"):
            return [text]
        rest = self._used - PAGE
        cut = text.rfind(" ", 0, max(1, len(text) - rest))
        self._used = rest
        return [text[:cut], text[cut + 1 :]] if cut > LINE else [text]

    def _turn(self, at: int) -> str:
        if at == 0:
            return ""
        self._page += 1
        note = self.random.choice(general()["footnote"])
        sheet = [f"{self._page} {note}" if self.notes else ""]
        sheet += [self.foot.format(n=self._page - 1), self.head.format(n=self._page)]
        return "\n\n" + "\n\n".join(line for line in sheet if line) + "\n\n"


def reasons(random: Random, subject: Subject, least: int = 5, most: int = 8) -> list[str]:
    """What speaks for a demand: two or three sentences of its own, others of every paper."""
    own = random.sample(subject.reasons, random.choice((2, 3)))
    count = random.randint(least, most)
    noun = subject.noun
    every = [s.replace("{N}", noun) for s in random.sample(general()["reason"], count)]
    said = [own[0], *random.sample(own[1:] + every, len(own) - 1 + len(every))]
    return [sentence[0].upper() + sentence[1:] for sentence in said]


def quotation(random: Random, subject: Subject) -> str:
    """The draft's words: a sentence or all, sometimes with a word lost on the way."""
    sentences = subject.passage.split(". ")
    said = subject.passage if random.random() < 0.5 else sentences[0].rstrip(".") + "."
    words = said.split()
    if len(words) > 12 and random.random() < 0.3:
        del words[random.randrange(4, len(words) - 4)]
    return " ".join(words)


def paragraphs(random: Random, sentences: list[str]) -> list[str]:
    """Sentences in one to three paragraphs, now and then with a line of its own between them."""
    count = random.choice((1, 2, 2, 3))
    size = -(-len(sentences) // count)
    made = [" ".join(sentences[at : at + size]) for at in range(0, len(sentences), size)]
    if len(made) > 1 and random.random() < BETWEEN:
        made.insert(1, random.choice(LINES))
    return made
