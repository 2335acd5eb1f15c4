"""Nothing is public before a person says so; the copy is blacked out, the original stays."""

from __future__ import annotations

import json
from argparse import Namespace
from datetime import timedelta

import pytest
from django.test import Client

from richtschnur.contributions.models import Comment, PublicComment, PublicCount
from richtschnur.contributions.operations import (
    hold_comment,
    publish_clean,
    publish_comment,
    withhold_comment,
)
from richtschnur.contributions.operations.counting import recount
from richtschnur.contributions.queries.public_list import (
    SORTS,
    Chosen,
    narrowed,
    published_comments,
)
from richtschnur.evaluation.models import Point
from richtschnur.evaluation.operations import release_response, split_point, write_response
from richtschnur.journal.models import JournalEntry
from richtschnur.journal.refusals import Forbidden, Refused
from richtschnur.mail.models import Message
from richtschnur.search.operations import forget_everything
from tests.support.queries import at_most
from tests.support.staff import address, logged_in
from tests.support.world import World

pytestmark = pytest.mark.django_db
PRIVATE = "Frau Meier, Tel. 03731 799-123, hat geholfen.\nDanke dafür."
PLAIN = "Bitte mehr Sprachkurse am Abend."


def by(world: World, login: str = "officer"):  # type: ignore[no-untyped-def]
    return getattr(world, login).actor(world.at.date())


def comment_of(world: World, text: str, key: str = "k1", **more: object) -> Comment:
    return world.contribute(text, key=key, **more).comments.get()


def public_words(world: World) -> str:
    """Everything that a stranger can get at, in one string."""
    slug = world.consultation.slug
    client = Client()
    pages = [
        address("contributions:published", slug),
        address("contributions:open_data", slug, "csv"),
        address("contributions:open_data", slug, "json"),
        address("consultation:read", slug),
        address("evaluation:overview", slug),
        address("strategy:passage", world.edition.strategy.slug, 1, 1),
    ]
    said = []
    for page in pages:
        answer = client.get(page)
        said.append(
            b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[arg-type]
        )
    return b"".join(said).decode()


def test_nothing_is_public_until_somebody_publishes_it() -> None:
    world = World()
    comment = comment_of(world, PLAIN)
    assert PLAIN not in public_words(world)
    publish_comment(comment=comment, by=by(world), at=world.at)
    assert PLAIN in public_words(world)
    hold_comment(comment=comment, by=by(world), at=world.at)
    assert PLAIN not in public_words(world)
    assert not PublicCount.objects.exclude(count=0).exists()


def test_blacked_out_words_are_nowhere_public_and_the_original_stays() -> None:
    world = World()
    comment = comment_of(world, PRIVATE)
    spans = [(5, 10), (17, 30)]
    kept = publish_comment(comment=comment, by=by(world), at=world.at, black_out=spans)
    assert len(kept.text) == len(PRIVATE)
    said = public_words(world)
    assert "█████" in said
    assert "Meier" not in said
    assert "03731 799" not in said
    assert "hat geholfen" in said
    comment.refresh_from_db()
    assert comment.text == PRIVATE


@pytest.mark.parametrize("span", [(-1, 3), (3, 3), (5, 2), (0, 10_000)])
def test_a_span_outside_is_refused_and_nothing_is_published(span: tuple[int, int]) -> None:
    world = World()
    comment = comment_of(world, PRIVATE)
    with pytest.raises(Refused):
        publish_comment(comment=comment, by=by(world), at=world.at, black_out=[span])
    assert not PublicComment.objects.exists()


@pytest.mark.parametrize("publication", ["not"])
def test_where_nothing_is_published_nothing_can_be(publication: str) -> None:
    world = World()
    type(world.consultation).objects.update(publication=publication)
    world.consultation.refresh_from_db()
    comment = comment_of(world, PLAIN)
    with pytest.raises(Refused):
        publish_comment(comment=comment, by=by(world), at=world.at)
    slug = world.consultation.slug
    assert Client().get(address("contributions:open_data", slug, "csv")).status_code == 404


def test_a_change_to_not_published_hides_everything_at_once() -> None:
    world = World()
    comment = comment_of(world, PLAIN)
    publish_comment(comment=comment, by=by(world), at=world.at)
    type(world.consultation).objects.update(publication="not")
    page = Client().get(address("contributions:published", world.consultation.slug))
    assert PLAIN not in page.content.decode()


