"""The ground truth of interventions: what suits each person, what is not known of them, and what is proposed first.

Reckoned from the plans alone, as `cases.management.demo.truth` is: the policy is said here a second time.
"""

from collections import defaultdict
from datetime import timedelta
from math import ceil

from cases.management.demo.truth_activity import INSIDE
from cases.management.demo.truth_intervention_facts import ACCREDITED, facts_of

# Hooks by their first letters, S for post-sentence supervision; sex; needs; least OGRS3; violence to a partner; a violent
# offence; whether days of a RAR are used; sessions; how many a week; pounds
POLICY: dict[str, tuple[str, str, str, int, bool | None, bool | None, bool, int, int, int]] = {
    "building_better_relationships": ("PL", "M", "relationships", 0, True, None, False, 24, 2, 1200),
    "thinking_skills_programme": ("PL", "", "thinking", 50, None, None, False, 19, 2, 950),
    "resolve": ("PL", "M", "thinking attitudes", 50, False, True, False, 24, 2, 1200),
    "stepping_stones": ("RLS", "", "lifestyle thinking attitudes", 25, None, None, True, 12, 2, 480),
    "making_amends": ("RLS", "", "thinking attitudes", 0, None, None, True, 6, 1, 240),
    "restorative_justice": ("RV", "", "", 0, False, None, True, 4, 1, 400),
    "mentoring": ("RLSV", "", "accommodation ete finance lifestyle emotional", 0, None, None, True, 12, 1, 360),
    "ete": ("RLSV", "", "ete", 0, None, None, True, 8, 1, 320),
    "positive_relationships": ("V", "M", "relationships", 0, True, None, False, 8, 1, 0),
    "heal": ("RLSV", "F", "relationships emotional", 0, None, None, True, 10, 1, 500),
    "thinking_ahead_for_women": ("RLSV", "F", "relationships lifestyle thinking", 0, None, None, True, 10, 1, 400),
    "womens_workshop": ("RLSV", "F", "accommodation finance emotional health", 0, None, None, True, 6, 1, 180),
    "thinking_one_to_one": ("RLS", "", "lifestyle thinking attitudes", 25, None, None, True, 10, 1, 450),
    "relationships_one_to_one": ("RLSV", "M", "relationships", 0, True, None, True, 8, 1, 360),
    "anger_one_to_one": ("RLS", "", "thinking attitudes", 25, False, True, True, 8, 1, 360),
    "amends_one_to_one": ("RLS", "", "thinking attitudes", 0, None, None, True, 4, 1, 180),
    "work_one_to_one": ("RLSV", "", "ete", 0, None, None, True, 5, 1, 225),
    "heal_one_to_one": ("RLSV", "F", "relationships emotional", 0, None, None, True, 10, 1, 450),
    "thinking_ahead_one_to_one": ("RLSV", "F", "relationships lifestyle thinking", 0, None, None, True, 8, 1, 360),
}  # fmt: skip
GROUP_OF = {
    "thinking_one_to_one": "stepping_stones",
    "relationships_one_to_one": "positive_relationships",
    "amends_one_to_one": "making_amends",
    "work_one_to_one": "ete",
    "heal_one_to_one": "heal",
    "thinking_ahead_one_to_one": "thinking_ahead_for_women",
}
MET, UNKNOWN, NOT = 0, 1, 2
FRONT_LOADED = 75
RECENT = timedelta(weeks=26)


