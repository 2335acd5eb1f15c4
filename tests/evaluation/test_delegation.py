"""Others are asked about points by mail; they advise without a login, until a day, once."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from richtschnur.accounts.models import Office
from richtschnur.contributions.operations import ask_erasure, confirm_erasure
from richtschnur.evaluation.models import Advice, Delegation, Point, Response
from richtschnur.evaluation.operations import delegation_secret, join_points, split_point
from richtschnur.journal.models import JournalEntry
from richtschnur.journal.refusals import Refused
from richtschnur.mail.models import Message
from tests.evaluation.answering import acting, logged_in
from tests.evaluation.asking import REASON, asked, page_of, typed
from tests.support.clock import SetClock, set_clock
from tests.support.queries import at_most
from tests.support.staff import address
from tests.support.world import World

__all__ = ["set_clock"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def world(set_clock: SetClock) -> World:
    made = World()
    set_clock(made.at)
    made.contribute("Das Jobcenter soll abends öffnen.", "Und mehr Busse.", key="k0")
    return made


def points() -> list[Point]:
    return list(Point.objects.order_by("pk"))


def row() -> Delegation:
    return Delegation.objects.get()


# --- asking


def ask_form(world: World, **given: str) -> Any:
    chosen = " ".join(f"{point.pk}:0" for point in points())
    day = str(world.at.date() + timedelta(days=7))
    start = {"points": chosen, "question": "Geht das?", "due_on": day, "name": "Jobcenter"}
    client = logged_in(world.officer)
    url = address("evaluation:ask", world.consultation.slug)
    return client.post(url, start | {"email": "jc@post.example"} | given)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"email": ""}, "No e-mail address is known of “Jobcenter”"),
        ({"email": "kaputt"}, "name@example.org"),
        ({"name": ""}, "Please choose an office, or write another"),
        ({"due_on": ""}, "Please say until when."),
        ({"due_on": "2020-01-01"}, "This day has gone by."),
        ({"due_on": "morgen"}, "Please give a day"),
        ({"question": "  "}, "Please fill this in."),
        ({"question": "weg \ufffd"}, "did not arrive readably"),
        ({"question": "q" * 30_000}, "at most 20000"),
        ({"contact": "c" * 500}, "at most 120"),
    ],
)
def test_bad_input_is_explained_and_nothing_is_lost_or_sent(
    world: World, given: dict[str, str], said: str
) -> None:
    kept = {"contact": "Frau Blum"} | given
    answer = ask_form(world, **kept)
    page = answer.content.decode()
    assert answer.status_code in (409, 422)
    assert said in page
    assert kept["contact"] in page
    assert not Delegation.objects.exists()
    assert not Message.objects.filter(about__startswith="delegation:").exists()


def test_an_office_and_a_name_at_once_are_one_too_many(world: World) -> None:
    answer = ask_form(world, office=str(world.office.pk))
    assert "Please choose an office, or write another" in answer.content.decode()


@pytest.mark.parametrize("chosen", ["", "x", "999999:0", "1:0" * 40_000])
def test_no_points_no_question(world: World, chosen: str) -> None:
    assert ask_form(world, points=chosen).status_code in (400, 404, 409, 422)
    assert not Delegation.objects.exists()


def test_more_than_are_read_in_five_minutes_are_refused(world: World) -> None:
    for n in range(31):
        world.contribute(f"Punkt {n}.", key=f"many{n}")
    assert "at most 30 points" in ask_form(world).content.decode()


def test_one_act_one_mail_and_the_database_knows_no_address(world: World) -> None:
    assert ask_form(world).status_code == 302
    mail = Message.objects.get(about__startswith="delegation:")
    secret = delegation_secret(row())
    assert mail.to == "jc@post.example"
    assert secret in mail.body
    assert re.search(r"2 (points|Punkte)", mail.body)
    assert "abends" not in mail.subject + mail.body, "words of a contribution are in no mail"
    kept = Delegation.objects.filter(pk=row().pk).values().get()
    assert secret not in str(kept)
    entry = JournalEntry.objects.get(act="evaluation.delegate_points")
    assert entry.data["points"] == [p.pk for p in points()]
    assert "Jobcenter" not in str(entry.data)


def test_an_office_is_asked_at_its_own_mailbox(world: World) -> None:
    Office.objects.filter(pk=world.office.pk).update(email="ja@kreis.example")
    ask_form(world, name="", email="", office=str(world.office.pk))
    assert (row().office, row().email) == (world.office, "ja@kreis.example")


def test_nobody_is_asked_the_same_twice(world: World) -> None:
    asked(world)
    assert "is asked about one of these points already" in ask_form(world).content.decode()
    assert Delegation.objects.count() == 1


def test_a_department_asks_nobody(world: World) -> None:
    client = logged_in(world.department)
    for url in (
        address("evaluation:ask", world.consultation.slug),
        address("evaluation:delegation", world.consultation.slug, asked(world).pk),
        address("evaluation:load", world.consultation.slug),
    ):
        assert client.get(url).status_code == 403


def test_who_asks_from_several_points_or_one_gets_the_same_form(world: World) -> None:
    client = logged_in(world.officer)
    together = client.get(
        address("evaluation:together", world.consultation.slug),
        {"point": [f"{p.pk}:0" for p in points()]},
    )
    assert address("evaluation:ask", world.consultation.slug) in together.content.decode()
    one = client.get(address("evaluation:point", world.consultation.slug, points()[0].pk))
    assert f"?points={points()[0].pk}:0" in one.content.decode()
    url = address("evaluation:ask", world.consultation.slug)
    assert client.get(url, {"points": f"{points()[0].pk}:0"}).status_code == 200


# --- the personal page


def test_the_page_shows_the_words_and_never_who_said_them(world: World) -> None:
    delegation = asked(world)
    text = page_of(delegation).content.decode()
    assert "Das Jobcenter soll abends öffnen." in text
    assert "Was sagen Sie dazu?" in text
    assert "Absatz 1" in text, "the passage stands there"
    for hidden in ("Erika", "erika@post.example", points()[0].comment.contribution.number):
        assert hidden not in text
    assert row().opened_at == world.at


@pytest.mark.parametrize("secret", ["0", "x" * 48, "x" * 5000, "ä", "%00"])
def test_unknown_addresses_lead_nowhere(world: World, secret: str) -> None:
    asked(world)
    answer = Client().get(f"/en/answers/asked/{secret}/")
    assert answer.status_code == 404


def test_a_withdrawn_address_looks_like_one_that_never_was(world: World) -> None:
    delegation = asked(world)
    url = page_of(delegation).request["PATH_INFO"]
    act(world, withdraw="1")
    gone, never = Client().get(url), Client().get(f"/en/answers/asked/{'0' * 48}/")
    assert gone.status_code == never.status_code == 404

    def seen(answer: Any) -> str:
        return str(answer.content.decode().split("<main")[1].split("</main>")[0])

    assert "leads nowhere" in seen(gone)
    assert seen(gone) == seen(never)
    assert Client().post(url, typed(delegation, choice="accepted")).status_code == 404


def test_saving_coming_back_and_handing_in(world: World) -> None:
    delegation = asked(world)
    first, _second = delegation.advices.order_by("position")
    half = typed(delegation) | {f"choice_{first.pk}": "accepted", f"reason_{first.pk}": REASON}
    assert page_of(delegation, half, act="save").status_code == 302
    assert REASON in page_of(delegation).content.decode()
    client = logged_in(world.officer)
    desk = address("evaluation:point", world.consultation.slug, first.point_id)
    assert REASON not in client.get(desk).content.decode(), "not before it is handed in"
    incomplete = page_of(delegation, typed(delegation), act="hand_in")
    assert incomplete.status_code == 422
    assert "Please choose something, or say that it is not yours." in incomplete.content.decode()
    assert row().handed_in_at is None
    whole = typed(delegation, choice="accepted", reason=REASON)
    assert page_of(delegation, whole, act="hand_in").status_code == 302
    shown = page_of(delegation).content.decode()
    assert "Handed in on" in shown
    assert "<textarea" not in shown
    assert REASON in client.get(desk).content.decode()
    again = page_of(delegation, whole, act="hand_in")
    assert again.status_code == 409
    assert "handed in already" in again.content.decode()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"choice": "bogus"}, "Please choose one of these."),
        ({"choice": "not_responsible"}, "Please choose one of these."),
        ({"reason": "weg \ufffd"}, "did not arrive readably"),
        ({"reason": "r" * 30_000}, "at most 20000"),
        ({"whose": "w" * 300}, "at most 200"),
    ],
)
def test_bad_advice_is_explained_and_stays(world: World, given: dict[str, str], said: str) -> None:
    delegation = asked(world)
    answer = page_of(delegation, typed(delegation, **({"reason": REASON} | given)), act="save")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert given.get("reason", REASON)[:20] in page
    assert not Advice.objects.exclude(saved_at=None).exists()


def test_not_ours_goes_back_with_who_it_could_be(world: World) -> None:
    delegation = asked(world)
    needs = page_of(delegation, typed(delegation, choice="not_ours"), act="hand_in")
    assert needs.status_code == 422
    given = typed(delegation, choice="not_ours", whose="Kreisausländeramt")
    assert page_of(delegation, given, act="hand_in").status_code == 302
    client = logged_in(world.officer)
    page = client.get(address("evaluation:delegation", world.consultation.slug, row().pk))
    assert "Kreisausländeramt" in page.content.decode()
    assert "Ask somebody else about what is not theirs" in page.content.decode()
    today = client.get(address("desk:today")).content.decode()
    assert "returned a point: not theirs" in today


def test_two_tabs_lose_nothing(world: World) -> None:
    delegation = asked(world)
    first, second = delegation.advices.order_by("position")
    old = typed(delegation)
    page_of(delegation, old | {f"reason_{first.pk}": "Aus Fenster eins."}, act="save")
    other = page_of(delegation, old | {f"reason_{second.pk}": "Aus Fenster zwei."}, act="save")
    assert other.status_code == 302, "another point: both are kept"
    said = list(delegation.advices.order_by("position").values_list("reason", flat=True))
    assert said == ["Aus Fenster eins.", "Aus Fenster zwei."]
    same = page_of(delegation, old | {f"reason_{first.pk}": "Aus Fenster drei."}, act="save")
    text = same.content.decode()
    assert same.status_code == 409
    assert "Aus Fenster eins." in text
    assert "Aus Fenster drei." in text
    again = {name: field.value() or "" for name, field in fields(same)}
    assert page_of(delegation, again, act="save").status_code == 302
    first.refresh_from_db()
    assert first.reason == "Aus Fenster drei."


def fields(answer: Any) -> list[tuple[str, Any]]:
    form = answer.context["form"]
    return [(name, form[name]) for name in form.fields]


def test_the_day_lasts_until_midnight_and_typed_words_survive_it(
    world: World, set_clock: SetClock
) -> None:
    delegation = asked(world)
    given = typed(delegation, choice="accepted", reason=REASON)
    last = world.at + timedelta(days=7)
    set_clock(last.replace(hour=23, minute=59))
    assert page_of(delegation, given, act="save").status_code == 302
    set_clock(last + timedelta(days=1))
    late = typed(delegation, choice="accepted", reason="Zu spät getippt.")
    answer = page_of(delegation, late, act="hand_in")
    assert answer.status_code == 409
    assert "Zu spät getippt." in answer.content.decode()
    shown = page_of(delegation).content.decode()
    assert "Nothing can be written here now" in shown
    assert REASON in shown
    assert 'value="hand_in"' not in shown
    assert row().handed_in_at is None


# --- the officer's side


def act(world: World, **given: str) -> Any:
    url = address("evaluation:delegation", world.consultation.slug, Delegation.objects.get().pk)
    return logged_in(world.officer).post(url, given)


def test_more_time_opens_the_same_address_again(world: World, set_clock: SetClock) -> None:
    delegation = asked(world)
    late = world.at + timedelta(days=9)
    set_clock(late)
    assert act(world, later="1", due_on="").status_code == 422
    act(world, later="1", due_on=str(delegation.due_on))
    assert row().due_on == delegation.due_on, "never shorter, never in the past"
    act(world, later="1", due_on=str(late.date() + timedelta(days=3)))
    given = typed(delegation, choice="accepted", reason=REASON)
    assert page_of(delegation, given, act="hand_in").status_code == 302
    assert Message.objects.filter(subject__startswith="Mehr Zeit").count() <= 1


def test_a_new_address_ends_the_old_one_and_keeps_what_was_saved(world: World) -> None:
    delegation = asked(world)
    page_of(delegation, typed(delegation, reason=REASON), act="save")
    before = page_of(delegation).request["PATH_INFO"]
    act(world, again="1", email="neu@post.example")
    assert Client().get(before).status_code == 404
    assert REASON in page_of(row()).content.decode()
    assert Message.objects.filter(to="neu@post.example").count() == 1
    assert not Message.objects.filter(to="jc@post.example").exists(), "the old mail is not sent"


def test_taken_over_it_is_the_officers_answer_and_two_release_it(world: World) -> None:
    delegation = handed_in(world)
    advice = delegation.advices.order_by("position")[0]
    officer = logged_in(world.officer)
    desk = address("evaluation:answer", world.consultation.slug, advice.point_id)
    page = officer.post(desk, {"advice": advice.pk, "reason": "Danke.", "seen_version": "0"})
    text = page.content.decode()
    assert "Danke.\n\n" + REASON in text
    assert not Response.objects.exists(), "nothing is written before she saves"
    given = {"decision": "accepted", "reason": REASON, "seen_version": "0", "act": "hand_in"}
    assert officer.post(desk, given).status_code == 302
    response = Response.objects.get()
    assert (response.author, response.reason) == (world.officer, REASON)
    release = address("evaluation:release", world.consultation.slug, advice.point_id)
    assert officer.post(release, {"version": "1"}).status_code == 403
    assert logged_in(world.reviewer).post(release, {"version": "1"}).status_code == 302
    assert Advice.objects.get(pk=advice.pk).reason == REASON, "the advice stays"


def test_foreign_or_unfinished_advice_is_not_taken_over(world: World) -> None:
    delegation = asked(world)
    advice = delegation.advices.order_by("position")[0]
    officer = logged_in(world.officer)
    for point in points():
        desk = address("evaluation:answer", world.consultation.slug, point.pk)
        for key in (str(advice.pk), "", "x", "9" * 30):
            assert officer.post(desk, {"advice": key}).status_code == 404


def handed_in(world: World) -> Delegation:
    delegation = asked(world)
    given = typed(delegation, choice="accepted", reason=REASON)
    assert page_of(delegation, given, act="hand_in").status_code == 302
    delegation.refresh_from_db()
    return delegation


def test_what_was_handed_in_is_frozen(world: World) -> None:
    delegation = handed_in(world)
    advice = delegation.advices.order_by("position")[0]
    for rows, changed in (
        (Advice.objects.filter(pk=advice.pk), {"reason": "anders"}),
        (Advice.objects.filter(pk=advice.pk), {"decision": "not_accepted"}),
        (Advice.objects.filter(pk=advice.pk), {"reason": ""}),
        (Delegation.objects.filter(pk=delegation.pk), {"handed_in_at": None}),
        (Delegation.objects.filter(pk=delegation.pk), {"name": "Andere"}),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**changed)
    with pytest.raises(DatabaseError), transaction.atomic():
        advice.delete()


def test_points_that_were_asked_about_keep_their_words(world: World) -> None:
    asked(world)
    officer = acting(world, world.officer)
    with pytest.raises(Refused, match="Others were asked"):
        split_point(point=points()[0], at_character=4, by=officer, at=world.at)
    _first, second = world.contribute("Eins. Zwei.", key="k2"), points()[-1]
    one, two = split_point(point=second, at_character=6, by=officer, at=world.at)
    asked(world, points=[two], name="Schulamt")
    with pytest.raises(Refused, match="Others were asked"):
        join_points(point=one, by=officer, at=world.at)


@pytest.mark.parametrize("hands_in", [False, True])
def test_advice_about_what_was_erased_loses_its_words(world: World, hands_in: bool) -> None:
    other = world.contribute("Anderes.", key="k9")
    delegation = asked(world, points=points())
    given = typed(delegation, choice="accepted", reason="Das Jobcenter soll abends …")
    page_of(delegation, given, act="hand_in" if hands_in else "save")
    contribution = points()[0].comment.contribution
    ask_erasure(
        contribution=contribution,
        ground="names-others",
        by=acting(world, world.officer),
        at=world.at,
    )
    confirm_erasure(contribution=contribution, by=acting(world, world.reviewer), at=world.at)
    said = list(delegation.advices.order_by("position").values_list("reason", flat=True))
    assert said == ["", "", "Das Jobcenter soll abends …"]
    assert row().question == ""
    assert row().withdrawn_at is None, "something is left to say"
    text = page_of(delegation).content.decode()
    assert "(erased)" in text
    assert logged_in(world.officer).get(desk_of(world, points()[0])).status_code == 200
    assert other.comments.count() == 1


def desk_of(world: World, point: Point) -> str:
    return address("evaluation:point", world.consultation.slug, point.pk)


def test_nothing_is_left_to_say_and_the_address_ends(world: World) -> None:
    asked(world)
    contribution = points()[0].comment.contribution
    ask_erasure(
        contribution=contribution,
        ground="names-others",
        by=acting(world, world.officer),
        at=world.at,
    )
    confirm_erasure(contribution=contribution, by=acting(world, world.reviewer), at=world.at)
    assert row().withdrawn_at == world.at
    assert all(point.state == "closed" for point in points())


def test_the_address_of_a_person_is_forgotten(world: World) -> None:
    asked(world)
    act(world, forget="1")
    assert row().email, "not while it is waited for"
    act(world, withdraw="1")
    act(world, forget="1")
    assert (row().email, row().contact) == ("", "")


@pytest.mark.parametrize("count", [2, 12])
def test_the_queries_do_not_grow(world: World, count: int) -> None:
    for n in range(count):
        world.contribute(f"Punkt {n}.", key=f"many{n}")
    delegation = asked(world, points=points())
    for n in range(count):
        asked(world, points=points()[:2], name=f"Amt {n}")
    page_of(delegation)
    with at_most(8):
        page_of(delegation)
    client = logged_in(world.officer)
    with at_most(14):
        client.get(address("evaluation:load", world.consultation.slug))
    with at_most(10):
        client.get(address("evaluation:delegation", world.consultation.slug, delegation.pk))
    with at_most(22):
        client.get(desk_of(world, points()[0]))
