"""Plans days of rehabilitation activity, books some of them, and leaves others stalled, doubled or gone over.

Source: report 2.3 (days sat unused while a group was not running); supervision reference 2.4.
"""

from datetime import timedelta

from cases.management.demo import bookings
from cases.management.demo.meet_plans import PlannedRar

PLANNED = 0.85  # of those with the requirement
BOOKED = 0.55  # of those whom anybody sees
TWICE, OVER, ENOUGH = 0.05, 0.03, 0.02
OVER_AFTER = 120  # days
FEW_DAYS = 15
WORK = (  # theme, what, route
    ("NPS002", "Thinking Skills group, Tuesday evenings", "group"),
    ("NPS004", "Alcohol awareness, four mornings", "group"),
    ("NPS005", "Getting ready for work: CV and interviews", "one_to_one"),
    ("NPS001", "Keeping a tenancy", "one_to_one"),
    ("NPS006", "Money and debt", "agency"),
    ("NPS003", "Parenting after separation", "agency"),
)
FOR_WOMEN = ("NPS010", "Women's group at the women's centre", "agency")
GROUP = ("NPS002", "Stepping Stones to Change", "group")  # of the man in the report
SAID_ENOUGH = "Work and home are settled, and what was planned is done. More days would take him from his job."


def plan_days(log, today):
    """What is planned of it, as the officer wrote it ten days after they came."""
    plan, own = log.plan, log.own
    ordered = plan.lengths.get("F")
    if not ordered or not bookings.may_book(plan):
        return
    plan.rar = PlannedRar(ordered)
    planned_on = min(today, bookings.next_weekday(plan.arrived_on + timedelta(days=10)))
    if plan.told or own.random() < PLANNED:
        for work, days in _shared(plan, own, ordered):
            _write_activity(log, work, days, planned_on)
    if not plan.told and own.random() < ENOUGH:
        plan.rar.enough = True
        log.book.RarEnough.add(
            requirement_id=plan.requirements["F"],
            because=SAID_ENOUGH,
            said_on=today - timedelta(days=own.randint(3, 40)),
            said_by_id=plan.officer.user_id,
        )


def _shared(plan, own, ordered):
    first = own.choice(WORK)
    if plan.woman and own.random() < 0.4:
        first = FOR_WOMEN
    if plan.told and plan.told.stalled:
        return [(GROUP, ordered)]
    rest = [one for one in WORK if one is not first]
    part = max(1, ordered * own.choice((3, 5, 6)) // 10)
    return [(first, part), (own.choice(rest), max(1, (ordered - part) // 2))]


def _write_activity(log, work, days, planned_on):
    plan = log.plan
    theme, what, route = work
    row = log.book.RarActivity.add(
        case_id=plan.case_id,
        requirement_id=plan.requirements["F"],
        theme=theme,
        what=what,
        days=days,
        route=route,
        planned_on=planned_on,
        planned_by_id=plan.officer.user_id,
    )
    plan.rar.activities.append(row)
    plan.rar.planned += days


def write_days(log, today):
    """Days that were held twice over or beyond what was ordered, and one that is booked."""
    plan, own = log.plan, log.own
    if plan.rar is None or (plan.told and plan.told.stalled):
        return
    marked = {"rar_activity": True, "requirement_id": plan.requirements["F"], "place": log.office}
    held = [one for one in plan.meetings if one.rar and one.attended and not one.booked]
    if held and own.random() < TWICE:
        log.line(
            "RARP",
            held[0].on,
            outcome="ATTC",
            hour="16:00",
            words="Second session of the day.",
            **marked,
        )
    long_enough = (today - plan.arrived_on).days > OVER_AFTER
    if plan.rar.ordered <= FEW_DAYS and long_enough and own.random() < OVER * 4:
        day = bookings.next_weekday(plan.arrived_on + timedelta(days=12))
        for number in range(plan.rar.ordered + 2):
            on = bookings.next_weekday(day + timedelta(days=4 * number))
            log.line("RARP", on, outcome="ATTC", hour="14:00", words="Group session.", **marked)
    if not plan.idle and own.random() < BOOKED:
        bookings.write_activity(
            log, bookings.next_weekday(today + timedelta(days=own.randint(1, 16))), today, marked
        )
