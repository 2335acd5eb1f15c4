"""A person says where passages come from: confirms, parts, links, explains."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext as _

from richtschnur.documents.structure import Outline, OutlinePassage, OutlineSection
from richtschnur.journal.actors import CLI, VISITOR
from richtschnur.journal.models import JournalEntry
from richtschnur.journal.refusals import Forbidden, Refused
from richtschnur.strategy.commands import summary
from richtschnur.strategy.models import DescentProposal, Edition, Passage
from richtschnur.strategy.operations import (
    change_passage,
    confirm_descent,
    declare_added,
    drop_passage,
    explain_drop,
    freeze_edition,
    keep_outline,
    link_passages,
    reject_descent,
    write_remark,
)
from richtschnur.strategy.queries import compare
from richtschnur.strategy.queries.lineage_review import open_lineage, waiting
from tests.support.queries import at_most
from tests.support.world import NOON, PASSWORD, person

pytestmark = pytest.mark.django_db
ACT = {"by": CLI, "at": NOON}
BUS = "Der Rufbus fährt künftig auch am Abend in alle Dörfer, damit niemand zu Hause bleiben muss."
COURSE = "Sprachkurs für Frauen in {town} ab 2027 mit {n} Plätzen."
OLD = (
    "Ein Leitbild eint den Landkreis.",
    BUS,
    COURSE.format(town="Neustadt", n=12),
    "Das bleibt so stehen.",
)
NEW = (
    "Ein Leitbild eint den Landkreis.",
    BUS.replace("auch am Abend", "bis Mitternacht auch abends"),
    COURSE.format(town="Neustadt", n=15),
    "Das bleibt so stehen.",
    "Ganz neu sind Mitfahrbänke vor jeder Dorfkirche im Kreisgebiet.",
)


def outline(*texts: str) -> Outline:
    passages = tuple(OutlinePassage("paragraph", text, 0, "") for text in texts)
    return Outline("Konzept", (OutlineSection("Unterwegs", "", 1, passages),), (), ())


@pytest.fixture
def edition() -> Edition:
    first = keep_outline(outline=outline(*OLD), **ACT)
    freeze_edition(edition=first, state="for_decision", **ACT)
    return keep_outline(outline=outline(*NEW), into=first.strategy, **ACT)


def number(edition: Edition, n: int) -> Passage:
    return edition.passages.get(number=n)


def old(edition: Edition, n: int) -> Passage:
    assert edition.predecessor
    return edition.predecessor.passages.get(number=n)


def fates(edition: Edition) -> list[str]:
    assert edition.predecessor
    return [entry.fate.value for entry in compare(edition.predecessor, edition)]


def test_what_waits_is_counted_and_told_by_the_command(edition: Edition) -> None:
    found = waiting(edition)
    assert [len(found.asking), len(found.sure), len(found.gone)] == [1, 2, 0]
    assert fates(edition) == ["kept", "changed", "dropped", "added", "kept", "added"]
    assert any("3" in warning for warning in summary(edition)["warnings"])


def test_confirming_settles_the_sure_ones_and_no_question(edition: Edition) -> None:
    before = JournalEntry.objects.count()
    assert confirm_descent(edition=edition, **ACT) == 2
    assert open_lineage(edition) == 1
    assert JournalEntry.objects.count() == before + 1
    assert confirm_descent(edition=edition, **ACT) == 0
    assert JournalEntry.objects.count() == before + 1


def test_a_visitor_confirms_nothing(edition: Edition) -> None:
    for act in (
        lambda: confirm_descent(edition=edition, by=VISITOR, at=NOON),
        lambda: link_passages(
            passage=number(edition, 3), origins=[old(edition, 3).identity], by=VISITOR, at=NOON
        ),
        lambda: declare_added(passage=number(edition, 3), by=VISITOR, at=NOON),
    ):
        with pytest.raises(Forbidden):
            act()


def test_the_same_passage_takes_over_its_identity_and_what_speaks_of_it(edition: Edition) -> None:
    passage = number(edition, 3)
    write_remark(passage=passage, text="15 ist richtig.", name="Ada", **ACT)
    link_passages(passage=passage, origins=[old(edition, 3).identity], **ACT)
    assert number(edition, 3).identity == old(edition, 3).identity
    assert edition.remarks.get().identity == old(edition, 3).identity
    assert fates(edition) == ["kept", "changed", "changed", "kept", "added"]
    assert not waiting(edition).asking
    assert not waiting(edition).gone


def test_an_edited_passage_keeps_its_history_and_descends(edition: Edition) -> None:
    passage = number(edition, 3)
    change_passage(passage=passage, text="Ein Sprachkurs mit 15 Plätzen.", **ACT)
    former = passage.identity
    link_passages(passage=passage, origins=[old(edition, 3).identity], **ACT)
    assert number(edition, 3).identity == former
    assert fates(edition)[2] == "changed"


def test_a_new_passage_leaves_a_question_about_the_old_one(edition: Edition) -> None:
    declare_added(passage=number(edition, 3), **ACT)
    found = waiting(edition)
    assert [len(found.asking), len(found.gone)] == [0, 1]
    with pytest.raises(Refused):
        explain_drop(edition=edition, identities=[old(edition, 3).identity], reason=" ", **ACT)
    explain_drop(edition=edition, identities=[old(edition, 3).identity], reason="Beendet.", **ACT)
    assert waiting(edition).gone == []
    assert edition.predecessor
    told = compare(edition.predecessor, edition)
    assert [entry.reason for entry in told if entry.fate == "dropped"] == ["Beendet."]


def test_not_the_same_makes_a_new_passage_and_asks_for_a_reason(edition: Edition) -> None:
    row = edition.descent_proposals.get(fate="changed")
    reject_descent(proposal=row, **ACT)
    assert fates(edition) == ["kept", "dropped", "dropped", "added", "added", "kept", "added"]
    assert [r.from_identities for r in waiting(edition).gone] == [[str(old(edition, 2).identity)]]
    with pytest.raises(Refused):
        reject_descent(proposal=row, **ACT)


def test_a_split_is_parted_and_put_together_again() -> None:
    text = f"{BUS} Außerdem gibt es Mitfahrbänke vor jeder Kirche und am Bahnhof."
    first = keep_outline(outline=outline(text, "Das bleibt."), **ACT)
    freeze_edition(edition=first, state="for_decision", **ACT)
    parts = (
        BUS.replace("künftig", "bald"),
        "Außerdem gibt es Mitfahrbänke vor jeder Kirche und am Bahnhof.",
    )
    second = keep_outline(outline=outline(*parts, "Das bleibt."), into=first.strategy, **ACT)
    assert fates(second) == ["split", "kept"]
    reject_descent(proposal=second.descent_proposals.get(), **ACT)
    assert sorted(fates(second)) == ["added", "added", "dropped", "kept"]
    for n in (1, 2):
        link_passages(passage=number(second, n), origins=[old(second, 1).identity], **ACT)
    assert fates(second) == ["split", "kept"]
    assert open_lineage(second) == 0


def test_a_stranger_is_no_origin(edition: Edition) -> None:
    with pytest.raises(Refused):
        link_passages(passage=number(edition, 3), origins=[uuid.uuid4()], **ACT)
    with pytest.raises(Refused):
        link_passages(passage=number(edition, 3), origins=[], **ACT)


def test_a_question_about_a_passage_that_was_dropped_meanwhile_goes(edition: Edition) -> None:
    drop_passage(passage=number(edition, 3), reason="Doch nicht.", **ACT)
    found = waiting(edition)
    assert found.asking == []
    assert len(found.gone) == 1


def address(edition: Edition) -> str:
    return reverse("strategy:descent", args=[edition.strategy.slug, edition.number])


@pytest.fixture
def officer(client: Client) -> Client:
    user = person("officer", "administration")
    assert client.login(username=user.login, password=PASSWORD)
    return client


def test_the_page_walks_through_everything(officer: Client, edition: Edition) -> None:
    page = officer.get(address(edition))
    assert page.context["part"] == "asking"
    words = page.content.decode()
    value = f"link:{number(edition, 3).identity}={old(edition, 3).identity}"
    assert value in words
    assert "<ins>" in words
    officer.post(address(edition), {"do": value, "part": "asking"})
    page = officer.get(address(edition))
    assert page.context["part"] == "sure"
    ids = [item.proposal.pk for item in page.context["shown"]]
    officer.post(address(edition), {"do": "confirm", "part": "sure", "proposal": ids})
    assert (
        _("Everything is confirmed. Nothing is open.")
        in officer.get(address(edition)).content.decode()
    )
    for name in ("edit", "act"):
        shown = officer.get(reverse(f"strategy:{name}", args=[edition.strategy.slug, 2]))
        assert address(edition) not in shown.content.decode()


def test_open_questions_are_said_where_one_goes_on(officer: Client, edition: Edition) -> None:
    for name, query in (("edit", {}), ("act", {}), ("act", {"do": "freeze-for_decision"})):
        shown = officer.get(reverse(f"strategy:{name}", args=[edition.strategy.slug, 2]), query)
        assert address(edition) in shown.content.decode()


@pytest.mark.parametrize(
    "do",
    [
        "",
        "nonsense",
        "link:x=y",
        "link:",
        "added:no-uuid",
        "reject:x",
        "reject:999999999",
        "link_old:=",
    ],
)
def test_odd_answers_do_nothing(officer: Client, edition: Edition, do: str) -> None:
    before = list(DescentProposal.objects.values_list("state", flat=True))
    assert officer.post(address(edition), {"do": do}).status_code in (302, 404)
    assert list(DescentProposal.objects.values_list("state", flat=True)) == before


@pytest.mark.parametrize("given", ["", "0", "99", "abc", "²", "9" * 30])
def test_a_number_that_is_none_is_said(officer: Client, edition: Edition, given: str) -> None:
    data = {"do": f"link_number:{number(edition, 3).identity}", "number": given}
    page = officer.post(address(edition), data, follow=True)
    said = _("The earlier edition has no such passage. Please choose another one.")
    assert said in page.content.decode()


def test_an_origin_by_its_number(officer: Client, edition: Edition) -> None:
    data = {"do": f"link_number:{number(edition, 3).identity}", "number": "3"}
    officer.post(address(edition), data)
    assert number(edition, 3).identity == old(edition, 3).identity


def test_no_page_without_a_predecessor_or_a_working_edition(
    officer: Client, edition: Edition
) -> None:
    first = edition.predecessor
    assert first
    assert officer.get(address(first)).status_code == 409
    freeze_edition(edition=edition, state="for_decision", **ACT)
    assert officer.get(address(edition)).status_code == 409


def test_long_papers_are_paged_in_constant_queries(officer: Client) -> None:
    names = [f"Projekt {chr(65 + n // 26)}{chr(65 + n % 26)}lau" for n in range(60)]
    texts = [
        f"{name} bringt Nachbarn im Ortsteil mit Musik zusammen und sammelt Ideen."
        for name in names
    ]
    first = keep_outline(outline=outline(*texts), **ACT)
    freeze_edition(edition=first, state="for_decision", **ACT)
    edited = [text.replace("mit Musik", "mit viel Musik und Tanz") for text in texts]
    second = keep_outline(outline=outline(*edited), into=first.strategy, **ACT)
    with at_most(14):
        page = officer.get(address(second))
    assert len(page.context["shown"]) == 20
    assert "page=2" in page.content.decode()
