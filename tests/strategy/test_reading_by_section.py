"""A long paper by section: pages, contents, lasting addresses; constant queries."""

from __future__ import annotations

import itertools
import re
import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from richtschnur.consultation.models import Consultation
from richtschnur.consultation.operations import open_consultation
from richtschnur.documents.structure import Outline, OutlinePassage, OutlineSection
from richtschnur.journal.actors import CLI
from richtschnur.strategy.models import Edition
from richtschnur.strategy.operations import (
    drop_passage,
    freeze_edition,
    keep_outline,
    publish_edition,
    start_edition,
)
from richtschnur.strategy.queries import contents_of, read_edition
from tests.support.clock import SetClock, set_clock
from tests.support.queries import at_most
from tests.support.world import NOON, person

__all__ = ["set_clock"]
pytestmark = pytest.mark.django_db


def section(title: str, number: str, level: int, size: int) -> OutlineSection:
    passages = [OutlinePassage("paragraph", f"{title}, Satz {n}.", 0, "") for n in range(size)]
    return OutlineSection(title, number, level, tuple(passages))


def long_outline(chapters: int = 12, sections: int = 5, size: int = 8) -> Outline:
    parts = [section("Langes Konzept", "", 1, 1)]
    for chapter in range(1, chapters + 1):
        parts.append(section(f"Kapitel {chapter}", f"{chapter}.", 1, 0))
        parts += [
            section(f"Teil {chapter}-{number}", f"{chapter}.{number}", 2, size)
            for number in range(1, sections + 1)
        ]
    return Outline(title="Langes Konzept", sections=tuple(parts), elements=(), doubts=())


def long_edition(outline: Outline | None = None) -> Edition:
    edition = keep_outline(outline=outline or long_outline(), by=CLI, at=NOON)
    frozen = freeze_edition(edition=edition, state="for_decision", by=CLI, at=NOON)
    return publish_edition(edition=frozen, by=CLI, at=NOON)


def opened(audience: str = "public") -> Consultation:
    return open_consultation(
        on=keep_outline(outline=long_outline(), by=CLI, at=NOON),
        opens_at=NOON - timedelta(days=1),
        closes_at=NOON + timedelta(days=9),
        audience=audience,
        by=CLI,
        at=NOON - timedelta(days=1),
    )


def address(name: str, edition: Edition, *more: object) -> str:
    return reverse(f"strategy:{name}", args=[edition.strategy.slug, edition.number, *more])


@pytest.mark.parametrize(("chapters", "sections", "size"), [(12, 5, 8), (3, 40, 9), (1, 90, 3)])
def test_pages_hold_every_section_once_in_order(chapters: int, sections: int, size: int) -> None:
    edition = long_edition(long_outline(chapters, sections, size))
    contents = contents_of(edition)
    assert contents.is_long
    on_pages = [heading.pk for page in contents.pages for heading in page.headings]
    assert on_pages == list(edition.sections.order_by("position").values_list("pk", flat=True))
    assert all(sum(h.passages for h in page.headings) <= 61 for page in contents.pages)
    assert all(sum(h.passages for h in page.headings) > 0 for page in contents.pages)


def test_a_short_paper_stays_one_page(client: Client) -> None:
    edition = long_edition(long_outline(3, 2, 4))
    page = client.get(address("edition", edition)).content.decode()
    assert page.count('class="passage"') == edition.passages.count()
    there = client.get(address("section", edition, 3))
    assert there["Location"] == f"{address('edition', edition)}#s3"


def test_following_the_pages_one_reads_every_passage_once(client: Client) -> None:
    edition = long_edition()
    start = client.get(address("edition", edition)).content.decode()
    assert 'class="passage"' not in start
    following = address("section", edition, 0)
    assert f'href="{following}"' in start
    seen: list[int] = []
    while following:
        page = client.get(following).content.decode()
        seen += [int(number) for number in re.findall(r'id="p(\d+)"', page)]
        assert page.count('aria-current="true"') >= 2  # the language, and the place in the contents
        levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
        found = re.search(r'<a rel="next" href="([^"]+)"', page)
        following = found[1] if found else ""
    assert seen == list(range(1, edition.passages.count() + 1))


def test_every_section_has_an_address_also_inside_a_page(client: Client) -> None:
    edition = long_edition()
    second = edition.sections.get(title="Teil 4-2")
    there = client.get(address("section", edition, second.position))
    assert there.status_code == 302
    page = client.get(there["Location"]).content.decode()
    assert f'id="s{second.position}"' in page
    assert there["Location"].endswith(f"#s{second.position}")
    assert client.get(address("section", edition, 4711)).status_code == 404


