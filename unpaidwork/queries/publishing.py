"""What stands before the sheet of a session is published, and who reaches its people by being on site.

Source: product rules, gates ("Allocate to a work site": a flag without instruction text); report 4.1.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Case as Cases
from django.db.models import F, Value, When

from cases.models import Assignment, Case
from cases.queries.names import names_for_each
from cases.queries.reach import actions_on_each
from cases.reference.codes import Capacity
from cases.rules.gaps import Found, Weight, gates
from cases.rules.words import listed
from staff.models import User
from staff.permissions import Action, Reach, Role, reach
from unpaidwork.models import Attendance, WorkSession
from unpaidwork.queries.gate import left_for_each
from unpaidwork.queries.held import on_sheet
from unpaidwork.queries.instructions import missing_instructions
from unpaidwork.queries.projects import sites_of
from unpaidwork.queries.supervising import said_of_elsewhere, unfit_of_each
from unpaidwork.reference.sessions import SessionState
from unpaidwork.reference.sites import ProjectKind
from unpaidwork.rules.sheet import AFTER, BEFORE, reaches_from
from unpaidwork.rules.sites import site_gaps, staffing_gaps

ON_SITE = (Role.SUPERVISOR, Role.COORDINATOR)
SHOWN = (SessionState.PUBLISHED, SessionState.CLOSED)  # whose sheet supervisors may read
INSTRUCTION = (
    "instruction:"  # how the gates about instructions begin, which are said here by themselves
)
INSTRUCTIONS, SUPERVISORS = "instructions", "supervisors"  # where a gap is mended


def may_supervise(team=None):
    """Who may be put down for a session. `team`: the key of the one whose members come first."""
    staff = User.objects.filter(is_active=True, role__in=ON_SITE)
    others = Cases(When(team=team, then=0), default=1) if team else Value(0)
    return staff.order_by(others, "last_name", "first_name", "pk")


def expected_on(session):
    """The cases of those expected on a session."""
    keys = attending([session]).values("case")
    return Case.objects.filter(pk__in=keys).order_by("sort_name", "pk")


def attending(sessions):
    """Places on these sessions that have not been called off."""
    return Attendance.objects.filter(session__in=sessions, appointment__called_off_at=None)


@dataclass(frozen=True)
class Before:
    """One thing that stands before a sheet: which gap it is, and of a case what this reader may do there."""

    sentence: str
    case: Case | None = None
    gap: Found | None = None
    may: frozenset = frozenset()


def before_publishing(session, user):
    """[Before] of what stands before this sheet is published, as this member of staff may read it.

    A case that is kept from them is counted and not named. In a fixed number of statements.
    """
    cases = list(expected_on(session).select_related("officer"))
    found = list(_of_the_site(session, len(cases)))
    shut = _shut(session, cases, user)
    kept = Case.objects.filter(pk__in=shut).masked_to(user)
    asks = {one.crn: one.ask for one in kept}
    seen = [one for one in cases if one.pk in shut and one.crn not in asks]
    may = actions_on_each(seen, user)
    names = names_for_each(seen, may)
    for case in seen:
        for one in shut[case.pk]:
            words = f"{case.name}, {case.crn}: {names[case.pk].text(one.sentence)}"
            found.append(Before(words, case, one, may[case.pk]))
    if asks:
        whom = listed(sorted(set(asks.values())))
        found.append(Before(f"Limited access: {len(asks)} on this session not ready. Ask {whom}."))
    return found


def _of_the_site(session, people):
    down = session.staff.order_by("pk")
    staff = len(down)
    if not staff:
        yield _of_staffing("Nobody is down to supervise. Choose who does.")
    yield from map(_of_staffing, said_of_elsewhere(session, down))
    if not people:
        yield Before("Nobody is expected, so there is nothing to publish.")
    site = sites_of([session.project_id], session.on)[session.project_id]
    yield from (Before(one.sentence, gap=one) for one in gates(site_gaps(site, session.on)))
    if staff and people:
        yield from (_of_staffing(one.sentence) for one in gates(staffing_gaps(site, people, staff)))


def _of_staffing(words):
    return Before(words, gap=_misfit(words))


def _shut(session, cases, user):
    """{key of the case: gaps} of those who may not work on that day, or not with those who supervise it.

    An induction may be held while the gate is shut, but not without instructions.
    """
    found = {
        pk: [_untold(words) for words in each]
        for pk, each in missing_instructions(cases, session.on).items()
    }
    for pk, words in unfit_of_each(cases, session.staff.all(), session.on).items():
        found.setdefault(pk, []).extend(_misfit(one) for one in words)
    if session.project.kind == ProjectKind.INDUCTION:
        return found
    for pk, each in left_for_each(cases, session.on, by=user.pk).items():
        if left := [one for one in each if not one.key.startswith(INSTRUCTION)]:
            found.setdefault(pk, []).extend(left)
    return found


def _untold(words):
    said = f"No instruction says what this means on site: {words}."
    return Found(
        INSTRUCTION, Weight.GATE, said, "no flag without an instruction", question=INSTRUCTIONS
    )


def _misfit(words):
    return Found(
        SUPERVISORS, Weight.GATE, words, "who supervises fits whoever comes", question=SUPERVISORS
    )


# Who reaches whom by being on site


def reach_wanted(sessions):
    """{(case, user, first day, last day)} that the supervisors of these sessions are to reach."""
    shown = [one for one in sessions if one.state in SHOWN]
    staff = {
        one.pk: [user.pk for user in one.staff.all() if _by_assignment(user)]
        for one in WorkSession.objects.filter(pk__in=[one.pk for one in shown]).prefetch_related(
            "staff"
        )
    }
    return {
        (case, user, *reaches_from(on))
        for case, session, on in on_sheet()
        .filter(session__in=shown)
        .values_list("case", "session", "session__on")
        for user in staff[session]
    }


def reach_held(days):
    """The assignments that sessions on these days opened."""
    held = Assignment.objects.filter(capacity=Capacity.UNPAID_WORK, user__role=Role.SUPERVISOR)
    whole = held.filter(to_on=F("from_on") + (BEFORE + AFTER))
    return whole.filter(from_on__in=[on - BEFORE for on in days]).order_by("pk")


def sessions_near(today):
    """The sessions whose people are within reach of those on site today, or will be tomorrow."""
    days = [today + timedelta(days=number) for number in range(-AFTER.days, BEFORE.days + 2)]
    return WorkSession.objects.filter(on__in=days)


def _by_assignment(user):
    return reach(user.role, Action.RUN_SESSION) == Reach.ASSIGNED
