from datetime import date, timedelta

import pytest

from cases.models import Case, Deadline, Notice, Registration
from cases.queries.header import case_header
from cases.queries.open_gates import open_gates
from cases.queries.raising import in_force
from cases.reference.checks import CheckKind
from cases.reference.codes import Place, Register, Rosh
from cases.reference.harm import AssessmentState
from cases.reference.information import RaiseKind
from cases.rules.signing import digest
from cases.services.assessments import begin_assessment
from cases.services.policy import assessing_policy
from cases.services.raising import raise_now
from cases.services.signing import countersign_assessment, return_assessment, sign_assessment
from grid.services.placement import place_many
from staff.audit import record
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Action, Role
from tests.cases.answered import HONEST, fill
from tests.factories import (
    NOW,
    TODAY,
    AssessmentFactory,
    EnquiryFactory,
    ImportedAssessmentFactory,
    OffenceFactory,
    OverrideFactory,
    SentenceFactory,
    UserFactory,
    placeable,
)

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
LATER_STILL = NOW + timedelta(hours=2)


@pytest.fixture
def case():
    """At medium, for an assault, with the police answered."""
    case = placeable()
    EnquiryFactory(case=case, analysed=True)
    return case


@pytest.fixture
def senior(case):
    return UserFactory(role=Role.SPO, team=case.team)


def begun(case, **more):
    assessment = begin_assessment(case=case, by=case.officer, today=TODAY, now=NOW)
    return fill(assessment, **more)


def signed(assessment, *, by=None, explained=None, now=LATER, read=""):
    return sign_assessment(
        assessment=assessment,
        explained=explained or {},
        by=by or assessment.case.officer,
        today=TODAY,
        now=now,
        read=read,
    )


def countersigned(assessment, by, now=LATER_STILL):
    return countersign_assessment(assessment=assessment, by=by, today=TODAY, now=now)


def returned(assessment, by, *, question="harm.because", note="Say what has changed.", now=LATER_STILL):  # fmt: skip
    return return_assessment(
        assessment=assessment, question=question, note=note, by=by, today=TODAY, now=now
    )


def waiting(case):
    """Low, with a past assault: signed by the officer, and waiting for the senior."""
    return signed(begun(case, level=Rosh.LOW))


def owes(case, kind):
    return Deadline.objects.unmet().filter(case=case, kind=kind).exists()


def notices(user):
    return list(Notice.objects.filter(user=user).values_list("text", "href"))


# Signing


def test_with_nothing_missing_it_is_in_force_at_once(case):
    assessment = signed(begun(case))

    assessment.refresh_from_db()
    assert (assessment.state, assessment.harm) == (AssessmentState.SIGNED, Rosh.MEDIUM)
    assert (assessment.signed_by, assessment.signed_at) == (case.officer, LATER)
    assert (assessment.completed_on, assessment.countersign_because) == (TODAY, "")


def test_it_takes_the_place_of_the_one_before(case):
    before = AssessmentFactory(case=case, signed=True)

    assessment = signed(begun(case))

    before.refresh_from_db()
    assert before.state == AssessmentState.REPLACED
    assert case.assessments.in_force().get() == assessment


def test_each_open_gate_is_named_in_the_refusal_and_nothing_is_written(case):
    case.enquiries.all().delete()
    assessment = begun(case, without=["harm.reduce", "harm.public.when"])

    with pytest.raises(RuleBroken) as refusal:
        signed(assessment)

    for said in (
        "Police: the check has not been sent",
        "does not say: What makes it less?",
        "Risk of serious harm to the public is medium, and it does not say when.",
    ):
        assert said in str(refusal.value)
    assessment.refresh_from_db()
    assert (assessment.state, assessment.evidence) == (AssessmentState.DRAFT, {})
    assert not Entry.objects.filter(action="signed_assessment").exists()


def test_a_warning_is_cleared_by_a_sentence_that_is_kept(case):
    assessment = begun(case, without=["drugs.current"])

    with pytest.raises(RuleBroken, match="Not scored throughout: drugs"):
        signed(assessment)
    signed(
        assessment, explained={"unscored": "He would not speak of drugs; asked again on Monday."}
    )

    [kept] = assessment.case.assessments.get().evidence["warnings"]
    assert kept == {
        "key": "unscored",
        "sentence": "Not scored throughout: drugs.",
        "said": "He would not speak of drugs; asked again on Monday.",
    }


