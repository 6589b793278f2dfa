"""The ground truth of meeting people: the diary, what nobody has said, decisions, days of activity, contact.

Reckoned from the plans alone, as `cases.management.demo.truth` is: the days are counted here a second time.
"""

from datetime import date, timedelta

from cases.management.demo.life import is_away
from cases.management.demo.truth_activity import (
    INSIDE,
    NOT_OFFERED,
    days_of_activity,
    is_ours,
    stalled_since,
)
from cases.management.demo.truth_meeting_clocks import FACE_TO_FACE, meeting_clocks, works_only

# What each group asks, as the policy has it, said here a second time
GROUP_LEVELS = {
    "L0": "monthly", "L50": "monthly", "L75": "fortnightly", "L90": "eased",
    "LC0": "fortnightly", "LC50": "fortnightly", "LC75": "eased", "LC90": "weekly",
    "M0": "fortnightly", "M50": "fortnightly", "M75": "weekly", "M90": "weekly",
    "MC0": "eased", "MC50": "weekly", "MC75": "weekly", "MC90": "front_loaded",
}  # fmt: skip
WINDOW = 84  # days, up to yesterday


class MeetingTruth:
    """Fills as each person is planned."""

    def __init__(self, today):
        self.today = today
        self.diary, self.unlogged, self.decisions = [], [], []
        self.reviews, self.recommendations, self.reminders = [], [], []
        self.rar, self.stalled, self.contact, self.owed = {}, {}, {}, []

    def learn(self, plan):
        for one in plan.meetings:
            said = [plan.crn, one.code, one.on.isoformat()]
            if one.booked and one.stands and not one.outcome and one.on >= self.today:
                self.diary.append([*said, one.hour])
            if one.reminded:
                self.reminders.append(said)
            if one.stands and not one.outcome and one.on < self.today:
                self.unlogged.append(said)
            if one.decision:
                self.decisions.append([*said, one.decision.state, one.decision.called])
        self.owed += [
            [plan.crn, one.kind, one.due_on.isoformat()]
            for one in meeting_clocks(plan, self.today)
            if not one.met_on
        ]
        if plan.review:
            self.reviews.append([plan.crn, plan.review, plan.reviewed_on.isoformat()])
        if plan.recommended:
            said = [plan.crn, plan.recommended, plan.recommended_on.isoformat()]
            self.recommendations.append(said)
        self._learn_activity(plan)
        if is_ours(plan) and plan.order.kind not in INSIDE and not works_only(plan):
            self.contact[plan.crn] = self._count(plan)

    def _count(self, plan):
        """Days of the last twelve weeks under each figure, counted from the log as it was planned."""
        first = self.today - timedelta(days=WINDOW)
        standard = GROUP_LEVELS.get(plan.group, "")
        if standard != "front_loaded" and any(one.kind == "contact" for one in plan.raises):
            standard = "weekly"  # as it was raised to
        signed = [one for one in plan.sentence_plans if one.state == "signed"]
        planned = signed[-1].answers["contact.level"] if signed else ""
        asked = {
            "standard": self._asked(plan, standard),
            "planned": self._asked(plan, planned) if planned else None,
        }
        counts = dict.fromkeys(("delivered", "offered", "missed", "unsaid"), 0)
        by_day: dict[date, list] = {}
        for one in plan.meetings:
            if one.code in FACE_TO_FACE and first <= one.on < self.today:
                by_day.setdefault(one.on, []).append(one)
        for those in by_day.values():
            for name, number in tally_of_day(those).items():
                counts[name] += number
        return counts | asked

    def _asked(self, plan, level):
        """Contacts that such a level asks for in the twelve weeks, day after day since supervision began."""
        order = plan.order
        began = min(filter(None, (order.began_on, plan.second_began_on)))
        began = max(filter(None, (began, order.released_on, plan.arrived_on)))
        asked = 0
        for ago in range(WINDOW, 0, -1):
            day = self.today - timedelta(days=ago)
            if level == "monthly":
                ends = (day + timedelta(days=1)).day == 1
                first = day.replace(day=1)
                asked += ends and first >= began and not is_away(plan, first)
            elif day >= began:
                lived = (day - began).days + 1
                first = day - timedelta(days=_days_of(level, lived) - 1)
                asked += 0 if is_away(plan, first) else _falls_due(level, lived)
        return asked

    def _learn_activity(self, plan):
        days = days_of_activity(plan, self.today)
        if days is None:
            return
        planned = plan.rar.planned if plan.rar else 0
        self.rar[plan.crn] = [
            plan.lengths["F"],
            planned,
            len(days["booked"]),
            len(days["credited"]),
        ]
        if since := stalled_since(plan, self.today):
            self.stalled[plan.crn] = since.isoformat()

    def told(self):
        return {
            "meeting": {
                "diary": sorted(self.diary),
                "unlogged": sorted(self.unlogged),
                "decisions": sorted(self.decisions),
                "rar": self.rar,
                "stalled": self.stalled,
                "contact": self.contact,
                "reminders": sorted(self.reminders),
                "reviews": self.reviews,
                "recommendations": self.recommendations,
                "owed": sorted(self.owed),
            }
        }


def tally_of_day(those):
    """What one day with these meetings, face to face, adds to each figure of contact."""
    offers = [each for each in those if each.stands and each.outcome not in NOT_OFFERED]
    kept = any(each.attended for each in offers)
    unsaid = not kept and any(each.attended is None for each in offers)
    return {
        "delivered": any(each.attended for each in those),
        "offered": bool(offers),
        "unsaid": unsaid,
        "missed": bool(offers) and not kept and not unsaid,
    }


def _days_of(level, lived):
    """How long the week or fortnight is that ends on the last of so many days."""
    return 14 if level == "fortnightly" or (level == "eased" and lived > 84) else 7


def _falls_due(level, lived):
    """How many contacts fall due on the last of so many days."""
    if level == "fortnightly":
        return int(lived % 14 == 0)
    if level == "eased" and lived > 84:
        return int((lived - 84) % 14 == 0)
    twice = level == "front_loaded" and lived <= 60
    return (2 if twice else 1) if lived % 7 == 0 else 0
