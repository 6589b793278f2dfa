from datetime import timedelta

import pytest

from cases.models import Deadline, Override, Plan, PlanAction
from cases.queries.planning import planning_facts
from cases.reference.plans import PlanState
from cases.rules.planning import to_do
from cases.services.actions import add_action, finish_action
from cases.services.objectives import save_objective
from cases.services.plans import begin_plan, drop_plan, sign_plan
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Role
from tests.cases.a_plan import (
    agree,
    answer,
    assessed_case,
    objective,
    ready_plan,
    signed_plan,
    step,
)
from tests.factories import (
    NOW,
    TODAY,
    AssessmentFactory,
    CaseFactory,
    EnquiryFactory,
    RegistrationFactory,
    RelatedPersonFactory,
    RouteDecisionFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def case():
    return assessed_case()


def signed(plan, *, explained=None, today=TODAY):
    return sign_plan(
        plan=plan, explained=explained or {}, by=plan.case.officer, today=today, now=NOW
    )


def found(plan, today=TODAY):
    plan.refresh_from_db()
    return {one.key for one in to_do(planning_facts([plan], today)[plan.pk])}


def owed(case, kind="plan_action"):
    return Deadline.objects.unmet().filter(case=case, kind=kind)


# What the record says


@pytest.mark.parametrize(
    ("subject", "code"),
    [("domestic_abuse", "ADVV"), ("domestic_abuse", "IMAR"), ("children", "RCCO")],
)
def test_a_no_beside_a_register_that_says_otherwise_is_looked_at_again(case, subject, code):
    plan = ready_plan(case)
    answer(plan, **{f"{subject}.answer": "no", f"{subject}.sources": ["person"]})
    assert f"record:{subject}" not in found(plan)

    register = RegistrationFactory(case=case, type_code=code)
    assert f"record:{subject}" in found(plan)

    register.active, register.ended_on = False, TODAY
    register.save()
    assert f"record:{subject}" not in found(plan)


def test_a_no_to_children_is_looked_at_again_where_a_child_is_around_them(case):
    plan = ready_plan(case)
    answer(plan, **{"children.answer": "no", "children.sources": ["person"]})
    child = RelatedPersonFactory(case=case, kind="child")
    assert "record:children" in found(plan)

    child.to_on = TODAY
    child.save()
    assert "record:children" not in found(plan)


# Beginning one


def test_a_plan_begun_lays_out_each_requirement_and_rests_on_the_assessment(case):
    plan = begin_plan(case=case, by=case.officer, today=TODAY)

    assert plan.assessment == case.assessments.get()
    assert [one.route for one in plan.deliveries.all()] == ["none"]
    assert Entry.objects.get(action="began_plan").detail == {"plan": plan.pk}


def test_two_who_begin_at_once_write_the_same_plan(case):
    first = begin_plan(case=case, by=case.officer, today=TODAY)

    assert begin_plan(case=case, by=UserFactory(), today=TODAY) == first


def test_no_plan_of_ours_is_begun_on_a_case_of_the_nps():
    with pytest.raises(RuleBroken, match="not supervised by us"):
        begin_plan(case=CaseFactory(retained_by="Ann Lee, NPS"), by=None, today=TODAY)


def test_what_is_still_to_do_is_brought_over_and_marked_until_it_is_confirmed(case):
    former = signed_plan(case)
    done = former.objectives.get().steps.order_by("pk").first()
    finish_action(action=done, note="He kept it.", by=case.officer, today=TODAY)

    plan = begin_plan(case=case, by=case.officer, today=TOMORROW)

    brought = plan.objectives.get()
    assert brought.carried
    assert [(one.what, one.in_draft) for one in brought.steps.all()] == [
        ("Stay away from her street", True)
    ]
    assert plan.contingencies.get().carried
    assert plan.carried == ["home_visits.answer"]
    assert "children.answer" not in plan.answers
    assert former.objectives.get().steps.count() == 2


def test_an_objective_of_which_all_is_done_is_not_brought_over(case):
    former = signed_plan(case)
    for one in former.objectives.get().steps.all():
        finish_action(action=one, note="Done.", by=case.officer, today=TODAY)

    plan = begin_plan(case=case, by=case.officer, today=TOMORROW)

    assert not plan.objectives.exists()


def test_a_step_done_meanwhile_is_done_in_the_plan_being_written_too(case):
    former = signed_plan(case)
    plan = begin_plan(case=case, by=case.officer, today=TOMORROW)
    diary = former.objectives.get().steps.order_by("pk").first()

    finish_action(action=diary, note="He kept it.", by=case.officer, today=TOMORROW)

    copy = plan.objectives.get().steps.order_by("pk").first()
    assert (copy.what, copy.done_on) == (diary.what, TOMORROW)


# Signing one


def test_a_plan_with_nothing_to_do_is_signed_and_owes_each_step(case):
    plan = signed(ready_plan(case))

    assert (plan.state, plan.signed_by, plan.signed_at) == (PlanState.SIGNED, case.officer, NOW)
    steps = PlanAction.objects.in_force().filter(objective__plan=plan)
    assert set(owed(case).values_list("action", flat=True)) == {one.pk for one in steps}
    assert {one.due_on for one in owed(case)} == {TODAY + timedelta(days=28)}


def test_steps_of_a_plan_being_written_count_nowhere(case):
    ready_plan(case)

    assert not PlanAction.objects.in_force().exists()
    assert not owed(case).exists()


def test_each_open_gate_is_in_the_refusal_and_nothing_is_signed(case):
    plan = begin_plan(case=case, by=case.officer, today=TODAY)

    with pytest.raises(RuleBroken) as refusal:
        signed(plan)

    for words in ("Alcohol", "known adult", "Dana Quill", "if things change", "children",
                  "domestic abuse", "Rehabilitation activity requirement"):  # fmt: skip
        assert words in str(refusal.value)
    assert Plan.objects.get().state == PlanState.DRAFT


def test_a_plan_without_a_signed_assessment_is_refused():
    case = assessed_case()
    plan = ready_plan(case)
    case.assessments.update(state="replaced")

    with pytest.raises(RuleBroken, match="No signed assessment"):
        signed(plan)


def test_a_warning_wants_one_honest_sentence_which_is_kept(case):
    plan = ready_plan(case)
    answer(plan, **{"contact.level": "monthly"})
    agree(plan)

    with pytest.raises(RuleBroken, match="Contact is monthly, and the GRID says weekly"):
        signed(plan)
    with pytest.raises(RuleBroken, match="Say in a sentence of your own"):
        signed(plan, explained={"contact": "n/a"})
    done = signed(plan, explained={"contact": "He works away for three weeks in four."})

    assert done.evidence["warnings"] == {"contact": "He works away for three weeks in four."}


def approved(plan, *keys, until=TODAY):
    senior = UserFactory(role=Role.SPO)
    words = dict.fromkeys(
        ("unknown", "read_and_asked", "why_safer", "who_is_protected", "who_was_told",
         "what_closes_it"), "Said."
    )  # fmt: skip
    return Override.objects.create(
        case=plan.case, act="plan", plan=plan, state="approved", gaps=list(keys), sentences=list(keys),
        expires_on=until, asked_at=NOW, asked_by=plan.case.officer, decided_at=NOW,
        decided_by=senior, **words,
    )  # fmt: skip


def test_an_override_in_force_lets_it_pass_and_is_kept_as_evidence(case):
    plan = ready_plan(case)
    plan.contingencies.all().delete()
    override = approved(plan, "contingency")

    done = signed(plan)

    assert done.state == PlanState.SIGNED
    assert done.evidence["overridden"][0]["override"] == override.pk


def test_one_that_has_run_out_does_not(case):
    plan = ready_plan(case)
    plan.contingencies.all().delete()
    approved(plan, "contingency", until=TODAY - timedelta(days=1))

    with pytest.raises(RuleBroken, match="if things change"):
        signed(plan)


def test_nobody_is_overridden_out_of_protection(case):
    plan = ready_plan(case)
    plan.objectives.get().steps.filter(protects__isnull=False).delete()
    approved(plan, f"protects:{case.potential_victims.get().pk}")

    with pytest.raises(RuleBroken, match="Dana Quill"):
        signed(plan)


def test_the_plan_before_is_replaced_and_what_was_undone_of_it_is_owed_no_more(case):
    former = signed_plan(case)
    plan = begin_plan(case=case, by=case.officer, today=TOMORROW)
    answer(
        plan,
        **{"contact.level": "weekly", "children.answer": "yes", "domestic_abuse.answer": "yes"},
    )

    signed(plan, today=TOMORROW, explained={"agreement": "He is seen on Friday about it."})

    former.refresh_from_db()
    assert former.state == PlanState.REPLACED
    old = former.objectives.get().steps.all()
    assert {(one.dropped_on, one.dropped_because) for one in old} == {
        (TOMORROW, "A later plan took its place.")
    }
    assert Deadline.objects.filter(action__in=old, void=True).count() == 2
    assert owed(case).count() == 2


def test_signing_meets_what_was_owed(case):
    Deadline.objects.create(
        case=case, kind="make_plan", owner_role=Role.OFFICER, triggered_on=TODAY, due_on=TODAY,
        why="Seen",
    )  # fmt: skip

    signed(ready_plan(case))

    assert not owed(case, "make_plan").exists()


def test_a_signed_plan_is_not_written_on(case):
    plan = signed_plan(case)

    with pytest.raises(RuleBroken, match="This plan is signed"):
        objective(plan)


def test_the_trail_says_who_signed_and_names_nobody(case):
    plan = signed(ready_plan(case))

    entry = Entry.objects.get(action="signed_plan")
    assert (entry.crn, entry.by) == (case.crn, case.officer)
    assert entry.detail == {"plan": plan.pk, "overridden": []}
    assert "Dana" not in str(plan.evidence)


# Facts


def test_not_known_linked_to_an_enquiry_passes_only_while_it_is_open(case):
    plan = ready_plan(case)
    enquiry = EnquiryFactory(case=case, sent=True)
    answer(plan, **{"children.answer": "unknown", "children.enquiry": str(enquiry.pk)})
    before = found(plan)
    case.enquiries.update(state="superseded", due_on=None)

    assert "family:children" not in before
    assert "family:children" in found(plan)


def test_a_route_taken_away_stands_as_long_as_its_replacement_is_named(case):
    plan = begin_plan(case=case, by=case.officer, today=TODAY)
    requirement = case.sentences.get().requirements.get()
    before = found(plan)
    RouteDecisionFactory(case=case, requirement=requirement)

    assert f"route:requirement:{requirement.pk}" in before
    assert f"route:requirement:{requirement.pk}" not in found(plan)
    assert f"arranged:requirement:{requirement.pk}" in found(plan)


def test_a_later_assessment_with_another_priority_shuts_the_gate_again(case):
    plan = ready_plan(case)
    case.assessments.update(state="replaced")
    AssessmentFactory(case=case, signed=True, answers={"drugs.harm": "yes"})

    assert "objective:need:drugs" in found(plan)


# Giving one up


def test_a_plan_given_up_leaves_the_one_in_force_and_lets_its_actions_go(case):
    former = signed_plan(case)
    alone = add_action(
        case=case, what="Ring the school", by_whom="The officer", by_on=TOMORROW, by=case.officer,
        today=TODAY,
    )  # fmt: skip
    plan = begin_plan(case=case, by=case.officer, today=TODAY)
    save_objective(
        plan=plan, what="Ask the school", area="", about=["harm:children"], sharing="yes",
        steps=[step()], adopt=[alone.pk], seen={}, by=case.officer, today=TODAY,
    )  # fmt: skip

    drop_plan(plan=plan, by=case.officer, today=TODAY)

    alone.refresh_from_db()
    former.refresh_from_db()
    assert (alone.objective, alone.dropped_on) == (None, None)
    assert former.state == PlanState.SIGNED
    assert begin_plan(case=case, by=case.officer, today=TODAY) != plan
