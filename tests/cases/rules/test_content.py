from datetime import date, timedelta

import pytest

from cases.rules.content import Content, Stands, stands, tally

TODAY = date(2018, 10, 1)
DAYS = timedelta(days=1)
DUE = TODAY - 7 * DAYS
GOOD = Content(
    assessed_on=DUE, recorded_on=DUE, planned=True, agreed="yes", due_on=DUE, made_on=DUE
)
TIMED = {Stands.DUE, Stands.A_TIMELY, Stands.A_ENOUGH, Stands.P_TIMELY, Stands.P_ENOUGH}


def codes(**known):
    return stands(Content(**known), TODAY)


def test_of_nobody_anything_is_known_of():
    assert codes() == {Stands.A_NONE, Stands.P_NONE}


def test_what_is_signed_agreed_and_in_time_is_counted_both_as_timely_and_as_sufficient():
    assert stands(GOOD, TODAY) == {Stands.A_SIGNED, Stands.P_AGREED} | TIMED


def test_an_assessment_that_is_on_time_and_hollow_raises_the_first_figure_and_not_the_second():
    brought_in = codes(recorded_on=DUE, due_on=DUE)

    assert Stands.A_TIMELY in brought_in
    assert Stands.A_ENOUGH not in brought_in


@pytest.mark.parametrize(
    ("known", "timely", "enough"),
    [
        ({"recorded_on": DUE + DAYS}, False, False),
        ({"happened_since": True}, True, False),
        ({"passed_over": True}, True, False),
    ],
)
def test_an_assessment_is_sufficient_when_on_time_whole_and_nothing_has_happened_since(
    known, timely, enough
):
    found = stands(
        Content(**{"assessed_on": DUE, "recorded_on": DUE, "due_on": DUE} | known), TODAY
    )

    assert (Stands.A_TIMELY in found, Stands.A_ENOUGH in found) == (timely, enough)


@pytest.mark.parametrize(
    ("known", "timely", "enough"),
    [
        ({"made_on": DUE}, True, True),
        ({"made_on": DUE + DAYS}, False, False),
        ({"made_on": None}, False, False),
        ({"made_on": DUE, "plan_passed_over": True}, True, False),
        ({"made_on": DUE, "planned": False}, True, False),
    ],
)
def test_a_plan_is_sufficient_when_made_in_time_in_force_and_whole(known, timely, enough):
    found = stands(Content(**{"planned": True, "due_on": DUE} | known), TODAY)

    assert (Stands.P_TIMELY in found, Stands.P_ENOUGH in found) == (timely, enough)


@pytest.mark.parametrize(
    ("known", "due"),
    [
        ({}, False),
        ({"due_on": TODAY}, False),
        ({"due_on": TODAY - DAYS}, True),
        ({"due_on": TODAY + DAYS, "made_on": TODAY}, True),
    ],
)
def test_time_is_told_once_the_day_has_passed_or_the_plan_is_made(known, due):
    assert (Stands.DUE in codes(**known)) == due


@pytest.mark.parametrize(
    ("known", "code"),
    [
        ({"drafted": True}, Stands.A_DRAFT),
        ({"waiting": True}, Stands.A_WAITING),
        ({"assessed_on": DUE}, Stands.A_SIGNED),
        ({"assessed_on": DUE, "happened_since": True}, Stands.A_SINCE),
        ({"plan_drafted": True}, Stands.P_DRAFT),
        ({"planned": True}, Stands.P_OPEN),
        ({"planned": True, "agreed": "no"}, Stands.P_OPEN),
        ({"planned": True, "agreed": "yes"}, Stands.P_AGREED),
    ],
)
def test_each_state_is_counted(known, code):
    found = codes(**known)

    assert code in found
    assert (Stands.A_NONE if code.startswith("a") else Stands.P_NONE) not in found


def test_something_that_happened_is_nothing_without_an_assessment():
    assert Stands.A_SINCE not in codes(happened_since=True)


def test_people_are_tallied_under_every_code_they_stand_under():
    counted = tally([GOOD, GOOD, Content()], TODAY)

    assert (counted[Stands.A_SIGNED], counted[Stands.A_NONE]) == (2, 1)
