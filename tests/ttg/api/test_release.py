"""Release over the API: the same door, the same words, the same numbers as the pages."""

from datetime import datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import get_current_timezone, localdate
from rest_framework.test import APIClient

from cases.models import Limit
from staff.permissions import Role
from tests.factories import (
    AppointmentFactory,
    AssignmentFactory,
    GateMeetingFactory,
    HandOverFactory,
    NeedFactory,
    ReferralFactory,
    RelatedPersonFactory,
    UserFactory,
)
from tests.ttg.a_release import leaving, worker_on
from ttg.models import GateMeeting, HandOver
from ttg.reference.measures import MEASURES
from ttg.reference.readiness import Must

pytestmark = pytest.mark.django_db
SAID = {
    "met_on": localdate().isoformat(),
    "how": "By video",
    "who_came": "The officer and the mentor",
    "minutes": "He goes to his sister’s.",
}


@pytest.fixture
def stay():
    return leaving(release_on=localdate() + timedelta(days=3))


def as_(user):
    client = APIClient()
    client.force_login(user)
    return client


def get(user, name, *beside, **codes):
    return as_(user).get(reverse(name, args=beside), codes)


def post(user, name, *beside, **body):
    return as_(user).post(reverse(name, args=beside), body, format="json")


def at(day):
    return datetime.combine(day, time(8, 30), get_current_timezone())


def test_readiness_says_of_each_thing_where_it_stands(stay):
    said = get(stay.case.officer, "api-readiness", stay.case.crn).json()

    assert [one["code"] for one in said["must_haves"]] == [str(one) for one in Must]
    assert said["ready"] is False
    assert said["release_on"] == stay.release_on.isoformat()


def test_readiness_of_somebody_never_in_prison_is_nothing_and_not_ready(stay):
    stay.ended_on, stay.ended_because = localdate(), "A mistake"
    stay.save()

    said = get(stay.case.officer, "api-readiness", stay.case.crn).json()

    assert said == {"release_on": None, "released_on": None, "ready": None, "must_haves": []}


def test_the_board_is_listed_and_narrowed_and_leaves_out_what_is_kept(stay):
    head = UserFactory(role=Role.HEAD)
    NeedFactory(custody=stay)
    other = leaving(release_on=localdate() + timedelta(days=40))
    kept = leaving(release_on=localdate() + timedelta(days=3))
    Limit.objects.create(case=kept.case, restricted=True, message="Kept.", ask="Pat Lane")

    def listed(**codes):
        return [one["crn"] for one in get(head, "api-releases", **codes).json()["results"]]

    assert listed() == [stay.case.crn, other.case.crn]
    assert listed(band="week") == [stay.case.crn]
    assert listed(drugs="true", not_ready="true") == [stay.case.crn, other.case.crn]
    assert listed(show="released") == []
    assert listed(first_days="true") == []
    ReferralFactory(
        need=NeedFactory(custody=stay),
        state="booked",
        received_by="Jo Hale",
        first_at=at(stay.release_on),
    )
    AppointmentFactory(case=stay.case, at=at(stay.release_on), officer=stay.case.officer)
    assert listed(first_days="true") == [stay.case.crn]


def test_a_hand_over_is_offered_asked_about_answered_and_accepted(stay):
    worker, officer, crn = worker_on(stay), stay.case.officer, stay.case.crn

    assert post(worker, "api-hand-over", crn, **SAID).status_code == 201
    assert post(officer, "api-ask-about-hand-over", crn, words="Who holds the script?").json()["state"] == "queried"  # fmt: skip
    assert post(worker, "api-answer-hand-over", crn, words="The doctor.").json()["state"] == "offered"  # fmt: skip
    assert post(officer, "api-accept-hand-over", crn).json()["accepted_by"] == officer.username
    assert HandOver.objects.get(custody=stay).facts["must_haves"]


def test_a_step_out_of_turn_is_refused_with_the_words_of_the_page(stay):
    answer = post(stay.case.officer, "api-accept-hand-over", stay.case.crn)

    assert answer.status_code == 422
    assert "Nothing has been handed over yet" in answer.content.decode()


