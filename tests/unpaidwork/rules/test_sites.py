"""What makes a site unfit for anybody: each thing by itself, to the day."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.rules.gaps import gates
from unpaidwork.reference.sites import Near, ProjectKind, SiteSignal, Takes
from unpaidwork.rules.sites import (
    Nearby,
    Site,
    StopAt,
    Way,
    site_gaps,
    staff_needed,
    staffing_gaps,
    travel_gaps,
)

TODAY = date(2018, 10, 1)
DAY = timedelta(days=1)
SITE = Site(
    project=1,
    code="P0001",
    name="Prospect Park",
    kind=ProjectKind.GROUP,
    point=(455000, 205000),
    from_on=date(2018, 1, 1),
    to_on=None,
    takes=Takes.ANYBODY,
    most=10,
    ratio=5,
    signal=SiteSignal.GOOD,
    fallback="",
    step_free=True,
    toilets=True,
    hi_vis=True,
    checked_on=date(2018, 9, 1),
    review_on=date(2019, 3, 1),
    tools=frozenset(),
    agreed_on=date(2018, 1, 1),
    agreement_until=date(2018, 12, 31),
    insured_until=date(2018, 12, 31),
)
STOP = StopAt(7, 3, "PU001", "Bus station", (453000, 205000), time(8, 30))
WAY = Way(1, "From the bus station", ((453000, 205000), (455000, 205000)), 8, (STOP,))


def keys(on=TODAY, **changes):
    return {one.key: one for one in site_gaps(replace(SITE, **changes), on)}


def test_a_site_that_is_checked_agreed_and_insured_stands():
    assert keys() == {}


REFUSES = {
    "site:not-begun": {"from_on": TODAY + DAY},
    "site:ended": {"to_on": TODAY - DAY},
    "site:unchecked": {"checked_on": None, "review_on": None},
    "site:check-overdue": {"review_on": TODAY - DAY},
    "site:agreement": {"agreement_until": TODAY - DAY},
    "site:insurance": {"insured_until": TODAY - DAY},
}


@pytest.mark.parametrize("key", sorted(REFUSES))
def test_each_of_these_refuses_by_itself(key):
    found = keys(**REFUSES[key])

    assert list(found) == [key]
    assert gates(found.values())


@pytest.mark.parametrize("name", sorted({"to_on", "review_on", "agreement_until", "insured_until"}))
def test_a_last_day_still_counts(name):
    assert keys(**{name: TODAY}) == {}


@pytest.mark.parametrize("key", sorted({"site:unchecked", "site:insurance", "site:ended"}))
def test_what_nobody_may_let_pass(key):
    assert not keys(**REFUSES[key])[key].may_override


def test_a_check_or_an_agreement_that_ran_out_may_be_let_pass_for_a_time():
    assert keys(**REFUSES["site:check-overdue"])["site:check-overdue"].may_override
    assert keys(**REFUSES["site:agreement"])["site:agreement"].may_override


def test_what_was_never_recorded_of_papers_is_said_and_does_not_refuse():
    found = keys(agreed_on=None, agreement_until=None, insured_until=None)

    assert set(found) == {"site:agreement-unknown", "site:insurance-unknown"}
    assert gates(found.values()) == []


def test_work_at_home_has_no_site_to_look_at():
    assert keys(kind=ProjectKind.HOME, checked_on=None, review_on=None, insured_until=None) == {}


@pytest.mark.parametrize("signal", sorted({SiteSignal.NONE, SiteSignal.PATCHY, SiteSignal.UNKNOWN}))
def test_where_nobody_could_call_for_help_two_staff_are_needed(signal):
    alone = replace(SITE, signal=signal)

    assert staff_needed(alone, 1) == 2
    assert staff_needed(replace(alone, fallback="Landline in the hall"), 1) == 1
    assert "site:signal" in keys(signal=signal)


@given(
    st.integers(0, 60), st.integers(0, 10), st.integers(1, 30), st.integers(1, 15), st.booleans()
)
def test_people_fit_where_the_site_holds_them_and_enough_staff_are_there_and_nowhere_else(
    people, staff, most, ratio, signal
):
    site = replace(
        SITE, most=most, ratio=ratio, signal=SiteSignal.GOOD if signal else SiteSignal.NONE
    )

    fits = not list(staffing_gaps(site, people, staff))

    enough = staff * ratio >= people and staff >= (1 if signal else 2)
    assert fits == (people <= most and enough)


@pytest.mark.parametrize(
    ("people", "staff", "said"),
    [
        (10, 2, []),
        (11, 3, ["11 people would be at Prospect Park, which holds 10."]),
        (5, 0, ["5 people at Prospect Park need 1 staff, and none is down for it."]),
        (1, 0, ["1 person at Prospect Park needs 1 staff, and none is down for it."]),
        (10, 1, ["10 people at Prospect Park need 2 staff, and 1 is down for it."]),
    ],
)
def test_too_many_people_and_too_few_staff_are_said_by_their_numbers(people, staff, said):
    found = list(staffing_gaps(SITE, people, staff))

    assert [one.sentence for one in found] == said
    assert not any(one.may_override for one in found)


def test_too_few_staff_of_many_are_said_in_their_number():
    many = replace(SITE, most=20)

    assert [one.sentence for one in staffing_gaps(many, 11, 2)] == [
        "11 people at Prospect Park need 3 staff, and 2 are down for it."
    ]


def test_a_project_runs_from_its_first_day():
    assert keys(on=SITE.from_on, agreed_on=SITE.from_on, checked_on=SITE.from_on) == {}
    assert "site:not-begun" in keys(on=SITE.from_on - DAY)


def test_nobody_at_home_needs_to_call_for_help_from_a_site():
    assert keys(kind=ProjectKind.HOME, signal=SiteSignal.NONE) == {}


def test_somebody_picked_up_travels_the_whole_way_of_the_van():
    site = replace(SITE, ways=(WAY,))

    travels = site.by_stop(7)

    assert (travels.pick_up, travels.line) == (STOP.point, WAY.line)
    assert (site.by_stop(None).pick_up, site.by_stop(None).line) == (None, ())


def test_a_stop_no_van_makes_any_more_is_said_and_never_passed_over():
    stops = replace(STOP, closed_on=TODAY)
    gone = replace(SITE, ways=(replace(WAY, driven=False),))
    closed = replace(SITE, ways=(replace(WAY, stops=(stops,)),))

    assert list(travel_gaps(SITE, None, TODAY)) == []
    assert list(travel_gaps(replace(SITE, ways=(WAY,)), 7, TODAY)) == []
    assert [one.key for one in travel_gaps(gone, 7, TODAY)] == ["site:route-ended"]
    assert [one.key for one in travel_gaps(closed, 7, TODAY)] == ["site:pick-up-closed"]
    assert list(travel_gaps(closed, 7, TODAY - DAY)) == []
    assert [one.key for one in travel_gaps(SITE, 7, TODAY)] == ["site:stop"]


def test_a_way_that_ended_is_still_known_for_whoever_is_down_for_it():
    site = replace(SITE, ways=(replace(WAY, driven=False),))

    assert site.driven == ()
    assert site.by_stop(7).line == WAY.line


def test_a_refuge_is_kept_to_coordinators_and_a_school_is_not():
    refuge, school = (Nearby(1, near, "", None, "") for near in (Near.REFUGE, Near.SCHOOL))

    assert (refuge.kept, school.kept) == (True, False)
