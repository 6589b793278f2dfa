"""What the page of one appointment shows: before the meeting what to know and ask, after it what follows.

Sources: features row 58 and ideas ("since you last met"; objectives as prompts); report 2.3.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime

from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import Objective, PlanAction
from cases.queries.booking import facts_for, theirs_of
from cases.queries.due import due_rows
from cases.queries.event_reach import page_of, readable
from cases.queries.happened import events_since
from cases.queries.holding import who_goes_on
from cases.queries.outcomes import booking_of, where_of
from cases.reference.appointments import Enforces, Interpreter, ToldHow
from cases.reference.plans import Nature
from cases.rules.booking import beside, lasts, refusals, warnings
from cases.rules.booking_facts import Slot, Theirs
from cases.rules.meeting_notes import agreed_for_next_time
from cases.rules.outcomes import may_repeat, next_type, same_again
from cases.rules.words import counted, shortened
from staff.kit import DueRow, Line, on
from staff.permissions import Action
from staff.rules.dates import say_date, say_time

WEEKS = (1, 2, 4)
GIST = 400  # letters of the last note that are repeated
MOST_LINES = 6  # of the log since
COMING = 3  # of those that are booked after it
UNSAID = ". It keeps somebody safe: not for them to hear"  # what their copy of the plan leaves out


@dataclass(frozen=True)
class Since:
    """One thing that happened since they last met, and where it is read. `ask`, `read_first`: what to do with it."""

    when: str
    what: str
    href: str = ""
    ask: bool = False
    read_first: bool = (
        False  # others told us: they may not know, and asking could endanger somebody
    )


@dataclass(frozen=True)
class Prompt:
    """An objective of the plan in force, with what is still to be done towards it."""

    key: int
    what: str
    steps: list[str]


@dataclass(frozen=True)
class Before:
    """What to know before they meet."""

    met_on: str = ""  # when they last did; blank: never
    since: list[Since] = field(default_factory=list)
    agreed: str = ""
    agreed_on: str = ""
    prompts: list[Prompt] = field(default_factory=list)
    owed: list[DueRow] = field(default_factory=list)
    life: tuple[str, ...] = ()
    theirs: Theirs | None = None  # what bears on seeing them, as it was read for `life`

    @property
    def others_told(self):
        """Whether any of it is not for asking before it is read."""
        return any(one.read_first for one in self.since)


@dataclass(frozen=True)
class Again:
    """The same again in some weeks: when, said in full, and what stands beside that time."""

    code: str
    at: datetime
    words: str
    beside: str = ""
    codes: tuple[str, ...] = ()


def title_of(contact):
    """ "Office visit, Thursday 3 May 2018, 10am" """
    at = localtime(contact.started_at)
    return f"{contact.type_name or contact.type_code}, {said_when(at)}"


def said_when(at):
    return f"{at:%A} {say_date(at.date())}, {say_time(at)}"


def lines_of(contact, names, *, voluntary):
    """Where, with whom, what it is for and how they were told."""
    booking = booking_of(contact)
    where = where_of(contact)
    place = f": {names.text(contact.place)}" if contact.place else ""
    found = [
        Line("Where", f"{where.title}{place}"),
        Line("With", _with(contact, booking)),
        Line("For", _enforced(contact, booking, voluntary)),
    ]
    if booking:
        found.append(Line("How they were told", ToldHow(booking.told_how).title))
        if booking.interpreter != Interpreter.NOT_NEEDED:
            note = names.text(booking.interpreter_note)
            found.append(Line("Interpreter", Interpreter(booking.interpreter).title, detail=note))
    return found


def reminder_lines(shown):
    """The reminder of one to come: how, where to, when, in which words; or why none goes."""
    if not shown.goes:
        return [Line("Reminder", "None goes", detail=shown.because)]
    way = ", ".join(filter(None, [f"{shown.means} to {shown.to}", shown.when]))
    return [Line("Reminder", way, detail=shown.state), Line("It says", shown.words)]


def _with(contact, booking):
    if booking and booking.officer:
        return booking.officer.name
    return contact.staff_name or contact.staff_code or "Not recorded"


def _enforced(contact, booking, voluntary):
    if voluntary:
        return "Voluntary: nobody fails by missing it"
    if booking and booking.condition:
        return f"Condition: {shortened(booking.condition.category, GIST)}"
    if contact.requirement:
        return f"Requirement: {contact.requirement.main_name or contact.requirement.main_code}"
    return Enforces.ORDER.title


def before_meeting(contact, header, today):
    """What has happened since they last met, what was agreed, what the plan asks, what is owed."""
    case, names = contact.case, header.names
    met = _met_before(contact).first()
    met_on = localtime(met.started_at).date() if met else None
    noted = met if met is None or met.notes else _met_before(contact).exclude(notes="").first()
    agreed = names.text(_agreed(noted)) if noted else ""
    theirs = theirs_of(case)
    return Before(
        met_on=on(met_on) if met_on else "",
        since=_since(case, met_on or case.arrived_on, header, today, but=contact),
        agreed=agreed,
        agreed_on=on(localtime(noted.started_at).date()) if agreed else "",
        prompts=prompts_of(case, names) if Action.VIEW_PLAN in header.may else [],
        owed=due_rows(case, names, header.may, today),
        life=tuple(map(names.text, theirs.circumstances)),
        theirs=theirs,
    )


def _met_before(contact):
    """The appointments they kept before this one, the latest first."""
    held = contact.case.contacts.filter(
        appointment=True, attended=True, started_at__lt=contact.started_at
    )
    return held.order_by("-started_at", "-pk")


def _agreed(contact):
    """What was agreed for next time where the heading was used, else how the last note ends."""
    return agreed_for_next_time(contact.notes) or shortened(contact.notes, GIST)


def _since(case, since, header, today, but):
    if since is None:
        return []
    happened = [
        Since(
            on(one.on),
            header.names.text(one.what),
            reverse(page_of(one), args=[case.crn]),
            ask=one.significant and one.known_to_them,
            read_first=one.significant and not one.known_to_them,
        )
        for one in reversed(readable(events_since(case, since, today), header.may))
    ]
    return [*happened, *_written_since(case, since, header, today, but)]


def _written_since(case, since, header, today, but):
    """What was written in the log since: a comment from unpaid work, a call taken by duty."""
    lines = case.contacts.filter(
        appointment=False,
        system_generated=False,
        started_at__date__gt=since,
        started_at__date__lte=today,
    ).exclude(notes="")
    log = reverse("case-contacts", args=[case.crn])
    return [
        Since(
            on(localtime(one.started_at).date()),
            f"{one.type_name or one.type_code}: {shortened(header.names.text(one.notes), 160)}",
            f"{log}#contact-{one.pk}",
        )
        for one in lines.exclude(pk=but.pk).order_by("-started_at", "-pk")[:MOST_LINES]
    ]


def prompts_of(case, names):
    """The objectives of the plan in force with their open steps; in two statements."""
    objectives = list(Objective.objects.filter(plan__in=case.plans.in_force()).order_by("place"))
    steps: dict[int, list[str]] = {one.pk: [] for one in objectives}
    undone = PlanAction.objects.undone().filter(objective__in=steps).order_by("by_on", "pk")
    for step in undone:
        kept = UNSAID if step.protects_id or step.nature == Nature.VICTIM_SAFETY else ""
        steps[step.objective_id].append(f"{names.text(step.what)} (by {on(step.by_on)}){kept}")
    return [Prompt(one.pk, names.text(one.what), steps[one.pk]) for one in objectives]


def coming_after(contact, now):
    """When the next appointments that stand are, in words, the first first; none where none is booked."""
    coming = contact.case.contacts.to_come(max(now, contact.started_at))
    first = coming.exclude(pk=contact.pk).order_by("started_at", "pk")[:COMING]
    return [said_when(localtime(one.started_at)) for one in first]


def again_times(contact, user, now, *, policy, extra, theirs):
    """The same again in 1, 2 or 4 weeks, each with what stands beside that time. None for a home visit.

    `theirs`: what bears on seeing this person, as `before_meeting` has read it. Counted from the appointment, and never at a time that has been.
    """
    if not may_repeat(contact.type_code):
        return []
    booking, start = booking_of(contact), localtime(contact.started_at)
    times = [(weeks, same_again(start, weeks)) for weeks in WEEKS]
    times = [(weeks, at) for weeks, at in times if at > now]
    if not times:
        return []
    facts = facts_for(
        contact.case,
        who_goes_on(booking and booking.officer, user, localtime(now).date()),
        booking and booking.place,
        from_at=times[0][1],
        to_at=times[-1][1],
        policy=policy,
        extra=extra,
        theirs=theirs,
    )
    like = Slot(
        start,
        lasts(contact.started_at, contact.ended_at),
        next_type(contact.type_code),
        interpreter=booking.interpreter if booking else Interpreter.NOT_NEEDED,
    )
    stands = [(weeks, at, beside(replace(like, starts_at=at), facts)) for weeks, at in times]
    return [_again(weeks, at, found) for weeks, at, found in stands if not refusals(found)]


def _again(weeks, at, stands):
    warned = warnings(stands)
    return Again(
        f"again-{weeks}",
        at,
        f"In {counted(weeks, 'week')}: {said_when(at)}",
        " ".join(one.text for one in warned),
        tuple(one.code for one in warned),
    )
