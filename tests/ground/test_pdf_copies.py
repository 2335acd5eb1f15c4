"""Copies of PDF files tell nothing but what stands on their pages."""

from __future__ import annotations

import re
import zlib

import pypdfium2
import pytest

from richtschnur.documents import pdf_copy_child
from richtschnur.documents.attachments import kind_of
from richtschnur.documents.stripping import NotStripped, stripped
from tests.support.telling_pdf import SECRET, SEEN, TELLING, packed, pdf, stream

DOES = re.compile(
    rb"/(?:Metadata|JavaScript|JS|OpenAction|AA|Annots|EmbeddedFile|AcroForm|Outlines|PieceInfo"
    rb"|Thumb|StructTreeRoot|Producer|ID)\b"
)


def told(data: bytes) -> bytes:
    """The file with all its streams unpacked, and strings written in hex as they read."""
    out = [data]
    for start, end, is_stream in pdf_copy_child._parts(data):
        if is_stream:
            out.append(pdf_copy_child._inflated(data[start:end]))
        else:
            found = re.findall(rb"<([0-9A-Fa-f]{2,})>", data[start:end])
            out += [bytes.fromhex(one.decode()) for one in found if len(one) % 2 == 0]
    return b"".join(out)


def words(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    return "".join(page.get_textpage().get_text_range() for page in document)


@pytest.mark.parametrize("name", TELLING)
def test_what_hangs_on_a_pdf_goes(name: str) -> None:
    data = TELLING[name]
    assert SECRET in told(data)
    copy = stripped(data, "pdf")
    assert kind_of(copy) == "pdf"
    assert SECRET not in told(copy)
    assert not DOES.search(copy)
    assert words(copy).strip() == SEEN
    document = pypdfium2.PdfDocument(copy)
    assert not any(document.get_metadata_dict().values())
    assert document.count_attachments() == 0


def test_the_same_file_gives_the_same_copy() -> None:
    assert stripped(pdf(), "pdf") == stripped(pdf(), "pdf")


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\nnothing\nstartxref\n9\n%%EOF\n",
        pdf()[:400] + b"\nstartxref\n9\n%%EOF\n",
        pdf().replace(b"/Count 1", b"/Count 0").replace(b"/Kids[3 0 R]", b"/Kids[     ]"),
    ],
)
def test_what_cannot_be_read_is_not_published(data: bytes) -> None:
    with pytest.raises(NotStripped) as refused:
        stripped(data, "pdf")
    assert refused.value.code == "pdf"


def test_what_would_stay_is_refused() -> None:
    """Planted: notes of a camera in a picture that is packed once more, where none is blanked."""
    hidden = packed(b"Exif\0\0" + SECRET, b"/Type/XObject/Subtype/Image/Width 1/Height 1"
                    b"/ColorSpace/DeviceGray/BitsPerComponent 8")  # fmt: skip
    telling = pdf(more=(hidden,)).replace(b"/I 6 0 R", b"/I 10 0 R")
    with pytest.raises(NotStripped):
        stripped(telling, "pdf")


def test_brackets_within_words_end_no_value() -> None:
    data = b"/AA<</O(a\\)>>b)/C[(>>)]>>/Next 1"
    assert data[pdf_copy_child._end_of_value(data, 3, len(data)) :] == b"/Next 1"
    assert zlib.decompress(packed(b"x").split(b"stream\n")[1].split(b"\nendstream")[0]) == b"x"
    assert stream(b"x").endswith(b"endstream")
