from datetime import timedelta

import pytest

from cases.models import PlanAction
from cases.queries.plan_words import CONTINGENCY, DELIVERY, objective_said, said_of
from cases.reference.plans import Actor, Nature
from cases.services.actions import add_action, finish_action
from cases.services.agreement import record_agreement
from cases.services.objectives import give_up_objective, remove_objective
from cases.services.planning import (
    answer_plan,
    remove_contingency,
    save_contingency,
    save_deliveries,
)
from cases.services.plans import begin_plan
from staff.errors import RuleBroken
from staff.rules.merging import marks
from tests.cases import a_plan
from tests.cases.a_plan import assessed_case, objective, ready_plan, signed_plan, step
from tests.factories import (
    TODAY,
    AgencyFactory,
    CaseFactory,
    EnquiryFactory,
    PotentialVictimFactory,
)

pytestmark = pytest.mark.django_db
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def case():
    return assessed_case()


@pytest.fixture
def plan(case):
    return begin_plan(case=case, by=case.officer, today=TODAY)


def seen_of(one):
    said = objective_said(one, one.steps.all())
    return marks(said, said)


# Objectives and their steps


def test_an_objective_is_about_its_area_and_whom_it_names(plan):
    made, _ = objective(plan)

    assert made.about == ["harm:known_adult", "need:alcohol"]
    assert [(one.by_whom, one.actor, one.in_draft) for one in made.steps.order_by("pk")] == [
        ("The person on probation", "person", True),
        ("The person on probation", "person", True),
    ]


def test_an_objective_without_a_step_is_refused_and_not_kept(plan):
    with pytest.raises(RuleBroken, match="at least one step"):
        objective(plan, steps=[])

    assert not plan.objectives.exists()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"what": "n/a"}, "what is done"),
        ({"by_on": TODAY - timedelta(days=1)}, "has been"),
        ({"actor": Actor.AGENCY}, "which agency"),
        ({"nature": Nature.CONSTRUCTIVE, "protects": 0}, "restrictive or for victim safety"),
    ],
)
def test_a_step_that_nobody_could_be_asked_about_is_refused(case, plan, given, words):
    if "protects" in given:
        given = given | {"protects": case.potential_victims.get().pk}

    with pytest.raises(RuleBroken, match=words):
        objective(plan, steps=[step(**given)])


def test_what_protects_somebody_is_never_shared_whatever_is_chosen(plan):
    made, _ = objective(plan)

    assert [one.sharing for one in made.steps.order_by("pk")] == ["yes", "no"]


def test_a_step_names_nobody_and_rests_on_nothing_of_another_case(plan):
    stranger = PotentialVictimFactory()
    enquiry = EnquiryFactory(analysed=True)

    for given in ({"protects": stranger.pk, "nature": Nature.RESTRICTIVE}, {"enquiry": enquiry.pk}):
        with pytest.raises(RuleBroken, match="its own case"):
            objective(plan, steps=[step(**given)])


def test_a_step_may_rest_on_a_reply_that_was_analysed(case, plan):
    enquiry = EnquiryFactory(case=case, analysed=True)

    made, _ = objective(
        plan, steps=[step(enquiry=enquiry.pk, agency=AgencyFactory(name="MASH").pk)]
    )

    assert (made.steps.get().enquiry, made.steps.get().by_whom) == (enquiry, "MASH")


def change(plan, one, seen, **given):
    steps = given.pop("steps", [])
    known = {"what": one.what, "about": one.about, "area": one.area, "steps": steps}
    return objective(plan, objective=one, seen=seen, **known | given)


def test_what_two_editors_change_in_different_places_is_put_together(plan):
    made, _ = objective(plan)
    seen = seen_of(made)
    diary = made.steps.order_by("pk").first()

    change(plan, made, seen, what="Stop drinking at home.")
    _, merged = change(
        plan, made, seen, steps=[step(id=diary.pk, what="Keep a diary and bring it")]
    )

    made.refresh_from_db()
    diary.refresh_from_db()
    assert merged.conflicts == ()
    assert (made.what, diary.what) == ("Stop drinking at home.", "Keep a diary and bring it")


def test_what_both_change_in_the_same_place_is_named_and_not_overwritten(plan):
    made, _ = objective(plan)
    seen = seen_of(made)

    change(plan, made, seen, what="Stop drinking at home.")
    _, merged = change(plan, made, seen, what="Stop drinking altogether.")

    made.refresh_from_db()
    assert (merged.conflicts, made.what) == (("what",), "Stop drinking at home.")


