"""Whoever begins a rolling series late has not done it at its end: what they missed is made up for in the next series.

Source: product rules, groups; `grid.rules.groups_open`.
"""

from datetime import timedelta

import pytest

from cases.models import Appointment, Notice
from grid.models import GroupAttendance, Referral, Series, SeriesPlace
from grid.queries.place_page import place_lines
from grid.queries.places import HAD_THEM
from grid.queries.series_changes import if_called_off
from grid.queries.series_page import members_seen
from grid.reference.groups import PlaceState, ReferralState
from grid.services.attendances import settle_attendances
from grid.services.group_sweep import sweep_places
from grid.services.places import finish_series
from grid.services.series_changes import call_off_sessions
from staff.errors import RuleBroken
from tests.factories import UserFactory
from tests.grid.a_place import expected, joins, somebody
from tests.grid.planned_series import FIRST, NOW, TUESDAYS, at, facilitator, planned, waits
from tests.grid.services.test_places import THE_END, send_last, was_at

pytestmark = pytest.mark.django_db
AFTER_THE_FIRST = at(FIRST, 21)
NEXT = TUESDAYS[-1] + timedelta(weeks=2)


def a_series(*, rolling=True, first_on=FIRST, **changes):
    leader = facilitator(f"Fran {first_on:%B}", skill="Making Amends")
    series = planned(leaders=[leader], first_on=first_on, **changes)
    series.rolling, series.entries = rolling, [1, 4]
    series.save()
    return series


def over(series, *cases, mark="took_part"):
    """Everybody was at what they were expected at; its last session has been, with its register sent."""
    for case in cases:
        for number in (1, 2, 3, 4, 5):
            was_at(case, number, "took_part")
        was_at(case, 6, mark)
    send_last(series)
    sweep_places(now=THE_END)


def after(series):
    """The next one, from two weeks after this ended, in the same room."""
    return a_series(
        first_on=NEXT, place=series.place, room=series.sessions.first().room
    )  # fmt: skip


def is_at(series, case, *numbers, mark="took_part"):
    """They were at these sessions, whose registers are sent; then a minute passes."""
    leader = UserFactory()
    for session in series.sessions.filter(number__in=numbers):
        GroupAttendance.objects.filter(case=case, session=session).update(
            mark=mark, recorded_at=session.ends_at, recorded_by=leader
        )
        session.sent_at, session.sent_by = session.ends_at, leader
        session.save()
        last = session.ends_at
    sweep_places(now=last)


def numbers(case, series):
    """Of the sessions to which they are to come in this series."""
    rows = expected(case)
    return [one.session.number for one in rows if one.session.series_id == series.pk]


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
    following = after(series)

    place = joins(following, referral=referral_of(late), now=THE_END)
    assert place.begins_with == 1
    is_at(following, late, 1, 2, 3)

    assert SeriesPlace.objects.get(pk=place.pk).state == PlaceState.FINISHED
    assert referral_of(late).state == ReferralState.DONE


def test_in_the_next_one_only_what_they_lack_is_booked_and_it_is_said_before():
    series, late, new = a_series(), somebody(), somebody()
    joins(series, late, now=AFTER_THE_FIRST)
    over(series, late)
    following = after(series)

    place = joins(following, referral=referral_of(late), now=THE_END)
    joins(following, new, now=THE_END)

    assert numbers(late, following) == [1, 2, 3]
    assert numbers(new, following) == [1, 2, 3, 4, 5, 6]
    assert Appointment.objects.to_come(THE_END).filter(contact__case=late).count() == 3
    assert place.seen[-1] == (
        "They have been at sessions 4 to 6 already, and are booked for sessions 1 to 3 alone."
    )
    settled = settle_attendances(following, because="Looked at.", by=UserFactory(), now=THE_END)
    assert settled == (0, 0)


