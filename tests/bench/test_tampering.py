"""Each kind of tampering is found, and it is the verifier's checks that find it."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from richtschnur.bench import tampering
from richtschnur.bench.logs import honest
from richtschnur.bench.tampering import KINDS, Case, Files, case_of, judged, with_manifest
from richtschnur.journal import verifier

SOME = 8


def cases(kind: str) -> list[Case]:
    chances = [random.Random(f"{kind}/{number}") for number in range(SOME)]
    return [case_of(honest(chance), chance) for chance in chances]


@pytest.mark.parametrize("tamper", KINDS, ids=lambda kind: kind.__name__)
def test_each_kind_is_found_and_the_honest_log_is_not(tamper: Callable[[Case], Files]) -> None:
    for case in cases(tamper.__name__):
        report = judged(case, tamper(case))
        assert not report["ok"]
        assert all(report["problems"])
        assert judged(case, with_manifest(case.log.files()))["problems"] == []


WEAKENED = {
    "delete": ("_expect", "_receipt"),
    "edit": ("_expect", "_receipt", "_leaf"),
    "reorder": ("_expect", "_receipt", "_leaves"),
    "backdate": ("_expect", "_receipt", "_leaves"),
    "swap": ("_expect", "_receipt"),
    "fork": ("_expect", "_receipt", "_remember"),
    "cut": ("_remember", "_receipt"),
    "double": ("_leaves",),
    "lie": ("_manifest",),
}


@pytest.mark.parametrize("kind", WEAKENED)
def test_without_the_checks_nothing_is_found(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: a verifier that leaves these steps out is taken in."""
    for step in WEAKENED[kind]:
        monkeypatch.setattr(verifier.Check, step, lambda *_arguments: None)
    tamper = getattr(tampering, kind)
    assert any(judged(case, tamper(case))["ok"] for case in cases(kind))


def test_an_unsigned_checkpoint_is_found_by_its_signature(monkeypatch: pytest.MonkeyPatch) -> None:
    case = cases("signature")[0]
    files = with_manifest(case.log.files())
    bent = files["checkpoint"].replace("—".encode(), "–".encode())
    assert not judged(case, files | {"checkpoint": bent})["ok"]
    text, _gap, tail = files["checkpoint"].decode().partition("\n\n")
    name, data = tail.split()[1:]
    sign = "A" if data[-4] != "A" else "B"
    forged = f"{text}\n\n— {name} {data[:-4]}{sign}{data[-3:]}\n".encode()
    assert not judged(case, files | {"checkpoint": forged})["ok"]
    monkeypatch.setattr(verifier, "is_signed", lambda *_arguments: True)
    assert judged(case, files | {"checkpoint": forged})["ok"]


def test_the_frame_prints_the_promised_figures() -> None:
    said: list[str] = []
    few = tampering.FEW
    try:
        tampering.FEW = 10
        run = tampering.run(seed=3, is_quick=True, progress=said.append)[0]
    finally:
        tampering.FEW = few
    assert (run["tamperings"], run["found"]) == (10, 10)
    assert (run["honest_logs"], run["accused"], run["missed"]) == (10, 0, "")
