"""The pages that change hours, each sent once as a coordinator, and what refuses."""

import re

import pytest
import time_machine
from django.urls import reverse

from cases.models import Circumstance, Contact
from staff.permissions import Role
from tests.factories import NOW, TODAY, CaseFactory, CourseFactory, UserFactory
from tests.unpaidwork.a_work import credited, work_of, worked
from unpaidwork.models import Adjustment, Course, Work, WorkReview

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def coordinator(client):
    user = UserFactory(role=Role.COORDINATOR)
    client.force_login(user)
    return user


@pytest.fixture
def work(coordinator):
    return work_of(CaseFactory(forename="Alan", surname="Smith"))


def send(client, name, work, **said):
    answer = client.post(reverse(name, args=[work.case.crn, work.pk]), said, follow=True)
    return " ".join(answer.content.decode().split())


def test_hours_that_a_court_added_are_entered(client, work):
    text = send(
        client, "adjust-hours", work,
        reason="court_added", minutes="20", on="today", note="Reading Magistrates, breach",
    )  # fmt: skip

    assert "It stands in the ledger." in text
    assert "+20 hours" in text
    assert Adjustment.objects.get().minutes == 1200


def test_a_mistake_is_put_right_the_way_it_is_said(client, work):
    worked(work, 420)
    send(
        client, "adjust-hours", work,
        reason="error", way="takes", minutes="1:30", on="today", note="Left early, seen on the sheet",
    )  # fmt: skip

    assert Adjustment.objects.get().minutes == -90


@pytest.mark.parametrize("minutes", ["", "a while", "0", "301"])
def test_how_long_is_asked_again_where_it_cannot_be_read(client, work, minutes):
    text = send(
        client, "adjust-hours", work,
        reason="court_added", minutes=minutes, on="today", note="Breach proved",
    )  # fmt: skip

    assert "There is a problem" in text
    assert not Adjustment.objects.exists()


def test_what_a_service_refuses_stands_on_the_form(client, work):
    text = send(
        client, "adjust-hours", work,
        reason="court_taken", minutes="200", on="today", note="Application granted",
    )  # fmt: skip

    assert "It cannot take more away." in text


def test_travel_is_credited_with_the_session_it_belongs_to(client, work):
    Circumstance.objects.create(case=work.case, type_code="K", subtype_code="K09")
    session = worked(work, 420)

    send(client, "credit-travel", work, attendance=session.pk, there="1:00", back="1:00")

    assert Adjustment.objects.get().attendance == session


def test_where_no_travel_is_allowed_the_page_says_so(client, work):
    worked(work, 420)

    page = client.get(reverse("credit-travel", args=[work.case.crn, work.pk]))

    assert "There is no session to credit." in page.content.decode()


def test_a_course_is_recorded_and_decided_with_what_it_would_count_for(client, work):
    send(client, "allow-courses", work, because="Out of work since May")
    credited(work, 60, provider="Campus", title="First aid")
    send(
        client, "record-course", work,
        provider="Campus", title="First aid", expected_minutes="5", taken_minutes="7", finished_on="today",
    )  # fmt: skip
    course = Course.objects.waiting().get()
    address = reverse("decide-course", args=[work.case.crn, course.pk])
    counts = {"credit": "yes", "because": "Refresher, other certificate seen"}

    own = " ".join(client.get(address).content.decode().split())
    refused = " ".join(client.post(address, counts).content.decode().split())
    assert "another coordinator says that it counts" in own
    assert "You recorded this course" in refused
    assert Course.objects.waiting().get() == course
    colleague = UserFactory(role=Role.COORDINATOR, first_name="Robin", last_name="Decides")
    client.force_login(colleague)

    page = " ".join(client.get(address).content.decode().split())
    ledger = " ".join(client.post(address, counts, follow=True).content.decode().split())

    assert "It would count for 6 hours" in page
    assert "It looks like a course they already have" in page
    assert "another coordinator says" not in page
    assert "Decided by Robin Decides" in ledger
    course.refresh_from_db()
    assert course.credited_minutes == 360


