"""Pages of meeting somebody at the gate: planning it, and what a mentor is shown and no more."""

from datetime import datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import get_current_timezone, localdate, now

from cases.models import Limit, Notice, Place
from cases.services.policy import request_policy
from staff.permissions import Role
from staff.rules.dates import say_date
from tests.cases.views.a_case import see, words
from tests.factories import (
    AssignmentFactory,
    DepartureFactory,
    GateMeetingFactory,
    RegistrationFactory,
    TeamFactory,
    UserFactory,
)
from tests.ttg.a_release import leaving, worker_on
from ttg.models import GateMeeting

pytestmark = pytest.mark.django_db


@pytest.fixture
def mentor():
    return UserFactory(role=Role.MENTOR)


@pytest.fixture
def stay():
    return leaving(release_on=localdate())


def at(day):
    return datetime.combine(day, time(8, 30), get_current_timezone())


def meeting(stay, mentor, day=None, **columns):
    AssignmentFactory(case=stay.case, user=mentor, capacity="mentor")
    return GateMeetingFactory(custody=stay, meets=mentor, at=at(day or localdate()), **columns)


def mine(client, user):
    client.force_login(user)
    return words(client.get(reverse("gate-meetings")))


def say(client, user, found, **data):
    client.force_login(user)
    href = reverse("say-if-met", args=[found.custody.case.crn, found.pk])
    return client.post(href, data, follow=True)


def test_a_mentor_begins_their_day_on_their_meetings(client, mentor):
    client.force_login(mentor)

    answer = client.get(reverse("home"), follow=True)

    assert answer.redirect_chain[-1][0] == reverse("gate-meetings")


def test_a_mentor_is_shown_a_name_a_time_a_place_and_whom_to_ring(client, stay, mentor):
    officer = stay.case.officer
    officer.mobile = "07700 900 123"
    officer.save()
    meeting(stay, mentor)

    page = mine(client, mentor)

    for part in (stay.case.name, "8:30am", "At the visitors’ centre", officer.name, "07700 900 123"):  # fmt: skip
        assert part in page


def test_a_mentor_is_shown_nothing_else_of_the_case(client, stay, mentor):
    found = meeting(stay, mentor)

    page = mine(client, mentor)
    say_page = words(see(client, mentor, "say-if-met", stay.case, found.pk))

    for other in (f'href="{reverse("case", args=[stay.case.crn])}"', "Overview", "Assessment"):
        assert other not in page
        assert other not in say_page


def test_today_comes_before_what_is_to_come(client, mentor):
    later = leaving(release_on=localdate() + timedelta(days=3))
    meeting(later, mentor, later.release_on)
    today = leaving(release_on=localdate())
    meeting(today, mentor)

    page = mine(client, mentor)

    assert page.index(today.case.surname) < page.index("To come") < page.index(later.case.surname)


def test_a_mentor_always_has_a_number_to_ring(client, stay, mentor):
    stay.case.team = TeamFactory()
    stay.case.save()
    meeting(stay, mentor)
    ours = request_policy(localdate()).reply_to.telephone
    assert ours
    assert f"{stay.case.officer.name}; the office, {ours}" in mine(client, mentor)

    for name, number in (("Canal House", "01632 960111"), ("Quay House", "01632 960222"), ("Abbey House", "")):  # fmt: skip
        Place.objects.create(name=name, team=stay.case.team, telephone=number)
    Place.objects.create(name="Aspen House", team=TeamFactory(), telephone="01632 960333")

    assert f"{stay.case.officer.name}; the office, 01632 960111" in mine(client, mentor)


def test_a_mentor_is_warned_on_their_page_of_a_day_that_has_moved(client, stay, mentor):
    meeting(stay, mentor)
    assert "Ring before you go" not in mine(client, mentor)

    stay.release_on = localdate() + timedelta(days=7)
    stay.save()

    assert f"They leave on {say_date(stay.release_on)} now. Ring before you go." in mine(
        client, mentor
    )


