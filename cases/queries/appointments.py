"""The appointments of one case as its page shows them: to come, past, and those moved or called off.

Every attendance is here, booked by us or brought in. Source: product rules, failures (each names what it
enforces, or is voluntary; moved and called off ones keep their history, and their number is seen).
"""

from collections import Counter
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import Contact
from cases.queries.contacts import mark_of
from cases.queries.paging import page_of
from cases.queries.sentences import requirement_name
from cases.reference.appointments import AskedBy, Enforces, Interpreter, ToldHow, Where
from cases.rules.words import ended, listed, shortened, times, within_a_sentence
from staff.kit import Link, Tag, tag
from staff.permissions import Action
from staff.rules.dates import say_date, say_time

SIZE = 40  # past ones on a page
LONGEST = 100  # letters of a condition that a row repeats
BESIDE = (
    "requirement",
    "booking__officer",
    "booking__place",
    "booking__condition",
    "booking__moved_to__contact",
    "booking__called_off_by",
    "booking__decision",
    "booking__rar_activity",
)
NOT_BOOKED_HERE = "Brought in: what it enforces is as nDelius says"


@dataclass(frozen=True)
class Row:
    """One appointment."""

    key: int
    when: str
    on: str  # for machines
    what: str
    who: str
    where: str
    enforces: str
    notes: list[str]  # what else to know, a sentence each
    tag: Tag | None
    href: str
    actions: list[Link] = field(default_factory=list)


@dataclass(frozen=True)
class Appointments:
    """Those of one case."""

    to_come: list[Row]
    unlogged: list[Row]  # past, and nobody has said what came of them
    past: list[Row]
    next_after: str
    out: list[Row]  # moved or called off, the latest first
    moved: str  # how many, and who asked, in a sentence; blank where none was


def appointments_of(case, names, may, now, after=""):
    """Everything the page shows, in a fixed number of statements."""
    held = case.contacts.appointments().select_related(*BESIDE)
    out = case.contacts.filter(appointment=True, booking__called_off_at__isnull=False)
    open_ones = held.filter(outcome_code="")
    to_come = list(open_ones.filter(started_at__gt=now).order_by("started_at", "pk"))
    unlogged = list(open_ones.filter(started_at__lte=now).order_by("-started_at", "-pk")[:SIZE])
    past = page_of(
        held.exclude(outcome_code=""),
        keys=("-started_at", "-pk"),
        after=after,
        size=SIZE,
        known_by="pk",
    )
    gone = list(out.select_related(*BESIDE).order_by("-started_at", "-pk")[:SIZE])
    counts = out.values_list("booking__asked_by", "booking__moved_to")

    def rows(contacts):
        return [row_of(one, case, names, may, now) for one in contacts]

    return Appointments(
        to_come=rows(to_come),
        unlogged=rows(unlogged),
        past=rows(past.rows),
        next_after=past.next_after,
        out=rows(gone),
        moved=say_moved((by, to is not None) for by, to in counts),
    )


def say_moved(pairs):
    """ "Moved twice because they asked and called off once because we asked." From (who asked, whether moved)."""
    found = Counter(pairs)
    said = []
    for (asked_by, moved), number in sorted(found.items(), key=lambda one: (not one[0][1], one[0])):
        did = "moved" if moved else "called off"
        who = "they asked" if asked_by == AskedBy.PERSON else "we asked"
        said.append(f"{did} {times(number)} because {who}")
    words = listed(said)
    return f"{words[:1].upper()}{words[1:]}." if words else ""


def row_of(one, case, names, may, now):
    """One appointment, for the reader whose page this is."""
    booking = getattr(one, "booking", None)
    at = localtime(one.started_at)
    return Row(
        key=one.pk,
        when=when_of(one),
        on=at.isoformat(timespec="minutes"),
        what=one.type_name or one.type_code,
        who=who_of(one, booking),
        where=where_of(one, booking, names),
        enforces=what_it_enforces(one, booking, names),
        notes=list(_notes(one, booking, names)),
        tag=_mark(one, booking, now),
        href=reverse("appointment", args=[case.crn, one.pk]) if Action.VIEW_CASE in may else "",
        actions=list(_actions(one, booking, case, may, now)),
    )


