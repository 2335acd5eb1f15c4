"""Mass mails are found as their senders edited them; what merely shares a sentence stays apart."""

from __future__ import annotations

from random import Random

import pytest

from richtschnur.analysis.alike.grouping import grouped
from richtschnur.analysis.alike.wording import shared_words
from tests.support.effort import spent

MAIL = (
    "Die Buslinie nach Grünau fährt nur bis achtzehn Uhr. Wer abends einen Sprachkurs besucht,"
    " kommt danach nicht mehr nach Hause. Wir bitten den Kreistag, die Linie bis zweiundzwanzig"
    " Uhr zu verlängern und am Wochenende einen Rufbus einzurichten."
)
OTHER = (
    "In der Bücherei fehlen Bücher in einfacher Sprache. Die Lesepaten haben keinen Raum, in dem"
    " sie mit den Kindern üben können, und die Öffnungszeiten passen nicht zur Schule."
)
THIRD = (
    "Die Anerkennung von Abschlüssen dauert zu lange. Eine feste Ansprechpartnerin im Landratsamt"
    " würde vielen helfen, die heute von einer Stelle zur nächsten geschickt werden."
)
PADDING = [
    "quartz",
    "dolmen",
    "vesper",
    "knauf",
    "zirbel",
    "ottern",
    "laken",
    "fjord",
    "ampel",
    "grusel",
    "winde",
    "zeder",
]


def edited() -> dict[str, str]:
    return {
        "greeting": f"Sehr geehrte Damen und Herren,\n{MAIL}\nMit freundlichen Grüßen",
        "capitals": MAIL.upper(),
        "typing": MAIL.replace("Sprachkurs", "Sprahckurs").replace("Linie bis", "Linnie bis"),
        "punctuation": MAIL.replace(".", " – ").replace(",", " /"),
        "own sentence": f"Ich wohne selbst in Grünau und kenne das. {MAIL}",
        "mark-up": "<p>" + MAIL.replace(". ", ".</p>\n<p class='x'>") + "</p>",
        "entities": MAIL.replace("ü", "&uuml;").replace("ä", "&auml;"),
        "decomposed": MAIL.replace("ü", "u\u0308").replace("ä", "a\u0308"),
        "zero width": MAIL.replace("e", "e\u200b").replace(" ", " \u2067", 3),
        "soft hyphens": MAIL.replace("Sprachkurs", "Sprach\u00adkurs"),
        "padding": f"{MAIL} {PADDING}",
        "emoji": "🚌🚌 " + MAIL.replace(".", " 🙏"),
        "other order": " ".join(reversed(MAIL.split(". "))),
    }


@pytest.mark.parametrize("way", edited())
def test_an_edited_mass_mail_stays_in_its_campaign(way: str) -> None:
    assert grouped([OTHER, MAIL, THIRD, edited()[way]]) == [None, 1, None, 1]


def test_all_versions_together_are_one_group() -> None:
    texts = [MAIL, *edited().values(), OTHER, THIRD]
    assert grouped(texts) == [0] * (len(texts) - 2) + [None, None]


def test_one_common_sentence_makes_no_campaign() -> None:
    common = "Vielen Dank, dass Sie uns nach unserer Meinung fragen."
    texts = [f"{common} {own}" for own in (MAIL, OTHER, THIRD)]
    assert grouped(texts) == [None] * 3


def test_a_chain_is_no_group() -> None:
    """Each has most of its sentences in common with its neighbour, the first and the last none."""
    random = Random(7)
    letters = "abcdefghijklmnopqrstuvwxyz"
    sentences = [" ".join("".join(random.sample(letters, 6)) for _ in range(12)) for _ in range(16)]
    found = grouped([". ".join(sentences[at : at + 6]) for at in range(11)])
    assert found[0] is None or found[0] != found[-1]
    assert len(set(found)) > 1


@pytest.mark.parametrize(
    "text", ["", " \n\t", "😀😀😀", "…!?", "<br><p></p>", "\u200b\u200f", "\0"]
)
def test_texts_without_words_belong_to_no_group(text: str) -> None:
    assert grouped([text, text, MAIL]) == [None, None, None]


def test_the_same_short_words_are_a_group() -> None:
    assert grouped(["Danke!", "Nein.", "danke", "Mehr Busse", "mehr  BUSSE!"]) == [0, None, 0, 3, 3]


def test_nothing_and_one() -> None:
    assert grouped([]) == []
    assert grouped([MAIL]) == [None]


@pytest.mark.parametrize(
    "text",
    [
        "Bus " * 5_000,
        "a" * 20_000,
        "я" * 20_000,
        "<" * 20_000,
        "&" * 20_000,
        "<script>" * 2_500,
        "ß" * 20_000,
        "\ud800 einzeln",
        "ﬁ" * 20_000,
        "\u0301" * 20_000,
        "Übergang Переход انتقال 🙂 " * 800,
    ],
)
def test_odd_texts_are_grouped_with_themselves_alone(text: str) -> None:
    before = spent()
    found = grouped([text, MAIL, text, OTHER])
    assert found in ([0, None, 0, None], [None] * 4)
    assert spent() - before < 5


def test_the_order_of_others_changes_no_group() -> None:
    texts = [MAIL, OTHER, *edited().values(), THIRD, OTHER.upper()]
    there, back = grouped(texts), grouped(texts[::-1])[::-1]
    sets = [
        sorted(sorted(at for at, one in enumerate(f) if one == label) for label in set(f) - {None})
        for f in (there, back)
    ]
    assert sets[0] == sets[1]


def test_the_words_that_make_them_alike_are_shown() -> None:
    text = f"Ich wohne in Grünau. {MAIL} Danke."
    [(start, end)] = shared_words(text, [MAIL, edited()["greeting"], edited()["capitals"]])
    assert text[start:end] == MAIL.rstrip(".")


def test_nothing_shared_is_shown_as_nothing() -> None:
    assert shared_words(MAIL, [OTHER, THIRD]) == []
    assert shared_words(MAIL, []) == []
    assert shared_words("", [MAIL]) == []
