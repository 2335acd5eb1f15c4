"""Both adapters against real servers: what is sent, what may go wrong, and marks on their way."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator

import pytest

from richtschnur.documents.marks import Mark
from richtschnur.translation.machine import MachineFailed, machine_of
from richtschnur.translation.machine.marked import draft_of, pieces_of
from richtschnur.translation.sources import Source
from tests.languages.machines import Machine, as_chat, as_json

KINDS = ("libretranslate", "openai")


@pytest.fixture
def machine() -> Iterator[Machine]:
    served = Machine()
    yield served
    served.stop()


def translator(machine: Machine, kind: str, **more: object):  # type: ignore[no-untyped-def]
    found = machine_of({"kind": kind, "url": f"{machine.url}/", "model": "m", "timeout": 2, **more})
    assert found is not None
    return found


def source(text: str, *marks: Mark, **more: object) -> Source:
    return Source(f"passage:{uuid.uuid4()}", text, marks, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", KINDS)
def test_texts_come_back_in_their_order(machine: Machine, kind: str) -> None:
    told = translator(machine, kind, key="secret").translate(["eins", "zwei"], "de", "uk")
    assert told == ["EINS", "ZWEI"]
    path, question, headers = machine.asked[0]
    if kind == "openai":
        assert path == "/chat/completions"
        assert headers["Authorization"] == "Bearer secret"
        assert "Ukrainian" in question["messages"][0]["content"]
    else:
        assert path == "/translate"
        assert (question["source"], question["target"]) == ("de", "uk")
        assert question["api_key"] == "secret"


def test_without_an_address_there_is_no_machine() -> None:
    assert machine_of({}) is None


@pytest.mark.parametrize(
    "options",
    [
        {"kind": "oracle", "url": "http://127.0.0.1:1"},
        {"kind": "openai"},
        {"kind": "openai", "url": "file:///etc/passwd"},
        {"url": "http://127.0.0.1:1"},
    ],
)
def test_half_a_setting_is_told(options: dict[str, str]) -> None:
    with pytest.raises(MachineFailed, match="settings") as told:
        machine_of(options)
    assert told.value.is_lasting


@pytest.mark.parametrize("kind", KINDS)
def test_a_slow_machine_is_not_waited_for(machine: Machine, kind: str) -> None:
    machine.delay = 1.5
    began = time.monotonic()
    with pytest.raises(MachineFailed, match="timeout"):
        translator(machine, kind, timeout=0.3).translate(["eins"], "de", "uk")
    assert time.monotonic() - began < 1.2


@pytest.mark.parametrize("kind", KINDS)
def test_nobody_at_the_address(machine: Machine, kind: str) -> None:
    found = translator(machine, kind)
    machine.stop()
    with pytest.raises(MachineFailed, match="unreachable") as told:
        found.translate(["eins"], "de", "uk")
    assert not told.value.is_lasting


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("status", "headers", "problem", "wait"),
    [
        (429, {"Retry-After": "7"}, "busy", 7),
        (429, {"Retry-After": "Mon, 02 Nov 2026 12:00:00 GMT"}, "busy", 60),
        (503, {}, "busy", 60),
        (401, {}, "refused", 0),
        (500, {}, "unreachable", 0),
        (302, {"Location": "https://elsewhere.example/"}, "refused", 0),
    ],
)
def test_what_a_machine_says_instead(
    machine: Machine, kind: str, status: int, headers: dict[str, str], problem: str, wait: int
) -> None:
    machine.answer = lambda path, question: as_json({"error": "no"}, status, **headers)
    with pytest.raises(MachineFailed) as told:
        translator(machine, kind).translate(["eins"], "de", "uk")
    assert (told.value.problem, told.value.wait) == (problem, wait)
    assert len(machine.asked) == 1


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "body", [b"", b"not json", b"[]", b"{}", b'{"translatedText": "one"}', b"[" * 100_000, b"\xff"]
)
def test_nonsense_is_told(machine: Machine, kind: str, body: bytes) -> None:
    machine.answer = lambda path, question: (200, {}, body)
    with pytest.raises(MachineFailed, match="nonsense"):
        translator(machine, kind).translate(["eins"], "de", "uk")


def test_part_of_an_answer_is_kept(machine: Machine) -> None:
    machine.answer = lambda path, question: as_chat({"1": "ONE", "2": "", "4": 7})
    told = translator(machine, "openai").translate(["a", "b", "c", "d"], "de", "uk")
    assert told == ["ONE", None, None, None]
    machine.answer = lambda path, question: as_json({"translatedText": ["ONE", None]})
    assert translator(machine, "libretranslate").translate(["a", "b"], "de", "uk") == ["ONE", None]


def test_an_answer_in_a_fence_is_read(machine: Machine) -> None:
    machine.answer = lambda path, question: as_chat('```json\n{"1": "ONE"}\n```')
    assert translator(machine, "openai").translate(["a"], "de", "de-simple") == ["ONE"]


def test_plain_german_is_nothing_for_every_machine(machine: Machine) -> None:
    with pytest.raises(MachineFailed, match="language"):
        translator(machine, "libretranslate").translate(["a"], "de", "de-simple")
    assert machine.asked == []


@pytest.mark.parametrize("kind", KINDS)
def test_marks_survive_the_way(machine: Machine, kind: str) -> None:
    one = source(
        "Alle Kinder & Eltern lernen Deutsch. Mehr <hier>.",
        Mark(5, 11, "strong"),
        Mark(5, 20, "emphasis"),
        Mark(36, 36, "note", "1"),
        Mark(42, 48, "link", "https://kreis.example/?a=1&b=2"),
    )
    pieces = translator(machine, kind).translate(pieces_of(one), "de", "tr")
    draft = draft_of(one, pieces)
    assert draft is not None
    assert draft.text == "ALLE KINDER & ELTERN LERNEN DEUTSCH. MEHR <HIER>."
    assert draft.marks == tuple(sorted(one.marks))
    assert not draft.is_doubtful
    assert "kreis.example" not in str(machine.asked)


@pytest.mark.parametrize(
    "told",
    [
        "no tags at all",
        '<span id="0">open for ever',
        'words</span> <span id="0">twice</span> <span id="0">twice</span>',
        '<span id="9">another number</span>',
        '<sup id="0">crossed <span id="1">over</sup> here</span>',
    ],
)
def test_marks_that_get_lost_leave_a_doubt(told: str) -> None:
    one = source("fett und mehr", Mark(0, 4, "strong"))
    draft = draft_of(one, [told])
    assert draft is not None
    assert draft.is_doubtful
    assert draft.marks == ()
    assert "<" not in draft.text


def test_markup_from_a_machine_is_text_at_most() -> None:
    one = source("Worte")
    draft = draft_of(one, ["<script>alert(1)</script> &lt;b&gt; &amp;amp;"])
    assert draft is not None
    assert draft.text == "alert(1) <b> &amp;"


def test_crossing_marks_are_dropped_with_a_doubt() -> None:
    one = source("eins zwei drei", Mark(0, 9, "strong"), Mark(5, 14, "emphasis"))
    assert pieces_of(one) == ["eins zwei drei"]
    draft = draft_of(one, ["one two three"])
    assert draft is not None
    assert draft.is_doubtful


def test_a_table_keeps_its_cells() -> None:
    one = source("Ziel | Jahr\nKurse \\| Treffs | 2027", caption="Plan", is_table=True)
    pieces = pieces_of(one)
    assert pieces == ["Ziel", "Jahr", "Kurse | Treffs", "2027", "Plan"]
    draft = draft_of(one, [piece.upper() for piece in pieces])
    assert draft is not None
    assert draft.text == "ZIEL | JAHR\nKURSE \\| TREFFS | 2027"
    assert draft.caption == "PLAN"
    assert draft_of(one, pieces[:-1]) is None
    assert draft_of(one, [*pieces[:-1], None]) is None


@pytest.mark.parametrize(
    "subject",
    ["comment:5", "contribution:" + str(uuid.uuid4()), "passage:7", "response:1", "passage:", ""],
)
def test_residents_words_are_no_source(subject: str) -> None:
    with pytest.raises(ValueError, match="not a text of a paper"):
        Source(subject, "Was ich sagen will")
