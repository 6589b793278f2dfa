from datetime import timedelta

import pytest

from cases.models import Circumstance, Disability, NonAssociation, Registration
from cases.reference.overrides import OverrideState
from cases.rules.gaps import gates
from staff.permissions import Role
from tests.factories import (
    TODAY,
    CaseFactory,
    EnquiryFactory,
    InstructionFactory,
    OffenceFactory,
    OverrideFactory,
    PersonFactory,
    RegistrationFactory,
    RestrictionFactory,
    SentenceFactory,
    UserFactory,
    WorkFactory,
)
from tests.unpaidwork.a_risk import cleared, signed_risk
from unpaidwork.queries.gate import (
    found_for,
    found_for_each,
    gate_facts,
    is_woman,
    passed_by,
    shut_for,
)
from unpaidwork.queries.on_record import record_of
from unpaidwork.queries.workers import workers_of
from unpaidwork.reference.risk_questions import WOMEN_CHOICE
from unpaidwork.rules.risk import asked_of

pytestmark = pytest.mark.django_db


def disabled(case):
    return Disability.objects.create(case=case, code="M1", name="Mental health condition")


def kept_apart(case):
    return NonAssociation.objects.create(
        one=case, other=CaseFactory(), why="One attacked the other", from_on=TODAY
    )


def keys(case):
    return [one.key for one in shut_for(case, TODAY)]


def sentences(case):
    return " ".join(one.sentence for one in shut_for(case, TODAY))


def test_a_case_with_everything_there_may_be_allocated():
    assert found_for(cleared(), TODAY) == []


def test_a_case_that_has_only_come_may_not():
    work = WorkFactory()

    assert keys(work.case) == ["risk", "check:police"]


def test_a_stand_alone_order_with_violence_is_refused_until_the_full_analysis_is_signed():
    case = cleared()
    OffenceFactory(sentence=case.sentences.get(), code="00801", committed_on=TODAY)
    case.work_risks.all().delete()
    signed_risk(case)
    case.assessments.all().delete()

    assert keys(case) == ["analysis"]
    assert sentences(case) == (
        "The full analysis of risk of serious harm is not signed, and the record shows wounding."
    )


def test_an_assessment_that_skipped_the_full_analysis_does_not_count():
    case = cleared()
    OffenceFactory(sentence=case.sentences.get(), code="00801", committed_on=TODAY)
    case.work_risks.all().delete()
    signed_risk(case)
    case.assessments.update(answers={"harm.increase": "n/a"})

    assert keys(case) == ["analysis"]


def test_a_registered_sex_offender_without_any_code_for_the_supervisor_is_refused():
    case = cleared()
    case.work_risks.all().delete()
    RegistrationFactory(case=case, type_code="ARSO", type_name="Registered Sex Offender")
    signed_risk(case)

    (gap,) = shut_for(case, TODAY)

    assert (gap.key, gap.may_override) == ("instruction:0", False)
    assert "egistered sex offender" in gap.sentence


def test_once_its_instruction_is_written_the_sex_offender_may_be_allocated():
    case = cleared()
    case.work_risks.all().delete()
    registration = RegistrationFactory(case=case, type_code="ARSO")
    InstructionFactory(registration=registration)
    signed_risk(case)

    assert keys(case) == []


@pytest.mark.parametrize(
    "add",
    [
        lambda case: RegistrationFactory(case=case, type_code="ALSH"),
        lambda case: RestrictionFactory(case=case),
        disabled,
        lambda case: Circumstance.objects.create(case=case, type_code="PM", type_name="Pregnancy"),
        lambda case: OffenceFactory(sentence=case.sentences.get(), code="05600"),
        kept_apart,
    ],
    ids=["a register", "an order", "a disability", "a circumstance", "an offence", "a conflict"],
)
def test_what_comes_on_the_record_after_it_was_signed_reopens_the_gate(add):
    case = cleared()

    add(case)

    assert "risk_changed" in keys(case)


def test_an_extract_that_brings_the_same_in_again_reopens_nothing():
    case = cleared()
    case.work_risks.all().delete()
    disabled(case)
    signed_risk(case)
    case.disabilities.all().delete()

    disabled(case)

    assert keys(case) == []


def test_terms_that_nobody_has_seen_stand_in_the_way():
    case = cleared()
    case.work_risks.all().delete()
    registration = RegistrationFactory(case=case, type_code="RSTO")
    InstructionFactory(registration=registration)
    signed_risk(case)

    found = {one.key: one for one in shut_for(case, TODAY)}

    assert not found["terms:0"].may_override


