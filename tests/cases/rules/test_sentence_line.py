from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.reference.codes import Order
from cases.rules.sentence_line import Dates, course_of

START = date(2018, 1, 1)


def names(course):
    return [phase.name for phase in course.phases]


def test_a_community_order_runs_from_start_to_its_expected_end():
    course = course_of(Dates(Order.COMMUNITY, START, date(2018, 12, 31)), date(2018, 1, 22))

    assert names(course) == ["Order"]
    assert course.words == "Order: week 4 of 52. 343 days to the end"


def test_a_sentence_of_custody_goes_on_to_licence_and_post_sentence_supervision():
    dates = Dates(
        Order.CUSTODY_PSS,
        START,
        released_on=date(2018, 3, 1),
        licence_end_on=date(2018, 6, 1),
        pss_end_on=date(2019, 3, 1),
    )

    course = course_of(dates, date(2018, 4, 1))

    assert names(course) == ["Custody", "Licence", "Post-sentence supervision"]
    assert course.words.startswith("Licence: week 5 of 13.")


def test_an_expected_release_stands_in_until_there_is_one():
    dates = Dates(Order.CUSTODY, START, expected_release_on=date(2018, 3, 1))

    assert course_of(dates, START).end == date(2018, 3, 1)


def test_a_suspended_sentence_has_an_operational_period_beyond_supervision():
    dates = Dates(
        Order.SUSPENDED,
        START,
        supervision_end_on=date(2019, 1, 1),
        operational_end_on=date(2019, 7, 1),
    )

    assert names(course_of(dates, START)) == ["Supervision period", "Operational period"]


def test_a_part_that_takes_no_time_is_not_drawn():
    end = date(2019, 1, 1)
    dates = Dates(Order.SUSPENDED, START, supervision_end_on=end, operational_end_on=end)

    assert names(course_of(dates, START)) == ["Supervision period"]


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        (Dates(Order.COMMUNITY), "Start date not recorded"),
        (Dates(Order.COMMUNITY, START), "Started 1 January 2018; end date not recorded"),
        (
            Dates(Order.COMMUNITY, START, date(2017, 1, 1)),
            "Started 1 January 2018; end date not recorded",
        ),
    ],
)
def test_a_line_whose_dates_are_not_known_is_not_drawn(dates, words):
    course = course_of(dates, date(2018, 5, 1))

    assert course.phases == ()
    assert course.words == words


def test_a_sentence_past_its_end_or_not_yet_begun_says_so():
    dates = Dates(Order.COMMUNITY, START, date(2018, 12, 31))

    assert course_of(dates, date(2019, 1, 1)).words.startswith("Past its end date")
    assert course_of(dates, date(2017, 12, 31)).words == "Starts 1 January 2018"


days = st.none() | st.dates(date(2016, 1, 1), date(2020, 1, 1))


@given(
    st.builds(
        Dates,
        order=st.sampled_from(Order),
        started_on=st.just(START),
        expected_end_on=days,
        supervision_end_on=days,
        operational_end_on=days,
        released_on=days,
        expected_release_on=days,
        licence_end_on=days,
        pss_end_on=days,
    ),
    st.dates(date(2015, 1, 1), date(2021, 1, 1)),
)
def test_phases_join_in_order_and_today_stands_on_the_line(dates, today):
    course = course_of(dates, today)

    for before, after in zip(course.phases, course.phases[1:], strict=False):
        assert before.to_on == after.from_on
    if course.phases:
        assert course.start == START <= course.end
        assert 0 <= course.along(today, 1000) <= 1000
        assert course.along(course.start, 1000) == 0
        if course.end > course.start + timedelta(days=1):
            assert course.along(course.end, 1000) == 1000