class InterventionTruth:
    """Fills as each person is planned."""

    def __init__(self, today):
        self.today = today
        self.monday = today + timedelta(days=7 - today.weekday())
        self.people = {}
        self.in_order = {}  # what suits each, as it would be proposed
        self.lately: list[
            str
        ] = []  # placed in a group, and supervised under what rules for half a year at most
        self.kinds = defaultdict(list)

    def learn(self, plan):
        began = plan.order.released_on or plan.order.started_on
        if plan.place == "group" and timedelta() <= self.today - began <= RECENT:
            self.lately.append(plan.crn)
        if outside := _outside(plan):
            self.people[plan.crn] = {"outside": outside}
            return
        facts = facts_of(plan, self.today)
        found = self._reckon(facts)
        in_order = sorted(found["suits"], key=lambda code: self._order(code, facts))
        self.in_order[plan.crn] = in_order
        self.people[plan.crn] = found | {"proposed": next(iter(in_order), None)}
        for kind in _kinds(plan, facts):
            self.kinds[kind].append(plan.crn)

    def _reckon(self, facts):
        already = facts.planned
        verdicts = {code: self._verdict(code, facts) for code in POLICY if code not in already}
        suits = {code for code, verdict in verdicts.items() if verdict == MET}
        waits = {code for code in suits & set(GROUP_OF) if verdicts.get(GROUP_OF[code], MET) != NOT}
        return {
            "outside": "",
            "suits": sorted(suits - waits),
            "instead": sorted(waits),
            "unknown": sorted(code for code, verdict in verdicts.items() if verdict == UNKNOWN),
            "unsuitable": sorted(code for code, verdict in verdicts.items() if verdict == NOT),
            "already": sorted(already),
        }

    def _verdict(self, code, facts):
        """The worst of what is asked: not met, then not known."""
        hooks, sex, needs, least, partner, violent, *_ = POLICY[code]
        found = [self._by_what(code, facts)]
        if sex:
            found.append(UNKNOWN if not facts.sex else MET if facts.sex == sex else NOT)
        if least:
            found.append(
                UNKNOWN if facts.percent is None else MET if facts.percent >= least else NOT
            )
        found.append(MET if facts.harm else UNKNOWN)
        if needs:
            told = [facts.needs[area] for area in needs.split()]
            found.append(MET if any(told) else UNKNOWN if None in told else NOT)
        for asked, known in ((partner, facts.partner_violence), (violent, facts.violence)):
            if asked is not None:
                found.append(UNKNOWN if known is None else MET if known is asked else NOT)
        return max(found)

    def _by_what(self, code, facts):
        """Of a programme that has begun nobody knows how much is left, where the whole of it would not fit."""
        if self._ways(code, facts):
            return MET
        under_way = facts.begun and any(
            letter == "P" and more == code and until >= self.today
            for letter, until, more in facts.hooks
        )
        return UNKNOWN if under_way else NOT

    def _ways(self, code, facts):
        """Sessions that they can be required to come to, by each thing of theirs that leaves time for all of it."""
        hooks, _, _, _, _, _, days, sessions, a_week, _ = POLICY[code]
        last = self.monday + timedelta(weeks=ceil(sessions / a_week)) - timedelta(days=1)
        ways = []
        for letter, until, more in facts.hooks:
            if letter not in hooks or last > until:
                continue
            if letter == "P" and more != code:
                continue
            if letter == "R" and days:
                if more:
                    ways.append(min(more, sessions))
                continue
            ways.append(0 if letter == "V" else sessions)
        return ways

    def _order(self, code, facts):
        _, sex, needs, _, _, _, _, sessions, a_week, pounds = POLICY[code]
        met = [need for area in needs.split() if (need := facts.needs[area])]
        required = max(self._ways(code, facts))
        likeliest = facts.percent is not None and facts.percent >= FRONT_LOADED
        kind = 0 if code in ACCREDITED.values() else 2 if code.endswith("one_to_one") else 1
        ordered = any(letter == "P" and more == code for letter, _, more in facts.hooks)
        return (
            not ordered,
            -max(met, default=0),
            -len(met),
            0 if required == sessions else 1 if required else 2,
            ceil(sessions / a_week) if likeliest else 0,
            facts.sex == "F" and sex != "F",
            kind,
            pounds,
        )

    def told(self):
        return {
            "interventions": {
                "people": self.people,
                "in_order": self.in_order,
                "lately": sorted(self.lately),
                "kinds": {kind: sorted(crns) for kind, crns in self.kinds.items()},
            }
        }


def _outside(plan):
    """Why nothing is proposed to somebody; blank where it may be."""
    if plan.place in {"no_sentence", "retained", "escalate"}:
        return plan.place
    return "held" if plan.order.kind in INSIDE else ""


def _kinds(plan, facts):
    """Those whom the tour of the page leads to."""
    letters = {letter for letter, _, _ in facts.hooks}
    if facts.sex == "M" and facts.partner_violence and "P" not in letters:
        yield "after violence to a partner, and no programme ordered"
    if facts.sex == "F" and facts.needs["relationships"]:
        yield "a woman with a need in relationships"
    if not any(need is not None for need in facts.needs.values()):
        yield "nothing scored"
    if any(letter == "R" and not left for letter, _, left in facts.hooks):
        yield "no day left"
    if facts.planned:
        yield "planned already"
    if facts.percent is not None and facts.percent >= FRONT_LOADED:
        yield "first 60 days"
