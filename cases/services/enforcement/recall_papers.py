"""Part A of a recall on paper: drawn to be sent once it is countersigned, and kept as it went. Source: supervision reference 2.3."""

from django.db import transaction
from django.utils.timezone import localtime

from cases.agencies.part_a import part_a_pdf
from cases.agencies.typeset import PDF, CannotPrint
from cases.queries.enforcement.part_a import part_a_of
from cases.reference.agencies import DocumentKind
from cases.reference.enforcement import RecallState
from cases.rules.enforcement.recalls import check_step
from cases.rules.leaving import check_still_here
from cases.services.documents import keep_document
from cases.services.policy import request_policy
from staff.audit import record
from staff.errors import RuleBroken

NOT_PRINTED = "Part A holds a character that cannot be printed. Take it out, and send it again."


@transaction.atomic
def draw_part_a(*, recall, by, now):
    """Part A as it is to be sent now, as the bytes of a PDF; kept once it is said that it went. It is entered that it was made."""
    check_still_here(recall.case.left_as)
    check_step(recall.state, RecallState.WITH_NPS)
    record(by=by, action="drew_part_a", crn=recall.case.crn, recall=recall.pk)
    return _made(recall, now)


def keep_part_a(recall, *, by, now):
    """Part A as it goes, kept with the case. The caller holds the case."""
    return keep_document(
        case=recall.case, enquiry=None, kind=DocumentKind.PART_A, content=_made(recall, now), name="part-a.pdf",
        media_type=PDF, by=by, now=now,
    )  # fmt: skip


def _made(recall, now):
    ours = request_policy(localtime(now).date()).reply_to
    try:
        return part_a_pdf(part_a_of(recall, ours, now))
    except CannotPrint as problem:
        raise RuleBroken(NOT_PRINTED) from problem
