"""What the responsible officer says of each thing about risk in a resettlement plan: one by one, never all at once.

Source: Through the Gate reference 7 (T7: the officer must accept or amend each risk item).
"""

from django.db import transaction
from django.utils.timezone import localtime

from cases.rules.leaving import check_still_here
from cases.services.checks import lock_case
from staff.audit import record
from staff.errors import RuleBroken
from ttg.models import RiskItem
from ttg.reference.custody import RiskAnswer
from ttg.rules.risk_items import check_risk_answer
from ttg.services.owed import owe_release

NOT_SAID = "A later plan says something else. Read what that one says."
ANSWERED = "This was answered already. Look at what was said."


@transaction.atomic
def answer_risk_item(*, item, answer, amended, by, now):
    """Accept it, or say what is changed about it. What the plan says stays as it was. Returns the item."""
    case = lock_case(item.plan.custody.case)
    check_still_here(case.left_as)
    item = RiskItem.objects.select_for_update(no_key=True).filter(pk=item.pk).first()
    if item is None:
        raise RuleBroken(NOT_SAID)
    if item.answer != RiskAnswer.WAITING:
        raise RuleBroken(ANSWERED)
    item.amended = check_risk_answer(answer, amended)
    item.answer, item.answered_at, item.answered_by = RiskAnswer(answer), now, by
    item.save(update_fields=["answer", "amended", "answered_at", "answered_by"])
    record(by=by, action="answered_risk_item", crn=case.crn, item=item.pk, answer=str(answer))
    owe_release(case_ids=[case.pk], by=by, today=localtime(now).date())
    return item
