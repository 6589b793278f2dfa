"""Who leads is named from a session on, and somebody stands in at one: nobody who cannot, and never in two places."""

from datetime import timedelta

import pytest

from grid.models import LeaderTraining
from grid.rules.series import Weekly
from grid.services.series_leaders import cover_session, name_leaders
from staff.errors import RuleBroken
from staff.models import Entry
from tests.factories import AbsenceFactory
from tests.grid.planned_series import (
    NOW,
    SIX,
    THINKING,
    TUESDAYS,
    at,
    facilitator,
    planned,
    room_at,
    sessions_of,
)

pytestmark = pytest.mark.django_db
ILL = "Fran is ill"
SKILL = "Thinking Skills Programme"


def names(series):
    return {
        one.number: sorted(each.user.first_name for each in one.led_by.standing())
        for one in sessions_of(series)
    }


def name(series, *users, from_number=1, now=NOW, **known):
    asked = {"version": series.version, "by": series.planned_by, "now": now}
    series = name_leaders(series=series, users=users, from_number=from_number, **asked | known)
    return names(series)


def cover(series, number, out, stand_in, now=NOW, **known):
    session = series.sessions.standing().get(number=number)
    asked = {"because": ILL, "version": series.version, "by": series.planned_by, "now": now}
    return cover_session(session=session, out=out, stand_in=stand_in, **asked | known)


def fran_of(series):
    return sessions_of(series)[5].led_by.get().user


def test_others_lead_from_a_session_on():
    series, gil = planned(), facilitator("Gil Hart")

    assert name(series, gil, from_number=4) == dict.fromkeys((1, 2, 3), ["Fran"]) | dict.fromkeys(
        (4, 5, 6), ["Gil"]
    )
    series.refresh_from_db()
    assert series.version == 2
    entry = Entry.objects.get(action="named_leaders")
    assert entry.detail == {"series": series.pk, "from_number": 4, "users": [gil.pk], "version": 2}


def test_what_has_begun_keeps_whoever_led_it():
    series, gil = planned(), facilitator("Gil Hart")

    named = name(series, gil, now=at(TUESDAYS[1], 18, 30))

    assert named == {1: ["Fran"], 2: ["Fran"]} | dict.fromkeys((3, 4, 5, 6), ["Gil"])


def test_whoever_goes_on_leading_keeps_their_row():
    series = planned()
    before = set(sessions_of(series)[0].led_by.values_list("pk", flat=True))

    name(series, fran_of(series))

    assert set(sessions_of(series)[0].led_by.values_list("pk", flat=True)) == before


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"users": []}, "Session 1 on 2 October 2018 has 0 of 1 leader."),
        ({"from_number": 7}, "No session from there on is still to come."),
        ({"now": at(TUESDAYS[-1], 18)}, "No session from there on is still to come."),
        ({"version": 2}, "This series has changed since you opened it"),
    ],
)
def test_leaders_with_whom_it_could_not_be_held_are_refused(changed, words):
    series = planned()

    with pytest.raises(RuleBroken) as refusal:
        name_leaders(
            **{
                "series": series,
                "users": [fran_of(series)],
                "from_number": 1,
                "version": 1,
                "by": series.planned_by,
                "now": NOW,
            }
            | changed
        )

    assert words in str(refusal.value)
    assert set(map(tuple, names(series).values())) == {("Fran",)}


def test_a_leader_of_another_group_at_that_hour_is_not_named():
    series = planned()
    gil = facilitator("Gil Hart")
    planned(place=series.place, room=room_at(series.place, "Room 2"), leaders=[gil])

    with pytest.raises(RuleBroken, match="Gil Hart is taken at 6pm on 2 October 2018"):
        name(series, gil)


def test_somebody_stands_in_at_one_session():
    series, gil = planned(), facilitator("Gil Hart")

    cover(series, 3, fran_of(series), gil)

    assert names(series) == dict.fromkeys((1, 2, 4, 5, 6), ["Fran"]) | {3: ["Gil"]}
    gone, new = sessions_of(series)[2].led_by.order_by("stands")
    assert (gone.user.first_name, gone.stands, gone.because) == ("Fran", False, ILL)
    assert (new.user, new.because, new.named_by) == (gil, ILL, series.planned_by)
    detail = Entry.objects.get(action="covered_session").detail
    assert (detail["out"], detail["stand_in"], detail["version"]) == (gone.user.pk, gil.pk, 2)


def test_somebody_stands_in_on_the_day_until_it_is_over():
    series, gil = planned(), facilitator("Gil Hart")

    cover(series, 1, fran_of(series), gil, now=at(TUESDAYS[0], 18, 10))

    assert names(series)[1] == ["Gil"]
    series.refresh_from_db()
    with pytest.raises(RuleBroken, match="over, or called off"):
        cover(series, 1, gil, fran_of(series), now=at(TUESDAYS[0], 20))


def test_who_cannot_stand_in_is_refused_with_who_could():
    series = planned()
    away = facilitator("Gil Hart")
    facilitator("Ivy Jay")
    AbsenceFactory(user=away, cover=None, from_on=TUESDAYS[2], to_on=TUESDAYS[2])

    with pytest.raises(RuleBroken) as refusal:
        cover(series, 3, fran_of(series), away)

    assert "Gil Hart is away" in str(refusal.value)
    assert "Ivy Jay" in str(refusal.value)
    assert names(series)[3] == ["Fran"]


@pytest.mark.parametrize(
    ("out", "stand_in", "words"),
    [
        ("nobody", "gil", "This session has the leaders that it asks for. Say who is away."),
        ("ivy", "gil", "Ivy Jay does not lead this session."),
        ("fran", "fran", "Fran Field leads this session already."),
    ],
)
def test_a_place_to_stand_in_at_is_one_that_somebody_leaves(out, stand_in, words):
    series = planned()
    people = {
        "nobody": None,
        "fran": fran_of(series),
        "gil": facilitator("Gil Hart"),
        "ivy": facilitator("Ivy Jay"),
    }

    with pytest.raises(RuleBroken, match=words):
        cover(series, 3, people[out], people[stand_in])


def test_where_one_of_two_is_missing_somebody_is_added():
    fran, gil, ivy = (
        facilitator(one, skill=SKILL) for one in ("Fran Field", "Gil Hart", "Ivy Jay")
    )
    series = planned(
        code=THINKING,
        leaders=[fran, gil],
        weekly=[Weekly(1, SIX), Weekly(3, SIX)],
    )
    sessions_of(series)[4].led_by.filter(user=gil).update(stands=False, because="Left us")

    cover(series, 5, None, ivy)

    assert names(series)[5] == ["Fran", "Ivy"]


def test_training_that_runs_out_before_a_session_is_seen():
    series, gil = planned(), facilitator("Gil Hart")
    LeaderTraining.objects.filter(user=gil).update(until=TUESDAYS[2] - timedelta(days=1))

    with pytest.raises(RuleBroken, match="Gil Hart's training for it runs out on 15 October 2018"):
        cover(series, 3, fran_of(series), gil)
