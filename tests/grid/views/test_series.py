"""Pages of series: the list with what is short, one series as far as its reader may see, and planning one in two steps."""

import html
import re
from datetime import date, time, timedelta

import pytest
from django.urls import reverse

from grid.models import LeaderHours, Room, Series, SeriesPlace
from grid.reference.groups import PlaceState
from grid.rules.series import Weekly
from staff.models import Entry
from staff.permissions import Role
from tests.clock import frozen
from tests.factories import AbsenceFactory, CaseFactory, UserFactory, limit
from tests.grid.planned_series import (
    AMENDS,
    FIRST,
    HEAL,
    NOW,
    SIX,
    TUESDAYS,
    at,
    days_of,
    facilitator,
    member,
    on_an_order,
    oxford,
    planned,
    room_at,
    sessions_of,
)
from tests.staff.markup import Page, sound

pytestmark = pytest.mark.django_db
LIST_STATEMENTS = 15  # the session, the user and what waits for them, the trail, and the list
PAGE_STATEMENTS = 37  # besides: sessions, leaders, who is in it, when their orders end
LONG = "Wolverhampton-Featherstonehaugh"


@pytest.fixture(autouse=True)
def the_day():
    with frozen(NOW):
        yield


@pytest.fixture
def runner(client):
    user = UserFactory(role=Role.FACILITATOR, first_name="Rae", last_name="Hill")
    client.force_login(user)
    return user


def shown(client, name, *args, **asked):
    answer = client.get(reverse(name, args=args), asked)
    assert answer.status_code == 200
    return sound(Page(answer.content.decode()))


def text(answer):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def words(page):
    return " ".join(page.text.split())


def rows_of(page):
    return [" ".join(one.text.split()) for one in page.all("tr") if "data-row" in one.attributes]


def test_the_list_says_where_when_what_is_next_who_leads_and_how_many_places(client, runner):
    series = planned()
    member(series, CaseFactory())
    member(series, CaseFactory(), PlaceState.KEPT, kept_until=NOW + timedelta(days=3))

    page = shown(client, "groups")

    (row,) = rows_of(page)
    for said in (
        "Making Amends",
        "Oxford office",
        "Tuesdays, 6pm to 8pm",
        "2 October 2018 at 6pm, 1 of 6",
        "2 of 8 taken, 1 of them kept",
        "Fran Field",
    ):
        assert said in row
    assert "1 series" in words(page)


def test_what_is_short_full_or_not_sent_is_seen_at_once(client, runner):
    series = planned(places=4)
    for _ in range(4):
        member(series, CaseFactory())
    fran = sessions_of(series)[0].led_by.get().user
    AbsenceFactory(user=fran, cover=None, from_on=TUESDAYS[3], to_on=TUESDAYS[3])

    (row,) = rows_of(shown(client, "groups"))
    assert "Short of a leader" in row
    assert "Full" in row
    assert "Register not sent" not in row
    with frozen(at(TUESDAYS[0], 20, 30)):
        client.force_login(runner)
        (row,) = rows_of(shown(client, "groups"))
    assert "Register not sent" in row


def test_a_series_that_is_over_stays_until_its_registers_are_sent(client, runner):
    series = planned()

    with frozen(at(TUESDAYS[-1], 21)):
        client.force_login(runner)
        assert "Over since 6 November 2018" in rows_of(shown(client, "groups"))[0]
        series.sessions.update(sent_at=NOW, sent_by=runner)
        assert rows_of(shown(client, "groups")) == []


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ["evening", "day", "heal"]),
        ({"code": HEAL}, ["heal"]),
        ({"when": "evening"}, ["evening", "heal"]),
        ({"when": "daytime"}, ["day"]),
        ({"when": "weekend"}, []),
        ({"women_only": "yes"}, ["heal"]),
        ({"women_only": "no"}, ["evening", "day"]),
        ({"left": "yes"}, ["evening", "heal"]),
        ({"place": "oxford", "when": "evening"}, ["evening", "heal"]),
    ],
)
def test_filters_narrow_the_list_together(client, runner, asked, expected):
    place = oxford()
    made = {
        "evening": planned(place=place),
        "day": planned(
            place=place,
            room=room_at(place, "Room 2"),
            first_on=FIRST + timedelta(days=1),
            weekly=[Weekly(2, time(10))],
            leaders=[facilitator("Gil Hart")],
            places=4,
        ),
        "heal": planned(
            code=HEAL,
            place=place,
            room=room_at(place, "Room 3"),
            first_on=FIRST + timedelta(days=2),
            weekly=[Weekly(3, SIX)],
            leaders=[facilitator("Ivy Jay", skill="HEAL", sex="woman")],
            women_only=True,
        ),
    }
    for _ in range(4):
        member(made["day"], CaseFactory())
    if "place" in asked:
        asked = asked | {"place": place.pk}

    page = shown(client, "groups", **asked)

    links = [one["href"] for one in page.all("a") if "th" in one.inside]
    assert links == [reverse("series", args=[made[name].pk]) for name in expected]