def test_what_it_rested_on_is_kept(case):
    evidence = signed(begun(case)).evidence

    assert (evidence["rule_version"], evidence["policy_version"]) == (1, 1)
    assert (evidence["gaps"], evidence["overrides"], evidence["warnings"]) == ([], [], [])
    assert (evidence["times_signed"], evidence["times_returned"]) == (1, 0)
    facts = evidence["facts"]
    assert list(facts["patterns"]) == ["violence-not_recorded"]
    assert facts["checks"] == [
        {"kind": "police", "enquiry": case.enquiries.get().pk, "state": "analysed"}
    ]
    assert (facts["level_in_force"], facts["sentence"]) == (Rosh.MEDIUM, case.sentences.get().pk)


def test_one_that_is_signed_is_not_signed_again(case, senior):
    for assessment in (waiting(case), countersigned(case.assessments.get(), senior)):
        with pytest.raises(RuleBroken):
            signed(assessment)


def test_a_case_that_has_left_us_meanwhile_is_not_signed_here(case):
    assessment = begun(case)
    case.retained_by = "Ann Lee, NPS"
    case.save()

    with pytest.raises(RuleBroken, match="not supervised by us"):
        signed(assessment)


# The senior


def test_low_beside_past_behaviour_waits_for_the_senior_who_hears_at_once(case, senior):
    assessment = waiting(case)

    assessment.refresh_from_db()
    assert (assessment.state, assessment.harm) == (AssessmentState.WAITING, "")
    assert "Low, with past behaviour" in assessment.countersign_because
    assert owes(case, "countersign_assessment")
    [(text, href)] = notices(senior)
    assert case.crn in text
    assert href == f"/cases/{case.crn}/assess/countersign/"


def test_countersigned_it_is_in_force(case, senior):
    assessment = countersigned(waiting(case), senior)

    assessment.refresh_from_db()
    assert (assessment.state, assessment.harm) == (AssessmentState.SIGNED, Rosh.LOW)
    assert (assessment.countersigned_by, assessment.completed_on) == (senior, TODAY)
    assert not owes(case, "countersign_assessment")
    told = Notice.objects.get(user=case.officer, text__contains="countersigned and in force")
    assert told.for_information


@pytest.mark.parametrize("opened", [True, False])
def test_it_is_kept_whether_the_senior_had_opened_it(case, senior, opened):
    assessment = waiting(case)
    # The trail bears the database's own time, so the signature is put before it
    if opened:
        record(by=senior, action=Action.VIEW_ASSESSMENT, crn=case.crn)

    assert countersigned(assessment, senior).evidence["countersigner_opened_it"] is opened


def test_nobody_countersigns_their_own(case, senior):
    assessment = signed(begun(case, level=Rosh.LOW), by=senior)

    with pytest.raises(RuleBroken, match="somebody else countersigns"):
        countersigned(assessment, senior)


def test_only_one_that_waits_is_countersigned_or_returned(case, senior):
    assessment = begun(case)

    for act in (countersigned, returned):
        with pytest.raises(RuleBroken, match="not waiting to be countersigned"):
            act(assessment, senior)


def test_what_comes_between_the_two_signatures_shuts_the_gate_again(case, senior):
    assessment = waiting(case)
    EnquiryFactory(case=case, kind=CheckKind.CHILDREN, replied=True, reply="information")

    with pytest.raises(RuleBroken, match="reply of children's social care with information"):
        countersigned(assessment, senior)

    assessment.refresh_from_db()
    assert assessment.state == AssessmentState.WAITING


# Returned


def test_returned_it_leads_the_officer_to_the_question(case, senior):
    given_back = returned(waiting(case), senior)

    assessment = case.assessments.get()
    assert (assessment.state, assessment.signed_by) == (AssessmentState.DRAFT, None)
    assert (given_back.question, given_back.note) == ("harm.because", "Say what has changed.")
    assert owes(case, "put_assessment_right")
    assert not owes(case, "countersign_assessment")
    assert any("was returned" in text for text, _ in notices(case.officer))


@pytest.mark.parametrize(
    ("given", "says"),
    [({"question": "harm.nobody"}, "Choose the question"), ({"note": "  "}, "Say what is missing")],
)
def test_a_return_says_which_question_and_what_is_missing(case, senior, given, says):
    assessment = waiting(case)

    with pytest.raises(RuleBroken, match=says):
        returned(assessment, senior, **given)

    assert not assessment.returns.exists()


