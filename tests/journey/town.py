"""A county in the middle of its work: every page of the line has something to show."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from richtschnur.accounts.models import Deputy, Office, User
from richtschnur.consultation.models import Consultation, Invitation
from richtschnur.consultation.operations import (
    Guest,
    colleague_secret_of,
    open_consultation,
    secret_of,
    start_round,
)
from richtschnur.contributions.models import Contribution, IncomingMail, Workshop
from richtschnur.contributions.operations import (
    NewComment,
    Person,
    Submitted,
    keep_mail,
    open_workshop,
    put_comment,
    screen_key,
    send_nil_return,
    share_basket,
    submit_contribution,
    write_remark,
)
from richtschnur.county.operations import set_up_county, write_page
from richtschnur.desk.operations import write_note
from richtschnur.evaluation.models import (
    Boilerplate,
    Likeness,
    LikePoint,
    Point,
    Quotation,
    SavedView,
    Summary,
    Topic,
    TopicOrder,
    TopicSuggestion,
    TopicWords,
)
from richtschnur.evaluation.operations import (
    assign_point,
    carry_out,
    group_points,
    keep_boilerplate,
    keep_view,
    release_response,
    return_response,
    split_point,
    tag_point,
    write_response,
)
from richtschnur.journal.actors import CLI, VISITOR
from richtschnur.mail.fetching import Fetched
from richtschnur.strategy.models import Edition, Preview
from richtschnur.strategy.operations import (
    add_passage,
    begin_preview,
    drop_passage,
    freeze_edition,
    import_draft,
    keep_outline,
    publish_edition,
    split_passage,
    start_edition,
)
from tests.ground import papers
from tests.journey.again import came_in_again
from tests.journey.asking import Asking
from tests.journey.association import PAPER, propose_pieces
from tests.journey.delegated import Delegated
from tests.journey.lengthy import Lengthy
from tests.journey.log import Log
from tests.journey.overview import freeze_and_tell
from tests.journey.published import TELLING, publish_in_part
from tests.journey.register import Register
from tests.journey.reported import give_account
from tests.journey.spoken import speak
from tests.journey.work import Work
from tests.support.world import BERLIN, outline, person

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=BERLIN)
ARABIC = "نحتاج إلى دروس مسائية للغة الألمانية مع رعاية للأطفال."
UKRAINIAN = "Потрібні курси німецької ввечері та допомога з визнанням дипломів."
TWO_THINGS = "Die Lesepaten sind gut. Aber wer zahlt die Fahrkarten?"
LONG = "Der Verband nimmt ausführlich Stellung: Wege müssen kurz, Zeiten verlässlich sein. " * 30
MAIL = """From: Kreisverband der Lesepaten <lesepaten@post.example>
To: beteiligung@lindwehr.example
Subject: {subject}
Auto-Submitted: {automatic}
Content-Type: text/plain; charset=utf-8

Die Lesepaten sind gut. Wer zahlt die Fahrkarten?

{sign}
--
Erika Beispiel

