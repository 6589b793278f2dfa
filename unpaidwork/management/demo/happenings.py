"""Courses, looking back with them, and what was reported from sites."""

from datetime import datetime, time, timedelta
from random import Random
from uuid import UUID

from django.utils.timezone import get_current_timezone

from cases.management.demo.enquiry_rows import at_mid_morning
from cases.reference.appointments import MISSED
from cases.services.outcomes import record_outcome
from staff.models import User
from unpaidwork.management.demo import said
from unpaidwork.models import Attendance, Sync, WorkSession
from unpaidwork.services.incidents import answer_incident, report_incident

TAKES_A_COURSE, FEWEST_HOURS = 0.09, 12
COURSE_STATES = ("waiting", "credited", "twice")
LOOKED_BACK = 0.65


def plan_learning(plan, today, seed):
    """A course, and the points at which somebody looked back: by what the record says they completed."""
    who, rng = plan.who, Random(f"{seed} learning {plan.who.crn}")
    if not plan.project:
        return
    if plan.left and who.completed >= FEWEST_HOURS and rng.random() < TAKES_A_COURSE:
        course, state = rng.choice(said.COURSES), rng.choice(COURSE_STATES)
        finished = today - timedelta(days=rng.randint(2, 30))
        if finished > who.arrived_on:
            if state == "twice":
                plan.courses.append((course, finished - timedelta(days=20), "credited", 120))
                plan.courses.append((course, finished, "refused", 0))
            else:
                plan.courses.append((course, finished, state, 120 if state == "credited" else 0))
    for point, part in (("third", 3), ("half", 2), ("end", 1)):
        if plan.credited * part >= plan.ordered and rng.random() < LOOKED_BACK:
            plan.reviews.append(point)


def write_learning(book, plan, *, coordinator, colleague, today):
    """`colleague` records what they learnt, and the coordinator says what counts: nobody credits what they recorded."""
    work = plan.who.requirement
    for (provider, title, minutes), finished, state, credited in plan.courses:
        decided = state != "waiting"
        recorded = min(finished + timedelta(days=2), today)
        book.Course.add(
            work_id=work, provider=provider, title=title, expected_minutes=minutes, taken_minutes=minutes,
            finished_on=finished, recorded_at=at_mid_morning(recorded), recorded_by_id=colleague, state=state,
            credited_minutes=credited, because=said.TAKEN_TWICE if state == "refused" else "",
            decided_at=at_mid_morning(recorded) if decided else None, decided_by_id=coordinator if decided else None,
        )  # fmt: skip
    for point in plan.reviews:
        held_on = max(plan.who.arrived_on, today - timedelta(days=10))
        book.WorkReview.add(
            work_id=work, point=point, held_on=held_on, their_words=said.THEIR_WORDS[0], strengths=said.GREW,
            next=said.NEXT, by_id=coordinator, at=at_mid_morning(held_on),
        )  # fmt: skip


def miss_sessions(calendar):
    """The register says that they did not come: it awaits the decision of their officer. A service."""
    for _, day, session in calendar.missed:
        by = User.objects.get(pk=session.staff[0])
        at = datetime.combine(day.on, time(16, 45), get_current_timezone())
        row = Attendance.objects.select_related("appointment__contact").get(appointment=day.key)
        row.came, row.recorded_at, row.recorded_by = "not_come", at, by
        row.save(update_fields=["came", "recorded_at", "recorded_by"])
        record_outcome(
            appointment=row.appointment, outcome=MISSED, notes="Unpaid work: did not come.", sensitive=False, by=by,
            now=at,
        )  # fmt: skip


def disagree(calendar, *, now):
    """A tablet sent, of somebody on the register of yesterday, what does not agree with what stands."""
    for session in calendar.sessions.values():
        said = [day for _, day in session.people if day.came == "left"]
        if session.state == "published" and session.on < now.date() and said:
            _send(session, said[0], now=now)
            calendar.disagreed.append([session.project, session.on.isoformat()])
            return


def _send(session, day, *, now):
    row = Attendance.objects.get(appointment=day.key)
    sent = {"attendance": row.pk, "came": "not_come", "seen": 0, "sent_at": now.isoformat()}
    Sync.objects.create(
        key=UUID(int=row.pk, version=4), session_id=session.key, device=UUID(int=1, version=4), attendance=row,
        sent=sent, state="conflict", because="Somebody else wrote meanwhile.", at=now,
        said_at=datetime.combine(day.on, time(9, 50), get_current_timezone()), by_id=session.staff[0],
    )  # fmt: skip


def report_from_sites(calendar, *, by, now):
    """What supervisors reported of sites, the latest days first; and what coordinators have answered. Services."""
    past = [one for one in calendar.sessions.values() if one.on < now.date() and one.staff]
    sessions = [one for one in reversed(past) if one.state == "closed"][: len(said.INCIDENTS)]
    for session, (kind, harm, words, answer) in zip(sessions, said.INCIDENTS, strict=False):
        at = datetime.combine(session.on, time(13, 15), get_current_timezone())
        incident = report_incident(
            session=WorkSession.objects.get(pk=session.key), kind=kind, words=words, harm=harm,
            by=User.objects.get(pk=session.staff[0]), now=at,
        )  # fmt: skip
        if answer:
            answer_incident(incident=incident, answer=answer, by=by, now=at + timedelta(hours=20))
        calendar.incidents.append([kind, session.project, session.on.isoformat(), bool(answer)])