def test_a_place_that_is_not_on_offer_is_said(client, runner):
    planned()
    assert "Choose one of the answers given for place" in words(shown(client, "groups", place="x"))


def test_without_series_it_says_what_would_be_here(client, runner):
    assert "would be listed here" in words(shown(client, "groups"))


@pytest.mark.parametrize("number", [5, 60])
def test_the_list_takes_as_many_statements_for_sixty_as_for_five(
    client, runner, number, django_assert_max_num_queries
):
    place = oxford()
    for one in range(number):
        series = planned(
            place=place,
            room=Room.objects.create(place=place, name=f"Room {one:02}", holds=14),
            leaders=[facilitator(f"{LONG} {one:02}")],
        )
        member(series, CaseFactory())

    with django_assert_max_num_queries(LIST_STATEMENTS):
        page = shown(client, "groups")

    assert len(rows_of(page)) == min(number, 50)
    if number == 60:
        last = [one["href"] for one in page.all("a", rel="next")]
        assert len(rows_of(sound(Page(client.get(last[0]).content.decode())))) == 10


def test_a_series_shows_its_sessions_with_room_leaders_and_register(client):
    series = planned(note="Bring the booklets.")
    with frozen(at(FIRST, 20, 30)):
        client.force_login(sessions_of(series)[0].led_by.get().user)
        page = shown(client, "series", series.pk)

    rows = rows_of(page)
    assert len(rows) == 6
    assert "Tuesday 2 October 2018" in rows[0]
    assert "Register not sent" in rows[0]
    assert "To come" in rows[1]
    assert "Room 1" in rows[1]
    assert "Bring the booklets." in words(page)
    hrefs = [one["href"] for one in page.all("a")]
    first, second = sessions_of(series)[:2]
    assert reverse("group-register", args=[first.pk]) in hrefs
    assert reverse("group-register", args=[second.pk]) not in hrefs
    assert reverse("move-group-session", args=[second.pk]) in hrefs
    assert reverse("move-group-session", args=[first.pk]) not in hrefs


def test_who_is_in_it_is_shown_with_until_when_they_can_come(client, runner):
    series = planned()
    late = on_an_order(TUESDAYS[2], surname=LONG)
    member(series, late)

    (row,) = [one for one in rows_of(shown(client, "series", series.pk)) if LONG in one]

    assert late.crn in row
    assert "Their order ends on 16 October 2018: before it is over" in row


def test_whoever_is_kept_from_a_case_sees_its_masked_row_alone(client, runner):
    series = planned()
    kept, open_one = on_an_order(None, surname="Qzxwvkjq"), on_an_order(None)
    for case in (kept, open_one):
        member(series, case)
    limit(kept, kept_out=[runner])

    page = words(shown(client, "series", series.pk))

    assert open_one.surname in page
    assert "Qzxwvkjq" not in page
    assert f"{kept.crn} Limited access This case is limited." in page


def test_an_officer_sees_those_of_their_team_and_how_many_more_there_are(client):
    series = planned()
    theirs, other = on_an_order(None), on_an_order(None, surname="Elsewhere")
    for case in (theirs, other):
        member(series, case)
    client.force_login(theirs.officer)

    page = words(shown(client, "series", series.pk))

    assert theirs.surname in page
    assert "Elsewhere" not in page
    assert other.crn not in page
    assert "1 more has a place in it, whose cases are not yours." in page
    assert "Call sessions off" not in page


