"""What was done and owed: contact of a year in full and earlier contact counted, work on sites, deadlines and flags."""

from django.db.models import Count
from django.utils.timezone import localdate, localtime

from cases.models import Deadline, Flag
from cases.reference.deadlines import KEPT_TO, KINDS, OF_COMPLAINTS, OF_FURTHER_OFFENCES
from cases.rules.words import counted
from oversight.queries.known_then.entries import entry, made, said
from staff.permissions import TITLES, Role
from staff.rules.dates import say_date
from unpaidwork.models import Attendance, Instruction, Work, WorkAllocation, WorkRisk
from unpaidwork.queries.hours import hours_of
from unpaidwork.reference.risk_questions import RISK_QUESTIONS

CONTACT = {
    "At": "started_at",
    "Until": "ended_at",
    "With": "staff_name",
    "Where": "place",
    "Outcome": "outcome_name",
    "Came": "attended",
    "Complied": "complied",
    "Enforcement": "enforcement_name",
    "Rehabilitation activity": "rar_activity",
    "Not for the person": "sensitive",
    "Notes": "notes",
}
BOOKED = {
    "Booked by": "booking.booked_by",
    "Called off": "booking.called_off_at",
    "Asked for by": "booking.asked_by",
    "Called off because": "booking.called_off_because",
}
DECIDED = {
    "What the absence came to": "booking.decision.state",
    "Rung": "booking.decision.called",
    "Safe when rung": "booking.decision.safe",
    "Note of the call": "booking.decision.call_note",
    "What was asked before deciding": "booking.decision.answers",
    "Decided because": "booking.decision.because",
    "Decided": "booking.decision.decided_at",
    "Decided by": "booking.decision.decided_by",
}
OWED = {"Since": "triggered_on", "Due": "due_on", "Stands still since": "paused_on", "Why": "why"}
RAISED = {"Raised": "raised_on", "Climbed": "climbed_on", "Why": "why"}
WORK = {
    "Stands": "state",
    "Because": "state_because",
    "Sentenced": "sentenced_on",
    "Extended to": "extended_to",
}
ALLOCATED = {
    "Project": "project.name",
    "Stands": "state",
    "Because": "state_because",
    "From": "from_on",
    "To": "to_on",
    "Agreed to work alone": "agreed_alone",
    "Made by": "made_by",
}
CAME = {
    "Came": "came",
    "Minutes credited": "credited_minutes",
    "Quality": "quality",
    "Behaviour": "behaviour",
    "Task": "task",
    "Note": "note",
}
RISK = {"Stands": "state", "Signed": "signed_at", "Signed by": "signed_by", "Good until": "good_until"}  # fmt: skip
INSTRUCTION = {
    "Must not": "must_not",
    "Watch for": "watch_for",
    "Do": "do",
    "Ring": "ring",
    "Ended": "ended_on",
}


def contact(case, since):
    """All since that day and all to come; what is earlier is counted by kind."""
    beside = ("booking__booked_by", "booking__decision__decided_by")
    rows = case.contacts.filter(started_at__date__gte=since).select_related(*beside)
    rows = rows.prefetch_related("booking__corrections")
    for one in rows.order_by("started_at", "pk"):
        title = f"{one.type_name or one.type_code}, {say_date(localtime(one.started_at).date())}"
        yield entry(one, title, CONTACT | _beside(one), *_corrected(one))
    earlier = case.contacts.filter(started_at__date__lt=since).order_by()
    kinds = dict(earlier.values_list("type_name").annotate(n=Count("pk")))
    lines = [[name or "Not named", counted(kinds[name], "contact")] for name in sorted(kinds)]
    title = f"Contact before {say_date(since)}"
    yield made("earlier-contact", title, lines or [["Contacts", "None on the record"]])


def owed(case, since):
    """Without what follows from the charge itself, complaints, which whoever they are about may read here, and what is kept to few."""
    left_out = [*OF_FURTHER_OFFENCES, *OF_COMPLAINTS, *KEPT_TO]
    rows = Deadline.objects.unmet().filter(case=case).exclude(kind__in=left_out)
    for one in rows.order_by("pk"):
        yield entry(one, KINDS[one.kind].title, OWED, ["Whose", TITLES[Role(one.owner_role)]])
    up = Flag.objects.raised().filter(case=case).exclude(deadline__kind__in=left_out)
    for one in up.select_related("deadline").order_by("pk"):
        told = ["Raised with", TITLES[Role(one.told)]]
        yield entry(one, f"Flag: {KINDS[one.deadline.kind].title.lower()}", RAISED, told)


def unpaid_work(case, since):
    works = list(Work.objects.filter(case=case).order_by("pk"))
    hours = hours_of(works, localdate())
    for one in works:
        done = hours[one.pk]
        lines = [["Minutes ordered", str(done.ordered)], ["Minutes credited", str(done.credited)]]
        yield entry(one, "Unpaid work", WORK, *lines)
    for risk in WorkRisk.objects.filter(case=case).select_related("signed_by").order_by("pk"):
        yield entry(risk, "Risk assessment for unpaid work", RISK, *_answers(risk.answers))
    for told in Instruction.objects.filter(case=case).order_by("pk"):
        yield entry(told, "What supervisors are told", INSTRUCTION)
    places = WorkAllocation.objects.filter(case=case).select_related("project", "made_by")
    for place in places.order_by("pk"):
        yield entry(place, "Place", ALLOCATED)
    came = Attendance.objects.filter(case=case, session__on__gte=since)
    for day in came.select_related("session__project").order_by("session__on", "pk"):
        yield entry(day, f"{day.session.project.name}, {say_date(day.session.on)}", CAME)


def _beside(one):
    """The columns of what was booked and decided, where there is any."""
    booking = getattr(one, "booking", None)
    if booking is None:
        return {}
    return BOOKED | (DECIDED if getattr(booking, "decision", None) else {})


def _corrected(one):
    booking = getattr(one, "booking", None)
    rows = sorted(booking.corrections.all(), key=lambda each: each.pk) if booking else []
    return [
        [
            f"Corrected {said(each.at)}",
            f"It said: {each.was_name}. {each.was_notes} Because: {each.because}",
        ]
        for each in rows
    ]


def _answers(answers):
    return [
        [RISK_QUESTIONS[code].asks if code in RISK_QUESTIONS else code, said(value)]
        for code, value in sorted(answers.items())
    ]
