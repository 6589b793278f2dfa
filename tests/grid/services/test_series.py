"""A series is planned whole or not at all, on the terms in force, and nothing is in two places whoever is first."""

from datetime import date, time, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from grid.models import RoomShut, Series, SeriesSession, SessionLeader
from grid.queries import series_look
from grid.queries.series import find_series, open_series, series_as_planned
from grid.reference.groups import PlaceState
from grid.rules.series import Weekly
from staff.errors import RuleBroken
from staff.models import Entry
from tests.factories import AbsenceFactory, CaseFactory, PersonFactory, UserFactory
from tests.grid.planned_series import (
    AMENDS,
    EIGHT,
    FIRST,
    HEAL,
    NOW,
    SIX,
    THINKING,
    TUESDAY,
    TUESDAYS,
    at,
    days_of,
    facilitator,
    member,
    oxford,
    planned,
    room_at,
    sessions_of,
)

WEEK = timedelta(weeks=1)


@pytest.mark.django_db
def test_a_series_has_the_sessions_of_its_dose_with_their_room_and_leader():
    place = oxford()
    room, fran, by = room_at(place), facilitator(), UserFactory()

    series = planned(place=place, room=room, leaders=[fran], by=by, note=" Bring the booklets. ")

    rows = sessions_of(series)
    assert [one.number for one in rows] == [1, 2, 3, 4, 5, 6]
    assert [(one.starts_at, one.ends_at) for one in rows] == [
        (at(day, 18), at(day, 20)) for day in TUESDAYS
    ]
    assert {one.room for one in rows} == {room}
    led = SessionLeader.objects.filter(session__series=series)
    assert {(one.user, one.starts_at, one.ends_at) for one in led} == {
        (fran, at(day, 18), at(day, 20)) for day in TUESDAYS
    }
    series = find_series(series.pk)
    assert (series.places, series.leaders, series.skill) == (8, 1, "Making Amends")
    assert series.dose == {"sessions": 6, "minutes": 120, "a_week": 1}
    assert series.weekly == [[1, "18:00"]]
    assert (series.entries, series.rolling, series.must_finish) == ([1], False, False)
    assert (series.policy_version, series.version, series.note) == (1, 1, "Bring the booklets.")
    entry = Entry.objects.get(action="planned_series")
    assert (entry.by, entry.detail["series"], entry.detail["last_on"]) == (by, series.pk, "2018-11-06")  # fmt: skip


@pytest.mark.django_db
def test_the_evening_after_the_clocks_go_back_begins_at_six_by_the_clock():
    series = planned()

    assert [f"{one.starts_at:%d %H:%M}" for one in sessions_of(series)[3:5]] == [
        "23 17:00",
        "30 18:00",
    ]  # in UTC: summer time ended on 28 October
    assert {(one.from_at, one.to_at) for one in series_as_planned(series).sessions} == {(SIX, EIGHT)}  # fmt: skip


@pytest.mark.django_db
def test_days_on_which_the_room_is_shut_are_passed_over():
    room = room_at(oxford())
    RoomShut.objects.create(
        room=room, from_on=date(2018, 10, 8), to_on=date(2018, 10, 20), why="painters", recorded_at=NOW, recorded_by=UserFactory()
    )  # fmt: skip

    series = planned(place=room.place, room=room)

    assert days_of(series) == [FIRST, *(date(2018, 10, 23) + week * WEEK for week in range(5))]


