"""A case whose gate before unpaid work is open, and its risk assessment as an honest officer answers it."""

from datetime import timedelta

from tests.factories import (
    NOW,
    TODAY,
    AssessmentFactory,
    EnquiryFactory,
    WorkFactory,
    WorkRiskFactory,
)
from unpaidwork.queries.gate import is_woman
from unpaidwork.queries.on_record import record_of
from unpaidwork.reference.risk import RiskState
from unpaidwork.reference.risk_questions import Kind
from unpaidwork.rules.risk import asked_of

SAID = {"source": "Alan, at the office", "on": "2018-09-28"}
WORDS = "He would sooner be outdoors than sort clothes."


def answers_for(case, today=TODAY, record=None):
    """Every question answered, a yes where the record says so. `record`: where the caller has read it."""
    record = record_of([case], today)[case.pk] if record is None else record
    shown = {one.question: one.words for one in record if one.said}
    found = {}
    for one in asked_of(woman=is_woman(case), retained=bool(case.retained_by)):
        said = {Kind.FACT: "no", Kind.THEIRS: "words", Kind.CHOICE: "any"}[one.kind]
        words = {"words": WORDS} if one.kind == Kind.THEIRS else {}
        if one.code in shown:
            said, words = "yes", {"words": f"{shown[one.code]}. Kept in sight on site."}
        found[one.code] = {"said": said, **words, **SAID}
    return found


def signed_risk(case, today=TODAY, **more):
    """One in force, signed on all that the record shows now."""
    record = record_of([case], today)[case.pk]
    facts = {one.key: one.words for one in record if one.counts}
    given = {
        "state": RiskState.SIGNED,
        "answers": answers_for(case, today, record),
        "signed_at": NOW,
        "signed_by": case.officer,
        "good_until": today + timedelta(days=182),
        "evidence": {"facts": facts},
    }
    return WorkRiskFactory(case=case, **given | more)


def cleared(case=None):
    """A case with work to do on which nothing stands before an allocation."""
    work = WorkFactory(case_of=case) if case else WorkFactory()
    case = work.case
    EnquiryFactory(case=case, analysed=True)
    AssessmentFactory(
        case=case, signed=True, completed_on=TODAY,
        answers=dict.fromkeys(("harm.increase", "harm.reduce", "harm.because"), WORDS),
    )  # fmt: skip
    signed_risk(case)
    return case
