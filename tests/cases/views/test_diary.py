"""The diary, of oneself, a colleague or a team; the places where people are seen, and their hours."""

import re
from datetime import UTC, date, datetime, time, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags

from cases.models import OpeningHours, Place
from cases.reference.codes import Register
from staff.models import Entry
from staff.permissions import Role
from tests.factories import (
    AbsenceFactory,
    AppointmentFactory,
    AssignmentFactory,
    CaseFactory,
    ContactFactory,
    OpeningHoursFactory,
    PlaceFactory,
    RegistrationFactory,
    TeamFactory,
    UserFactory,
    limit,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2018, 10, 2, 10, tzinfo=UTC)  # a Tuesday, 11am by the clock


@pytest.fixture(autouse=True)
def _tuesday(monkeypatch):
    monkeypatch.setattr("cases.views.diary.now", lambda: NOW)
    monkeypatch.setattr("staff.forms.fields.localdate", lambda: date(2018, 10, 2))


@pytest.fixture
def officer():
    return UserFactory(team=TeamFactory(name="Reading"))


@pytest.fixture
def page(client, officer):
    client.force_login(officer)
    return client


def words(answer):
    return unescape(re.sub(r"\s+", " ", strip_tags(answer.content.decode())))


def see(client, **asked):
    return words(client.get(reverse("diary"), asked))


def booked(officer, hour=13, day=2, **more):
    case = more.pop("case", None) or CaseFactory(officer=officer, team=officer.team)
    return AppointmentFactory(
        case=case, officer=officer, at=datetime(2018, 10, day, hour, tzinfo=UTC), **more
    )


def test_ones_own_day_comes_first_with_what_is_to_be_done(page, officer):
    case = CaseFactory(officer=officer, team=officer.team, surname="Aldous")
    RegistrationFactory(case=case, type_code=Register.RISK_TO_STAFF)
    booked(officer, case=case, interpreter="to_book")
    booked(officer, 9)
    booked(officer, 12, day=3)

    said = see(page)

    assert "Tuesday 2 October 2018, today" in said
    assert "2pm to 2:30pm: Aldous, Alex" in said
    assert "Risk or warning to staff" in said
    assert "Interpreter to book" in said
    assert "Not told yet" in said
    assert "To be logged" in said
    assert "Wednesday" not in said


def test_two_at_once_are_marked(page, officer):
    booked(officer)
    booked(officer)

    assert see(page).count("Clash") == 2


def test_what_was_brought_in_is_there_and_what_was_called_off_is_not(page, officer):
    case = CaseFactory(officer=officer, team=officer.team, surname="Brought")
    ContactFactory(
        case=case,
        outcome_code="",
        attended=None,
        complied=None,
        started_at=NOW + timedelta(hours=2),
    )
    gone = CaseFactory(officer=officer, team=officer.team, surname="Gone")
    booked(officer, case=gone, called_off_at=NOW, asked_by="person", called_off_because="Unwell")

    said = see(page)

    assert "Brought, Alex" in said
    assert "Gone" not in said


def test_a_week_has_each_of_its_days_and_a_way_to_the_next(page, officer):
    booked(officer, day=5)
    AbsenceFactory(user=officer, from_on=date(2018, 10, 4), to_on=date(2018, 10, 4))

    answer = page.get(reverse("diary"), {"view": "week"})

    said = words(answer)
    assert "Monday 1 October 2018" in said
    assert "Friday 5 October 2018" in said
    assert "is away until 4 October 2018" in said
    assert "day=2018-10-08&amp;view=week" in answer.content.decode()


def test_a_colleague_out_of_reach_is_not_offered_and_asking_shows_nothing(page, officer):
    stranger = UserFactory()
    booked(stranger, case=CaseFactory(officer=stranger, team=stranger.team, surname="Elsewhere"))

    answer = page.get(reverse("diary"), {"whose": f"staff-{stranger.pk}"})

    assert "Elsewhere" not in words(answer)
    assert answer.context["found"] is None


def test_the_team_is_seen_whole_with_who_sees_whom(page, officer):
    colleague = UserFactory(team=officer.team, last_name="Colleague")
    booked(colleague, case=CaseFactory(officer=colleague, team=officer.team, surname="Theirs"))

    said = see(page, whose="team")

    assert "Theirs, Alex" in said
    assert "Sam Colleague" in said


