"""Winning somebody back while a breach or a recall runs: the next contact is agreed at once, and anew when it falls.

One agreement is of the person, and so of everything that runs against them. Contact goes on as the standard asks: nothing
here stops another clock. Source: report 2.3; product rules (contact never silently falls).
"""

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localtime

from cases.models import Breach, Case, Recall, Reengagement
from cases.queries.enforcement.winning_back import (
    OWES,
    contacts_to_come,
    owed_anew_of,
    plans_of,
    running_of,
    since_of,
)
from cases.reference.enforcement import BREACH_OVER, RECALL_OVER
from cases.rules.enforcement.winning_back import check_plan, next_contact_by, say_last_day
from cases.rules.leaving import check_still_here
from cases.services.appointments_taken_up import lock_appointment
from cases.services.checks import lock_case
from cases.services.deadlines import meet_deadline, open_deadline
from cases.services.policy import clocks, enforcement_policy
from cases.services.welfare import welfare_owed
from staff.audit import record
from staff.errors import RuleBroken

CHUNK = 500  # cases
NOTHING_RUNS = "No breach or recall runs any more, so there is nothing to agree here. Contact goes on as the plan says."
NOT_THEIRS = (
    "That appointment is not one of theirs to come any more. Choose another, or book one first."
)


@transaction.atomic
def begin_winning_back(*, case, moment, why, by, today, **about):
    """A breach or a recall has begun: the next contact is owed, and they are asked about self-harm where that is known.

    The caller holds the case. `about`: the breach or the recall; `moment`: a `WelfareWhen`.
    """
    open_deadline(case=case, kind=OWES, triggered_on=today, why=why, by=by, today=today, **about)
    welfare_owed(case=case, moment=moment, on=today, by=by, today=today)


@transaction.atomic
def agree_next_contact(
    *, case, what_we_do, by, now, next_contact=None, cannot_be_seen="", what_kept_them=""
):
    """Say when they are next seen, or why they cannot be and what is done instead. Returns what it was agreed for.

    `next_contact`: the key of an appointment of theirs to come.
    """
    case, today = lock_case(case), localtime(now).date()
    check_still_here(case.left_as)
    breaches, recalls = running_of(case)
    if not breaches and not recalls:
        raise RuleBroken(NOTHING_RUNS)
    chosen = _chosen(case, next_contact, now)
    until = next_contact_until(since_of(case, breaches, recalls), today)
    next_on = localtime(chosen.started_at).date() if chosen else None
    check_plan(
        what_we_do=what_we_do,
        next_on=next_on,
        cannot_be_seen=cannot_be_seen,
        by=until,
        today=today,
        extra=clocks(today).extra_bank_holidays,
    )
    said = {
        "case": case,
        "next_contact": lock_appointment(chosen, by=by, now=now) if chosen else None,
        "cannot_be_seen": "" if chosen else cannot_be_seen.strip(),
        "what_kept_them": what_kept_them.strip(),
        "what_we_do": what_we_do.strip(),
        "written_at": now,
        "written_by": by,
    }
    about = [*({"breach": one} for one in breaches), *({"recall": one} for one in recalls)]
    made = [Reengagement.objects.update_or_create(**one, defaults=said)[0] for one in about]
    for one in about:
        meet_deadline(case=case, kind=OWES, by=by, today=today, **one)
    record(by=by, action="agreed_next_contact", crn=case.crn, plans=[one.pk for one in made])
    return made


def next_contact_until(since, today):
    """The last day for the next contact, of the policy that is in force."""
    days = enforcement_policy(today).next_contact_days
    return next_contact_by(since or today, days, clocks(today).extra_bank_holidays)


def until_in_words(since, today):
    """By when the page asks for the next contact: the day that `agree_next_contact` holds it to."""
    until = next_contact_until(since, today)
    return say_last_day(until, today, clocks(today).extra_bank_holidays)


@transaction.atomic
def settle_winning_back(*, case, by, now):
    """Owe the next contact anew where what was agreed does not stand any more, and not where it does.

    Called wherever an appointment is called off, moved or gets its outcome, and each night. The caller holds the case.
    Returns on how many it is owed.
    """
    if case.left_as:
        return 0
    owed = 0
    for plan in plans_of(case):
        written_on = localtime(plan.written_at).date()
        today = localtime(now).date()
        why = owed_anew_of(plan, next_contact_until(written_on, today), now)
        about = {"breach": plan.breach} if plan.breach_id else {"recall": plan.recall}
        known = {"case": case, "kind": OWES, "by": by, "today": today, **about}
        if why:
            open_deadline(triggered_on=today, why=why, **known)
            owed += 1
        else:
            meet_deadline(void=True, **known)
    return owed


def settle_winning_back_chunk(*, after, today, now, size=CHUNK):
    """The next so many cases on which a breach or a recall runs. A step of `cases.services.jobs.run_job`."""
    concerned = (
        Q(reengagements__breach__in=Breach.objects.running())
        | Q(reengagements__recall__in=Recall.objects.running())
        | Q(deadlines__kind=OWES, deadlines__met_on=None)
    )
    cases = Case.objects.ours().filter(concerned, pk__gt=after)
    keys = list(cases.order_by("pk").values_list("pk", flat=True).distinct()[:size])
    owed = sum(_settle_one(key, now) for key in keys)
    return (keys[-1] if len(keys) == size else None), {"owed": owed}


@transaction.atomic
def _settle_one(key, now):
    case = Case.objects.select_for_update(no_key=True).get(pk=key)
    for one in case.deadlines.unmet().filter(kind=OWES).select_related("breach", "recall"):
        over = one.breach.state in BREACH_OVER if one.breach else one.recall.state in RECALL_OVER
        if over:
            about = {"breach": one.breach} if one.breach else {"recall": one.recall}
            today = localtime(now).date()
            meet_deadline(case=case, kind=OWES, by=None, today=today, void=True, **about)
    return settle_winning_back(case=case, by=None, now=now)


def _chosen(case, key, now):
    if key is None:
        return None
    found = next((one for one in contacts_to_come(case, now) if one.pk == key), None)
    if found is None:
        raise RuleBroken(NOT_THEIRS)
    return found
