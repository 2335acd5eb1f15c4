"""What `bench desk` prepares and counts in a process that works on one installation."""

from __future__ import annotations

from random import Random
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from richtschnur.accounts.models import Office, User
from richtschnur.accounts.states import Role
from richtschnur.bench.pages_filling import finish
from richtschnur.consultation.models import Consultation
from richtschnur.evaluation.jobs import tally_many_points
from richtschnur.evaluation.models import Boilerplate, Point, Topic
from richtschnur.evaluation.queries.searching import scope_of
from richtschnur.evaluation.states import PointState
from richtschnur.search.models import SearchScope
from richtschnur.ui import clock

LOGIN = "bench"
OPENED = 20  # addresses of each page, all over the list
CHOSEN = 50
ANSWERED = 4  # one in so many has an answer that waits for release
GIVEN = 50  # one in so many is given to the officer
INDEX = (
    "INSERT INTO search_searchdocument (scope_id, subject, kind, position, title, text, place,"
    " language, address, tokens)"
    " SELECT {scope}, 'point:' || CAST(p.id AS text), 'point', p.id, '', '', '', d.language,"
    " d.address, d.tokens FROM search_searchdocument d"
    " JOIN evaluation_point p ON p.comment_id = d.position"
    " WHERE d.scope_id = {source} AND p.id > {until}"
)


def prepared(seed: int) -> dict[str, Any]:
    """An officer in the middle of her work: {cookie, pages: {name: addresses}}."""
    consultation = Consultation.objects.get()
    officer = _officer()
    _work(consultation, officer)
    _index(consultation)
    finish()
    tally_many_points(at=clock.now())
    client = Client(HTTP_HOST="localhost")
    client.force_login(officer)
    name = settings.SESSION_COOKIE_NAME
    return {
        "cookie": f"{name}={client.cookies[name].value}",
        "pages": _pages(consultation, Random(seed)),  # noqa: S311 – no secret
    }


def queries(pages: dict[str, list[str]]) -> dict[str, int]:
    """The most questions that a page of each kind asks the database."""
    client = Client(HTTP_HOST="localhost")
    client.force_login(User.objects.get(login=LOGIN))
    return {page: max(_asked(client, path) for path in paths) for page, paths in pages.items()}


def _asked(client: Client, path: str) -> int:
    client.get(path)  # what a process asks once only
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answered {answer.status_code}")
    return len([q for q in asked if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))])


def _officer() -> User:
    found = User.objects.filter(login=LOGIN).first()
    if found is None:
        office, _is_new = Office.objects.get_or_create(short="MF", defaults={"name": "Messamt"})
        found = User.objects.create(
            login=LOGIN, name="Mess Beamte", role=Role.ADMINISTRATION, office=office
        )
        found.must_change_password = False
        found.save()
    return found


def _work(consultation: Consultation, officer: User) -> None:
    for number in range(30):
        paper, name = consultation.strategy, f"Thema {number:02}"
        Topic.objects.get_or_create(strategy=paper, name=name)
        Boilerplate.objects.get_or_create(
            strategy=paper, name=name, defaults={"reason": "Das steht in {Absatz}."}
        )
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE evaluation_point SET state = %s WHERE id %% %s = 0 AND state = %s",
            [PointState.DRAFT, ANSWERED, PointState.OPEN],
        )
        cursor.execute(
            "UPDATE evaluation_point SET assignee_id = %s"
            " WHERE id %% %s = 1 AND assignee_id IS NULL",
            [officer.pk, GIVEN],
        )


def _index(consultation: Consultation) -> None:
    """As the worker would, from the words that are known already."""
    source = SearchScope.objects.get(key=f"contributions:{consultation.slug}")
    scope, _is_new = SearchScope.objects.get_or_create(
        key=scope_of(consultation), defaults={"family": "", "title": "bench"}
    )
    sql = INDEX.format(scope=scope.pk, source=source.pk, until=scope.order)
    with connection.cursor() as cursor:
        cursor.execute(sql)
    newest = Point.objects.order_by("-pk").values_list("pk", flat=True).first()
    SearchScope.objects.filter(pk=scope.pk).update(order=newest or 0)


def _pages(consultation: Consultation, draw: Random) -> dict[str, list[str]]:
    least, most = Point.objects.order_by("pk").first(), Point.objects.order_by("-pk").first()
    assert least is not None
    assert most is not None

    def somewhere() -> int:
        return draw.randint(least.pk, most.pk - 1)

    slug = consultation.slug
    queue = reverse("evaluation:queue", args=[slug])
    together = reverse("evaluation:together", args=[slug])
    chosen = [somewhere() for _each in range(CHOSEN)]
    return {
        "queue": [queue, *(f"{queue}?after={somewhere()}" for _each in range(OPENED))],
        "queue, left, as in the paper": [
            f"{queue}?state=left&order=passage&after={somewhere()}" for _each in range(OPENED)
        ],
        "queue, common words": [f"{queue}?q=Rathaus", f"{queue}?q=Kinder+Busse&order=passage"],
        "queue, rare words": [f"{queue}?q=Nummer", f"{queue}?q=nirgends"],
        "queue, mine": [f"{queue}?mine=1&state=left"],
        "point": [reverse("evaluation:point", args=[slug, somewhere()]) for _each in range(OPENED)],
        "several points": [
            f"{together}?{urlencode([('point', f'{key}:0') for key in sorted(set(chosen))])}"
        ],
        "progress": [reverse("evaluation:progress", args=[slug])],
    }