def test_a_place_leads_to_the_page_that_holds_the_passage(client: Client) -> None:
    edition = long_edition()
    for number in (1, 77, edition.passages.count()):
        there = client.get(address("at", edition, number))["Location"]
        assert there.endswith(f"#p{number}")
        assert f'id="p{number}"' in client.get(there).content.decode()
    assert client.get(address("at", edition, 100_000)).status_code == 404


def test_the_whole_paper_comes_on_one_page_when_asked_for(client: Client) -> None:
    edition = long_edition()
    response = client.get(address("whole", edition))
    assert response.streaming
    page = b"".join(response.streaming_content).decode()
    assert page.count('class="passage"') == edition.passages.count()
    assert page.rstrip().endswith("</html>")
    assert "streamed" not in page


def test_queries_do_not_grow_with_the_paper(client: Client) -> None:
    counts = [long_edition(long_outline(size, 5, 8)) for size in (5, 30)]
    for edition in counts:
        with at_most(14):
            client.get(address("section", edition, 0))
        with at_most(14):
            client.get(address("edition", edition))
        with at_most(14):
            b"".join(client.get(address("whole", edition)).streaming_content)
        contents = contents_of(edition)
        with at_most(3):
            read_edition(edition, contents.pages[1])
        with at_most(1):
            contents_of(edition)


def test_what_is_not_published_has_no_such_addresses(client: Client) -> None:
    hidden = keep_outline(outline=long_outline(), by=CLI, at=NOON)
    identity = hidden.passages.first().identity
    pages = [address("section", hidden, 0), address("whole", hidden), address("at", hidden, 1)]
    pages.append(reverse("strategy:identity", args=[hidden.strategy.slug, identity]))
    assert [client.get(page).status_code for page in pages] == [404] * 4


def test_the_lasting_address_leads_to_the_newest_edition_that_holds_it(client: Client) -> None:
    first = long_edition()
    second = start_edition(predecessor=first, by=CLI, at=NOON)
    kept, gone = second.passages.order_by("position")[1:3]
    drop_passage(passage=gone, reason="Steht an anderer Stelle.", by=CLI, at=NOON)
    second = freeze_edition(edition=second, state="for_decision", by=CLI, at=NOON)
    lasting = [
        reverse("strategy:identity", args=[first.strategy.slug, passage.identity])
        for passage in (kept, gone)
    ]
    assert client.get(lasting[0])["Location"] == address("passage", first, 2)  # not yet published
    publish_edition(edition=second, by=CLI, at=NOON)
    assert client.get(lasting[0])["Location"] == address("passage", second, 2)
    there = client.get(lasting[1])["Location"]
    assert there == address("passage", first, 3)
    assert "Steht an anderer Stelle." in client.get(there).content.decode()
    nowhere = reverse("strategy:identity", args=[first.strategy.slug, uuid.uuid4()])
    assert client.get(nowhere).status_code == 404
    assert lasting[0] in client.get(address("passage", first, 2)).content.decode()


def test_a_long_draft_is_commented_on_by_section(client: Client, set_clock: SetClock) -> None:
    consultation = opened()
    set_clock(NOON)
    slug = consultation.slug
    start = client.get(reverse("consultation:read", args=[slug])).content.decode()
    begin = reverse("consultation:section", args=[slug, 0])
    assert f'href="{begin}"' in start
    comment = reverse("contributions:comment", args=[slug, 300])
    there = client.post(comment, {"text": "Bitte mehr."})["Location"]
    assert there.endswith("#p300")
    page = client.get(there).content.decode()
    assert 'class="deadline"' in page
    assert reverse("contributions:basket", args=[slug]) in page
    assert f'href="{comment}"' in page
    assert client.get(reverse("consultation:at", args=[slug, 300]))["Location"] == there
    assert client.get(reverse("consultation:section", args=[slug, 999])).status_code == 404
    with at_most(16):
        client.get(there)


def test_before_the_opening_no_part_of_a_long_draft_is_shown(
    client: Client, set_clock: SetClock
) -> None:
    consultation = opened("internal")
    client.force_login(person("officer", "administration"))
    set_clock(NOON - timedelta(days=2))
    for name in ("section", "at"):
        there = reverse(f"consultation:{name}", args=[consultation.slug, 1])
        assert client.get(there).status_code == 404
