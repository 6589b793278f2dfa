"""Testing again who comes by an appointment of its own, an induction or a single day, as places by the week are.

What may not stand is called off, what is owed of work is opened again, and whoever must hear is told. Whoever is there
already stays on the register, is held on the sheet and is spoken of once. Source: unpaid work reference 10.
"""

from django.utils.timezone import localtime

from cases.models import Notice
from cases.rules.words import ended, shortened
from staff.audit import record_each
from staff.rules.dates import say_date
from unpaidwork.queries.single_places import single_places, stands_against_singles
from unpaidwork.reference.sessions import Came
from unpaidwork.services.attendances import LONGEST, call_off_attendances
from unpaidwork.services.telling_of_work import tell_of_work
from unpaidwork.services.work_owed import settle_work


def retest_singles(*, by, now, **where):
    """Call off those of these (as a filter of `Attendance` says) that may not stand; the cases are held. Returns them."""
    today = localtime(now).date()
    rows = single_places(today).filter(**where).select_related("case", "session__project")
    found = stands_against_singles(rows.order_by("pk"), today)
    touched = list(rows.filter(pk__in=found).order_by("pk")) if found else []
    because = {
        one.pk: shortened(" ".join(gap.sentence for gap in found[one.pk]), LONGEST)
        for one in touched
    }
    new = [one for one in touched if not _is_told(one, because[one.pk])]
    entries = [
        (
            one.case.crn,
            {
                "attendance": one.pk,
                "session": one.session_id,
                "because": [gap.key for gap in found[one.pk]],
            },
        )
        for one in new
    ]
    record_each(by=by, action="stopped_single_place", rows=entries)
    for one in new:
        if one.came != Came.HERE:
            call_off_attendances(attendances=[one], because=because[one.pk], by=by, now=now)
        tell_of_work(
            case=one.case,
            project=one.session.project,
            text=_words(one, because[one.pk]),
            there=one if one.session.on == today else None,
            now=now,
        )
    if new:
        settle_work(case_ids=sorted({one.case_id for one in new}), by=by, today=today)
    return new


def _words(one, because):
    day = say_date(one.session.on)
    return f"{one.case.crn} is not to be at {one.session.project.code} on {day}. {ended(because)}"


def _is_told(one, because):
    """Of whoever is there already, or whose day has begun, nothing more can be called off: it is said once."""
    return Notice.objects.filter(case=one.case_id, text__startswith=_words(one, because)).exists()
