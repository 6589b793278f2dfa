from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from cases.models import InterimPlan
from cases.reference.information import Agreement
from staff.permissions import Role
from staff.rules.dates import say_date
from tests.cases.views.a_case import see, words
from tests.factories import (
    CaseFactory,
    EnquiryFactory,
    InterimPlanFactory,
    RelatedPersonFactory,
    StandingFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
WORDS = {
    "worst_case": "There have been call-outs to his partner.",
    "who_is_protected": "Robin, at 4 Example Street.",
    "what_we_do": "Seen weekly; no visit alone.",
}


@pytest.fixture
def case():
    case = CaseFactory()
    StandingFactory(case=case, concern=True)
    EnquiryFactory(case=case, sent=True)
    return case


@pytest.fixture
def senior(case):
    return UserFactory(role=Role.SPO, team=case.team)


def post(client, user, name, case, **data):
    client.force_login(user)
    return client.post(reverse(name, args=[case.crn]), data, follow=True)


def write(client, case, **given):
    days = {"expires_on": say_date(localdate() + timedelta(days=14))}
    return post(client, case.officer, "write-interim-plan", case, **WORDS | days | given)


def waiting(case, **columns):
    """A plan that a senior has to answer."""
    until = localdate() + timedelta(days=14)
    return InterimPlanFactory(
        case=case,
        agreement=Agreement.ASKED,
        concern=True,
        made_on=localdate(),
        expires_on=until,
        **columns,
    )


def test_a_plan_is_begun_with_what_is_waited_for_and_who_is_around(client, case):
    RelatedPersonFactory(case=case, name="Robin Marsh", relationship="Daughter")

    page = words(see(client, case.officer, "write-interim-plan", case))

    assert "Police enquiry sent" in page
    assert "Robin Marsh, Daughter</textarea>" in page
    assert say_date(localdate() + timedelta(days=28)) in page


def test_a_plan_written_is_in_force_and_the_page_says_who_reads_it(client, case):
    page = write(client, case)

    plan = InterimPlan.objects.get()
    assert (plan.made_by, plan.what_we_do) == (case.officer, WORDS["what_we_do"])
    assert "A senior probation officer reads it within 2 working days" in words(page)
    assert WORDS["worst_case"] in words(page)


def test_what_is_refused_keeps_what_was_typed(client, case):
    page = words(write(client, case, what_we_do="As above"))

    assert "Say what we do until they answer" in page
    assert WORDS["worst_case"] in page
    assert not InterimPlan.objects.exists()


def test_a_plan_is_renewed_from_the_words_of_the_one_that_stands(client, case):
    waiting(case, worst_case="He is back with her.")

    assert "He is back with her." in words(see(client, case.officer, "write-interim-plan", case))


def test_the_safety_strip_says_what_holds_meanwhile(client, case):
    before = words(see(client, case.officer, "case", case))
    write(client, case)
    after = words(see(client, case.officer, "case", case))

    until = say_date(localdate() + timedelta(days=14))
    assert "no reply; no interim plan" in before
    assert f"no reply; interim plan until {until}" in after


def test_the_checks_page_lists_the_plans_and_what_is_owed(client, case):
    write(client, case)

    page = words(see(client, case.officer, "case-checks", case))

    assert "Holds until" in page
    assert "Renew the interim plan" in page
    assert reverse("interim-plan", args=[case.crn, InterimPlan.objects.get().pk]) in page


def test_a_senior_agrees_the_plan_they_read(client, case, senior):
    plan = waiting(case)

    page = post(
        client, senior, "answer-interim-plan", case, plan=plan.pk, decision="agree", answer=""
    )

    plan.refresh_from_db()
    assert (plan.agreement, plan.answered_by) == (Agreement.AGREED, senior)
    assert f"{case.officer.name} acts on it until" in words(page)


def test_a_senior_returns_it_with_what_is_missing(client, case, senior):
    plan = waiting(case)
    answer = {"plan": plan.pk, "decision": "return"}

    blank = post(client, senior, "answer-interim-plan", case, answer="", **answer)
    page = post(client, senior, "answer-interim-plan", case, answer="Who rings her?", **answer)

    plan.refresh_from_db()
    assert "“What is missing?”" in words(blank)
    assert plan.agreement == Agreement.RETURNED
    assert "writes it again" in words(page)
    assert "Who rings her?" in words(page)


def test_a_plan_replaced_since_it_was_read_is_not_agreed(client, case, senior):
    read = waiting(case)
    write(client, case)

    page = post(client, senior, "answer-interim-plan", case, plan=read.pk, decision="agree")

    assert "This plan has ended" in words(page)
    assert not InterimPlan.objects.filter(agreement=Agreement.AGREED).exists()


def test_the_plan_of_another_case_is_not_answered_here(client, case, senior):
    other = waiting(CaseFactory())

    page = post(client, senior, "answer-interim-plan", case, plan=other.pk, decision="agree")

    assert page.status_code == 404


def test_nothing_to_answer_leads_back_to_the_checks(client, case, senior):
    page = see(client, senior, "answer-interim-plan", case)

    assert page["Location"] == reverse("case-checks", args=[case.crn])


def test_a_protected_name_is_kept_in_a_plan_from_those_who_may_not_see_it(client, case):
    RelatedPersonFactory(case=case, name="Robin Field", protected=True)
    plan = waiting(case, who_is_protected="Robin Field, at her mother's.")
    colleague = UserFactory(team=case.team)

    page = words(see(client, colleague, "interim-plan", case, plan.pk))

    assert "Robin Field" not in page


@pytest.mark.parametrize("page", ["case-checks", "case"])
def test_a_page_costs_the_same_however_many_plans_there_were(client, case, page):
    def cost(number):
        for _ in range(number):
            InterimPlanFactory(
                case=case, ended_on=localdate(), ended_as="answered", made_by=UserFactory()
            )
        see(client, case.officer, page, case)
        with CaptureQueriesContext(connection) as found:
            see(client, case.officer, page, case)
        return len(found)

    assert cost(5) == cost(55)
