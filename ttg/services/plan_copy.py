"""The person's copy of their resettlement plan. Each making is in the audit trail; nothing of it is kept.

Source: product rules, sharing. It always prints, whatever the plan lacks; who has died gets no paper.
"""

from django.db import transaction
from django.utils.timezone import localtime

from cases.agencies.person_copy import person_copy
from cases.agencies.typeset import CannotPrint
from cases.models import Person
from cases.queries.person_copy import kept_from_person, ways_to_reach
from cases.rules.leaving import check_not_died
from cases.rules.person_copy import Reach, sheet_of
from cases.services.policy import request_policy
from staff.audit import record
from staff.errors import RuleBroken
from ttg.rules.plan_copy import Told, copy_of

NOT_PRINTED = "The copy holds a character that cannot be printed. Look for symbols or letters of another script."


def sheet_and_left(plan, case, today):
    """(what the copy says, [Left]): what its page and its file place."""
    person = Person.objects.filter(case=case).first()
    copy, left = copy_of(
        Told(
            forename=case.forename,
            surname=case.surname,
            called=person.preferred_name if person else "",
            kept=kept_from_person(case),
            answers=plan.answers,
            strengths=plan.strengths,
            own_words=plan.own_words,
            agreed=plan.agreed,
            signed_on=localtime(plan.signed_at).date() if plan.signed_at else None,
        )
    )
    ours = request_policy(today).reply_to
    reach = Reach(
        officer=case.officer.name if case.officer else "",
        organisation=ours.organisation,
        telephone=ours.telephone,
        ways=tuple(ways_to_reach(case)),
    )
    return sheet_of(copy, crn=case.crn, reach=reach, made_on=today), left


@transaction.atomic
def make_resettlement_copy(*, plan, large, by, today):
    """The bytes of the copy as a PDF."""
    case = plan.custody.case
    check_not_died(case.left_as)
    sheet, _ = sheet_and_left(plan, case, today)
    try:
        content = person_copy(sheet, large=large)
    except CannotPrint as problem:
        raise RuleBroken(NOT_PRINTED) from problem
    record(by=by, action="made_resettlement_copy", crn=case.crn, plan=plan.pk, large=large)
    return content