def test_a_step_taken_out_by_one_and_changed_by_the_other_is_a_conflict(plan):
    made, _ = objective(plan)
    seen, diary = seen_of(made), made.steps.order_by("pk").first()

    change(plan, made, seen, removed=[diary.pk])
    _, merged = change(plan, made, seen, steps=[step(id=diary.pk, what="Bring the diary")])

    assert merged.conflicts == (f"step:{diary.pk}",)
    assert made.steps.count() == 1


def test_a_change_asks_the_person_again(case):
    plan = ready_plan(case)
    made = plan.objectives.get()

    change(plan, made, seen_of(made), what="Stop drinking at home.")

    plan.refresh_from_db()
    assert (plan.agreed, plan.agreed_on) == ("", None)


def test_an_objective_saved_as_it_stood_does_not_ask_them_again(case):
    plan = ready_plan(case)
    made = plan.objectives.get()

    change(plan, made, seen_of(made))

    plan.refresh_from_db()
    assert plan.agreed == "yes"


def test_another_contact_level_asks_the_person_again(case):
    plan = ready_plan(case)
    seen = marks(plan.answers, ["contact.level"])

    answer_plan(plan=plan, given={"contact.level": "fortnightly"}, seen=seen, by=None, today=TODAY)

    plan.refresh_from_db()
    assert (plan.agreed, plan.agreed_on) == ("", None)


def test_what_is_not_in_their_copy_does_not_ask_them_again(case):
    plan = ready_plan(case)

    answer_plan(plan=plan, given={"children.asked": "The school."}, seen={}, by=None, today=TODAY)

    plan.refresh_from_db()
    assert plan.agreed == "yes"


def test_another_way_of_delivering_a_requirement_asks_the_person_again(case):
    plan = ready_plan(case)
    key = f"requirement:{plan.deliveries.get().requirement_id}"
    stands = {key: said_of(plan.deliveries.get(), DELIVERY)}
    given = {key: a_plan.DELIVERY | {"how": "In the evening group from June."}}

    save_deliveries(plan=plan, given=given, seen=marks(stands, [key]), by=None, today=TODAY)

    plan.refresh_from_db()
    assert plan.agreed == ""


def test_an_action_that_stood_alone_joins_an_objective_and_runs_on(case, plan):
    alone = add_action(
        case=case, what="Ring the school", by_whom="The officer", by_on=TOMORROW, by=case.officer,
        today=TODAY,
    )  # fmt: skip

    made, _ = objective(plan, steps=[], adopt=[alone.pk])

    alone.refresh_from_db()
    assert (alone.objective, alone.in_draft) == (made, False)
    assert case.deadlines.unmet().filter(action=alone).exists()


def test_an_objective_taken_out_goes_with_its_steps_but_not_with_what_had_joined_it(case, plan):
    alone = add_action(
        case=case, what="Ring the school", by_whom="The officer", by_on=TOMORROW, by=case.officer,
        today=TODAY,
    )  # fmt: skip
    made, _ = objective(plan, adopt=[alone.pk])

    remove_objective(objective=made, by=case.officer, today=TODAY)

    assert list(PlanAction.objects.all()) == [alone]
    assert not plan.objectives.exists()


def test_an_objective_in_force_is_given_up_with_a_note_and_its_clocks_stop(case):
    case.potential_victims.all().delete()
    plan = signed_plan(case)
    one = plan.objectives.get()

    with pytest.raises(RuleBroken, match="why it is given up"):
        give_up_objective(objective=one, because="n/a", by=case.officer, today=TODAY)
    give_up_objective(objective=one, because="He no longer drinks.", by=case.officer, today=TODAY)

    assert {step.dropped_because for step in one.steps.all()} == {"He no longer drinks."}
    assert not case.deadlines.unmet().filter(kind="plan_action").exists()


def test_it_is_not_where_somebody_named_would_be_left_with_nothing(case):
    plan = signed_plan(case)

    with pytest.raises(RuleBroken, match="Dana Quill would be left"):
        give_up_objective(
            objective=plan.objectives.get(), because="He has moved.", by=case.officer, today=TODAY
        )


def test_a_step_of_a_plan_being_written_or_given_up_is_not_said_to_be_done(case):
    plan = ready_plan(case)
    one = plan.objectives.get().steps.first()

    with pytest.raises(RuleBroken, match="not signed yet"):
        finish_action(action=one, note="Done.", by=case.officer, today=TODAY)

    PlanAction.objects.filter(pk=one.pk).update(in_draft=False, dropped_on=TODAY)
    with pytest.raises(RuleBroken, match="given up"):
        finish_action(action=one, note="Done.", by=case.officer, today=TODAY)