def test_a_case_kept_from_the_reader_is_time_taken_and_its_masked_row(page, officer):
    colleague = UserFactory(team=officer.team)
    kept = CaseFactory(officer=colleague, team=officer.team, surname="Qzx")
    limit(kept, restricted=True)
    booked(colleague, case=kept)

    said = see(page, whose=f"staff-{colleague.pk}")

    assert "2pm to 2:30pm Somebody you may not open Taken" in said
    assert "Qzx" not in said
    assert kept.crn in said


def test_one_who_works_on_cases_of_others_sees_them_in_their_own_diary(client):
    worker = UserFactory(role=Role.RESETTLEMENT)
    case = CaseFactory(surname="Through")
    AssignmentFactory(case=case, user=worker, from_on=date(2018, 1, 1))
    booked(worker, case=case)
    client.force_login(worker)

    assert "Through, Alex" in see(client)


def test_an_empty_day_says_what_would_be_there(page):
    assert "Nobody is booked." in see(page)


def test_what_is_no_day_is_asked_for_again(page):
    assert "There is a problem" in see(page, day="31 February 2018")


def test_the_hub_begins_with_a_team(client):
    TeamFactory()
    client.force_login(UserFactory(role=Role.HUB, team=None))

    assert client.get(reverse("diary")).status_code == 200


@pytest.mark.parametrize("asked", [{}, {"view": "week", "whose": "team"}])
def test_the_diary_costs_the_same_whatever_is_in_it(page, officer, asked):
    def cost(number):
        for n in range(number):
            booked(officer, 8 + n % 10)
        with CaptureQueriesContext(connection) as counted:
            page.get(reverse("diary"), asked)
        return len(counted)

    assert cost(5) == cost(55)


# Places


@pytest.fixture
def hub(client):
    client.force_login(UserFactory(role=Role.HUB))
    return client


def hours_of(place):
    return sorted(place.hours.values_list("weekday", "from_at", "to_at", "women_only"))


def test_a_place_is_added_with_its_hours(hub):
    data = {
        "name": "Slough office",
        "hours_0_0": "9am to 5pm",
        "hours_2_1": "1pm to 3pm",
        "step_free": "yes",
    }

    said = words(hub.post(reverse("add-place"), data, follow=True))

    place = Place.objects.get()
    assert hours_of(place) == [(0, time(9), time(17), False), (2, time(13), time(15), True)]
    assert place.step_free is True
    assert "Monday: 9am to 5pm" in said
    assert "Wednesday: women only 1pm to 3pm" in said
    assert Entry.objects.filter(action="added_place").exists()


def test_a_change_begins_with_what_there_is_and_writes_only_what_differs(hub):
    place = PlaceFactory(name="Slough office")
    kept = OpeningHoursFactory(place=place, weekday=0)
    OpeningHoursFactory(place=place, weekday=1)
    address = reverse("change-place", args=[place.pk])
    form = hub.get(address).context["form"]
    begun = {name: form[name].value() or "" for name in form.fields}

    hub.post(address, begun | {"hours_1_0": "10am to 4pm", "telephone": "01753 500000"})

    place.refresh_from_db()
    assert begun["hours_0_0"] == "9am to 5pm"
    assert hours_of(place) == [(0, time(9), time(17), False), (1, time(10), time(16), False)]
    assert OpeningHours.objects.filter(pk=kept.pk).exists()
    assert place.telephone == "01753 500000"


@pytest.mark.parametrize(
    "given, said",
    [
        ({"name": ""}, "What is it called?"),
        ({"name": "READING OFFICE"}, "is in the list already"),
        ({"name": "Slough", "hours_0_0": "9 to 5"}, "Write hours as from and to"),
        ({"name": "Slough", "hours_0_0": "9am to 1pm, midday to 2pm"}, "overlap"),
    ],
)  # fmt: skip
def test_what_is_no_place_is_asked_for_again(hub, given, said):
    PlaceFactory(name="Reading office")

    assert said in words(hub.post(reverse("add-place"), given))
    assert Place.objects.count() == 1


def test_places_are_shown_to_whoever_books_and_changed_by_few(page):
    PlaceFactory(name="Reading office", closed_on=date(2018, 10, 1))

    said = words(page.get(reverse("places")))

    assert "Closed from 1 October 2018" in said
    assert "Add a place" not in said


def test_an_empty_list_of_places_says_what_would_be_there(hub):
    assert "Places where people are seen would be listed here" in words(hub.get(reverse("places")))


def test_the_list_of_places_costs_the_same_whatever_there_is(hub):
    def cost(number):
        for _ in range(number):
            OpeningHoursFactory()
        with CaptureQueriesContext(connection) as counted:
            hub.get(reverse("places"))
        return len(counted)

    assert cost(5) == cost(55)
