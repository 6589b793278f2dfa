from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.reference.checks import CheckKind, EnquiryState
from cases.reference.restrictions import ORDER_REGISTERS
from cases.rules.assessing_facts import Required
from cases.rules.gaps import Weight, gates
from unpaidwork.rules.gate import (
    CHILDREN,
    REVIEWED_BEFORE,
    SEXUAL,
    Facts,
    OnRecord,
    Registered,
    Sign,
    SignedRisk,
    case_gate,
    changed_since,
)

TODAY = date(2018, 10, 1)
DAY = timedelta(days=1)
SIGNED = SignedRisk(good_until=TODAY, nps_told=True, nps_analysed=True, nps_checked=True)
CLEAR = Facts(risk=SIGNED, required=(Required(CheckKind.POLICE, 1, EnquiryState.ANALYSED),))
WOUNDING = Sign("offence-1", "wounding", date(2016, 5, 3))


def found(facts, **changed):
    return case_gate(replace(facts, **changed), TODAY)


def keys(facts=CLEAR, **changed):
    return [one.key for one in gates(found(facts, **changed))]


def test_with_everything_there_nothing_stands_in_the_way():
    assert found(CLEAR) == []


def test_nobody_is_placed_before_a_risk_assessment_is_signed():
    (gap,) = found(CLEAR, risk=None)

    assert (gap.key, gap.may_override) == ("risk", True)
    assert gap.sentence == "No risk assessment for unpaid work is signed."


def test_it_holds_on_its_last_day_and_not_after_it():
    over = replace(SIGNED, good_until=TODAY - DAY)

    assert keys() == []
    assert keys(risk=over) == ["risk_run_out"]


def test_what_came_on_the_record_since_reopens_it_and_says_what():
    seen = OnRecord("register-WEAP", "On the register: Weapons")
    new = OnRecord("restriction-2", "Restraining order: see the restrictions")
    facts = replace(CLEAR, risk=replace(SIGNED, seen=frozenset({seen.key})), record=(seen, new))

    (gap,) = found(facts)

    assert changed_since(facts) == [new]
    assert gap.sentence == (
        "Something has changed since the risk assessment was signed: restraining order: see the restrictions. "
        "Bring it up to date."
    )


def test_another_change_is_not_let_pass_by_what_let_the_first_pass():
    (one,) = found(CLEAR, record=(OnRecord("a", "Weapons"),))
    (other,) = found(CLEAR, record=(OnRecord("b", "Epilepsy"),))

    assert one.as_it_says
    assert one.key == other.key
    assert one.sentence != other.sentence


def test_what_indicates_harm_forces_the_full_analysis():
    (gap,) = found(CLEAR, signs=(WOUNDING,))

    assert gap.key == "analysis"
    assert gap.sentence == (
        "The full analysis of risk of serious harm is not signed, and the record shows wounding."
    )
    assert keys(signs=(WOUNDING,), analysed_on=TODAY) == []


def test_an_analysis_signed_before_the_sign_of_harm_is_not_enough():
    (gap,) = found(CLEAR, signs=(WOUNDING,), analysed_on=WOUNDING.on - DAY)

    assert gap.sentence == "The full analysis was signed on 2 May 2016, before this: wounding."
    assert keys(signs=(WOUNDING,), analysed_on=WOUNDING.on) == []


def test_many_signs_are_named_and_the_rest_counted():
    signs = tuple(Sign(str(n), f"sign {n}") for n in range(6))

    (gap,) = found(CLEAR, signs=signs)

    assert gap.sentence.endswith("sign 0, sign 1, sign 2, sign 3 and 2 more.")


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (None, "Police: nobody has asked."),
        (EnquiryState.DUE, "Police: the enquiry is not sent."),
        (EnquiryState.SENT, "Police: no reply yet."),
        (EnquiryState.REPLIED, "Police: the reply is not analysed."),
    ],
)
def test_an_enquiry_that_is_not_settled_stands_in_the_way(state, words):
    (gap,) = found(CLEAR, required=(Required(CheckKind.POLICE, 7, state),))

    assert (gap.key, gap.check, gap.sentence) == ("check:police", 7, words)


def test_one_that_was_not_needed_stands_in_nobody_s_way():
    assert keys(required=(Required(CheckKind.CHILDREN, 7, EnquiryState.NOT_NEEDED),)) == []


def test_terms_that_nobody_has_seen_are_never_passed_over():
    (gap,) = found(CLEAR, terms_not_seen=("The terms of the restraining order are not seen.",))

    assert (gap.may_override, gap.source) == (False, "law")


def test_a_flag_without_an_instruction_is_never_passed_over():
    (gap,) = found(CLEAR, no_instruction=("Registered sex offender",))

    assert not gap.may_override
    assert "Registered sex offender" in gap.sentence


@pytest.mark.parametrize("code", sorted(ORDER_REGISTERS | SEXUAL | CHILDREN))
def test_a_review_that_is_late_of_an_order_sexual_or_child_register_is_a_gate(code):
    late = Registered(code, "The register", TODAY - DAY)

    assert keys(registers=(late,)) == [f"register:{code}"]


def test_any_other_review_that_is_late_is_a_warning():
    (gap,) = found(CLEAR, registers=(Registered("WEAP", "Weapons", TODAY - DAY),))

    assert gap.weight == Weight.WARNING
    assert "WEAP" not in REVIEWED_BEFORE


def test_a_review_due_today_is_not_late():
    assert found(CLEAR, registers=(Registered("RSTO", "Restraining order", TODAY),)) == []


@pytest.mark.parametrize(
    ("code", "key"), [("RRR", "risk_review"), ("UPWS", "suspended"), ("NUPW", "not_eligible")]
)
def test_a_register_that_holds_unpaid_work_up_is_a_gate(code, key):
    assert keys(registers=(Registered(code, code),)) == [key]


def test_of_somebody_the_nps_manages_their_officer_must_have_told_us():
    facts = replace(CLEAR, retained=True)

    assert keys(facts) == []
    assert keys(facts, risk=replace(SIGNED, nps_told=False)) == ["nps"]
    assert keys(facts, risk=None) == ["risk", "check:nps", "nps"]


def test_of_somebody_the_nps_manages_the_nps_makes_the_analysis_and_the_checks():
    facts = replace(CLEAR, retained=True, signs=(WOUNDING,), required=())
    not_made = replace(SIGNED, nps_analysed=False, nps_checked=False)

    assert keys(facts) == []
    assert keys(facts, risk=not_made) == ["analysis", "check:nps"]


signs = st.lists(st.builds(Sign, st.text(min_size=1), st.text(), st.dates()), min_size=1).map(tuple)


@given(signs)
def test_no_sign_of_harm_goes_by_without_the_full_analysis(told):
    assert "analysis" in keys(signs=told)


@given(st.lists(st.sampled_from(sorted(EnquiryState)), max_size=4), st.booleans(), st.booleans())
def test_a_gate_opens_only_for_a_case_that_has_nothing_to_do(states, signed, run_out):
    risk = replace(SIGNED, good_until=TODAY - DAY) if run_out else SIGNED
    required = tuple(
        Required(CheckKind.POLICE, n, EnquiryState(one)) for n, one in enumerate(states)
    )

    shut = keys(risk=risk if signed else None, required=required)

    settled = all(one in {EnquiryState.ANALYSED, EnquiryState.NOT_NEEDED} for one in states)
    assert (shut == []) == (signed and not run_out and settled)
