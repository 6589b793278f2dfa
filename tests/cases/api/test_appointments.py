"""Appointments, the diary and places, by the API."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now
from rest_framework.test import APIClient

from cases.models import Appointment, Hearing
from staff.permissions import Role
from tests.factories import (
    AppointmentFactory,
    BreachFactory,
    CaseFactory,
    OpeningHoursFactory,
    RelatedPersonFactory,
    RequirementFactory,
    SentenceFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return CaseFactory()


@pytest.fixture
def requirement(case):
    return RequirementFactory(sentence=SentenceFactory(case=case))


def api(user):
    client = APIClient()
    client.force_authenticate(user)
    return client


def asked(case, requirement, **more):
    return {
        "type_code": "COAP",
        "starts_at": (now() + timedelta(days=3)).isoformat(),
        "minutes": 30,
        "where": "telephone",
        "officer": case.officer.username,
        "enforces": f"requirement-{requirement.pk}",
    } | more


def test_it_is_booked_moved_and_called_off(case, requirement):
    client, address = api(case.officer), reverse("api-appointments", args=[case.crn])

    made = client.post(
        address, asked(case, requirement, repeats={"every_weeks": 2, "times": 3}), format="json"
    )
    move = reverse("api-move-appointment", args=[case.crn, made.data["id"]])
    why = {"asked_by": "person", "because": "Shift changed"}
    to = (now() + timedelta(days=4)).isoformat()
    moved = client.post(move, {"starts_at": to, "whole": True} | why, format="json")
    call_off = reverse("api-call-off-appointment", args=[case.crn, moved.data["id"]])
    gone = client.post(call_off, {"whole": True} | why, format="json")
    again = client.post(call_off, why, format="json")

    assert (made.status_code, made.data["enforces"], made.data["requirement"]) == (
        201,
        "requirement",
        requirement.pk,
    )
    assert moved.data["started_at"][:10] == to[:10]
    assert gone.data == {"called_off": 3}
    assert again.status_code == 422
    listed = client.get(address)
    assert len(listed.data) == 6
    assert {one["because"] for one in listed.data} == {"Shift changed"}


def test_what_stands_beside_the_date_is_in_the_answer(case, requirement):
    given = asked(case, requirement)
    address = reverse("api-appointments", args=[case.crn])
    api(case.officer).post(address, given, format="json")

    second = api(case.officer).post(address, given, format="json")

    assert any("They have another appointment at" in one for one in second.data["stands_beside"])


def test_a_day_in_court_is_said_before_and_after_it_is_booked(case, requirement):
    given = asked(case, requirement)
    breach = BreachFactory(case=case, sentence=requirement.sentence)
    Hearing.objects.create(breach=breach, at=given["starts_at"], court_name="Reading")

    look = api(case.officer).post(
        reverse("api-look-at-booking", args=[case.crn]), given, format="json"
    )
    made = api(case.officer).post(
        reverse("api-appointments", args=[case.crn]), given, format="json"
    )

    assert any("They are to be in court that day" in one for one in look.data["warnings"])
    assert "court" in look.data["seen"]
    assert any("They are to be in court that day" in one for one in made.data["stands_beside"])


def test_what_was_read_of_a_date_before_it_was_booked_is_kept_as_read(case, requirement):
    client, address = api(case.officer), reverse("api-appointments", args=[case.crn])
    given = asked(case, requirement)
    client.post(address, given, format="json")

    look = client.post(reverse("api-look-at-booking", args=[case.crn]), given, format="json")
    assert Appointment.objects.count() == 1
    made = client.post(address, given | {"seen": look.data["seen"]}, format="json")

    assert look.status_code == 200
    assert any("They have another appointment at" in one for one in look.data["warnings"])
    assert "person_clash" in look.data["seen"]
    assert look.data["free"]
    assert {one["read"] for one in Appointment.objects.get(pk=made.data["id"]).seen} == {True}


@pytest.mark.parametrize("read", [True, False])
def test_what_was_read_of_a_time_before_one_was_moved_to_it_is_kept_as_read(
    case, requirement, read
):
    client, address = api(case.officer), reverse("api-appointments", args=[case.crn])
    to = {"starts_at": (now() + timedelta(days=5)).isoformat()}
    client.post(address, asked(case, requirement, **to), format="json")
    series = asked(case, requirement, repeats={"every_weeks": 1, "times": 2})
    first = [case.crn, client.post(address, series, format="json").data["id"]]
    to |= {"whole": True}

    look = client.post(reverse("api-look-to-move", args=first), to, format="json")
    assert Appointment.objects.standing().count() == 3
    why = {"asked_by": "person", "because": "Shift changed"}
    seen = {"seen": look.data["seen"]} if read else {}
    moved = client.post(reverse("api-move-appointment", args=first), to | why | seen, format="json")

    assert "person_clash" in look.data["seen"]
    kept = {one["code"]: one["read"] for one in Appointment.objects.get(pk=moved.data["id"]).seen}
    assert kept["person_clash"] is read


def test_one_of_another_case_is_not_looked_at(case, requirement):
    other = AppointmentFactory()

    answer = api(case.officer).post(
        reverse("api-look-to-move", args=[case.crn, other.pk]), {"starts_at": now().isoformat()}
    )

    assert answer.status_code == 404


@pytest.mark.parametrize(
    "more, status",
    [
        ({"officer": "nobody"}, 400),
        ({"enforces": "requirement-0"}, 422),
        ({"type_code": "X"}, 400),
        ({"minutes": 1}, 400),
        ({"starts_at": "2018-01-01T10:00:00Z"}, 422),
        ({"replaces": 1}, 400),
        ({"type_code": "CHVS"}, 400),  # arranged by a decision on how staff may go
        ({"where": "home"}, 400),
    ],
)
def test_what_is_no_booking_is_refused(case, requirement, more, status):
    address = reverse("api-appointments", args=[case.crn])

    assert (
        api(case.officer).post(address, asked(case, requirement, **more), format="json").status_code
        == status
    )
    assert not Appointment.objects.exists()


def test_whoever_may_only_look_books_nothing(case, requirement):
    reader = api(UserFactory(role=Role.QUALITY))
    address = reverse("api-appointments", args=[case.crn])

    assert reader.get(address).status_code == 200
    for name in ("api-appointments", "api-look-at-booking"):
        address = reverse(name, args=[case.crn])
        assert reader.post(address, asked(case, requirement), format="json").status_code == 403


def test_protected_names_are_taken_out_of_why(case):
    RelatedPersonFactory(case=case, name="Beth Qzx", protected=True)
    AppointmentFactory(
        case=case,
        called_off_at=now(),
        asked_by="person",
        called_off_because="Beth Qzx rang for him",
    )
    reader = UserFactory(role=Role.QUALITY)

    answer = api(reader).get(reverse("api-appointments", args=[case.crn]))

    assert "Qzx" not in answer.data[0]["because"]


def test_the_diary_is_ones_own_and_says_of_a_case_out_of_reach_that_time_is_taken(case):
    theirs = AppointmentFactory(
        case=CaseFactory(), at=now() + timedelta(hours=1), officer=case.officer
    )
    ours = AppointmentFactory(case=case, at=now() + timedelta(hours=1), officer=case.officer)

    found = api(case.officer).get(reverse("api-diary")).data

    assert {one["appointment"] for one in found} == {None, ours.pk}
    assert {one["crn"] for one in found} == {"", case.crn}
    assert theirs.contact.case.crn not in str(found)


def test_a_strangers_diary_is_refused(case):
    stranger = UserFactory()

    assert (
        api(case.officer).get(reverse("api-diary"), {"officer": stranger.username}).status_code
        == 400
    )


def test_places_are_listed_with_their_hours(case):
    hours = OpeningHoursFactory(women_only=True)

    found = api(case.officer).get(reverse("api-places")).data

    assert [one["name"] for one in found] == [hours.place.name]
    assert found[0]["hours"] == [
        {"weekday": 0, "from_at": "09:00:00", "to_at": "17:00:00", "women_only": True}
    ]