def test_a_course_of_another_case_is_not_found(client, work):
    other = CourseFactory(work=work_of(CaseFactory()), recorded_by=UserFactory())

    assert client.get(reverse("decide-course", args=[work.case.crn, other.pk])).status_code == 404
    assert (
        client.get(reverse("adjust-hours", args=[work.case.crn, other.work_id])).status_code == 404
    )


def test_how_many_hours_a_week_is_decided(client, work):
    send(
        client, "decide-intensive", work, intensive="yes", because="Out of work, and wants it done"
    )

    assert Work.objects.get().weekly_minutes == 28 * 60


def test_work_is_suspended_and_resumed(client, work):
    suspended = send(client, "suspend-work", work, because="Signed off until 3 May")
    state = Work.objects.get().state
    resumed = send(client, "resume-work", work)

    assert "It is suspended." in suspended
    assert state == "suspended"
    assert "It is to be worked again." in resumed
    assert "not suspended" in send(client, "resume-work", work)


def test_how_it_runs_is_said_with_the_other_requirement(client, work):
    other = work_of(work.case)

    send(client, "say-how-work-runs", work, runs="consecutive", beside=other.pk)

    work.refresh_from_db()
    assert (work.runs, work.beside_id) == ("consecutive", other.pk)


def test_whoever_holds_the_case_says_what_was_done_about_more_time(client, work):
    client.force_login(work.case.officer)

    text = send(client, "work-extension", work, did="extended", extended_to="3 March 2020",
                words="Extended by Reading Magistrates")  # fmt: skip

    assert "It is in the log." in text
    assert Work.objects.get().extended_to.isoformat() == "2020-03-03"
    assert "Reading Magistrates" in Contact.objects.get().notes


def test_looking_back_offers_the_points_that_are_reached_and_keeps_their_words(client, work):
    address = reverse("review-work", args=[work.case.crn])
    assert "Those they have reached are done." in client.get(address).content.decode()
    worked(work, 2000)

    client.post(
        address,
        {"point": f"{work.pk}-third", "held_on": "today", "their_words": "I lay slabs now", "strengths": "On time"},
    )  # fmt: skip

    assert WorkReview.objects.get().their_words == "I lay slabs now"
    tab = client.get(reverse("case-unpaid-work", args=[work.case.crn])).content.decode()
    assert "I lay slabs now" in tab


def test_a_look_back_without_their_view_says_why_not(client, work):
    worked(work, 2000)
    address = reverse("review-work", args=[work.case.crn])

    answer = client.post(
        address, {"point": f"{work.pk}-third", "held_on": "today", "strengths": "On time"}
    )

    assert "why their view is not here" in answer.content.decode()


def test_papers_come_as_files_that_are_not_kept(client, work):
    answer = client.get(reverse("skills-passport", args=[work.case.crn, work.pk]))

    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "no-store"
    assert answer["Content-Disposition"].endswith(f'{work.case.crn}-skills-passport.pdf"')


def test_a_certificate_that_is_not_earned_yet_leads_back_and_says_so(client, work):
    answer = client.get(reverse("work-certificate", args=[work.case.crn, work.pk]), follow=True)

    assert "They are not done yet." in answer.content.decode()


def test_an_officer_reads_the_hours_and_is_offered_no_change(client, work):
    client.force_login(work.case.officer)

    text = client.get(reverse("work-hours", args=[work.case.crn])).content.decode()

    assert "Hours and courses" in text
    assert reverse("adjust-hours", args=[work.case.crn, work.pk]) not in text
    assert f"{TODAY:%Y}" in text


@pytest.mark.parametrize(
    "name", ["adjust-hours", "decide-intensive", "say-how-work-runs", "work-extension"]
)
def test_no_question_is_asked_twice_on_one_page(client, work, name):
    if name == "work-extension":
        client.force_login(work.case.officer)

    page = client.get(reverse(name, args=[work.case.crn, work.pk])).content.decode()

    asked = re.findall(r'<label[^>]* for="(id_\w+)"', page)
    assert len(asked) == len(set(asked))
