"""Somebody is no longer supervised here: they died, their case ended, or another provider has it. And coming back.

What was owed stands still and is kept, so that nothing is lost if they come back; what was to come is called off, and
nothing more is sent to them. Source: product rules, clocks.
"""

from django.db import transaction
from django.utils.timezone import localtime

from cases.models import Assignment, Message
from cases.reference.agencies import Delivery, MessageKind
from cases.reference.appointments import AskedBy
from cases.reference.holding import LeftAs
from cases.services.appointments import call_off
from cases.services.checks import lock_case
from cases.services.enforcement.letters_back import LEFT, email_did_not_go
from cases.services.facts import facts_changed
from cases.services.interim_owed import owe_interim_plans
from cases.services.standing_still import settle_clocks
from cases.services.transfer_rows import end_offer
from cases.services.walk_ins import end_waiting
from staff.audit import record
from staff.errors import RuleBroken


@transaction.atomic
def leave(*, case, left_as, because, by, now):
    """Nobody supervises them here from now on. `because`: in words, said of every appointment called off. Returns the case."""
    case, today = lock_case(case), localtime(now).date()
    left_as = LeftAs(left_as)
    if case.left_as:
        raise RuleBroken(f"This case is closed already: {LeftAs(case.left_as).title.lower()}.")
    _call_off(case, because, by=by, now=now)
    _take_back_messages(case, by=by, now=now)
    end_waiting(case=case, because=because, by=by, now=now)
    end_offer(case, because, by=by, now=now)
    case.left_as = left_as
    case.save(update_fields=["left_as"])
    Assignment.objects.on(today).filter(case=case).update(to_on=today)
    record(by=by, action="left", crn=case.crn, left_as=str(left_as))
    _follow(case, by=by, now=now)
    return case


@transaction.atomic
def come_back(*, case, by, now):
    """They are supervised here again; every clock goes on from where it stood. Returns the case."""
    case = lock_case(case)
    if not case.left_as:
        raise RuleBroken("This case is open.")
    left_as, case.left_as = case.left_as, LeftAs.STILL_HERE
    case.save(update_fields=["left_as"])
    record(by=by, action="came_back", crn=case.crn, left_as=left_as)
    _follow(case, by=by, now=now)
    return case


def _call_off(case, because, *, by, now):
    for one in case.contacts.to_come(now).order_by("started_at", "pk"):
        call_off(appointment=one, asked_by=AskedBy.SERVICE, because=because, by=by, now=now)


def _take_back_messages(case, *, by, now):
    """What waits to be sent to the person, and has not gone. A letter among it was then never given."""
    stopped = {"delivery": Delivery.CANCELLED, "settled_at": now}
    waiting = Message.objects.filter(delivery=Delivery.WAITING)
    waiting.filter(appointment__contact__case=case).update(**stopped)
    letters = waiting.filter(kind=MessageKind.LETTER, document__case=case)
    for message in letters.select_for_update(of=("self",)).order_by("pk"):
        email_did_not_go(message=message, because=LEFT, by=by, now=now)
        Message.objects.filter(pk=message.pk).update(**stopped)


def _follow(case, *, by, now):
    today = localtime(now).date()
    settle_clocks(case_ids=[case.pk], by=by, today=today)
    owe_interim_plans(case_ids=[case.pk], by=by, today=today)
    facts_changed(case_ids=[case.pk], now=now)
