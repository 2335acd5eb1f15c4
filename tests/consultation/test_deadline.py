"""The period, to the second and through the change to summer time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from richtschnur.consultation.models import Consultation
from richtschnur.consultation.states import Phase
from richtschnur.journal.refusals import Refused
from richtschnur.ui.commands import moment
from tests.support.world import BERLIN, World


def period(start: datetime, end: datetime) -> Consultation:
    return Consultation(opens_at=start, closes_at=end)


@given(
    end=st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1)),
    apart=st.timedeltas(timedelta(days=-2), timedelta(days=2)),
)
def test_the_whole_last_second_counts(end: datetime, apart: timedelta) -> None:
    closes_at = end.replace(microsecond=0, tzinfo=UTC)
    at = closes_at + apart
    consultation = period(closes_at - timedelta(days=30), closes_at)
    assert consultation.is_open(at) == (at < closes_at + timedelta(seconds=1))


@pytest.mark.parametrize("milliseconds", [-1, 0, 1, 999])
def test_milliseconds_around_the_deadline(milliseconds: int) -> None:
    end = datetime(2026, 10, 25, 18, tzinfo=BERLIN)
    consultation = period(end - timedelta(days=9), end)
    assert consultation.is_open(end + timedelta(milliseconds=milliseconds))
    assert not consultation.is_open(end + timedelta(milliseconds=1000))


def test_before_open_after() -> None:
    start, end = datetime(2026, 3, 1, 8, tzinfo=BERLIN), datetime(2026, 3, 29, 12, tzinfo=BERLIN)
    consultation = period(start, end)
    second = timedelta(seconds=1)
    assert consultation.phase(start - second) == Phase.PLANNED
    assert consultation.phase(start) == Phase.OPEN
    assert consultation.phase(end + second) == Phase.CLOSED


def test_moments_are_berlin_time_summer_and_winter() -> None:
    assert moment("2026-07-01T18:00").astimezone(UTC).hour == 16
    assert moment("2026-12-01T18:00").astimezone(UTC).hour == 17
    assert moment("2026-12-01", end_of_day=True) == datetime(2026, 12, 1, 23, 59, 59, tzinfo=BERLIN)
    assert moment("2026-12-01T18:00+00:00") == datetime(2026, 12, 1, 18, tzinfo=UTC)


@pytest.mark.parametrize("text", ["2026-03-29T02:30", "29.3.2026", "2026-02-30", "", "morgen"])
def test_moments_that_are_none(text: str) -> None:
    with pytest.raises(Refused):
        moment(text)


@pytest.mark.django_db
def test_a_deadline_before_its_start_is_refused() -> None:
    from richtschnur.consultation.operations import open_consultation
    from richtschnur.journal.actors import CLI

    world = World()
    with pytest.raises(Refused) as refusal:
        open_consultation(
            on=world.edition.strategy,
            opens_at=world.at,
            closes_at=world.at - timedelta(days=1),
            by=CLI,
            at=world.at,
        )
    assert refusal.value.code == "period"


def test_the_hour_that_comes_twice_is_told_apart_within_one_zone() -> None:
    """Python compares two moments of one zone by what clocks show; a deadline must not be."""
    end = datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN)
    consultation = period(end - timedelta(days=9), end)
    hour_later = (end.astimezone(UTC) + timedelta(hours=1)).astimezone(BERLIN)
    assert (hour_later.hour, hour_later.minute) == (2, 30)
    assert consultation.is_open(end)
    assert not consultation.is_open(hour_later)
    half_an_hour_later = (end.astimezone(UTC) + timedelta(minutes=30)).astimezone(BERLIN)
    assert (half_an_hour_later.hour, half_an_hour_later.minute) == (2, 0)
    assert period(end, end + timedelta(days=9)).is_open(half_an_hour_later)
