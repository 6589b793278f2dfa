import pytest
import time_machine
from django.urls import reverse

from cases.models import Circumstance
from staff.permissions import Role
from tests.factories import NOW, CaseFactory, UserFactory
from tests.unpaidwork.a_work import work_of, worked
from unpaidwork.models import Course, Work

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def work(client):
    client.force_login(UserFactory(role=Role.COORDINATOR))
    return work_of(CaseFactory(forename="Alan", surname="Smith"))


def send(client, name, work, **said):
    address = reverse(f"api-work-{name}", args=[work.case.crn, work.pk])
    return client.post(address, said, content_type="application/json")


def test_the_hours_of_a_case_are_given_in_minutes(client, work):
    worked(work, 420)

    (given,) = client.get(reverse("api-case-work", args=[work.case.crn])).json()

    assert (given["ordered"], given["left"], given["finish_by"]) == (6000, 5580, "2019-09-30")
    assert given["pace"] == "green"


def test_everybody_with_work_is_listed_and_narrowed(client, work):
    every = client.get(reverse("api-work-list")).json()
    none = client.get(reverse("api-work-list"), {"pace": "red"}).json()
    of_no_row = client.get(reverse("api-work-list"), {"after": "9" * 30}).json()

    assert [row["crn"] for row in every["results"]] == [work.case.crn]
    assert [row["crn"] for row in of_no_row["results"]] == [work.case.crn]
    assert none["results"] == []


def test_an_entry_is_made_and_what_cannot_be_is_refused_with_its_reason(client, work):
    said = {"reason": "court_added", "minutes": 1200, "on": "2018-10-01", "note": "Breach proved"}

    made = send(client, "adjustments", work, **said)
    refused = send(client, "adjustments", work, **said | {"minutes": 18000})

    assert made.status_code == 201
    assert refused.status_code in (409, 422, 400)
    assert "300 hours at most" in refused.content.decode()


def test_travel_is_credited_with_its_session(client, work):
    Circumstance.objects.create(case=work.case, type_code="K", subtype_code="K09")
    session = worked(work, 420)

    made = send(client, "travel", work, attendance=session.pk, there=60, back=60)

    assert (made.status_code, made.json()["minutes"]) == (201, 60)


def test_a_course_is_recorded_and_decided(client, work):
    send(client, "courses-count", work, because="Out of work since May")
    send(
        client, "courses", work,
        provider="Campus", title="First aid", expected_minutes=120, taken_minutes=120, finished_on="2018-10-01",
    )  # fmt: skip
    course = Course.objects.get()
    address = reverse("api-decide-course", args=[work.case.crn, course.pk])

    own = client.post(address, {"credit": True}, content_type="application/json")
    client.force_login(UserFactory(role=Role.COORDINATOR))
    done = client.post(address, {"credit": True}, content_type="application/json").json()

    assert own.status_code == 422
    assert "another coordinator" in str(own.json())
    assert (done["state"], done["credited_minutes"]) == ("credited", 120)


def test_work_is_suspended_resumed_and_its_week_decided(client, work):
    suspended = send(client, "suspend", work, because="Signed off until May").json()
    resumed = send(client, "resume", work).json()
    send(client, "a-week", work, intensive=True, because="Out of work, and wants it done")

    assert (suspended["state"], resumed["state"]) == ("suspended", "open")
    assert Work.objects.get().weekly_minutes == 1680


def test_a_look_back_is_kept(client, work):
    worked(work, 2000)

    made = send(
        client, "look-back", work,
        point="third", held_on="2018-10-01", their_words="I lay slabs now", strengths="On time",
    )  # fmt: skip

    assert (made.status_code, made.json()["point"]) == (201, "third")


def test_more_time_is_answered_by_whoever_holds_the_case(client, work):
    client.force_login(work.case.officer)

    send(client, "more-time", work, extended_to="2020-03-03", words="Extended by the court today")

    assert Work.objects.get().extended_to.isoformat() == "2020-03-03"


def test_an_officer_changes_no_hours(client, work):
    client.force_login(work.case.officer)

    assert send(client, "suspend", work, because="Signed off").status_code == 403
