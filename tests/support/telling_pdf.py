"""A PDF that tells much beside its pages: written by hand, object by object."""

from __future__ import annotations

import zlib

SECRET = b"Geheimnis"
SEEN = "Mehr Busse am Abend"


def pdf(*, catalog: bytes = b"", page: bytes = b"", more: tuple[bytes, ...] = ()) -> bytes:
    """One page with SEEN on it; `catalog` and `page` are added there, `more` is object 10 on."""
    content = b"BT /F1 18 Tf 40 120 Td (" + SEEN.encode() + b") Tj ET q 50 0 0 50 9 9 cm /I Do Q"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R" + catalog + b">>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources"
        b"<</Font<</F1 5 0 R>>/XObject<</I 6 0 R>>>>" + page + b">>",
        stream(content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        stream(photograph(), b"/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray"
               b"/BitsPerComponent 8/Filter/DCTDecode/Metadata 7 0 R"),
        stream(b"<?xpacket begin?>" + SECRET, b"/Type/Metadata/Subtype/XML"),
        b"<</Author(" + SECRET + b")/Title(" + SECRET + b")/Producer(" + SECRET + b")>>",
        b"<</Creator(" + SECRET + b")>>",
        *more,
    ]  # fmt: skip
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root 1 0 R/Info 8 0 R/ID[<%s><%s>]>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1, SECRET.hex().encode(), SECRET.hex().encode(), start,
    )  # fmt: skip
    return bytes(out)


def stream(data: bytes, more: bytes = b"") -> bytes:
    return b"<<" + more + b"/Length %d>>\nstream\n" % len(data) + data + b"\nendstream"


def packed(data: bytes, more: bytes = b"") -> bytes:
    return stream(zlib.compress(data), more + b"/Filter/FlateDecode")


def photograph() -> bytes:
    """The frame of a JPEG whose camera tells where it was."""
    exif = b"Exif\0\0" + SECRET
    head = b"\xff\xd8\xff\xe1" + (len(exif) + 2).to_bytes(2, "big") + exif
    frame = b"\xff\xc0\x00\x0b\x08\x00\x01\x00\x01\x01\x01\x11\x00"
    return head + frame + b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00\x12\xff\xd9"


FILE = b"<</Type/Filespec/F(a.txt)/UF(a.txt)/EF<</F 11 0 R>>>>"
NOTE = b"<</Type/Annot/Subtype/Text/Rect[9 9 20 20]/T(" + SECRET + b")/Contents(" + SECRET + b")>>"
LINK = b"<</Type/Annot/Subtype/Link/Rect[9 9 99 20]/A<</S/URI/URI(http://" + SECRET + b".x)>>>>"
ACTION = b"<</S/JavaScript/JS(app.alert\\(1\\))>>"
ATTACHED = packed(SECRET, b"/Type/EmbeddedFile")
TELLING = {
    "what is always there": pdf(),
    "metadata of all": pdf(catalog=b"/Metadata 7 0 R"),
    "an attached file": pdf(
        catalog=b"/Names<</EmbeddedFiles<</Names[(a)10 0 R]>>>>", more=(FILE, ATTACHED)
    ),
    "an associated file": pdf(page=b"/AF[10 0 R]", more=(FILE, ATTACHED)),
    "an action at opening": pdf(catalog=b"/OpenAction 10 0 R", more=(ACTION,)),
    "a script by name": pdf(catalog=b"/Names<</JavaScript<</Names[(a)10 0 R]>>>>", more=(ACTION,)),
    "actions of a page": pdf(page=b"/AA<</O 10 0 R/C<</S/URI/URI(\\)x)>>>>", more=(ACTION,)),
    "a note": pdf(page=b"/Annots[10 0 R]", more=(NOTE,)),
    "a link": pdf(page=b"/Annots[10 0 R]", more=(LINK,)),
    "data of a program": pdf(page=b"/PieceInfo<</App<</Private(" + SECRET + b")>>>>"),
    "metadata of a page": pdf(page=b"/Metadata 7 0 R/LastModified(D:20261102)"),
    "a small picture": pdf(page=b"/Thumb 10 0 R", more=(stream(SECRET),)),
    "an outline": pdf(
        catalog=b"/Outlines 10 0 R",
        more=(b"<</First 11 0 R/Last 11 0 R>>", b"<</Title(" + SECRET + b")/Parent 10 0 R>>"),
    ),
    "a form": pdf(
        catalog=b"/AcroForm<</Fields[10 0 R]>>",
        page=b"/Annots[10 0 R]",
        more=(b"<</Subtype/Widget/FT/Tx/T(" + SECRET + b")/Rect[9 9 99 20]/V(x)>>",),
    ),
    "tags": pdf(
        catalog=b"/StructTreeRoot 10 0 R",
        page=b"/StructParents 0",
        more=(b"<</Type/StructTreeRoot/K<</S/P/Alt(" + SECRET + b")>>>>",),
    ),
}
