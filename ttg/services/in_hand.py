"""Saying of one thing somebody needs at the gate how far it has come, and whether it was given to them.

Source: Through the Gate reference 3, 7; `ttg.rules.in_hand`.
"""

from django.db import transaction
from django.utils.timezone import localdate

from cases.rules.leaving import check_still_here
from cases.services.checks import lock_case
from staff.audit import record
from staff.errors import RuleBroken
from ttg.models import Custody, InHand
from ttg.reference.home import Item, ItemState
from ttg.rules.in_hand import check_given, check_item
from ttg.services.owed import owe_release

CHANGED = (
    "Somebody else has changed this meanwhile: {now}. Look at what stands before you say it again."
)
ENDED = "This stay in prison was ended here, so nothing more is recorded in it."


@transaction.atomic
def set_item(*, custody, item, state, words, applied_on, expected_on, ready_on, with_them, version, by, now):  # fmt: skip
    """Say how far it has come. `version`: of what was read, 0 where nothing was said; None: whatever stands. Returns it."""
    case, today = lock_case(custody.case), localdate(now)
    check_still_here(case.left_as)
    custody = Custody.objects.get(pk=custody.pk)
    if custody.ended_on:
        raise RuleBroken(ENDED)
    found = InHand.objects.filter(custody=custody, item=item).first()
    if version is not None and version != (found.version if found else 0):
        stands = ItemState(found.state).title if found else "nobody has said anything"
        raise RuleBroken(CHANGED.format(now=stands.lower()))
    kept = check_item(
        state=state,
        words=words,
        applied_on=applied_on,
        expected_on=expected_on,
        ready_on=ready_on,
        today=today,
    )
    if with_them:
        check_given({item: state})
    found = found or InHand(custody=custody, item=item)
    for name, value in kept.items():
        setattr(found, name, value)
    found.with_them, found.said_on, found.said_by = bool(with_them), today, by
    found.version += 1
    found.save()
    record(
        by=by,
        action="set_in_hand",
        crn=case.crn,
        item=str(Item(item)),
        state=str(ItemState(state)),
        with_them=found.with_them,
    )
    owe_release(case_ids=[case.pk], by=by, today=today)
    return found
