"""Making a paper about somebody's unpaid work. Each making is in the audit trail; nothing of it is kept."""

from django.db import transaction

from cases.agencies.typeset import CannotPrint
from cases.rules.leaving import check_not_died
from cases.services.policy import request_policy
from staff.audit import record
from staff.errors import RuleBroken
from unpaidwork.agencies.work_paper import work_paper
from unpaidwork.queries.papers import certificate_of, closing_report_of, passport_of
from unpaidwork.reference.work import WorkState

NOT_PRINTED = "The paper holds a character that cannot be printed. Look for symbols or letters of another script."
NOT_YET = "A certificate is for all hours worked. They are not done yet."


@transaction.atomic
def make_passport(*, work, by, today):
    """The bytes of their skills passport."""
    check_not_died(work.case.left_as)
    paper = passport_of(work, work.case, _organisation(today), today)
    return _made("skills_passport", paper, work, by)


@transaction.atomic
def make_certificate(*, work, by, today):
    """The bytes of their certificate, once all is worked."""
    check_not_died(work.case.left_as)
    if work.state != WorkState.COMPLETED:
        raise RuleBroken(NOT_YET)
    paper = certificate_of(work, work.case, _organisation(today), today)
    return _made("work_certificate", paper, work, by)


@transaction.atomic
def make_closing_report(*, work, names, by, today):
    """The bytes of the report for whoever holds the case. `names`: how its maker reads names and text."""
    paper = closing_report_of(work, work.case, _organisation(today), today, names)
    return _made("closing_report", paper, work, by)


def _organisation(today):
    return request_policy(today).reply_to.organisation


def _made(kind, paper, work, by):
    try:
        content = work_paper(paper)
    except CannotPrint as problem:
        raise RuleBroken(NOT_PRINTED) from problem
    record(by=by, action=f"made_{kind}", crn=work.case.crn, requirement=work.pk)
    return content
