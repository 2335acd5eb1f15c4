"""Files that staff add to what they record; they stay in the form while it is corrected."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.core import signing
from django.utils.translation import gettext as _

from richtschnur.consultation.models import Consultation
from richtschnur.contributions.models import kind_in_words
from richtschnur.contributions.operations import (
    NewFile,
    receive_file,
    words_of_file,
)
from richtschnur.contributions.rules import MOST_FILES, file_limits, too_many_files
from richtschnur.contributions.views.uploads import received
from richtschnur.files.operations import HELD_FOR
from richtschnur.journal.refusals import Refused

SALT = "contributions.scan"


@dataclass(frozen=True)
class Kept:
    """A held file as the form carries it: the token says which, signed, for a day."""

    file: NewFile

    @property
    def token(self) -> str:
        return signing.dumps(asdict(self.file), salt=SALT)

    @property
    def kind_in_words(self) -> str:
        return kind_in_words(self.file.kind)


@dataclass(frozen=True)
class Scans:
    """All files of one form, and what was refused."""

    kept: list[Kept] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    limits: str = field(default_factory=file_limits)

    @property
    def files(self) -> list[NewFile]:
        return [one.file for one in self.kept]


def scans_in(request: Any) -> Scans:
    """What was added before and is still ticked, and what is added now."""
    scans = Scans([Kept(file) for file in _ticked(request)])

    def take(path: Path, name: str) -> None:
        new = receive_file(source=path, name=name)
        if new.sha256 not in {file.sha256 for file in scans.files}:
            scans.kept.append(Kept(new))

    scans.problems.extend(received(request, take))
    if len(scans.kept) > MOST_FILES:
        scans.problems.append(too_many_files())
    return scans


def put_words(scans: Scans, typed: dict[str, Any], rows: int, consultation: Consultation) -> bool:
    """Put the words of the files into rows that are still empty; says whether any were put."""
    language = consultation.strategy.language
    is_put = False
    for one in scans.kept:
        try:
            words = words_of_file(file=one.file, language=language)
            is_put |= _put(words, typed, rows)
        except Refused as refused:
            scans.problems.append(str(refused))
    if not scans.kept:
        scans.problems.append(_("Please add the file whose words are to be read."))
    return is_put


def _put(words: str, typed: dict[str, Any], rows: int) -> bool:
    """Into the first empty row; not again what stands in one already."""
    names = [f"text_{row}" for row in range(rows)]
    if words in [str(typed.get(name, "")).replace("\r\n", "\n") for name in names]:
        return False
    empty = next((name for name in names if not str(typed.get(name, "")).strip()), None)
    if empty is None:
        raise Refused(
            _("Every row has words already. Please press “More rows for comments” first.")
        )
    typed[empty] = words
    return True


def _ticked(request: Any) -> list[NewFile]:
    files = []
    for token in request.POST.getlist("held"):
        try:
            files.append(NewFile(**signing.loads(token, salt=SALT, max_age=HELD_FOR)))
        except (signing.BadSignature, TypeError):
            continue  # too old, or not ours: the operation could not find it either
    return files
