"""The page of a release: how long is left, what must be there, and that nothing recorded refuses nothing."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now

from staff.permissions import Role
from tests.cases.views.a_case import see, words
from tests.factories import (
    CaseFactory,
    CustodyFactory,
    GateMeetingFactory,
    RelatedPersonFactory,
    UserFactory,
)
from tests.ttg.a_release import leaving, ready, worker_on

pytestmark = pytest.mark.django_db
PAGE = "case-release"


def in_days(days, **columns):
    return leaving(release_on=localdate() + timedelta(days=days), **columns)


def page_of(client, stay, user=None):
    return words(see(client, user or stay.case.officer, PAGE, stay.case))


def test_a_person_who_was_never_in_prison_has_a_page_that_says_how_to_record_it(client):
    case = CaseFactory()

    page = words(see(client, case.officer, PAGE, case))

    assert "Nobody has recorded that they are in prison" in page


def test_the_page_counts_the_days_and_lists_what_is_missing(client):
    page = page_of(client, in_days(23))

    assert "Leaves in 23 days, on" in page
    assert "Where tonight" in page
    assert "Nowhere confirmed, and no plan for tonight signed" in page
    assert "Not ready" in page


def test_somebody_with_everything_is_said_to_be_ready(client):
    stay = ready(release_on=localdate() + timedelta(days=20))
    stay.case.contacts.filter(type_code="COAP").update(started_at=f"{stay.release_on} 10:00+00:00")

    page = page_of(client, stay)

    assert "Ready</strong>" in page
    assert "Missing</strong>" not in page


def test_whoever_may_not_book_is_not_sent_to_book(client):
    stay = in_days(23)
    auditor = UserFactory(role=Role.AUDITOR)
    book = reverse("book-appointment", args=[stay.case.crn])

    assert book in page_of(client, stay)
    assert book not in page_of(client, stay, auditor)


def test_the_page_of_a_worker_leads_to_the_hand_over(client):
    stay = in_days(23)

    page = page_of(client, stay, worker_on(stay))

    assert reverse("hand-over", args=[stay.case.crn]) in page


def test_a_meeting_that_is_planned_is_shown_and_no_second_is_asked_for(client):
    stay = in_days(23)
    worker, plan = worker_on(stay), reverse("plan-gate-meeting", args=[stay.case.crn])
    assert plan in page_of(client, stay, worker)
    planned = GateMeetingFactory(custody=stay, at=now() + timedelta(days=23))
    say = f'href="{reverse("say-if-met", args=[stay.case.crn, planned.pk])}"'

    page = page_of(client, stay, worker)

    assert plan not in page
    assert 'href="#gate-meeting"' in page
    assert 'id="gate-meeting"' in page
    assert say not in page  # there is nothing to say of it before its day
    answer = client.get(plan, follow=True)
    assert answer.redirect_chain[-1][0] == reverse(PAGE, args=[stay.case.crn])
    assert "A meeting is planned already" in words(answer)

    planned.at = now()
    planned.save()
    assert say in page_of(client, stay, worker)


def test_no_meeting_is_to_be_planned_once_they_have_left(client):
    stay = in_days(-1, released_on=localdate() - timedelta(days=1))
    plan = reverse("plan-gate-meeting", args=[stay.case.crn])

    assert plan not in page_of(client, stay, worker_on(stay))


def test_an_earlier_stay_stays_listed_and_one_that_has_ended_can_be_followed_by_another(client):
    stay = in_days(-10, released_on=localdate() - timedelta(days=10))
    CustodyFactory(
        case=stay.case, received_on=stay.received_on - timedelta(days=90),
        released_on=stay.received_on - timedelta(days=40), source="An extract",
    )  # fmt: skip

    page = page_of(client, stay)

    assert "Left on" in page
    assert "Earlier stays" in page


def test_a_protected_name_is_kept_from_those_who_may_not_see_it(client):
    stay = in_days(23, prison_officer="Ask Rosa Quill’s sister")
    RelatedPersonFactory(case=stay.case, name="Rosa Quill", protected=True)

    hub = UserFactory(role=Role.AUDITOR)

    assert "Rosa Quill" not in page_of(client, stay, hub)


@pytest.mark.parametrize("role", [Role.MENTOR, Role.SUPERVISOR, Role.SYSTEM])
def test_a_role_with_no_part_in_release_has_no_such_page(client, role):
    answer = see(client, UserFactory(role=role), PAGE, in_days(23).case)

    assert answer.status_code == 403