# What is said once


def test_an_answer_confirms_what_was_brought_over_and_a_blank_one_takes_it_away(case):
    plan = signed_plan(case)
    plan = begin_plan(case=case, by=case.officer, today=TOMORROW)

    a_plan.answer(plan, TOMORROW, **{"home_visits.answer": "yes", "person.words": " "})

    plan.refresh_from_db()
    assert (plan.carried, plan.answers) == ([], {"home_visits.answer": "yes"})


def test_an_answer_that_both_changed_is_not_overwritten(plan):
    seen = marks({}, ["person.words"])
    by = plan.case.officer
    answer_plan(plan=plan, given={"person.words": "One."}, seen=seen, by=by, today=TODAY)

    done = answer_plan(plan=plan, given={"person.words": "Two."}, seen=seen, by=by, today=TODAY)

    plan.refresh_from_db()
    assert (done.conflicts, plan.answers["person.words"]) == (("person.words",), "One.")


@pytest.mark.parametrize(
    "given", [{"nonsense": "x"}, {"children.answer": "maybe"}, {"children.sources": ["rumour"]}]
)
def test_an_answer_is_one_that_the_question_gives(plan, given):
    with pytest.raises(RuleBroken):
        a_plan.answer(plan, **given)


# Contingencies and deliveries


@pytest.mark.parametrize("box", ["what_if", "then", "by_whom", "by_when"])
def test_a_contingency_says_all_four(plan, box):
    with pytest.raises(RuleBroken, match="Say"):
        save_contingency(
            plan=plan, given=a_plan.CONTINGENCY | {box: "n/a"}, seen={}, by=None, today=TODAY
        )


def test_a_contingency_is_changed_and_taken_out(plan):
    save_contingency(plan=plan, given=a_plan.CONTINGENCY, seen={}, by=None, today=TODAY)
    one = plan.contingencies.get()
    said = said_of(one, CONTINGENCY)

    save_contingency(
        plan=plan, contingency=one, given=said | {"by_when": "Within an hour"},
        seen=marks(said, said), by=None, today=TODAY,
    )  # fmt: skip
    one.refresh_from_db()
    remove_contingency(plan=plan, contingency=one, by=None, today=TODAY)

    assert one.by_when == "Within an hour"
    assert not plan.contingencies.exists()


def test_a_route_says_how(plan):
    key = f"requirement:{plan.deliveries.get().requirement_id}"

    with pytest.raises(RuleBroken, match="Say how this is delivered: Rehabilitation"):
        save_deliveries(
            plan=plan, given={key: a_plan.DELIVERY | {"how": ""}}, seen={}, by=None, today=TODAY
        )


def test_what_is_no_longer_ordered_is_not_delivered(plan):
    with pytest.raises(RuleBroken, match="no longer ordered"):
        save_deliveries(
            plan=plan, given={"requirement:0": a_plan.DELIVERY}, seen={}, by=None, today=TODAY
        )


# Agreement


def agreed(plan, agreed="yes", because="", on=TODAY, today=TODAY):
    return record_agreement(
        plan=plan, agreed=agreed, because=because, on=on, by=plan.case.officer, today=today
    )


def test_that_they_do_not_agree_is_recorded_with_why(plan):
    with pytest.raises(RuleBroken, match="Say why"):
        agreed(plan, "no", "nothing")

    done = agreed(plan, "no", "“I am not going near that place.”")

    assert (done.agreed, done.agreed_on) == ("no", TODAY)


@pytest.mark.parametrize(("on", "words"), [(TOMORROW, "future"), (TODAY - timedelta(1), "before")])
def test_it_is_gone_through_on_a_day_the_plan_was_there(plan, on, words):
    with pytest.raises(RuleBroken, match=words):
        agreed(plan, on=on)


def test_nothing_is_agreed_about_a_plan_that_was_replaced(plan):
    plan.state, plan.signed_at, plan.signed_by = "replaced", "2018-10-01T09:00Z", plan.case.officer
    plan.save()

    with pytest.raises(RuleBroken, match="no longer in force"):
        agreed(plan)


def test_a_case_of_another_is_not_written_on(plan):
    other = CaseFactory()
    foreign = begin_plan(case=other, by=other.officer, today=TODAY)
    made, _ = objective(plan)

    with pytest.raises(RuleBroken, match="taken this objective out"):
        objective(foreign, objective=made)