def test_they_are_done_with_the_last_that_they_lack_once_its_register_is_sent_and_not_before():
    series, late = a_series(), somebody()
    joins(series, late, now=AFTER_THE_FIRST)
    over(series, late)
    following = after(series)
    place = joins(following, referral=referral_of(late), now=THE_END)

    is_at(following, late, 1, 2)
    assert referral_of(late).state == ReferralState.ACCEPTED
    third = following.sessions.get(number=3)
    GroupAttendance.objects.filter(case=late, session=third).update(
        mark="took_part", recorded_at=third.ends_at, recorded_by=UserFactory()
    )
    sweep_places(now=third.ends_at)
    assert SeriesPlace.objects.get(pk=place.pk).state == PlaceState.TAKEN
    is_at(following, late, 3)

    assert SeriesPlace.objects.get(pk=place.pk).state == PlaceState.FINISHED


def test_what_they_miss_of_it_is_booked_alone_in_the_series_after_that():
    series, late = a_series(), somebody()
    joins(series, late, now=AFTER_THE_FIRST)
    over(series, late)
    following = after(series)
    place = joins(following, referral=referral_of(late), now=THE_END)

    is_at(following, late, 1, 3)
    is_at(following, late, 2, mark="not_come")
    is_at(following, somebody(), 6)

    place.refresh_from_db()
    assert place.state == PlaceState.LEFT
    assert place.closed_because == "The series is over. They make up for session 2 in the next one."
    third = a_series(first_on=NEXT + timedelta(weeks=9), place=series.place, room=series.sessions.first().room)  # fmt: skip
    again = joins(third, referral=referral_of(late), now=following.sessions.get(number=6).ends_at)
    assert (again.begins_with, numbers(late, third)) == (2, [2])


def test_a_session_of_which_nobody_said_that_they_were_there_is_lacked_too():
    series, late = a_series(), somebody()
    joins(series, late, now=AFTER_THE_FIRST)
    was_at(late, 4, "not_come")
    was_at(late, 6, "took_part")
    send_last(series)
    sweep_places(now=THE_END)
    following = after(series)

    joins(following, referral=referral_of(late), now=THE_END)

    assert SeriesPlace.objects.get(series=series, case=late).closed_because == (
        "The series is over. They make up for sessions 1 to 5 in the next one."
    )
    assert numbers(late, following) == [1, 2, 3, 4, 5]


def test_when_a_session_is_called_off_before_it_what_they_lack_is_booked_as_it_is_numbered_then():
    series, late = a_series(), somebody()
    joins(series, late, now=AFTER_THE_FIRST)
    over(series, late)
    following = after(series)
    joins(following, referral=referral_of(late), now=THE_END)
    following.refresh_from_db()

    done = call_off_sessions(
        series=following, numbers=[2], because="Snow.", version=following.version, by=UserFactory(), now=THE_END,
    )  # fmt: skip

    held = [NEXT, NEXT + timedelta(weeks=2), NEXT + timedelta(weeks=3)]
    assert [one.starts_at for one in expected(late)][-3:] == [at(day, 18) for day in held]
    assert numbers(late, following) == [1, 2, 3]
    (told,) = done.members
    assert (told.before, told.after) == (NEXT + timedelta(weeks=2), NEXT + timedelta(weeks=3))


def test_where_nothing_that_they_lack_is_still_to_come_they_are_given_no_place():
    series, late = a_series(), somebody()
    joins(series, late, now=AFTER_THE_FIRST)
    over(series, late)
    following = after(series)

    with pytest.raises(RuleBroken) as refused:
        joins(following, referral=referral_of(late), now=at(NEXT + timedelta(weeks=2), 21))

    assert str(refused.value) == HAD_THEM
    assert not SeriesPlace.objects.filter(series=following).exists()


def test_of_a_series_of_another_length_nothing_is_taken_to_be_the_same():
    series, late = a_series(), somebody()
    joins(series, late, now=AFTER_THE_FIRST)
    over(series, late)
    Series.objects.filter(pk=series.pk).update(dose=series.dose | {"sessions": 7})
    following = after(series)

    joins(following, referral=referral_of(late), now=THE_END)

    assert numbers(late, following) == [1, 2, 3, 4, 5, 6]


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
