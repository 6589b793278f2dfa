from datetime import date

import pytest

from cases.rules.enforcement.winning_back import (
    Contact,
    check_plan,
    falls,
    last_day,
    next_contact_by,
    say_last_day,
)
from staff.errors import RuleBroken

TODAY, BY = date(2018, 11, 21), date(2018, 11, 28)
WHOLE = {
    "what_we_do": "He works nights, so we meet at 4pm and ring the day before.",
    "next_on": date(2018, 11, 26),
    "cannot_be_seen": "",
}


def test_the_next_contact_is_within_days_of_the_policy():
    assert next_contact_by(TODAY, 5) == BY


def test_a_plan_with_the_next_appointment_is_taken():
    assert check_plan(**WHOLE, by=BY, today=TODAY) is None


def test_somebody_who_cannot_be_seen_needs_what_is_done_instead():
    instead = {"next_on": None, "cannot_be_seen": "At large: the police are asked each week."}

    assert check_plan(**WHOLE | instead, by=BY, today=TODAY) is None
    with pytest.raises(RuleBroken, match="what is done instead"):
        check_plan(**WHOLE | instead | {"cannot_be_seen": "n/a"}, by=BY, today=TODAY)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"what_we_do": "n/a"}, "win them back"),
        ({"next_on": None}, "Choose the next appointment"),
        ({"next_on": date(2018, 11, 20)}, "has passed"),
        ({"next_on": date(2018, 11, 29)}, "by 28 November 2018"),
    ],
)
def test_a_plan_that_lets_contact_fall_is_refused(given, said):
    with pytest.raises(RuleBroken, match=said):
        check_plan(**WHOLE | given, by=BY, today=TODAY)


def test_a_plan_written_late_may_still_be_for_today():
    late = date(2018, 12, 3)

    assert check_plan(**WHOLE | {"next_on": late}, by=BY, today=late) is None
    assert check_plan(**WHOLE | {"next_on": date(2018, 12, 4)}, by=BY, today=late) is None
    with pytest.raises(RuleBroken, match="by 4 December 2018, the next working day"):
        check_plan(**WHOLE | {"next_on": date(2018, 12, 5)}, by=BY, today=late)


FRIDAY, MONDAY, TUESDAY = (date(2018, 12, day) for day in (7, 10, 11))


@pytest.mark.parametrize(
    ("today", "extra", "last"),
    [
        (TODAY, frozenset(), BY),
        (BY, frozenset(), BY),
        (date(2018, 11, 29), frozenset(), date(2018, 11, 30)),
        (FRIDAY, frozenset(), MONDAY),
        (FRIDAY, frozenset({MONDAY}), TUESDAY),
    ],
)
def test_once_its_day_has_passed_it_is_to_be_by_the_next_working_day(today, extra, last):
    assert last_day(BY, today, extra) == last


def test_the_day_that_is_said_is_the_day_that_is_taken():
    assert check_plan(**WHOLE | {"next_on": MONDAY}, by=BY, today=FRIDAY) is None
    with pytest.raises(RuleBroken) as refused:
        check_plan(**WHOLE | {"next_on": TUESDAY}, by=BY, today=FRIDAY)

    said = say_last_day(BY, FRIDAY)
    assert said in str(refused.value)
    assert "was to be by 28 November 2018, and is late" in said
    assert "by 10 December 2018, the next working day" in said
    assert say_last_day(BY, TODAY) == "The next contact is to be by 28 November 2018."


@pytest.mark.parametrize(
    ("contact", "said"),
    [
        (Contact(None, 7), "Nothing is booked"),
        (Contact(date(2018, 11, 29), 7), "later than the standard"),
        (Contact(date(2018, 11, 28), 7), ""),
        (Contact(date(2018, 12, 29), None), ""),
        (Contact(None, 7, paused=True), ""),
    ],
)
def test_contact_that_falls_away_while_a_breach_runs_is_said(contact, said):
    found = falls(contact, TODAY)

    assert said in found
    assert bool(found) == bool(said)
