import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate
from pypdf import PdfReader
from rest_framework.test import APIClient

from cases.models import Contingency, PlanCopy
from staff.models import Entry
from staff.permissions import Role
from staff.rules.dates import say_date
from tests.cases.views.a_case import see, words
from tests.factories import (
    AddressFactory,
    CaseFactory,
    ObjectiveFactory,
    PlanActionFactory,
    PlanFactory,
    RelatedPersonFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    plan = PlanFactory(case=CaseFactory(forename="Alan"), begun_on=localdate())
    goal = ObjectiveFactory(plan=plan, what="Drink less")
    PlanActionFactory(
        case=plan.case, objective=goal, what="Alan to attend UPW", actor="person", sharing="yes"
    )
    PlanActionFactory(case=plan.case, objective=goal, what="Hidden step", sharing="no")
    Contingency.objects.create(
        plan=plan, what_if="Hidden if", then="Hidden then", by_whom="Kim", by_when="at once"
    )
    return plan


def page_of(client, plan, user=None):
    return words(see(client, user or plan.case.officer, "plan-copy", plan.case, plan.pk))


def file_of(client, plan, **query):
    return see(client, plan.case.officer, "plan-copy-pdf", plan.case, plan.pk, **query)


def give(client, plan, user=None, **given):
    client.force_login(user or plan.case.officer)
    data = {"given_on": say_date(localdate()), "how": "hand", "large": "no"} | given
    address = reverse("give-plan-copy", args=[plan.case.crn, plan.pk])
    return client.post(address, data, follow=True)


def test_the_page_shows_what_they_get_and_counts_what_is_left_out(client, plan):
    page = page_of(client, plan)

    assert "Alan, this is your plan" in page
    assert "You will attend unpaid work" in page
    assert "It says so on every page" in page
    assert "1 step" in page
    assert "Marked as not to be shared" in page
    assert "What happens if: 1" in page
    assert "Hidden" not in page


def test_the_file_is_ordinary_or_in_large_print_and_each_making_is_kept_in_the_trail(client, plan):
    ordinary, large = file_of(client, plan), file_of(client, plan, print="large")

    sizes = [len(PdfReader(io.BytesIO(one.content)).pages) for one in (ordinary, large)]
    assert ordinary["Content-Type"] == large["Content-Type"] == "application/pdf"
    assert "large-print" in large["Content-Disposition"]
    assert sizes[0] < sizes[1]
    made = Entry.objects.filter(action="made_plan_copy", crn=plan.case.crn).order_by("pk")
    assert [one.detail["large"] for one in made] == [False, True]


def test_it_is_recorded_when_they_got_it_and_the_copy_is_kept(client, plan):
    page = words(give(client, plan, large="yes"))

    given = PlanCopy.objects.get()
    assert (given.given_on, given.large, given.draft) == (localdate(), True, True)
    assert f"Copy given on {say_date(localdate())}, as a draft." in page
    assert "In large print" in page
    assert reverse("document", args=[plan.case.crn, given.document_id]) in page


def test_it_is_not_posted_to_where_it_is_not_known_to_be_safe(client, plan):
    AddressFactory(case=plan.case, status_code="M", safe_to_write=None)

    page = words(give(client, plan, how="post"))

    assert "It is not recorded as safe to write to them" in page
    assert not PlanCopy.objects.exists()


def test_what_gives_somebody_away_must_be_mended_first(client, plan):
    RelatedPersonFactory(case=plan.case, name="Dana Quill", protected=True)
    plan.objectives.update(what="See less of Dana")

    page = page_of(client, plan)
    file = see(client, plan.case.officer, "plan-copy-pdf", plan.case, plan.pk)

    assert "1 thing still to do before you can make the copy" in page
    assert "Objective: It names somebody who is protected" in page
    assert "Print it" not in page
    assert file["Location"] == reverse("plan-copy", args=[plan.case.crn, plan.pk])
    assert "See less of" not in page


def test_whoever_may_only_read_a_plan_does_not_say_that_it_was_given(client, plan):
    hub = UserFactory(role=Role.HUB)

    page = page_of(client, plan, hub)
    refused = give(client, plan, hub)

    assert "Print it" in page
    assert "Say that they have it" not in page
    assert refused.status_code == 403


def test_the_plan_of_another_case_is_not_found_here(client, plan):
    other = PlanFactory()

    for name in ("plan-copy", "plan-copy-pdf", "give-plan-copy"):
        assert see(client, plan.case.officer, name, plan.case, other.pk).status_code == 404


def test_the_api_gives_the_copy_and_takes_that_it_was_given(plan):
    client = APIClient()
    client.force_authenticate(plan.case.officer)
    address = reverse("api-plan-copy", args=[plan.case.crn, plan.pk])

    copy = client.get(address).data
    given = {"given_on": localdate().isoformat(), "how": "hand", "large": False}
    made = client.post(address, given, format="json")
    posted = client.post(address, given | {"how": "post"}, format="json")

    assert [one["heading"] for one in copy["sections"]] == [
        "What we agreed", "What you will do", "If something is wrong",
    ]  # fmt: skip
    assert {"what": "1 step", "why": "no"} in copy["left_out"]
    assert "Hidden" not in str(copy)
    assert (made.status_code, made.data["draft"]) == (201, True)
    assert posted.status_code == 422


def test_a_long_plan_costs_no_more_than_a_short_one(client, plan):
    def cost(number):
        for n in range(number):
            PlanActionFactory(
                case=plan.case, objective=plan.objectives.first(), what=f"Step {n}", sharing="yes"
            )
            RelatedPersonFactory(case=plan.case)
        page_of(client, plan)
        with CaptureQueriesContext(connection) as found:
            page_of(client, plan)
        return len(found)

    assert cost(5) == cost(55)
