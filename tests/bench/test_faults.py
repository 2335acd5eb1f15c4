"""The faults' own measure: it finds what is lost, doubled or decided wrongly, and only that."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from richtschnur.bench import clocks, faults_steps, intake_steps
from richtschnur.bench.databases import Installed
from richtschnur.bench.faults import STRIKES, planned
from richtschnur.bench.faults import _defect as defect
from richtschnur.bench.insisting import Crowd
from richtschnur.bench.load import Post
from richtschnur.bench.servers import Server, running
from richtschnur.consultation.models import Consultation
from richtschnur.consultation.states import Phase
from richtschnur.contributions.models import Contribution
from richtschnur.contributions.operations import NewComment, submit_contribution
from richtschnur.journal.actors import VISITOR
from richtschnur.journal.refusals import Refused
from richtschnur.ui import clock
from tests.support.log import fresh_log

__all__ = ["fresh_log"]
SEED = 5


def test_deadlines_are_decided_and_read_right() -> None:
    found = clocks.decided(3_000, SEED)
    assert found["wrong"] == 0
    assert found["control"] > 0, "the wall's clock was never wrong: the cases miss the change"


def test_a_phase_by_the_clock_on_the_wall_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def phase(self: Consultation, at: datetime) -> Phase:
        is_open = clocks.wall(at).replace(microsecond=0) <= clocks.wall(self.closes_at)
        return Phase.OPEN if is_open else Phase.CLOSED

    monkeypatch.setattr(Consultation, "phase", phase)
    found = clocks.decided(3_000, SEED)
    assert found["wrong"] == found["control"] > 0


def test_a_deadline_read_with_a_fixed_zone_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def moment(text: str) -> datetime:
        return (datetime.fromisoformat(text) - timedelta(hours=1)).replace(tzinfo=clocks.UTC)

    monkeypatch.setattr(clocks, "moment", moment)
    assert clocks.decided(100, SEED)["wrong"] > 0


@pytest.mark.django_db
def test_what_is_sent_while_the_clock_jumps_is_taken_once(fresh_log: object) -> None:
    found = clocks.sent(40, SEED)
    assert found["wrong"] == 0
    addresses = [f"/de/receipt/{secret}/" for secret in found["secrets"]]
    assert len(addresses) == Contribution.objects.count() > 5
    assert faults_steps.standing(addresses) == {"lost": 0, "doubled": 0, "problems": []}


@pytest.mark.django_db
def test_lost_and_doubled_are_found(fresh_log: object) -> None:
    consultation = intake_steps.opened(SEED)

    def submit(key: str) -> str:
        return submit_contribution(
            consultation=consultation,
            comments=[NewComment("Mehr Busse am Abend, bitte.")],
            kind="resident",
            idempotency_key=key,
            by=VISITOR,
            at=clock.now(),
        ).secret

    first = f"/de/receipt/{submit('one')}/"
    assert faults_steps.standing([first, first]) == {"lost": 0, "doubled": 0, "problems": []}
    assert faults_steps.standing([first, "/de/receipt/never/"])["lost"] == 1
    submit("two")
    assert faults_steps.standing([first])["doubled"] == 1


@pytest.mark.django_db(transaction=True)
def test_parallel_repeats_of_one_submission_are_one(fresh_log: object) -> None:
    consultation = intake_steps.opened(SEED)
    made = intake_steps.baskets_in(consultation)
    barrier = threading.Barrier(8)

    def send(_turn: int) -> list[str]:
        client = Client(HTTP_HOST="localhost")
        client.cookies[made["cookie"]] = made["secret"]
        barrier.wait(30)
        try:
            data = {"key": made["key"], "kind": "resident"}
            answers = [client.post(made["path"], data) for _time in range(3)]
        finally:
            connection.close()
        assert {answer.status_code for answer in answers} == {303}
        return [answer["Location"] for answer in answers]

    with ThreadPoolExecutor(8) as pool:
        places = [place for found in pool.map(send, range(8)) for place in found]
    assert len(places) == 24
    assert len(set(places)) == 1
    assert faults_steps.standing(places) == {"lost": 0, "doubled": 0, "problems": []}


class Moody(BaseHTTPRequestHandler):
    """Fails every other time, then leads to a receipt."""

    def do_POST(self) -> None:
        asked: list[str] = self.server.asked  # type: ignore[attr-defined]
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        asked.append(body)
        is_taken = asked.count(body) > 1
        self.send_response(303 if is_taken else 500)
        self.send_header("Location", f"/receipt/{body}/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_said: Any) -> None:
        pass


@pytest.fixture
def moody() -> Iterator[ThreadingHTTPServer]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Moody) as server:
        server.asked = []  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_a_crowd_sends_again_until_it_is_led_on(moody: ThreadingHTTPServer) -> None:
    posts = iter([Post("/", f"basket-{number}") for number in range(6)])
    mended: list[bool] = []
    with Crowd(moody.server_address[1], posts, clients=2) as crowd:
        crowd.wait_for(6, mend=lambda: mended.append(True))
    assert sorted(post.body for post in crowd.taken) == [f"basket-{n}" for n in range(6)]
    assert len(set(crowd.tally.places)) == crowd.acknowledged == 6
    assert crowd.refused == 6
    assert crowd.given_up == 0
    assert mended


def test_a_crowd_without_baskets_says_so(moody: ThreadingHTTPServer) -> None:
    with (
        pytest.raises(Refused, match="no basket is left"),
        Crowd(moody.server_address[1], iter([]), clients=1) as crowd,
    ):
        crowd.wait_for(1, mend=lambda: None)


def test_a_server_is_killed_with_its_children_and_comes_again() -> None:
    program = "import os, time; os.fork(); time.sleep(600)"
    with running(Server([sys.executable, "-c", program], dict(os.environ))) as server:
        first = server.pid
        server.start_if_gone()
        assert server.pid == first
        server.kill()
        server.start_if_gone()
        assert server.pid != first
    with pytest.raises(ProcessLookupError):
        os.killpg(server.pid, 0)


GOOD = {"problems": [], "lost": 0, "doubled": 0, "control_failed": True}


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ({}, ""),
        ({"lost": 1}, "the product has not kept"),
        ({"doubled": 1}, "the product has not kept"),
        ({"given_up": 1}, "stayed away"),
        ({"control_failed": False}, "the control was not found wrong"),
        ({"problems": ["the chain breaks at 3"]}, "there are problems"),
    ],
)
def test_what_went_wrong_is_a_defect(found: dict[str, Any], said: str) -> None:
    assert said in defect(GOOD | found)
    assert bool(defect(GOOD | found)) == bool(said)


def test_parts_are_chosen_by_their_names() -> None:
    assert set(planned("sqlite", [], is_quick=False)) == set(STRIKES)
    assert planned("sqlite", ["postgresql", "clock"], is_quick=False) == {}
    assert planned("postgresql", ["postgresql", "clock"], is_quick=False) == {"clock": 100_000}
    assert planned("sqlite", ["kill-web"], is_quick=True) == {"kill-web": 2}
    with pytest.raises(Refused, match="kill-wbe"):
        planned("sqlite", ["kill-wbe"], is_quick=True)


def test_a_call_takes_more_than_a_command_line_holds(tmp_path: Any) -> None:
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "richtschnur.config.settings"}
    place = Installed("sqlite", tmp_path, environment | {"RICHTSCHNUR_HOME": str(tmp_path)})
    many = [f"address-{number}" for number in range(20_000)]
    assert place.call("builtins:dict", many=many) == {"many": many}


def test_a_benchmark_that_is_told_to_end_clears_up(tmp_path: Any) -> None:
    script = (
        "import sys, time; from richtschnur import bench; from richtschnur.bench import child;"
        "bench.BENCHMARKS['endless'] = 'tests.bench.endless';"
        f"sys.argv = ['child', 'endless', {str(tmp_path / 'result.json')!r}, '--seed', '3'];"
        "sys.exit(child.main())"
    )
    folder = tmp_path / "made"
    environment = os.environ | {"RICHTSCHNUR_HOME": str(tmp_path / "home"), "ENDLESS": str(folder)}
    process = subprocess.Popen([sys.executable, "-c", script], env=environment)
    try:
        while not folder.exists():
            assert process.poll() is None
        process.terminate()
        assert process.wait() == 143
    finally:
        process.kill()
    assert not folder.exists()
