"""The register as its page shows it: one row a person, what may be said of them next, what a tablet sent beside it.

A fixed number of statements, however many are on it. Nobody who keeps it learns more of a case than a name and a CRN.
Source: unpaid work reference 6 and 9; product rules, limited access.
"""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import Case
from cases.queries.names import names_for_each
from cases.queries.reach import actions_on_each
from cases.rules.words import counted, ended, listed
from staff.kit import Link, Tag, on, tag
from staff.permissions import Action
from staff.rules.dates import say_time
from unpaidwork.models import Sync
from unpaidwork.queries.register import (
    READ_FIRST,
    awaits_decision,
    day_of,
    expected_on,
    how_it_stands,
    may_settle,
    must_read,
    said_of,
    waits_for_sheet,
    who_said,
)
from unpaidwork.queries.session_pages import said_hours
from unpaidwork.queries.sheet import people_on
from unpaidwork.reference.sessions import ATTENDED, Came, SessionState
from unpaidwork.rules.register import GONE, title_of
from unpaidwork.rules.sheet import NOT_OUT, all_acknowledged
from unpaidwork.rules.sync import read_said

TAGS = {
    Came.EXPECTED: Tag("Expected", "yellow"),
    Came.HERE: Tag("Here", "blue"),
    Came.LEFT: tag("attended"),
    Came.NO_WORK: tag("attended"),
    Came.NOT_COME: tag("missed"),
}
NOT_PUBLISHED = Tag("Not published", "grey")
OPEN = (SessionState.PLANNED, SessionState.PUBLISHED)
ON_FOOT = frozenset({Came.EXPECTED, Came.HERE, Came.NOT_COME})


@dataclass(frozen=True)
class Row:
    """One person. `version`: of what is shown. `arrive`, `take_back`, `href`: where the next thing is said; blank: not."""

    key: int
    name: str
    crn: str
    tag: Tag
    stands: str
    said: str
    version: int
    held: str = ""  # why they do not work, as the sheet says it
    arrive: str = ""
    arrives: str = ""  # what the button says
    take_back: str = ""
    next: Link | None = None
    leaves: bool = False  # that they leave is next: the one thing most people on site wait for


@dataclass(frozen=True)
class Disagreement:
    """Something a tablet sent, beside what the register says of the same person."""

    key: str
    name: str
    sent: str
    stands: str
    because: str
    version: int


@dataclass(frozen=True)
class RegisterPage:
    """Everything on it for one reader."""

    key: int
    project: str
    day: str
    hours: str
    tag: Tag
    state: str
    because: str
    counts: str
    shut: str
    to_read: list[Link]  # whose part of the sheet is still to be read, while that shuts it
    open: bool
    may_close: bool
    may_leave: bool
    rows: list[Row]
    masked: list
    kept: str  # why some on it are not for this reader to know; blank where none is
    disagree: list[Disagreement] = field(default_factory=list)
    waits: bool = False  # for its sheet to be published


def register_of(session, user, now):
    """The register of this session as this reader keeps it."""
    if waits_for_sheet(session, user):
        return _waits(session)
    people = list(expected_on(session))
    cases = {one.case_id: one.case for one in people}
    reached = Case.objects.within_reach(user, Action.RUN_SESSION).filter(pk__in=cases)
    masked = list(reached.masked_to(user))
    shown = set(Case.objects.open_to(user, Action.RUN_SESSION).filter(pk__in=cases).values_list("pk", flat=True))  # fmt: skip
    is_open = session.state in OPEN
    sheet = people_on(session, user) if is_open else ()
    shut = is_open and must_read(session, user, now) and not all_acknowledged(sheet)
    held = {one.key: one.says_held for one in sheet}
    theirs = [one for one in people if one.case_id in shown]
    here = sum(one.came == Came.HERE for one in people)
    return RegisterPage(
        key=session.pk,
        project=session.project.name,
        day=f"{session.on:%A} {on(session.on)}",
        hours=said_hours(session),
        tag=tag("closed" if not is_open else "open"),
        state=SessionState(session.state).title,
        because=session.state_because,
        counts=_counts(people, stood_down=session.state == SessionState.STOOD_DOWN),
        kept=_kept(session, len({one.case_id for one in people} - shown) - len(masked)),
        shut=READ_FIRST if shut else "",
        to_read=[_to_read(session, one) for one in sheet if shut and not one.acknowledged],
        open=is_open,
        may_close=is_open and bool(people) and all(one.came in GONE for one in people),
        may_leave=is_open and here > 1,
        rows=[
            _row(one, held.get(one.pk, ""), is_open and not shut, may_settle(user))
            for one in theirs
        ],
        masked=masked,
        disagree=disagreements(session, theirs, user),
    )