def test_a_meeting_of_somebody_else_is_not_shown_and_not_answered_by_a_mentor(client, stay, mentor):
    found = meeting(stay, UserFactory(role=Role.MENTOR))
    AssignmentFactory(case=stay.case, user=mentor, capacity="mentor")

    assert stay.case.surname not in mine(client, mentor)
    assert see(client, mentor, "say-if-met", stay.case, found.pk).status_code == 404


def test_a_meeting_of_another_case_is_not_found(client, stay, mentor):
    other = meeting(leaving(release_on=localdate()), mentor)
    AssignmentFactory(case=stay.case, user=mentor, capacity="mentor")

    assert see(client, mentor, "say-if-met", stay.case, other.pk).status_code == 404


def test_a_warning_to_staff_is_said_without_what_it_is(client, stay, mentor):
    RegistrationFactory(case=stay.case, type_code="WEAP", warn_staff=True, notes="Carried a knife")
    meeting(stay, mentor)

    page = mine(client, mentor)

    assert "There is a warning to staff about this person" in page
    assert "knife" not in page


def test_a_case_kept_from_the_mentor_is_a_masked_row(client, stay, mentor):
    meeting(stay, mentor)
    Limit.objects.create(case=stay.case, restricted=True, message="Kept.", ask="Pat Lane")

    page = mine(client, mentor)

    assert stay.case.surname not in page
    assert "Pat Lane" in page


def test_a_mentor_says_that_they_met_and_the_officer_is_told(client, stay, mentor):
    found = meeting(stay, mentor)

    answer = say(client, mentor, found, met="met", words="")

    assert "The officer has been told" in words(answer)
    assert GateMeeting.objects.get(pk=found.pk).state == "met"
    assert Notice.objects.filter(user=stay.case.officer).count() == 1


def test_not_met_is_asked_what_happened(client, stay, mentor):
    found = meeting(stay, mentor)

    page = words(say(client, mentor, found, met="not_met", words=""))

    assert "Say what happened" in page
    assert GateMeeting.objects.get(pk=found.pk).state == "planned"


def test_before_its_day_it_is_said_when_something_can_be_said_of_a_meeting(client, mentor):
    stay = leaving(release_on=localdate() + timedelta(days=3))
    found = meeting(stay, mentor, stay.release_on)

    page = words(see(client, mentor, "say-if-met", stay.case, found.pk))

    assert f"The meeting is on {say_date(stay.release_on)}. Say what came of it then." in page
    assert '<form method="post" class="app-form"' not in page


def test_where_to_wait_is_said_once_where_it_is_where_everybody_waits(client, stay, mentor):
    meeting(stay, mentor, where=stay.prison.gate or "By the lodge")
    stay.prison.gate = GateMeeting.objects.get().where
    stay.prison.save()
    assert "At this prison" not in mine(client, mentor)

    stay.prison.gate = "By the lodge, ring twice"
    stay.prison.save()
    assert "At this prison: By the lodge, ring twice" in mine(client, mentor)


def test_whoever_leaves_before_that_day_is_not_offered_to_meet_anybody(client):
    leaves = localdate() + timedelta(days=3)
    stay = leaving(release_on=leaves)
    worker, officer = worker_on(stay), UserFactory(team=stay.case.team, last_name="Offered")
    assert officer.name in words(see(client, worker, "plan-gate-meeting", stay.case))

    DepartureFactory(user=officer, last_on=leaves - timedelta(days=1))

    page = words(see(client, worker, "plan-gate-meeting", stay.case))
    assert officer.name not in page
    assert worker.name in page


def test_what_was_typed_stays_where_somebody_else_planned_one_meanwhile(client, stay, mentor):
    worker = worker_on(stay)
    meeting(stay, mentor)
    day = stay.release_on
    said = {"meets": mentor.pk, "where": "By the second gate", "on": day.isoformat(), "time": "11:59pm"}  # fmt: skip

    client.force_login(worker)
    page = client.post(reverse("plan-gate-meeting", args=[stay.case.crn]), said)

    assert page.status_code == 200
    assert "By the second gate" in page.content.decode()


def put_right(client, user, found, **data):
    client.force_login(user)
    href = reverse("put-meeting-right", args=[found.custody.case.crn, found.pk])
    return client.post(href, data, follow=True)


