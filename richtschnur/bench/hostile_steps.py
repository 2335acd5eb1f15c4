"""What `bench hostile` does in a process that works on one installation: a county with odd guests.

What residents send by forms comes over HTTP (`bench.hostile_guests`); here is what staff do with
it, and what comes by mail or is said in a workshop.
"""

from __future__ import annotations

from datetime import timedelta
from email.generator import BytesGenerator
from email.message import EmailMessage
from email.policy import SMTP
from io import BytesIO
from typing import Any

from django.core.mail import EmailMessage as SentMessage
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from richtschnur.accounts.models import User
from richtschnur.bench.intake_steps import opened
from richtschnur.bench.payloads import line, words
from richtschnur.consultation.models import Consultation
from richtschnur.consultation.operations import NewQuestion, open_consultation
from richtschnur.contributions.models import Comment
from richtschnur.contributions.operations import (
    NewComment,
    files_of,
    keep_mail,
    open_workshop,
    publish_comment,
    record_mail,
    screen_key,
    write_remark,
)
from richtschnur.contributions.states import Kind
from richtschnur.evaluation.models import Point
from richtschnur.evaluation.operations import release_response, tag_point, write_response
from richtschnur.journal.actors import CLI
from richtschnur.mail.fetching import Fetched
from richtschnur.mail.models import Message
from richtschnur.mail.parsing import read_mail
from richtschnur.network.models import Entry, Organization
from richtschnur.network.operations import add_organization, record_consent
from richtschnur.ui import clock

SESSION = "richtschnur_session"
STAFF = {"sommer": "administration", "winter": "reviewer"}


def prepared(seed: int) -> dict[str, Any]:
    """An open paper, a survey beside it, an organisation in the register, staff logged in."""
    now = clock.now()
    paper = opened(seed)
    Consultation.objects.filter(pk=paper.pk).update(publication="names_by_consent")
    survey = open_consultation(
        on=paper.strategy,
        title="Umfrage",
        opens_at=now - timedelta(hours=1),
        closes_at=now + timedelta(days=9),
        audience="public",
        publication="names_by_consent",
        questions=[NewQuestion("open", "Was fehlt?"), NewQuestion("choice", "Wo?", "", ("A", "B"))],
        by=CLI,
        at=now - timedelta(hours=2),
    )
    return {
        "paper": paper.slug,
        "question": f"question_{survey.questions.all()[0].pk}",
        "paths": _paths(paper.slug, survey.slug),
        "sessions": {login: _session(login, role) for login, role in STAFF.items()},
    }


def _paths(paper: str, survey: str) -> dict[str, str]:
    """Where residents write; {} stands for the number of a passage or an organisation."""
    with override("de"):
        return {
            "comment": reverse("contributions:comment", args=[paper, 12345]).replace("12345", "{}"),
            "whole": reverse("contributions:whole", args=[paper]),
            "basket": reverse("contributions:basket", args=[paper]),
            "questions": reverse("contributions:questions", args=[survey]),
            "answers": reverse("contributions:basket", args=[survey]),
            "published": reverse("contributions:published", args=[paper]),
            "inbox": reverse("contributions:inbox", args=[paper]),
            "review": reverse("contributions:review", args=[paper]),
            "workshops": reverse("contributions:workshops", args=[paper]),
            "mails": reverse("contributions:mails"),
            "reports": reverse("network:reports"),
            "portal": reverse("publishing:portal"),
            "today": reverse("desk:today"),
        }


def listed(count: int) -> list[str]:
    """So many organisations that everyone may report changes of: addresses of the reports."""
    with override("de"):
        return [reverse("network:report_change", args=[_listed()]) for _number in range(count)]


def _listed() -> str:
    now = clock.now()
    entry = Entry(
        name=f"Verein {Organization.objects.count()}",
        towns=("Ort",),
        offers=("sport",),
        offer_words="Sport",
    )
    one = add_organization(entry=entry, by=CLI, at=now)
    record_consent(
        organization=one, purpose="listing", shows=("websites",), given_on=now.date(),
        by=CLI, at=now,
    )  # fmt: skip
    return str(one.identity)


