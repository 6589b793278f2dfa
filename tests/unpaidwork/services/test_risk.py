from datetime import timedelta

import pytest

from cases.models import Deadline, Disability, Enquiry
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Role
from staff.rules.merging import marks
from tests.factories import (
    NOW,
    TODAY,
    CaseFactory,
    EnquiryFactory,
    OverrideFactory,
    RegistrationFactory,
    RelatedPersonFactory,
    RestrictionFactory,
    UserFactory,
    WorkFactory,
)
from tests.unpaidwork.a_risk import answers_for, cleared, signed_risk
from unpaidwork.models import WorkRisk
from unpaidwork.queries.gate import shut_for
from unpaidwork.reference.risk import Choice, RiskState
from unpaidwork.reference.risk_questions import WOMEN_CHOICE, RiskPart
from unpaidwork.services.risk import answer_risk, begin_risk, drop_risk, sign_risk
from unpaidwork.services.risk_owed import owe_work_risk, owe_work_risk_chunk

pytestmark = pytest.mark.django_db
NO = {"said": "no", "source": "Alan, at the office", "on": "2018-09-28"}
YES = NO | {"said": "yes", "words": "Two fights in the street in 2016, drunk."}
VIOLENCE = "harm.violence"
DAY = timedelta(days=1)


@pytest.fixture
def case():
    """A man with unpaid work to be done."""
    return WorkFactory(case_of=CaseFactory(sex="M")).case


def begun(case):
    return begin_risk(case=case, by=case.officer, today=TODAY)


def answer(risk, given, seen=None, **more):
    part = more.pop("part", RiskPart.HARM)
    by = more.pop("by", risk.case.officer)
    return answer_risk(
        risk=risk, part=part, given=given, seen=seen or {}, by=by, today=TODAY, **more
    )


def whole(risk):
    risk.answers = answers_for(risk.case)
    risk.save()
    return risk


def signed(risk, now=NOW):
    return sign_risk(risk=risk, by=risk.case.officer, now=now)


def owed(case):
    return set(Deadline.objects.unmet().filter(case=case).values_list("kind", flat=True)) & {
        "assess_work_risk",
        "renew_work_risk",
    }


# Beginning


def test_what_the_record_knows_is_filled_in_to_be_confirmed(case):
    RegistrationFactory(case=case, type_code="ARSO")

    risk = begun(case)

    assert risk.answers["harm.sexual"]["to_confirm"]
    assert risk.answers["harm.sexual"]["source"] == "Register"
    assert VIOLENCE not in risk.answers


def test_agencies_that_were_never_asked_are_asked_because_of_unpaid_work(case):
    begun(case)

    assert list(Enquiry.objects.filter(case=case).values_list("kind", "because")) == [
        ("police", "unpaid_work")
    ]


def test_one_that_was_asked_since_the_sentence_is_not_asked_again(case):
    EnquiryFactory(case=case, analysed=True)

    begun(case)

    assert case.enquiries.count() == 1


@pytest.mark.parametrize(
    ("stands", "days", "asked"),
    [("sent", ("triggered_on", "sent_on"), []), ("replied", ("triggered_on", "sent_on", "replied_on"), ["police"])],
)  # fmt: skip
def test_of_one_asked_before_the_sentence_the_answer_is_waited_for_and_one_that_came_is_asked_anew(
    case, stands, days, asked
):
    before = case.sentences.get().convicted_on - 7 * DAY
    EnquiryFactory(case=case, kind="police", **{stands: True}, **dict.fromkeys(days, before))
    known = set(Enquiry.objects.values_list("pk", flat=True))

    begun(case)

    police = case.enquiries.filter(kind="police").exclude(pk__in=known)
    assert list(police.values_list("kind", flat=True)) == asked


def test_of_somebody_the_nps_manages_we_ask_nobody(case):
    case.retained_by = "Bridget Cavanagh"
    case.save()

    risk = begun(case)

    assert risk.state == RiskState.DRAFT
    assert not case.enquiries.exists()


