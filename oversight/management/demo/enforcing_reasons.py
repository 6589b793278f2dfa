"""One officer of the demonstration asks by letter why somebody did not come, and waits for the answer before deciding."""

from datetime import time

from cases.management.days import by_now
from cases.models import ComplianceDecision
from cases.queries.enforcement.reasons import may_ask
from cases.reference.holding import LeftAs
from cases.services.enforcement.reasons import ask_for_reason
from cases.services.policy import clocks


def ask_for_one(today, fated):
    """The latest absence of which the reason may still be asked for, this morning: it waits for the hub."""
    now = by_now(today, time(8))
    found = ComplianceDecision.objects.awaiting().filter(
        case__left_as=LeftAs.STILL_HERE, case__retained_by="", case__officer__isnull=False
    )
    found = found.exclude(case__pauses__ended_at=None, case__pauses__isnull=False)
    found = found.select_related("case__officer", "appointment__contact__case")
    extra = clocks(today).extra_bank_holidays
    for one in found.order_by("-happened_on", "case__crn", "pk"):
        if may_ask(one.appointment, one, today, extra):
            ask_for_reason(decision=one, by=one.case.officer, now=now)
            fated.asked.append(one)
            return
