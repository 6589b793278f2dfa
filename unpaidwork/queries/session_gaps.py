"""What stands before the sheet of one session, each where it is put right and, where that is not the reader's, whose it is.

Source: product rules, gates; ui, still to do (each thing leads to where it is done).
"""

from django.urls import reverse

from cases.rules.words import counted
from staff.kit import Gap
from staff.permissions import Action
from unpaidwork.queries.held import on_sheet
from unpaidwork.queries.publishing import SUPERVISORS, before_publishing
from unpaidwork.queries.risk_page import where_mended
from unpaidwork.reference.risk_questions import RISK_QUESTIONS
from unpaidwork.rules.risk import may_assess

REGISTERS = "registers"
STAFFING = "#id_staff"  # on the page of the session itself
DONE_BY = {  # what mends a gap: who may do that
    "assessment": Action.WRITE_ASSESSMENT,
    "restrictions": Action.SET_RESTRICTIONS,
    "instructions": Action.WRITE_WORK_RISK,
}


def gaps_before(session, user):
    """[Gap] of what stands before its sheet, or holds somebody back once it is out."""
    return [_gap(one, session, user) for one in before_publishing(session, user)]


def said_published(gaps, again):
    """What is said of a sheet that is out, above what holds people back now."""
    if gaps:
        return f"The sheet is published. {counted(len(gaps), 'thing')} to put right"
    if again:
        return "The sheet is published. Publish it again"
    return "The sheet is published. Nothing stands in the way of it now"


def left_on(session):
    """What publishing a sheet again would change, in words; blank where that is nothing.

    Whatever else changes is on the sheet at once.
    """
    gone = on_sheet().filter(session=session).exclude(appointment__called_off_at=None).count()
    if not gone:
        return ""
    they = "their name off it" if gone == 1 else "their names off it"
    return (
        f"{counted(gone, 'person', 'people')} whose work was suspended since, or whose day was called off: the sheet says that they do not start. "
        f"Publish it again to take {they}."
    )


def _gap(one, session, user):
    if one.gap is None:
        return Gap(one.sentence)
    if one.gap.question == SUPERVISORS:
        return Gap(one.sentence, STAFFING)
    if one.case is None:
        return Gap(one.sentence, reverse("project", args=[session.project_id]))
    return Gap(one.sentence, _where(one), _whose(one, user))


def _where(one):
    """Where it is done; else the checks of the case, or where it is explained, as far as this reader may go there."""
    if mended := where_mended(one.case, one.gap, one.may):
        return mended
    if _is_check(one.gap) and Action.VIEW_CHECKS in one.may:
        return reverse("case-checks", args=[one.case.crn])
    if Action.VIEW_UNPAID_WORK in one.may:
        return reverse("work-risk", args=[one.case.crn])
    return ""


def _whose(one, user):
    """Blank where this reader may do it."""
    if _is_theirs(one, user):
        return ""
    if one.case.officer:
        return f"For {one.case.officer.name}, their officer."
    return "For their officer: nobody has the case yet."


def _is_theirs(one, user):
    if _is_check(one.gap):
        return Action.RECORD_CHECK in one.may
    if one.gap.question in DONE_BY:
        return DONE_BY[one.gap.question] in one.may
    if one.gap.question == REGISTERS:  # kept elsewhere
        return False
    retained = bool(one.case.retained_by)
    return Action.WRITE_WORK_RISK in one.may and may_assess(user.role, retained=retained)


def _is_check(gap):
    return gap.key.startswith("check:") and gap.question not in RISK_QUESTIONS