def test_an_enquiry_that_is_open_stands_in_the_way_although_an_earlier_one_is_analysed():
    case = cleared()
    open_one = EnquiryFactory(case=case, kind="court_terms", sent=True)

    (gap,) = shut_for(case, TODAY)

    assert (gap.key, gap.check) == ("check:court_terms", open_one.pk)


def test_what_the_signed_assessment_itself_says_forces_the_full_analysis():
    case = cleared()
    risk = case.work_risks.get()
    risk.answers["harm.weapons"] |= {"said": "yes", "words": "Carried a knife to school."}
    risk.save()
    case.assessments.all().delete()

    assert sentences(case).endswith("the record shows weapons.")


def test_a_victim_of_abuse_is_no_sign_of_harm_by_them():
    case = cleared()
    case.assessments.all().delete()
    RegistrationFactory(case=case, type_code="IMAR", part="at_risk")

    assert gate_facts([case], TODAY)[case.pk].signs == ()


def test_an_override_lets_others_pass_and_not_whoever_approved_it():
    case, senior = cleared(), UserFactory(role=Role.SPO)
    case.work_risks.update(good_until=TODAY - timedelta(days=1))
    found = found_for(case, TODAY)
    OverrideFactory(
        case=case,
        assessment=None,
        act="allocation",
        gaps=[found[0].key],
        sentences=[found[0].sentence],
        state=OverrideState.APPROVED,
        decided_by=senior,
        expires_on=TODAY,
    )

    assert gates(passed_by(case, found, case.officer, TODAY)) == []
    assert passed_by(case, found, senior, TODAY) == found
    assert passed_by(case, found, case.officer, TODAY + timedelta(days=1)) == found


def test_an_override_of_another_act_lets_nobody_pass():
    case = cleared()
    case.work_risks.update(good_until=TODAY - timedelta(days=1))
    found = found_for(case, TODAY)
    assessment = case.assessments.get()
    OverrideFactory(
        assessment=assessment,
        gaps=[found[0].key],
        sentences=[found[0].sentence],
        state=OverrideState.APPROVED,
        decided_by=UserFactory(),
    )

    assert passed_by(case, found, case.officer, TODAY) == found


def make_many(number):
    cases = []
    for _ in range(number):
        case = cleared()
        RegistrationFactory(case=case, type_code="ARSO")
        disabled(case)
        RestrictionFactory(case=case)
        OffenceFactory(sentence=case.sentences.get(), code="00801", main=False)
        cases.append(case)
    return cases


def test_the_gate_of_many_takes_as_many_statements_as_of_one(django_assert_max_num_queries):
    few, many = make_many(1), make_many(20)
    found_for_each(few, TODAY)

    with django_assert_max_num_queries(45) as of_few:
        found_for_each(few, TODAY)
    with django_assert_max_num_queries(45) as of_many:
        found_for_each(many, TODAY)

    assert len(of_many) == len(of_few)


def test_what_is_on_record_says_who_said_so_and_names_nobody():
    case = SentenceFactory().case
    Registration.objects.all().delete()
    RegistrationFactory(case=case, type_code="WEAP", started_on=TODAY, notes="Threatened Bea")

    (one,) = record_of([case], TODAY)[case.pk]

    assert (one.question, one.words, one.source, one.on) == (
        "harm.weapons",
        "On the register: Weapons",
        "Register",
        TODAY,
    )


def test_a_level_of_harm_answers_no_question_and_reopens_the_gate_when_it_changes():
    case = cleared()
    RegistrationFactory(case=case, type_code="RMRH", started_on=TODAY)

    found = [one for one in record_of([case], TODAY)[case.pk] if "serious harm" in one.words]

    assert [(one.question, one.said, one.counts) for one in found] == [("harm.other", "", True)]
    assert "risk_changed" in keys(case)


@pytest.mark.parametrize(
    ("sex", "identity", "asked"),
    [("F", "", True), ("M", "GIF", True), ("M", "Female", True), ("U", "", True), ("M", "", False)],
)
def test_whoever_counts_as_a_woman_on_a_site_is_asked_whom_she_would_work_with(
    sex, identity, asked
):
    case = CaseFactory(sex=sex)
    if identity:
        PersonFactory(case=case, gender_identity=identity)

    codes = {one.code for one in asked_of(woman=is_woman(case), retained=False)}

    assert (WOMEN_CHOICE in codes) == asked
    assert asked or not workers_of([case.pk], TODAY)[case.pk].woman
