"""Staff let the words of a file be read into the form, and check them before they are stored."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from richtschnur.bench.papers.offices.docx import write_docx
from richtschnur.bench.papers.offices.sheet import Heading, Paragraph, Sheet, plain
from richtschnur.bench.papers.offices.typeset import write_pdf
from richtschnur.contributions.models import Contribution
from tests.evaluation.answering import logged_in
from tests.support.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english", "own_home")]
SHEET = Sheet(
    "",
    "Verband Aue",
    "Seite",
    [Heading(2, "1. Mehr Kurse"), Paragraph(plain("Der Kreis braucht Kurse am Abend."))],
)


def read(world: World, data: bytes, name: str, **typed: str) -> str:
    address = reverse("contributions:record", args=[world.consultation.slug])
    given = {"read": "1", "rows": "5", "key": "k" * 32} | typed
    file = SimpleUploadedFile(name, data)
    answer = logged_in(world.officer).post(address, {**given, "files": file})
    assert Contribution.objects.count() == 0
    return answer.content.decode()


@pytest.mark.parametrize("name", ["Stellungnahme.docx", "Stellungnahme.pdf", "Stellungnahme.txt"])
def test_the_words_stand_in_the_first_empty_row(name: str) -> None:
    write = {"docx": write_docx, "pdf": write_pdf}.get(name.partition(".")[2])
    data = write(SHEET) if write else b"1. Mehr Kurse\n\nDer Kreis braucht Kurse am Abend."
    page = read(World(), data, name, text_0="Schon getippt.")
    assert "Schon getippt." in page
    assert "Mehr Kurse\n\nDer Kreis braucht Kurse am Abend." in page
    assert "nothing is stored yet" in page
    assert 'name="held"' in page


def test_a_file_without_words_is_named_with_what_to_do() -> None:
    page = read(World(), b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "Scan.png", text_0="Bleibt.")
    assert "Bleibt." in page
    assert "nothing is stored yet" not in page
    assert 'id="files_error_1"' in page


def test_reading_without_a_file_says_so() -> None:
    world = World()
    address = reverse("contributions:record", args=[world.consultation.slug])
    page = logged_in(world.officer).post(address, {"read": "1", "rows": "5", "text_0": "Bleibt."})
    assert "Please add the file" in page.content.decode()
    assert "Bleibt." in page.content.decode()
