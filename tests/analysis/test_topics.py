"""Topics: everyone gets one, certainties are honest, hostile texts do no harm."""

from __future__ import annotations

import json
import subprocess
import sys

import numpy as np
import pytest

from richtschnur.analysis.topics import Labelled, Topic
from richtschnur.analysis.topics.embedding import Remembering, cleaned
from richtschnur.analysis.topics.floor import CountedWords
from richtschnur.analysis.topics.learning import corrected, softmax
from richtschnur.analysis.topics.sorting import Sorter, suggest

TOPICS = [
    Topic("Verkehr", ("Busse und Bahnen fahren auch abends.", "Radwege und Haltestellen")),
    Topic("Schule", ("Kinder lernen Deutsch im Unterricht.", "Lehrkräfte und Hausaufgaben")),
    Topic("Wohnen", ("Bezahlbare Wohnungen, Mieten und Vermieter",)),
]
HOSTILE = [
    "",
    "   \n\t ",
    "<p><br></p><script></script>",
    "\u200b\u200e\u202e\u2066",
    "😀😀😀",
    "\0\0",
    "Bus " * 5_000,
    "x" * 20_000,
    "Busse автобус حافلة бус バス Haltestellen",
    "\ufdfa" * 3_000,
    "\ud800 Bus",
    "<b onclick=x>Radwege</b> und &amp; Haltestellen",
    "<" * 20_000,
]
WORDLESS = 6  # the first of them


def best(text, **given):
    return suggest([text], TOPICS, **given)[0][0].topic


def test_topics_own_words_suffice():
    assert best("Der Bus fährt abends nicht mehr zur Haltestelle.") == "Verkehr"
    assert best("Im Unterricht lernen die Kinder zu wenig.") == "Schule"
    assert best("Die Mieten der Wohnungen steigen.") == "Wohnen"


def test_clicks_are_learned():
    text = "Der Kindergarten braucht mehr Plätze."
    topics = [Topic("Alpha"), Topic("Beta")]
    labelled = [Labelled("Plätze im Kindergarten fehlen", "Beta"), Labelled("Flüsse", "Alpha")] * 3
    assert suggest([text], topics, labelled=labelled)[0][0].topic == "Beta"
    other = [
        Labelled(each.text, {"Beta": "Alpha"}.get(each.topic_name, "Beta")) for each in labelled
    ]
    assert suggest([text], topics, labelled=other)[0][0].topic == "Alpha"


def test_labels_of_unknown_topics_are_left_out():
    labelled = [Labelled("Kinder lernen im Unterricht", "Weg damit")]
    assert best("Im Unterricht lernen die Kinder.", labelled=labelled) == "Schule"


@pytest.mark.parametrize("at", range(len(HOSTILE)))
def test_hostile_texts_get_suggestions_like_every_other(at):
    found = suggest([HOSTILE[at]], TOPICS)[0]
    assert len({each.topic for each in found}) == 3
    assert all(0 <= each.certainty <= 1 for each in found)
    assert sum(each.certainty for each in found) <= 1


def test_without_words_the_certainty_is_that_of_not_looking():
    labelled = [Labelled(f"Bus {n}", "Verkehr") for n in range(30)]
    sorter = Sorter.fit(TOPICS, labelled)
    ranked = sorter.rank(HOSTILE[:WORDLESS])
    assert all(each == ranked[0] for each in ranked)
    assert ranked[0][0].topic == "Verkehr"
    assert len({each.certainty for each in suggest(["😀"], TOPICS)[0]}) == 1


def test_batches_make_no_difference():
    texts = [f"Text {n} über Busse, Mieten und Unterricht" for n in range(20)]
    sorter = Sorter.fit(TOPICS, background=texts)
    together = sorter.rank(texts)
    assert together == [sorter.rank([text])[0] for text in texts]


def test_topics_must_be_different():
    for topics in ([], [Topic("A"), Topic("A")]):
        with pytest.raises(ValueError, match="topics"):
            Sorter.fit(topics)


def test_topics_without_words_do_no_harm():
    found = suggest(["Der Bus"], [Topic("😀"), Topic("👍")])[0]
    assert [each.certainty for each in found] == [0.5, 0.5]


def test_no_topic_has_more_than_its_share_of_a_text():
    assert suggest(["Bus"], [Topic("Bus")], count=3)[0][0].certainty == 1


class Counting:
    name = "counting"

    def __init__(self):
        self.asked = []

    def embed(self, texts, /):
        self.asked += texts
        return CountedWords().embed(texts)


def test_the_same_words_are_asked_for_once():
    counting, memory = Counting(), {}
    first = Remembering(counting, memory, batch=2)
    rows = first.embed(["a b", "c", "a  b", "", "<i>c</i>", "d"])
    assert counting.asked == ["a b", "c", "d"]
    assert np.array_equal(rows[0], rows[2])
    assert not rows[3].any()
    again = Remembering(counting, memory)
    assert np.array_equal(again.embed(["d", "a b"]), rows[[5, 0]])
    assert counting.asked == ["a b", "c", "d"]


def test_two_models_share_no_memory():
    counting, memory = Counting(), {}
    Remembering(counting, memory).embed(["a"])
    other = Counting()
    other.name = "other"
    Remembering(other, memory).embed(["a"])
    assert other.asked == ["a"]


def test_certainty_is_corrected_by_what_came_true():
    rng = np.random.default_rng(7)
    truth = rng.normal(size=(4_000, 3)) * 2
    labels = np.array([rng.choice(3, p=own) for own in softmax(truth)])
    even = np.ones(3) / 3
    for times in (1, 2):
        told = corrected(truth * times, labels, even)
        assert told.temperature == pytest.approx(times, abs=0.2)
        assert told.doubt <= 0.05
    is_wrong = rng.random(len(labels)) < 0.2
    clicked = np.where(is_wrong, rng.integers(0, 3, len(labels)), labels)
    assert corrected(truth, clicked, even).doubt == pytest.approx(0.2, abs=0.06)


def test_cleaned_is_short_and_plain():
    assert cleaned("<b>Rad</b>weg\u200b\u202e \n\n neu") == "Rad weg neu"
    assert len(cleaned("\ufdfa" * 9_000)) <= 2_000
    assert cleaned("می\u200cخواهم") == "می\u200cخواهم"


def test_plain_values_come_without_numpy():
    code = (
        "import json, sys, richtschnur.analysis.topics; print(json.dumps('numpy' in sys.modules))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert json.loads(told.stdout) is False
