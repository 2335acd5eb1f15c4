"""The recognised structure of a strategy paper, whatever shape it was written in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from richtschnur.documents.blocks import Block, Document
from richtschnur.documents.labels import announced_count, label
from richtschnur.documents.reading import read
from richtschnur.documents.reading.plain import read_plain
from richtschnur.documents.structure import Outline, lists, recognise
from tests.ground import papers
from tests.support.effort import spent

REAL_DRAFT = Path(__file__).parents[3] / "shared" / "input" / "003_fe87fc30482b2f26.txt"


def titles(outline: Outline, kind: str, parent: int | None = None) -> list[str]:
    return [
        one.title
        for one in outline.elements
        if one.kind == kind and (parent is None or one.parent == parent)
    ]


def codes(outline: Outline) -> set[str]:
    return {doubt.code for doubt in outline.doubts}


def markdown(tmp_path: Path, text: str) -> Outline:
    return recognise(read(papers.make(tmp_path, "md", text)))


@pytest.mark.skipif(not REAL_DRAFT.exists(), reason="shared/input is not here")
def test_the_real_draft() -> None:
    outline = recognise(read(REAL_DRAFT))
    chapters = [s.number for s in outline.sections if s.level == 1]
    assert chapters == ["", "1.", "2.", "3.", "4.", "5.", "6."]
    guidelines = [at for at, one in enumerate(outline.elements) if one.kind == "guideline"]
    numbers = [outline.sections[outline.elements[at].section].number for at in guidelines]
    assert numbers == [f"{n}." for n in range(1, 9)]
    for at in guidelines:
        assert titles(outline, "goal", at)
        assert titles(outline, "measure", at)
    assert titles(outline, "guiding_goal") == [
        "„Inklusion ermöglichen – Vielfalt gestalten – Teilhabe sichern.“"
    ]
    assert len(titles(outline, "baseline")) == 7
    assert [t.split()[0] for t in titles(outline, "responsibility")] == [
        "direkte",
        "mittelbare",
        "keine",
    ]
    assert titles(outline, "measure", guidelines[6])[-1].endswith("„Weltoffenes Altenburger Land“")


@pytest.mark.skipif(not REAL_DRAFT.exists(), reason="shared/input is not here")
def test_an_ambiguous_list_is_told_and_unsure() -> None:
    outline = recognise(read(REAL_DRAFT))
    unsure = [one.title for one in outline.elements if one.certainty < 0.5]
    assert {"Musikschule", "Sportinitiativen", "interkulturelle Festivals"} <= set(unsure)
    assert any(d.code == "list-ambiguous" and "Musikschule" in d.excerpt for d in outline.doubts)


@pytest.mark.parametrize("kind", papers.FORMATS)
def test_every_format_gives_the_whole_structure(tmp_path: Path, kind: papers.PaperFormat) -> None:
    outline = recognise(read(papers.make(tmp_path, kind)))
    truth = papers.TRUTH
    assert outline.title == truth.title
    assert titles(outline, "guiding_goal") == [truth.guiding_goal]
    found = [at for at, one in enumerate(outline.elements) if one.kind == "guideline"]
    assert [outline.elements[at].title for at in found] == [g.title for g in truth.guidelines]
    for at, guideline in zip(found, truth.guidelines, strict=True):
        assert titles(outline, "measure", at) == list(guideline.measures)
        goals = ", ".join(titles(outline, "goal", at))
        assert goals == ", ".join(goal.rstrip(".") for goal in guideline.goals)


def test_named_guidelines_with_labels(tmp_path: Path) -> None:
    outline = markdown(tmp_path, papers.labelled_markdown())
    assert titles(outline, "guideline") == ["Lernen", "Arbeiten", "Wohnen"]
    assert titles(outline, "goal") == [
        "Kein Kind bleibt ohne Förderung",
        "Eltern sind beteiligt",
        "Wer arbeiten will, findet Arbeit",
        "Wohnungen für alle",
    ]
    assert titles(outline, "measure") == [
        "Lesestunden in der Bücherei",
        "Elterncafé an jeder Schule",
        "Schulung für Fachkräfte, auch am Abend",
        "Messe am Kreishaus",
        "Praktikum auf Probe",
        "Tauschbörse",
        "Umbau leerer Höfe",
    ]
    assert titles(outline, "responsibility") == ["Bauamt"]
    assert len(titles(outline, "baseline")) == 2


def test_a_table_with_labelled_columns_and_bullets_in_cells() -> None:
    rows = (("Ziel", "Maßnahme", "Zuständig"), ("Lesen", "Paten • Bücherbus", "Kreis"))
    blocks = (Block("heading", "Leitlinie 1: Bildung", 1), Block("table", rows=rows))
    outline = recognise(Document("", blocks))
    assert titles(outline, "goal") == ["Lesen"]
    assert titles(outline, "measure") == ["Paten", "Bücherbus"]
    assert titles(outline, "responsibility") == ["Kreis"]


def test_numbered_goals_and_measures_as_headings(tmp_path: Path) -> None:
    outline = markdown(
        tmp_path,
        "## Handlungsfeld 1: Bildung\n\n### Ziel 1.1: Früh lesen\n\nText.\n\n"
        "#### Maßnahme 1.1.1: Bücherbus\n\nEr fährt.\n\n#### Maßnahme 1.1.2 – Paten\n",
    )
    assert titles(outline, "goal") == ["Früh lesen"]
    assert titles(outline, "measure") == ["Bücherbus", "Paten"]


def test_a_wrong_count_is_a_doubt(tmp_path: Path) -> None:
    text = papers.markdown().replace("Acht Leitlinien", "Neun Leitlinien")
    outline = markdown(tmp_path, text)
    doubts = [d for d in outline.doubts if d.code == "count-differs"]
    assert [d.detail for d in doubts] == ["9 / 8"]
    assert "count-differs" not in codes(markdown(tmp_path, papers.markdown()))


def test_headings_of_one_style_are_parted_by_their_numbers(tmp_path: Path) -> None:
    text = papers.markdown().replace("### ", "## ")
    outline = markdown(tmp_path, text)
    assert len(titles(outline, "guideline")) == 8
    assert "levels-by-number" in codes(outline)
    assert [s.number for s in outline.sections if s.level == 1][-3:] == ["4.", "5.", "6."]


def test_headings_without_a_style_are_found_by_number(tmp_path: Path) -> None:
    text = re.sub(r"(?m)^#{2,3} (\d)\.", r"\1\\.", papers.markdown())
    for kind in ("docx", "md"):
        outline = recognise(read(papers.make(tmp_path, kind, text)))
        assert len(titles(outline, "guideline")) == 8


def test_three_guidelines_and_chapter_four_are_told_apart() -> None:
    text = (
        "3. Drei Leitlinien\n\n1. Bildung\n\n• Maßnahmen: Kurse.\n\n"
        "2. Arbeit\n\n• Maßnahmen: Messe.\n\n3. Wohnen\n\n• Maßnahmen: Tausch.\n\n"
        "4. Ausblick\n\nEs geht weiter mit allen.\n"
    )
    outline = recognise(read_plain(text, language="de"))
    assert titles(outline, "guideline") == ["Bildung", "Arbeit", "Wohnen"]
    assert [s.number for s in outline.sections if s.level == 1] == ["3.", "4."]


def test_what_is_missing_is_a_doubt(tmp_path: Path) -> None:
    outline = markdown(tmp_path, "# Papier\n\n## Leitlinie 1: Bildung\n\nEin Absatz.\n")
    assert {"no-goal", "no-measure", "no-guiding-goal"} <= codes(outline)
    assert "no-guidelines" in codes(markdown(tmp_path, "# Papier\n\nEin Absatz.\n"))


def test_sections_with_measures_but_no_name_are_guessed_with_a_doubt(tmp_path: Path) -> None:
    text = "# Papier\n\n## Bildung\n\n- Lesen fördern.\n- Maßnahmen: Bus, Paten.\n\n## Ende\n\nX.\n"
    outline = markdown(tmp_path, text)
    assert titles(outline, "guideline") == ["Bildung"]
    assert "guideline-guessed" in codes(outline)
    assert titles(outline, "goal") == ["Lesen fördern"]


def test_text_before_the_first_heading_stands_in_a_section_of_its_own() -> None:
    blocks = (Block("paragraph", "Vorab."), Block("heading", "Bildung", 1))
    outline = recognise(Document("Papier", blocks))
    assert [(s.title, len(s.passages)) for s in outline.sections] == [("Papier", 1), ("Bildung", 0)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kurse, Praktika.", ["Kurse", "Praktika"]),
        ("Kurse (Deutsch, Mathe), Praktika", ["Kurse (Deutsch, Mathe)", "Praktika"]),
        ("Projekt „Bunt, laut“, Fest", ["Projekt „Bunt, laut“", "Fest"]),
        ("Kurse, die abends beginnen, Fest", ["Kurse, die abends beginnen", "Fest"]),
        ("Kurse; Fest, Musik und Tanz", ["Kurse", "Fest, Musik und Tanz"]),
        ("2,5 neue Stellen, Fest", ["2,5 neue Stellen", "Fest"]),
        (
            "Der Kreis wird Kurse anbieten, Feste auch.",
            ["Der Kreis wird Kurse anbieten, Feste auch"],
        ),
        ("Daten für Planung und Evaluation", ["Daten für Planung und Evaluation"]),
        ("(offen, Kurse", ["(offen", "Kurse"]),
    ],
)
def test_lists_of_measures(text: str, expected: list[str]) -> None:
    spans, _ = lists.measures(text, 0, len(text))
    assert [text[span.start : span.end] for span in spans] == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Maßnahmen:", "measure"),
        ("Massnahmen: a, b", "measure"),
        ("Ziele", "goal"),
        ("Strategische Ziele:", "goal"),
        ("Ausgangslage", "baseline"),
        ("Zuständigkeit: Jobcenter", "responsibility"),
        ("Zielgruppe: Familien", "other"),
        ("Umsetzung nach dem Dreischritt „Ausgangslage – Ziel – Maßnahmen“.", None),
        ("Ziele sind wichtig", None),
        ("Maßnahmen der Kommunen", None),
    ],
)
def test_labels(text: str, kind: str | None) -> None:
    found = label(text)
    assert (found.kind if found else None) == kind


def test_announced_counts() -> None:
    assert announced_count("Acht Leitlinien mit Zielen") == 8
    assert announced_count("Unsere 12 strategischen Handlungsfelder") == 12
    assert announced_count("Leitlinien 2030") is None


def test_five_thousand_passages_take_no_time() -> None:
    blocks = []
    for number in range(500):
        blocks.append(Block("heading", f"Leitlinie {number}: Titel", 1))
        blocks += [Block("item", "Kurse für alle fördern, Wege öffnen.", 1)] * 9
        blocks.append(Block("item", "Maßnahmen: Kurse, Praktika, Feste.", 1))
    start = spent()
    outline = recognise(Document("Papier", tuple(blocks)))
    assert len(titles(outline, "measure")) == 1500
    assert spent() - start < 3
