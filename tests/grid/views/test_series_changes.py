"""Changing a series: what it means for everybody is read first, then why is asked; nothing typed is lost."""

from datetime import time, timedelta

import pytest
from django.urls import reverse

from cases.models import Notice
from grid.models import LeaderHours
from grid.reference.groups import SessionState
from grid.rules.series import Weekly
from grid.services.series_changes import call_off_sessions
from staff.permissions import Role
from tests.clock import frozen
from tests.factories import UserFactory, limit
from tests.grid.planned_series import (
    NOW,
    TUESDAYS,
    at,
    days_of,
    facilitator,
    member,
    on_an_order,
    planned,
    sessions_of,
)
from tests.grid.views.test_series import text
from tests.staff.markup import Page, sound

pytestmark = pytest.mark.django_db
ILL = "The facilitator is ill"
ONE_MORE = TUESDAYS[-1] + timedelta(weeks=1)


@pytest.fixture(autouse=True)
def the_day():
    with frozen(NOW):
        yield


@pytest.fixture
def runner(client):
    user = UserFactory(role=Role.FACILITATOR, first_name="Rae", last_name="Hill")
    client.force_login(user)
    return user


def off(series):
    return reverse("call-off-group-sessions", args=[series.pk])


def sent(**said):
    return {"version": "1", "because": ILL} | said


def test_calling_off_says_first_what_it_means_for_each(client, runner):
    series = planned()
    late = on_an_order(TUESDAYS[-1])
    member(series, late)

    answer = client.post(off(series), sent(numbers=["3"], because="", look="1"))

    said = text(answer)
    assert "Session 3 on 16 October 2018 would not be held. New: 13 November 2018 at 6pm." in said
    assert "1 person would now finish too late." in said
    assert f"{late.list_name} {late.crn}" in said
    assert "That is now too late: their order ends on 6 November 2018." in said
    assert "There is a problem" not in said  # the reason is asked for once this has been read
    assert 'name="confirm"' in answer.content.decode()
    assert days_of(series) == TUESDAYS
    sound(Page(answer.content.decode()))


def test_it_is_carried_out_for_a_reason_and_officers_are_told(client, runner):
    series = planned()
    case = on_an_order(TUESDAYS[-1])
    member(series, case)

    missing = client.post(off(series), sent(numbers=["3"], because="", confirm="1"))
    done = client.post(off(series), sent(numbers=["3"], confirm="1"))

    assert "Answer “Why?”" in text(missing)
    assert done["location"] == reverse("series", args=[series.pk])
    assert days_of(series) == [*TUESDAYS[:2], *TUESDAYS[3:], ONE_MORE]
    assert Notice.objects.get(user=case.officer).href == reverse("case-interventions", args=[case.crn])  # fmt: skip


def test_those_the_reader_may_not_see_are_counted_and_not_named(client, runner):
    series = planned()
    kept = on_an_order(TUESDAYS[-1], surname="Qzxwvkjq")
    member(series, kept)
    limit(kept, kept_out=[runner])

    said = text(client.post(off(series), sent(numbers=["3"], look="1")))

    assert "1 more person, whose cases you may not open." in said
    assert "Qzxwvkjq" not in said
    assert kept.crn not in said


