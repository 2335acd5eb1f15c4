"""Results: whole for staff, for everyone only after the end, in cells of five or more."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from richtschnur.contributions.exports import export_answers
from richtschnur.contributions.queries import public_results, results_of
from richtschnur.documents.tables import read_table
from tests.support.clock import SetClock, set_clock
from tests.support.queries import at_most
from tests.support.staff import address, logged_in
from tests.support.survey import answer, page, survey
from tests.support.world import NOON, World

__all__ = ["set_clock"]
pytestmark = pytest.mark.django_db
AFTER = NOON + timedelta(days=21)


def answered(**more: object):  # type: ignore[no-untyped-def]
    """Seven say 3, one says 1; six chose one, two the other; five "Kurse", one "Sport"."""
    opened = survey(**more)  # type: ignore[arg-type]
    for n in range(8):
        values = ["1" if n == 0 else "3", "bis 20" if n < 6 else "mehr"]
        values += ["Kurse"] if n < 5 else ["Sport"] if n == 5 else []
        answer(opened, f"k{n}", *values, text="Raum." if n < 2 else "")
    return opened


def counts(results) -> list[list[int | None]]:  # type: ignore[no-untyped-def]
    return [[cell.count for cell in result.cells] for result in results]


def test_staff_sees_every_number() -> None:
    found = results_of(answered())
    assert counts(found) == [[], [1, 0, 7], [6, 2], [0, 5, 1]]
    assert [result.answered for result in found] == [2, 8, 8, 6]
    assert found[1].mean == pytest.approx(2.8)


def test_no_cell_below_five_is_shown_nor_one_that_the_sum_would_tell() -> None:
    found = public_results(answered(), AFTER)
    assert counts(found) == [[None, None, 7], [None, None], [None, 5, None]]
    assert all(result.mean is None for result in found)


def test_what_fewer_than_five_answered_is_left_out() -> None:
    opened = survey()
    for n in range(4):
        answer(opened, f"k{n}", "3")
    assert public_results(opened, AFTER) == []


def test_nothing_is_shown_before_the_end_or_where_nothing_is_published(
    client: Client, set_clock: SetClock
) -> None:
    opened, silent = answered(), survey(publication="not")
    set_clock(NOON)
    assert client.get(page("results_shown", opened)).status_code == 404
    set_clock(AFTER)
    assert client.get(page("results_shown", silent)).status_code == 404
    shown = client.get(page("results_shown", opened))
    assert "too few to show" in shown.content.decode()
    link = page("results_shown", opened)
    assert link in client.get(address("consultation:read", opened.slug)).content.decode()
    listed = client.get(address("consultation:list")).content.decode()
    assert link in listed
    assert page("results_shown", silent) not in listed


def test_a_page_without_enough_answers_says_so(client: Client, set_clock: SetClock) -> None:
    opened = survey()
    set_clock(AFTER)
    assert "Too few" in client.get(page("results_shown", opened)).content.decode()


def test_the_table_has_a_row_a_contribution_and_a_column_a_question(tmp_path) -> None:  # type: ignore[no-untyped-def]
    opened = answered()
    for format in ("csv", "xlsx", "ods"):
        path = tmp_path / f"answers.{format}"
        export_answers(opened, format, path, at=NOON)
        rows = list(read_table(path))
        assert len(rows) == 8
        first = next(
            row for row in rows if row["was fehlt?"] and row["wie gut klappt es?"] == "1 – schlecht"
        )
        assert first["wie viele erreichen sie?"] == "bis 20"


def test_staff_reads_and_downloads_and_others_do_not(set_clock: SetClock) -> None:
    opened, world = answered(), World()
    set_clock(NOON)
    staff = logged_in(world.officer)
    with at_most(10):
        text = staff.get(page("results", opened)).content.decode()
    assert "2.8" in text or "2,8" in text
    file = staff.get(address("contributions:answers_file", opened.slug, "csv"))
    assert file["Content-Disposition"].endswith('.csv"')
    assert staff.get(address("contributions:answers_file", opened.slug, "exe")).status_code == 404
    other = logged_in(world.department)
    assert other.get(page("results", opened)).status_code == 403
    assert other.get(address("contributions:answers_file", opened.slug, "csv")).status_code == 403


def test_the_number_of_queries_does_not_grow_with_the_list(
    client: Client, set_clock: SetClock
) -> None:
    for _n in range(3):
        answered() if _n == 0 else survey()
    set_clock(AFTER)
    client.get(address("consultation:list"))
    with at_most(5):
        client.get(address("consultation:list"))
