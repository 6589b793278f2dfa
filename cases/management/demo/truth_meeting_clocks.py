"""The ground truth of what is owed of meeting people: visits at home, contact of the month, reviews, days of activity.

Reckoned from the plans alone, as `cases.management.demo.truth` is: the days are counted here a second time.
"""

from datetime import timedelta

from cases.management.demo.life import is_away
from cases.management.demo.loop_plans import Owed
from cases.management.demo.reviewing import COMPLETE, WAITING, looks_back_to, review_clocks
from cases.management.demo.truth_activity import INSIDE, NOT_OFFERED, is_ours, stalled_since
from cases.rules.calendar import add_working_days

FACE_TO_FACE = {"COAI", "COAP", "CHVS", "CPVS", "RARP", "APAT", "C444", "C101"}
# For which somebody is seen at home
CONCERNS = {"ADVP", "ADVV", "IMAR", "RCCO", "RCPR", "RCHD", "RVAD", "REG22"}
VISIT_DAYS, PLANNED_VISIT_DAYS, BOOK_DAYS = 15, 30, 5  # working days
BEFORE_THE_END = 42  # days
NOTICE_DAYS = 10  # before the end of the month


def meeting_clocks(plan, today):
    """Each clock on an appointment of a case, and on what the nights have found is owed of it."""
    for one in plan.meetings:
        yield from one.owed
    yield from plan.visit_owed
    yield from owed_of_visits(plan, today)
    yield from owed_this_month(plan, today)
    yield from owed_reviews(plan)
    for kind, due_on in review_clocks(plan):
        yield Owed(kind, plan.recommended_on, due_on, "")
    if stalled_since(plan, today):
        yield Owed("book_rar_day", today, add_working_days(today, BOOK_DAYS), "")


def owed_reviews(plan):
    """A review by its date: so many weeks after the last, or before the end of the order, or at parts of it."""
    if not plan.ours or plan.review in WAITING:
        return
    since = looks_back_to(plan)
    if plan.review in COMPLETE:
        since = plan.reviewed_on
    since = max(filter(None, (since, plan.taken_up_on)))
    order = plan.order
    ends = max(
        filter(None, (order.end_on, order.licence_end_on, order.pss_end_on, plan.second_end_on))
    )
    begun = order.started_on
    if set(plan.requirements) == {"W"}:
        begun = min(filter(None, (begun, plan.second_began_on)))
        days = [begun + timedelta(days=(ends - begun).days // part) for part in (3, 2, 1)]
    else:
        level = plan.level if plan.place == "group" else ""
        days = [ends - timedelta(days=BEFORE_THE_END)]
        if level != "L":
            days.append(since + timedelta(weeks=16 if level == "MC" else 26))
    to_come = [on for on in days if on > since]
    if to_come:
        yield Owed("review_case", since, min(to_come), "")


def owed_of_visits(plan, today):
    """A visit at home: since the concern, or since the plan said so, where nobody has been seen there since."""
    if not plan.ours or plan.order.kind in INSIDE or not plan.address:
        return
    began = min(
        today, max(filter(None, (plan.arrived_on, plan.order.released_on, plan.taken_up_on)))
    )
    asked = [
        (max(began, one.started_on), VISIT_DAYS)
        for one in plan.registers
        if one.code in CONCERNS and not one.ended_on
    ]
    if any(_to_be_seen_at_home(one) for one in plan.people):
        asked.append((began, VISIT_DAYS))
    for one in plan.sentence_plans:
        if one.state == "signed" and one.answers.get("home_visits.answer") == "yes":
            asked.append((max(began, one.signed_on), PLANNED_VISIT_DAYS))
    seen = [one.on for one in plan.meetings if one.code == "CHVS" and one.attended]
    due = [
        (add_working_days(since, days), since)
        for since, days in asked
        if not any(on >= since for on in seen)
    ]
    if due:
        due_on, since = min(due)
        yield Owed("home_visit", since, due_on, "")


def _to_be_seen_at_home(one):
    return one.lives_with and (one.victim or one.protected or one.kind == "child")


def owed_this_month(plan, today):
    """One face to face offered in the calendar month, to whoever is supervised for the whole of it."""
    last = (today.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    if (
        not is_ours(plan)
        or plan.order.kind in INSIDE
        or works_only(plan)
        or (last - today).days > NOTICE_DAYS
    ):
        return
    first = today.replace(day=1)
    began = max(plan.arrived_on, plan.order.began_on)
    ends = max(filter(None, (plan.order.end_on, plan.second_end_on)))
    offered = any(
        one.code in FACE_TO_FACE and first <= one.on <= last
        and (one.attended or (one.stands and one.outcome not in NOT_OFFERED))
        for one in plan.meetings
    )  # fmt: skip
    if began <= first and ends >= last and not offered and not is_away(plan, first):
        yield Owed("monthly_contact", today, last, "")


def works_only(plan):
    """Unpaid work and nothing else, which has its own rule."""
    return set(plan.requirements) == {"W"} and not plan.second_end_on