def _session(login: str, role: str) -> str:
    user = User(login=login, name=login.title(), role=role)
    user.set_unusable_password()
    user.save()
    client = Client()
    client.force_login(user)
    return client.cookies[SESSION].value


def worked(slug: str, count: int) -> dict[str, str]:
    """Mails and a workshop come in; staff publish, answer and release: {screen}."""
    paper = Consultation.objects.get(slug=slug)
    for number in range(count):
        _mailed(paper, number, is_recorded=number % 3 > 0)
    screen = _workshop(paper, count)
    officer, now = User.objects.get(login="sommer"), clock.now()
    by = officer.actor(now.date())
    for comment in Comment.objects.order_by("pk"):
        if comment.pk % 7:
            publish_comment(comment=comment, by=by, at=now)
    _answered(officer, count)
    return {"screen": screen}


def _mailed(paper: Consultation, number: int, *, is_recorded: bool) -> None:
    now = clock.now()
    fetched = Fetched(1, number + 1, now, _raw(paper.slug, number))
    mail = keep_mail(fetched=fetched, account="bench", at=now)
    if mail is None or not is_recorded:
        return
    read = read_mail(fetched.raw)
    taken, _refused = files_of(read)
    record_mail(
        mail=mail,
        consultation=paper,
        comments=[NewComment(read.text or "…")],
        kind=Kind.RESIDENT,
        files=taken,
        by=CLI,
        at=now,
    )


def _raw(tag: str, number: int) -> bytes:
    """A mail as a hostile program writes it: nobody checks its headers on the way."""
    mail = EmailMessage()
    mail["To"] = f"beteiligung+{tag}@kreis.example"
    mail.set_content(words("mail", number).replace("\r", ""), subtype=("plain", "html")[number % 2])
    mail.add_attachment(
        f"Seite {number}", filename=line("mailfile", number, 90).encode("ascii", "replace").decode()
    )
    body = BytesIO()
    BytesGenerator(body, policy=SMTP).flatten(mail)
    subject, name = line("subject", number), line("from", number, 90).replace('"', "'")
    head = f'From: "{name}" <someone@post.example>\r\nSubject: {subject}\r\n'
    return head.encode() + body.getvalue()


def _workshop(paper: Consultation, count: int) -> str:
    now = clock.now()
    workshop = open_workshop(
        consultation=paper, name=line("remark", 0, 90), held_on=now.date(), by=CLI, at=now
    )
    for number in range(count):
        text = words("remark", number).replace("\r", "")
        write_remark(
            workshop=workshop,
            text=text,
            speaker=line("speaker", number, 90),
            key=str(number),
            by=CLI,
            at=now,
        )
    with override("de"):
        return reverse("contributions:screen", args=[workshop.pk, screen_key(workshop)])


def _answered(officer: User, count: int) -> None:
    """Half of the points are answered and released; topics are named as residents might."""
    now = clock.now()
    by, reviewer = officer.actor(now.date()), User.objects.get(login="winter")
    for number, point in enumerate(Point.objects.order_by("pk")[: 2 * count]):
        if number % 2:
            continue
        tag_point(point=point, topics=[f"Thema {number % 5}"], by=by, at=now)
        write_response(
            point=point, author=officer, decision="accepted", reason="Ja.", hand_in=True,
            by=by, at=now,
        )  # fmt: skip
        release_response(point=point, by=reviewer.actor(now.date()), at=now)


def bent_mails() -> dict[str, int]:
    """Mails in the outbox that would go to others too, or that can't be written."""
    bent, rows = 0, list(Message.objects.exclude(to=""))
    for row in rows:
        try:
            sent = SentMessage(row.subject, row.body, "from@kreis.example", [row.to]).message()
            bent += set(sent.keys()) & {"Bcc", "Cc"} != set() or sent["To"] != row.to
        except ValueError:
            bent += 1
    return {"tried": len(rows), "bent": bent}