def test_the_second_look_is_counted(case, senior):
    returned(waiting(case), senior)

    assessment = signed(case.assessments.get(), now=LATER_STILL + timedelta(hours=1))

    assert assessment.evidence["times_signed"] == 2
    assert assessment.evidence["times_returned"] == 1
    assert assessment.returns.get().answered_at == LATER_STILL + timedelta(hours=1)
    assert not owes(case, "put_assessment_right")
    assert owes(case, "countersign_assessment")


# An override


def approved(assessment, senior, *keys, until=TODAY):
    return OverrideFactory(
        assessment=assessment,
        gaps=list(keys),
        state="approved",
        decided_by=senior,
        decided_at=NOW,
        expires_on=until,
    )


def test_an_override_in_force_lets_it_pass_its_gates_and_is_kept(case, senior):
    assessment = begun(case, without=["harm.reduce"])
    override = approved(assessment, senior, "blank:harm.reduce")

    evidence = signed(assessment).evidence

    assert [one["key"] for one in evidence["gaps"]] == ["blank:harm.reduce"]
    assert [one["override"] for one in evidence["overrides"]] == [override.pk]
    override.refresh_from_db()
    assert override.state == "approved"  # what was missing still is


@pytest.mark.parametrize(
    "key_and_until",
    [("blank:harm.increase", TODAY), ("blank:harm.reduce", TODAY - timedelta(days=1))],
    ids=["of another gate", "run out"],
)
def test_and_no_other(case, senior, key_and_until):
    assessment = begun(case, without=["harm.reduce"])
    key, until = key_and_until
    approved(assessment, senior, key, until=until)

    with pytest.raises(RuleBroken, match="What makes it less"):
        signed(assessment)


def test_nor_one_that_may_never_be_overridden(case, senior):
    assessment = begun(case, without=["screening.indicators"])
    approved(assessment, senior, "screening")

    with pytest.raises(RuleBroken, match="screening"):
        signed(assessment)


def test_nobody_signs_by_an_override_that_they_approved(case, senior):
    assessment = begun(case, without=["harm.reduce"])
    approved(assessment, senior, "blank:harm.reduce")

    with pytest.raises(RuleBroken, match="You approved the override"):
        signed(assessment, by=senior)


def test_a_pattern_that_has_grown_since_is_not_the_one_that_was_approved(case, senior):
    assessment = begun(case)
    key = next(one for one in assessment.answers if one.endswith(".words"))
    del assessment.answers[key]
    assessment.save()
    gap = next(one for one in open_gates(assessment, assessing_policy(TODAY), TODAY))
    OverrideFactory(
        assessment=assessment, gaps=[gap.key], sentences=[gap.sentence], state="approved",
        decided_by=senior, decided_at=NOW, expires_on=TODAY,
    )  # fmt: skip
    OffenceFactory(sentence=case.sentences.get(), main=False, committed_on=date(2016, 5, 4))

    with pytest.raises(RuleBroken, match="2016"):
        signed(assessment)


def test_what_changed_after_it_was_read_is_not_signed(case):
    assessment = begun(case)
    read = digest(assessment.answers)
    assessment.answers["harm.because"] = "Another word, typed by somebody else meanwhile."
    assessment.save()

    with pytest.raises(RuleBroken, match="changed while you were signing"):
        signed(assessment, read=read)


def test_what_has_come_to_be_missing_since_is_kept_with_the_override_that_lets_it_pass(
    case, senior
):
    assessment = signed(begun(case, level=Rosh.LOW))
    del assessment.answers["harm.reduce"]
    assessment.save()
    override = approved(assessment, UserFactory(role=Role.HEAD, team=None), "blank:harm.reduce")

    evidence = countersigned(assessment, senior).evidence

    assert [one["key"] for one in evidence["gaps"]] == ["blank:harm.reduce"]
    assert [one["override"] for one in evidence["overrides"]] == [override.pk]
    override.refresh_from_db()
    assert override.state == "approved"  # what is missing has not come


# What was raised


def raised(case, level=Rosh.HIGH, now=NOW):
    return raise_now(
        case=case,
        kind=RaiseKind.RISK,
        value=level,
        because="A call-out last night.",
        by=case.officer,
        now=now,
    )


