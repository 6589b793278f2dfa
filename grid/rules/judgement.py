"""What a judgement of complexity may do, and for how long it holds.

Source: product rules, GRID, judgement. No gate delays a rise; lowering needs a senior probation
officer; what a register makes complex, no judgement lowers.
"""

from dateutil.relativedelta import relativedelta

from cases.reference.codes import Place

OUTSIDE = frozenset({Place.NO_SENTENCE, Place.RETAINED})


def why_not_judge(outcome, complex):
    """Why this judgement cannot be made of somebody placed so; blank when it can."""
    if outcome.place in OUTSIDE:
        return f"Nobody is judged here who is not placed by us. {outcome.because}."
    if not complex and outcome.complex_by:
        names = ", ".join(each.name or each.code for each in outcome.complex_by)
        return (
            f"A judgement cannot lower what a register makes complex: {names}. "
            "If the register is wrong or has ended, correct it in nDelius."
        )
    return ""


def lowers(outcome, complex):
    """Whether this judgement would take away what an earlier one added."""
    return not complex and outcome.judged is not None


def holds_until(today, policy):
    """The day on which a judgement made today stops holding."""
    return today + relativedelta(months=policy.judgement_months)
