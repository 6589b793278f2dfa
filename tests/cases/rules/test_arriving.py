"""Who has just come, which clocks that starts, what should have come with them, and what stands before reading it."""

from datetime import date

import pytest

from cases.reference.arriving import Brought, BroughtState, CameFrom
from cases.rules.arriving import (
    CLOCKS,
    FIRST,
    FIRST_AFTER_RELEASE,
    INDUCTION,
    NAME,
    TEN_DAYS,
    Began,
    Came,
    Check,
    came_lately,
    check_arrival,
    check_note,
    clean_brought,
    clocks_started,
    has_waited,
    is_known,
    is_settled,
    items_of,
    lately_from,
    missing,
    to_read,
)
from staff.errors import RuleBroken

MONDAY = date(2018, 11, 5)
SINCE = lately_from(MONDAY)
POLICE = Check("police", Brought.POLICE, sent=False)
ALL_CAME = {
    one.value: {"state": "came", "on": "2018-11-01", "words": "From the court."} for one in Brought
}


def came(sentences, arrived_on=None):
    return came_lately(arrived_on, sentences, SINCE, MONDAY)


def test_ten_working_days_back_is_lately_and_the_day_before_is_the_caseload():
    assert date(2018, 10, 22) == SINCE
    assert came([Began(1, False, allocated_on=SINCE)]) == Came(CameFrom.COURT, SINCE, 1)
    assert came([Began(1, False, allocated_on=date(2018, 10, 19))]) is None


def test_a_release_is_where_they_came_from_though_the_sentence_is_old():
    sentence = Began(1, False, started_on=date(2017, 3, 1), released_on=date(2018, 11, 2))

    assert came([sentence], arrived_on=date(2017, 3, 2)) == Came(
        CameFrom.PRISON, date(2018, 11, 2), 1
    )


def test_the_allocation_counts_before_the_day_on_which_the_sentence_began():
    sentence = Began(1, False, allocated_on=date(2018, 11, 1), started_on=date(2018, 10, 26))

    assert came([sentence]).on == date(2018, 11, 1)


def test_a_day_to_come_is_no_arrival_and_neither_is_one_without_a_sentence():
    assert came([Began(1, False, allocated_on=date(2018, 11, 6))]) is None
    assert came([], arrived_on=MONDAY) is None


def test_whoever_is_in_prison_is_owed_an_officer_and_the_rest_at_the_release():
    held = came([Began(1, True, allocated_on=MONDAY)])

    assert clocks_started(held, named=False, inducted=False) == (NAME,)
    assert clocks_started(held, named=True, inducted=False) == ()


@pytest.mark.parametrize(
    ("came_from", "first"),
    [
        (CameFrom.COURT, FIRST),
        (CameFrom.NPS, FIRST),
        (CameFrom.PRISON, FIRST_AFTER_RELEASE),
        (CameFrom.PROVIDER, FIRST),
    ],
)
def test_an_arrival_starts_each_clock_once(came_from, first):
    started = clocks_started(Came(came_from, MONDAY), named=False, inducted=False)

    assert started == (NAME, first, TEN_DAYS, INDUCTION)
    assert set(started) <= set(CLOCKS)


def test_an_officer_who_is_named_and_an_induction_that_was_held_are_not_owed_again():
    assert clocks_started(Came(CameFrom.NPS, MONDAY), named=True, inducted=True) == (FIRST, TEN_DAYS)  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ((CameFrom.COURT, date(2018, 11, 5), 1), (CameFrom.COURT, date(2018, 10, 1), 1), True),
        ((CameFrom.COURT, date(2018, 11, 5), 2), (CameFrom.COURT, date(2018, 10, 30), 1), False),
        ((CameFrom.COURT, date(2018, 11, 5), 2), (CameFrom.COURT, date(2018, 11, 5), 1), True),
        ((CameFrom.COURT, date(2018, 11, 5), 1), (CameFrom.NPS, date(2018, 11, 1), None), True),
        ((CameFrom.COURT, date(2018, 11, 5), 1), (CameFrom.NPS, date(2018, 6, 1), None), False),
        ((CameFrom.NPS, date(2018, 11, 5), 1), (CameFrom.COURT, date(2018, 3, 1), 1), False),
        ((CameFrom.PRISON, date(2018, 11, 5), 1), (CameFrom.COURT, date(2018, 11, 1), 1), False),
        ((CameFrom.PRISON, date(2018, 11, 5), 1), (CameFrom.PRISON, date(2018, 11, 2), 1), True),
        ((CameFrom.PRISON, date(2018, 11, 5), 1), (CameFrom.PRISON, date(2018, 3, 2), 1), False),
    ],
)
def test_another_date_for_an_arrival_is_the_same_and_a_second_release_is_not(one, other, same):
    assert is_known(Came(*one), [Came(*other)]) == same


