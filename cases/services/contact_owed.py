"""What the night finds owed of contact: an appointment this calendar month, and a rehabilitation activity day.

Source: CRC contract, schedule 9 AK (`cases.rules.contact_figures`, the floor); `cases.rules.rar`, stalled. Both are
settled for many cases at once, in a fixed number of statements a chunk.
"""

from django.db import transaction

from cases.models import Case
from cases.queries.contact_owed import months_of, offers_of
from cases.queries.rar import Counted, rar_of_cases
from cases.rules.contact_figures import month_met, month_owed
from cases.rules.words import counted
from cases.services.deadline_sets import DeadlineRow, meet_deadlines, open_deadlines
from cases.services.policy import meeting_policy
from cases.services.rar import OWES as RAR_DAY
from staff.rules.dates import say_date

MONTH = "monthly_contact"
CHUNK = 500  # cases


def owe_contact_chunk(*, after, today, size=CHUNK):
    """Settle what the next so many cases owe of contact. A step of `cases.services.jobs.run_job`."""
    cases = Case.objects.ours().filter(pk__gt=after)
    keys = list(cases.order_by("pk").values_list("pk", flat=True)[:size])
    counts = {}
    if keys:
        counts = {
            **owe_months(case_ids=keys, today=today),
            **owe_rar_days(case_ids=keys, today=today),
        }
    return (keys[-1] if len(keys) == size else None), counts


@transaction.atomic
def owe_months(*, case_ids, today, by=None):
    """Open and close what is owed of this calendar month. Returns how many of each."""
    held = _held(case_ids)
    offered = offers_of(held, today)
    months = months_of(held)
    known = {pk: months.supervised[pk] for pk in held}
    idle = {pk for pk in months.opened_on if known[pk].not_asked_for}
    notice = meeting_policy(today).month_notice_days
    owed = {pk: month_owed(known[pk], offered[pk], today, notice) for pk in held}
    met = {
        pk
        for pk, on in months.opened_on.items()
        if month_met(on, offered[pk]) and not _is_this(on, owed[pk])
    }
    rows = [DeadlineRow(pk, today, _why(on), due_on=on) for pk, on in sorted(owed.items()) if on]
    counts = {
        "months_met": meet_deadlines(kind=MONTH, case_ids=met, by=by, today=today),
        "months_void": meet_deadlines(
            kind=MONTH, case_ids=idle - met, by=by, today=today, void=True
        ),
    }
    return {**counts, "months_opened": open_deadlines(kind=MONTH, rows=rows, by=by, today=today)}


def _is_this(opened_on, owed):
    """Whether the clock is that of the month still owed: what is offered for the next is no answer to it yet."""
    return owed is not None and opened_on.replace(day=1) == owed.replace(day=1)


def _why(last):
    return f"No face-to-face appointment is offered in {last:%B %Y}, which ends on {say_date(last)}"


@transaction.atomic
def owe_rar_days(*, case_ids, today, by=None):
    """Open what is owed where a requirement has stalled, and close it where none has any more."""
    held = _held(case_ids)
    weeks = meeting_policy(today).rar_stall_weeks
    stalled: dict[int, Counted] = {}
    done: set[int] = set()
    for one in rar_of_cases(held, today, weeks):
        if one.since:
            stalled.setdefault(one.case.pk, one)
        if one.tally.booked or _lately(one, today, weeks):
            done.add(one.case.pk)
    rest = set(held) - stalled.keys()
    rows = [DeadlineRow(pk, today, _stalled(one)) for pk, one in sorted(stalled.items())]
    close = {"kind": RAR_DAY, "by": by, "today": today}
    counts = {
        "rar_met": meet_deadlines(case_ids=rest & done, **close),
        "rar_void": meet_deadlines(case_ids=rest - done, void=True, **close),
    }
    return {**counts, "rar_opened": open_deadlines(kind=RAR_DAY, rows=rows, by=by, today=today)}


def _lately(one, today, weeks):
    """Whether a day was credited or offered within the weeks."""
    days = (*one.tally.credited, *one.tally.unsaid, *one.tally.missed)
    return any((today - day).days < 7 * weeks for day in days)


def _stalled(one):
    return (
        f"No rehabilitation activity day credited or booked since {say_date(one.since)}, and "
        f"{counted(one.tally.left, 'day')} left"
    )


def _held(case_ids):
    """The keys of those that are ours, with their rows locked."""
    ours = Case.objects.ours().filter(pk__in=case_ids).order_by("pk")
    return list(ours.select_for_update(no_key=True).values_list("pk", flat=True))
