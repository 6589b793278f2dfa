"""The page on which somebody is taken out of a series: what it means is read, why is asked, and nothing typed is lost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import Appointment
from grid.models import Series, SeriesPlace
from grid.reference.groups import PlaceState
from grid.services.places import keep_place
from staff.models import Entry
from staff.permissions import Role
from tests.clock import frozen
from tests.factories import PlaceFactory, UserFactory, limit
from tests.grid.a_place import expected, joins, somebody
from tests.grid.planned_series import NOW, facilitator, oxford, planned, waits
from tests.staff.markup import Page

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def that_morning():
    with frozen(NOW):
        yield


@pytest.fixture
def series():
    return planned(leaders=[facilitator(skill="Making Amends")])


@pytest.fixture
def case():
    return somebody()


@pytest.fixture
def place(series, case):
    return joins(series, case)


def address(place):
    return reverse("leave-series", args=[place.case.crn, place.pk])


def see(client, user, place):
    client.force_login(user)
    return client.get(address(place))


def send(client, user, place, **data):
    client.force_login(user)
    return client.post(address(place), data, follow=True)


def test_it_says_what_would_be_called_off_and_where_that_leaves_them(client, case, place):
    page = Page(see(client, case.officer, place).content.decode())

    said = page.text
    assert page.one("h1").text == "Take them out of this series"
    assert "Sessions to come 6" in said
    assert "6pm on 2 October 2018" in said
    assert "They wait for Making Amends again, with their place on the list from 28 August 2018" in said  # fmt: skip


def test_they_leave_and_the_officer_is_led_to_what_else_can_be_offered(client, case, place):
    answer = send(client, case.officer, place, asked_by="person", because="They work on Tuesdays.")

    assert answer.redirect_chain == [(reverse("case-offers", args=[case.crn]), 302)]
    assert "what was to come is called off. Tell them." in answer.content.decode()
    place.refresh_from_db()
    assert (place.state, place.closed_because) == (PlaceState.LEFT, "They work on Tuesdays.")
    assert {one.asked_by for one in Appointment.objects.filter(contact__case=case)} == {"person"}
    assert Entry.objects.filter(action="left_series", by=case.officer, crn=case.crn).exists()


def test_who_asked_and_why_must_be_said_and_what_was_typed_stays(client, case, place):
    answer = send(client, case.officer, place, because="They work on Tuesdays.")

    page = Page(answer.content.decode())
    assert page.one(class_="govuk-error-summary")
    assert "They work on Tuesdays." in answer.content.decode()
    assert len(expected(case)) == 6
    answer = send(client, case.officer, place, asked_by="service", because="...")
    assert "Say why, so that whoever gives them a place later can follow." in answer.content.decode()  # fmt: skip
    assert len(expected(case)) == 6


def test_a_place_that_is_kept_is_let_go_on_the_same_page(client, series, case):
    kept = keep_place(referral=waits(case), series=series, by=case.officer, now=NOW)

    shown = Page(see(client, case.officer, kept).content.decode()).text
    answer = send(client, case.officer, kept, because="They would rather wait.")

    assert "Let this place go" in shown
    assert "9am on 8 September 2018" in shown
    assert "Who asked?" not in shown
    assert "The place is free again" in answer.content.decode()
    assert SeriesPlace.objects.get().state == PlaceState.LET_GO


def test_whoever_comes_second_is_told_that_they_have_left(client, case, place):
    send(client, case.officer, place, asked_by="person", because="They work on Tuesdays.")

    answer = send(client, case.officer, place, asked_by="service", because="They did not come.")

    assert "They have no place there any more: left the series." in answer.content.decode()
    place.refresh_from_db()
    assert place.closed_because == "They work on Tuesdays."


def test_the_place_of_somebody_else_is_not_found(client, place):
    other = somebody()
    client.force_login(other.officer)

    assert client.get(reverse("leave-series", args=[other.crn, place.pk])).status_code == 404


def test_a_case_that_is_kept_shows_nothing_of_it(client, case, place):
    limit(case, restricted=True)

    answer = see(client, facilitator("Jo Hill"), place)

    assert answer.status_code == 403
    assert "Making Amends" not in answer.content.decode()


@pytest.mark.parametrize(
    ("role", "status"), [(Role.FACILITATOR, 200), (Role.HUB, 403), (Role.HEAD, 403)]
)
def test_it_is_for_whoever_gives_places(client, place, role, status):
    assert see(client, UserFactory(role=role), place).status_code == status


def test_long_names_and_many_sessions_cost_no_more(client, case):
    small = joins(planned(leaders=[facilitator(skill="Making Amends")], place=oxford()), case)
    client.force_login(case.officer)
    client.get(address(small))
    with CaptureQueriesContext(connection) as few:
        client.get(address(small))
    long = PlaceFactory(name="A hall with a very long name " * 6)
    Series.objects.filter(pk=small.series_id).update(place=long)
    with CaptureQueriesContext(connection) as many:
        answer = client.get(address(small))

    assert long.name.strip() in answer.content.decode()
    assert len(many) == len(few)
