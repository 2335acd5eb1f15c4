"""publiccode.yml keeps to the lengths that its standard sets."""

import re
from pathlib import Path

import pytest

TEXT = (Path(__file__).resolve().parents[2] / "publiccode.yml").read_text(encoding="utf-8")


def description(language, key):
    part = re.search(rf"^  {language}:\n((?:    .*\n)+)", TEXT, re.MULTILINE).group(1)
    folded = re.search(rf"^    {key}: >-\n((?:      .*\n)+)", part, re.MULTILINE).group(1)
    return " ".join(folded.split())


@pytest.mark.parametrize("language", ["de", "en"])
def test_descriptions_have_the_right_length(language):
    assert len(description(language, "shortDescription")) <= 150
    assert 150 <= len(description(language, "longDescription")) <= 10_000
