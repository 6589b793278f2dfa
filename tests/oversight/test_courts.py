"""What courts ask: the list by the hour, recording and answering on the case, and who is let in."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from cases.models import CourtRequest
from cases.reference.holding import LeftAs
from staff.permissions import Role
from tests.cases.views.a_case import see, words
from tests.factories import (
    CaseFactory,
    CourtRequestFactory,
    RelatedPersonFactory,
    RequirementFactory,
    SentenceFactory,
    UserFactory,
    WorkFactory,
    limit,
)

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def case():
    return CaseFactory()


@pytest.fixture
def hub():
    return UserFactory(role=Role.HUB)


def post(client, user, name, case, *beside, **data):
    client.force_login(user)
    return client.post(reverse(name, args=[case.crn, *beside]), data, follow=True)


def waiting(case=None, hours=3, **given):
    known = {"asked_at": now() - HOUR, "needed_by": now() + hours * HOUR}
    return CourtRequestFactory(case=case or CaseFactory(), **known | given)


def listed(client, user, **codes):
    client.force_login(user)
    return client.get(reverse("court-requests-waiting"), {"team": "all", **codes})


def test_what_is_needed_first_is_at_the_top_with_the_time_left(client, hub):
    later, late = waiting(hours=5), waiting(hours=-0.5)
    waiting(withdrawn_at=now(), withdrawn_because="Adjourned")

    rows = listed(client, hub).context["rows"]

    assert [row.crn for row in rows] == [late.case.crn, later.case.crn]
    assert rows[0].left.endswith("late")
    assert rows[0].tag.text == "Overdue"
    assert rows[1].left == "4 hours 59 minutes left"


def test_a_question_leads_straight_to_a_reply_composed_from_the_record(client, case, hub):
    sentence = SentenceFactory(case=case, court_name="Reading Magistrates’ Court")
    RequirementFactory(sentence=sentence, main_name="Rehabilitation Activity", main_code="F", length=20)  # fmt: skip
    WorkFactory(case_of=case)

    page = words(
        post(
            client, hub, "record-court-request", case, court="Reading Magistrates’ Court",
            asked_by="The court officer, 0118 496 0000", wants="progress", asked_on="yesterday", asked_time="9am",
            needed_on="today", needed_time="11:59pm",
        )
    )  # fmt: skip

    assert "Rehabilitation activity: 0 of 20 days done." in page
    assert "Unpaid work:" in page
    assert "worked" in page
    assert CourtRequest.objects.get().recorded_by == hub


def test_the_reply_as_it_was_sent_stands_on_the_case_and_its_officer_is_told(client, case, hub):
    request = waiting(case)

    page = words(post(client, hub, "answer-court", case, request.pk, reply="He has kept every appointment.", sent_by="telephone"))  # fmt: skip

    assert f"{case.officer.name} is told that you answered" in page
    assert "He has kept every appointment." in page
    assert "telephone, to a named court officer" in page
    assert "He has kept every appointment." in words(see(client, case.officer, "case-contacts", case))  # fmt: skip
    again = words(post(client, case.officer, "answer-court", case, request.pk, reply="Late", sent_by="email"))  # fmt: skip
    assert f"It was answered by {hub.name}" in again


def test_a_protected_name_in_the_reply_is_refused_and_the_words_stay(client, case):
    RelatedPersonFactory(case=case, name="Dana Hill", protected=True)
    request = waiting(case)

    page = words(post(client, case.officer, "answer-court", case, request.pk, reply="He lives with Dana.", sent_by="email"))  # fmt: skip

    assert "kept to those who work on the case" in page
    assert "He lives with Dana." in page
    assert CourtRequest.objects.waiting().exists()


def test_withdrawn_it_leaves_the_list_and_says_why_on_the_case(client, case, hub):
    request = waiting(case)

    page = words(post(client, hub, "withdraw-court-request", case, request.pk, because="The hearing was adjourned"))  # fmt: skip

    assert "The hearing was adjourned." in page
    assert not listed(client, hub).context["rows"]


def test_of_somebody_whose_case_has_ended_a_court_is_answered_all_the_same(client, hub):
    request = waiting(CaseFactory(left_as=LeftAs.ENDED))

    assert [row.crn for row in listed(client, hub).context["rows"]] == [request.case.crn]
    page = words(see(client, hub, "answer-court", request.case, request.pk))
    assert "Our supervision of them has ended." in page


def test_the_page_of_a_case_asks_no_more_of_many_requests_than_of_few(client, case, hub):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            see(client, hub, "court-requests", case)
        return len(queries)

    waiting(case)
    asked()  # what is asked once a process is not counted
    few = asked()
    for hours in range(2, 30):
        waiting(case, hours)

    assert asked() == few


def test_limited_access_shows_a_masked_row_and_lets_nobody_answer(client, hub):
    request = waiting()
    limit(request.case, restricted=True)

    page = words(listed(client, hub))

    assert request.case.surname not in page
    assert request.case.crn in page
    assert see(client, hub, "answer-court", request.case, request.pk).status_code == 403


def test_many_rows_ask_no_more_questions_than_few(client, hub):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            listed(client, hub)
        return len(queries)

    for _ in range(5):
        waiting()
    asked()  # what is asked once a process is not counted
    few = asked()
    for _ in range(50):
        waiting()

    assert asked() == few
