"""The register of a session of a group as it stands: who keeps it, and what is said of each person.

Source: product rules, groups, limited access; features 80.
"""

from django.db.models import Max, OuterRef, Q, Subquery
from django.utils.timezone import localtime

from cases.models import Case
from cases.queries.rar import rar_of_case
from cases.reference.appointments import OUTCOMES, Enforces
from cases.rules.words import counted, within_a_sentence
from grid.models import GroupAttendance, SeriesSession, SessionLeader
from grid.queries.series import as_session
from grid.reference.group_marks import CAME, Mark
from grid.reference.groups import PlaceState, SessionState
from grid.reference.interventions import Hook
from grid.rules.group_register import Said, outcome_for
from staff.permissions import Action, Reach, reach
from staff.rules.dates import say_date, say_time

KEEP = Action.KEEP_GROUP_REGISTER
KNOWN = (
    "case", "place__referral", "appointment__contact", "appointment__rar_activity",
    "appointment__logged_by", "recorded_by",
)  # fmt: skip
GONE = (PlaceState.LET_GO, PlaceState.LEFT)  # they had left before the session was called off


def is_senior(user):
    """Whether they keep the registers of those of their team, whoever leads."""
    return reach(user.role, KEEP) >= Reach.TEAM


def sessions_open_to(user):
    """The sessions whose register this member of staff may open, called off or not.

    Those that they lead, and for a senior those at which somebody of their team is expected.
    """
    if not reach(user.role, KEEP):
        return SeriesSession.objects.none()
    called_off = Q(session__state=SessionState.CALLED_OFF)
    led = SessionLeader.objects.filter(Q(stands=True) | called_off, user=user)
    near = Q(pk__in=led.values("session"))
    if is_senior(user):
        near |= Q(pk__in=of_their_team(user).values("session"))
    return SeriesSession.objects.filter(near)


def of_their_team(user):
    """Attendances that a senior answers for."""
    theirs = Case.objects.open_to(user, KEEP)
    called_off = Q(session__state=SessionState.CALLED_OFF)
    return GroupAttendance.objects.filter(Q(stands=True) | called_off, case__in=theirs)


def find_session(user, pk):
    """A session whose register this member of staff may open, with its series and its room; None: they may not."""
    known = ("series__place", "room__place", "sent_by")
    found = sessions_open_to(user).annotate(last=last_number()).select_related(*known)
    return found.filter(pk=pk).first()


def last_number():
    """The number of the last session of the series that stands."""
    standing = SeriesSession.objects.standing().filter(series=OuterRef("series")).order_by()
    return Subquery(standing.values("series").annotate(last=Max("number")).values("last"))


def leads(session, user):
    """Whether they lead it, and nobody stands in for them."""
    return session.led_by.standing().filter(user=user).exists()


def may_say_of(attendance, user):
    """Whether this member of staff says what came of it for this person.

    Whoever leads the session, and a senior of the team of the case; neither of a case that is kept from them.
    """
    in_reach = Case.objects.open_to(user, KEEP).filter(pk=attendance.case_id).exists()
    return in_reach and (is_senior(user) or leads(attendance.session, user))


def expected_on(session):
    """Everybody on the register, by name; of a session that was called off, whoever was to come to it."""
    rows = GroupAttendance.objects.filter(session=session)
    if session.state == SessionState.CALLED_OFF:
        rows = rows.exclude(place__state__in=GONE)
    else:
        rows = rows.expected()
    return rows.select_related(*KNOWN).order_by("case__sort_name", "pk")


def is_called_off(one):
    """Whether this appointment alone was called off or moved, so that nobody is expected."""
    return one.appointment.called_off_at is not None


def is_said(one):
    """Whether the register says something that stands. What was taken back in the case, before its time, does not."""
    return bool(one.mark and one.appointment.contact.outcome_code)


def is_unsaid(one):
    """Whether it is still to be said what came of it."""
    return not one.appointment.contact.outcome_code and not is_called_off(one)


def is_by_others(one):
    """Whether the case says something else than the register: their officer recorded it, or has put it right since."""
    code = one.appointment.contact.outcome_code
    if is_called_off(one) or not code:
        return False
    return not one.mark or outcome_for(said_of(one), voluntary=is_voluntary(one)).code != code


def said_of(one):
    """What the register says of this person, which must have said something."""
    return Said(one.case_id, Mark(one.mark), one.late_minutes, one.excuse, one.note)


def hook_of(one):
    """By what they come: where nobody must keep the appointment, by their own choice."""
    return Hook.VOLUNTARY if is_voluntary(one) else Hook(one.place.referral.hook)


def is_voluntary(one):
    return one.appointment.enforces == Enforces.VOLUNTARY


def credited_elsewhere(one, today, weeks):
    """Days of their requirement that something else is credited with. `weeks`: of the policy, after which one stalls."""
    contact, activity = one.appointment.contact, one.appointment.rar_activity
    if contact.rar_activity and contact.attended:
        return frozenset()  # by this one, which goes on being what it is
    requirement = activity.requirement_id if activity else contact.requirement_id
    theirs = [
        found.tally.credited
        for found in rar_of_case(one.case, today, weeks)
        if found.requirement.pk == requirement
    ]
    return frozenset(theirs[0]) if theirs else frozenset()


def how_it_stands(one):
    """What stands of this person, in words that name nobody but staff."""
    contact = one.appointment.contact
    if is_called_off(one):
        return contact.outcome_name or "Called off"
    if is_unsaid(one):
        return "Nothing is said of them yet"
    if is_by_others(one):
        register = within_a_sentence(say_mark(one)) if one.mark else "nothing"
        return f"{contact.outcome_name}: so it is in their case, where the register says {register}"
    return say_mark(one)


def say_mark(one):
    """What the register says, with how late they were or why they were excused."""
    mark = Mark(one.mark)
    if mark is Mark.EXCUSED and one.excuse in OUTCOMES:
        return OUTCOMES[one.excuse].title
    if one.late_minutes and mark in CAME:
        return f"{mark.title}, {counted(one.late_minutes, 'minute')} late"
    return mark.title


def who_said(one):
    """By whom and when it was said last; blank where nobody has, or it has been put right in the case since."""
    if is_unsaid(one) or is_called_off(one) or (one.mark and is_by_others(one)):
        return ""
    if one.mark:
        by, at = one.recorded_by, one.recorded_at
    else:
        by, at = one.appointment.logged_by, one.appointment.logged_at
    if by is None:
        return ""
    at = localtime(at)
    return f"{by.name}, {say_date(at.date())} at {say_time(at)}"


def wrote_meanwhile(one):
    """What is said to whoever wrote without knowing what stands."""
    who = who_said(one)
    stands = within_a_sentence(how_it_stands(one))
    return (
        f"Somebody else wrote meanwhile. Now it says: {stands}{f' ({who})' if who else ''}. Look at it, and say "
        "it again if yours is right."
    )


def session_words(session):
    """Which session it is, and when, in a sentence."""
    one = as_session(session)
    return f"session {one.number}, {say_date(one.on)}"