def test_marked_texts_are_never_published_in_bulk() -> None:
    world = World()
    clean = [comment_of(world, f"{PLAIN} {n}", key=f"c{n}") for n in range(3)]
    marked = comment_of(world, "Mein Nachbar ist krank.", key="m")
    with pytest.raises(Refused) as refusal:
        publish_clean(comments=[*clean, marked], by=by(world), at=world.at)
    assert f"{marked.contribution.number}/1" in str(refusal.value)
    assert not PublicComment.objects.exists()
    assert len(publish_clean(comments=clean, by=by(world), at=world.at)) == 3
    with pytest.raises(Refused):
        publish_clean(comments=clean[:1], by=by(world), at=world.at)


def test_the_own_name_of_the_sender_is_marked() -> None:
    world = World()
    comment = comment_of(world, "Das wünscht sich Erika Beispiel sehr.")
    with pytest.raises(Refused):
        publish_clean(comments=[comment], by=by(world), at=world.at)


def test_only_staff_who_steer_decide() -> None:
    world = World()
    comment = comment_of(world, PLAIN)
    for act in (publish_comment, hold_comment):
        with pytest.raises(Forbidden):
            act(comment=comment, by=by(world, "department"), at=world.at)
    page = logged_in(world.department).get(address("contributions:review", world.consultation.slug))
    assert page.status_code == 403


def test_a_withheld_comment_tells_its_sender_why_and_can_be_taken_back() -> None:
    world = World()
    comment = comment_of(world, PLAIN)
    about = {"by": by(world), "at": world.at}
    with pytest.raises(Refused):
        withhold_comment(comment=comment, ground="because", **about)
    withhold_comment(comment=comment, ground="off_topic", note="Es geht um Straßen.", **about)
    (mail,) = Message.objects.filter(about=f"contribution:{comment.contribution_id}")
    assert "Es geht um Straßen." in mail.body
    assert PLAIN not in public_words(world)
    hold_comment(comment=comment, **about)
    assert Message.objects.filter(about=f"contribution:{comment.contribution_id}").count() == 2
    publish_comment(comment=comment, **about)
    assert PLAIN in public_words(world)
    about_it = JournalEntry.objects.filter(subject=f"contribution:{comment.contribution_id}")
    acts = about_it.filter(act__endswith="_comment")
    assert list(acts.order_by("pk").values_list("act", flat=True)) == [
        "contributions.withhold_comment",
        "contributions.hold_comment",
        "contributions.publish_comment",
    ]


def test_names_stand_only_with_consent() -> None:
    world = World()
    silent = comment_of(world, "Ohne Erlaubnis.", key="a")
    open_ = comment_of(world, "Mit Erlaubnis.", key="b", consents=["publish_name"])
    for comment in (silent, open_):
        publish_comment(comment=comment, by=by(world), at=world.at)
    assert public_words(world).count("Erika Beispiel") >= 3  # page, CSV, JSON
    open_.contribution.consents.update(revoked_at=world.at)
    assert "Erika Beispiel" not in public_words(world)
    open_.contribution.consents.update(revoked_at=None)
    type(world.consultation).objects.update(publication="anonymised")
    assert "Erika Beispiel" not in public_words(world)


def test_points_show_the_copy_and_the_list_shows_the_answer() -> None:
    world = World()
    comment = comment_of(world, PRIVATE)
    first, second = split_point(
        point=Point.objects.get(), at_character=46, by=by(world), at=world.at
    )
    publish_comment(comment=comment, by=by(world), at=world.at, black_out=[(5, 10)])
    for point in (first, second):
        write_response(
            point=point,
            author=world.officer,
            decision="accepted",
            reason=f"Gern, Teil {point.pk}.",
            hand_in=True,
            by=by(world),
            at=world.at,
        )
        assert not PublicComment.objects.get().is_answered
        release_response(point=point, by=by(world, "reviewer"), at=world.at)
    assert PublicComment.objects.get().is_answered
    said = public_words(world)
    assert "Meier" not in said
    assert said.count(f"Gern, Teil {second.pk}.") >= 2
    client = Client()
    listed = address("contributions:published", world.consultation.slug)
    assert len(client.get(listed, {"answered": "yes"}).context["rows"]) == 1
    assert len(client.get(listed, {"answered": "no"}).context["rows"]) == 0


def test_published_after_the_answer_counts_as_answered() -> None:
    world = World()
    comment = comment_of(world, PLAIN)
    point = Point.objects.get()
    about = {"by": by(world), "at": world.at}
    write_response(
        point=point, author=world.officer, decision="accepted", reason="Ja.", hand_in=True, **about
    )
    release_response(point=point, by=by(world, "reviewer"), at=world.at)
    publish_comment(comment=comment, **about)
    assert PublicComment.objects.get().is_answered


def counts() -> set[tuple[str, str, int]]:
    return set(PublicCount.objects.exclude(count=0).values_list("facet", "value", "count"))


