"""Beginning an assessment, from what stood before, and giving one up.

Source: product rules, checks (asked before an assessment that analyses risk is signed); supervision
reference 4 (text pulled forward is marked until it is confirmed).
"""

from django.db import transaction

from cases.models import Assessment, Case
from cases.reference.checks import Because
from cases.reference.harm import ASSESSMENT_MAY_BECOME, AssessmentState
from cases.reference.overrides import Act
from cases.rules.carrying import carried_forward
from cases.services.asking import ask_those_never_asked
from cases.services.checks import lock_case
from cases.services.overrides import settle_overrides
from staff.audit import record
from staff.errors import RuleBroken

NOT_OURS = "This case is not supervised by us, so no assessment of ours is made of it."
ONE_AT_A_TIME = "An assessment of this case is being written, or waits to be countersigned. Go on with that one."
GIVEN_UP = "The assessment was given up"


@transaction.atomic
def begin_assessment(*, case, by, today, now):
    """Begin an assessment of the current sentence. Returns it.

    What the one in force says is pulled forward, marked as not confirmed; agencies that must be asked
    and never were are asked, in the same act.
    """
    case = lock_case(case)
    if not Case.objects.ours().filter(pk=case.pk).exists():
        raise RuleBroken(NOT_OURS)
    if case.assessments.unfinished().exists():
        raise RuleBroken(ONE_AT_A_TIME)
    former = case.assessments.in_force().first()
    answers, carried = carried_forward(former.answers) if former else ({}, [])
    assessment = Assessment.objects.create(
        case=case,
        sentence=case.sentences.current().latest_of_each_case().first(),
        follows=former,
        answers=answers,
        carried=carried,
        begun_on=today,
        begun_by=by,
    )
    ask_those_never_asked(case=case, because=Because.ASSESSMENT, by=by, today=today)
    record(by=by, action="began_assessment", crn=case.crn, assessment=assessment.pk)
    return assessment


@transaction.atomic
def drop_assessment(*, assessment, by, today):
    """Give up an assessment that is being written. What was typed in it is kept."""
    case, assessment = lock_assessment(assessment)
    check_becomes(assessment, AssessmentState.DROPPED)
    assessment.state = AssessmentState.DROPPED
    assessment.save(update_fields=["state"])
    settle_overrides(case=case, open_keys=(), act=Act.ASSESSMENT, by=by, today=today, how=GIVEN_UP)
    record(by=by, action="dropped_assessment", crn=case.crn, assessment=assessment.pk)
    return assessment


def lock_assessment(assessment):
    """(case, assessment) as they stand now, the case locked first."""
    case = Case.objects.select_for_update(no_key=True).get(assessments=assessment.pk)
    assessment = Assessment.objects.select_related("signed_by").get(pk=assessment.pk)
    assessment.case = case
    return case, assessment


def check_becomes(assessment, to):
    """Refuse what an assessment in this state cannot become."""
    state = AssessmentState(assessment.state)
    if to not in ASSESSMENT_MAY_BECOME[state]:
        raise RuleBroken(
            f"This assessment is at “{state.title}”. Open it again to see what was done."
        )
