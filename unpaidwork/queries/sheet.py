"""The day sheet of a session, for one reader, in a fixed number of statements however many come.

Source: unpaid work reference 6; product rules, limited access ("a safety instruction travels to day sheet").
"""

from collections import defaultdict
from dataclasses import replace

from django.utils.timezone import localtime

from cases.models import Case, Limit, NonAssociation
from staff.permissions import Action, Reach, reach
from staff.rules.dates import say_time
from unpaidwork.models import Acknowledgement, Attendance, Instruction, WorkRisk, WorkSession
from unpaidwork.queries.held import held_since, on_sheet
from unpaidwork.queries.hours import hours_of
from unpaidwork.queries.instructions import flags_of_each, key_of
from unpaidwork.queries.kept import kept_of_each
from unpaidwork.queries.projects import latest_checks
from unpaidwork.reference.risk import AllocationState
from unpaidwork.reference.sessions import Came, SessionState
from unpaidwork.reference.sites import SiteSignal
from unpaidwork.rules.instructions import missing
from unpaidwork.rules.sheet import (
    CALLED_OFF,
    HELD,
    SUSPENDED,
    Hazard,
    OnSheet,
    Sheet,
    Told,
    acknowledged_by,
    all_acknowledged,
    health_notes,
    said_hours,
    short_name,
)

NO_PICK_UP = "Makes their own way"
SOMEBODY = "Somebody else on this session, whose record is kept from you. Ask {ask} who."
LIMITED = "Somebody on this session has limited access."


def sessions_open_to(user):
    """The sessions this member of staff may open: all for whom the table lets reach them all, else their own."""
    if sees_all(user):
        return WorkSession.objects.all()
    return WorkSession.objects.filter(staff=user.pk)


def sees_all(user):
    """Whether they run every session of the provider, and not those alone at which they are on site."""
    return reach(user.role, Action.RUN_SESSION) >= Reach.PROVIDER


def is_published(session):
    return session.state in (SessionState.PUBLISHED, SessionState.CLOSED)


def find_session(user, pk):
    """A session that this member of staff may open, or None."""
    found = sessions_open_to(user).select_related("project", "route", "published_by")
    return found.prefetch_related("staff").filter(pk=pk).first()


def sheet_of(session, user, now):
    """The sheet as this reader may see it: only those whose cases are open to them now, and masked places."""
    check = latest_checks([session.project_id], session.on).get(session.project_id)
    project, rows = session.project, _attending(session)
    return Sheet(
        session=session.pk,
        version=session.version,
        project=project.name,
        where=", ".join(filter(None, (project.address, project.postcode))),
        on=session.on,
        hours=f"{say_time(session.from_at)} to {say_time(session.to_at)}",
        state=SessionState(session.state).title,
        published=is_published(session),
        supervisors=tuple(sorted(one.name for one in session.staff.all())),
        hazards=tuple(Hazard(one["hazard"], one["control"]) for one in check.hazards)
        if check
        else (),
        first_aid=check.first_aid if check else "",
        reached=_reached(project),
        people=_with_hours(_people(session, user, rows), rows, localtime(now).date()),
    )


def acknowledged(session, user):
    """Whether this reader has acknowledged what the sheet says now of everybody on it: the register opens then."""
    return all_acknowledged(people_on(session, user))


def people_on(session, user):
    """Each person on the sheet as this reader may see them, but for the hours they have left."""
    return _people(session, user, _attending(session))


def masked_on(session, sheet):
    """CRNs of those on a sheet whose cases are kept from its reader: for the trail, and for nobody to read."""
    keys = [one.key for one in sheet.people if one.masked]
    rows = Attendance.objects.filter(session=session, pk__in=keys).order_by("pk")
    return list(rows.values_list("case__crn", flat=True))


