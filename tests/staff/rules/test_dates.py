"""Dates and times are read as staff write them, and never guessed."""

import contextlib
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staff.rules.dates import NotUnderstood, say_date, say_time, understand_date, understand_time

TODAY = date(2018, 11, 22)
THIRD_OF_MAY = date(2018, 5, 3)
DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "3/5/2018", "03/05/2018", "3-5-2018", "3.5.2018", "3 5 2018", "3/5/18", "2018-05-03",
        "3 May 2018", "3 may 18", "3rd May 2018", "3rd of May, 2018", "May 3, 2018", "Thu 3 May 2018",
        "Thursday 3 May 2018", "  3   May   2018 ",
    ],
)  # fmt: skip
def test_a_date_may_be_written_in_any_sensible_way(text):
    assert understand_date(text, today=TODAY) == THIRD_OF_MAY


@pytest.mark.parametrize("word, days", [("yesterday", -1), ("Today", 0), ("tomorrow", 1)])
def test_a_date_may_be_said_from_today(word, days):
    assert understand_date(word, today=TODAY) == TODAY + timedelta(days=days)


@pytest.mark.parametrize(
    "text, mend",
    [
        ("", "Enter a date"),
        ("soon", "Enter a date"),
        ("3052018", "Enter a date"),
        ("May 2018", "Enter a date"),
        ("3 May", "Include the year"),
        ("5/13/2018", "There is no month 13"),
        ("31/2/2018", "February 2018 has 28 days"),
        ("29 February 2019", "February 2019 has 28 days"),
        ("0/5/2018", "May 2018 has 31 days"),
        ("3 May 218", "Enter a date"),
        ("3/5/1066", "Check the year"),
        ("Monday 3 May 2018", "is a Thursday, not a Monday"),
        ("3 May 2018 to 4 May 2018", "Enter a date"),
    ],
)
def test_what_is_not_a_whole_true_date_is_asked_for_again(text, mend):
    with pytest.raises(NotUnderstood, match=mend):
        understand_date(text, today=TODAY)


def test_a_two_figure_year_is_the_near_one_unless_the_date_must_have_been():
    assert understand_date("3/5/40", today=TODAY) == date(2040, 5, 3)
    assert understand_date("3/5/68", today=TODAY) == date(2068, 5, 3)
    assert understand_date("3/5/69", today=TODAY) == date(1969, 5, 3)
    assert understand_date("3/5/40", today=TODAY, past=True) == date(1940, 5, 3)
    assert understand_date("22/11/18", today=TODAY, past=True) == TODAY
    assert understand_date("23/11/18", today=TODAY, past=True) == date(1918, 11, 23)


@given(DAYS)
def test_every_date_is_understood_as_it_is_said(day):
    for text in (say_date(day), day.isoformat(), f"{day.day}/{day.month}/{day.year}"):
        assert understand_date(text, today=TODAY) == day


@given(st.text(max_size=30) | st.from_regex(r"[0-9]{1,4}[ /.-][0-9a-z]{1,9}[ /.-][0-9]{1,6}"))
def test_text_is_a_date_said_back_the_same_or_is_asked_for_again(text):
    with contextlib.suppress(NotUnderstood):
        understood = understand_date(text, today=TODAY)
        assert understand_date(say_date(understood), today=TODAY) == understood


@pytest.mark.parametrize(
    "text, understood",
    [
        ("2pm", time(14)), ("2.30 pm", time(14, 30)), ("2:30 p.m.", time(14, 30)), ("14:30", time(14, 30)),
        ("1430", time(14, 30)), ("0905", time(9, 5)), ("12am", time(0)), ("12pm", time(12)), ("noon", time(12)),
    ],
)  # fmt: skip
def test_a_time_may_be_written_in_any_sensible_way(text, understood):
    assert understand_time(text) == understood


@pytest.mark.parametrize(
    "text, mend",
    [
        ("", "Enter a time"),
        ("later", "Enter a time"),
        ("2", "am or pm"),
        ("13pm", "from 1 to 12"),
        ("0am", "from 1 to 12"),
        ("25:00", "that a clock shows"),
        ("14:75", "that a clock shows"),
    ],
)
def test_what_is_not_a_time_is_asked_for_again(text, mend):
    with pytest.raises(NotUnderstood, match=mend):
        understand_time(text)


@given(st.times().map(lambda moment: moment.replace(second=0, microsecond=0)))
def test_every_time_is_understood_as_it_is_said(moment):
    assert understand_time(say_time(moment)) == moment
