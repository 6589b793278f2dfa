"""Changes to a breach report that the court or the NPS asks for: each is owed until it is sent and the officer has read it.

Source: report 2.3 (requests to amend breach reports not done).
"""

from django.db import transaction
from django.utils.timezone import localtime

from cases.models import Amendment, BreachStep, Deadline
from cases.reference.enforcement import BREACH_OVER, BreachState
from cases.rules.enforcement.breaches import (
    PACK_TO_SEND,
    check_amendment,
    check_changed,
    check_refused,
)
from cases.rules.leaving import check_still_here
from cases.services.checks import lock_case
from cases.services.deadlines import meet_deadline, open_deadline
from cases.services.enforcement.breaches.bundles import keep_bundle
from cases.services.enforcement.breaches.steps import AMEND, SEE, locked
from staff.audit import record
from staff.errors import RuleBroken
from staff.rules.dates import say_date

OVER = "This breach is over, so its report is not changed any more."
NOT_SENT_YET = "The pack has not gone yet, so there is no report to amend: write it into the pack."
WITH_US = (
    "The pack is with us. Write the change into it and send it again: the change goes with it."
)
DONE = "This change has been sent, or it was said why not. Read it again."
NOT_CHANGED = "This change has not been sent yet, so there is nothing to read."
LONGEST = 500


@transaction.atomic
def ask_amendment(*, breach, what, asked_by, asked_on, due_on, by, now):
    """The court or the NPS asks for a change. It is owed by the day they named. Returns the `Amendment`."""
    breach, today = locked(breach), localtime(now).date()
    check_still_here(breach.case.left_as)
    if breach.state in BREACH_OVER:
        raise RuleBroken(OVER)
    if not breach.times_submitted:
        raise RuleBroken(NOT_SENT_YET)
    check_amendment(what, asked_by, asked_on, due_on, today)
    made = Amendment.objects.create(
        breach=breach,
        asked_on=asked_on,
        asked_by=" ".join(asked_by.split()),
        what=what.strip(),
        due_on=due_on,
        recorded_by=by,
    )
    record(
        by=by, action="asked_amendment", crn=breach.case.crn, breach=breach.pk, amendment=made.pk
    )
    settle_amendments(breach, by=by, today=today)
    return made


@transaction.atomic
def send_amendment(*, amendment, changed, by, now, explained=None):
    """The changed report has gone, in a whole bundle that is kept; the officer reads what is different. Returns it.

    The gates of the pack stand before it as before the pack itself.
    """
    amendment, breach = _owed(amendment)
    today = localtime(now).date()
    if BreachState(breach.state) in PACK_TO_SEND:
        raise RuleBroken(WITH_US)
    changed = check_changed(changed)
    document, says = keep_bundle(breach, explained or {}, by=by, now=now)
    BreachStep.objects.create(
        breach=breach,
        state=breach.state,
        on=today,
        at=now,
        by=by,
        words=f"Amended: {changed}",
        pack=document,
        pack_says=says | {"amendment": amendment.pk},
    )
    amendment.sent_at, amendment.sent_by, amendment.changed = now, by, changed
    amendment.save(update_fields=["sent_at", "sent_by", "changed"])
    crn = breach.case.crn
    record(by=by, action="sent_amendment", crn=crn, breach=breach.pk, amendment=amendment.pk)
    settle_amendments(breach, by=by, today=today, done=True)
    return amendment


@transaction.atomic
def refuse_amendment(*, amendment, because, by, now):
    """It is not changed, for this reason: whoever asked was told. Returns it."""
    amendment, breach = _owed(amendment)
    amendment.refused_because = check_refused(because)[:LONGEST]
    amendment.save(update_fields=["refused_because"])
    crn = breach.case.crn
    record(by=by, action="refused_amendment", crn=crn, breach=breach.pk, amendment=amendment.pk)
    settle_amendments(breach, by=by, today=localtime(now).date())
    return amendment


@transaction.atomic
def see_amendment(*, amendment, by, now):
    """The officer has read what was changed. Returns it; read already, it stays as it was."""
    case, today = lock_case(amendment.breach.case), localtime(now).date()
    amendment = Amendment.objects.select_related("breach").get(pk=amendment.pk)
    amendment.breach.case = case
    if amendment.sent_at is None:
        raise RuleBroken(NOT_CHANGED)
    if amendment.seen_at is None:
        amendment.seen_at, amendment.seen_by = now, by
        amendment.save(update_fields=["seen_at", "seen_by"])
        record(by=by, action="saw_amendment", crn=case.crn, amendment=amendment.pk)
        settle_amendments(amendment.breach, by=by, today=today, seen=True)
    return amendment


def settle_amendments(breach, *, by, today, done=False, seen=False):
    """Both clocks follow what is owed first: of those to be sent the earliest due, of those to be read the earliest sent.

    `done`, `seen`: one of them has just been sent, or read, so what ran for it is met rather than void.
    """
    if breach.state in BREACH_OVER:
        return
    first = breach.amendments.owed().order_by("due_on", "pk").first()
    owed = (min(first.asked_on, first.due_on), first.due_on, _why(first)) if first else None
    _run_to(breach, AMEND, owed, done=done, by=by, today=today)
    unread = breach.amendments.filter(sent_at__isnull=False, seen_at=None).order_by("sent_at", "pk")
    sent = unread.first()
    said = (localtime(sent.sent_at).date(), None, f"Sent {say_date(localtime(sent.sent_at).date())}") if sent else None  # fmt: skip
    _run_to(breach, SEE, said, done=seen, by=by, today=today)


def _why(amendment):
    return f"Asked for on {say_date(amendment.asked_on)} by {amendment.asked_by}"


def _run_to(breach, kind, owed, *, done, by, today):
    about = {"case": breach.case, "kind": kind, "by": by, "today": today, "breach": breach}
    running = Deadline.objects.unmet().filter(kind=kind, breach=breach).first()
    if running and owed and not done and (running.due_on == owed[1] or owed[1] is None):
        return
    meet_deadline(void=not done, **about)
    if owed:
        since, due_on, why = owed
        open_deadline(triggered_on=since, due_on=due_on, why=why, **about)


def _owed(amendment):
    """(as it stands now, its breach), the case locked first; refused once it is done or the breach is over."""
    breach = locked(amendment.breach)
    check_still_here(breach.case.left_as)
    amendment = Amendment.objects.get(pk=amendment.pk)
    if BreachState(breach.state) in BREACH_OVER:
        raise RuleBroken(OVER)
    if amendment.sent_at or amendment.refused_because:
        raise RuleBroken(DONE)
    return amendment, breach