def _people(session, user, rows):
    if not (is_published(session) or sees_all(user)):
        return ()
    keys = sorted({one.case_id for one in rows})
    within = Case.objects.within_reach(user, Action.RUN_SESSION).filter(pk__in=keys)
    reached = set(within.values_list("pk", flat=True))
    shut = _shut(reached, user)
    shown = sorted(reached - shut.keys())
    said, limits = _said_of(shown, session.on), _safety(shown)
    come = [one for one in rows if not one.appointment.called_off_at]
    apart, since = _apart(come, shut, session.on), held_since(session, shown, come)
    people = []
    # Whoever is kept from this reader comes last: where a name would stand gives its letters away
    for row in sorted(rows, key=lambda one: one.case_id in shut):
        if row.case_id in shut:
            people.append(_masked(row, shut[row.case_id]))
        elif row.appointment.called_off_at and row.case_id in reached:
            held = CALLED_OFF if row.by_itself else SUSPENDED
            people.append(OnSheet(key=row.pk, name=row.case.name, crn=row.case.crn, held=held))
        elif row.case_id in reached:
            told, health, held = said[row.case_id]
            people.append(
                OnSheet(
                    key=row.pk,
                    name=row.case.name,
                    crn=row.case.crn,
                    comes=_comes(row),
                    told=told,
                    health=health,
                    apart=apart.get(row.case_id, ()),
                    held=SUSPENDED if _suspended(row) else held or since.get(row.case_id, ""),
                    here=row.came == Came.HERE,
                    safety=limits.get(row.case_id, ""),
                )
            )
    return acknowledged_by(people, _digests(session, user, rows))


def _attending(session):
    rows = on_sheet().filter(session=session)
    known = rows.select_related("case", "allocation__stop__pick_up", "appointment", "work")
    return list(known.order_by("case__sort_name", "pk"))


def _shut(keys, user):
    """{key: the limit that keeps the case from this reader}"""
    return {one.case_id: one for one in Limit.objects.against(user).filter(case__in=keys)}


def _safety(keys):
    found = Limit.objects.filter(case__in=keys).exclude(safety="")
    return dict(found.values_list("case", "safety"))


def _masked(row, limit):
    return OnSheet(key=row.pk, masked=True, safety=limit.safety or LIMITED, ask=limit.ask)


def _said_of(keys, on):
    """{key of the case: (what supervisors are told, health, why they are held)}"""
    flags, kept = flags_of_each(keys, on), kept_of_each(keys)
    told, answers = _told(keys, flags, on), _answers(keys)
    return {
        key: (
            tuple(told[key]),
            health_notes(answers.get(key), kept[key]),
            HELD if missing(one for one in flags.get(key, ()) if one.holds(on)) else "",
        )
        for key in keys
    }


def _told(keys, flags, on):
    """{key of the case: [Told]} of what holds on that day. What gives something away is not among it."""
    found = defaultdict(list)
    shown = {
        key: {one.key for one in each if one.holds(on) and not one.gap}
        for key, each in flags.items()
    }
    rows = Instruction.objects.standing().filter(case__in=keys).order_by("pk")
    for one in rows:
        if key_of(one) in shown.get(one.case_id, ()):
            found[one.case_id].append(Told(one.must_not, one.watch_for, one.do, one.ring))
    return found


def _answers(keys):
    found = WorkRisk.objects.in_force().filter(case__in=keys)
    return dict(found.values_list("case", "answers"))


def _apart(rows, shut, on):
    """{key of the case: first name and initial of each other on this session from whom it is kept apart}"""
    cases = {one.case_id: one.case for one in rows}
    pairs = NonAssociation.objects.in_force(on).filter(one__in=cases, other__in=cases)
    found = defaultdict(list)
    for pair in pairs.order_by("pk"):
        for mine, other in ((pair.one_id, pair.other_id), (pair.other_id, pair.one_id)):
            if other in shut:
                found[mine].append(SOMEBODY.format(ask=shut[other].ask))
            else:
                found[mine].append(short_name(cases[other].forename, cases[other].surname))
    return {key: tuple(sorted(names)) for key, names in found.items()}


def _digests(session, user, rows):
    """{key of the place: digests that this reader acknowledged}. Somebody may have two places: two orders."""
    found = defaultdict(set)
    said = Acknowledgement.objects.filter(session=session, by=user)
    for case, digest in said.values_list("case", "digest"):
        found[case].add(digest)
    return {one.pk: found[one.case_id] for one in rows}


def _with_hours(people, rows, today):
    works = {one.pk: one.work for one in rows}
    left = hours_of([works[one.key] for one in people if not one.masked], today)
    return tuple(
        one if one.masked else replace(one, hours_left=said_hours(left[works[one.key].pk].left))
        for one in people
    )


def _suspended(row):
    return row.allocation is not None and row.allocation.state == AllocationState.SUSPENDED


def _comes(row):
    stop = row.allocation and row.allocation.stop
    if not stop:
        return NO_PICK_UP
    return f"{stop.pick_up.where}, {say_time(stop.at)}"


def _reached(project):
    signal = f"Mobile signal: {SiteSignal(project.signal).title.lower()}."
    return f"{signal} Without one: {project.fallback}" if project.fallback else signal
