"""Gives places in series by the services, on the days on which they would have been given, and keeps the registers since.

By whoever would have: officers give the places, whoever leads keeps the register, and the officer rings who did not come.
"""

from datetime import time, timedelta

from cases.models import Appointment, Assignment
from cases.reference.appointments import Called, Safe
from cases.reference.codes import Capacity
from cases.services.compliance import record_call
from grid.management.demo.group_members import Member, name_turns
from grid.management.demo.group_plans import SERIES
from grid.management.demo.group_rows import SENT_AFTER, at, unsent_of
from grid.models import GroupAttendance
from grid.reference.group_marks import Mark
from grid.rules.group_register import Said
from grid.services.group_reach import settle_group_reach
from grid.services.group_register import say_of, send_register
from grid.services.places import give_place
from staff.errors import RuleBroken

SAID_AFTER, RUNG_AFTER = timedelta(minutes=10), timedelta(hours=2)
MEDICAL = "AAME"
RANG = "They had overslept, and said that they will come to the next."
SAID = {Mark.EXCUSED: "They sent a note of their doctor’s the day before."}


def give_places(members, referrals, groups):
    """Returns those who were given one: not whom the service refuses."""
    rows = dict(zip(map(id, SERIES), groups.series, strict=True))
    given: list[Member] = []
    for one in sorted(members, key=lambda one: one.joined_on):
        if sum(each.series is one.series for each in given) == one.series.members:
            continue
        now = min(at(one.joined_on, time(10)), groups.now)
        by = one.person.case.officer
        series = rows[id(one.series)]
        try:
            give_place(referral=referrals[one.crn], series=series, seen=(), by=by, now=now)
        except RuleBroken:
            continue
        given.append(one)
    # Whoever leads tells them of the next as each ends, so that no text is owed
    theirs = GroupAttendance.objects.filter(case__in=[one.person.case.pk for one in given])
    Appointment.objects.filter(group_attendance__in=theirs).update(remind=False)
    name_turns(given, groups.today)
    return given


def keep_registers(members, groups):
    """Of every session before today of a series that has members, but for the one that was not sent."""
    for planned, series in zip(SERIES, groups.series, strict=True):
        if not planned.members:
            continue
        theirs = {one.crn: one for one in members if one.series is planned}
        leader, unsent = groups.leaders[planned.leaders[0]], unsent_of(planned, groups.today)
        past = series.sessions.filter(ends_at__date__lt=groups.today).order_by("number")
        for session in past:
            # Who reaches whom is asked by the clock, whichever day it is made on
            reach = Assignment.objects.filter(user=leader, capacity=Capacity.GROUP)
            reach.update(to_on=None)
            _mark(session, theirs, leader, groups.today)
            session.refresh_from_db()
            if session.number not in unsent:
                now = session.ends_at + SENT_AFTER
                send_register(session=session, version=session.version, by=leader, now=now)
    cases = [one.person.case.pk for one in members]
    settle_group_reach(case_ids=cases, today=groups.today)


def _mark(session, members, leader, today):
    now = session.ends_at + SAID_AFTER
    expected = session.attendances.expected().select_related("case__officer", "appointment")
    for one in expected.order_by("pk"):
        member = members[one.case.crn]
        mark = member.marks(today).get(session.number)
        if mark is None:
            continue
        said = Said(
            one.case_id,
            mark,
            late_minutes=member.late_minutes(session.number, today),
            excuse=MEDICAL if mark is Mark.EXCUSED else "",
            note=SAID.get(mark, ""),
        )
        say_of(attendance=one, version=one.version, said=said, by=leader, now=now)
        if mark is Mark.NOT_COME:
            _ring(one, session)


def _ring(attendance, session):
    record_call(
        appointment=attendance.appointment,
        called=Called.SPOKE,
        safe=Safe.YES,
        note=RANG,
        by=attendance.case.officer,
        now=session.ends_at + RUNG_AFTER,
    )
