"""A register as it stands: who may keep it, its day as the rules see it, and what is said of each person.

Source: unpaid work reference 3 and 4; product rules, limited access.
"""

from datetime import datetime

from django.utils.timezone import get_current_timezone, localtime

from cases.models import Case
from cases.reference.appointments import Decided
from cases.rules.words import within_a_sentence
from staff.permissions import Action, Reach, reach
from staff.rules.dates import say_date, say_time
from unpaidwork.models import Acknowledgement, Attendance
from unpaidwork.queries.sheet import acknowledged, sees_all, sessions_open_to
from unpaidwork.reference.sessions import (
    ATTENDED,
    LOGGED_WITHOUT_LEAVE,
    WITHOUT_LEAVE,
    Came,
    SessionState,
)
from unpaidwork.rules.hours import say_minutes
from unpaidwork.rules.register import Day, Said, title_of
from unpaidwork.rules.sheet import NOT_OUT

CLOSE = "close_register"  # the kind of deadline
READ_FIRST = "Read the day sheet and say that you have, before the register opens."
KNOWN = (
    "case", "work", "session__project", "appointment__contact", "appointment__decision", "recorded_by",
)  # fmt: skip


def may_settle(user):
    """Whether this reader may put a closed register right, and say that an absence had a good reason."""
    return reach(user.role, Action.CREDIT_HOURS) > Reach.NONE


def may_keep(session, user):
    """Whether this member of staff keeps the register of this session."""
    return sessions_open_to(user).filter(pk=session.pk).exists()


def cases_open(session, user):
    """The cases on this session that are open to whoever keeps its register."""
    cases = Case.objects.open_to(user, Action.RUN_SESSION)
    return cases.filter(work_attendances__session=session)


def shut_until_read(session, user, now):
    """Why this reader cannot say who arrived, blank where they can."""
    if waits_for_sheet(session, user):
        return NOT_OUT
    return READ_FIRST if must_read(session, user, now) and not acknowledged(session, user) else ""


def waits_for_sheet(session, user):
    """Whether this reader is on site there, and knows nobody on it before the coordinator publishes the sheet."""
    return session.state == SessionState.PLANNED and not sees_all(user)


def must_read(session, user, now):
    """Whether this reader reads the sheet as it stands before anything is said on the register.

    Whoever supervises does. A coordinator who writes up a paper register once the day is over has nobody to watch for.
    """
    over = localtime(now).date() > session.on
    on_site = session.staff.filter(pk=user.pk).exists()
    return not over or on_site or not may_settle(user)


def ever_acknowledged(session, user):
    """Whether they had read the sheet of this session at all: what was said without a network is not lost because
    the sheet changed meanwhile."""
    return Acknowledgement.objects.filter(session=session, by=user).exists()


def expected_on(session):
    """Everybody on the register whose appointment stands, by name."""
    rows = Attendance.objects.filter(session=session, appointment__called_off_at=None)
    return rows.select_related(*KNOWN).order_by("case__sort_name", "pk")


def day_of(session):
    """The session as the rules of its register see it."""
    return Day(
        starts_at=_at(session.on, session.from_at),
        ends_at=_ends_at(session),
        tasks=tuple(session.project.tasks),
    )


def _ends_at(session):
    return _at(session.on, session.to_at)


def said_of(one):
    """What stands of this person, as it was said."""
    return Said(
        came=Came(one.came),
        arrived_at=_local(one.arrived_at),
        left_at=_local(one.left_at),
        break_minutes=one.break_minutes,
        penalty_minutes=one.penalty_minutes,
        outcome=_outcome_of(one),
        hi_vis=one.hi_vis,
        intensive=one.intensive,
        quality=one.quality,
        behaviour=one.behaviour,
        task=one.task,
        skills=tuple(one.skills),
        note=one.note,
        sensitive=one.sensitive,
    )


def _outcome_of(one):
    """The part of it that the log keeps. What their officer decides of it changes nothing of how they left."""
    code = one.appointment.contact.outcome_code
    if one.came == Came.NOT_COME:
        return code
    without = one.came == Came.LEFT and code in LOGGED_WITHOUT_LEAVE
    return WITHOUT_LEAVE if without and one.left_at < _ends_at(one.session) else ""


def awaits_decision(one):
    """Whether their officer has still to decide what it comes to."""
    decision = getattr(one.appointment, "decision", None)
    return decision is None or decision.state == Decided.AWAITING


def how_it_stands(one):
    """What the register says of this person, in words that name nobody."""
    came = Came(one.came)
    if came == Came.HERE:
        return f"Here since {_clock(one.arrived_at)}"
    if came in ATTENDED:
        times = f"{_clock(one.arrived_at)} to {_clock(one.left_at)}"
        return f"{title_of(said_of(one), day_of(one.session))}: {times}, {say_minutes(one.credited_minutes)} credited"
    outcome = one.appointment.contact.outcome_name
    return outcome or came.title


def wrote_meanwhile(one):
    """What is said to whoever wrote without knowing what stands."""
    who = f" ({who_said(one)})" if one.recorded_at else ""
    stands = within_a_sentence(how_it_stands(one))
    return (
        f"Somebody else wrote meanwhile. The register now says: {stands}{who}. Look at it, and say it again if yours "
        "is right."
    )


def who_said(one):
    """By whom and when it was said last; blank where nobody has said anything."""
    if not one.recorded_at:
        return ""
    at = localtime(one.recorded_at)
    return f"{one.recorded_by.name}, {say_date(at.date())} at {say_time(at)}"


def _at(day, time):
    return datetime.combine(day, time, get_current_timezone())


def _local(moment):
    return localtime(moment) if moment else None


def _clock(moment):
    return say_time(localtime(moment))
