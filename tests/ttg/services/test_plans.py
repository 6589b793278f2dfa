"""Resettlement plans begun, written, signed and replaced; what they say of risk, and the needs they find."""

from datetime import timedelta

import pytest

from cases.models import Deadline
from cases.reference.holding import LeftAs
from staff.errors import RuleBroken
from staff.models import Entry
from staff.rules.merging import marks
from tests.factories import NOW, TODAY, CustodyFactory, ResettlementPlanFactory
from tests.ttg.a_plan import make_whole
from ttg.models import Need, ResettlementPlan, RiskItem
from ttg.queries.plans import risk_items_of
from ttg.reference.custody import Agreed, PlanKind, PlanState, RiskAnswer
from ttg.reference.referrals import NeedState
from ttg.rules.plans import TO_CONFIRM
from ttg.services.plans import (
    begin_plan,
    give_up_plan,
    mark_of,
    sign_plan,
    view_of,
    write_answers,
    write_person_view,
)
from ttg.services.risk_items import answer_risk_item

pytestmark = pytest.mark.django_db
NO = {"said": "no"}
HURT = {"said": "yes", "words": "Cut his arm in August", "does": "Seen each Monday by the nurse"}


@pytest.fixture
def custody():
    return CustodyFactory(
        received_on=TODAY - timedelta(days=8),
        screened_on=TODAY - timedelta(days=6),
        release_on=TODAY + timedelta(days=200),
    )


@pytest.fixture
def plan(custody):
    return begin_plan(custody=custody, by=custody.case.officer, today=TODAY)


def write(plan, given, pathway="money", seen=None, **more):
    by = plan.custody.case.officer
    return write_answers(plan=plan, pathway=pathway, given=given, seen=seen or {}, by=by, today=TODAY, **more)  # fmt: skip


def sign(plan, explained=None, read=""):
    by = plan.custody.case.officer
    return sign_plan(plan=plan, explained=explained or {}, read=read, by=by, now=NOW)


def test_one_is_begun_in_prison_and_one_at_a_time(custody, plan):
    assert (plan.kind, plan.state) == (PlanKind.IMMEDIATE, PlanState.DRAFT)
    assert Entry.objects.filter(action="began_resettlement_plan", by=custody.case.officer).exists()
    with pytest.raises(RuleBroken, match="being written already"):
        begin_plan(custody=custody, by=custody.case.officer, today=TODAY)
    out = CustodyFactory(released_on=TODAY)
    with pytest.raises(RuleBroken, match="not in prison"):
        begin_plan(custody=out, by=out.case.officer, today=TODAY)


@pytest.mark.parametrize(
    "act",
    [
        lambda plan: write(plan, {"money.bank": NO}),
        lambda plan: sign(plan),
        lambda plan: write_person_view(
            plan=plan, own_words="", strengths="", agreed="agreed", agreed_because="", seen={}, by=plan.begun_by
        ),
    ],
)  # fmt: skip
def test_nothing_is_written_of_somebody_who_has_left_us_or_once_it_is_signed(plan, act):
    sign(make_whole(plan))
    with pytest.raises(RuleBroken, match="is signed"):
        act(plan)
    other = begin_plan(custody=plan.custody, by=plan.begun_by, today=TODAY)
    other.custody.case.left_as = LeftAs.ENDED
    other.custody.case.save()
    with pytest.raises(RuleBroken):
        act(other)


def test_answers_are_put_in_place_by_their_part_and_a_blank_takes_one_away(plan):
    write(plan, {"money.bank": NO, "money.debts": NO})
    plan.refresh_from_db()
    write(plan, {"money.debts": None}, seen=marks(plan.answers, plan.answers))

    plan.refresh_from_db()
    assert plan.answers == {"money.bank": {"said": "no", "source": "person", "on": "2018-10-01"}}
    assert plan.version == 2
    with pytest.raises(RuleBroken, match="not a question of this part"):
        write(plan, {"home.others": NO})


