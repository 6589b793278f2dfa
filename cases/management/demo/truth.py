"""The ground truth: what was planted, reckoned from the plans alone, for tests to hold the product to.

It asks neither the database nor the product's rules where anybody belongs or what is late.
"""

from collections import Counter, defaultdict

from cases.management.demo import owed
from cases.management.demo.life import is_charged
from cases.management.demo.limits import issues_of
from cases.management.demo.truth_assessing import AssessingTruth, assessing_clocks
from cases.management.demo.truth_interventions import InterventionTruth
from cases.management.demo.truth_life import (
    LifeTruth,
    is_answered,
    life_clocks,
    stands_still,
)
from cases.management.demo.truth_loop import LoopTruth, clocks_of
from cases.management.demo.truth_meeting import MeetingTruth
from cases.management.demo.truth_meeting_clocks import meeting_clocks
from cases.management.demo.truth_workload import WorkloadTruth
from cases.rules.calendar import working_days_between

NOBODY = ""  # the officer of a case that nobody has been given
SENIOR_DAYS, HEAD_DAYS = 10, 15  # working days after sending, where there is a concern
# Working days late at which each is told, lowest first, of what is owed other than checks
LADDERS = {
    "name_officer": ((0, "spo"), (2, "head")),
    "first_appointment": ((0, "spo"),),
    "first_appointment_licence": ((0, "spo"),),
    "first_ten_days": ((0, "spo"),),
    "place_person": ((0, "spo"),),
    "interim_plan": ((0, "spo"), (5, "head")),
    "renew_interim_plan": ((0, "spo"), (5, "head")),
    "agree_interim_plan": ((0, "spo"), (2, "head")),  # late, it is still the senior's own
    "read_information_today": ((0, "spo"), (1, "head")),
    "read_information": ((0, "spo"),),
    "assess_after_raise": ((0, "spo"), (5, "head")),
    "plan_action": ((0, "spo"),),
    "countersign_assessment": ((0, "spo"), (2, "head")),  # late, they are still the senior's own
    "put_assessment_right": ((0, "spo"),),
    "make_plan": ((0, "spo"),),
    "book_replacement": ((0, "spo"), (5, "head")),
    "decide_override": ((0, "spo"), (1, "head")),
    "close_override": ((0, "spo"), (1, "head")),
    "read_override": ((0, "head"),),
    "log_outcome": ((0, "officer"), (2, "spo")),
    "call_same_day": ((0, "spo"),),
    "offer_again": ((0, "spo"),),
    "decide_absence": ((0, "spo"),),
    "book_interpreter": ((0, "officer"),),
    "review_case": ((0, "spo"), (10, "head")),
    "answer_recommendation": ((0, "spo"),),
    "do_recommendation": ((0, "spo"), (10, "head")),
    "decide_contest": ((0, "head"),),
    "home_visit": ((0, "spo"), (10, "head")),
    "decide_visit_safety": ((0, "spo"), (2, "head")),  # late, it is still the senior's own
    "monthly_contact": ((0, "spo"),),
    "book_rar_day": ((0, "officer"), (5, "spo")),
    "answer_transfer": ((0, "spo"), (2, "head")),
    "ask_whereabouts": ((0, "spo"), (10, "head")),
    "tell_of_death": ((0, "spo"), (1, "head")),
    "send_meeting_report": ((0, "spo"),),
    "end_case": ((0, "spo"),),
    "hold_induction": ((0, "spo"),),
    "discuss_escalation": ((0, "spo"), (1, "head")),
    "escalate_risk": ((0, "spo"), (1, "head")),
    "answer_escalation": ((0, "spo"), (3, "head")),
    "send_what_was_asked": ((0, "spo"), (1, "head")),
    "answer_rejection": ((0, "spo"), (2, "head")),
    "hand_over_to_nps": ((0, "spo"), (5, "head")),
}
OWNERS = {"send_check": "officer", "chase_check": "hub", "analyse_check": "officer"}


