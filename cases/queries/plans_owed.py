"""When each of many cases was first seen in its current sentence, and whether it has a plan since.

Source: contract SL003.
"""

from collections import defaultdict
from datetime import date, datetime, time

from django.utils.timezone import get_current_timezone, localtime

from cases.models import Contact, Plan, Sentence
from cases.reference.codes import HELD
from cases.rules.plans_owed import Seen


def first_attended(cases, today):
    """(case, Seen) of each of these cases that is out in the community on a sentence. Three statements."""
    began = _began(cases)
    if not began:
        return []
    signed = dict(Plan.objects.in_force().filter(case__in=began).values_list("case", "signed_at"))
    attended = defaultdict(list)
    tonight = datetime.combine(today, time.max, get_current_timezone())
    seen = Contact.objects.filter(
        case__in=began, appointment=True, attended=True, started_at__lte=tonight
    )
    for case, at in seen.values_list("case", "started_at"):
        attended[case].append(localtime(at).date())
    return [
        (
            case,
            Seen(
                began_on=began[case.pk],
                attended_on=tuple(attended[case.pk]),
                signed_on=localtime(signed[case.pk]).date() if case.pk in signed else None,
            ),
        )
        for case in cases
        if case.pk in began
    ]


def _began(cases):
    """{case: when its latest current sentence began in the community, or we took it over if later}."""
    arrived = {case.pk: case.arrived_on for case in cases}
    found: dict[int, date] = {}
    for case, status, *days in (
        Sentence.objects.current()
        .filter(case__in=arrived)
        .values_list("case", "custody_status", "released_on", "started_on", "convicted_on")
    ):
        began = next(filter(None, days), None)
        if began and status not in HELD:
            found[case] = max(filter(None, (began, found.get(case), arrived[case])))
    return found