def test_signed_after_it_a_rise_is_answered_and_its_clock_met(case):
    rise = raised(case)

    assessment = signed(begun(case, level=Rosh.HIGH))

    rise.refresh_from_db()
    assert (rise.assessed_on, rise.answered_by) == (TODAY, assessment)
    entry = Registration.objects.get(raised=rise)
    assert (entry.active, entry.provisional, entry.ended_on) == (False, False, TODAY)
    assert not owes(case, "assess_after_raise")


def test_a_rise_that_came_after_it_was_signed_stands(case, senior):
    assessment = waiting(case)
    rise = raised(case, now=LATER + timedelta(minutes=1))

    countersigned(assessment, senior)

    rise.refresh_from_db()
    assert rise.assessed_on is None
    assert owes(case, "assess_after_raise")


def test_a_level_below_it_needs_reasons_and_the_senior(case, senior):
    rise = raised(case)

    with pytest.raises(
        RuleBroken, match="High risk was raised, and this says medium without reasons"
    ):
        signed(begun(case, without=["harm.because"]))
    assessment = signed(fill(case.assessments.get()))
    assert assessment.state == AssessmentState.WAITING
    countersigned(assessment, senior)

    rise.refresh_from_db()
    assert rise.answered_by == assessment


def test_a_raised_flag_stays_on_the_register_once_assessed(case):
    EnquiryFactory(case=case, kind=CheckKind.CHILDREN, analysed=True)
    rise = raise_now(
        case=case,
        kind=RaiseKind.FLAG,
        value=Register.WEAPONS,
        because="Seen with a knife.",
        by=case.officer,
        now=NOW,
    )

    signed(begun(case))

    entry = Registration.objects.get(raised=rise)
    assert (entry.active, entry.provisional) == (True, False)


# The GRID


def sweep():
    """As it does each minute, of the cases whose facts have changed."""
    changed = Case.objects.facts_changed().values_list("pk", flat=True)
    place_many(case_ids=list(changed), today=TODAY, changed=True)


def test_the_sweep_reads_a_signed_level_within_its_next_turn(case):
    sweep()

    signed(begun(case, level=Rosh.HIGH))
    sweep()

    case.standing.refresh_from_db()
    assert (case.standing.place, case.standing.harm) == (Place.ESCALATE, Rosh.HIGH)
    assert owes(case, "escalate_risk")


def test_a_level_that_only_waits_changes_nothing(case, senior):
    case.registrations.update(started_on=TODAY - timedelta(days=1))  # of one day, the higher holds
    sweep()
    assessment = waiting(case)

    sweep()
    case.refresh_from_db()
    assert case.standing.harm == Rosh.MEDIUM

    countersigned(assessment, senior)
    sweep()
    case.standing.refresh_from_db()
    assert (case.standing.harm, case.standing.group) == (Rosh.LOW, "L50")


def test_a_lower_level_than_the_one_in_force_waits_for_the_senior(case):
    ImportedAssessmentFactory(case=case, harm=Rosh.HIGH, completed_on=TODAY)

    assessment = signed(begun(case))

    assert "Medium is lower than the level in force, high." in assessment.countersign_because


def test_the_strip_and_what_may_be_raised_go_by_it_at_once(case):
    signed(begun(case, level=Rosh.HIGH))

    strip = " ".join(fact.lead for fact in case_header(case, case.officer, TODAY).facts)
    assert "High risk" in strip
    assert in_force(case).level == Rosh.HIGH


# Text that stood before the offence


def test_text_from_before_the_current_offence_is_asked_about(case):
    AssessmentFactory(
        case=case,
        signed=True,
        completed_on=TODAY - timedelta(days=400),
        answers={"drugs.notes": HONEST},
    )
    assessment = begun(case, **{"drugs.notes": HONEST.upper()})

    with pytest.raises(RuleBroken, match="1 text as before the current offence"):
        signed(assessment)


def test_text_of_an_assessment_of_this_offence_is_not(case):
    AssessmentFactory(case=case, signed=True, answers={"drugs.notes": HONEST})

    assert signed(begun(case, **{"drugs.notes": HONEST})).state == AssessmentState.SIGNED


def test_forty_convictions_with_one_pattern_are_three_things_to_answer(case):
    for number in range(40):
        sentence = SentenceFactory(
            case=case, active=False, convicted_on=TODAY - timedelta(days=300 * (number + 1))
        )
        OffenceFactory(sentence=sentence)

    assessment = begun(case)

    asked = {code.rsplit(".", 1)[0] for code in assessment.answers if code.startswith("pattern.")}
    assert len(asked) <= 3
    assert signed(assessment).state == AssessmentState.SIGNED
