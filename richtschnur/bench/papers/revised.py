"""A county's paper and a revised edition of it, with the true origin of every passage."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from random import Random

from richtschnur.bench.papers import lookalikes
from richtschnur.bench.papers.sentences import FIELDS, paragraph
from richtschnur.bench.papers.wording import mended, other_words, rewritten


@dataclass(frozen=True)
class Line:
    """A passage; `origins` are the old edition's passages (by index) that it truly comes from."""

    sentences: tuple[str, ...]
    kind: str = "paragraph"
    is_lookalike: bool = False
    origins: tuple[int, ...] = ()

    @property
    def text(self) -> str:
        return " ".join(self.sentences)


@dataclass
class Chapter:
    """A heading with its passages."""

    title: str
    level: int
    lines: list[Line] = field(default_factory=list)


def paper(random: Random) -> list[Chapter]:
    """A paper of 60 to 250 passages: some general chapters and five to nine guidelines."""
    chapters = [
        Chapter(title, 1, [_text(random) for _count in range(random.randint(3, 9))])
        for title in ("Einleitung", "Ausgangslage", "Entstehung des Konzepts")
    ]
    families = lookalikes.families(random, 4)
    steckbrief = lookalikes.tables(random)
    for number, name in enumerate(random.sample(FIELDS, random.randint(5, 9)), start=1):
        chapters += _guideline(random, number, name, families, steckbrief)
    chapters.append(Chapter("Ausblick", 1, [_text(random) for _count in range(3)]))
    return _numbered(chapters)


def _guideline(
    random: Random,
    number: int,
    name: str,
    families: list[lookalikes.Family],
    steckbrief: lookalikes.Family,
) -> list[Chapter]:
    measures = [
        Line((random.choice(families).member(),), "item", True)
        for _count in range(random.randint(3, 7))
    ]
    tables = [Line((steckbrief.member(),), "table", True) for _count in range(random.randint(0, 2))]
    return [
        Chapter(f"Leitlinie {number}: {name}", 1, [_text(random), _text(random)]),
        Chapter("Ausgangslage", 2, [_text(random) for _count in range(random.randint(1, 4))]),
        Chapter("Ziele", 2, [_repeated("Ziele:"), *_items(random)]),
        Chapter("Maßnahmen", 2, [_repeated("Maßnahmen:"), *measures, *tables, *_refrain(random)]),
    ]


def _items(random: Random) -> list[Line]:
    return [Line(tuple(paragraph(random, 1, 1)), "item") for _n in range(random.randint(2, 5))]


def _refrain(random: Random) -> list[Line]:
    return [_repeated(text) for text in lookalikes.REPEATED[:5] if random.random() < 0.6]


def _repeated(text: str) -> Line:
    return Line((text,), "paragraph", True)


def _text(random: Random) -> Line:
    return Line(tuple(paragraph(random)))


def _numbered(chapters: list[Chapter]) -> list[Chapter]:
    count = 0
    for chapter in chapters:
        for at, line in enumerate(chapter.lines):
            chapter.lines[at] = replace(line, origins=(count,))
            count += 1
    return chapters


def revise(random: Random, chapters: list[Chapter]) -> list[Chapter]:
    """A revised edition: most stays, the rest is edited in every way that editors know."""
    new = [Chapter(c.title, c.level, list(c.lines)) for c in chapters]
    taken = {line.text for chapter in chapters for line in chapter.lines}
    _lookalike_mischief(random, new, taken)
    for chapter in new:
        _edit_lines(random, chapter, taken)
    _move_lines(random, new)
    _no_doubles(chapters, new)
    new = _move_guideline(random, new)
    if random.random() < 0.3:
        new = _drop_subchapter(random, new)
    return _renumbered(random, new)


def _edit_lines(random: Random, chapter: Chapter, taken: set[str]) -> None:
    lines = chapter.lines
    edited: list[Line] = []
    at = 0
    while at < len(lines):
        following = lines[at + 1] if at + 1 < len(lines) else None
        if following and _may_merge(lines[at], following) and random.random() < 0.02:
            origins = lines[at].origins + following.origins
            sentences = lines[at].sentences + following.sentences
            edited.append(_maybe_touched(random, Line(sentences, origins=origins)))
            at += 2
            continue
        edited += _edited(random, lines[at], taken)
        at += 1
    chapter.lines = edited


def _may_merge(line: Line, following: Line) -> bool:
    plain = {line.kind, following.kind} == {"paragraph"}
    return plain and not (line.is_lookalike or following.is_lookalike)


def _maybe_touched(random: Random, line: Line) -> Line:
    if random.random() < 0.3:
        return _reworded(random, line, 0.15)
    return line


def _reworded(random: Random, line: Line, strength: float) -> Line:
    return replace(line, sentences=tuple(other_words(random, s, strength) for s in line.sentences))


