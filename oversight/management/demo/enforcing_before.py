"""Decisions of the half-year before about absences of the record, so that decisions can be compared between groups at once.

They were made before failures were answered here, and so have no answer and no clock. Only of people of whom no assessment is
signed: to a signed one each would be something that has happened since.
"""

from datetime import datetime, time, timedelta

from django.utils.timezone import get_current_timezone, localtime

from cases.models import Appointment, Assessment, Case, ComplianceDecision, Contact
from cases.queries.days import midnight
from cases.reference.appointments import Decided, Enforces, Where
from cases.reference.harm import UNFINISHED, AssessmentState
from cases.rules.calendar import add_working_days
from cases.rules.enforcement.equality import halves_before

KINDS = ("COAP", "COAI")  # appointments at an office
NOT_ACCEPTED = "UAAB"
ACCEPTED = ("AAME", "AAEM", "AAFC")
BECAUSE = {
    Decided.FAILURE: "No reason was given and no proof came by the day that they had.",
    Decided.ACCEPTABLE: "What they brought shows that they could not come that day.",
}
BEFORE_IT_ENDED = timedelta(days=14)  # so that each was decided in the same half-year
DECIDED_AFTER, BOOKED_BEFORE = 5, timedelta(days=7)  # working days; and days


def decide_before(today):
    """Gives what was decided, as the truth has it: [CRN, kind, day, what it came to, whether they were rung]."""
    half = halves_before(today)[0]
    not_signed = {*UNFINISHED, AssessmentState.DROPPED}
    signed = Assessment.objects.exclude(state__in=not_signed).values("case")
    cases = Case.objects.ours().filter(officer__isnull=False).exclude(pk__in=signed)
    missed = Contact.objects.filter(
        case__in=cases, booking=None, appointment=True, type_code__in=KINDS, outcome_code__in=[NOT_ACCEPTED, *ACCEPTED],
        started_at__gte=midnight(half.first), started_at__lt=midnight(half.last - BEFORE_IT_ENDED),
    )  # fmt: skip
    rows = list(missed.select_related("case").order_by("case__crn", "started_at", "pk"))
    Appointment.objects.bulk_create([_booked(one) for one in rows])
    decided = ComplianceDecision.objects.bulk_create([_decided(one) for one in rows])
    return [
        [one.case.crn, one.type_code, made.happened_on.isoformat(), str(made.state), ""]
        for one, made in zip(rows, decided, strict=True)
    ]


def _booked(one):
    return Appointment(
        contact=one,
        officer_id=one.case.officer_id,
        where=Where.OFFICE,
        enforces=Enforces.REQUIREMENT if one.requirement_id else Enforces.ORDER,
        booked_at=one.started_at - BOOKED_BEFORE,
        booked_by_id=one.case.officer_id,
        logged_at=one.started_at + timedelta(hours=1),
        logged_by_id=one.case.officer_id,
    )


def _decided(one):
    day = localtime(one.started_at).date()
    state = Decided.FAILURE if one.outcome_code == NOT_ACCEPTED else Decided.ACCEPTABLE
    then = add_working_days(day, DECIDED_AFTER)
    return ComplianceDecision(
        appointment_id=one.pk,
        case_id=one.case_id,
        state=state,
        happened_on=day,
        became_aware_on=day,
        because=BECAUSE[state],
        decided_at=datetime.combine(then, time(16), get_current_timezone()),
        decided_by_id=one.case.officer_id,
    )
