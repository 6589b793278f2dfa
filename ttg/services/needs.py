"""Recording what somebody needs on leaving prison, and what became of it.

Source: Through the Gate reference 3, 6; `ttg.rules.needs`.
"""

from django.db import transaction

from cases.rules.leaving import check_still_here
from cases.services.checks import lock_case
from staff.audit import record
from staff.errors import RuleBroken
from ttg.models import Custody, Need
from ttg.reference.referrals import NeedState
from ttg.rules.needs import check_need, check_settled
from ttg.rules.referrals import MEETS
from ttg.services.owed import owe_release

SETTLED = "This need is settled already. Find it anew if it has come back."


@transaction.atomic
def find_need(*, custody, pathway, words, side, by, today, code=""):
    """Record a need in this stay. Of the same one of the catalogue there is one at most. Returns the `Need`."""
    case = lock_case(custody.case)
    check_still_here(case.left_as)
    custody = Custody.objects.get(pk=custody.pk)
    if custody.ended_on:
        raise RuleBroken("This stay in prison was ended here, so nothing more is recorded in it.")
    words = check_need(words, code=code, pathway=pathway)
    if code and Need.objects.open().filter(custody=custody, code=code).exists():
        raise RuleBroken("This need is recorded already, and it is open.")
    need = Need.objects.create(
        custody=custody,
        pathway=pathway,
        code=code,
        words=words,
        side=side,
        found_on=today,
        found_by=by,
    )
    record(by=by, action="found_need", crn=case.crn, need=need.pk, pathway=str(pathway))
    owe_release(case_ids=[case.pk], by=by, today=today)
    return need


@transaction.atomic
def settle_need(*, need, state, because, by, today):
    """Say that it is met, declined in the person's words, or not needed any more. Returns the need."""
    case = lock_case(need.custody.case)
    check_still_here(case.left_as)
    need = Need.objects.select_related("custody").get(pk=need.pk)
    if need.state != NeedState.OPEN:
        raise RuleBroken(SETTLED)
    running = set(need.referrals.running().values_list("state", flat=True))
    waits = running - MEETS if state == NeedState.MET else running
    need.because = check_settled(
        state=state, because=because, taken_on=bool(running & MEETS), waits=bool(waits)
    )
    need.state, need.settled_on, need.settled_by = state, today, by
    need.save()
    record(by=by, action="settled_need", crn=case.crn, need=need.pk, state=str(state))
    owe_release(case_ids=[case.pk], by=by, today=today)
    return need
