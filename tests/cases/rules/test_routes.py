from datetime import date, timedelta

import pytest

from cases.reference.plans import Route
from cases.rules.routes import check_booking, check_route, how_long_open
from staff.errors import RuleBroken
from tests.factories import TODAY

GIVEN = {
    "removed": " One-to-one work ",
    "because": "The programme is the route for this requirement.",
    "route": Route.GROUP,
    "replacement": "Stepping Stones to Change, evenings",
    "owner": "somebody",
    "by_on": TODAY + timedelta(days=10),
    "ends_on": TODAY + timedelta(days=90),
    "today": TODAY,
}


def test_a_decision_that_names_everything_stands_and_its_words_are_trimmed():
    assert check_route(**GIVEN)["removed"] == "One-to-one work"


@pytest.mark.parametrize(
    ("left_out", "says"),
    [
        ({"removed": " "}, "which route is taken away"),
        ({"because": "N/A"}, "Say why"),
        ({"replacement": ""}, "Name what takes its place"),
        ({"replacement": "TBC"}, "Name what takes its place"),
        ({"route": Route.NONE}, "Name what takes its place"),
        ({"owner": None}, "Name who sees to it"),
        ({"by_on": None}, "by when it is booked"),
        ({"by_on": TODAY - timedelta(days=1)}, "today or a later day"),
        ({"by_on": TODAY + timedelta(days=91)}, "The sentence ends on 30 December 2018"),
    ],
)
def test_a_route_is_not_taken_away_without_a_replacement_an_owner_and_a_day(left_out, says):
    with pytest.raises(RuleBroken, match=says):
        check_route(**GIVEN | left_out)


def test_a_sentence_without_an_end_puts_no_end_to_the_day():
    assert check_route(**GIVEN | {"ends_on": None, "by_on": date(2030, 1, 1)})


@pytest.mark.parametrize("days", [0, 1, 40])
def test_a_booking_is_for_today_or_later_with_somebody_somewhere(days):
    booked_on = TODAY + timedelta(days=days)

    assert check_booking(booked_on=booked_on, booked_with=" Kim Lee, Reading ", today=TODAY)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"booked_on": TODAY - timedelta(days=1)}, "30 September 2018 has been"),
        ({"booked_with": "tbc"}, "who sees them, and where"),
        ({"booked_with": "-"}, "who sees them, and where"),
    ],
)
def test_what_is_no_booking_closes_nothing(given, says):
    whole = {"booked_on": TODAY, "booked_with": "Kim Lee, Reading", "today": TODAY}

    with pytest.raises(RuleBroken, match=says):
        check_booking(**whole | given)


@pytest.mark.parametrize(
    ("days", "words"), [(0, "Open since today"), (1, "Open 1 day"), (12, "Open 12 days")]
)
def test_how_long_a_decision_has_waited_is_said_in_days(days, words):
    assert how_long_open(TODAY, TODAY + timedelta(days=days)) == words
