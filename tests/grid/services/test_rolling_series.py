"""Whoever begins a rolling series late has not done it at its end: what they missed is made up for in the next series.

Source: product rules, groups; `grid.rules.groups_open`.
"""

from datetime import timedelta

import pytest

from cases.models import Notice
from grid.models import Referral, SeriesPlace
from grid.queries.place_page import place_lines
from grid.queries.series_changes import if_called_off
from grid.queries.series_page import members_seen
from grid.reference.groups import PlaceState, ReferralState
from grid.services.group_sweep import sweep_places
from grid.services.places import finish_series
from tests.factories import UserFactory
from tests.grid.a_place import joins, somebody
from tests.grid.planned_series import FIRST, NOW, TUESDAYS, at, facilitator, planned, waits
from tests.grid.services.test_places import THE_END, send_last, was_at

pytestmark = pytest.mark.django_db
AFTER_THE_FIRST = at(FIRST, 21)


def a_series(*, rolling=True, first_on=FIRST, **changes):
    leader = facilitator(f"Fran {first_on:%B}", skill="Making Amends")
    series = planned(leaders=[leader], first_on=first_on, **changes)
    series.rolling, series.entries = rolling, [1, 4]
    series.save()
    return series


def over(series, *cases, mark="took_part"):
    """Its last session has been, with its register sent."""
    for case in cases:
        was_at(case, 6, mark)
    send_last(series)
    sweep_places(now=THE_END)


def referral_of(case):
    return Referral.objects.get(case=case)


def test_whoever_began_late_is_not_done_and_waits_for_the_next_series_as_they_did():
    series, late, early = a_series(), somebody(), somebody()
    joins(series, early)
    place = joins(series, late, now=AFTER_THE_FIRST)
    since = place.referral.waiting_since

    over(series, late, early)

    place.refresh_from_db()
    assert place.begins_with == 4
    assert place.state == PlaceState.LEFT
    assert (
        place.closed_because
        == "The series is over. They make up for sessions 1 to 3 in the next one."
    )
    assert (referral_of(late).state, referral_of(late).waiting_since) == (
        ReferralState.ACCEPTED,
        since,
    )
    assert Referral.objects.waiting().filter(case=late).exists()
    assert referral_of(early).state == ReferralState.DONE


def test_their_officer_is_told_what_is_still_to_be_had_and_where_that_leaves_them():
    series, late = a_series(), somebody()
    joins(series, late, now=AFTER_THE_FIRST)
    Notice.objects.all().delete()

    over(series, late)

    (said,) = Notice.objects.filter(user=late.officer).values_list("text", flat=True)
    assert said == (
        f"{late.crn} has had the last session of Making Amends, makes up for sessions 1 to 3 in the next series, "
        "and waits for a place in Making Amends."
    )  # fmt: skip


def test_they_are_done_once_they_have_been_in_the_next_one_from_its_beginning():
    series, late = a_series(), somebody()
    joins(series, late, now=AFTER_THE_FIRST)
    over(series, late)
    after = a_series(first_on=TUESDAYS[-1] + timedelta(weeks=2), place=series.place, room=series.sessions.first().room)  # fmt: skip

    place = joins(after, referral=referral_of(late), now=THE_END)
    assert place.begins_with == 1
    last = after.sessions.get(number=6)
    last.sent_at, last.sent_by = last.ends_at, UserFactory()
    last.save()
    was_at(late, 6, "took_part")
    sweep_places(now=last.ends_at)

    assert SeriesPlace.objects.get(pk=place.pk).state == PlaceState.FINISHED
    assert referral_of(late).state == ReferralState.DONE


def test_what_was_missed_one_to_one_while_it_ran_holds_nobody_back():
    series, late = a_series(rolling=False), somebody()
    joins(series, late, now=AFTER_THE_FIRST)

    over(series, late)

    assert referral_of(late).state == ReferralState.DONE


def test_whoever_was_not_at_its_last_session_either_is_said_to_have_missed_that():
    series, late = a_series(), somebody()
    place = joins(series, late, now=AFTER_THE_FIRST)

    over(series, late, mark="not_come")

    place.refresh_from_db()
    assert place.closed_because == "The series is over, and they did not have its last session."
    assert referral_of(late).state == ReferralState.ACCEPTED


def test_what_is_done_meanwhile_is_not_made_up_for():
    series, case = a_series(), somebody()
    place = joins(
        series, referral=waits(case, "stepping_stones"), instead=True, now=AFTER_THE_FIRST
    )

    over(series, case)

    place.refresh_from_db()
    assert place.state == PlaceState.FINISHED
    assert Referral.objects.waiting().filter(case=case).exists()


def test_a_facilitator_who_says_that_they_have_finished_is_believed():
    series, late = a_series(), somebody()
    place = joins(series, late, now=AFTER_THE_FIRST)

    finish_series(series=series, place=place, by=UserFactory(), now=at(TUESDAYS[4], 9))

    assert referral_of(late).state == ReferralState.DONE


def test_the_pages_say_that_they_go_on_in_the_next_series():
    series, late, early = a_series(), somebody(), somebody()
    place = joins(series, late, now=AFTER_THE_FIRST)
    joins(series, early)

    rows = members_seen(series, late.officer, AFTER_THE_FIRST).rows
    lines = {one.label: one.value for one in place_lines(place, AFTER_THE_FIRST)}
    found = if_called_off(series, [5], AFTER_THE_FIRST).replanned.members

    assert {one.crn: one.begins for one in rows}[
        late.crn
    ] == "Session 4: sessions 1 to 3 in the next series"
    assert lines["In the next series"] == "They make up for sessions 1 to 3"
    later = {
        one.member.case: "They finish only in the series after it." in one.words for one in found
    }
    assert later == {late.pk: True, early.pk: False}


def test_whoever_begins_at_the_beginning_makes_up_for_nothing():
    series, early = a_series(), somebody()
    place = joins(series, early)

    rows = members_seen(series, early.officer, NOW).rows
    lines = {one.label for one in place_lines(place, NOW)}

    assert [one.begins for one in rows] == ["Session 1"]
    assert "In the next series" not in lines
