"""What the court ordered, where each sentence and requirement stands, and the line of the sentence.

Sources: nDelius conviction, requirement and custody documents.
"""

from dataclasses import dataclass

from django.db.models import F, Prefetch
from django.urls import reverse

from cases.models import LicenceCondition, Offence, Requirement, Sentence
from cases.models.worded_once import worded_once
from cases.reference.appointments import RAR
from cases.reference.codes import CustodyStatus, Order
from cases.rules.addresses import address
from cases.rules.sentence_line import Dates, course_of
from cases.rules.words import counted, within_a_sentence
from staff.kit import Line, Link, on
from staff.permissions import Action
from staff.rules.dates import say_date

LENGTH = 1000  # units along which the line is drawn


@dataclass(frozen=True)
class Stretch:
    """One part of the line: where it is drawn, and in words."""

    name: str
    x: int
    width: int
    words: str
    now: bool


@dataclass(frozen=True)
class DrawnLine:
    """The line of a sentence, ready to be placed. Not drawn when its dates are not known."""

    words: str
    stretches: list[Stretch]
    today_x: int
    started: str
    ends: str


@dataclass(frozen=True)
class Item:
    """Where one requirement or condition stands."""

    name: str
    length: str
    state: str
    dates: str
    notes: str = ""
    next: Link | None = None  # what this reader may do about it


@dataclass(frozen=True)
class SentenceView:
    """One sentence with all that belongs to it."""

    title: str
    event: str
    current: bool
    offence: str
    line: DrawnLine
    lines: list[Line]
    offences: list[Item]
    requirements: list[Item]
    conditions: list[Item]


def sentences_of(case, names, today, *, current=False, may=frozenset()):
    """The sentences, the latest first; with `current`, those in force only. `may`: what the reader may do."""
    return [_view(one, case, names, may, today) for one in _whole(case.pk, current)]


@worded_once
def _whole(case, current):
    found = Sentence.objects.filter(case=case)
    found = found.current() if current else found
    ordered = found.order_by(F("active").desc(), F("convicted_on").desc(nulls_last=True), "-pk")
    return ordered.prefetch_related(
        Prefetch("offences", Offence.objects.order_by("-main", "pk")),
        Prefetch("requirements", Requirement.objects.order_by("-active", "pk")),
        Prefetch("conditions", LicenceCondition.objects.order_by("from_on", "pk")),
    )


def _view(one, case, names, may, today):
    offences = list(one.offences.all())
    return SentenceView(
        title=one.description or "Awaiting sentence",
        event=_event(one.event),
        current=one.active and one.terminated_on is None,
        offence=next((_offence_name(o) for o in offences if o.main), "Main offence not recorded"),
        line=drawn(one, today),
        lines=_lines(one),
        offences=[_offence(o) for o in offences],
        requirements=[_requirement(r, case, names, may) for r in one.requirements.all()],
        conditions=[_condition(c, names, today) for c in one.conditions.all()],
    )


def _event(event):
    """As staff say it, whether the extract gave "1" or "Event 1"."""
    return f"event {event}" if event.isdecimal() else within_a_sentence(event)


def drawn(one, today):
    """The line from start to end with today on it."""
    course = course_of(
        Dates(
            order=one.order,
            started_on=one.started_on,
            expected_end_on=one.expected_end_on,
            supervision_end_on=one.supervision_end_on,
            operational_end_on=one.operational_end_on,
            released_on=one.released_on,
            expected_release_on=one.conditional_release_on or one.expected_release_on,
            licence_end_on=one.licence_end_on or one.sentence_expiry_on,
            pss_end_on=one.pss_end_on,
        ),
        today,
    )
    if not course.phases:
        return DrawnLine(course.words, [], 0, "", "")
    stretches = [_stretch(course, phase, today) for phase in course.phases]
    return DrawnLine(
        words=course.words if not one.terminated_on else f"Ended {on(one.terminated_on)}",
        stretches=stretches,
        today_x=course.along(today, LENGTH),
        started=on(course.start),
        ends=on(course.end),
    )


def _stretch(course, phase, today):
    x = course.along(phase.from_on, LENGTH)
    return Stretch(
        name=phase.name,
        x=x,
        width=max(course.along(phase.to_on, LENGTH) - x, 2),
        words=f"{say_date(phase.from_on)} to {say_date(phase.to_on)}",
        now=phase.holds(today),
    )


