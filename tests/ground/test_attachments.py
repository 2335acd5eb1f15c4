"""What a file is, by its content; hostile ones are refused; copies lose what was not meant."""

from __future__ import annotations

import io
import zipfile

import pytest

from richtschnur.documents.attachments import Rejected, kind_of
from richtschnur.documents.stripping import NotStripped, stripped
from tests.support.files import AUTHOR, BAD, GOOD, PDF, docx, jpeg, odf, png


@pytest.mark.parametrize("name", BAD)
def test_hostile_and_odd_files_are_refused(name: str) -> None:
    data, code = BAD[name]
    with pytest.raises(Rejected) as refused:
        kind_of(data)
    assert refused.value.code == code


@pytest.mark.parametrize("kind", GOOD)
def test_the_content_tells_the_kind(kind: str) -> None:
    assert kind_of(GOOD[kind]) == kind


@pytest.mark.parametrize("kind", GOOD)
def test_cut_files_never_break_it(kind: str) -> None:
    for cut in range(1, len(GOOD[kind]), 7):
        try:
            kind_of(GOOD[kind][:cut])
        except Rejected:
            continue


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (png(AUTHOR), "png"),
        (jpeg(AUTHOR), "jpeg"),
        (GOOD["docx"], "docx"),
        (GOOD["xlsx"], "xlsx"),
        (GOOD["odt"], "odt"),
        (docx({"word/media/image1.jpeg": jpeg(AUTHOR)}), "docx"),
    ],
)
def test_a_copy_tells_nothing_of_its_maker(data: bytes, kind: str) -> None:
    assert AUTHOR in unpacked(data)
    copy = stripped(data, kind)
    assert AUTHOR not in unpacked(copy)
    assert kind_of(copy) == kind
    if kind in ("docx", "odt", "xlsx"):
        before, after = (zipfile.ZipFile(io.BytesIO(one)).namelist() for one in (data, copy))
        assert before == after


def unpacked(data: bytes) -> bytes:
    if not data.startswith(b"PK"):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


@pytest.mark.parametrize(
    ("data", "kind", "code"),
    [
        (PDF, "pdf", "pdf"),
        (docx({"word/comments.xml": b"<w:comments/>"}), "docx", "comments"),
        (docx({"word/document.xml": b'<w:ins w:author="Erika">'}), "docx", "comments"),
        (docx({"customXml/item1.xml": b"<x/>"}), "docx", "comments"),
        (docx({"word/media/image1.emf": b"\1\0\0\0"}), "docx", "picture"),
        (odf(more={"content.xml": b"<office:annotation>"}), "odt", "comments"),
        (odf(more={"content.xml": b"<text:tracked-changes>"}), "odt", "comments"),
    ],
)
def test_what_cannot_be_stripped_is_not_published(data: bytes, kind: str, code: str) -> None:
    with pytest.raises(NotStripped) as refused:
        stripped(data, kind)
    assert refused.value.code == code