def test_what_two_people_answer_otherwise_is_shown_and_not_overwritten(plan):
    write(plan, {"money.bank": NO})

    outcome = write(plan, {"money.bank": {"said": "yes"}, "money.debts": NO})

    plan.refresh_from_db()
    assert set(outcome.conflicts) == {"money.bank"}
    assert plan.answers["money.bank"]["said"] == "no"


def test_it_is_refused_while_a_yes_to_self_harm_has_no_action_and_signed_once_it_has(plan):
    make_whole(plan, health__self_harm={"said": "yes"})
    with pytest.raises(RuleBroken, match="Say what is done about it"):
        sign(plan)

    make_whole(plan, health__self_harm=HURT)
    signed = sign(plan)

    assert signed.state == PlanState.SIGNED
    assert signed.evidence["warnings"] == []
    item = RiskItem.objects.get(plan=signed)
    assert (item.question, item.answer) == ("health.self_harm", RiskAnswer.WAITING)
    assert "Cut his arm in August" in item.words
    assert Deadline.objects.unmet().filter(kind="answer_risk_items").exists()
    assert not Deadline.objects.unmet().filter(kind="resettlement_plan").exists()


def test_a_warning_is_cleared_by_a_sentence_that_is_kept_with_it(plan):
    make_whole(plan)
    plan.strengths = ""
    plan.save()
    with pytest.raises(RuleBroken):
        sign(plan)

    signed = sign(plan, {"strengths": "He would not name any today; asked again on Friday."})

    assert signed.evidence["warnings"][0]["said"].startswith("He would not name any")


def test_a_signature_on_what_was_not_read_is_refused(plan):
    read = mark_of(make_whole(plan))
    write(plan, {"money.debts": {"said": "yes"}}, seen=marks(plan.answers, plan.answers))

    with pytest.raises(RuleBroken):
        sign(plan, read=read)


def test_needs_are_found_by_the_signature_and_not_again_by_the_next_plan(plan):
    sign(make_whole(plan, money__bank=NO, substances__drugs={"said": "now"}))
    found = Need.objects.filter(custody=plan.custody)
    assert set(found.values_list("code", flat=True)) >= {"money.bank", "substances.drugs"}
    before = found.count()
    found.filter(code="money.bank").update(state=NeedState.MET, because="Opened", settled_on=TODAY)

    after = begin_plan(custody=plan.custody, by=plan.begun_by, today=TODAY)
    assert all(one[TO_CONFIRM] for one in after.answers.values())
    sign(make_whole(after, money__bank=NO, substances__drugs={"said": "now"}))

    assert found.count() == before
    plan.refresh_from_db()
    assert plan.state == PlanState.REPLACED
    assert plan.answers["money.bank"]["said"] == "no"


def test_what_the_plan_before_said_is_confirmed_with_a_tick(plan):
    sign(make_whole(plan))
    after = begin_plan(custody=plan.custody, by=plan.begun_by, today=TODAY)

    write(after, {}, confirms=["money.bank"])

    after.refresh_from_db()
    assert TO_CONFIRM not in after.answers["money.bank"]
    assert after.answers["money.debts"][TO_CONFIRM]


def test_the_officer_accepts_or_changes_each_risk_once_and_the_plan_keeps_its_words(plan):
    sign(make_whole(plan, health__self_harm=HURT, family__threat={"said": "yes"}))
    officer = plan.custody.case.officer
    first, second = RiskItem.objects.order_by("pk")
    answer_risk_item(item=first, answer=RiskAnswer.ACCEPTED, amended="", by=officer, now=NOW)
    assert Deadline.objects.unmet().filter(kind="answer_risk_items").exists()
    words = "The threat is over: the man is in prison himself."
    answer_risk_item(item=second, answer=RiskAnswer.AMENDED, amended=words, by=officer, now=NOW)

    second.refresh_from_db()
    assert (second.amended, second.answered_by) == (words, officer)
    assert not Deadline.objects.unmet().filter(kind="answer_risk_items").exists()
    with pytest.raises(RuleBroken, match="answered already"):
        answer_risk_item(item=second, answer=RiskAnswer.ACCEPTED, amended="", by=officer, now=NOW)


