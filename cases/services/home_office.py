"""Writing down how somebody stands with the Home Office, and of whom it is still to be asked.

Source: product rules, clocks; `cases.rules.home_office`.
"""

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate

from cases.models import Case, HomeOffice
from cases.queries.home_office import to_ask
from cases.queries.recipients import told_at_once
from cases.rules.home_office import TOLD_OF, check_home_office, is_still_to_ask
from cases.rules.leaving import check_still_here
from cases.services.checks import lock_case
from cases.services.deadline_sets import DeadlineRow, meet_deadlines, open_deadlines
from cases.services.deadlines import meet_deadline
from cases.services.telling import tell
from staff.audit import record
from staff.errors import RuleBroken

CHUNK = 500  # cases
ASKS = "ask_home_office"
MEANWHILE = "Somebody has changed this meanwhile. Look at what stands now, then write it again."


@transaction.atomic
def record_home_office(*, case, version, by, now, **given):
    """Put in place what is known. `version`: of what the writer saw, 0 where there was nothing. Returns the `HomeOffice`.

    The officer and the seniors hear when it becomes removal or bail, or its conditions change.
    """
    case, today = lock_case(case), localdate(now)
    check_still_here(case.left_as)
    said = check_home_office(**given, today=today)
    stood = HomeOffice.objects.filter(case=case).first()
    if (stood.version if stood else 0) != version:
        raise RuleBroken(MEANWHILE)
    before = (stood.interest, stood.conditions) if stood else ("", "")
    row = stood or HomeOffice(case=case)
    for name, value in said.items():
        setattr(row, name, value)
    row.set_at, row.set_by, row.version = now, by, version + 1
    row.save()
    record(by=by, action="recorded_home_office", crn=case.crn, interest=str(row.interest))
    if not is_still_to_ask(row.interest, row.asked_on):
        meet_deadline(case=case, kind=ASKS, by=by, today=today)
    else:
        owe_home_office(case_ids=[case.pk], today=today, by=by)
    if row.interest in TOLD_OF and (row.interest, row.conditions) != before:
        _tell(row, case, by=by, now=now)
    return row


def owe_home_office_chunk(*, after, today, size=CHUNK):
    """The next so many cases. A step of `cases.services.jobs.run_job`."""
    ours = Case.objects.ours().filter(pk__gt=after).order_by("pk")
    keys = list(ours.values_list("pk", flat=True)[:size])
    owed = owe_home_office(case_ids=keys, today=today) if keys else 0
    return (keys[-1] if len(keys) == size else None), {"owed": owed}


@transaction.atomic
def owe_home_office(*, case_ids, today, by=None):
    """Open the clock where the Home Office is to be asked, and close it where it is not any more. Returns on how many it began."""
    ours = Case.objects.ours().filter(pk__in=case_ids).order_by("pk")
    held = list(ours.select_for_update(no_key=True).values_list("pk", flat=True))
    why = to_ask(held)
    rest = [pk for pk in held if pk not in why]
    meet_deadlines(kind=ASKS, case_ids=rest, by=by, today=today, void=True)
    rows = [DeadlineRow(pk, today, why[pk]) for pk in sorted(why)]
    return open_deadlines(kind=ASKS, rows=rows, by=by, today=today)


def _tell(row, case, *, by, now):
    tell(
        case=case,
        users=told_at_once(case, localdate(now), by),
        text=f"The Home Office has told us something of {case.crn} that you must know before you next see them.",
        href=reverse("home-office", args=[case.crn]),
        now=now,
    )
