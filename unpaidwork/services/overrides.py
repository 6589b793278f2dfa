"""Going ahead with an allocation to unpaid work although a gate is shut: asked for, decided by somebody else, closed.

Source: product rules, override; unpaid work reference 5 (only a senior, reasoned, for a time, reported). What it
must say, its cap, sampling and end are those of every override: `cases.services.overrides`.
"""

from functools import partial

from django.db import transaction
from django.urls import reverse

from cases.queries.recipients import let_in
from cases.reference.overrides import Act, OverrideState
from cases.services import overrides
from cases.services.telling import tell
from staff.rules.dates import say_date
from unpaidwork.queries.recipients import coordinators_of
from unpaidwork.queries.site_gaps import shut_anywhere
from unpaidwork.services.retesting import retest


def ask_work_override(*, case, today, **said):
    """Ask to allocate this person although these gates are shut. Returns the request."""
    return overrides.ask_override(**before_allocating(case, today), today=today, **said)


@transaction.atomic
def decide_work_override(*, override, today, now, **said):
    """Approve it until its day, or refuse it. Once approved, coordinators hear: they allocate, not who asked."""
    open_now = before_allocating(override.case, today)["open_now"]
    decided = overrides.decide_override(
        override=override, open_now=open_now, today=today, now=now, **said
    )
    if decided.state == OverrideState.APPROVED:
        case, until = decided.case, say_date(decided.expires_on)
        tell(
            case=case,
            users=let_in(case, coordinators_of(case)),
            text=f"An override on {case.crn} runs until {until}: see what it lets pass before they are allocated.",
            href=reverse("allocate-work", args=[case.crn]),
            now=now,
        )
    return decided


@transaction.atomic
def close_work_override(*, override, how, by, today, now):
    """Close by hand what was approved. Work that stood on it alone is suspended at once."""
    closed = overrides.close_override(override=override, how=how, by=by, today=today)
    retest([closed.case_id], by, now)
    return closed


def before_allocating(case, today):
    """What an override of an allocation is about: the case, and the gates that are shut when that is asked."""
    return {"case": case, "act": Act.ALLOCATION, "open_now": partial(shut_anywhere, case, today)}
