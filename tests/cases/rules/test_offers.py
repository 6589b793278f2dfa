"""Free times: never over a booking, within the hours, women's first. Series: at their hour whatever the season."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.rules.booking import beside, overlaps, warnings
from cases.rules.booking_facts import Busy, Diary, Elsewhere, Facts, Hours, Office, Slot, Theirs
from cases.rules.calendar import is_working_day
from cases.rules.hours import say_hours, understand_hours
from cases.rules.offers import MOST, MOST_KEPT, offers
from cases.rules.repeats import Repeats, check_repeats, shifted, times_of, weeks_on
from staff.errors import RuleBroken

LONDON = ZoneInfo("Europe/London")
MONDAY = datetime(2018, 10, 1, 8, tzinfo=LONDON)
WEEKDAYS = tuple(Hours(day, time(9), time(17)) for day in range(5))
WOMEN = (*WEEKDAYS, Hours(2, time(13), time(15), True))
starts = st.integers(0, 28 * 24 * 4).map(lambda n: MONDAY + timedelta(minutes=15 * n))
busy = st.builds(
    lambda at, minutes: Busy(at, at + timedelta(minutes=minutes)), starts, st.integers(5, 240)
)
diaries = st.lists(busy, max_size=40).map(tuple)


def facts(**more):
    return Facts(**{"theirs": Theirs(sex="M"), "clash_minutes": 60} | more)


@settings(deadline=None)  # the first look loads the bank holidays
@given(
    diaries, diaries, diaries, diaries, st.sampled_from([15, 30, 45, 60, 120]), starts,
    st.sampled_from(["M", "F", "N"]), st.sampled_from([WEEKDAYS, WOMEN, ()]),
)  # fmt: skip
def test_what_is_offered_overlaps_no_booking_and_nothing_warns_of_it(
    person, officer, second, apart, minutes, after, sex, hours
):
    known = facts(
        theirs=Theirs(sex=sex), person=person, apart=apart, office=Office("Reading", hours),
        staff=(Diary(busy=officer), Diary("second", busy=second)),
    )  # fmt: skip
    taken = (*officer, *second, *person, *apart)

    for one in offers(known, minutes=minutes, after=after):
        ends_at = one.starts_at + timedelta(minutes=minutes)
        assert one.starts_at > after
        assert is_working_day(one.starts_at.date())
        assert not any(overlaps(b, one.starts_at, ends_at) for b in taken)
        assert warnings(beside(Slot(one.starts_at, minutes), known)) == []
        assert not beside(Slot(one.starts_at, minutes), known)


def test_no_time_is_offered_on_a_day_in_court_or_abroad():
    court = Elsewhere(date(2018, 10, 1), date(2018, 10, 1), time(10))
    abroad = Elsewhere(date(2018, 10, 2), date(2018, 10, 4))

    found = offers(facts(elsewhere=(court, abroad)), minutes=30, after=MONDAY)

    assert min(one.starts_at.date() for one in found) == date(2018, 10, 5)


@settings(deadline=None)
@given(diaries, st.sampled_from([15, 30, 60]))
def test_a_woman_is_offered_hours_kept_for_women_first_and_a_man_never(person, minutes):
    office = Office("Reading", WOMEN)

    hers = offers(
        facts(theirs=Theirs(sex="F"), person=person, office=office), minutes=minutes, after=MONDAY
    )
    his = offers(
        facts(theirs=Theirs(sex="M"), person=person, office=office), minutes=minutes, after=MONDAY
    )

    kept = [one.women_only for one in hers]
    assert kept == sorted(kept, reverse=True)
    assert sum(kept) <= MOST_KEPT
    assert len({one.starts_at for one in hers}) == len(hers) <= MOST
    for one in his:
        assert not one.women_only
        in_kept = one.starts_at.weekday() == 2 and time(13) <= one.starts_at.time() < time(15)
        assert not in_kept


def test_a_choice_of_days_is_offered():
    found = offers(facts(office=Office("Reading", WEEKDAYS)), minutes=30, after=MONDAY)

    assert [one.starts_at.day for one in found] == [1, 1, 2, 2, 3, 3]


def test_nothing_is_offered_where_the_place_has_closed_or_either_of_two_who_go_is_away():
    closed = Office("Reading", WEEKDAYS, closed_on=date(2018, 10, 2))
    away = ((date(2018, 10, 1), date(2018, 10, 3)),)

    assert {o.starts_at.day for o in offers(facts(office=closed), minutes=30, after=MONDAY)} == {1}
    for staff in ((Diary(away=away),), (Diary(), Diary("second", away=away))):
        assert offers(facts(staff=staff), minutes=30, after=MONDAY)[0].starts_at.day == 4


def test_a_place_that_opens_on_saturday_offers_it_and_no_bank_holiday():
    christmas = datetime(2021, 12, 24, 18, tzinfo=LONDON)  # the 25th is a Saturday
    office = Office("Reading", (Hours(5, time(9), time(12)),))

    found = offers(facts(office=office), minutes=30, after=christmas)

    assert found[0].starts_at == datetime(2022, 1, 8, 9, tzinfo=LONDON)  # the 1st is New Year's Day


@given(starts, st.integers(1, 12), st.integers(2, 26))
def test_a_series_stays_at_its_hour_on_its_day_of_the_week(first, every, times):
    found = times_of(first, Repeats(every, times))

    assert len(found) == times
    assert {(one.time(), one.weekday()) for one in found} == {(first.time(), first.weekday())}
    gaps = {(b.date() - a.date()).days for a, b in zip(found, found[1:], strict=False)}
    assert gaps == {7 * every}


def test_a_weekly_ten_oclock_is_an_hour_later_by_the_world_once_the_clocks_go_back():
    found = times_of(datetime(2018, 10, 23, 10, tzinfo=LONDON), Repeats(1, 2))

    assert [one.astimezone(UTC).hour for one in found] == [9, 10]
    assert [one.hour for one in found] == [10, 10]


@pytest.mark.parametrize("repeats", [Repeats(0, 5), Repeats(13, 5), Repeats(1, 1), Repeats(1, 27)])
def test_a_series_has_its_bounds(repeats):
    with pytest.raises(RuleBroken):
        check_repeats(repeats)


@given(starts, st.integers(1, 12), st.integers(0, 700))
def test_the_same_again_is_to_come_and_at_the_same_hour(moment, weeks, since):
    now = moment + timedelta(days=since)

    later = weeks_on(moment, weeks, now)

    assert later > now
    assert (later.time(), later.weekday()) == (moment.time(), moment.weekday())
    assert later >= shifted(moment, days=7 * weeks)


@pytest.mark.parametrize(
    "text, hours",
    [
        ("", []),
        ("9am to 5pm", [(time(9), time(17))]),
        ("2pm-6pm, 9am to midday", [(time(9), time(12)), (time(14), time(18))]),
        ("09:00 until 12:30", [(time(9), time(12, 30))]),
    ],
)
def test_hours_are_understood_as_staff_write_them(text, hours):
    assert understand_hours(text) == hours
    assert understand_hours(say_hours(hours)) == hours


@pytest.mark.parametrize(
    "text",
    ["9am", "9 to 5", "5pm to 9am", "9am to 1pm, midday to 2pm", "all day", "9am to noon to 3pm"],
)
def test_hours_that_are_none_are_asked_for_again(text):
    with pytest.raises(RuleBroken):
        understand_hours(text)
