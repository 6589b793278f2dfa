"""What is owed of everybody's unpaid work, as the nights before would have found it; and written as they would have.

Hours, pace and days are counted here a second time, apart from the rules: the tests let a night pass, which must find
nothing more. Shared with the product: the calendar of working days.
"""

from datetime import timedelta
from math import ceil

from dateutil.relativedelta import relativedelta

from cases.management.demo.enquiry_rows import deadline
from cases.management.demo.writing import Book
from cases.models import Deadline
from cases.rules.calendar import add_working_days
from unpaidwork.management.demo.rows import RISK_GOOD

PACE_DAYS, MEASURED_FROM = 56, 28
OFFERED = 420  # minutes a week
CLOSE = 28  # days before the last day
LATE_IN_THE_YEAR = 3  # months before the last day
RENEW_AHEAD = timedelta(days=14)
DAYS = {  # working days after what starts each
    "assess_work_risk": 5, "renew_work_risk": 5, "write_instruction": 1, "arrange_work": 7, "allocate_again": 2,
    "decide_course": 5, "review_work": 5, "propose_extension": 10, "close_register": 1, "see_order_terms": 2,
}  # fmt: skip
WHY = {
    "assess_work_risk": "Unpaid work is to be done, and no risk assessment for it is signed",
    "renew_work_risk": "The risk assessment is not up to date",
    "write_instruction": "Nothing says what a flag of theirs means on a work site",
    "arrange_work": "Hours are to be worked, and neither work nor an induction is arranged",
    "allocate_again": "Their work stopped, and hours are left",
    "decide_course": "A course that was finished is recorded",
    "review_work": "Enough of the hours is worked to look back with them",
    "propose_extension": "Hours are left that will not be worked in time at this pace",
    "close_register": "The register is not closed",
}
NOT_OURS_TO_WRITE = {"see_order_terms"}  # found by the night of the cases themselves


def write_owed(plans, calendar, today):
    """All but what the services have opened."""
    there = set(Deadline.objects.unmet().filter(kind__in=WHY).values_list("case", "kind"))
    book = Book([Deadline])
    for plan in plans:
        for kind, since, due_on in owed_of(plan, today):
            if kind not in NOT_OURS_TO_WRITE and (plan.case_id, kind) not in there:
                deadline(book, plan, kind, since, due_on, WHY[kind])
    for plan, day, due_on in not_closed(calendar, today):
        deadline(
            book, plan, "close_register", day.on, due_on, WHY["close_register"], appointment_id=day.key
        )  # fmt: skip
    book.close()


def owed_of(plan, today):
    """(kind, since when, by when) of each."""
    who = plan.who
    if plan.unseen and not (who.waits or who.retained):
        yield _from("see_order_terms", today)
    if plan.will_stop:
        yield _from("allocate_again", today)
    elif plan.stopped_on and plan.left:
        yield _from("allocate_again", plan.stopped_on)
    if plan.left and untold(plan, today):
        yield _from("write_instruction", today)
    yield from _of_risk(plan, today)
    yield from _of_hours(plan, today)


def not_closed(calendar, today):
    """(plan, day, by when) of whom a register says nothing, or the first on it where it says something of everybody."""
    for session in calendar.sessions.values():
        if session.state == "published" and session.on < today:
            for plan, day in session.expected or session.people[:1]:
                yield plan, day, add_working_days(session.on, DAYS["close_register"])


def _from(kind, since):
    return kind, since, add_working_days(since, DAYS[kind])


def _of_risk(plan, today):
    who = plan.who
    if who.waits or not plan.left:
        return
    if plan.risk in {"none", "draft"}:
        yield _from("assess_work_risk", max(filter(None, (who.arrived_on, who.taken_up_on))))
    elif plan.changed or who.retained:  # of whom the NPS has told us nothing
        yield _from("renew_work_risk", today)
    elif (last := plan.risk_on + RISK_GOOD) - RENEW_AHEAD <= today:
        yield "renew_work_risk", last - RENEW_AHEAD, last


def _of_hours(plan, today):
    who = plan.who
    waiting = [finished for _, finished, state, _ in plan.courses if state == "waiting"]
    if waiting:
        yield _from("decide_course", min(waiting[0] + timedelta(days=2), today))
    point = reached(plan)
    if point and point not in plan.reviews and not who.waits:
        yield _from("review_work", today)
    if not plan.left:
        return
    if not (who.arranged or plan.placed or plan.days or who.waits):
        yield _from("arrange_work", max(filter(None, (who.arrived_on, who.taken_up_on))))
    late = today >= last_day(plan) - relativedelta(months=LATE_IN_THE_YEAR)
    if late and pace(plan, today) == "red":
        yield _from("propose_extension", today)


def pace(plan, today):
    """Whether they will be done in time, by what was worked a week of late."""
    if not plan.left:
        return "done"
    since = max(today - timedelta(days=PACE_DAYS), plan.who.arrived_on)
    days, weekly = (today - since).days, OFFERED
    if days >= MEASURED_FROM:
        worked = sum(one.minutes for one in plan.days if since < one.on <= today)
        worked += sum(minutes for _, on, _, minutes in plan.courses if since < on <= today)
        weekly = worked * 7 // days
    if not weekly:
        return "red"
    done_on = today + timedelta(days=ceil(plan.left * 7 / weekly))
    if done_on > last_day(plan):
        return "red"
    return "amber" if (last_day(plan) - done_on).days < CLOSE else "green"


def untold(plan, today):
    """Whether a flag of theirs has no instruction: a register, or an order that stands."""
    answered = {one.of.key for one in plan.orders if one.of and one.of.of == "registration"}
    registers = [one for one in plan.who.to_be_told if one.key in plan.untold - answered]
    standing = [one for one in plan.orders if one.to_on is None or one.to_on >= today]
    return bool(registers or [one for one in standing if not one.told])


def last_day(plan):
    """Twelve months from sentence."""
    return plan.who.since + relativedelta(months=12) - timedelta(days=1)


def reached(plan):
    """The furthest point at which to look back; blank before the first."""
    points = [
        point
        for point, part in (("third", 3), ("half", 2), ("end", 1))
        if plan.credited * part >= plan.ordered
    ]
    return points[-1] if points else ""
