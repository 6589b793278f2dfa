"""What of a case bears on who may hold it, as the record tells it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from cases.models import Case
from cases.reference.codes import Place
from cases.services.policy import seed_policies
from oversight.queries.case_facts import case_facts_of
from oversight.queries.policy import workload_policy
from oversight.queries.workload import loads_of
from oversight.reference.allocation import Training
from oversight.rules.comparing_facts import Held
from oversight.rules.comparing_list import compare
from staff.models import User
from tests.factories import (
    AllocationFactory,
    ComplaintFactory,
    RegistrationFactory,
    TeamFactory,
    UserFactory,
    limit,
)
from tests.oversight.an_officer import a_case, an_officer, contract, training

pytestmark = pytest.mark.django_db
MOST_STATEMENTS = 15


@pytest.fixture
def team():
    seed_policies()
    return TeamFactory()


def facts(*cases):
    today = localdate()
    rows = Case.objects.filter(pk__in=[one.pk for one in cases])
    return case_facts_of(rows, today, workload_policy(today))


def test_registers_say_what_whoever_holds_it_must_be_trained_in(team):
    case = a_case(an_officer(team))
    RegistrationFactory(case=case, type_code="ADVP")
    RegistrationFactory(case=case, type_code="RCPR")
    RegistrationFactory(case=case, type_code="WEAP")
    over = a_case(an_officer(team))
    RegistrationFactory(case=over, type_code="ADVP", active=False)

    found = facts(case, over)

    assert found[case.pk].asks_for == {Training.DOMESTIC_ABUSE, Training.CHILD}
    assert found[over.pk].asks_for == frozenset()
    assert (found[case.pk].group, found[case.pk].crn) == ("M50", case.crn)
    assert found[case.pk].points > 0


def test_who_held_it_before_stands_with_whether_they_complained(team):
    today = localdate()
    case, first, second = a_case(an_officer(team)), an_officer(team), an_officer(team)
    for officer, days in ((first, 300), (second, 200), (first, 100)):
        AllocationFactory(case=case, officer=officer, active=False, from_on=today - timedelta(days=days + 50), to_on=today - timedelta(days=days))  # fmt: skip
    AllocationFactory(case=case, from_on=today)
    ComplaintFactory(case=case, about=second)

    assert facts(case)[case.pk].before == (
        Held(first.pk, today - timedelta(days=100)),
        Held(second.pk, today - timedelta(days=200), complained=True),
    )


def test_limits_say_whom_they_shut_out(team):
    open_case, excluded, restricted = (a_case(an_officer(team)) for _ in range(3))
    one = UserFactory()
    limit(excluded, kept_out=[one])
    made = limit(restricted, restricted=True, let_in=[one])
    type(made).objects.filter(pk=made.pk).update(listed=True)

    found = facts(open_case, excluded, restricted)

    assert (found[open_case.pk].shut_out, found[open_case.pk].let_in) == (frozenset(), None)
    assert found[excluded.pk].shut_out == {one.pk}
    assert found[restricted.pk].let_in == {one.pk}


def test_a_risk_put_to_the_nps_is_told_and_a_case_that_is_not_ours_is_left_out(team):
    case, theirs = a_case(an_officer(team)), a_case(an_officer(team), retained_by="NPS")
    type(case.standing).objects.filter(case=case).update(place=Place.ESCALATE, group="")

    found = facts(case, theirs)

    assert found[case.pk].escalated
    assert theirs.pk not in found


def test_many_cases_cost_the_statements_of_one(team):
    officer = an_officer(team)
    cases = [a_case(officer) for _ in range(4)]
    for case in cases:
        RegistrationFactory(case=case, type_code="ADVP")
        limit(case)

    def cost(*asked):
        with CaptureQueriesContext(connection) as statements:
            facts(*asked)
        return len(statements) - 1  # and the policy

    assert cost(cases[0]) == cost(*cases) <= MOST_STATEMENTS


def test_a_case_is_compared_with_each_officer_of_a_team_from_the_record(team):
    today = localdate()
    trained, untrained = an_officer(team, last_name="A"), an_officer(team, last_name="B")
    for one in (trained, untrained):
        contract(one)
    training(trained)
    case = a_case(an_officer(TeamFactory()))
    RegistrationFactory(case=case, type_code="ADVP")
    loads = loads_of(User.objects.filter(team=team).order_by("last_name"), today)

    rows = compare(facts(case)[case.pk], [one.facts for one in loads], workload_policy(today), today)  # fmt: skip

    assert [row.officer.name for row in rows] == [trained.name, untrained.name]
    assert [[found.key for found in row.found] for row in rows] == [[], ["training:domestic_abuse"]]


@pytest.mark.nightly
def test_a_team_of_fifteen_with_750_cases_costs_no_more(team):
    for _ in range(15):
        officer = an_officer(team)
        contract(officer)
        for _ in range(50):
            a_case(officer)

    with CaptureQueriesContext(connection) as statements:
        found = loads_of(User.objects.filter(team=team), localdate())

    assert sum(len(one.cases) for one in found) == 750
    assert len(statements) <= 7
