"""Making the benefit sheet for courts. Each making is in the audit trail."""

from django.db import transaction

from cases.agencies.typeset import CannotPrint
from cases.services.policy import request_policy
from staff.audit import record
from staff.errors import RuleBroken
from unpaidwork.agencies.benefit import benefit_paper
from unpaidwork.queries.benefit import sheet_for_courts

NOT_PRINTED = "A project's words hold a character that cannot be printed. Look for symbols or letters of another script."


def sheet_now(today):
    """What the page shows and the paper says."""
    return sheet_for_courts(today, request_policy(today).reply_to.organisation)


@transaction.atomic
def make_benefit_paper(*, by, today):
    """The bytes of the sheet as a PDF."""
    try:
        content = benefit_paper(sheet_now(today))
    except CannotPrint as problem:
        raise RuleBroken(NOT_PRINTED) from problem
    record(by=by, action="made_benefit_sheet")
    return content
