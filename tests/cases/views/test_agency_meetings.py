"""Pages about meetings of agencies: from the invitation to the minutes, and who is shown what of them."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.models import AgencyMeeting, PlanAction
from cases.reference.codes import Register
from staff.models import Entry
from staff.permissions import Role
from staff.rules.dates import say_date
from tests.cases.views.a_case import see, words
from tests.factories import (
    AgencyMeetingFactory,
    CaseFactory,
    PlanActionFactory,
    RegistrationFactory,
    RelatedPersonFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MARK = "Whatthepolicesaidofher"


@pytest.fixture
def case():
    return CaseFactory()


def post(client, user, name, case, *beside, **data):
    client.force_login(user)
    return client.post(reverse(name, args=[case.crn, *beside]), data, follow=True)


def held(case, days=3, **given):
    known = {
        "held_at": now() - days * DAY,
        "took_part": "went",
        "went": case.officer,
        "came_to": "The plan goes on",
        "answered_at": now(),
        "answered_by": case.officer,
        "invited_on": localdate() - 20 * DAY,
    }
    return AgencyMeetingFactory(case=case, **known | given)


def with_minutes(case):
    return held(case, minutes=MARK, minutes_came_on=localdate())


def test_an_invitation_says_what_is_owed_of_it_and_that_nobody_may_learn_of_a_marac(client, case):
    page = words(
        post(
            client, case.officer, "record-agency-meeting", case, kind="marac",
            held_on=say_date(localdate() + 9 * DAY), held_time="10am", where="Slough police station",
            chair="DS A. Bell", invited_on="today", report_by_on=say_date(localdate() + 5 * DAY),
        )
    )  # fmt: skip

    assert "The person must never learn of it" in page
    assert f"Our report is owed by {say_date(localdate() + 5 * DAY)}" in page
    assert "Our report was sent" in page
    assert "The person must never learn of a MARAC" in page
    assert case.deadlines.unmet().filter(kind="send_meeting_report").exists()


def test_how_we_took_part_puts_what_we_are_to_do_in_the_plan_and_the_next_meeting_on_the_page(client, case):  # fmt: skip
    meeting = AgencyMeetingFactory(case=case, held_at=now() - DAY)

    page = words(
        post(
            client, case.officer, "say-of-meeting", case, meeting.pk, took_part="went", went=case.officer.pk,
            came_to="The child stays with her grandmother", what_1="Tell the school", by_whom_1="Ros Hale",
            by_on_1=say_date(localdate() + 6 * DAY), next_on=say_date(localdate() + 42 * DAY), next_time="2pm",
        )
    )  # fmt: skip

    assert "What we are to do is in the plan, each by its own day. The next meeting is recorded as well." in page  # fmt: skip
    assert "Tell the school" in page
    assert PlanAction.objects.get().meeting == meeting
    assert AgencyMeeting.objects.count() == 2
    assert "at 2pm" in page


def test_saying_nothing_about_us_or_half_of_an_action_is_refused_with_the_words_kept(client, case):
    meeting = AgencyMeetingFactory(case=case, held_at=now() - DAY)
    said = {"took_part": "sent_words", "came_to": "The chair told us that it goes on"}

    page = words(post(client, case.officer, "say-of-meeting", case, meeting.pk, **said))
    assert "or that there is nothing for us" in page
    assert "The chair told us that it goes on" in page
    page = words(post(client, case.officer, "say-of-meeting", case, meeting.pk, **said, what_2="Ring"))  # fmt: skip
    assert "Say what, by whom and by when for number 2" in page


def test_what_was_said_is_put_right_without_asking_again_what_we_are_to_do(client, case):
    meeting = held(case, took_part="absent", went=None)

    page = words(post(client, case.officer, "say-of-meeting", case, meeting.pk, took_part="went", went=case.officer.pk, came_to="He was there"))  # fmt: skip

    assert f"{case.officer.name} was there" in page


def test_minutes_are_read_by_those_on_the_case_and_others_see_whom_to_ask(client, case):
    meeting, hub = with_minutes(case), UserFactory(role=Role.HUB)

    assert MARK in words(see(client, case.officer, "minutes", case, meeting.pk))
    assert Entry.objects.filter(action="opened_minutes", by=case.officer).exists()
    assert MARK not in words(see(client, case.officer, "agency-meetings", case))
    page = words(see(client, hub, "agency-meetings", case))
    assert "They came" in page
    assert f"Ask {case.officer.name}" in page
    assert MARK not in page
    assert see(client, hub, "minutes", case, meeting.pk).status_code == 403


def test_the_hub_takes_in_minutes_it_may_not_read_and_their_file_is_no_document_of_the_case(client, case):  # fmt: skip
    meeting, hub = held(case), UserFactory(role=Role.HUB)
    file = SimpleUploadedFile("minutes.txt", MARK.encode())

    page = words(post(client, hub, "take-in-minutes", case, meeting.pk, on="today", attached=file))

    assert "The minutes are kept" in page
    meeting.refresh_from_db()
    assert see(client, hub, "document", case, meeting.document_id).status_code == 404
    assert see(client, case.officer, "document", case, meeting.document_id).status_code == 404
    assert MARK in words(see(client, case.officer, "minutes-file", case, meeting.pk))


def test_a_protected_child_is_named_only_to_those_who_may_see_it(client, case):
    child = RelatedPersonFactory(case=case, kind="child", name="Dana Hill", protected=True)
    AgencyMeetingFactory(case=case, about=child, chair="Dana Hill’s social worker")
    held(case, came_to="Dana Hill stays with her aunt")

    assert "Dana Hill" in words(see(client, case.officer, "agency-meetings", case))
    page = words(see(client, UserFactory(role=Role.HUB), "agency-meetings", case))
    assert "Dana" not in page
    assert "stays with her aunt" in page


def test_a_register_with_no_meeting_is_said_and_a_meeting_answers_it(client, case):
    RegistrationFactory(case=case, type_code=Register.CHILD_PROTECTION)

    gap = "Child protection is registered and no child protection conference is recorded."
    assert gap in words(see(client, case.officer, "agency-meetings", case))
    AgencyMeetingFactory(case=case, kind="conference")
    assert gap not in words(see(client, case.officer, "agency-meetings", case))


def test_many_meetings_ask_no_more_questions_than_few(client, case):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            see(client, case.officer, "agency-meetings", case)
        return len(queries)

    def some(number):
        for _ in range(number):
            AgencyMeetingFactory(case=case, about=RelatedPersonFactory(case=case))
            PlanActionFactory(case=case, meeting=held(case))

    some(3)
    asked()  # what is asked once a process is not counted
    few = asked()
    some(20)

    assert asked() == few
