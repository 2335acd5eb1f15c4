"""Files that mean harm, or are broken: each ends with its code, in time and in little memory."""

from __future__ import annotations

import io
import os
import random
import resource
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import typst

from richtschnur.documents.blocks import Unreadable
from richtschnur.documents.reading import Limits, read
from richtschnur.documents.reading.limits import run_confined
from tests.ground import papers
from tests.support.effort import spent

MEGABYTE = 1024 * 1024
Maker = Callable[[Path], Path]
# Nobody knows this file's password: its check values are made up.
LOCKED_PDF = b"""%%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>> endobj
4 0 obj <</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>> endobj
trailer <</Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]/Size 5>>
%%%%EOF
""" % (b"ab" * 32, b"cd" * 32)


def save(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def docx_with(folder: Path, parts: dict[str, bytes]) -> Path:
    """A DOCX whose named parts are replaced or added."""
    source = papers.make(folder, "docx", "Ein Absatz.")
    target = folder / "changed.docx"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for entry in old.infolist():
            if entry.filename not in parts:
                new.writestr(entry, old.read(entry))
        for name, data in parts.items():
            new.writestr(name, data, zipfile.ZIP_DEFLATED)
    return target


def document_xml(body: str, head: str = "") -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<w:document '
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"<w:body>{body}</w:body></w:document>"
    ).encode()


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def zip_bomb(folder: Path) -> Path:
    return docx_with(folder, {"word/media/big.bin": b"\0" * (310 * MEGABYTE)})


def zip_bomb_that_lies(folder: Path) -> Path:
    """The central directory says 1,000 bytes; the data unpack to far more."""
    path = docx_with(folder, {"word/document.xml": b" " * (40 * MEGABYTE)})
    data = bytearray(path.read_bytes())
    true_size = (40 * MEGABYTE).to_bytes(4, "little")
    return save(folder, "lies.docx", bytes(data.replace(true_size, (1000).to_bytes(4, "little"))))


def many_entries(folder: Path) -> Path:
    return docx_with(folder, {f"word/media/{n}": b"" for n in range(5000)})


def external_entity(folder: Path) -> Path:
    head = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    return docx_with(folder, {"word/document.xml": document_xml(paragraph("&x;"), head)})


def wide_external_entity(folder: Path) -> Path:
    head = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    text = document_xml(paragraph("&x;"), head).decode().replace("UTF-8", "UTF-16")
    return docx_with(folder, {"word/document.xml": text.encode("utf-16")})


def billion_laughs(folder: Path) -> Path:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in range(12))
    part = document_xml(paragraph("&a11;"), f"<!DOCTYPE w [{entities}]>")
    return docx_with(folder, {"word/styles.xml": part})


def nested_html(folder: Path) -> Path:
    return save(folder, "a.html", b"<html><body>" + b"<ul><li>a" * 10_000)


def nested_markdown(folder: Path) -> Path:
    return save(folder, "a.md", b"- " * 10_000 + b"a")


def nested_tables(folder: Path) -> Path:
    opening, closing = "<w:tbl><w:tr><w:tc>", "<w:p/></w:tc></w:tr></w:tbl>"
    body = opening * 1500 + paragraph("innen") + closing * 1500
    return docx_with(folder, {"word/document.xml": document_xml(body)})


def endless_paragraphs(folder: Path) -> Path:
    body = paragraph("Maßnahme") * 150_000
    return docx_with(folder, {"word/document.xml": document_xml(body)})


def endless_elements(folder: Path) -> Path:
    body = f"<w:p>{'<w:r/>' * 5_000_000}</w:p>"
    return docx_with(folder, {"word/document.xml": document_xml(body)})


def deep_elements(folder: Path) -> Path:
    body = f"<w:p><w:r>{'<w:x>' * 50_000}{'</w:x>' * 50_000}</w:r></w:p>"
    return docx_with(folder, {"word/document.xml": document_xml(body)})


def endless_styles(folder: Path) -> Path:
    rows = "".join(f'<w:style w:styleId="{n}" w:type="x"/>' for n in range(3_000_000))
    return docx_with(folder, {"word/styles.xml": f"<w:styles>{rows}</w:styles>".encode()})


def huge_picture(folder: Path) -> Path:
    """A picture of a gigabyte: its data are never unpacked."""
    path = folder / "changed.docx"
    docx_with(folder, {})
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/media/image1.png", "w", force_zip64=True) as stream,
    ):
        for _ in range(64):
            stream.write(bytes(16 * MEGABYTE))
    return path


def nested_quotes(folder: Path) -> Path:
    return save(folder, "a.md", b">" * 10_000 + b" a")


def encrypted_pdf(folder: Path) -> Path:
    return save(folder, "locked.pdf", LOCKED_PDF)


def encrypted_docx(folder: Path) -> Path:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1000
    return save(folder, "a.docx", ole + "EncryptedPackage".encode("utf-16-le") + b"\0" * 500)


def encrypted_odt(folder: Path) -> Path:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        manifest = "<manifest:manifest><manifest:encryption-data/></manifest:manifest>"
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", os.urandom(100))
    return save(folder, "a.odt", out.getvalue())