def test_there_is_nothing_to_assess_without_work_and_only_one_is_written_at_a_time(case):
    begun(case)

    with pytest.raises(RuleBroken, match="is being written"):
        begun(case)
    with pytest.raises(RuleBroken, match="No unpaid work"):
        begun(CaseFactory())


def test_the_one_in_force_is_carried_over_to_be_confirmed(case):
    signed_risk(case)

    risk = begun(case)

    assert risk.answers[VIOLENCE] == answers_for(case)[VIOLENCE] | {"to_confirm": True}
    assert "motivation.willing" not in risk.answers


# Answering


def test_answers_are_kept_and_a_blank_takes_one_away(case):
    risk = begun(case)

    answer(risk, {VIOLENCE: YES})
    risk.refresh_from_db()
    kept = dict(risk.answers)
    answer(risk, {VIOLENCE: None}, seen=marks(kept, [VIOLENCE]))

    risk.refresh_from_db()
    assert kept == {VIOLENCE: YES}
    assert risk.answers == {}


def test_two_people_do_not_overwrite_each_other(case):
    risk, other = begun(case), UserFactory(team=case.team)
    drawn = marks(risk.answers, [VIOLENCE, "harm.hate"])
    answer(risk, {VIOLENCE: YES, "harm.hate": None}, drawn, by=other)

    outcome = answer(risk, {VIOLENCE: NO, "harm.hate": NO}, drawn)

    risk.refresh_from_db()
    assert outcome.conflicts == (VIOLENCE,)
    assert risk.answers == {VIOLENCE: YES, "harm.hate": NO}


def test_what_was_filled_in_is_confirmed_without_being_typed_again(case):
    RegistrationFactory(case=case, type_code="WEAP")
    risk = begun(case)

    answer(risk, {}, confirms=["harm.weapons"])

    risk.refresh_from_db()
    assert "to_confirm" not in risk.answers["harm.weapons"]
    assert risk.answers["harm.weapons"]["said"] == "yes"


def test_her_choice_is_kept_where_matching_reads_it():
    risk = begun(WorkFactory(case_of=CaseFactory(sex="F")).case)

    answer(risk, {WOMEN_CHOICE: NO | {"said": "women_only"}}, part=RiskPart.DIVERSITY)

    risk.refresh_from_db()
    assert risk.women_choice == Choice.WOMEN_ONLY


def test_the_address_of_somebody_else_is_refused(case):
    RelatedPersonFactory(case=case, address="4 Nightingale Road, Oxford", postcode="OX4 1ZZ")
    risk = begun(case)

    with pytest.raises(RuleBroken, match="as a restriction"):
        answer(risk, {VIOLENCE: YES | {"words": "Goes to 4 Nightingale Rd when he drinks."}})


def test_one_that_is_signed_is_never_changed(case):
    risk = signed_risk(case)

    for change in (lambda: answer(risk, {VIOLENCE: YES}), lambda: signed(risk)):
        with pytest.raises(RuleBroken, match="is signed"):
            change()
    risk.refresh_from_db()
    assert risk.answers == answers_for(case)


# Signing


def test_it_is_refused_while_anything_is_still_to_do(case):
    with pytest.raises(RuleBroken, match="Not answered: Is there violence"):
        signed(begun(case))


def test_signed_it_is_in_force_for_as_long_as_the_policy_says_with_what_it_rests_on(case):
    RestrictionFactory(case=case)
    former = signed_risk(case)

    risk = signed(whole(begun(case)))

    former.refresh_from_db()
    restriction = case.restrictions.get()
    assert (risk.state, former.state) == (RiskState.SIGNED, RiskState.REPLACED)
    assert risk.good_until == TODAY + 182 * DAY
    assert risk.evidence == {
        "facts": {f"restriction-{restriction.pk}": "Restraining order: see the restrictions"},
        "rules": 1,
        "gate_rules": 1,
        "policy": 1,
        "follows": former.pk,
    }
    assert Entry.objects.filter(action="signed_work_risk", crn=case.crn, by=case.officer).exists()


