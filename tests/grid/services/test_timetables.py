"""A quarter's timetable: asked for, worked out from the record, changed, published and given up. Source: features 82 to 84."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import Notice
from grid.models import Series, SeriesPlace, Timetable, TimetableSeries
from grid.queries.quarter import question_of
from grid.reference.groups import PlaceState, TimetableState
from grid.reference.parts_of_day import PartOfDay, When
from grid.services.intervention_policy import intervention_policy
from grid.services.timetable_publish import publish_waiting
from grid.services.timetable_work import (
    GIVEN_UP_AFTER,
    MOST_TRIES,
    NOT_POSSIBLE,
    work_out,
    work_out_waiting,
)
from grid.services.timetables import (
    drop_timetable,
    publish_timetable,
    put_back_series,
    take_out_series,
)
from staff.errors import RuleBroken
from staff.models import Entry
from tests.factories import AbsenceFactory
from tests.grid.a_place import apart, somebody
from tests.grid.a_timetable import QUARTER, a_head, a_quarter, asked, man_in_work, worked_out
from tests.grid.planned_series import AMENDS, NOW, planned, waits

pytestmark = pytest.mark.django_db


def question(now=NOW):
    return question_of(QUARTER, intervention_policy(now.date()), now, now.date())


def published(one, by=None, now=NOW):
    publish_timetable(timetable=one, version=one.version, by=by or a_head(), now=now)
    publish_waiting(now=now)
    one.refresh_from_db()
    return one


# What it is worked out from


def test_who_waits_and_what_there_is_are_read_from_the_record():
    place, people = a_quarter()
    found = question()
    assert {one.key for one in found.asked.wanted} == {case.pk for case in people}
    evenings = frozenset(When(day, PartOfDay.EVENING) for day in range(5))
    assert all(one.free == {place.pk: evenings} for one in found.asked.wanted)
    (ask,) = found.asked.asks
    assert (ask.code, ask.sessions, ask.a_week, ask.leaders) == (AMENDS, 6, 1, 1)
    (site,) = found.asked.sites
    assert (site.key, site.rooms) == (place.pk, 1)
    (leader,) = found.asked.leaders
    assert leader.skills == {"Making Amends"}
    assert leader.minutes[When(0, PartOfDay.EVENING)] == 180
    assert When(5, PartOfDay.EVENING) not in leader.minutes
    assert found.left_out == ()


def test_whoever_nobody_asked_takes_no_part_and_is_counted():
    a_quarter(people=1)
    waits(somebody(asked=False))
    found = question()
    assert len(found.asked.wanted) == 1
    assert found.left_out == ("1 person took no part: nobody has recorded when they can come.",)


def test_a_day_of_leave_takes_that_day_of_its_leader_and_not_the_week():
    a_quarter(people=1)
    leader = question().asked.leaders[0]
    AbsenceFactory(user_id=leader.key, from_on=date(2018, 10, 10), to_on=date(2018, 10, 10))
    AbsenceFactory(user_id=leader.key, from_on=date(2018, 10, 14), to_on=date(2018, 10, 15))
    AbsenceFactory(user_id=leader.key, from_on=date(2018, 9, 1), to_on=date(2018, 10, 1))
    assert question().asked.leaders[0].leave == {(0, 0), (1, 2), (1, 6), (2, 0)}


def test_those_who_must_be_kept_apart_are_told_to_the_solver():
    _, people = a_quarter(people=2)
    apart(*people)
    assert question().asked.apart == {tuple(sorted(case.pk for case in people))}


def test_a_series_that_runs_takes_its_room_and_leader():
    place, _ = a_quarter(people=1)
    series = planned(place=place, room=place.rooms.get())
    (taken,) = question().asked.taken
    assert (taken.code, taken.site, taken.first_week) == (AMENDS, place.pk, 0)
    assert taken.times == (When(1, PartOfDay.EVENING),)
    assert set(taken.leaders) == set(series.sessions.values_list("led_by__user", flat=True))


def test_the_same_statements_for_two_who_wait_and_for_ten():
    a_quarter(people=2)
    counts = []
    for more in (0, 8):
        for _ in range(more):
            man_in_work()
        question()
        with CaptureQueriesContext(connection) as found:
            question()
        counts.append(len(found))
    assert counts[0] == counts[1]


# Worked out


def test_five_men_who_work_are_proposed_an_evening_series():
    place, people = a_quarter()
    one = worked_out()
    assert one.state == TimetableState.PROPOSED
    (series,) = one.series.all()
    assert (series.code, series.place, series.kept) == (AMENDS, place, True)
    assert [part for _, part in series.times] == ["evening"]
    assert series.first_on >= QUARTER
    assert (series.last_on - series.first_on).days == 35
    assert {row.case_id for row in series.people.all()} == {case.pk for case in people}
    assert series.why
    assert one.figures["proposed"]["in_time"] == 5
    assert one.figures["first_come"]["started"] == 5
    assert one.best
    assert one.counts == one.at_most
    assert not Series.objects.exists()  # nothing is planned until it is published


def test_with_too_few_there_is_no_series_and_the_reason_is_kept():
    a_quarter(people=2)
    one = worked_out()
    assert one.in_the_way == ["No series can be run that anybody who waits could come to."]
    assert len(one.facts["without"]) == 2
    assert not one.series.exists()


def test_with_nobody_waiting_it_says_so():
    one = worked_out()
    assert one.in_the_way == ["Nobody waits who could take part."]


def test_given_up_while_it_is_worked_out_the_answer_is_thrown_away(monkeypatch):
    a_quarter()
    one = asked()
    drop_timetable(timetable=one, version=one.version, by=a_head(), now=NOW)
    assert work_out(one.pk, now=NOW, seconds=5) == 0
    assert not TimetableSeries.objects.exists()


def test_whoever_died_over_it_is_followed_by_another_and_after_three_nobody():
    a_quarter()
    one = asked()
    for tries in range(1, MOST_TRIES + 1):
        Timetable.objects.filter(pk=one.pk).update(began_at=NOW, tries=tries)
        assert (
            work_out(one.pk, now=NOW + timedelta(minutes=1), seconds=5) == 0
        )  # may still be at it
    assert work_out_waiting(now=NOW + GIVEN_UP_AFTER + timedelta(minutes=1)) == 0
    one.refresh_from_db()
    assert one.in_the_way == [NOT_POSSIBLE]
    assert one.state == TimetableState.PROPOSED


# Asked for


@pytest.mark.parametrize(
    ("first_on", "words"),
    [
        (date(2018, 10, 2), "begins on a Monday"),
        (date(2018, 9, 3), "Choose a Monday to come"),
        (date(2019, 9, 2), "Choose a Monday to come"),
    ],
)
def test_a_quarter_begins_on_a_monday_to_come(first_on, words):
    with pytest.raises(RuleBroken, match=words):
        asked(first_on=first_on)


def test_two_quarters_that_overlap_are_not_worked_on_at_once():
    asked()
    with pytest.raises(RuleBroken, match="is being worked out: publish it or give it up first"):
        asked(first_on=QUARTER + timedelta(weeks=6))
    assert asked(first_on=QUARTER + timedelta(weeks=13)).pk


# Changed


def test_a_series_is_taken_out_and_put_back():
    a_quarter()
    one, by = worked_out(), a_head()
    series = one.series.get()
    take_out_series(proposed=series, version=one.version, by=by)
    series.refresh_from_db()
    one.refresh_from_db()
    assert not series.kept
    with pytest.raises(RuleBroken, match="taken out already"):
        take_out_series(proposed=series, version=one.version, by=by)
    with pytest.raises(RuleBroken, match="Every series has been taken out"):
        publish_timetable(timetable=one, version=one.version, by=by, now=NOW)
    put_back_series(proposed=series, version=one.version, by=by)
    series.refresh_from_db()
    assert series.kept
    assert Entry.objects.filter(action="took_out_proposed_series").count() == 1


def test_whoever_read_an_older_proposal_changes_nothing():
    a_quarter()
    one = worked_out()
    with pytest.raises(RuleBroken, match="changed this proposal meanwhile"):
        take_out_series(proposed=one.series.get(), version=one.version - 1, by=a_head())


# Published


def test_publishing_plans_the_series_and_keeps_each_their_place():
    place, people = a_quarter()
    one = published(worked_out())
    assert one.state == TimetableState.PUBLISHED
    series = Series.objects.get()
    proposed = one.series.get()
    assert proposed.made == series
    assert (series.code, series.place, series.places) == (AMENDS, place, 12)
    first = series.sessions.order_by("number").first()
    assert first.starts_at.astimezone(NOW.tzinfo).date() == proposed.first_on
    kept = SeriesPlace.objects.filter(series=series)
    assert {row.case_id for row in kept} == {case.pk for case in people}
    assert {row.state for row in kept} == {PlaceState.KEPT}
    assert Notice.objects.filter(text__contains="is kept until").exists()


def test_a_smaller_room_leaves_fewer_places():
    a_quarter(people=5, holds=8)
    published(worked_out())
    assert Series.objects.get().places == 7


def test_what_cannot_be_done_any_more_is_named_and_stops_nothing_else():
    place, people = a_quarter()
    one = worked_out()
    room = place.rooms.get()
    room.closed_on = NOW.date()
    room.save()
    one = published(one)
    (proposed,) = one.series.all()
    assert proposed.made is None
    assert proposed.refused == [
        "No room at Oxford office is free at all its hours for so many people."
    ]
    assert one.state == TimetableState.PUBLISHED
    assert not SeriesPlace.objects.exists()


def test_whoever_left_the_list_meanwhile_is_named_and_the_others_have_their_places():
    _, people = a_quarter()
    one = worked_out()
    gone = people[2].referrals_to_groups.get()
    gone.state, gone.closed_on, gone.closed_because = "withdrawn", NOW.date(), "They moved"
    gone.save()
    one = published(one)
    refused = one.series.get().people.exclude(refused="")
    assert [row.case_id for row in refused] == [people[2].pk]
    assert SeriesPlace.objects.count() == 4


def test_publishing_again_after_a_worker_died_goes_on_and_does_nothing_twice():
    a_quarter()
    one = published(worked_out())
    Timetable.objects.filter(pk=one.pk).update(state=TimetableState.PUBLISHING)
    publish_waiting(now=NOW)
    assert Series.objects.count() == 1
    assert SeriesPlace.objects.count() == 5
    one.refresh_from_db()
    assert one.state == TimetableState.PUBLISHED


def test_a_published_timetable_is_changed_and_given_up_no_more():
    a_quarter()
    one = published(worked_out())
    with pytest.raises(RuleBroken, match="this one is: published"):
        take_out_series(proposed=one.series.get(), version=one.version, by=a_head())
    with pytest.raises(RuleBroken, match="this one is: published"):
        drop_timetable(timetable=one, version=one.version, by=a_head(), now=NOW)
