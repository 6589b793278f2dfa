"""The ground truth of meeting people: the diary, what nobody has said, decisions, days of activity, contact.

Reckoned from the plans alone, as `cases.management.demo.truth` is: the days are counted here a second time.
"""

from datetime import date, timedelta

from cases.management.demo.life import is_away
from cases.management.demo.loop_plans import Owed
from cases.management.demo.reviewing import COMPLETE, WAITING, looks_back_to, review_clocks
from cases.rules.calendar import add_working_days

FACE_TO_FACE = {"COAI", "COAP", "CHVS", "CPVS", "RARP", "APAT", "C444", "C101"}
NOT_OFFERED = {"RSOF", "RSSR"}
# What each group asks, as the policy has it, said here a second time
GROUP_LEVELS = {
    "L0": "monthly", "L50": "monthly", "L75": "fortnightly", "L90": "eased",
    "LC0": "fortnightly", "LC50": "fortnightly", "LC75": "eased", "LC90": "weekly",
    "M0": "fortnightly", "M50": "fortnightly", "M75": "weekly", "M90": "weekly",
    "MC0": "eased", "MC50": "weekly", "MC75": "weekly", "MC90": "front_loaded",
}  # fmt: skip
WINDOW = 84  # days, up to yesterday
STALLS_AFTER = 28  # days
INSIDE = {"custody", "recalled"}
CONCERNS = {
    "ADVP",
    "ADVV",
    "IMAR",
    "RCCO",
    "RCPR",
    "RCHD",
    "RVAD",
    "REG22",
}  # for which somebody is seen at home
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
        if _is_ours(plan) and plan.order.kind not in INSIDE and not _works_only(plan):
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


def _is_ours(plan):
    """Supervised by us, whether or not its checks were taken up."""
    return plan.place not in {"retained", "no_sentence"}


def _works_only(plan):
    """Unpaid work and nothing else, which has its own rule."""
    return set(plan.requirements) == {"W"} and not plan.second_end_on


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


def days_of_activity(plan, today):
    """{credited, booked or offered: days} under the requirement; None where there is none of ours."""
    if not plan.lengths.get("F") or not _is_ours(plan):
        return None
    days: dict[str, set[date]] = {"credited": set(), "booked": set(), "offered": set()}
    for one in plan.meetings:
        if not one.rar:
            continue
        if one.attended and one.complied is not False:
            days["credited"].add(one.on)
        elif not one.stands or one.outcome in NOT_OFFERED:
            continue
        else:
            days["booked" if not one.outcome and one.on >= today else "offered"].add(one.on)
    days["booked"] -= days["credited"]
    return days


def stalled_since(plan, today):
    """The last day on which anything was held or offered, where that is four weeks ago; else None."""
    days = days_of_activity(plan, today)
    if days is None or plan.order.kind in INSIDE or (plan.rar and plan.rar.enough):
        return None
    over = plan.order.end_on < today or len(days["credited"]) >= plan.lengths["F"]
    if over or days["booked"]:
        return None
    began = max(plan.order.convicted_on, plan.arrived_on)
    last = max({began, *days["credited"], *days["offered"]})
    return last if (today - last).days >= STALLS_AFTER else None


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
        not _is_ours(plan)
        or plan.order.kind in INSIDE
        or _works_only(plan)
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