@pytest.mark.parametrize("number", [5, 60])
def test_one_series_takes_as_many_statements_for_sixty_as_for_five(
    client, runner, number, django_assert_max_num_queries
):
    series = planned()
    SeriesPlace.objects.bulk_create(
        SeriesPlace(
            series=series, referral=member(series, case).referral, case=case, begins_with=1,
            state=PlaceState.LEFT, closed_because="Came twice", given_at=NOW, given_by=runner,
        )
        for case in [on_an_order(date(2019, 6, 30)) for _ in range(number)]
    )  # fmt: skip

    with django_assert_max_num_queries(PAGE_STATEMENTS):
        page = shown(client, "series", series.pk)

    assert len(rows_of(page)) == 6 + number


def test_who_is_short_is_stood_in_for_with_one_press(client, runner):
    series, gil = planned(), facilitator("Gil Hart")
    fran = sessions_of(series)[0].led_by.get().user
    AbsenceFactory(user=fran, cover=None, from_on=TUESDAYS[2], to_on=TUESDAYS[2])
    page = shown(client, "series", series.pk)
    assert "Gil Hart stands in at Session 3 on 16 October 2018" in words(page)
    third = sessions_of(series)[2]
    here = reverse("cover-group-session", args=[third.pk])
    (form,) = [one for one in page.all("form", action=here) if "Gil" in one.text]
    sent = {one["name"]: one["value"] for one in page.all("input", type="hidden")}
    assert "csrfmiddlewaretoken" in sent
    assert form["method"] == "post"

    answer = client.post(
        here,
        {"version": "1", "out": fran.pk, "stand_in": gil.pk, "because": sent["because"]},
    )

    assert answer["location"] == reverse("series", args=[series.pk])
    assert [one.user for one in third.led_by.standing()] == [gil]
    assert "Fran Field is away" in third.led_by.get(user=fran).because
    assert "Short of a leader" not in words(shown(client, "series", series.pk))


def test_officers_are_not_told_why_somebody_is_away(client):
    series = planned()
    fran = sessions_of(series)[0].led_by.get().user
    AbsenceFactory(user=fran, cover=None, from_on=TUESDAYS[2], to_on=TUESDAYS[2])
    client.force_login(UserFactory())

    assert "away" not in words(shown(client, "series", series.pk))


# Planning


def asked(at_room, leader, **changes):
    return {
        "code": "making_amends",
        "room": str(at_room.pk),
        "first_on": "2 October 2018",
        "at_1": "6pm",
        "places": "8",
        "women_only": "no",
        "leaders": [str(leader.pk)],
        "note": "Bring the booklets",
    } | changes


def test_the_sessions_are_looked_at_before_anything_is_planned(client, runner):
    room, fran = room_at(oxford()), facilitator()

    answer = client.post(reverse("plan-series"), asked(room, fran) | {"look": "1"})

    page = sound(Page(answer.content.decode()))
    assert "Nothing stands in the way" in words(page)
    rows = rows_of(page)
    assert [f"Tuesday {day.day} {day:%B %Y}" in row for day, row in zip(TUESDAYS, rows, strict=True)] == [True] * 6  # fmt: skip
    assert "Fran Field" in rows[0]
    assert not Series.objects.exists()
    (note,) = page.all("input", name="note")
    assert note["value"] == "Bring the booklets"
    assert [one["name"] for one in page.all("button") if one["name"]] == ["confirm", "look"]


def test_hours_that_a_leader_does_not_work_are_told_and_refuse_nothing(client, runner):
    room, fran = room_at(oxford()), facilitator()
    LeaderHours.objects.create(user=fran, weekday=1, from_at=time(9), to_at=time(19))

    answer = client.post(reverse("plan-series"), asked(room, fran) | {"look": "1"})
    within = client.post(reverse("plan-series"), asked(room, fran, at_1="5pm") | {"look": "1"})

    page = sound(Page(answer.content.decode()))
    told = "6pm to 8pm on Tuesdays is not within the hours that Fran Field said they work."
    assert words(page).count(told) == 1
    assert "Nothing stands in the way" in words(page)
    assert [one["name"] for one in page.all("button") if one["name"]] == ["confirm", "look"]
    assert "said they work" not in words(Page(within.content.decode()))
    done = client.post(reverse("plan-series"), asked(room, fran) | {"confirm": "1"})
    assert done.status_code == 302