def not_met(stay, mentor):
    said = {
        "state": "not_met",
        "words": "He left by another gate.",
        "said_at": now(),
        "said_by": mentor,
    }
    return meeting(stay, mentor, **said)


def test_a_mentor_finds_what_they_said_on_their_page_and_puts_it_right(client, stay, mentor):
    found = not_met(stay, mentor)
    href = reverse("put-meeting-right", args=[stay.case.crn, found.pk])
    assert href in mine(client, mentor)

    page = words(put_right(client, mentor, found, to="met", because="He is at the bus stop."))

    assert "It is put right" in page
    assert GateMeeting.objects.get(pk=found.pk).state == "met"


def test_what_stands_already_is_not_offered_and_no_reason_is_asked_for(client, stay, mentor):
    found = not_met(stay, mentor)

    page = put_right(client, mentor, found, to="met", because="").content.decode()

    assert 'value="not_met"' not in page
    assert 'value="met"' in page
    assert GateMeeting.objects.get(pk=found.pk).state == "not_met"


def test_what_nobody_has_said_of_is_not_to_be_put_right(client, stay, mentor):
    found = meeting(stay, mentor)

    page = words(see(client, mentor, "put-meeting-right", stay.case, found.pk))

    assert "There is nothing to say of it now" in page
    assert '<form method="post" class="app-form"' not in page


def test_a_mentor_puts_right_no_meeting_but_their_own(client, stay, mentor):
    found = not_met(stay, UserFactory(role=Role.MENTOR))
    AssignmentFactory(case=stay.case, user=mentor, capacity="mentor")

    assert see(client, mentor, "put-meeting-right", stay.case, found.pk).status_code == 404


def test_the_page_of_release_tells_what_was_said_of_the_meeting_and_what_it_was_before(
    client, stay, mentor
):
    found = not_met(stay, mentor)
    officer = stay.case.officer
    page = words(see(client, officer, "case-release", stay.case))
    assert "He left by another gate." in page
    assert "Put right whether they were met" in page

    answer = put_right(client, officer, found, to="met", because="He is at the bus stop.")

    assert answer.redirect_chain[-1][0] == reverse("case-release", args=[stay.case.crn])
    page = words(answer)
    assert page.index("He is at the bus stop.") < page.index("He left by another gate.")
    assert page.index("He left by another gate.") < page.index(f"To be met by {mentor.name}")


def test_what_is_past_and_not_said_is_asked_for(client, mentor):
    stay = leaving(release_on=localdate() - timedelta(days=1))
    meeting(stay, mentor, stay.release_on)

    assert "Say what came of it" in mine(client, mentor)


def test_a_page_without_meetings_says_what_would_be_there(client, mentor):
    assert "Whoever you meet today would be here" in mine(client, mentor)


def test_a_worker_plans_a_meeting_and_a_mentor_then_sees_it(client, mentor):
    stay = leaving(release_on=localdate() + timedelta(days=5))
    worker = worker_on(stay)
    client.force_login(worker)
    data = {"meets": mentor.pk, "on": stay.release_on.isoformat(), "time": "9am", "where": "The gate lodge"}  # fmt: skip

    answer = client.post(reverse("plan-gate-meeting", args=[stay.case.crn]), data, follow=True)

    assert "It is planned" in words(answer)
    assert "Call the meeting off" in words(answer)
    assert stay.case.name in mine(client, mentor)


def test_another_day_than_they_leave_is_refused_in_words(client, mentor):
    stay = leaving(release_on=localdate() + timedelta(days=5))
    client.force_login(worker_on(stay))
    data = {"meets": mentor.pk, "on": "tomorrow", "time": "9am", "where": "The gate lodge"}

    answer = client.post(reverse("plan-gate-meeting", args=[stay.case.crn]), data)

    assert "Plan the meeting for that day" in words(answer)


def test_a_meeting_is_called_off_with_a_reason(client, stay, mentor):
    found = meeting(stay, mentor)
    client.force_login(worker_on(stay))

    client.post(
        reverse("call-off-gate-meeting", args=[stay.case.crn, found.pk]),
        {"because": "His brother comes"},
    )

    found.refresh_from_db()
    assert (found.state, found.words) == ("called_off", "His brother comes")
    assert found.said_at <= now()
