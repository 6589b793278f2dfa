"""Plans and writes visits at home: how staff may go, who goes and who watches the clock, what was seen.

Source: report 2.3 (visits not made where they were needed). Nobody is on the way when the demonstration is made,
so nothing raises an alert by itself.
"""

from datetime import timedelta

from dateutil.relativedelta import relativedelta

from cases.management.demo.enquiry_rows import at_mid_morning, deadline
from cases.management.demo.loop_plans import Owed
from cases.rules.calendar import add_working_days
from staff.rules.dates import say_date

CONCERNS = {"ADVP", "ADVV", "IMAR", "RCCO", "RCPR", "RCHD", "RVAD", "REG22"}
TO_STAFF = ("AV2S", "WEAP")
VISITED, ARRANGED, WAITING = 0.34, 0.12, 0.04  # of those who are to be visited
HOLDS = relativedelta(months=6)
DECIDE_DAYS = 2
BECAUSE = "Known there since the first visit; daytime only, and ring before leaving."
BECAUSE_PAIRED = "Two go, in daylight, and park facing out. The buddy rings at the half hour."
STAFF_RISK = ("A dog, kept in the kitchen when asked.", "Third floor, the lift is often out.", "")
SEEN = (
    {"met": ["person", "nobody_else"], "rooms": ["living", "kitchen"], "home": ["warm", "food"], "sleeping": "not_seen"},
    {"met": ["person", "partner"], "rooms": ["living"], "home": ["warm"], "lives_there": "The partner, as both say. Two coats in the hall."},
    {"met": ["person"], "rooms": ["door"], "said": "“I would rather we talked at the office.”"},
)  # fmt: skip
SEEN_CHILD = {
    "met": ["person", "children"], "children": 1, "rooms": ["living", "kitchen", "children"], "home": ["warm", "food"],
    "of_children": "Played on the floor and came for a biscuit. Clean, talkative, no marks.", "sleeping": "yes",
}  # fmt: skip
UNVISITED = "home visit necessary and not made"  # a defect: nobody has been there
NOBODY_IN = "Nobody answered at the time we had given. Card left in an envelope."


def calls_for_one(plan):
    """Whether there is a concern for which somebody should see the home."""
    at_home = any(
        one.lives_with and (one.victim or one.protected or one.kind == "child")
        for one in plan.people
    )
    return at_home or plan.has(*CONCERNS)


def write_visit(log, meeting, booked_on):
    """What a visit has beside its appointment: the decision it rests on, the buddy, and what was seen."""
    plan, own = log.plan, log.own
    if not plan.visit_safety:
        plan.visit_safety = _write_safety(log, booked_on - timedelta(days=2))
    others = [one for one in plan.team.officers if one is not plan.officer] or [plan.team.spo]
    values = {}
    if meeting.attended:
        seen = SEEN_CHILD if plan.children and own.random() < 0.5 else own.choice(SEEN)
        values = _held(meeting, plan.officer.user_id) | {"seen": seen}
    elif meeting.outcome in {"AFTA", "UAAB"}:
        values = _held(meeting, plan.officer.user_id)
        values |= {"not_done": "nobody_in", "not_done_because": NOBODY_IN}
    log.book.HomeVisit.add(
        appointment_id=meeting.id,
        safety_id=plan.visit_safety,
        with_whom_id=others[-1].user_id if _needs_two(plan) and len(others) > 1 else None,
        buddy_id=others[0].user_id,
        **values,
    )


def _held(meeting, officer_id):
    """Set out, and back before anybody had to ring."""
    return {
        "set_out_at": f"{meeting.on} {meeting.hour} Europe/London",
        "call_by": f"{meeting.on} 18:00 Europe/London",
        "back_at": f"{meeting.on} 17:30 Europe/London",
        "back_said_by_id": officer_id,
    }


def _needs_two(plan):
    return plan.has(*TO_STAFF)


def _write_safety(log, on, *, decided=True):
    plan, own = log.plan, log.own
    two = _needs_two(plan)
    senior = two or calls_for_one(plan)
    decider = plan.team.spo if senior else plan.officer
    values = {
        "decided_at": at_mid_morning(on + timedelta(days=1)),
        "decided_by_id": decider.user_id,
        "because": BECAUSE_PAIRED if two else BECAUSE,
        "review_on": on + timedelta(days=1) + HOLDS,
    }
    return log.book.VisitSafety.add(
        case_id=plan.case_id,
        address_id=plan.address_id or None,
        where=plan.address or "Where they are staying",
        endangers="no",
        staff_risk=own.choice(STAFF_RISK),
        signal="good",
        way="paired" if two else "alone",
        asked_on=on,
        asked_by_id=plan.officer.user_id,
        needs_senior=senior,
        seen=[],
        **(values if decided else {}),
    )


def write_waiting(log, today):
    """Some have been asked about, and wait for the senior."""
    plan = log.plan
    if (
        plan.visit_safety
        or not plan.address
        or not calls_for_one(plan)
        or log.own.random() >= WAITING * 2
    ):
        return
    asked_on = today - timedelta(days=log.own.choice((1, 2, 7)))
    if asked_on < plan.arrived_on:
        return
    plan.visit_safety = _write_safety(log, asked_on, decided=False)
    why = f"{plan.officer.name} asked on {say_date(asked_on)}. The visit could endanger somebody."
    owed = Owed("decide_visit_safety", asked_on, add_working_days(asked_on, DECIDE_DAYS), why)
    plan.visit_owed.append(owed)
    deadline(log.book, plan, owed.kind, owed.triggered_on, owed.due_on, owed.why)