def when_of(one):
    """ "Tuesday 2 October 2018, 10am to 10:30am"; the day alone where the record has no time."""
    at = localtime(one.started_at)
    day = f"{at:%A} {say_date(at.date())}"
    if (at.hour, at.minute) == (0, 0) and one.ended_at is None:
        return day
    until = f" to {say_time(localtime(one.ended_at))}" if one.ended_at else ""
    return f"{day}, {say_time(at)}{until}"


def who_of(one, booking):
    if booking and booking.officer:
        return booking.officer.name
    return one.staff_name or one.staff_code


def where_of(one, booking, names):
    if booking and booking.place:
        return booking.place.name
    if one.place:
        return names.text(one.place)
    return Where(booking.where).title if booking else ""


def what_it_enforces(one, booking, names):
    """Never blank: the requirement, the condition, the duty to keep in touch, or that it is voluntary."""
    if booking is None:
        return (
            f"Requirement: {requirement_name(one.requirement)}"
            if one.requirement
            else NOT_BOOKED_HERE
        )
    match Enforces(booking.enforces):
        case Enforces.REQUIREMENT if one.requirement:
            return f"Requirement: {requirement_name(one.requirement)}"
        case Enforces.CONDITION:
            return f"Condition: {shortened(names.text(booking.condition.category), LONGEST)}"
        case Enforces.VOLUNTARY:
            return "Voluntary: an absence is never a failure"
    return Enforces.ORDER.title


def _notes(one, booking, names):
    if one.outcome_code:
        yield ended(one.outcome_name or one.outcome_code)
    if booking is None:
        return
    if booking.rar_activity:
        yield f"Activity: {ended(shortened(names.text(booking.rar_activity.what), LONGEST))}"
    if booking.called_off_at:
        yield _why_out(booking, names)
        return
    if one.outcome_code:
        return
    if booking.interpreter == Interpreter.TO_BOOK:
        yield "The interpreter is still to be booked."
    if booking.interpreter == Interpreter.BOOKED:
        yield f"Interpreter booked: {ended(names.text(booking.interpreter_note))}"
    told = ToldHow(booking.told_how)
    yield (
        "They have not been told yet."
        if told == ToldHow.NOT_YET
        else f"Told {within_a_sentence(told.title)}."
    )
    for seen in booking.seen:
        read = "" if seen.get("read") else " Nobody had read this when it was booked."
        yield f"When it was booked: {names.text(seen['text'])}{read}"


def _why_out(booking, names):
    who = "They asked" if booking.asked_by == AskedBy.PERSON else "We asked"
    by = f" {booking.called_off_by.name}," if booking.called_off_by else ""
    on = say_date(localtime(booking.called_off_at).date())
    to = f" Moved to {when_of(booking.moved_to.contact)}." if booking.moved_to else ""
    return f"{who}: {ended(names.text(booking.called_off_because))}{by} {on}.{to}"


def _mark(one, booking, now):
    if booking and booking.called_off_at:
        return tag("moved") if booking.moved_to_id else tag("called-off")
    if not one.outcome_code:
        return tag("still-to-do") if one.started_at <= now else None
    return mark_of(one)


def _actions(one, booking, case, may, now):
    if Action.BOOK_APPOINTMENT not in may:
        return
    out = booking is not None and booking.called_off_at is not None

    def link(text, page):
        return Link(text, reverse(page, args=[case.crn, one.pk]), hidden=when_of(one))

    if not out and not one.outcome_code and one.started_at > now:
        yield link("Move", "move-appointment")
        yield link("Call off", "call-off-appointment")
        if booking and booking.interpreter == Interpreter.TO_BOOK:
            yield link("Book the interpreter", "book-interpreter")
        if booking is None or booking.told_how == ToldHow.NOT_YET:
            yield link("Say they are told", "say-told")
    yield link("Same again", "book-again")


def find_contact(case, pk):
    """The line of the log of one appointment of this case, or None."""
    found = Contact.objects.filter(case=case, appointment=True, pk=pk).select_related(*BESIDE)
    one = found.first()
    if one is not None:
        one.case = case
    return one
