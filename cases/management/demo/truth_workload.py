"""The ground truth of workload: what each case weighs, and what whoever holds it must be trained in.

Reckoned from the plans alone, as `cases.management.demo.truth` is: the diary of a month and its minutes are said here a second time.
"""

from fractions import Fraction
from math import floor

from cases.management.demo.truth_activity import INSIDE
from cases.management.demo.truth_life import stands_still
from cases.management.demo.truth_meeting import GROUP_LEVELS

YEAR, MONTHS = 52, 12
CONTACT, EVERY_CASE, MEDIUM, COMPLEX, LICENCE = 45, 60, 15, 60, 10  # minutes
UNPAID_WORK = 90  # minutes a month, of a case of unpaid work alone
IN_CUSTODY = 4  # contacts a year
A_POINT = Fraction(37 * 60 * YEAR, MONTHS) * 75 / 100 / 2176  # minutes
WHERE_PLACED_OTHERWISE = "weekly"  # while somebody cannot be placed, or is put to the NPS
ASKS = {
    "ADVP": "domestic_abuse", "ADVV": "domestic_abuse", "IMAR": "domestic_abuse",
    "RCCO": "child", "RCPR": "child", "RCHD": "child",
}  # fmt: skip
WANTED = {"warrant", "warrant_late", "at_large"}


class WorkloadTruth:
    """Fills as each person is planned."""

    def __init__(self, today):
        self.today = today
        self.points, self.asks = {}, {}

    def learn(self, plan):
        if plan.place in {"retained", "no_sentence"} or plan.order is None:
            return
        self.points[plan.crn] = points_of(plan, self.today)
        asked = {ASKS[one.code] for one in plan.registers if one.code in ASKS and not one.ended_on}
        if asked:
            self.asks[plan.crn] = sorted(asked)

    def told(self):
        return {"workload": {"points": self.points, "asks": self.asks}}


def points_of(plan, today):
    befell = plan.told.life if plan.told else ""
    order = plan.order
    inside = order.kind in INSIDE or (befell == "custody" and stands_still(plan, "make_plan"))
    ends = (order.pss_end_on or order.licence_end_on) if order.custodial else order.end_on
    ends = max(filter(None, (ends, plan.second_end_on)), default=None)
    if befell in WANTED or (ends and ends < today):
        return 0
    if inside:
        minutes = EVERY_CASE + Fraction(IN_CUSTODY * CONTACT, MONTHS)
    elif set(plan.requirements) == {"W"} and not plan.second_end_on:
        minutes = Fraction(UNPAID_WORK)
    else:
        minutes = EVERY_CASE + _contacts(plan, today) * CONTACT + _besides(plan)
    return floor(minutes / A_POINT + Fraction(1, 2))


def _contacts(plan, today):
    """How many a month, as the group asks for on this day of supervision."""
    level = GROUP_LEVELS[plan.group] if plan.place == "group" else WHERE_PLACED_OTHERWISE
    if level != "front_loaded" and any(one.kind == "contact" for one in plan.raises):
        level = "weekly"  # as it was raised to
    began = min(filter(None, (plan.order.began_on, plan.second_began_on)))
    began = max(filter(None, (began, plan.order.released_on, plan.arrived_on)))
    day = (today - began).days
    weekly = Fraction(YEAR, MONTHS)
    if level == "monthly":
        return 1
    if level == "fortnightly" or (level == "eased" and day >= 84):
        return weekly / 2
    return 2 * weekly if level == "front_loaded" and day < 56 else weekly


def _besides(plan):
    group = plan.place == "group"
    minutes = MEDIUM if group and plan.level in {"M", "MC"} else 0
    minutes += COMPLEX if group and plan.level in {"LC", "MC"} else 0
    return minutes + (LICENCE if plan.order.kind == "licence" else 0)
