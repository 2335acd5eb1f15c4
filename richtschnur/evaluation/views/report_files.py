"""The report of participation as DOCX, ODT or PDF/UA, and its charts' numbers as CSV."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Final, cast

from django.http import FileResponse
from django.utils.translation import gettext as _
from django.utils.translation import override

from richtschnur.consultation.models import Consultation
from richtschnur.county.queries import reference_document, the_county
from richtschnur.documents.paper import (
    Heading,
    Item,
    Paper,
    PaperBlock,
    PaperFormat,
    Picture,
    Sheet,
    Table,
    Text,
)
from richtschnur.documents.writing import MEDIA_TYPES, write, write_table
from richtschnur.documents.writing.charts import as_svg
from richtschnur.evaluation.queries.report_words import Chart, Part, chapters_of
from richtschnur.evaluation.states import Chapter
from richtschnur.ui.moments import moment_in_words

FORMATS: Final = ("pdf", "docx", "odt")


def report_file(
    consultation: Consultation, content: dict[str, Any], format: str, *, sha256: str, at: datetime
) -> FileResponse:
    """The whole report in the paper's language; `sha256` is "" for a draft. Raises Unwritable."""
    language = consultation.strategy.language
    with override(language):
        paper = _paper(consultation, content, sha256, at, language)

    def put(path: Path) -> None:
        own = reference_document(format)
        write(paper, cast(PaperFormat, format), path, reference=own.path if own else None)

    word = "report" if sha256 else "draft"
    return _sent(put, format, f"{consultation.slug}-{word}.{format}")


def chart_file(consultation: Consultation, chart: Chart, at: datetime) -> FileResponse:
    """A chart's numbers; what is not shown is empty, and the sum stands last."""
    rows: list[tuple[str, int | None]] = [(bar.label, bar.value) for bar in chart.bars]
    if chart.total is not None:
        rows.append((_("together"), chart.total))
    sheet = Sheet(chart.title, list(chart.head), rows, consultation.strategy.language, at)
    name = f"{consultation.slug}-{chart.key}.csv"
    return _sent(lambda path: write_table(sheet, "csv", path), "csv", name)


def _sent(put: Callable[[Path], None], format: str, name: str) -> FileResponse:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"report.{format}"
        put(path)
        # The open file outlives its folder.
        response = FileResponse(path.open("rb"), content_type=MEDIA_TYPES[format])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _paper(
    consultation: Consultation, content: dict[str, Any], sha256: str, at: datetime, language: str
) -> Paper:
    county = the_county()
    state = [(_("State of"), moment_in_words(at))]
    if sha256:
        state.append((_("Checksum of the report (SHA-256)"), sha256))
    else:
        state.append((_("Draft"), _("not released; the numbers may still change")))
    blocks: list[PaperBlock] = []
    if foreword := content["texts"].get(Chapter.FOREWORD.value):
        blocks += [Heading(2, str(Chapter.FOREWORD.label)), *_texts(foreword, "body")]
    for part in chapters_of(content):
        blocks += _chapter(part, content, county.accent, language)
    return Paper(
        title=_("Report of participation"),
        subtitle=content["title"],
        language=language,
        blocks=blocks,
        written_at=at,
        county=county.name,
        notes=tuple(state),
        accent=county.accent,
    )


def _chapter(
    part: Part, content: dict[str, Any], accent: str, language: str
) -> Iterator[PaperBlock]:
    yield Heading(2, part.title)
    yield from _texts(part.text, "body")
    for fact in part.facts:
        yield Text(fact)
    for chart in part.charts:
        yield Heading(3, chart.title)
        yield Picture(as_svg(chart.drawn, accent=accent), "image/svg+xml", _said(chart))
        yield _table(chart)
        if chart.note:
            yield Text(chart.note, "note")
    for number, words in part.passages:
        yield Item(_where(number, words))


def _where(number: int | None, words: str) -> str:
    told = {"n": number, "words": words}
    return (_("Passage %(n)s: %(words)s") if number else _("Gone: %(words)s")) % told


def _said(chart: Chart) -> str:
    return f"{chart.title}. {chart.description}"


def _table(chart: Chart) -> Table:
    rows = [(bar.label, figure) for bar, figure in chart.rows]
    if chart.total is not None:
        rows.append((_("together"), str(chart.total)))
    return Table("", chart.head, rows, (75, 25))


def _texts(words: str, style: Any) -> Iterator[Text]:
    for paragraph in words.split("\n\n"):
        if paragraph.strip():
            yield Text(paragraph.strip(), style)
