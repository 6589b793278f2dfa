"""Making the person's copy of their plan, and recording when they were given it.

Source: product rules, sharing (built from "yes" only); supervision reference 4.3. Each making is in the
audit trail, and what was given is kept as it was.
"""

from django.db import transaction
from django.utils.timezone import localtime

from cases.agencies.person_copy import person_copy
from cases.agencies.typeset import PDF, CannotPrint
from cases.models import Plan, PlanCopy
from cases.queries.person_copy import is_safe_to_write, person_copy_of, ways_to_reach
from cases.reference.agencies import DocumentKind
from cases.reference.codes import Sharing
from cases.reference.plans import PlanState
from cases.rules.leaving import check_still_here
from cases.rules.person_copy import Reach, sheet_of
from cases.rules.sharing import check_giving, check_whole
from cases.services.checks import lock_case
from cases.services.documents import keep_document
from cases.services.policy import request_policy
from staff.audit import record
from staff.errors import RuleBroken

NOT_PRINTED = "The copy holds a character that cannot be printed. Look for symbols or letters of another script."
NOT_IN_USE = "This plan was given up or replaced. Give them a copy of the one that stands."


def copy_and_sheet(plan, case, today):
    """(the copy, what its page and its file place), whether or not it may be made yet."""
    copy = person_copy_of(plan, case)
    ours = request_policy(today).reply_to
    reach = Reach(
        officer=case.officer.name if case.officer else "",
        organisation=ours.organisation,
        telephone=ours.telephone,
        ways=tuple(ways_to_reach(case)),
    )
    return copy, sheet_of(copy, crn=case.crn, reach=reach, made_on=today)


@transaction.atomic
def make_copy(*, plan, large, by, today):
    """The bytes of the copy as a PDF. Refused while anything in it would give something away."""
    content, _ = _made(plan, lock_case(plan.case), large, today)
    record(by=by, action="made_plan_copy", crn=plan.case.crn, plan=plan.pk, large=large)
    return content


@transaction.atomic
def give_copy(*, plan, how, large, given_on, by, today, now):
    """Record that they were given the copy, and keep it as it was. Returns the record of it."""
    case = lock_case(plan.case)
    plan = Plan.objects.get(pk=plan.pk)
    if plan.state in (PlanState.DROPPED, PlanState.REPLACED):
        raise RuleBroken(NOT_IN_USE)
    check_giving(how, given_on, is_safe_to_write(case), today)
    content, draft = _made(plan, case, large, today)
    document = keep_document(
        case=case,
        enquiry=None,
        kind=DocumentKind.PLAN_COPY,
        content=content,
        by=by,
        now=now,
        name=f"plan-{localtime(now).date()}.pdf",
        media_type=PDF,
    )
    document.sharing = Sharing.YES  # what they were given is theirs
    document.save(update_fields=["sharing"])
    given = PlanCopy.objects.create(
        plan=plan,
        document=document,
        how=how,
        large=large,
        draft=draft,
        given_on=given_on,
        at=now,
        by=by,
    )
    record(by=by, action="gave_plan_copy", crn=case.crn, plan=plan.pk, large=large, how=str(how))
    return given


def _made(plan, case, large, today):
    """(the bytes, whether they say draft)."""
    check_still_here(case.left_as)
    copy, sheet = copy_and_sheet(plan, case, today)
    check_whole(copy)
    try:
        return person_copy(sheet, large=large), copy.draft
    except CannotPrint as problem:
        raise RuleBroken(NOT_PRINTED) from problem
