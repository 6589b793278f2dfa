"""The ground truth of interventions: what suits each person, what is not known of them, and what is proposed first.

Reckoned from the plans alone, as `cases.management.demo.truth` is: the policy and the cut-offs are said here a second time.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from math import ceil
from typing import Any

from cases.management.demo.likelihood import two_year_score
from cases.management.demo.offences import OFFENCES
from cases.management.demo.orders import completed_years
from cases.management.demo.truth_meeting import days_of_activity

INSIDE = {"custody", "recalled"}
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
ACCREDITED = {
    "Building Better Relationships": "building_better_relationships",
    "Thinking Skills Programme": "thinking_skills_programme",
    "Resolve": "resolve",
}
TAKING_PART = "Participation in programme or activities"
STALLED_IN = "stepping_stones"  # what is planned for whoever waits for a group in their story
# Sums at which there is a need and a severe one, and how many items there are
CUTS = {
    "accommodation": (2, 7, 4), "ete": (3, 7, 4), "relationships": (2, 5, 3), "lifestyle": (2, 5, 3),
    "drugs": (2, 8, 4), "alcohol": (4, 7, 4), "thinking": (4, 7, 4), "attitudes": (2, 7, 4),
}  # fmt: skip
DESCRIBED = {"finance", "emotional", "health"}
VIOLENT = {"violence", "domestic", "robbery", "public_order"}  # categories of offence
BLADE = "00826"
CATEGORY = {code: name for name, those in OFFENCES.items() for code, _ in those}
SCORED_AS = {"domestic": "violence"}
PARTNER_REGISTERS = {"ADVP": {"source", "not_recorded"}, "IMAR": {"source"}, "REG30": {"source"}}
ENDED_REGISTERS = {"ADVP": {"source", "not_recorded"}, "IMAR": {"source"}}
MET, UNKNOWN, NOT = 0, 1, 2
FRONT_LOADED = 75
RECENT = timedelta(weeks=26)


@dataclass
class Facts:
    """What is known of one person; None: nobody recorded it."""

    sex: str
    percent: float | None
    harm: bool  # whether a level is recorded
    needs: dict[str, int | None]  # 0 none, 1 a need, 2 a severe one
    partner_violence: bool | None
    violence: bool | None
    hooks: list[tuple[str, Any, Any]]  # letter, last day, days left or the programme
    planned: set[str] = field(default_factory=set)
    begun: bool = False  # the programme that the court ordered


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


def facts_of(plan, today):
    """Everything that an intervention turns on, as it was planned."""
    signed = [one.answers for one in plan.assessments if one.state == "signed"]
    answers: dict[str, Any] = signed[0] if signed else {}
    return Facts(
        sex="" if "sex" in plan.needs else "F" if plan.woman else "M",
        percent=_percent(plan),
        harm="harm" not in plan.needs,
        needs={area: _need(area, answers) for area in (*CUTS, *DESCRIBED)},
        partner_violence=_partner_violence(plan, answers),
        violence=_violence(plan),
        hooks=list(_hooks(plan, today)),
        planned={STALLED_IN} if plan.told and plan.told.stalled and plan.rar else set(),
        begun=_begun(plan.order, today),
    )


def _begun(order, today):
    """Whether a twentieth of the order is served, from when what it requires has been begun."""
    return (today - order.started_on) * 20 > max(order.end_on - order.started_on, timedelta(days=1))


def _percent(plan):
    if plan.supplied is not None:
        return plan.supplied
    if set(plan.needs) - {"harm"}:
        return None
    record, order = plan.record, plan.order
    category = CATEGORY[record.offence[0]]
    score = two_year_score(
        woman=plan.woman,
        sanctions=record.sanctions,
        age_convicted=completed_years(record.born_on, order.convicted_on),
        age_first=record.age_first,
        age_out=completed_years(record.born_on, order.released_on or order.started_on),
        offence=SCORED_AS.get(category, category),
    )
    return round(score)


def _need(area, answers):
    if area in DESCRIBED:
        said = [answers.get(f"{area}.{link}") for link in ("offending", "harm")]
        return 1 if "yes" in said else 0 if said == ["no", "no"] else None
    need, severe, items = CUTS[area]
    scores = [
        int(score) for code, score in answers.items()
        if code.startswith(f"{area}.") and score in ("0", "1", "2")
    ]  # fmt: skip
    if not scores:
        return None
    if sum(scores) >= need:
        return 2 if sum(scores) >= severe else 1
    return 0 if len(scores) == items else None


def _partner_violence(plan, answers):
    current = [one for one in plan.registers if one.ended_on is None]
    if any(one.part in PARTNER_REGISTERS.get(one.code, ()) for one in current):
        return True
    screened = answers.get("screening.indicators")
    if screened and "domestic_abuse" in screened:
        return True
    if any(one.code in {"IMAR", "REG30"} and one.part == "not_recorded" for one in current):
        return None
    ended = [one for one in plan.registers if one.ended_on]
    if any(one.part in ENDED_REGISTERS.get(one.code, ()) for one in ended):
        return None
    return False if screened else None


def _violence(plan):
    codes = [code for _, code, _, _ in plan.offences]
    if any(CATEGORY.get(code) in VIOLENT and code != BLADE for code in codes):
        return True
    return False if all(codes) else None


def _hooks(plan, today):
    order = plan.order
    custodial = order.kind in {"licence", "pss"}
    if "7" in plan.requirements:
        yield "P", order.end_on, ACCREDITED[plan.programme]
    if "F" in plan.requirements:
        credited = (days_of_activity(plan, today) or {}).get("credited", ())
        enough = plan.rar is not None and plan.rar.enough
        yield "R", order.end_on, 0 if enough else max(0, plan.lengths["F"] - len(credited))
    if custodial and order.licence_end_on >= today and TAKING_PART in plan.conditions.values():
        yield "L", order.licence_end_on, None
    if custodial and order.pss_end_on and (order.kind == "pss" or order.licence_end_on < today):
        yield "S", order.pss_end_on, None
    ends = (order.licence_end_on, order.pss_end_on) if custodial else (order.end_on,)
    yield "V", max(filter(None, (*ends, plan.second_end_on))), None


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
