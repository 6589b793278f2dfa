"""The product held to what the demonstration planted of assessments and plans: how each stands, what is still to
do before it is signed and nothing else, what happened since, and whose it is.

The truth is reckoned from the plans alone, apart from the rules, so that agreement is evidence.
"""

from collections import Counter, defaultdict
from html import unescape

import pytest
from django.db import transaction
from django.urls import reverse

from cases.models import (
    Assessment,
    AssessmentReturn,
    Case,
    Deadline,
    Enquiry,
    Information,
    LicenceCondition,
    Override,
    Plan,
    PotentialVictim,
    Requirement,
    RouteDecision,
)
from cases.queries.assessing import assessing_facts
from cases.queries.planning import planning_facts
from cases.queries.work import owed_by
from cases.reference.deadlines import KINDS
from cases.rules import assessing, planning
from cases.rules.content import Stands
from cases.rules.gaps import gates, warnings
from cases.services.plans_owed import owe_plans
from cases.services.policy import assessing_policy
from cases.services.signing import sign_assessment
from oversight.queries import team
from oversight.queries.content import content_of
from staff.errors import RuleBroken
from staff.models import User
from staff.permissions import Role
from tests.demonstration import TODAY, demonstrated
from tests.factories import NOW

pytestmark = pytest.mark.django_db
OWED = {
    "countersign_assessment",
    "put_assessment_right",
    "make_plan",
    "book_replacement",
    "decide_override",
    "close_override",
    "read_override",
}


@pytest.fixture(scope="module")
def truth(django_db_setup, django_db_blocker, tmp_path_factory):
    with demonstrated(django_db_blocker, tmp_path_factory) as planted:
        yield planted


def names():
    """What the truth calls each key that a row has: it holds none, because they differ each time."""
    found = {}
    for pk, *said in Enquiry.objects.values_list("pk", "kind", "triggered_on", "agency__name"):
        found[f"enquiry:{pk}"] = "enquiry:{} {} {}".format(*said)
        found[f"pattern:reply-{pk}"] = "pattern:reply {} {} {}".format(*said)
    for pk, *said in Information.objects.values_list("pk", "kind", "happened_on"):
        found[f"pattern:information-{pk}"] = "pattern:{} {}".format(*said)
    for pk, name in PotentialVictim.objects.values_list("pk", "person__name"):
        found[f"protects:{pk}"] = f"protects:{name}"
    for what in ("route", "arranged"):
        for pk, code in Requirement.objects.values_list("pk", "main_code"):
            found[f"{what}:requirement:{pk}"] = f"{what}:{code}"
        for pk, about in LicenceCondition.objects.values_list("pk", "category"):
            found[f"{what}:condition:{pk}"] = f"{what}:{about}"
    return found


def still_to_do(rows, facts, find):
    """{CRN: its state, its gates and its warnings by name}, as the rules find them today."""
    found, called = {}, names()
    for one in rows:
        gaps = find(facts[one.pk])
        found[one.case.crn] = (
            one.state,
            sorted(called.get(gap.key, gap.key) for gap in gates(gaps)),
            sorted(called.get(gap.key, gap.key) for gap in warnings(gaps)),
        )
    return found


def planted(told):
    return {crn: (one["state"], one["gaps"], one["warnings"]) for crn, one in told.items()}


def of_assessments():
    rows, policy = list(Assessment.objects.select_related("case")), assessing_policy(TODAY)
    facts = assessing_facts(rows, TODAY)
    return still_to_do(rows, facts, lambda one: assessing.to_do(one, policy, TODAY))


# Assessments


def test_what_stands_before_each_assessment_is_what_was_left_out_of_it_and_nothing_else(truth):
    assert of_assessments() == planted(truth["assessments"])


def test_each_kind_of_gap_is_there_to_be_seen(truth):
    drafts = [one for one in truth["assessments"].values() if one["state"] == "draft"]

    kinds = Counter(gap.partition(":")[0] for one in drafts for gap in one["gaps"])
    warned = Counter(gap.partition(":")[0] for one in drafts for gap in one["warnings"])

    assert set(kinds) == {"enquiry", "pattern", "screening", "blank"}
    assert set(warned) == {"stock", "unscored", "victims"}


def test_whatever_stands_before_one_that_is_signed_came_afterwards_or_was_passed_by_an_override(
    truth,
):
    """Its own boxes are filled: what is left is a check, or the past that a check or a call-out told of since."""
    signed = [one for one in truth["assessments"].values() if one["state"] == "signed"]

    left = {gap.partition(":")[0] for one in signed for gap in one["gaps"]}

    assert left <= {"enquiry", "pattern", "blank"}
    called, passed = names(), {}
    for crn, gaps in Override.objects.values_list("case__crn", "gaps"):
        if truth["assessments"][crn]["state"] == "signed":
            passed[crn] = sorted(called[gap] for gap in gaps)
    assert passed == {crn: one["over"] for crn, one in truth["assessments"].items() if one["over"]}


