"""Writes sessions, and the days of everybody on them: the line of the log, its booking, what the register says."""

from datetime import datetime, time, timedelta

from django.utils.timezone import get_current_timezone

from unpaidwork.management.demo.sites import FROM_AT, TO_AT

TYPE = "UPWA"
OUTCOMES = {"ATTC": ("Attended and complied", True, True), "AASD": ("Acceptable absence: stood down", False, True)}  # fmt: skip
WEEK_BEFORE = timedelta(days=7)
SKILLS = {"Clearing paths": ["gardening", "tools"], "Planting": ["gardening"], "Serving": ["talking", "teamwork"]}  # fmt: skip


def write_sessions(book, calendar, sites, *, coordinator):
    for one in calendar.sessions.values():
        shut = one.state == "closed"
        shown = one.state in {"closed", "published"}
        one.key = book.WorkSession.add(
            project_id=sites.projects[one.project].pk,
            on=one.on,
            from_at=FROM_AT,
            to_at=TO_AT,
            state=one.state,
            state_because=one.because,
            route_id=_route(one, sites),
            published_at=at(one.on - timedelta(days=1), time(15)) if shown else None,
            published_by_id=coordinator if shown else None,
            closed_at=at(one.on, time(17)) if shut else None,
            closed_by_id=one.staff[0] if shut else None,
        )
        for user in one.staff:
            book.WorkSession_staff.add(worksession_id=one.key, user_id=user)
        for plan, day in one.people:
            _write_day(book, plan, day, one, sites)


def _route(session, sites):
    stops = [plan.stop for plan, _ in session.people if plan.stop]
    return sites.stops[stops[0]].route_id if stops else None


def _write_day(book, plan, day, session, sites):
    day.key = _write_line(book, plan.who, day, sites.planned[session.project])
    booked = at(min(day.on, sites.today) - WEEK_BEFORE, time(10))
    book.Appointment.add(
        contact_id=day.key, where="elsewhere", enforces="requirement", told_how="in_person", remind=False, seen=[],
        booked_at=booked, logged_at=at(day.on, time(17)) if day.outcome else None,
        logged_by_id=session.staff[0] if day.outcome else None,
    )  # fmt: skip
    _write_attendance(book, plan, day, session)


def _write_line(book, who, day, project):
    """Gives the key of the line of the log."""
    name, attended, complied = OUTCOMES.get(day.outcome, ("", None, None))
    return book.Contact.add(
        case_id=who.case,
        sentence_id=who.sentence,
        requirement_id=who.requirement,
        type_code=TYPE,
        type_name="Unpaid work",
        started_at=at(day.on, FROM_AT),
        ended_at=at(day.on, TO_AT),
        appointment=True,
        outcome_code=day.outcome,
        outcome_name=name,
        attended=attended,
        complied=complied,
        place=project.name,
        notes=_words(day, project),
    )


def _write_attendance(book, plan, day, session):
    worked, starts = day.came == "left", at(day.on, FROM_AT)
    book.Attendance.add(
        session_id=session.key,
        work_id=plan.who.requirement,
        case_id=plan.who.case,
        allocation_id=plan.allocation,
        appointment_id=day.key,
        came="left" if worked else "expected",
        arrived_at=starts if worked else None,
        left_at=starts + timedelta(minutes=day.minutes) if worked else None,
        credited_minutes=day.minutes,
        hi_vis=True if worked else None,
        quality=day.quality,
        behaviour=day.quality,
        task=day.task,
        skills=SKILLS.get(day.task, ["teamwork"]) if day.task else [],
        travel=day.travel,
        recorded_at=at(day.on, time(16, 40)) if worked else None,
        recorded_by_id=session.staff[0] if worked else None,
    )


def _words(day, project):
    if day.came != "left":
        return ""
    hours = f"{day.minutes // 60} hours credited"
    return f"Unpaid work at {project.name}: {hours}{f'; {day.task}' if day.task else ''}."


def at(on, clock):
    return datetime.combine(on, clock, get_current_timezone())