def _lines(one):
    """Every date that is recorded, and those that should be and are not."""
    lines = [
        Line("Kind of sentence", Order(one.order).title),
        Line("Convicted", on(one.convicted_on)),
        Line("Court", one.court_name or one.court_code),
        Line("Started", on(one.started_on)),
        Line("Length", length_of(one.length, one.length_unit)),
        Line("Expected end", on(one.expected_end_on)),
    ]
    known = [
        ("Operational period ends", one.operational_end_on),
        ("Supervision period ends", one.supervision_end_on),
        ("Home detention curfew from", one.hdc_eligible_on),
        ("Conditional release", one.conditional_release_on),
        ("Expected release", one.expected_release_on),
        ("Released", one.released_on),
        ("Licence ends", one.licence_end_on),
        ("Sentence expires", one.sentence_expiry_on),
        ("Post-sentence supervision ends", one.pss_end_on),
        ("Allocated to us", one.allocated_on),
    ]
    lines += [Line(label, on(day)) for label, day in known if day]
    if one.custody_status != CustodyStatus.NONE:
        lines.append(
            Line("Custody", CustodyStatus(one.custody_status).title, detail=one.institution)
        )
    if one.in_breach:
        lines.append(Line("Breach", "In breach"))
    if one.failures is not None:
        limit = f" of {one.failure_limit}" if one.failure_limit else ""
        lines.append(Line("Failures to comply since the last breach", f"{one.failures}{limit}"))
    if one.terminated_on:
        lines.append(Line("Terminated", on(one.terminated_on), detail=one.termination_reason))
    return lines


def length_of(number, unit):
    """ "12 months", "80 hours"; blank when it is not recorded."""
    if number is None:
        return ""
    noun = unit.lower().removesuffix("s") or "unit"
    return counted(number, noun)


def _offence_name(one):
    return (
        one.description or f"Offence {one.code}" if one.description or one.code else "Not described"
    )


def _offence(one):
    count = f"{one.count} counts" if one.count and one.count > 1 else ""
    return Item(
        name=_offence_name(one),
        length=one.code,
        state="Main offence" if one.main else "Other offence",
        dates=f"Committed {on(one.committed_on)}" if one.committed_on else "Date not recorded",
        notes=count,
    )


def requirement_name(one):
    """ "Unpaid Work: regular"."""
    main = one.main_name or one.main_code
    sub = f": {within_a_sentence(one.sub_name)}" if one.sub_name not in ("", main) else ""
    return f"{main}{sub}"


def condition_words(one):
    """Its own words: there are many of one category. "Not commit any offence"."""
    return one.text or one.category


def _requirement(one, case, names, may):
    return Item(
        name=requirement_name(one),
        length=_progress(one),
        state=_requirement_state(one),
        dates=_dates(one.commenced_on or one.expected_start_on, one.expected_end_on),
        notes=names.text(one.notes),
        next=_take_away(one, case, may),
    )


def _take_away(one, case, may):
    """Where a senior takes away the route of a requirement that still runs."""
    if Action.DECIDE_ROUTE not in may or one.terminated_on or not one.active:
        return None
    href = address(reverse("take-route-away", args=[case.crn]), requirement=one.pk)
    return Link("Take a route away", href, hidden=f"from {requirement_name(one)}")


def _progress(one):
    """ "12 of 80 hours": how much of it is done, as nDelius counts it. Days of rehabilitation activity we count ourselves."""
    length = length_of(one.length, one.length_unit)
    if one.completed is None or not length:
        return length
    done = f"{one.completed.normalize():f}"
    return f"{length}; nDelius counts {done}" if one.main_code == RAR else f"{done} of {length}"


def _requirement_state(one):
    if one.terminated_on:
        reason = f": {within_a_sentence(one.termination_reason)}" if one.termination_reason else ""
        return f"Ended {on(one.terminated_on)}{reason}"
    if not one.active:
        return "Not active"
    return f"Begun {on(one.commenced_on)}" if one.commenced_on else "Not yet begun"


def _condition(one, names, today):
    return Item(
        name=one.category,
        length=one.code,
        state=_condition_state(one, today),
        dates=_dates(one.from_on, one.to_on),
        notes=names.text(one.text),
    )


def _condition_state(one, today):
    if one.from_on > today:
        return "Not yet in force"
    return "Ended" if one.to_on and one.to_on < today else "In force"


def _dates(start, end):
    return f"{on(start)} to {on(end)}" if end else f"From {on(start)}; end not recorded"
