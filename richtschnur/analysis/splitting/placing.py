"""Where in the paper a piece belongs: by what it names, then what it quotes, then its words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from richtschnur.analysis.splitting.quoting import Quotations
from richtschnur.analysis.splitting.references import References
from richtschnur.analysis.splitting.shapes import Method, Place, Ranked, Words
from richtschnur.analysis.splitting.wording import Wording

MOST = 3
NAMED, QUOTED = 4.0, 2.0  # beside a cosine of at most 1
SUREST = 0.97
SHARPNESS = 5  # fits how often the first was right where the rules were tried out
DOUBT = 0.05  # a cosine that is as likely wrong as right


class Placing:
    """The consulted paper, ready to be asked for the places of pieces."""

    def __init__(self, paper: Sequence[Place], words: Words, pieces: Iterable[str]) -> None:
        self._paper = paper
        self._named, self.quoted = References(paper), Quotations(paper)
        self._wording = Wording(paper, words, pieces)

    def ranked(self, text: str) -> tuple[Ranked, ...]:
        """Up to three places, the likeliest first; none when nothing speaks for any."""
        named, quoted, alike = self.evidence(text)
        total = {
            at: NAMED * named.get(at, 0) + QUOTED * quoted.get(at, 0) + alike.get(at, 0)
            for at in {*named, *quoted, *alike}
        }
        best = sorted(total, key=lambda at: (-total[at], at))[:MOST]
        whole = sum(total[at] ** SHARPNESS for at in best) or 1.0
        return tuple(
            Ranked(
                self._paper[at].id,
                round(
                    min(SUREST, total[at] ** SHARPNESS / whole * total[at] / (total[at] + DOUBT)), 3
                ),
                _method(named.get(at, 0), quoted.get(at, 0)),
            )
            for at in best
            if total[at] > 0
        )

    def names(self, text: str) -> bool:
        """Whether a text names a section, a passage or a title of the paper."""
        return bool(self._named.scores(text))

    def evidence(self, text: str) -> tuple[dict[int, float], dict[int, float], dict[int, float]]:
        """What is named, quoted, alike in words: by a passage's place in the list."""
        return (
            self._named.scores(text),
            self.quoted.scores(text),
            self._wording.scores(text),
        )


def _method(named: float, quoted: float) -> Method:
    if named:
        return "reference"
    return "quotation" if quoted else "wording"
