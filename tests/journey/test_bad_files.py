"""Files that cannot be read, and requests that are too much: a page says so, nothing is stored."""

from __future__ import annotations

import urllib.error
import urllib.request
from html import unescape
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override
from pytest_django.live_server_helper import LiveServer

from richtschnur.contributions.models import Contribution
from richtschnur.strategy.models import Strategy
from tests.ground import test_reading_hostile as hostile
from tests.journey.office import MEGABYTE, WEB_FORM, Office, everything_stored, office, words
from tests.support.clock import SetClock
from tests.support.staff import address
from tests.support.world import World

__all__ = ["office"]
pytestmark = pytest.mark.django_db
BAD_FILES = (
    hostile.white_space,
    hostile.encrypted_pdf,
    hostile.encrypted_docx,
    hostile.truncated_docx,
    hostile.zip_bomb,
    hostile.external_entity,
    hostile.unknown_letters,
)


def test_bad_files_are_explained_at_the_form(tmp_path: Path, office: Office) -> None:
    """Each of them, in German: the message stands at the field, and nothing is stored."""
    client = office.client("officer")
    before = everything_stored()
    with override("de"):
        where = reverse("strategy:import")
    for maker in BAD_FILES:
        path = maker(tmp_path)
        upload = SimpleUploadedFile(path.name, path.read_bytes())
        data = {"file": upload, "title": "Mein Titel", "language": "de", "into": ""}
        response = client.post(where, data)
        page = words(response)
        assert response.status_code == 200, maker.__name__
        assert response.context["form"].errors["file"], maker.__name__
        assert 'href="#id_file"' in page, maker.__name__
        assert 'value="Mein Titel"' in page, maker.__name__
    assert everything_stored() == before


def test_a_file_of_more_than_fifty_megabytes(office: Office) -> None:
    upload = SimpleUploadedFile("gross.txt", b"Wort " * (51 * MEGABYTE // 5 + 1))
    data = {"file": upload, "title": "Mein Titel", "language": "de", "into": ""}
    page = words(office.client("officer").post(address("strategy:import"), data))
    assert "larger than 50 MB" in page
    assert 'value="Mein Titel"' in page
    assert Strategy.objects.count() == 1


TOO_MUCH = {
    "20 MB": (WEB_FORM, lambda: b"text=" + b"x" * (20 * MEGABYTE)),
    "20 MB in parts": (
        "multipart/form-data; boundary=b",
        lambda: (
            b'--b\r\nContent-Disposition: form-data; name="text"\r\n\r\n'
            + b"x" * (20 * MEGABYTE)
            + b"\r\n--b--\r\n"
        ),
    ),
    "5,000 fields": (WEB_FORM, lambda: b"&".join(b"a%d=1" % n for n in range(5000))),
    "parts without a boundary": ("multipart/form-data", lambda: b"text"),
    "another charset": (f"{WEB_FORM}; charset=nonsense", lambda: b"text=a"),
}


@pytest.mark.parametrize("what", TOO_MUCH)
@pytest.mark.django_db(transaction=True)
def test_what_is_too_much_gets_a_page_and_no_traceback(
    what: str, live_server: LiveServer, set_clock: SetClock
) -> None:
    world = World()
    set_clock(world.at)
    kind, make = TOO_MUCH[what]
    where = live_server.url + address("contributions:comment", world.consultation.slug, 1)
    request = urllib.request.Request(where, data=make(), headers={"Content-Type": kind})
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=30)
    page = refused.value.read().decode()
    assert 400 <= refused.value.code < 500
    assert "<h1" in page
    assert "your text is still there" in unescape(page)
    assert "Traceback" not in page
    assert not Contribution.objects.exists()
