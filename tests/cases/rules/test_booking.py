"""What stands beside a date: what refuses, what warns, what is told. Source: product rules, failures."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.rules.booking import (
    Weight,
    beside,
    check_time,
    may_use,
    overlaps,
    reading_of,
    refusals,
    told,
    warnings,
)
from cases.rules.booking_facts import Busy, Diary, Elsewhere, Facts, Hours, Office, Slot, Theirs
from staff.errors import RuleBroken

LONDON = ZoneInfo("Europe/London")
TUESDAY = datetime(2018, 10, 2, 10, tzinfo=LONDON)


def at(hour, minute=0, day=2):
    return datetime(2018, 10, day, hour, minute, tzinfo=LONDON)


def slot(**more):
    return Slot(**{"starts_at": TUESDAY, "minutes": 30} | more)


def facts(**more):
    return Facts(**{"theirs": Theirs(sex="M"), "clash_minutes": 60} | more)


def codes(found):
    return [one.code for one in found]


def test_nothing_stands_beside_an_ordinary_date():
    open_all_day = Office("Reading", (Hours(1, time(9), time(17)),))

    assert beside(slot(), facts(office=open_all_day)) == []


@pytest.mark.parametrize(
    "busy, clashes",
    [
        (Busy(at(9), at(9, 30)), True),  # half an hour before
        (Busy(at(8), at(9)), False),  # an hour before
        (Busy(at(11, 29), at(12)), True),
        (Busy(at(11, 30), at(12)), False),
        (Busy(at(10), at(10, 30)), True),
        (Busy(at(7), at(18)), True),
        (Busy(at(10, day=3), at(11, day=3)), False),
    ],
)
def test_their_other_appointments_clash_within_the_hour_the_policy_gives(busy, clashes):
    assert (codes(beside(slot(), facts(person=(busy,)))) == ["person_clash"]) == clashes


def test_one_without_a_time_is_said_of_the_whole_day():
    found = beside(slot(), facts(person=(Busy(at(0), at(0, 30), "prison visit", timed=False),)))

    assert codes(found) == ["person_same_day"]
    assert "at a time not recorded: prison visit" in found[0].text


def test_a_day_in_court_stands_beside_every_hour_of_it_and_no_other_day():
    court = (Elsewhere(date(2018, 10, 2), date(2018, 10, 2), time(14, 30)),)

    found = beside(slot(), facts(elsewhere=court))

    assert [(one.code, one.weight) for one in found] == [("court", Weight.WARNS)]
    assert found[0].text == "They are to be in court that day, at 2:30pm."
    assert beside(slot(starts_at=at(10, day=3)), facts(elsewhere=court)) == []


@pytest.mark.parametrize("day, abroad", [(1, False), (2, True), (4, True), (5, False)])
def test_the_days_of_travel_that_was_granted_stand_beside_the_date(day, abroad):
    travel = (Elsewhere(date(2018, 10, 2), date(2018, 10, 4)),)

    found = beside(slot(starts_at=at(10, day=day)), facts(elsewhere=travel))

    assert [one.text for one in found] == (
        ["They were allowed to travel abroad from 2 October 2018 to 4 October 2018."] * abroad
    )


@pytest.mark.parametrize(
    "busy, clashes",
    [(Busy(at(9, 30), at(10)), False), (Busy(at(10, 29), at(11)), True), (Busy(at(10, 30), at(11)), False)],
)  # fmt: skip
def test_the_officer_clashes_only_where_the_times_overlap(busy, clashes):
    theirs = Diary(busy=(busy,))

    assert (codes(beside(slot(), facts(staff=(theirs,)))) == ["officer_clash"]) == clashes


@pytest.mark.parametrize("first, last, away", [(1, 2, True), (2, 5, True), (3, 5, False)])
def test_the_officer_is_away_on_both_the_days_named(first, last, away):
    absence = (date(2018, 10, first), date(2018, 10, last))

    theirs = Diary(away=(absence,))

    assert (codes(beside(slot(), facts(staff=(theirs,)))) == ["officer_away"]) == away


def test_two_of_the_same_hour_are_said_once():
    theirs = Diary(name="A. Khan", busy=(Busy(at(10), at(11)), Busy(at(10), at(11))))

    assert codes(beside(slot(), facts(staff=(theirs,)))) == ["officer_clash"]


def test_of_two_who_go_the_diary_of_each_is_looked_at_and_said_by_name():
    first = Diary("officer", "A. Khan", busy=(Busy(at(10), at(11)),))
    second = Diary("second", "B. Lane", away=((date(2018, 10, 2), date(2018, 10, 4)),))

    found = beside(slot(), facts(staff=(first, second)))

    assert codes(found) == ["officer_clash", "second_away"]
    assert [one.text for one in found] == [
        "A. Khan sees somebody else from 10am to 11am.",
        "B. Lane is away from 2 October 2018 to 4 October 2018.",
    ]


@pytest.mark.parametrize(
    "day, said",
    [(datetime(2018, 10, 6, 10, tzinfo=LONDON), "a Saturday"), (datetime(2018, 12, 25, 10, tzinfo=LONDON), "a bank holiday")],
)  # fmt: skip
def test_a_weekend_and_a_bank_holiday_are_warned_of(day, said):
    found = beside(slot(starts_at=day), facts())

    assert codes(found) == ["not_a_working_day"]
    assert said in found[0].text


def test_a_bank_holiday_the_provider_added_is_one_too():
    assert codes(beside(slot(), facts(extra=frozenset({TUESDAY.date()})))) == ["not_a_working_day"]


@pytest.mark.parametrize(
    "hours, warned",
    [
        ((), False),  # nobody has put them in
        ((Hours(1, time(9), time(17)),), False),
        ((Hours(1, time(9), time(10, 29)),), True),
        ((Hours(1, time(10), time(10, 30)),), False),
        ((Hours(2, time(9), time(17)),), True),  # of another day
    ],
)
def test_a_time_outside_the_hours_of_the_place_is_warned_of(hours, warned):
    found = beside(slot(), facts(office=Office("Reading", hours)))

    assert (codes(found) == ["outside_hours"]) == warned


@pytest.mark.parametrize(
    "closed_on, refused", [(date(2018, 10, 2), True), (date(2018, 10, 3), False)]
)
def test_a_place_is_refused_from_the_day_it_closed(closed_on, refused):
    found = beside(slot(), facts(office=Office("Reading", (), closed_on)))

    assert bool(refusals(found)) == refused


FEMALE_ONLY = Office(
    "Reading", (Hours(1, time(10, 15), time(12), True), Hours(1, time(9), time(17)))
)


@pytest.mark.parametrize(
    "theirs, weight",
    [
        (Theirs(sex="M"), Weight.REFUSES),
        (Theirs(sex="M", gender_identity="GIM"), Weight.REFUSES),
        (Theirs(sex="F"), None),
        (Theirs(sex="N"), Weight.WARNS),
        (Theirs(sex="M", gender_identity="GIF"), Weight.WARNS),
        (Theirs(sex="M", gender_identity="Female"), Weight.WARNS),
    ],
)
def test_hours_kept_for_women_refuse_a_man_and_ask_where_the_record_cannot_say(theirs, weight):
    found = beside(slot(), facts(theirs=theirs, office=FEMALE_ONLY))

    assert [one.weight for one in found] == ([weight] if weight else [])


def test_somebody_kept_apart_is_warned_of_at_the_same_place_and_nobody_is_named():
    near = Busy(at(11), at(11, 30), "Alan Smith")

    found = beside(slot(), facts(office=Office("Reading"), apart=(near,)))

    assert codes(found) == ["apart"]
    assert "Alan" not in found[0].text
    assert beside(slot(), facts(apart=(near,))) == []  # no place of ours, no meeting at the door


def test_that_they_cannot_be_seen_stands_beside_the_date():
    found = beside(slot(), facts(theirs=Theirs(not_seen="In hospital since 1 October 2018")))

    assert [one.text for one in found] == [
        "In hospital since 1 October 2018. Book only what they can come to."
    ]


@pytest.mark.parametrize("kind, warned", [("COAP", True), ("CPVS", False)])
def test_somebody_in_custody_is_warned_of_unless_we_go_to_them(kind, warned):
    held = Theirs(custody=frozenset({"D"}), institution="HMP Bullingdon")

    found = beside(slot(type_code=kind), facts(theirs=held))

    assert (codes(found) == ["custody"]) == warned


@pytest.mark.parametrize(
    "needs, asked, warned",
    [
        (True, "not_needed", True),
        (True, "to_book", False),
        (None, "not_needed", False),
        (False, "not_needed", False),
    ],
)
def test_an_interpreter_that_is_needed_and_not_asked_for_is_warned_of(needs, asked, warned):
    theirs = Theirs(needs_interpreter=needs, language="Polish")

    found = beside(slot(interpreter=asked), facts(theirs=theirs))

    assert (codes(found) == ["interpreter"]) == warned


def test_their_circumstances_are_told_and_neither_warn_nor_refuse():
    theirs = Theirs(circumstances=("Work: part time.",))

    found = beside(slot(), facts(theirs=theirs))

    assert [one.weight for one in found] == [Weight.TELLS]
    assert told(theirs) == ["Work: part time."]
    assert warnings(found) == []


def test_what_refuses_comes_before_what_warns_and_what_is_told():
    theirs = Theirs(sex="M", circumstances=("Work: nights.",))

    found = beside(
        slot(),
        facts(
            theirs=theirs,
            office=FEMALE_ONLY,
            staff=(Diary(away=((TUESDAY.date(), TUESDAY.date()),)),),
        ),
    )

    assert [one.weight for one in found] == [Weight.REFUSES, Weight.WARNS, Weight.TELLS]


def test_the_reading_of_a_series_says_the_day_of_each_and_of_one_does_not():
    busy = facts(person=(Busy(at(10), at(10, 30), "office visit"),))

    one = reading_of([slot()], busy)
    two = reading_of([slot(), slot(starts_at=at(10, day=9))], busy)

    assert one.warnings == ("They have another appointment at 10am: office visit.",)
    assert two.warnings == ("2 October 2018: They have another appointment at 10am: office visit.",)
    assert not one.is_read([])
    assert one.is_read(["person_clash", "other"])
    assert one.also("odd", "") == one
    assert not one.also("odd", "It is odd.").is_read(["person_clash"])


@pytest.mark.parametrize(
    "given, past_it, said",
    [
        ({}, {"starts_at": TUESDAY - timedelta(minutes=1)}, "has been"),  # this very minute may be
        ({"minutes": 5}, {"minutes": 4}, "lasts from 5 minutes"),
        ({"minutes": 480}, {"minutes": 481}, "to 8 hours"),
        (
            {"starts_at": TUESDAY + timedelta(days=366)},
            {"starts_at": TUESDAY + timedelta(days=367)},
            "a year ahead",
        ),
    ],
)
def test_a_time_is_booked_up_to_its_bounds_and_refused_past_them(given, past_it, said):
    known = {"starts_at": TUESDAY, "minutes": 30, "now": TUESDAY} | given

    check_time(**known)
    with pytest.raises(RuleBroken, match=said):
        check_time(**known | past_it)


@given(st.sampled_from(["M", "F", "N"]), st.sampled_from(["", "GIF", "GIM", "GINB"]))
def test_ordinary_hours_are_for_everybody(sex, identity):
    assert may_use(Theirs(sex=sex, gender_identity=identity), Hours(0, time(9), time(17))) is True


@given(st.integers(0, 600), st.integers(5, 240), st.integers(0, 600), st.integers(5, 240))
def test_two_times_overlap_whichever_is_asked_of(start, length, other, other_length):
    one = Busy(TUESDAY + timedelta(minutes=start), TUESDAY + timedelta(minutes=start + length))
    two = Busy(
        TUESDAY + timedelta(minutes=other), TUESDAY + timedelta(minutes=other + other_length)
    )

    assert overlaps(one, two.starts_at, two.ends_at) == overlaps(two, one.starts_at, one.ends_at)
    if overlaps(one, two.starts_at, two.ends_at):
        assert overlaps(one, two.starts_at, two.ends_at, margin=60)