def test_kept_counts_are_what_counting_anew_finds() -> None:
    world = World()
    made = [
        comment_of(world, f"{PLAIN} {n}", key=f"n{n}", language=("de", "uk")[n % 2])
        for n in range(7)
    ]
    publish_clean(comments=made[:5], by=by(world), at=world.at)
    publish_comment(comment=made[5], by=by(world), at=world.at)
    publish_comment(comment=made[5], by=by(world), at=world.at, black_out=[(0, 5)])
    hold_comment(comment=made[2], by=by(world), at=world.at)
    kept = counts()
    assert ("all", "", 5) in kept
    recount(consultation=world.consultation)
    assert counts() == kept


def test_the_queue_shows_marks_and_publishes_what_is_ticked() -> None:
    world = World()
    comment = comment_of(world, PRIVATE)
    client = logged_in(world.officer)
    page = client.get(address("contributions:review", world.consultation.slug))
    words = page.content.decode()
    assert "<mark>Meier</mark>" in words
    assert "<mark>03731 799-123</mark>" in words
    typed = {"comment": comment.pk, "act": "publish", f"c{comment.pk}-words": "gibt es nicht"}
    answer = client.post(page.request["PATH_INFO"], typed)
    assert answer.status_code == 422
    assert "gibt es nicht" in answer.content.decode()
    assert not PublicComment.objects.exists()
    typed |= {f"c{comment.pk}-words": "geholfen", f"c{comment.pk}-black": "5-10"}
    assert client.post(page.request["PATH_INFO"], typed).status_code == 303
    assert PublicComment.objects.get().text == (
        "Frau █████, Tel. 03731 799-123, hat ████████.\nDanke dafür."
    )


@pytest.mark.parametrize(
    "typed",
    [
        {"act": "publish", "comment": "999999999999"},
        {"act": "publish", "comment": "abc\0"},
        {"act": "publish", "comment": "9" * 50},
        {"act": "withhold", "comment": ""},
        {"act": "explode"},
        {"clean": ["x", "9" * 40]},
        {},
    ],
)
def test_bad_input_to_the_queue_breaks_nothing(typed: dict[str, object]) -> None:
    world = World()
    comment_of(world, PLAIN)
    client = logged_in(world.officer)
    page = client.post(address("contributions:review", world.consultation.slug), typed)
    assert page.status_code in (200, 303, 404, 409, 422)
    assert not PublicComment.objects.exists()


def test_one_cannot_decide_on_a_comment_of_another_consultation() -> None:
    world = World()
    comment = comment_of(world, PLAIN)
    other = world.consultation
    other.pk, other.slug, other.key = None, "another", "another-key"
    other.save()
    client = logged_in(world.officer)
    typed = {"act": "publish", "comment": comment.pk}
    assert client.post(address("contributions:review", "another"), typed).status_code == 404


@pytest.mark.parametrize("count", [1, 25])
def test_queue_and_list_keep_their_queries(count: int) -> None:
    world = World()
    made = [comment_of(world, f"{PLAIN} {n}", key=f"q{n}") for n in range(count)]
    client = logged_in(world.officer)
    with at_most(14):
        client.get(address("contributions:review", world.consultation.slug))
    publish_clean(comments=made, by=by(world), at=world.at)
    listed = address("contributions:published", world.consultation.slug)
    for asked in (
        {},
        {"q": "Sprachkurs", "passage": "1"},
        {"kind": "resident", "sort": "passage"},
    ):
        with at_most(8):
            Client().get(listed, asked)


def test_the_list_is_searched_narrowed_sorted_and_paged() -> None:
    world = World()
    made = [
        comment_of(
            world, f"Kommentar {n} zum Busverkehr", key=f"p{n}", language=("de", "uk")[n % 2]
        )
        for n in range(45)
    ]
    made.append(comment_of(world, "Kinderbetreuungsplätze fehlen", key="x"))
    publish_clean(comments=made, by=by(world), at=world.at)
    listed = address("contributions:published", world.consultation.slug)

    def walk(**chosen: str) -> list[int]:
        found: list[int] = []
        query: dict[str, str] = dict(chosen)
        while True:
            page = Client().get(listed, query).context["page"]
            found += [row.pk for row in page.rows]
            if page.next_after is None:
                return found
            query["after"] = str(page.next_after)

    everything = [each.pk for each in made]
    assert walk() == everything[::-1]
    assert walk(sort="oldest") == everything
    assert walk(sort="passage") == everything
    assert walk(q="Betreuung") == [made[-1].pk]
    assert walk(q="gibt es nicht") == []
    assert walk(language="uk") == everything[:45][1::2][::-1]
    assert walk(passage="1") == everything[::-1]
    assert walk(passage="2") == []
    assert walk(passage="0") == []


