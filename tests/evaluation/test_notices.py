"""Final notices: everyone is told once, by mail or letter, in the own language."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from richtschnur.contributions.models import Contribution, Sender
from richtschnur.contributions.operations import ask_erasure, confirm_erasure
from richtschnur.evaluation.exports.letters import LETTER_FORMATS, export_letters
from richtschnur.evaluation.jobs import send_answers
from richtschnur.evaluation.models import Notice, Point
from richtschnur.evaluation.operations import post_letters, send_notices
from richtschnur.evaluation.queries import completeness_of, notice_standing
from richtschnur.journal.models import JournalEntry
from richtschnur.journal.refusals import Forbidden, Refused
from richtschnur.mail.models import Message
from tests.evaluation.answering import REASON, acting, answer, logged_in, released
from tests.evaluation.test_overview import letters, texts
from tests.support.clock import SetClock, set_clock
from tests.support.log import fresh_log
from tests.support.queries import at_most
from tests.support.world import World

__all__ = ["fresh_log", "set_clock"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_log", "in_english")]


@pytest.fixture
def world(set_clock: SetClock) -> World:
    """One with a mail address, one without, one who still waits for an answer."""
    made = World()
    set_clock(made.at)
    made.contribute("Mit Adresse.", key="k1")
    paper = made.contribute("Auf Papier.", key="k2")
    Sender.objects.filter(contribution=paper).update(email="", name="Paul Papier")
    made.contribute("Wartet noch.", "Wartet auch.", key="k3")
    first, second, third, _fourth = Point.objects.order_by("pk")
    for point in (first, second, third):
        released(made, point)
    return made


def told(world: World) -> int:
    by = acting(world, world.officer)
    return send_notices(consultation=world.consultation, by=by, at=world.at)


def mails() -> list[Message]:
    return list(Message.objects.filter(about__endswith=":notice"))


def test_not_by_everyone_and_not_to_nobody(world: World) -> None:
    by = acting(world, world.department)
    with pytest.raises(Forbidden):
        send_notices(consultation=world.consultation, by=by, at=world.at)
    with pytest.raises(Forbidden):
        post_letters(consultation=world.consultation, until=9, by=by, at=world.at)
    with pytest.raises(Refused, match="no letter left"):
        post_letters(
            consultation=world.consultation,
            until=9,
            by=acting(world, world.officer),
            at=world.at,
        )
    told(world)
    with pytest.raises(Refused, match="nobody to be told"):
        told(world)
    assert Notice.objects.count() == 2


def test_nobody_is_told_twice(world: World) -> None:
    assert told(world) == 2
    assert send_answers(at=world.at) == 1
    assert send_answers(at=world.at) == 0
    assert len(mails()) == 1
    notice = Notice.objects.first()
    assert notice is not None
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.create(contribution=notice.contribution, channel="mail", made_at=world.at)
    released(world, Point.objects.order_by("pk")[3])
    assert told(world) == 1, "only who had to wait"
    assert send_answers(at=world.at) == 1


def test_it_goes_on_where_it_was_stopped(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    other = world.contribute("Noch eine Adresse.", key="k5")
    released(world, Point.objects.latest("pk"))
    told(world)
    from richtschnur.evaluation.operations import notices

    sent = notices.queue_message
    calls = []

    def fails_at_second(**given: object) -> object:
        calls.append(given)
        if len(calls) == 2:
            raise OSError("no space left")
        return sent(**given)  # type: ignore[arg-type]

    monkeypatch.setattr(notices, "queue_message", fails_at_second)
    with pytest.raises(OSError, match="no space"):
        send_answers(at=world.at)
    assert len(mails()) == 1
    assert send_answers(at=world.at) == 1
    assert len({message.about for message in mails()}) == 2
    assert Notice.objects.get(contribution=other).replied_at == world.at


def test_the_words_of_a_mail(world: World) -> None:
    world.contribute("In English, please.", key="k8", language="en")
    released(world, Point.objects.latest("pk"))
    told(world)
    send_answers(at=world.at)
    german, mail = sorted(mails(), key=lambda each: "In English" in each.body)
    assert mail.to == "erika@post.example"
    for words in ("In English, please.", REASON, "accepted", "in German", "To passage 1 you"):
        assert words in mail.body
    assert "in German" not in german.body
    for other in ("Auf Papier.", "Wartet noch.", "Mit Adresse.", "http"):
        assert other not in mail.body


def test_the_journal_and_the_proof(world: World) -> None:
    told(world)
    send_answers(at=world.at)
    entry = JournalEntry.objects.get(act="evaluation.send_notices")
    assert entry.data == {"mail": 1, "letter": 1}
    assert JournalEntry.objects.filter(act="evaluation.tell").count() == 1
    assert completeness_of(Point.objects.all()).replied == 1
    last = Notice.objects.latest("pk")
    by = acting(world, world.officer)
    assert post_letters(consultation=world.consultation, until=last.pk, by=by, at=world.at) == 1
    assert completeness_of(Point.objects.all()).replied == 2
    standing = notice_standing(world.consultation)
    assert (standing.mailed, standing.posted, standing.unanswered, standing.ready) == (1, 1, 1, 0)


@pytest.mark.parametrize("format", LETTER_FORMATS)
def test_letters(world: World, tmp_path: Path, format: str) -> None:
    told(world)
    path = tmp_path / f"letters.{format}"
    assert export_letters(world.consultation, format, path, at=world.at) == 1
    found = letters(texts(path))
    for words in ("Paul Papier", "Auf Papier.", REASON):
        assert letters(words) in found
    for other in ("Mit Adresse.", "Wartet noch."):
        assert letters(other) not in found


def test_letters_that_came_later_are_not_posted(world: World) -> None:
    told(world)
    until = Notice.objects.latest("pk").pk
    paper = world.contribute("Auch auf Papier.", key="k7")
    Sender.objects.filter(contribution=paper).update(email="")
    released(world, Point.objects.latest("pk"))
    told(world)
    by = acting(world, world.officer)
    assert post_letters(consultation=world.consultation, until=until, by=by, at=world.at) == 1
    assert notice_standing(world.consultation).letters_to_post == 1


def test_the_erased_are_not_told(world: World) -> None:
    first, second, _third = Contribution.objects.order_by("pk")
    erase(world, first)
    assert told(world) == 1
    erase(world, second)
    assert not Notice.objects.exists()
    assert send_answers(at=world.at) == 0


def erase(world: World, contribution: Contribution) -> None:
    by = acting(world, world.officer)
    ask_erasure(contribution=contribution, ground="own-wish", by=by, at=world.at)
    confirm_erasure(contribution=contribution, by=acting(world, world.reviewer), at=world.at)


def test_an_address_taken_back_becomes_a_letter(world: World) -> None:
    told(world)
    Sender.objects.update(email="")
    assert send_answers(at=world.at) == 0
    assert notice_standing(world.consultation).letters_to_post == 2


def test_the_page(world: World) -> None:
    address = f"/en/answers/work/{world.consultation.slug}/notices/"
    client = logged_in(world.officer)
    page = client.get(address).content.decode()
    assert "Tell 2 senders" in page
    assert "Mit Adresse." in page
    assert logged_in(world.department).get(address).status_code == 403
    page = client.post(f"{address}send/", follow=True).content.decode()
    assert "2 senders are told." in page
    assert "This 1 letter was posted" in page
    assert client.get(f"{address}letters/docx/").status_code == 200
    assert client.get(f"{address}letters/exe/").status_code == 404
    for until in ("", "x", "-3", "9" * 30):
        page = client.post(f"{address}posted/", {"until": until}, follow=True).content.decode()
        assert "no letter left" in page or "1 letter is posted." in page
    page = client.post(f"{address}send/", follow=True).content.decode()
    assert "nobody to be told" in page


def test_the_page_before_anything() -> None:
    world = World()
    address = f"/en/answers/work/{world.consultation.slug}/notices/"
    page = logged_in(world.officer).get(address).content.decode()
    assert "Nobody can be told yet" in page
    assert "notices/send/" not in page


def test_constant_queries(world: World) -> None:
    address = f"/en/answers/work/{world.consultation.slug}/notices/"
    client = logged_in(world.officer)
    client.get(address)
    with at_most(20):
        client.get(address)
    for key in range(8):
        world.contribute("Noch eines.", key=f"more{key}")
        released(world, Point.objects.latest("pk"))
    answer(world, Point.objects.order_by("pk")[3])
    with at_most(20):
        client.get(address)
