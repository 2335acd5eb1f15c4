"""`bench strategy`: the paper it makes, and that every figure of the contract is measured."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from richtschnur.bench.papers.long import as_text, long_paper
from richtschnur.bench.strategy import without_us
from richtschnur.bench.strategy_steps import everything
from richtschnur.documents.paper import Heading, Item, Table, Text
from richtschnur.documents.writing import write


def test_the_same_seed_makes_the_same_paper_of_the_asked_length() -> None:
    one, same, other = (long_paper(passages=400, random=Random(seed)) for seed in (5, 5, 6))
    assert one == same != other
    blocks = [block for block in one.blocks if not isinstance(block, Heading)]
    assert 400 <= len(blocks) + sum(len(b.notes) for b in blocks if isinstance(b, Text)) < 430
    assert {type(block) for block in blocks} == {Text, Item, Table}
    assert any(block.notes for block in blocks if isinstance(block, Text))
    assert as_text(one).count("\n\n") >= len(blocks)


@pytest.mark.django_db
def test_every_figure_of_the_contract_is_there(tmp_path: Path) -> None:
    path = tmp_path / "paper.md"
    write(long_paper(passages=220, random=Random(3)), "md", path)
    assert without_us(path) > 0
    figures = everything(str(path))
    wanted = {"passages", "import_s", "page_ms", "page_after_edit_ms", "compare_s", "pdf_s"}
    assert wanted <= set(figures)
    assert figures["passages"] >= 200
    assert all(figures[name] > 0 for name in wanted)