@pytest.mark.django_db
def test_whoever_is_away_is_stood_in_for_by_another_who_was_chosen():
    fran, gil = facilitator(), facilitator("Gil Hart")
    AbsenceFactory(user=fran, cover=None, from_on=date(2018, 10, 8), to_on=date(2018, 10, 12))

    series = planned(leaders=[fran, gil])

    led = {one.number: [each.user for each in one.led_by.all()] for one in sessions_of(series)}
    assert led == {1: [fran], 2: [gil], 3: [fran], 4: [fran], 5: [fran], 6: [fran]}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"places": 3}, "A series of it has from 4 to 12 places, and not 3."),
        ({"places": 13}, "A series of it has from 4 to 12 places, and not 13."),
        ({"places": 14}, "Room 1, Oxford office holds 14 people, and 15 would be there"),
        ({"room": None}, "Choose a room: only what is done one to one needs none of its own."),
        ({"weekly": []}, "Choose at least one day of the week."),
        ({"weekly": [TUESDAY, Weekly(3, SIX)]}, "There is at most 1 session a week, and 2 days"),
        ({"weekly": [Weekly(1, time(21))]}, "A session is held between 7am and 10pm."),
        ({"first_on": date(2018, 8, 28)}, "which has been. Choose a later first day."),
        ({"leaders": []}, "has 0 of 1 leader."),
        ({"code": HEAL, "women_only": True, "places": 8}, "Fran Field has not stated whether they are a woman: ask."),
        ({"code": HEAL}, "The policy has it for women alone. Say so."),
        ({"note": "x" * 301}, "A note has 300 letters at most."),
        ({"code": THINKING, "places": 8}, "Fran Field is not trained for it on 2 October 2018."),
    ],
)  # fmt: skip
def test_what_stands_in_the_way_is_said_and_nothing_is_planned(changes, words):
    with pytest.raises(RuleBroken) as refusal:
        planned(**changes)

    assert words in str(refusal.value)
    assert not Series.objects.exists()
    assert not SeriesSession.objects.exists()


@pytest.mark.django_db
def test_the_policy_says_at_which_places_it_is_held():
    with pytest.raises(RuleBroken, match="The policy does not hold it at Newbury office"):
        planned(code=HEAL, place=oxford(name="Newbury office"), women_only=True)


@pytest.mark.django_db
def test_a_room_is_of_the_place():
    with pytest.raises(RuleBroken, match="Room 9 is not at Oxford office"):
        planned(room=room_at(oxford(name="Slough office"), "Room 9"))


@pytest.mark.django_db
def test_somebody_who_would_lead_none_of_it_is_not_taken_up():
    with pytest.raises(RuleBroken, match="Gil Hart would lead none of these sessions"):
        planned(leaders=[facilitator(), facilitator("Gil Hart")])


@pytest.mark.django_db
def test_what_is_done_one_to_one_needs_no_room():
    series = planned(code="amends_one_to_one", room=None, places=1)

    assert {one.room for one in sessions_of(series)} == {None}


@pytest.mark.django_db
def test_what_needs_no_room_takes_none_from_anybody_at_that_hour():
    place = oxford()
    one_to_one = {"code": "amends_one_to_one", "room": None, "places": 1, "place": place}

    planned(**one_to_one)
    planned(**one_to_one, leaders=[facilitator("Gil Hart")])
    group = planned(place=place, leaders=[facilitator("Ivy Jay")])

    assert Series.objects.count() == 3
    assert {one.room.name for one in sessions_of(group)} == {"Room 1"}


@pytest.mark.django_db
def test_a_room_that_is_taken_is_refused_and_free_when_the_other_ends():
    place = oxford()
    room = room_at(place)
    planned(place=place, room=room)

    with pytest.raises(RuleBroken, match="Room 1, Oxford office is taken by Making Amends, from 6pm to 8pm"):  # fmt: skip
        planned(place=place, room=room, leaders=[facilitator("Gil Hart")], weekly=[Weekly(1, time(19))])  # fmt: skip
    after = planned(place=place, room=room, leaders=[facilitator("Ivy Jay")], weekly=[Weekly(1, EIGHT)])  # fmt: skip

    assert days_of(after) == TUESDAYS