def test_a_risk_in_the_same_words_is_not_asked_about_again_and_one_that_changed_is(plan):
    officer = plan.begun_by
    sign(make_whole(plan, health__self_harm=HURT, family__threat={"said": "yes"}))
    for one in RiskItem.objects.all():
        answer_risk_item(item=one, answer=RiskAnswer.ACCEPTED, amended="", by=officer, now=NOW)
    after = begin_plan(custody=plan.custody, by=officer, today=TODAY)
    worse = HURT | {"words": "Cut his arm in August, and again on Sunday"}
    signed = sign(make_whole(after, health__self_harm=worse, family__threat={"said": "yes"}))

    shown = {one.question: one.answer for one in risk_items_of(signed)}
    assert shown == {"health.self_harm": "waiting", "family.threat": "accepted"}


def test_not_agreeing_is_kept_with_its_reason(plan):
    stands = view_of(plan)
    said = {"own_words": "Leave me alone.", "strengths": "Cooks", "agreed": Agreed.REFUSED, "by": plan.begun_by}  # fmt: skip
    because = " He says nobody asked about his mother "

    written = write_person_view(
        plan=plan, agreed_because=because, seen=marks(stands, stands), **said
    )
    unseen = write_person_view(plan=plan, agreed_because="Somebody else", seen={}, **said)

    plan.refresh_from_db()
    assert (len(written.write), len(written.conflicts)) == (4, 0)
    assert unseen.conflicts == ("agreed_because",)
    assert plan.agreed_because == "He says nobody asked about his mother"
    with pytest.raises(RuleBroken, match="whether they agree"):
        write_person_view(
            plan=plan, own_words="", strengths="", agreed="x", agreed_because="", seen={}, by=plan.begun_by
        )  # fmt: skip


def test_the_plan_of_an_earlier_stay_stays_visible_and_is_copied_forward(custody):
    sign(make_whole(begin_plan(custody=custody, by=custody.case.officer, today=TODAY)))
    custody.released_on = TODAY
    custody.save()
    again = CustodyFactory(case=custody.case, received_on=TODAY, release_on=TODAY + timedelta(28))

    after = begin_plan(custody=again, by=custody.case.officer, today=TODAY)

    assert after.kind == PlanKind.MERGED
    assert after.answers["money.bank"][TO_CONFIRM]
    assert ResettlementPlan.objects.in_force().get().custody == custody


def test_a_draft_of_another_case_is_not_touched(plan):
    other = ResettlementPlanFactory()

    write(plan, {"money.bank": NO})

    other.refresh_from_db()
    assert other.answers == {}


def test_one_being_written_is_given_up_and_what_was_answered_stays_in_its_history(plan, custody):
    write(plan, {"money.bank": NO})

    give_up_plan(plan=plan, by=custody.case.officer, today=TODAY)

    assert not custody.plans.exists()
    kept = ResettlementPlan.pgh_event_model.objects.filter(pgh_obj_id=plan.pk, pgh_label="delete")
    assert kept.get().answers["money.bank"]["said"] == "no"
    [entry] = Entry.objects.filter(action="gave_up_resettlement_plan")
    assert (entry.crn, entry.by, entry.detail) == (custody.case.crn, custody.case.officer, {"plan": plan.pk, "answered": 1})  # fmt: skip
    assert begin_plan(custody=custody, by=custody.case.officer, today=TODAY).answers == {}


def test_the_plan_in_force_outlives_the_draft_that_is_given_up_and_is_never_given_up_itself(plan, custody):  # fmt: skip
    make_whole(plan, TODAY)
    signed = sign(plan)
    needs = Need.objects.count()
    draft = begin_plan(custody=custody, by=custody.case.officer, today=TODAY)

    give_up_plan(plan=draft, by=custody.case.officer, today=TODAY)

    assert custody.plans.get() == signed
    assert Need.objects.count() == needs
    with pytest.raises(RuleBroken, match="is signed"):
        give_up_plan(plan=signed, by=custody.case.officer, today=TODAY)