Am 1.11.2026 um 10:00 schrieb der Landkreis:
> Was meinen Sie dazu?
"""
IMPRINT = "## Kontakt\n\nLandratsamt, Markt 1\n\n- Telefon 0123 456\n- [E-Mail](mailto:a@b.example)"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9H0z"/></svg>'


def day(days: int) -> datetime:
    """So many days from now; the past is negative."""
    return NOW + timedelta(days=days)


@dataclass
class Town:
    """`closed` was answered in part and has changed edition 2; `current` is open now."""

    folder: Path
    officer: User = field(init=False)
    reviewer: User = field(init=False)
    department: User = field(init=False)
    first: Edition = field(init=False)
    second: Edition = field(init=False)
    third: Edition = field(init=False)
    closed: Consultation = field(init=False)
    current: Consultation = field(init=False)
    invited: Consultation = field(init=False)
    round: Consultation = field(init=False)
    long: Lengthy = field(init=False)
    register: Register = field(init=False)
    log: Log = field(init=False)
    draft: Edition = field(init=False)
    preview: Preview = field(init=False)
    work: Work = field(init=False)
    answered: Submitted = field(init=False)
    waiting: Submitted = field(init=False)
    points: list[Point] = field(init=False)
    boilerplate: Boilerplate = field(init=False)
    likeness: Likeness = field(init=False)
    association: Point = field(init=False)
    view: SavedView = field(init=False)
    share_key: str = field(init=False)
    workshop: Workshop = field(init=False)
    screen_key: str = field(init=False)
    mail: IncomingMail | None = field(init=False)
    asking: Asking = field(init=False)
    delegated: Delegated = field(init=False)

    def __post_init__(self) -> None:
        self._people()
        self._papers()
        self._contributions()
        self._answers()
        publish_in_part(self.closed, day(-6))
        freeze_and_tell(self.closed, self.officer, day(-5))
        self._round()
        self._next_editions()
        self._notes()
        self._shared_basket()
        self._mails()
        self._workshop()
        self.log = Log(self.current, self.officer, self.reviewer, day(-1))
        self.long = Lengthy(day(-2))
        self.register = Register(day(-2))
        self.asking = Asking(NOW)
        paper = self._sent(self.current, "paper", -1, PAPER, organisation="Verband", kind="club")
        self.association = propose_pieces(paper.contribution, self.officer, NOW)
        self.delegated = Delegated(self.points, self.officer, NOW)
        self._sent(self.long.consultation, "telling", -1, TELLING, "Kurz und gut.")
        give_account(self.closed, self.officer, self.reviewer, day(-1))
        for edition in (self.second, self.current.edition):
            speak(edition, day(-1))

    @property
    def slug(self) -> str:
        return self.first.strategy.slug

    def actor(self, user: User):  # type: ignore[no-untyped-def]
        return user.actor(NOW.date())

    def _shared_basket(self) -> None:
        about = {"consultation": self.current, "secret": "a browser's secret", "at": day(-1)}
        put_comment(text="Bitte auch an die Dörfer ohne Bus denken.", **about)
        self.share_key = share_basket(**about)

    def _mails(self) -> None:
        for uid, subject in enumerate((f"[{self.closed.slug}] Stellungnahme", "Newsletter"), 1):
            raw = MAIL.format(subject=subject, sign=ARABIC, automatic="no" if uid == 1 else "yes")
            fetched = Fetched(1, uid, day(-3), raw.encode())
            kept = keep_mail(fetched=fetched, account="b@mail.example", at=day(-2))
            self.mail = self.mail if uid > 1 else kept

    def _workshop(self) -> None:
        about = {"by": CLI, "at": day(-1)}
        self.workshop = open_workshop(
            consultation=self.current, name="Abend im Bürgerhaus", held_on=day(-1).date(), **about
        )
        self.screen_key = screen_key(self.workshop)
        for text, speaker in (("Die Wege sind zu weit.", "Erika"), (ARABIC, ""), (LONG, "")):
            key = text[:20]
            write_remark(workshop=self.workshop, text=text, speaker=speaker, key=key, **about)

    def _people(self) -> None:
        arms = self.folder / "arms.svg"
        arms.write_text(SVG)
        set_up_county(
            name="Landkreis Lindwehr",
            office="Fachdienst Soziales und Integration",
            email="integration@lindwehr.example",
            phone="0123 456-789",
            address="Markt 1\n01234 Lindwehr",
            coat_of_arms=arms,
            by=CLI,
            at=day(-90),
        )
        for language in ("de", "en"):
            write_page(
                slug="imprint", language=language, title="Impressum", body=IMPRINT, by=CLI, at=NOW
            )
        office = Office.objects.create(short="JA", name="Jugendamt")
        self.officer = person("sommer", "administration")
        self.reviewer = person("winter", "reviewer")
        self.department = person("herbst", "department", office)
        Deputy.objects.create(
            absent=self.reviewer,
            stands_in=self.officer,
            from_on=day(30).date(),
            until_on=day(40).date(),
        )

    def _papers(self) -> None:
        about = {"by": CLI, "at": day(-80)}
        self.first = import_draft(path=papers.make(self.folder, "md"), **about)  # type: ignore[arg-type]
        self.closed = self._consultation(self.first, -60, -10)
        self.first.refresh_from_db()
        other = keep_outline(outline=outline(6), by=CLI, at=day(-20))
        self.current = self._consultation(other, -12, 9)
        soon = keep_outline(outline=outline(2), by=CLI, at=day(-3))
        self.invited = self._consultation(soon, 5, 30, audience="invited")
        text = papers.markdown().replace("### 4. ", "### ")  # where the machine is unsure
        self.draft = import_draft(
            path=papers.make(self.folder, "txt", text), title="Entwurf mit Zweifeln", by=CLI, at=NOW
        )
        looked_over = papers.make(
            self.folder, "txt", text.replace("Lesepaten in Kitas", "Mitarbeit")
        )
        self.preview = begin_preview(path=looked_over, name="Entwurf.txt", by=CLI, at=NOW)
        self.work = Work(self.draft, self.officer)
        self.again = came_in_again(day(-9))

    def _consultation(
        self, edition: Edition, opens: int, closes: int, audience: str = "public"
    ) -> Consultation:
        return open_consultation(
            on=edition,
            opens_at=day(opens),
            closes_at=day(closes),
            audience=audience,
            publication="names_by_consent",
            introduction="Was fehlt, was ist zu viel? Bis zum Ende der Frist können Sie schreiben.",
            answers_by_on=day(closes + 40).date(),
            by=CLI,
            at=min(day(opens), NOW),
        )

    def _contributions(self) -> None:
        self.answered = self._sent(self.closed, "a", -30, TWO_THINGS, "Zum Ganzen: gut.")
        self._sent(self.closed, "b", -29, ARABIC, language="ar", name="ليلى")
        self._sent(self.closed, "c", -28, UKRAINIAN, language="uk", name="Оксана")
        self._sent(self.closed, "d", -27, LONG, organisation="Verband der Vereine", kind="club")
        self._sent(
            self.closed, "e", -26, is_nil_return=True, kind="authority", channel="letter", by=CLI
        )
        self._sent(self.closed, "f", -2, "Ein Brief, zu spät.", channel="letter", by=CLI)
        self.waiting = self._sent(
            self.current, "g", -1, UKRAINIAN, language="uk", consents=["publish_name"]
        )

    def _sent(
        self,
        consultation: Consultation,
        key: str,
        days: int,
        *texts: str,
        kind: str = "resident",
        name: str = "Erika Beispiel",
        organisation: str = "",
        by: object = VISITOR,
        language: str = "de",
        **more: object,
    ) -> Submitted:
        assert consultation.edition is not None
        passages = list(consultation.edition.passages.filter(text__contains="Lesepaten")) or list(
            consultation.edition.passages.all()
        )
        places = [passages[0], None]
        return submit_contribution(
            consultation=consultation,
            comments=[NewComment(text, places[i % 2]) for i, text in enumerate(texts)],
            kind=kind,
            idempotency_key=key,
            person=Person(name=name, organisation=organisation, email="e@post.example"),
            by=by,  # type: ignore[arg-type]
            at=day(days),
            language=language,
            **more,  # type: ignore[arg-type]
        )

    def _answers(self) -> None:
        by, at = self.actor(self.officer), day(-8)
        self.points = list(
            Point.objects.filter(comment__contribution__consultation=self.closed).order_by("pk")
        )
        first, second, arabic, ukrainian, long, *late = self.points
        group_points(points=[second, *late], by=by, at=at)
        split_point(point=first, at_character=TWO_THINGS.index("Aber"), by=by, at=at)
        for point in (first, arabic):
            tag_point(point=point, topics=["Sprache", "Ehrenamt"], by=by, at=at)
        for point, reason in ((first, "Wir nennen die Lesepaten nun zuerst."), (arabic, "Ja.")):
            self._answer(point, "accepted", reason)
            release_response(point=point, by=self.actor(self.reviewer), at=at)
        self._answer(second, "already_contained", "Das steht in Kapitel 1.")
        self._answer(ukrainian, "not_responsible", "Zuständig ist das Land.", "das Land")
        returned = self.actor(self.reviewer)
        return_response(point=ukrainian, note="Bitte freundlicher.", by=returned, at=at)
        assign_point(point=long, office=self.department.office, due_on=day(-1).date(), by=by, at=at)
        self._boilerplates()
        self.view = keep_view(
            consultation=self.closed,
            owner=self.officer,
            name="Arabisches und Ukrainisches, das noch offen ist",
            query="state=left&language=ar",
            is_shared=True,
            by=by,
            at=at,
        )
        self._suggested()
        self.likeness = Likeness.objects.create(
            consultation=self.closed, method="alike/1", size=2, found_at=at
        )
        for point in (long, arabic):
            LikePoint.objects.create(likeness=self.likeness, point=point)

    def _suggested(self) -> None:
        """What a machine would say of the points, the same on every machine."""
        assert self.closed.edition is not None
        section = self.closed.edition.sections.first()
        for point in self.points:
            for rank, (name, certainty) in enumerate(
                (("Sprache", 0.81), ("Ehrenamt", 0.13), (LONG[:80], 0.06)), 1
            ):
                given = {"rank": rank, "certainty": certainty, "made_at": day(-7)}
                given |= {"method": "topics/1", "model": "words/1"}
                TopicSuggestion.objects.create(point=point, kind="topic", name=name, **given)
                if section is not None and rank == 1 and point.comment.passage_id is None:
                    TopicSuggestion.objects.create(
                        point=point, kind="place", name=str(section)[:80], section=section, **given
                    )
        topic = Topic.objects.get(strategy=self.closed.strategy, name="Sprache")
        TopicOrder.objects.create(consultation=self.closed, made_at=day(-7))
        told = self.points[0]
        Summary.objects.create(
            topic=topic,
            consultation=self.closed,
            problem="uncited",
            sentences=[
                {
                    "text": LONG[:400],
                    "cites": [[told.comment.contribution.number, told.pk]],
                }
            ],
            read=[told.pk],
            total=2,
            method="summaries/1 (/chat/completions)",
            model="model-7b",
            made_at=day(-7),
        )
        TopicWords.objects.create(
            topic=topic,
            consultation=self.closed,
            words=["Sprachkurse", "Anerkennungsberatungsstellen", "Kinderbetreuung", "دورات"],
            method="keywords/1",
            made_at=day(-7),
        )
        for rank, point in enumerate(self.points[:2], 1):
            Quotation.objects.create(
                topic=topic, point=point, rank=rank, method="quotations/1", made_at=day(-7)
            )

    def _boilerplates(self) -> None:
        rows = (
            ("Schon enthalten", "already_contained", "Das steht im {Konzept} in {Absatz}."),
            ("Zuständig ist jemand anderes mit einem langen Namen", "not_responsible", LONG),
            ("Danke", "", "Danke für Ihren Hinweis zum Thema {Thema}."),
        )
        for name, decision, reason in rows:
            self.boilerplate = keep_boilerplate(
                strategy=self.closed.strategy,
                name=name,
                decision=decision,
                reason=reason,
                by=self.actor(self.officer),
                at=day(-8),
            )

    def _answer(self, point: Point, decision: str, reason: str, to: str = "") -> None:
        write_response(
            point=point,
            author=self.officer,
            by=self.actor(self.officer),
            at=day(-8),
            decision=decision,
            reason=reason,
            forwarded_to=to,
            hand_in=True,
        )

    def _round(self) -> None:
        """A third paper goes round: one has answered, one has nothing to say, two are silent."""
        paper = keep_outline(outline=outline(4), by=CLI, at=day(-5))
        names = ("Gesundheitsamt", "Jobcenter", "Schulamt mit einem langen Namen und Sport")
        guests = [Guest(name, "Dr. Kern", f"amt{n}@kreis.example") for n, name in enumerate(names)]
        self.round = start_round(
            edition=paper,
            guests=[*guests, Guest("Kreisjugendring")],
            closes_at=day(9),
            title="Ämterabstimmung: Integrationskonzept",
            introduction="Bitte sehen Sie auf die Fristen.",
            answers_by_on=day(30).date(),
            address="https://rat.example/{secret}/",
            by=CLI,
            at=day(-4),
        )
        answered, nil, _waiting = self.invitations[:3]
        self._sent(self.round, "office", -2, LONG, ARABIC, kind="authority", invitation=answered)
        self._sent(self.round, "more", -1, "Ein Nachtrag.", kind="authority", invitation=answered)
        send_nil_return(invitation=nil, at=day(-1))

    @property
    def invitations(self) -> list[Invitation]:
        """Answered, nil return, opened by nobody, by letter."""
        return list(self.round.invitations.order_by("pk"))

    @property
    def colleague_secret(self) -> str:
        return colleague_secret_of(self.invitations[2])

    @property
    def office_secrets(self) -> list[str]:
        return [secret_of(invitation) for invitation in self.invitations]

    def _next_editions(self) -> None:
        about = {"by": CLI, "at": day(-5)}
        second = start_edition(predecessor=self.first, by=CLI, at=day(-5))
        words = second.passages.get(text__contains="Lesepaten")
        carry_out(
            responses=[self.points[0].responses.get()],
            passage=words,
            text=f"{words.text} Auch am Abend.",
            **about,  # type: ignore[arg-type]
        )
        last = list(second.passages.order_by("position"))
        add_passage(after=last[1], text="Ein neuer Absatz über Zahlen.", **about)  # type: ignore[arg-type]
        drop_passage(passage=last[4], reason="Steht jetzt in Kapitel 1.", **about)  # type: ignore[arg-type]
        split_passage(passage=last[0], at_character=last[0].text.index(" ") + 1, **about)  # type: ignore[arg-type]
        second.refresh_from_db()
        self.second = freeze_edition(edition=second, state="for_decision", **about)  # type: ignore[arg-type]
        publish_edition(edition=self.second, **about)  # type: ignore[arg-type]
        self.third = start_edition(predecessor=self.second, **about)  # type: ignore[arg-type]

    def _notes(self) -> None:
        for subject, text in (("", "Frau Blum ruft zurück."), ("point", ARABIC)):
            write_note(
                text=text,
                subject=f"point:{self.points[0].pk}" if subject else "",
                follow_up_on=day(0).date(),
                author=self.officer,
                by=self.actor(self.officer),
                at=day(-1),
            )

    @property
    def contribution(self) -> Contribution:
        return self.answered.contribution