def test_signing_it_opens_the_gate_and_closes_the_override_that_stood_for_it(case):
    EnquiryFactory(case=case, analysed=True)
    override = OverrideFactory(
        case=case, assessment=None, act="allocation", gaps=["risk"], state="approved",
        decided_by=UserFactory(role=Role.SPO),
    )  # fmt: skip
    risk = whole(begun(case))

    signed(risk)

    override.refresh_from_db()
    assert override.state == "closed"
    assert shut_for(case, TODAY) == []


def test_given_up_it_is_gone_and_what_was_owed_is_owed_still(case):
    owe_work_risk(case_ids=[case.pk], by=None, today=TODAY)

    drop_risk(risk=begun(case), by=case.officer, today=TODAY)

    assert not WorkRisk.objects.exists()
    assert owed(case) == {"assess_work_risk"}


# What is owed


def test_each_night_the_first_is_owed_and_signing_it_meets_it_at_once(case):
    owe_work_risk_chunk(after=0, today=TODAY)
    first = owed(case)

    signed(whole(begun(case)))

    assert first == {"assess_work_risk"}
    assert owed(case) == set()
    assert Deadline.objects.get(kind="assess_work_risk").void is False


def test_what_changed_since_owes_it_anew_and_says_what(case):
    signed_risk(case)
    Disability.objects.create(case=case, code="M1", name="Mental health condition")

    owe_work_risk(case_ids=[case.pk], by=None, today=TODAY)

    deadline = Deadline.objects.get(kind="renew_work_risk")
    assert deadline.why == "New since it was signed: Mental health condition"


def test_what_is_owed_no_longer_is_void(case):
    owe_work_risk(case_ids=[case.pk], by=None, today=TODAY)
    case.works.update(state="ended", state_because="Revoked")

    owe_work_risk_chunk(after=0, today=TODAY + DAY)

    assert owed(case) == set()
    assert Deadline.objects.get(kind="assess_work_risk").void


def test_an_imported_case_owes_none_before_it_is_taken_up():
    case = WorkFactory(case_of=CaseFactory(imported=True)).case

    owe_work_risk_chunk(after=0, today=TODAY)
    before = owed(case)
    case.taken_up_on = TODAY
    case.save()
    owe_work_risk_chunk(after=0, today=TODAY)

    assert (before, owed(case)) == (set(), {"assess_work_risk"})


def test_the_night_closes_an_override_whose_gate_has_opened():
    case = cleared()
    override = OverrideFactory(
        case=case, assessment=None, act="allocation", gaps=["analysis"], state="approved",
        decided_by=UserFactory(role=Role.SPO),
    )  # fmt: skip

    counts = owe_work_risk_chunk(after=0, today=TODAY)

    override.refresh_from_db()
    assert counts == (None, {"owed": 0, "closed": 1})
    assert override.state == "closed"


def test_a_night_of_many_takes_as_many_statements_as_of_one(django_assert_max_num_queries):
    few = [WorkFactory().case.pk]
    many = [WorkFactory().case.pk for _ in range(20)]
    owe_work_risk(case_ids=few, by=None, today=TODAY)

    with django_assert_max_num_queries(60) as of_few:
        owe_work_risk(case_ids=few, by=None, today=TODAY)
    owe_work_risk(case_ids=many, by=None, today=TODAY)
    with django_assert_max_num_queries(60) as of_many:
        owe_work_risk(case_ids=many, by=None, today=TODAY)

    assert len(of_many) == len(of_few)


def test_one_that_was_given_up_takes_no_answer_any_more(case):
    risk = begun(case)
    drop_risk(risk=WorkRisk.objects.get(), by=case.officer, today=TODAY)

    with pytest.raises(RuleBroken, match="given up"):
        answer(risk, {VIOLENCE: YES})
