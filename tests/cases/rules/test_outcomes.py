from datetime import date, datetime
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from cases.reference.appointments import (
    ACCEPTABLE_ABSENCES,
    MISSED,
    MOVED,
    ONLY_BY_DECISION,
    OUTCOMES,
    TYPES,
    Where,
)
from cases.rules.outcomes import (
    check_aware,
    check_notes,
    check_outcome,
    follows,
    kept_code,
    may_repeat,
    next_type,
    outcomes_for,
    same_again,
)
from staff.errors import RuleBroken

WAYS = sorted(product([True, False], [True, False], sorted(Where)))
EVERY = sorted(OUTCOMES)


def offered(voluntary, ahead, where):
    return {one.code: one for one in outcomes_for(voluntary=voluntary, ahead=ahead, where=where)}


@pytest.mark.parametrize(("voluntary", "ahead", "where"), WAYS)
def test_what_is_offered_can_be_recorded_and_nothing_else_can(voluntary, ahead, where):
    codes = offered(voluntary, ahead, where)
    for code in EVERY:
        if code in codes:
            assert check_outcome(code, voluntary=voluntary, ahead=ahead, where=where).code == code
        else:
            with pytest.raises(RuleBroken):
                check_outcome(code, voluntary=voluntary, ahead=ahead, where=where)


@pytest.mark.parametrize(("voluntary", "ahead", "where"), WAYS)
def test_what_only_a_decision_says_is_never_offered(voluntary, ahead, where):
    assert not ONLY_BY_DECISION & offered(voluntary, ahead, where).keys()


@pytest.mark.parametrize("where", sorted(Where))
def test_nothing_that_is_voluntary_awaits_a_decision(where):
    assert not any(one.awaits for one in offered(True, False, where).values())


@pytest.mark.parametrize(("voluntary", "where"), sorted(product([True, False], sorted(Where))))
def test_one_to_come_takes_only_an_absence_that_can_be_known_ahead(voluntary, where):
    found = offered(voluntary, True, where)

    assert found.keys() == set(ACCEPTABLE_ABSENCES)
    assert all(one.attended is False and one.complied for one in found.values())
    assert not found.keys() & set(MOVED.values())


def test_nobody_is_sent_home_from_a_telephone():
    assert not {"ATSS", "ATSH"} & offered(False, False, Where.TELEPHONE).keys()


def test_a_call_that_nobody_took_is_said_as_one_and_kept_under_its_own_name():
    said = offered(False, False, Where.TELEPHONE)[MISSED]

    assert said.title == "They did not answer"
    recorded = check_outcome(MISSED, voluntary=False, ahead=False, where=Where.TELEPHONE)
    assert recorded.title == "Did not attend"


@pytest.mark.parametrize("code", EVERY)
def test_what_awaits_opens_a_decision_and_an_unexplained_absence_a_call(code):
    one = OUTCOMES[code]
    owed = follows(one)

    assert owed.decision == one.awaits
    assert owed.call == (one.attended is False and one.complied is False)
    assert owed.offer <= owed.call


def test_a_voluntary_absence_owes_a_call_and_nothing_more():
    assert follows(OUTCOMES["ABNS"]).kinds == ("call_same_day",)


def test_an_absence_owes_a_call_a_decision_and_another_offer():
    assert follows(OUTCOMES[MISSED]).kinds == ("call_same_day", "decide_absence", "offer_again")


@pytest.mark.parametrize("voluntary", [False, True])
def test_the_outcome_of_one_that_was_kept_is_offered(voluntary):
    assert kept_code(voluntary=voluntary) in offered(voluntary, False, Where.OFFICE)


@pytest.mark.parametrize(
    ("aware", "refused"),
    [
        (date(2018, 5, 2), True),
        (date(2018, 5, 3), False),
        (date(2018, 5, 5), False),
        (date(2018, 5, 6), True),
    ],
)
def test_we_become_aware_from_the_day_it_happened_until_today(aware, refused):
    if refused:
        with pytest.raises(RuleBroken):
            check_aware(aware, date(2018, 5, 3), date(2018, 5, 5))
    else:
        check_aware(aware, date(2018, 5, 3), date(2018, 5, 5))


def test_the_same_again_is_at_the_same_hour_though_the_clocks_change():
    london = ZoneInfo("Europe/London")
    start = datetime(2018, 10, 24, 10, tzinfo=london)

    assert same_again(start, 1) == datetime(2018, 10, 31, 10, tzinfo=london)
    assert same_again(start, 1).hour == 10


@pytest.mark.parametrize("code", sorted([*TYPES, "CODC", "ZZZ"]))
def test_the_next_type_is_one_that_can_be_booked(code):
    assert next_type(code) in TYPES


def test_a_first_appointment_is_not_followed_by_another_first_one():
    assert next_type("COAI") == "COAP"


def test_a_home_visit_is_not_repeated_from_here():
    assert not may_repeat("CHVS")
    assert may_repeat("COAP")


def test_notes_have_an_end_and_no_length_to_reach():
    check_notes("")
    check_notes("x" * 12_000)
    with pytest.raises(RuleBroken):
        check_notes("x" * 12_001)
