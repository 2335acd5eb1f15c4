"""What `bench faults` counts in a process that works on one installation."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat

from richtschnur.bench import clocks, intake_steps
from richtschnur.contributions.models import BasketComment, Comment, Contribution, digest
from richtschnur.journal import verifier
from richtschnur.journal.export import export_log
from richtschnur.journal.kinds import RECEIVED
from richtschnur.journal.log import integrate
from richtschnur.journal.models import JournalEntry, Leaf
from richtschnur.journal.operations import seal_pending
from richtschnur.journal.queries import chain_faults
from richtschnur.ui import clock

SUBMITTED = "contributions.submit_contribution"


def texts_differ(count: int, seed: int) -> dict[str, Any]:
    """Baskets as of `bench intake`, each with words of its own."""
    made = intake_steps.baskets(count, seed)
    text = Concat(Value("Satz Nummer "), Cast("pk", CharField()))
    BasketComment.objects.update(text=text)
    return made


def standing(addresses: list[str]) -> dict[str, Any]:
    """What became of acknowledged submissions: {"lost","doubled","problems"}.

    Lost is one that is not there with its comment, its entry and its leaf in the tree, each once;
    doubled is one whose words stand there twice. `problems` is what the checks of the product
    itself say: the database's, the chain's, the verifier's of the exported log.
    """
    while integrate(at=clock.now()):
        pass
    while seal_pending():
        pass
    return kept(addresses) | {"problems": [*_database(), *chain_faults(), *_log()]}


def kept(addresses: list[str]) -> dict[str, int]:
    """The count alone, which also goes on a log that breaks."""
    known = dict(Contribution.objects.values_list("secret_digest", "pk"))
    found = [known.get(digest(_secret(address))) for address in set(addresses)]
    stored = [key for key in found if key is not None]
    leaves = Leaf.objects.filter(kind__in=RECEIVED, index__isnull=False)
    entries = JournalEntry.objects.filter(act=SUBMITTED)
    witnesses = [Counter(rows.values_list("subject", flat=True)) for rows in (leaves, entries)]
    texts = dict(Comment.objects.values_list("contribution_id", "text"))
    said = Counter(Comment.objects.values_list("text", flat=True))
    whole = [
        key
        for key in stored
        if key in texts and all(one[f"contribution:{key}"] == 1 for one in witnesses)
    ]
    return {
        "lost": len(found) - len(whole),
        "doubled": sum(said[texts[key]] - 1 for key in whole),
    }


def _secret(address: str) -> str:
    return address.rstrip("/").rpartition("/")[2]


def _database() -> Iterable[str]:
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        said = [line for (line,) in cursor.fetchall()]
    return [] if said == ["ok"] else said[:3]


def _log() -> list[str]:
    """What everyone who checks the exported log would find."""
    with tempfile.TemporaryDirectory() as folder:
        export_log(Path(folder))
        report = verifier.verify(folder)
    stored = Contribution.objects.count()
    if report["contributions"] != stored:
        problem = f"{stored} contributions are stored, the log has {report['contributions']}"
        return [*report["problems"], problem]
    return list(report["problems"])


def remarks(keys: list[str], done: str) -> dict[str, int]:
    """The same of the control's remarks, whose texts are the keys, or the keys behind `done`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM peer_remark")
        said = Counter(text.removeprefix(done) for (text,) in cursor.fetchall())
    return {
        "lost": sum(not said[key] for key in set(keys)),
        "doubled": sum(max(0, said[key] - 1) for key in set(keys)),
    }


def clocks_jump(cases: int, seed: int) -> dict[str, Any]:
    """So many cases decided, some of them sent: {"lost","doubled","wrong","control",…}."""
    found = clocks.decided(cases, seed)
    done = clocks.sent(cases // clocks.SENT_EACH, seed)
    addresses = [f"/{secret}/" for secret in done["secrets"]]
    stood = standing(addresses)
    wrong = found["wrong"] + done["wrong"]
    said = [f"{wrong} cases were decided wrongly"] if wrong else []
    return stood | {
        "problems": [*said, *stood["problems"]],
        "control": found["control"],
        "acknowledged": addresses,
    }