def test_days_that_make_up_for_it_come_first(client, runner):
    series = planned()

    client.post(off(series), sent(numbers=["3"], on_0="18 October 2018", at_0="5pm", confirm="1"))

    assert days_of(series)[2] == TUESDAYS[2] + timedelta(days=2)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"numbers": []}, "Choose an answer to “Which sessions are called off?”"),
        ({"numbers": ["3"], "on_0": "18 October 2018"}, "Say from what time on day 1, or clear it"),
        ({"numbers": ["3"], "at_0": "5pm"}, "Say which day, or clear the time of day 1"),
        ({"numbers": ["3"], "on_0": "25 December 2018", "at_0": "5pm"}, "No session can be held on 25 December 2018"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_and_what_was_typed_stays(client, runner, said, words):
    series = planned()

    answer = client.post(off(series), sent(**said, confirm="1"))

    assert words in text(answer)
    assert ILL in answer.content.decode()
    assert days_of(series) == TUESDAYS


def test_whoever_comes_second_reads_what_changed_and_then_says_it_once_more(client, runner):
    series = planned()
    call_off_sessions(
        series=series, numbers=[3], because=ILL, version=1, now=NOW,
        by=UserFactory(first_name="Pat", last_name="Rowe"),
    )  # fmt: skip

    refused = client.post(off(series), sent(numbers=["4"], confirm="1"))

    assert "Pat Rowe called off a session at" in text(refused)
    page = sound(Page(refused.content.decode()))
    (version,) = page.all("input", name="version")
    assert version["value"] == "2"
    assert "Session 4 on 30 October 2018 would not be held." in text(refused)
    client.post(off(series), sent(numbers=["4"], version="2", confirm="1"))
    assert series.sessions.filter(state=SessionState.CALLED_OFF).count() == 2


def test_a_session_is_moved_once_it_was_looked_at(client, runner):
    series = planned()
    third = sessions_of(series)[2]
    here = reverse("move-group-session", args=[third.pk])
    to = {"on": "18 October 2018", "from_at": "5pm", "room": ""}
    sound(Page(client.get(here).content.decode()))

    looked = client.post(here, sent(**to, because="", look="1"))
    assert "New: 18 October 2018 at 5pm." in text(looked)
    client.post(here, sent(**to, confirm="1"))

    assert sessions_of(series)[2].starts_at == at(TUESDAYS[2] + timedelta(days=2), 17)


@pytest.mark.parametrize("name", ["move-group-session", "cover-group-session"])
def test_what_was_typed_about_a_session_that_was_moved_meanwhile_is_said_again(
    client, runner, name
):
    series = planned()
    third = sessions_of(series)[2].pk
    to = {"on": "18 October 2018", "from_at": "5pm", "room": ""}
    client.post(reverse("move-group-session", args=[third]), sent(**to, confirm="1"))

    answer = client.post(reverse(name, args=[third]), sent(because="The hall floods."), follow=True)

    assert answer.redirect_chain == [(reverse("series", args=[series.pk]), 302)]
    assert "That session was moved or called off meanwhile." in text(answer)
    assert "You had typed: The hall floods." in text(answer)


def test_a_leader_who_cannot_is_said_and_another_is_chosen(client, runner):
    series, gil = planned(), facilitator("Gil Hart")
    other = planned(
        place=series.place,
        room=None,
        code="amends_one_to_one",
        places=1,
        leaders=[sessions_of(series)[0].led_by.get().user],
        first_on=TUESDAYS[2] + timedelta(days=2),
        weekly=[Weekly(3, time(17))],
    )
    third = sessions_of(series)[2]
    here = reverse("move-group-session", args=[third.pk])
    to = {"on": "18 October 2018", "from_at": "5pm"}

    looked = text(client.post(here, sent(**to, look="1")))

    assert "It cannot be done like this" in looked
    assert "Fran Field is taken at 5pm on 18 October 2018" in looked
    assert "Gil Hart" in looked
    done = client.post(here, sent(**to, leaders=[str(gil.pk)], confirm="1"))
    assert done.status_code == 302, text(done)
    assert [one.user for one in sessions_of(series)[2].led_by.standing()] == [gil]
    assert len(days_of(other)) == 4


def test_leaders_are_named_from_a_session_on(client, runner):
    series, gil = planned(), facilitator("Gil Hart")
    here = reverse("name-group-leaders", args=[series.pk])
    page = sound(Page(client.get(here).content.decode()))
    fran = sessions_of(series)[0].led_by.get().user
    ticked = [one["value"] for one in page.all("input", name="leaders") if "checked" in one.attributes]  # fmt: skip
    assert ticked == [str(fran.pk)]

    client.post(here, {"version": "1", "from_number": "4", "leaders": [str(gil.pk)]})

    led = [one.led_by.standing().get().user for one in sessions_of(series)]
    assert led == [fran] * 3 + [gil] * 3


def test_the_whole_series_is_called_off(client, runner):
    series = planned()
    member(series, on_an_order(None))
    here = reverse("call-off-series", args=[series.pk])
    assert (
        "6 sessions to come would not be held, and 1 person would be back on the waiting list."
        in text(client.get(here))
    )

    client.post(here, sent())

    series.refresh_from_db()
    assert series.state == "called_off"
    page = text(client.get(reverse("series", args=[series.pk])))
    assert f"This series was called off: {ILL}" in page
    assert "Call sessions off" not in page


def test_who_stands_in_is_refused_where_they_cannot(client, runner):
    series = planned()
    here = reverse("cover-group-session", args=[sessions_of(series)[2].pk])
    fran = sessions_of(series)[0].led_by.get().user
    untrained = facilitator("Una Tran", skill="")
    sound(Page(client.get(here).content.decode()))

    answer = client.post(here, sent(out=fran.pk, stand_in=untrained.pk))

    assert "Una Tran is not trained for it on 16 October 2018." in text(answer)
    assert ILL in answer.content.decode()


def works(user, weekday, from_at, to_at):
    LeaderHours.objects.create(
        user=user, weekday=weekday, from_at=time(from_at), to_at=time(to_at)
    )  # fmt: skip


def test_a_move_outside_the_hours_that_a_leader_works_is_told_and_not_refused(client, runner):
    series = planned()
    third = sessions_of(series)[2]
    works(third.led_by.get().user, 1, 17, 21)
    here = reverse("move-group-session", args=[third.pk])
    to = {"on": "18 October 2018", "from_at": "5pm", "room": ""}

    looked = client.post(here, sent(**to, look="1"))
    same_day = client.post(here, sent(**to | {"on": "16 October 2018"}, look="1"))

    told = "5pm to 7pm on Thursdays is not within the hours that Fran Field said they work."
    assert told in text(looked)
    assert "It cannot be done like this" not in text(looked)
    assert "said they work" not in text(same_day)
    sound(Page(looked.content.decode()))
    assert client.post(here, sent(**to, confirm="1")).status_code == 302


def test_whoever_would_stand_in_outside_their_hours_is_marked_and_may_be_chosen(client, runner):
    series, gil = planned(), facilitator("Gil Hart")
    third = sessions_of(series)[2]
    fran = third.led_by.get().user
    works(gil, 0, 9, 17)
    works(facilitator("Hal Ives"), 1, 12, 21)
    here = reverse("cover-group-session", args=[third.pk])

    page = sound(Page(client.get(here).content.decode()))

    (select,) = page.all("select", name="stand_in")
    assert "Gil Hart, not within the hours that they said they work" in select.text
    assert "Hal Ives, not" not in select.text
    assert client.post(here, sent(out=fran.pk, stand_in=gil.pk)).status_code == 302
    assert third.led_by.standing().get().user == gil