def test_an_arrival_is_recorded_neither_ahead_nor_twice():
    with pytest.raises(RuleBroken, match="future"):
        check_arrival(Came(CameFrom.NPS, date(2018, 11, 6)), [], MONDAY)
    with pytest.raises(RuleBroken, match="recorded already"):
        check_arrival(Came(CameFrom.NPS, MONDAY), [Came(CameFrom.NPS, MONDAY)], MONDAY)


def test_it_is_settled_by_an_officer_a_note_and_an_appointment_together():
    assert is_settled(named=True, read=True, first_owed=False)
    assert not is_settled(named=False, read=True, first_owed=False)
    assert not is_settled(named=True, read=False, first_owed=False)
    assert not is_settled(named=True, read=True, first_owed=True)


def test_nobody_named_is_late_from_the_first_working_day_on():
    friday = date(2018, 11, 2)

    assert not has_waited(friday, 1, date(2018, 11, 4))
    assert has_waited(friday, 1, MONDAY)


def test_what_the_record_shows_is_filled_in_and_gives_way_to_what_somebody_says():
    shown = {"rsr": (MONDAY, "Scored in nDelius"), "police": (MONDAY, "Sent")}
    said = {
        "rsr": {"state": "none", "words": "The court could not score it."},
        "police": {"state": "asked", "on": "2018-11-01"},
    }

    items = {one.what: one for one in items_of(said, shown)}

    assert items[Brought.RSR].state == BroughtState.NONE
    assert items[Brought.POLICE].from_record
    assert items[Brought.ORDER].state == BroughtState.NOT_LOOKED
    assert {one.what for one in missing(items.values())} == set(Brought) - {
        Brought.RSR,
        Brought.POLICE,
    }


@pytest.mark.parametrize(
    ("given", "refused"),
    [
        ({"state": "came"}, "which day it came"),
        ({"state": "asked"}, "which day it was asked for"),
        ({"state": "none", "words": "n/a"}, "who told us"),
        ({"state": "came", "on": date(2018, 11, 6)}, "still to come"),
    ],
)
def test_what_is_said_of_a_thing_says_when_or_why(given, refused):
    with pytest.raises(RuleBroken, match=refused):
        clean_brought("report", given, MONDAY)


def test_each_thing_is_looked_for_and_each_enquiry_sent_or_explained_before_the_record_is_read():
    asked = ALL_CAME | {"police": {"state": "asked", "on": "2018-11-01"}}
    explained = ALL_CAME | {"police": {"state": "none", "words": "Made by the NPS on 1 November."}}

    assert [one.question for one in to_read(items_of({}, {}), [])] == [str(one) for one in Brought]
    assert [one.key for one in to_read(items_of(asked, {}), [POLICE])] == ["sent:police"]
    assert to_read(items_of(explained, {}), [POLICE]) == []
    assert to_read(items_of(ALL_CAME, {}), [Check("adult social care", None, sent=False)])
    assert to_read(items_of(asked, {}), [Check("police", Brought.POLICE, sent=True)]) == []


@pytest.mark.parametrize("note", ["", "n/a", "No concerns identified", "Low risk of harm.", "He was seen"])  # fmt: skip
def test_a_note_that_could_stand_on_any_case_is_refused(note):
    with pytest.raises(RuleBroken, match="who could be hurt"):
        check_note(note)