def test_as_many_are_signed_as_the_inspectors_found_sufficient(truth):
    supervised = Case.objects.ours()

    signed = Assessment.objects.in_force().filter(case__in=supervised).count()

    assert signed / supervised.count() == pytest.approx(0.68, abs=0.06)


def test_the_level_that_was_signed_is_the_level_in_force_unless_a_rise_came_since(truth):
    raised = {crn for crn, kind in truth["raised"] if kind == "risk"}
    here = Case.objects.filter(left_as="")
    signed = Assessment.objects.in_force().filter(case__in=here).select_related("case__standing")

    found = {one.case.crn for one in signed if one.harm != one.case.standing.harm}

    assert found == raised & {one.case.crn for one in signed}


def test_alan_cannot_be_signed_and_all_that_is_missing_is_named(truth):
    alan = Assessment.objects.get(case__crn="T100001")
    officer = User.objects.get(username=Role.OFFICER)

    with pytest.raises(RuleBroken) as refused:
        sign_assessment(assessment=alan, explained={}, by=officer, today=TODAY, now=NOW)

    said = str(refused.value)
    for missing in (
        "wounding",
        "assault occasioning actual bodily harm",
        "robbery",
        "common assault",
        "police called to the home",
        "social care involvement",
        "pre-sentence report",
        "Police: the check has not been sent",
        "social care: the check has not been sent",
        "SARA",
    ):
        assert missing.casefold() in said.casefold()


def test_alan_is_as_the_report_tells_him(truth):
    alan = Assessment.objects.get(case__crn="T100001")
    plan = Plan.objects.get(case__crn="T100001")

    boxes = [alan.answers[f"harm.{name}"] for name in ("increase", "reduce", "because")]

    assert set(boxes) == {"Risk not linked to current index offence"}
    assert assessing.overall_harm(alan.answers) == "RLRH"
    assert (plan.state, plan.answers["children.answer"]) == ("draft", "unknown")
    assert not [
        code for code in plan.answers if code.startswith("children.") and code != "children.answer"
    ]


def test_forty_convictions_of_one_kind_ask_for_three_answers_at_most(truth):
    barry = Assessment.objects.select_related("case").get(case__crn="T100024")

    patterns = assessing_facts([barry], TODAY)[barry.pk].patterns

    asked = [gap for gap in of_assessments()["T100024"][1] if gap.startswith("pattern:")]
    assert len(patterns) == 1
    assert len(patterns[0].episodes) == 41
    assert len(asked) <= 3


# Plans


def test_what_stands_before_each_plan_is_what_was_left_out_of_it_and_nothing_else(truth):
    rows = list(Plan.objects.select_related("case"))

    found = still_to_do(rows, planning_facts(rows, TODAY), planning.to_do)

    assert found == planted(truth["plans"])


def test_each_kind_of_gap_of_a_plan_is_there_to_be_seen(truth):
    drafts = [one for one in truth["plans"].values() if one["state"] == "draft"]

    kinds = {gap.partition(":")[0] for one in drafts for gap in one["gaps"]}

    assert kinds >= {"assessment", "objective", "protects", "contingency", "family", "route"}
    assert not [one for one in truth["plans"].values() if one["state"] == "signed" and one["gaps"]]


def test_of_those_with_a_plan_as_many_have_one_signed_as_the_inspectors_found_sufficient(truth):
    states = Counter(Plan.objects.values_list("state", flat=True))

    assert states["signed"] / states.total() == pytest.approx(0.57, abs=0.08)


def test_the_person_agrees_does_not_or_could_not_answer_as_planted(truth):
    found = dict(Plan.objects.values_list("case__crn", "agreed"))

    assert found == {crn: one["agreed"] for crn, one in truth["plans"].items()}
    assert set(found.values()) == {"", "yes", "no", "could_not"}


# Who could be hurt, overrides and routes


def test_those_who_could_be_hurt_are_named_on_the_cases_planted(truth):
    named = PotentialVictim.objects.current().values_list("case__crn", flat=True)

    assert Counter(named) == truth["victims"]


def test_overrides_stand_as_they_were_left(truth):
    columns = ("case__crn", "act", "state", "expires_on", "opened_case", "sampled")

    found = [
        [crn, act, state, until.isoformat(), opened, sampled]
        for crn, act, state, until, opened, sampled in Override.objects.values_list(*columns)
    ]

    assert sorted(found, key=str) == sorted(truth["overrides"], key=str)
    assert ["T100003", "assessment", "expired"] in [one[:3] for one in found]


def test_a_route_taken_away_waits_until_its_replacement_is_booked(truth):
    rows = RouteDecision.objects.values_list("case__crn", "by_on", "booked_at")

    found = sorted([crn, by_on.isoformat(), at is not None] for crn, by_on, at in rows)

    assert found == truth["routes"]
    assert ["T100025", False] in [[crn, booked] for crn, _, booked in found]


