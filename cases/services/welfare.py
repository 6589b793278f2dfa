"""Asking whether somebody thinks of harming themselves, writing down what they say, and who hears at once.

Source: product rules, clocks; `cases.rules.welfare`. Whatever makes things harder for them calls `welfare_owed`.
"""

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate

from cases.models import Case, Deadline, WelfareCheck
from cases.queries.recipients import told_at_once
from cases.queries.welfare import asked_of, last_asked, moments_of
from cases.reference.worst_days import WelfareAnswer, WelfareWhen
from cases.rules.leaving import check_still_here
from cases.rules.welfare import RISE, check_welfare
from cases.services.checks import lock_case
from cases.services.deadline_sets import DeadlineRow, open_deadlines
from cases.services.deadlines import due_under, meet_deadline, open_deadline
from cases.services.policy import clocks
from cases.services.telling import tell
from staff.audit import record
from staff.rules.dates import say_date

CHUNK = 500  # cases
ASKS = "ask_welfare"
HEARD = {
    WelfareAnswer.THOUGHTS: "{crn} said when asked that they think of harming themselves. Read what was done.",
    WelfareAnswer.PLANS: "{crn} said when asked that they have a plan to harm themselves, or the means. Read what was done, now.",
}


@transaction.atomic
def welfare_owed(*, case, moment, on, by, today):
    """Have them asked, if they are somebody who is: `moment` came on that day. The caller holds the case. Whether it is owed."""
    if case.pk not in asked_of([case.pk]):
        return False
    open_deadline(
        case=case,
        kind=ASKS,
        triggered_on=on,
        due_on=max(due_under(clocks(today), ASKS, on), today),
        why=_why(moment, on),
        by=by,
        today=today,
    )
    return True


@transaction.atomic
def welfare_not_owed(*, case, moment, on, by, today):
    """That moment was recorded by mistake: what was owed for it is owed no more. The caller holds the case. Whether it was."""
    owed = case.deadlines.unmet().filter(kind=ASKS, triggered_on=on, why=_why(moment, on))
    if not owed.exists():
        return False
    return meet_deadline(case=case, kind=ASKS, by=by, today=today, void=True)


@transaction.atomic
def record_welfare(*, case, moment, asked_at, answer, words, done, by, now):
    """They were asked, or could not be. Where they spoke of it, the seniors and whoever holds the case hear now.

    Returns the `WelfareCheck`. It is owed again where they spoke of it, or nobody could ask.
    """
    case, today = lock_case(case), localdate(now)
    check_still_here(case.left_as)
    said = check_welfare(
        moment=moment, asked_at=asked_at, answer=answer, words=words, done=done, now=now
    )
    made = WelfareCheck.objects.create(case=case, **said, recorded_at=now, recorded_by=by)
    record(by=by, action="asked_welfare", crn=case.crn, check=made.pk, moment=str(made.moment))
    _settle(made, by=by, today=today)
    if made.answer in RISE:
        _tell(made, by=by, now=now)
    return made


def _settle(made, *, by, today):
    """What was owed is done, or goes on; and of whoever spoke of it, asking again is owed the next working day."""
    case, asked_on = made.case, localdate(made.asked_at)
    if made.answer != WelfareAnswer.COULD_NOT:
        meet_deadline(case=case, kind=ASKS, by=by, today=today, on=asked_on)
    last = last_asked([case.pk])[case.pk]
    if made.answer == WelfareAnswer.COULD_NOT:
        why = f"They could not be asked on {say_date(asked_on)}"
    elif last.answer in RISE:
        why = f"They spoke of it on {say_date(last.on)}"
    else:
        return
    open_deadline(case=case, kind=ASKS, triggered_on=today, why=why, by=by, today=today)


def _tell(made, *, by, now):
    case = made.case
    tell(
        case=case,
        users=told_at_once(case, localdate(now), by),
        text=HEARD[made.answer].format(crn=case.crn),
        href=reverse("welfare", args=[case.crn]),
        now=now,
        urgent=True,
    )


def owe_welfare_chunk(*, after, today, size=CHUNK):
    """The next so many cases of which somebody is asked. A step of `cases.services.jobs.run_job`."""
    keys = sorted(pk for pk in asked_of() if pk > after)[:size]
    owed = owe_welfare(case_ids=keys, today=today) if keys else 0
    return (keys[-1] if len(keys) == size else None), {"owed": owed}


@transaction.atomic
def owe_welfare(*, case_ids, today, by=None):
    """What the record says of a release, a recall or a breach, where nobody has asked since. Returns on how many it is owed."""
    ours = Case.objects.ours().filter(pk__in=case_ids).order_by("pk")
    held = set(ours.select_for_update(no_key=True).values_list("pk", flat=True))
    moments = moments_of(sorted(held & asked_of(held)), today)
    had = Deadline.objects.filter(kind=ASKS, case__in=moments).order_by("triggered_on")
    begun = dict(had.values_list("case", "triggered_on"))
    rows = [
        DeadlineRow(pk, on, _why(moment, on), due_on=max(due_under(clocks(today), ASKS, on), today))
        for pk, (moment, on) in sorted(moments.items())
        if pk not in begun or begun[pk] < on
    ]
    return open_deadlines(kind=ASKS, rows=rows, by=by, today=today)


def _why(moment, on):
    return f"{WelfareWhen(moment).title}, {say_date(on)}"