def _edited(random: Random, line: Line, taken: set[str]) -> list[Line]:  # noqa: PLR0911
    """One passage after editing: itself, changed, cut, gone, or with a new one behind it."""
    if not line.origins or line.text in lookalikes.REPEATED:
        return [] if random.random() < 0.02 else [line]
    dice = random.random()
    if dice < 0.03:
        return []
    if dice < 0.06:
        return [line, _fresh(random, line)]
    if dice < 0.09 and len(line.sentences) > 1:
        return _cut(random, line)
    if line.kind == "table" and dice < 0.985:
        return [_other_cells(random, line) if dice < 0.3 else line]
    if dice > 0.985:
        if line.text not in taken:
            return [line]  # other words and other facts could make it another passage's equal
        facts = tuple(lookalikes.other_fact(random, s, taken) for s in line.sentences)
        return [replace(line, sentences=facts)]
    return [_with_other_words(random, line, dice)]


def _fresh(random: Random, line: Line) -> Line:
    return Line(tuple(paragraph(random, 1, 1 if line.kind == "item" else 4)), line.kind)


def _cut(random: Random, line: Line) -> list[Line]:
    place = random.randint(1, len(line.sentences) - 1)
    halves = (line.sentences[:place], line.sentences[place:])
    return [_maybe_touched(random, replace(line, sentences=half)) for half in halves]


def _other_cells(random: Random, line: Line) -> Line:
    text = line.text.replace("Zeitraum | ", "Zeitraum | voraussichtlich ")
    if random.random() < 0.5:
        text += "\nPartner | " + random.choice(("Vereine", "Gemeinden", "freie Träger"))
    return replace(line, sentences=(text,))


def _with_other_words(random: Random, line: Line, dice: float) -> Line:
    for limit, strength in ((0.25, 0.2), (0.31, 0.5), (0.33, 0.9)):
        if 0.13 <= dice < limit:
            return _reworded(random, line, strength)
    sentences = line.sentences
    if dice < 0.13:
        place = random.randrange(len(sentences))
        slip = mended(random, sentences[place])
        sentences = (*sentences[:place], slip, *sentences[place + 1 :])
    elif dice < 0.345 and not line.is_lookalike:
        sentences = tuple(rewritten(random, list(sentences)))
    elif dice < 0.375 and not line.is_lookalike:
        sentences = (*sentences, *paragraph(random, 1, 2))
    elif dice < 0.395 and len(sentences) > 1:
        sentences = sentences[1:]
    return replace(line, sentences=sentences)


def _lookalike_mischief(random: Random, chapters: list[Chapter], taken: set[str]) -> None:
    """Swap look-alikes, drop one and edit its twin, put another one into a dropped one's place."""
    for chapter in chapters:
        places = [
            at
            for at, line in enumerate(chapter.lines)
            if line.is_lookalike and line.text not in lookalikes.REPEATED
        ]
        if len(places) < 3 or random.random() < 0.5:
            continue
        one, other = random.sample(places, 2)
        lines = chapter.lines
        act = random.choice(("swap", "drop", "replace"))
        if act == "swap":
            lines[one], lines[other] = lines[other], lines[one]
        elif act == "drop":
            if lines[other].kind == "item":
                lines[other] = _reworded(random, lines[other], 0.3)
            del lines[one]
        else:
            text = lookalikes.other_fact(random, lines[one].text, taken)
            lines[one] = Line((text,), lines[one].kind, True)


def _no_doubles(old: list[Chapter], new: list[Chapter]) -> None:
    """A passage that came to have the very words of another old one is nobody's to tell apart."""
    olds = [line for chapter in old for line in chapter.lines]
    owners: dict[str, set[int]] = {}
    for at, line in enumerate(olds):
        owners.setdefault(" ".join(line.text.split()), set()).add(at)
    for chapter in new:
        chapter.lines = [
            line
            for line in chapter.lines
            if line.text in lookalikes.REPEATED
            or owners.get(" ".join(line.text.split()), set(line.origins)) & set(line.origins)
            or not owners.get(" ".join(line.text.split()))
        ]


def _move_lines(random: Random, chapters: list[Chapter]) -> None:
    for _count in range(random.randint(0, 4)):
        start, goal = random.choice(chapters), random.choice(chapters)
        movable = [at for at, line in enumerate(start.lines) if len(line.text) > 60]
        if movable:
            line = start.lines.pop(random.choice(movable))
            goal.lines.insert(random.randint(0, len(goal.lines)), line)


def _move_guideline(random: Random, chapters: list[Chapter]) -> list[Chapter]:
    heads = [at for at, chapter in enumerate(chapters) if chapter.title.startswith("Leitlinie")]
    if random.random() < 0.5:
        return chapters
    at = random.choice(heads)
    branch, rest = chapters[at : at + 4], chapters[:at] + chapters[at + 4 :]
    heads = [at for at, chapter in enumerate(rest) if chapter.title.startswith("Leitlinie")]
    goal = random.choice(heads)
    return rest[:goal] + branch + rest[goal:]


def _drop_subchapter(random: Random, chapters: list[Chapter]) -> list[Chapter]:
    inner = [at for at, chapter in enumerate(chapters) if chapter.level == 2]
    at = random.choice(inner)
    return chapters[:at] + chapters[at + 1 :]


def _renumbered(random: Random, chapters: list[Chapter]) -> list[Chapter]:
    """Guidelines count anew; some get another name."""
    count = 0
    for chapter in chapters:
        if chapter.title.startswith("Leitlinie"):
            count += 1
            name = chapter.title.partition(": ")[2]
            if random.random() < 0.15:
                name = f"{name} für alle"
            chapter.title = f"Leitlinie {count}: {name}"
    return chapters