def _waits(session):
    """Before its sheet is out, to whoever is on site: nobody is named, and whom to ring is said."""
    return RegisterPage(
        key=session.pk,
        project=session.project.name,
        day=f"{session.on:%A} {on(session.on)}",
        hours=said_hours(session),
        tag=NOT_PUBLISHED,
        state=SessionState(session.state).title,
        because="",
        counts="",
        shut=NOT_OUT,
        to_read=[],
        open=True,
        may_close=False,
        may_leave=False,
        rows=[],
        masked=[],
        kept="",
        waits=True,
    )


def _to_read(session, one):
    """The way to what the sheet says of somebody, with whether it says something else by now."""
    again = ", changed since you read it" if one.changed else ""
    sheet = reverse("day-sheet", args=[session.pk])
    return Link(f"{one.called}{again}", f"{sheet}#place-{one.key}")


def _kept(session, number):
    """Why so many on this session are not shown."""
    if not number:
        return ""
    if session.state == SessionState.STOOD_DOWN:
        return "Nobody is shown here any more: the session is stood down. Ask the coordinator."
    when = "from the day before to the day after, once the sheet is published"
    return f"{number} more on this session. You reach them {when}. Ask the coordinator."


def _counts(people, *, stood_down):
    """How many are here, expected and gone, in words."""
    expected = "not wanted" if stood_down else "still expected"
    numbers = (
        (sum(one.came == Came.HERE for one in people), "here"),
        (sum(one.came == Came.EXPECTED for one in people), expected),
        (sum(one.came in ATTENDED for one in people), "gone"),
        (sum(one.came == Came.NOT_COME for one in people), "did not come"),
    )
    said = [f"{number} {words}" for number, words in numbers if number]
    return f"{counted(len(people), 'person', 'people')}: {listed(said)}." if said else ""


def _tag(one):
    if one.came == Came.SENT_HOME or said_of(one).without_leave:
        return tag("awaiting-decision" if awaits_decision(one) else "attended")
    return TAGS[Came(one.came)]


def _row(one, held, takes, settles):
    came, address = Came(one.came), [one.session_id, one.pk]
    person = reverse("work-attendance", args=address)
    late = came == Came.NOT_COME
    logged = bool(one.appointment.contact.outcome_code)
    return Row(
        key=one.pk,
        name=one.case.name,
        crn=one.case.crn,
        tag=_tag(one),
        stands=how_it_stands(one),
        said=who_said(one),
        version=one.version,
        held=held if came in (Came.EXPECTED, Came.HERE) else "",
        arrive=reverse("work-arrival", args=address)
        if takes and came in ON_FOOT - {Came.HERE}
        else "",
        arrives="Came late" if late else "Here",
        take_back=reverse("take-back-arrival", args=address)
        if takes and came == Came.HERE and not logged
        else "",
        next=_next(one, came, person, takes, settles),
        leaves=came == Came.HERE,
    )


def _next(one, came, person, takes, settles):
    """What is said of them next, on a page of its own."""
    closed = one.session.state not in OPEN
    if came == Came.EXPECTED and (takes or settles) and not closed:
        return Link("Did not come", person, hidden=f": {one.case.name}")
    if came == Came.HERE and takes:
        return Link("Leaves", person, hidden=f": {one.case.name}")
    if came in GONE and (takes or settles) and one.session.state != SessionState.STOOD_DOWN:
        return Link("Put right", person, hidden=f": {one.case.name}")
    return None


def disagreements(session, people, user):
    """Of those on it that this reader may know, what tablets sent and nobody has chosen about."""
    rows = {one.pk: one for one in people}
    waiting = Sync.objects.waiting().filter(session=session, attendance__in=rows)
    found = []
    names, day = _names([one.case for one in people], user), day_of(session)
    for sync in waiting.select_related("by").order_by("at", "key"):
        one = rows[sync.attendance_id]
        found.append(
            Disagreement(
                key=str(sync.key),
                name=one.case.name,
                sent=_sent(sync, day, names[one.case_id]),
                stands=how_it_stands(one),
                because=sync.because,
                version=one.version,
            )
        )
    return found


def _names(cases, user):
    return names_for_each(cases, actions_on_each(cases, user)) if cases else {}


def _sent(sync, day, names):
    """What a tablet sent, in words."""
    said = read_said(sync.sent)
    times = [say_time(at) for at in (said.arrived_at, said.left_at) if at]
    parts = [title_of(said, day), " to ".join(times), names.text(said.note)]
    at = localtime(sync.said_at)
    words = ended("; ".join(filter(None, parts)))
    return f"{words} Sent by {sync.by.name}, said {on(at)}, {say_time(at)}."


def usual_task(session, user):
    """What was said last to be done on this session, of anybody the reader may know; else the only task there is."""
    open_now = Case.objects.open_to(user, Action.RUN_SESSION)
    said = expected_on(session).filter(case__in=open_now).exclude(task="")
    tasks = day_of(session).tasks
    last = said.order_by("-recorded_at").values_list("task", flat=True).first()
    return last or (tasks[0] if len(tasks) == 1 else "")
