"""The actions of a plan on the pages of a case: put in it, owed, and said to be done."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from cases.models import Deadline
from staff.permissions import Role
from tests.cases.views.a_case import see, words
from tests.factories import CaseFactory, EnquiryFactory, PlanActionFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(client):
    case = CaseFactory()
    client.force_login(case.officer)
    return case


def add(client, case, query="", **given):
    said = {"what": "Visit at home", "by_whom": "Sam Field", "by_on": localdate().isoformat()}
    page = reverse("add-action", args=[case.crn]) + query
    return client.post(page, said | given, follow=True)


def test_an_action_rests_on_the_reply_whose_page_it_was_added_from(client, case):
    enquiry = EnquiryFactory(case=case, analysed=True)

    add(client, case, f"?enquiry={enquiry.pk}")

    action = case.plan_actions.get()
    assert action.enquiry == enquiry
    assert Deadline.objects.unmet().filter(action=action, kind="plan_action").exists()
    assert "Visit at home" in words(see(client, case.officer, "check", case, enquiry.pk))


def test_an_action_for_a_day_that_has_been_is_refused_and_keeps_what_was_typed(client, case):
    yesterday = (localdate() - timedelta(days=1)).isoformat()

    page = add(client, case, by_on=yesterday)

    assert not case.plan_actions.exists()
    assert "Visit at home" in words(page)


def test_an_action_said_to_be_done_says_what_came_of_it_and_is_owed_no_more(client, case):
    add(client, case)
    action = case.plan_actions.get()
    done = reverse("finish-action", args=[case.crn, action.pk])

    refused = client.post(done, {"note": " "})
    page = client.post(done, {"note": "Seen; nobody else there."}, follow=True)

    assert refused.status_code == 200
    assert "Seen; nobody else there." in words(page)
    assert not Deadline.objects.unmet().filter(action=action).exists()


def test_an_action_is_done_once(client, case):
    action = PlanActionFactory(case=case, done_on=date(2018, 10, 2), done_note="Done.")

    page = client.post(reverse("finish-action", args=[case.crn, action.pk]), {"note": "Again."})

    assert "This was said to be done on 2 October 2018." in words(page)


def test_an_action_of_another_case_is_not_found(client, case):
    other = PlanActionFactory()

    assert client.get(reverse("finish-action", args=[case.crn, other.pk])).status_code == 404


def test_actions_are_seen_by_those_who_may_not_change_them(client, case):
    PlanActionFactory(case=case)

    page = words(see(client, UserFactory(role=Role.AUDITOR), "case-checks", case))

    assert "Visit at home." in page
    assert "Say it is done" not in page