class Truth:
    """Fills as each person is planned."""

    def __init__(self, people, seed, today, workforce):
        self.made = {"people": people, "seed": seed, "today": today.isoformat()}
        self.today = today
        self.people = []
        self.places: Counter[str] = Counter()
        self.groups: Counter[str] = Counter()
        self.needs: Counter[str] = Counter()
        self.officers = defaultdict(Counter)
        self.teams = defaultdict(Counter)
        self.defects = defaultdict(list)
        self.flags = []
        self.enquiries: Counter[str] = Counter()
        self.limited = {}
        self.issues: Counter[str] = Counter()
        self.loop = LoopTruth(today)
        self.assessing = AssessingTruth()
        self.meeting = MeetingTruth(today)
        self.life = LifeTruth(today, workforce)
        self.workload = WorkloadTruth(today)
        self.interventions = InterventionTruth(today)

    def learn(self, plan):
        place = plan.place
        group = plan.group if place == "group" else ""
        needs = sorted(plan.needs) if place == "cannot" else []
        officer = plan.officer.username if plan.officer else NOBODY
        team = plan.team.code if plan.team else NOBODY
        self.places[place] += 1
        self.groups[group] += bool(group)
        for need in needs:
            self.needs[need] += 1
        self.people.append(
            {"crn": plan.crn, "place": place, "group": group, "needs": needs, "officer": officer, "team": team, "woman": plan.woman}
            | ({"story": plan.story} if plan.story else {})
        )  # fmt: skip
        for tally in (self.officers[officer], self.teams[team]):
            tally["cases"] += 1
            tally[place] += 1
            tally[group] += bool(group)
        self._learn_enquiries(plan, officer, team)
        self._learn_deadlines(plan, place)
        self.loop.learn(plan, team)
        self.assessing.learn(plan, team)
        self.meeting.learn(plan)
        self.life.learn(plan)
        self.workload.learn(plan)
        self.interventions.learn(plan)
        for kind in issues_of(plan):
            self.issues[kind] += 1
        if plan.limit or is_charged(plan):
            self.limited[plan.crn] = plan.limit or "unlisted"
        for defect in plan.defects:
            self.defects[defect].append(plan.crn)

    def _learn_enquiries(self, plan, officer, team):
        for one in plan.enquiries:
            self.enquiries[f"{one.kind} {one.state}"] += 1
            if not one.step:
                continue
            told = self._told_of_check(plan, one)
            if one.due_on < self.today:
                for tally in (self.officers[officer], self.teams[team]):
                    tally["overdue_checks"] += 1
                    tally[f"overdue {one.kind} {one.step}"] += 1
                self.defects[f"{one.kind}: {one.defect}"].append(plan.crn)
                self._flag(plan, one.step, one.due_on, told, one.kind)
            elif one.step == "chase_check" and told != OWNERS[one.step]:  # chased, and still silent
                self._flag(plan, one.step, one.due_on, told, one.kind)

    def _told_of_check(self, plan, one):
        """With a concern it climbs from the day it was sent, or should have been; else it stays put."""
        if not plan.concern:
            return OWNERS[one.step]
        since = working_days_between(one.sent_on or one.due_on, self.today)
        if since >= HEAD_DAYS:
            return "head"
        return "spo" if since >= SENIOR_DAYS else OWNERS[one.step]

    def _learn_deadlines(self, plan, place):
        late = [
            (one.kind, one.due_on)
            for one in plan.deadlines
            if not one.met_on and not is_answered(plan, one, self.today)
        ]
        if place == "cannot":
            late.append(("place_person", owed.place_owed_since(plan)))
        for kind, due_on in late:
            self._flag_if_late(plan, kind, due_on)
        clocks = [*clocks_of(plan), *((plan, one) for one in assessing_clocks(plan))]
        clocks += [(plan, one) for one in meeting_clocks(plan, self.today)]
        clocks += [(plan, one) for one in life_clocks(plan, self.today)]
        for whose, one in clocks:
            if not one.met_on and not stands_still(whose, one.kind):
                self._flag_if_late(whose, one.kind, one.due_on)

    def _flag_if_late(self, plan, kind, due_on):
        if due_on < self.today:
            days = working_days_between(due_on, self.today)
            told = [role for rung, role in LADDERS[kind] if days >= rung][-1]
            self._flag(plan, kind, due_on, told)

    def _flag(self, plan, kind, due_on, told, enquiry=""):
        self.flags.append(
            {
                "crn": plan.crn,
                "kind": kind,
                "due_on": due_on.isoformat(),
                "told": told,
                "enquiry": enquiry,
                "late": due_on < self.today,
            }
        )

    def told(self):
        """All of it, as it is written to a file."""
        return (
            {
                "made": self.made,
                "places": dict(self.places),
                "groups": {group: number for group, number in self.groups.items() if group},
                "needs": dict(self.needs),
                "enquiries": dict(self.enquiries),
                "limited": self.limited,
                "issues": dict(self.issues),
                "officers": _plain(self.officers),
                "teams": _plain(self.teams),
                "defects": {name: sorted(set(crns)) for name, crns in self.defects.items()},
                "flags": self.flags,
                "people": self.people,
            }
            | self.loop.told()
            | self.assessing.told()
            | self.meeting.told()
            | self.life.told(self.limited)
            | self.workload.told()
            | self.interventions.told()
        )


def _plain(tallies):
    return {
        name: {key: n for key, n in tally.items() if key and n} for name, tally in tallies.items()
    }
