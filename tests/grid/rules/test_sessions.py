"""When one session is, to the minute, in the seasons of the clock; and what it meets."""

import random
from datetime import UTC, date, datetime, time, timedelta

import pytest

from grid.rules.sessions import LONDON, Session, Stretch, check_hours, week_of
from tests.grid.a_series import at, taken
from tests.refusals import refusal

DAY = date(2018, 10, 2)
SESSION = Session(1, DAY, time(18), 120)


@pytest.mark.parametrize(
    ("day", "hour"),
    [
        (date(2018, 3, 24), 18),  # the Saturday before the clocks go forward
        (date(2018, 3, 25), 17),
        (date(2018, 10, 27), 17),  # and before they go back
        (date(2018, 10, 28), 18),
    ],
)
def test_six_by_the_clock_is_another_hour_of_the_day_in_summer(day, hour):
    session = Session(1, day, time(18), 90)

    assert session.starts_at.astimezone(UTC).hour == hour
    assert session.ends_at == session.starts_at + timedelta(minutes=90)
    assert (session.ends_at.hour, session.ends_at.minute) == (19, 30)


@pytest.mark.parametrize(
    ("from_hour", "to_hour", "meets"),
    [(16, 18, False), (16, 19, True), (18, 20, True), (19, 20, True), (20, 22, False)],
)
def test_what_ends_when_it_begins_does_not_meet_it(from_hour, to_hour, meets):
    other = taken(DAY, from_hour, to_hour)

    assert SESSION.stretch.overlaps(other) is meets
    assert other.overlaps(SESSION.stretch) is meets


def test_one_minute_is_enough_to_meet():
    early = Stretch(at(DAY, 16), at(DAY, 18, 1))
    late = Stretch(at(DAY, 19, 59), at(DAY, 21))

    assert SESSION.stretch.overlaps(early)
    assert SESSION.stretch.overlaps(late)


def test_the_hour_that_the_clocks_have_twice_is_two_hours():
    night = date(2018, 10, 28)
    before = datetime(2018, 10, 28, 1, 30, tzinfo=LONDON)
    after = before.replace(fold=1)
    first = Stretch(before, after)  # by the clock it takes no time
    second = Stretch(after, at(night, 2))

    assert (first.minutes, second.minutes) == (60, 30)
    assert not first.overlaps(second)
    assert first.overlaps(
        Stretch(
            datetime(2018, 10, 28, 0, 45, tzinfo=UTC),  # 1:45 by the clock, the first time
            datetime(2018, 10, 28, 0, 50, tzinfo=UTC),
        )
    )


def test_whether_two_meet_is_what_going_minute_by_minute_finds():
    chance = random.Random(20181028)
    start = datetime(2018, 10, 27, 23, tzinfo=UTC)
    for _ in range(400):
        pair = []
        for _ in range(2):
            begins = chance.randrange(240)
            pair.append((begins, begins + chance.randrange(1, 60)))
        minutes = [set(range(*one)) for one in pair]
        one, other = (
            Stretch(
                (start + timedelta(minutes=begins)).astimezone(LONDON),
                (start + timedelta(minutes=finishes)).astimezone(LONDON),
            )
            for begins, finishes in pair
        )

        assert one.overlaps(other) == bool(minutes[0] & minutes[1]), pair


@pytest.mark.parametrize(
    ("from_at", "minutes", "refused"),
    [
        (time(7), 60, False),
        (time(6, 59), 60, True),
        (time(20), 120, False),
        (time(20), 121, True),
        (time(20, 1), 120, True),
        (time(18), 1, False),
        (time(18), 0, True),
        (time(23), 120, True),
    ],
)
def test_a_session_is_held_between_seven_and_ten(from_at, minutes, refused):
    assert bool(refusal(check_hours, from_at, minutes)) is refused


def test_a_session_has_begun_from_its_first_moment():
    assert not SESSION.has_begun(at(DAY, 17, 59))
    assert SESSION.has_begun(at(DAY, 18))


@pytest.mark.parametrize("number", range(7))
def test_a_week_begins_on_its_monday(number):
    assert week_of(date(2018, 10, 1) + timedelta(days=number)) == date(2018, 10, 1)