def old_word(folder: Path) -> Path:
    return save(folder, "a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1000)


def truncated_docx(folder: Path) -> Path:
    whole = papers.make(folder, "docx").read_bytes()
    return save(folder, "cut.docx", whole[: len(whole) // 2])


def broken_xml(folder: Path) -> Path:
    return docx_with(folder, {"word/document.xml": b"<w:document><w:body><w:p>"})


def truncated_pdf(folder: Path) -> Path:
    return save(folder, "cut.pdf", papers.make(folder, "pdf").read_bytes()[:300])


def pdf_without_text(folder: Path) -> Path:
    return save(folder, "scan.pdf", typst.compile(b"#rect(width: 5cm, height: 3cm)"))


def random_bytes(folder: Path) -> Path:
    return save(folder, "a.txt", random.Random(1).randbytes(5000))


def empty(folder: Path) -> Path:
    return save(folder, "a.docx", b"")


def white_space(folder: Path) -> Path:
    return save(folder, "a.txt", "\ufeff \n\f\t\n".encode())


def only_private(folder: Path) -> Path:
    return save(folder, "a.txt", "\ue001\ue002 \ue003".encode())


def oversized(folder: Path) -> Path:
    path = folder / "a.txt"
    with path.open("wb") as stream:
        stream.truncate(51 * MEGABYTE)
    return path


def spreadsheet(folder: Path) -> Path:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", "<a/>")
    return save(folder, "a.docx", out.getvalue())


def picture(folder: Path) -> Path:
    return save(folder, "a.pdf", b"\x89PNG\r\n\x1a\n" + b"\0" * 100)


def unknown_letters(folder: Path) -> Path:
    return save(folder, "a.txt", b"Ma\x81nahmen\x8d f\x90r alle")


CASES: list[tuple[Maker, set[str]]] = [
    (zip_bomb, {"oversized"}),
    (zip_bomb_that_lies, {"damaged", "oversized"}),
    (many_entries, {"oversized"}),
    (external_entity, {"hostile"}),
    (wide_external_entity, {"hostile"}),
    (billion_laughs, {"hostile"}),
    (nested_html, {"hostile", "oversized", "damaged", "timeout"}),
    (nested_markdown, {"hostile", "oversized", "damaged", "timeout"}),
    (nested_tables, {"hostile", "oversized", "damaged", "timeout"}),
    (endless_paragraphs, {"oversized", "damaged", "timeout"}),
    (endless_elements, {"oversized"}),
    (deep_elements, {"hostile"}),
    (endless_styles, {"oversized"}),
    (huge_picture, {"oversized"}),
    (nested_quotes, {"hostile", "oversized", "damaged", "timeout"}),
    (encrypted_pdf, {"encrypted"}),
    (encrypted_docx, {"encrypted"}),
    (encrypted_odt, {"encrypted"}),
    (old_word, {"unknown-format"}),
    (truncated_docx, {"damaged"}),
    (broken_xml, {"damaged"}),
    (truncated_pdf, {"damaged"}),
    (pdf_without_text, {"no-text"}),
    (random_bytes, {"damaged"}),
    (empty, {"empty"}),
    (white_space, {"empty"}),
    (only_private, {"no-text"}),
    (oversized, {"oversized"}),
    (spreadsheet, {"unknown-format"}),
    (picture, {"unknown-format"}),
    (unknown_letters, {"wrong-encoding"}),
]


@pytest.mark.parametrize(("maker", "codes"), CASES, ids=lambda case: getattr(case, "__name__", ""))
def test_a_bad_file_ends_with_its_code(maker: Maker, codes: set[str], tmp_path: Path) -> None:
    path = maker(tmp_path)
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.monotonic()
    with pytest.raises(Unreadable) as caught:
        read(path)
    assert caught.value.code in codes
    assert time.monotonic() - start < 30
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - own
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    assert grown < 250 * 1024  # KiB
    assert children < 1100 * 1024


def test_a_converter_that_takes_too_long_is_ended_with_its_children(tmp_path: Path) -> None:
    start = time.monotonic()
    with pytest.raises(Unreadable) as caught:
        run_confined(["sh", "-c", "sleep 54321 & wait"], Limits(seconds=1), tmp_path)
    assert caught.value.code == "timeout"
    assert time.monotonic() - start < 5
    left = [p for p in Path("/proc").glob("[0-9]*/cmdline") if b"54321" in _read(p)]
    assert not left


def test_limits_hold_without_prlimit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("richtschnur.documents.reading.limits.shutil.which", lambda _: None)
    assert read(papers.make(tmp_path, "docx")).title == papers.TRUTH.title
    assert read(papers.make(tmp_path, "pdf")).title == papers.TRUTH.title


def test_text_boxes_tracked_changes_and_lost_words_are_doubts(tmp_path: Path) -> None:
    box = (
        '<w:p><w:r><w:t>Vorher</w:t></w:r><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:'
        f'vml"><v:textbox><w:txbxContent>{paragraph("Im Kasten")}</w:txbxContent></v:textbox>'
        "</v:shape></w:pict></w:r></w:p>"
    )
    change = '<w:p><w:ins w:id="1" w:author="x"><w:r><w:t>Neu</w:t></w:r></w:ins></w:p>'
    path = docx_with(tmp_path, {"word/document.xml": document_xml(box + change)})
    document = read(path)
    text = " ".join(block.text for block in document.blocks)
    codes = {doubt.code for doubt in document.doubts}
    assert {"text-box", "tracked-changes"} <= codes
    assert "Neu" in text
    assert "Kasten" in text or "words-missing" in codes


def test_five_thousand_passages_are_read_in_seconds(tmp_path: Path) -> None:
    body = "\n\n".join(
        f"Absatz {n}: Der Landkreis fördert die Vereine in den Gemeinden, damit alle sie erreichen."
        for n in range(5000)
    )
    for kind in ("docx", "txt"):
        path = papers.make(tmp_path, kind, f"# Titel\n\n{body}\n")
        start = spent()
        assert len(read(path).blocks) == 5001
        assert spent() - start < 6


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""
