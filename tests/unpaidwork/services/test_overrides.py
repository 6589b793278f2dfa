from collections import Counter
from datetime import timedelta

import pytest
from django.urls import reverse

from cases.models import Deadline, Notice, Override
from cases.reference.overrides import OverrideState
from cases.rules.gaps import gates
from cases.rules.overrides import SIX
from cases.services.overrides import close_override, read_override
from cases.services.overrides_run_out import expire_overrides
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Role
from tests.factories import NOW, TODAY, RegistrationFactory, UserFactory, WorkFactory
from tests.unpaidwork.a_risk import cleared, signed_risk
from unpaidwork.queries.gate import found_for, overrides_used, passed_by
from unpaidwork.services.overrides import ask_work_override, decide_work_override

pytestmark = pytest.mark.django_db
WORDS = dict.fromkeys(
    SIX, "Rang the officer before me on Monday; the charity shop closes on Friday."
)
WEEK = timedelta(days=7)


@pytest.fixture
def case():
    return WorkFactory().case


@pytest.fixture
def senior(case):
    return UserFactory(role=Role.SPO, team=case.team)


def ask(case, keys=("risk",), by=None, **more):
    given = {"expires_on": TODAY + WEEK, "today": TODAY, "now": NOW} | more
    return ask_work_override(case=case, keys=list(keys), by=by or case.officer, **WORDS | given)


def decide(override, by, approve=True, **more):
    given = {"today": TODAY, "now": NOW} | more
    note = "He is watched by two supervisors that day."
    return decide_work_override(override=override, approve=approve, note=note, by=by, **given)


def test_a_request_is_about_the_case_and_waits_for_its_senior(case, senior):
    override = ask(case)

    assert (override.act, override.assessment, override.plan) == ("allocation", None, None)
    assert override.sentences == ["No risk assessment for unpaid work is signed."]
    assert Deadline.objects.unmet().get(override=override).kind == "decide_override"
    assert Notice.objects.get().user == senior


def test_only_one_request_waits_at_a_time(case):
    ask(case)

    with pytest.raises(RuleBroken, match="waiting for a decision"):
        ask(case)


def test_only_a_gate_that_is_shut_now_can_be_asked_about(case):
    with pytest.raises(RuleBroken, match="no longer stands in the way"):
        ask(case, ["analysis"])


def test_nobody_approves_their_own(case, senior):
    override = ask(case, by=senior)

    with pytest.raises(RuleBroken, match="somebody else decides it"):
        decide(override, senior)


def test_approved_it_lets_the_officer_pass_until_its_day_and_tells_them(case, senior):
    override = decide(ask(case), senior)

    found = found_for(case, TODAY)
    left = gates(passed_by(case, found, case.officer, TODAY))
    assert override.state == OverrideState.APPROVED
    assert [one.key for one in left] == ["check:police"]
    assert overrides_used(case, found, TODAY)[0]["gaps"] == ["risk"]
    assert passed_by(case, found, case.officer, TODAY + 2 * WEEK) == found
    assert "they may be allocated until" in Notice.objects.get(user=case.officer).text


def test_terms_that_are_not_seen_are_never_passed_over():
    case = cleared()
    RegistrationFactory(case=case, type_code="RSTO")

    with pytest.raises(RuleBroken, match="Nobody may go ahead without this"):
        ask(case, ["terms:0"])


def test_a_sex_offender_without_an_instruction_is_never_passed_over():
    case = cleared()
    case.work_risks.all().delete()
    RegistrationFactory(case=case, type_code="ARSO")
    signed_risk(case)

    with pytest.raises(RuleBroken, match="Nobody may go ahead without this"):
        ask(case, ["instruction:0"])


def test_once_approved_coordinators_of_the_team_hear_of_it_and_a_refusal_is_not_their_affair(
    case, senior
):
    near = UserFactory(role=Role.COORDINATOR, team=case.team)
    UserFactory(role=Role.COORDINATOR)
    decide(ask(case), senior, approve=False)
    assert not Notice.objects.filter(user__role=Role.COORDINATOR).exists()

    decide(ask(case), senior)

    told = Notice.objects.get(user__role=Role.COORDINATOR)
    assert told.user == near
    assert "before they are allocated" in told.text
    assert told.href == reverse("allocate-work", args=[case.crn])


def test_what_has_come_by_the_time_it_is_decided_leaves_nothing_to_approve(case, senior):
    override = ask(case)
    signed_risk(case)

    with pytest.raises(RuleBroken, match="nothing is left to approve"):
        decide(override, senior)


def test_what_stands_behind_the_gate_by_then_is_asked_about_anew():
    case = cleared()
    RegistrationFactory(case=case, type_code="ALSH")
    override = decide(ask(case, ["risk_changed"]), UserFactory(role=Role.HEAD))
    RegistrationFactory(case=case, type_code="WEAP")

    left = passed_by(case, found_for(case, TODAY), override.asked_by, TODAY)

    assert "risk_changed" in {one.key for one in left}


def test_it_runs_out_to_whoever_approved_it(case, senior):
    override = decide(ask(case), senior)

    expire_overrides(today=TODAY + 2 * WEEK, now=NOW + 2 * WEEK)

    override.refresh_from_db()
    assert override.state == OverrideState.EXPIRED
    assert "has run out" in Notice.objects.filter(user=senior).latest("pk").text


def test_the_count_of_overrides_equals_the_trail_of_what_was_done(senior):
    head = UserFactory(role=Role.HEAD)
    asked = [ask(WorkFactory().case) for _ in range(5)]
    decide(asked[0], head)
    decide(asked[1], senior)
    decide(asked[2], senior, approve=False)
    close_override(override=asked[0], how="Placed indoors instead.", by=senior, today=TODAY)
    expire_overrides(today=TODAY + 2 * WEEK, now=NOW + 2 * WEEK)
    for one in Override.objects.filter(sampled=True):
        read_override(override=one, note="Two were watching.", by=head, today=TODAY, now=NOW)

    trail = Counter(Entry.objects.values_list("action", flat=True))
    states = Counter(Override.objects.filter(act="allocation").values_list("state", flat=True))
    assert trail["asked_override"] == sum(states.values()) == 5
    assert trail["approved_override"] == states["closed"] + states["expired"] == 2
    assert trail["refused_override"] == states["refused"] == 1
    assert trail["closed_override"] == states["closed"] == 1
    assert trail["expired_override"] == states["expired"] == 1
    assert trail["reviewed_override"] == Override.objects.exclude(read_at=None).count()