@pytest.mark.parametrize(
    "query",
    [
        {"after": "x"},
        {"after": "-1"},
        {"after": "9" * 19},
        {"after": "9" * 60},
        {"passage": "9" * 18},
        {"section": "9" * 18},
        {"section": "1'; --"},
        {"q": "\0 % _ ' \" & | ! ( )"},
        {"q": "ш" * 400},
        {"kind": "king", "sort": "up", "language": "\0", "answered": "maybe"},
    ],
)
def test_bad_addresses_of_the_list_are_ordinary(query: dict[str, str]) -> None:
    world = World()
    publish_comment(comment=comment_of(world, PLAIN), by=by(world), at=world.at)
    page = Client().get(address("contributions:published", world.consultation.slug), query)
    assert page.status_code == 200


def test_open_data_is_whole_and_harmless() -> None:
    world = World()
    texts = ["=1+1", 'Er sagte: "gut",\nund ging', "</script><b>x</b>"]
    made = [comment_of(world, text, key=text[:5]) for text in texts]
    publish_clean(comments=made, by=by(world), at=world.at)
    slug = world.consultation.slug
    answer = Client().get(address("contributions:open_data", slug, "json"))
    told = json.loads(b"".join(answer.streaming_content))  # type: ignore[arg-type]
    assert [each["text"] for each in told["comments"]] == texts
    assert told["licence"]
    table = b"".join(
        Client().get(address("contributions:open_data", slug, "csv")).streaming_content  # type: ignore[arg-type]
    ).decode()
    assert "'=1+1" in table
    assert "erika" not in table.casefold()
    page = Client().get(address("contributions:published", slug)).content.decode()
    assert "<b>x</b>" not in page
    assert page.count("</script>") == page.count("<script")
    assert Client().get(address("contributions:open_data", slug, "exe")).status_code == 404


def test_an_empty_list_still_makes_valid_data() -> None:
    world = World()
    answer = Client().get(address("contributions:open_data", world.consultation.slug, "json"))
    assert json.loads(b"".join(answer.streaming_content))["comments"] == []  # type: ignore[arg-type]


def test_a_consultation_that_is_not_public_shows_its_list_to_nobody() -> None:
    world = World(audience="internal")
    slug = world.consultation.slug
    for name, *more in (("published",), ("open_data", "csv")):
        answer = Client().get(address(f"contributions:{name}", slug, *more))
        assert answer.status_code == 404


def test_the_general_search_does_not_find_contributions() -> None:
    world = World()
    text = "Xylophonunterricht am Abend"
    publish_comment(comment=comment_of(world, text), by=by(world), at=world.at)
    for client in (Client(), logged_in(world.officer)):
        page = client.get(address("search:results"), {"q": "Xylophonunterricht"})
        assert text not in page.content.decode()


def test_the_receipt_tells_how_it_stands() -> None:
    world = World()
    from richtschnur.contributions.operations.submission import receipt_secret

    comment = comment_of(world, PLAIN)
    receipt = address("contributions:receipt", receipt_secret("k1"))
    assert "somebody looks at it first" in Client().get(receipt).content.decode()
    withhold_comment(
        comment=comment, ground="insult", by=by(world), at=world.at + timedelta(hours=1)
    )
    assert "It insults or threatens people." in Client().get(receipt).content.decode()


def test_the_list_is_sorted_by_one_key_of_its_own() -> None:
    """By `comment` Django would sort by the comment's own order, through all rows of two tables."""
    world = World()
    for chosen in (Chosen(), Chosen(sort="oldest"), Chosen(sort="passage", kind="club")):
        rows = narrowed(published_comments(world.consultation), chosen)
        ordered = str(rows.order_by(SORTS[chosen.sort]).query).partition("ORDER BY")[2]
        assert ordered.count("contributions_publiccomment") == ordered.count('"."') == 1


def test_an_index_built_anew_knows_the_published_comments() -> None:
    from richtschnur.cli.searching import rebuild

    world = World()
    comment = comment_of(world, PLAIN)
    publish_comment(comment=comment, by=by(world), at=world.at)
    listed = address("contributions:published", world.consultation.slug)
    word = max(PLAIN.split(), key=len).strip(".,")
    asked = {"q": word}
    assert PLAIN in Client().get(listed, asked).content.decode()
    forget_everything()
    assert PLAIN not in Client().get(listed, asked).content.decode()
    assert rebuild(Namespace())["comments"] == 1
    assert PLAIN in Client().get(listed, asked).content.decode()