@pytest.mark.django_db
def test_a_leader_who_leads_elsewhere_at_that_hour_is_refused_with_who_could_stand_in():
    fran = facilitator()
    place = oxford()
    planned(place=place, leaders=[fran])
    facilitator("Gil Hart")

    with pytest.raises(RuleBroken, match="Fran Field is taken at 6pm on 2 October 2018: Making Amends"):  # fmt: skip
        planned(place=place, room=room_at(place, "Room 2"), leaders=[fran])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("blind", "words"),
    [
        ("booked", "The room has been taken meanwhile"),
        ("leaders", "Somebody who would lead has been named for another group"),
    ],
)
def test_the_database_refuses_what_nobody_saw_and_it_is_said_in_plain_words(
    monkeypatch, blind, words
):
    """Only a rule that looked away shows the last guard: what is locked is never found twice."""
    place, fran = oxford(), facilitator()
    room = room_at(place)
    planned(place=place, room=room, leaders=[fran])
    other = {"room": room_at(place, "Room 2")} if blind == "leaders" else {"room": room}
    if blind == "booked":
        monkeypatch.setattr(series_look, "booked", lambda *_: [])
        other["leaders"] = [facilitator("Gil Hart")]
    else:
        seen = series_look.leaders_for([], place=place, code=AMENDS, today=NOW.date())
        monkeypatch.setattr(series_look, "leaders_for", lambda *_, **__: seen)
        other["leaders"] = [fran]

    with pytest.raises(RuleBroken, match=words):
        planned(place=place, **other)

    assert Series.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("wanted", ["room", "leader"])
def test_two_who_plan_at_once_get_a_room_and_a_leader_for_one_series(wanted):
    place, by = oxford(), UserFactory()
    fran, gil = facilitator(), facilitator("Gil Hart")
    one, two = room_at(place), room_at(place, "Room 2")
    known = (
        [{"room": one, "leaders": [fran]}, {"room": one, "leaders": [gil]}]
        if wanted == "room"
        else [{"room": one, "leaders": [fran]}, {"room": two, "leaders": [fran]}]
    )
    together, refused, failed = Barrier(2), [], []

    def plan(asked):
        try:
            together.wait()
            planned(place=place, by=by, **asked)
        except RuleBroken as refusal:
            refused.append(str(refusal))
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [Thread(target=plan, args=[asked]) for asked in known]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (failed, len(refused)) == ([], 1)
    assert Series.objects.count() == 1
    assert SeriesSession.objects.count() == SessionLeader.objects.count() == 6


@pytest.mark.django_db
def test_a_series_as_it_stands_can_be_joined_and_says_who_is_there():
    place = oxford()
    late = planned(place=place, first_on=date(2018, 11, 20), leaders=[facilitator()])
    series = planned(place=place, room=room_at(place, "Room 2"), leaders=[facilitator("Gil Hart")])
    man, woman = CaseFactory(), CaseFactory(sex="F")
    by_own_account = PersonFactory(gender_identity="GIF").case
    for case in (man, woman):
        member(series, case)
    member(series, by_own_account, PlaceState.KEPT, kept_until=NOW + WEEK)
    member(series, CaseFactory(), PlaceState.KEPT, kept_until=NOW)  # has run out
    member(series, CaseFactory(), PlaceState.LEFT, closed_because="Moved away")

    first, second = open_series(NOW)

    assert (first.pk, second.pk) == (series.pk, late.pk)
    assert first.members == {man.pk, woman.pk}
    assert first.kept == {by_own_account.pk}
    assert first.women == {woman.pk, by_own_account.pk}
    assert (first.site, first.places, first.entries) == ("Oxford office", 8, {1})
    assert [one.on for one in first.sessions] == TUESDAYS
    assert first.sessions == series_as_planned(series).sessions
    assert [one.pk for one in open_series(NOW, codes=["heal"])] == []
    assert [one.pk for one in open_series(at(TUESDAYS[-1], 20))] == [late.pk]


@pytest.mark.django_db
def test_the_statements_do_not_grow_with_the_series(django_assert_num_queries):
    place = oxford()
    for number in range(5):
        series = planned(place=place, room=room_at(place, f"Room {number}"), leaders=[facilitator(f"Ada {number}")])  # fmt: skip
        member(series, CaseFactory())
    with django_assert_num_queries(4):
        assert len(open_series(NOW)) == 5