def test_a_worker_does_not_accept_for_the_officer(stay):
    HandOverFactory(custody=stay)

    answer = post(worker_on(stay), "api-accept-hand-over", stay.case.crn)

    assert answer.status_code == 403


def test_a_protected_name_is_left_out_of_a_hand_over(stay):
    RelatedPersonFactory(case=stay.case, name="Rosa Quill", protected=True)
    HandOverFactory(custody=stay, minutes="Rosa Quill must not hear of it.")

    said = get(UserFactory(role=Role.AUDITOR), "api-hand-over", stay.case.crn).json()

    assert "Rosa Quill" not in said[0]["minutes"]
    assert "must not hear" in said[0]["minutes"]


def test_a_meeting_is_planned_and_the_mentor_says_what_came_of_it():
    stay = leaving(release_on=localdate() + timedelta(days=3))
    mentor = UserFactory(role=Role.MENTOR)
    planned = post(
        worker_on(stay), "api-plan-gate-meeting", stay.case.crn,
        meets=mentor.username, at=at(stay.release_on).isoformat(), where="The gate lodge",
    )  # fmt: skip
    assert planned.status_code == 201
    GateMeeting.objects.update(at=at(localdate()))

    rows = get(mentor, "api-gate-meetings").json()
    assert [one["crn"] for one in rows] == [stay.case.crn]
    said = post(mentor, "api-say-if-met", stay.case.crn, rows[0]["id"], met=True)

    assert said.json()["state"] == "met"


def test_nobody_who_may_not_meet_them_is_chosen(stay):
    body = {"meets": "nobody", "at": at(stay.release_on).isoformat(), "where": "The gate lodge"}

    answer = post(stay.case.officer, "api-plan-gate-meeting", stay.case.crn, **body)

    assert answer.status_code == 400
    assert "meets" in answer.content.decode()


def test_a_mentor_answers_for_no_meeting_but_their_own(stay):
    mentor = UserFactory(role=Role.MENTOR)
    AssignmentFactory(case=stay.case, user=mentor, capacity="mentor")
    found = GateMeetingFactory(custody=stay, at=at(localdate()))

    answer = post(mentor, "api-say-if-met", stay.case.crn, found.pk, met=True)

    assert answer.status_code == 404


def test_what_was_said_of_a_meeting_is_put_right_and_both_are_listed_to_the_mentor(stay):
    mentor = UserFactory(role=Role.MENTOR)
    AssignmentFactory(case=stay.case, user=mentor, capacity="mentor")
    found = GateMeetingFactory(custody=stay, meets=mentor, at=at(localdate()))
    post(mentor, "api-say-if-met", stay.case.crn, found.pk, met=False, words="Another gate.")
    (row,) = get(mentor, "api-gate-meetings").json()
    assert (row["id"], row["state"]) == (found.pk, "not_met")

    body = {"to": "met", "because": "He is at the bus stop."}
    said = post(mentor, "api-put-meeting-right", stay.case.crn, found.pk, **body)
    again = post(mentor, "api-put-meeting-right", stay.case.crn, found.pk, **body)

    assert said.json()["state"] == "met"
    assert again.status_code == 422
    assert "It says so already" in again.content.decode()


def test_a_meeting_is_called_off(stay):
    found = GateMeetingFactory(custody=stay, at=at(stay.release_on))

    said = post(stay.case.officer, "api-call-off-gate-meeting", stay.case.crn, found.pk, because="His brother comes")  # fmt: skip

    assert said.json()["state"] == "called_off"


def test_measures_and_the_list_behind_one_agree():
    stay = leaving(
        release_on=localdate() - timedelta(days=3), released_on=localdate() - timedelta(days=3)
    )
    head = UserFactory(role=Role.HEAD)

    sums = {one["code"]: one for one in get(head, "api-release-measures").json()}
    people = get(head, "api-release-measure-people", code="housed", which="not").json()["results"]

    assert list(sums) == list(MEASURES)
    assert (sums["housed"]["counted"], sums["housed"]["met"]) == (1, 0)
    assert [one["crn"] for one in people] == [stay.case.crn]
