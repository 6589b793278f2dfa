"""How we get in touch, and reminders, over the API: the same rules as on the pages."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now
from rest_framework.test import APIClient

from cases.services.reminders import arrange_reminder
from tests.cases.a_reminder import booked, set_up, somebody

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    set_up(settings, tmp_path)


@pytest.fixture
def case():
    return somebody()


@pytest.fixture
def api(case):
    client = APIClient()
    client.force_authenticate(case.officer)
    return client


def page_of(case):
    return reverse("api-contact-details", args=[case.crn])


def test_what_they_said_is_read_and_set_part_by_part(api, case):
    number = case.reachable.get()
    given = {
        "may_email": "yes",
        "welsh_offered_on": "2018-09-03",
        "numbers": [{"id": number.pk, "safe": "no", "note": "Never ring."}],
    }

    answer = api.patch(page_of(case), given, format="json")

    assert answer.status_code == 200
    said = api.get(page_of(case)).json()
    assert (said["may_text"], said["may_email"]) == ("yes", "yes")
    assert said["welsh_offered_on"] == "2018-09-03"
    assert said["numbers"][0] | {"id": 0} == {
        "id": 0, "kind": "Mobile", "value": "07700 900123", "imported": False, "safe": "no",
        "shared_with": "", "note": "Never ring.",
    }  # fmt: skip
    assert said["reminded"].startswith("No reminder of an appointment goes to them.")


def test_a_number_of_somebody_else_is_refused(api, case):
    other = somebody().reachable.get()

    answer = api.patch(page_of(case), {"numbers": [{"id": other.pk, "safe": "yes"}]}, format="json")

    assert answer.status_code == 422
    assert "no longer on record" in str(answer.json())


def test_a_number_is_added(api, case):
    given = {"kind": "mobile", "value": "07700 900456", "safe": "not_asked"}

    answer = api.post(page_of(case), given, format="json")

    assert answer.status_code == 201
    assert [one["safe"] for one in answer.json()["numbers"]] == ["yes", "not_asked"]


def test_the_reminders_of_an_appointment_are_read(api, case):
    appointment = booked(case, at=now() + timedelta(days=5))
    arrange_reminder(appointment=appointment, now=now())

    said = api.get(reverse("api-reminders", args=[case.crn, appointment.pk])).json()

    assert said["now"]["goes"] is True
    assert said["now"]["to"] == "ends in 123"
    assert [one["delivery"] for one in said["written"]] == ["waiting"]
    assert "07700" not in str(said)
