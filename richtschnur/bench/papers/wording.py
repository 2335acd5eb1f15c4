"""What editors do to sentences: other words, more words, slips mended."""

from __future__ import annotations

import re
from random import Random
from typing import Final

_ALIKE: Final = (
    ("unterstützt", "fördert", "stärkt"),
    ("erweitert", "baut aus", "vergrößert"),
    ("prüft", "untersucht", "bewertet"),
    ("plant", "bereitet vor", "beabsichtigt"),
    ("begleitet", "betreut"),
    ("finanziert", "bezahlt", "bezuschusst"),
    ("organisiert", "veranstaltet", "richtet aus"),
    ("entwickelt", "erarbeitet", "konzipiert"),
    ("wohnortnahe", "ortsnahe", "gut erreichbare"),
    ("niedrigschwellige", "leicht zugängliche"),
    ("kostenfreie", "kostenlose", "unentgeltliche"),
    ("regelmäßige", "wiederkehrende", "feste"),
    ("gemeinsame", "abgestimmte"),
    ("Angebote", "Möglichkeiten", "Formate"),
    ("Projekte", "Vorhaben"),
    ("Wege", "Verfahren"),
    ("Schulungen", "Workshops", "Seminare"),
    ("Informationen", "Auskünfte", "Hinweise"),
    ("Nachfrage", "Bedarf"),
    ("gemeinsam mit", "zusammen mit", "in Zusammenarbeit mit"),
    ("Nachbarn", "Einwohnern"),
    ("Feste", "Veranstaltungen"),
    ("Menschen", "Personen"),
    ("wünschen sich", "fordern", "erwarten"),
    ("zeigen", "belegen", "machen deutlich"),
    ("vereinzelt", "selten", "an wenigen Orten"),
    ("gebraucht werden", "nötig sind", "fehlen"),
    ("dauerhaft", "langfristig", "auf Dauer"),
    ("bewährt", "als hilfreich erwiesen"),
    ("richtet", "bietet"),
    ("findet", "kommt"),
    ("entstehen", "werden gebaut"),
    ("schult", "bildet aus", "qualifiziert"),
    ("aufgebaut", "eingerichtet", "begonnen"),
    ("jährlich überprüft", "einmal im Jahr geprüft"),
)
_MORE: Final = (
    "insbesondere",
    "weiterhin",
    "künftig",
    "nach Möglichkeit",
    "ausdrücklich",
    "verstärkt",
    "darüber hinaus",
    "im Einzelfall",
    "auch",
    "vor allem",
)
_TAILS: Final = (
    "soweit die Mittel reichen",
    "wie es der Kreistag beschlossen hat",
    "und berichtet darüber öffentlich",
    "auch außerhalb der Schulzeit",
    "ohne dass Kosten entstehen",
    "vorrangig im ländlichen Raum",
)


def other_words(random: Random, text: str, strength: float) -> str:
    """Replace a share of what can be replaced, add some words; `strength` 0..1."""
    changed = text
    for group in random.sample(_ALIKE, len(_ALIKE)):
        for word in group:
            if random.random() < strength and re.search(rf"\b{word}\b", changed):
                other = random.choice([one for one in group if one != word])
                changed = re.sub(rf"\b{word}\b", other, changed, count=1)
                break
    words = changed.split(" ")
    for _count in range(max(changed == text, round(strength * len(words) / 9))):
        words.insert(random.randint(1, len(words)), random.choice(_MORE))
    return " ".join(words)


def rewritten(random: Random, sentences: list[str]) -> list[str]:
    """Much said in other words and another order, with what it is about kept."""
    turned = [other_words(random, one, 0.9) for one in sentences]
    random.shuffle(turned)
    return [_turned(random, one) for one in turned]


def _turned(random: Random, text: str) -> str:
    parts = text.rstrip(".").split(", ")
    if len(parts) == 2 and random.random() < 0.5:
        parts = [parts[1][:1].upper() + parts[1][1:], parts[0][:1].lower() + parts[0][1:]]
    if random.random() < 0.6:
        parts.append(random.choice(_TAILS))
    return ", ".join(parts) + "."


def mended(random: Random, text: str) -> str:
    """A slip made or mended: two letters in a longer word change places, or one is lost."""
    words = text.split(" ")
    long = [at for at, word in enumerate(words) if len(word) > 6 and word.isalpha()]
    if not long:
        return text + " "
    at = random.choice(long)
    word, cut = words[at], random.randint(2, len(words[at]) - 3)
    if random.random() < 0.5 and word[cut] != word[cut + 1]:
        words[at] = word[:cut] + word[cut + 1] + word[cut] + word[cut + 2 :]
    else:
        words[at] = word[:cut] + word[cut + 1 :]
    return " ".join(words)