def test_what_was_looked_at_is_planned_when_it_is_confirmed(client, runner):
    room, fran = room_at(oxford()), facilitator()

    answer = client.post(reverse("plan-series"), asked(room, fran) | {"confirm": "1"})

    series = Series.objects.get()
    assert answer["location"] == reverse("series", args=[series.pk])
    assert days_of(series) == TUESDAYS
    assert (series.planned_by, series.note) == (runner, "Bring the booklets")
    assert Entry.objects.filter(action="planned_series").count() == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"places": "20"}, "Room 1, Oxford office holds 14 people, and 21 would be there"),
        ({"places": "20"}, "A series of it has from 4 to 12 places, and not 20."),
        ({"at_3": "6pm"}, "There is at most 1 session a week, and 2 days were chosen."),
        ({"leaders": []}, "Session 1 on 2 October 2018 has 0 of 1 leader."),
        ({"leaders": []}, "1 person could stand in at session 1 on 2 October 2018. Fran Field."),
    ],
)
def test_what_stands_in_the_way_is_said_beside_what_was_typed(client, runner, changes, said):
    room, fran = room_at(oxford()), facilitator()
    runner.role = Role.HEAD
    runner.save()

    answer = client.post(reverse("plan-series"), asked(room, fran, **changes) | {"look": "1"})

    page = text(answer)
    assert "It cannot be planned like this" in page
    assert said in page
    assert 'name="confirm"' not in answer.content.decode()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"code": ""}, "Choose an answer to “What is it?”"),
        ({"room": ""}, "Choose an answer to “In which room is it held?”"),
        ({"first_on": "1 September 2018"}, "1 September 2018 has been. Enter today or a later date"),
        ({"at_1": ""}, "Put in an hour beside at least one day of the week"),
        ({"at_1": "half past"}, "Enter a time, for example 2:30pm or 14:30"),
        ({"places": "many"}, "Enter a whole number"),
        ({"women_only": ""}, "Choose an answer to “Is it for women only?”"),
    ],
)  # fmt: skip
def test_each_error_says_how_to_mend_it(client, runner, changes, said):
    room, fran = room_at(oxford()), facilitator()

    answer = client.post(reverse("plan-series"), asked(room, fran, **changes) | {"look": "1"})

    assert said in text(answer)
    assert not Series.objects.exists()


def test_a_plan_that_was_taken_meanwhile_is_refused_and_kept(client, runner):
    room, fran = room_at(oxford()), facilitator()
    planned(place=room.place, room=room, leaders=[facilitator("Gil Hart")])

    answer = client.post(reverse("plan-series"), asked(room, fran) | {"confirm": "1"})

    assert "Room 1, Oxford office is taken by Making Amends" in text(answer)
    assert "Bring the booklets" in answer.content.decode()
    assert Series.objects.count() == 1


def test_one_to_one_takes_no_room(client, runner):
    place, fran = oxford(), facilitator()

    client.post(
        reverse("plan-series"),
        asked(room_at(place), fran, code="amends_one_to_one", room=f"none-{place.pk}", places="1")
        | {"confirm": "1"},
    )

    assert {one.room for one in sessions_of(Series.objects.get())} == {None}


def test_what_is_to_be_planned_is_chosen_where_the_address_names_it(client):
    client.force_login(UserFactory(role=Role.FACILITATOR))
    here = reverse("plan-series")

    chosen = [client.get(here, {"code": code}).context["form"]["code"].value() for code in (AMENDS, "horoscopes")]  # fmt: skip

    assert chosen == [AMENDS, None]
    assert f'value="{AMENDS}" selected' in client.get(here, {"code": AMENDS}).content.decode()