def test_what_a_senior_gave_back_is_on_the_question_planted(truth):
    found = defaultdict(list)
    for crn, question in AssessmentReturn.objects.values_list("assessment__case__crn", "question"):
        found[crn].append(question)

    told = {crn: one["returned"] for crn, one in truth["assessments"].items() if one["returned"]}
    assert found == told
    assert "T100004" in found


# What is owed, and by whom


def test_each_clock_runs_where_it_was_planted_and_no_other(truth):
    running = Deadline.objects.unmet().filter(kind__in=OWED)

    found = sorted(
        [crn, kind, due_on.isoformat()]
        for crn, kind, due_on in running.values_list("case__crn", "kind", "due_on")
    )

    assert found == [one for one in truth["owed"] if one[1] in OWED]
    assert {kind for _, kind, _ in found} >= {"make_plan", "put_assessment_right", "close_override"}


def test_the_steps_of_signed_plans_are_owed_by_their_day(truth):
    running = Deadline.objects.unmet().filter(action__objective__isnull=False)

    found = sorted(
        [crn, "plan_action", due_on.isoformat()]
        for crn, due_on in running.values_list("case__crn", "due_on")
    )

    assert found == [one for one in truth["owed"] if one[1] == "plan_action"]


def test_the_nightly_job_owes_no_plan_that_was_not_planted(truth):
    with transaction.atomic():
        ids = list(Case.objects.values_list("pk", flat=True))
        started = owe_plans(case_ids=ids, today=TODAY)
        transaction.set_rollback(True)

    assert started == 0


@pytest.mark.parametrize("role", sorted([Role.OFFICER, Role.SPO]))
def test_my_work_has_what_was_planted_for_its_reader(truth, role):
    reader = User.objects.get(username=role)
    theirs = {one["crn"] for one in truth["people"] if one["officer"] == reader.username}
    if role == Role.SPO:
        theirs = {one["crn"] for one in truth["people"] if one["team"] == reader.team.code}

    own = {kind for kind in OWED if KINDS[kind].owner == role}
    found = owed_by(reader, TODAY).filter(kind__in=own, owner_role=role, case__crn__in=theirs)

    told = [[crn, kind] for crn, kind, _ in truth["owed"] if kind in own and crn in theirs]
    limited = set(truth["limited"])
    assert sorted(map(list, found.values_list("case__crn", "kind"))) == sorted(
        one for one in told if one[0] not in limited
    )


# Pages across cases


def test_content_is_counted_in_each_team_as_planted(truth):
    _, teams = content_of(Case.objects.all(), TODAY)

    codes = {
        Stands.A_DRAFT: "assessment draft",
        Stands.A_WAITING: "assessment waiting",
        Stands.A_SIGNED: "assessment signed",
        Stands.P_DRAFT: "plan draft",
        Stands.P_OPEN: "plan signed, not agreed",
        Stands.P_AGREED: "plan signed, agreed",
    }
    for one in teams:
        told = truth["content"][one.team.code]
        found = {words: one.counts[code] for code, words in codes.items()}
        assert found == {words: told.get(words, 0) for words in codes.values()}
        assert one.people == told["supervised"]


def test_something_has_happened_since_the_signature_where_it_was_planted(truth):
    in_all, _ = content_of(Case.objects.all(), TODAY)

    assert in_all.counts[Stands.A_SINCE] == len(truth["since"])
    assert "T100018" in truth["since"]


def test_the_board_counts_what_waits_for_the_senior_as_planted(truth):
    crns = defaultdict(set)
    for one in truth["people"]:
        crns[one["team"]].add(one["crn"])

    for senior in User.objects.filter(role=Role.SPO).select_related("team"):
        board = team.board(senior, senior.team, TODAY)
        theirs = crns[senior.team.code] - set(truth["limited"])

        waiting = [
            crn for crn in theirs if truth["assessments"].get(crn, {}).get("state") == "waiting"
        ]
        booked = [crn for crn, _, done in truth["routes"] if not done and crn in theirs]
        still_open = Counter(
            state
            for crn, _, state, *_ in truth["overrides"]
            if crn in theirs and state in {"asked", "approved", "expired"}
        )
        assert (board.to_countersign, board.routes) == (len(waiting), len(booked))
        assert board.overrides == still_open


def test_the_tab_and_the_list_of_what_is_still_to_do_say_what_was_planted(truth, client):
    client.force_login(User.objects.get(username=Role.OFFICER))
    alan = Assessment.objects.select_related("case").get(case__crn="T100001")
    found = assessing.to_do(assessing_facts([alan], TODAY)[alan.pk], assessing_policy(TODAY), TODAY)

    page = unescape(client.get(reverse("assess", args=["T100001"])).content.decode())
    tab = client.get(reverse("assessment", args=["T100001"])).content.decode()

    keys = truth["assessments"]["T100001"]["gaps"]
    assert len(gates(found)) == len(keys)
    assert not [one.key for one in found if one.sentence not in page]
    assert "Being written" in tab
