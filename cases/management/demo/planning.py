"""Deals out the caseload: who is a woman, who is managed with the police, and where each belongs.

Source of the proportions: HMIP Thames Valley CRC 2018: 4,750 people, 13.2% women, 188 of the CRC's
cases in integrated offender management. How the rest is spread is this demonstration's own.
"""

from datetime import timedelta
from random import Random

from dateutil.relativedelta import relativedelta

from cases.management.demo import likelihood, names, offences, orders
from cases.management.demo.plan import Plan
from cases.management.demo.plan_parts import Record
from cases.management.demo.stories import STORIES

WOMEN = 0.132
INTEGRATED = 188 / 4750
WOMEN_IN_INTEGRATED = 0.05
ELSEWHERE = {"escalate": 0.9, "cannot": 4.0, "retained": 0.4, "no_sentence": 0.15}  # in a hundred
GROUPS_OF_MEN = {
    "L0": 21, "L50": 8, "L75": 2.5, "L90": 0.4, "LC0": 3.5, "LC50": 1.6, "LC75": 0.6, "LC90": 0.1,
    "M0": 16, "M50": 11, "M75": 6, "M90": 1.3, "MC0": 9, "MC50": 7.5, "MC75": 4.5, "MC90": 1,
}  # fmt: skip
GROUPS_OF_WOMEN = {
    "L0": 30, "L50": 9, "L75": 3, "L90": 0.5, "LC0": 4, "LC50": 1.5, "LC75": 0.5, "LC90": 0.1,
    "M0": 15, "M50": 8, "M75": 4, "M90": 0.8, "MC0": 5, "MC50": 4, "MC75": 2, "MC90": 0.3,
}  # fmt: skip
GROUPS_OF_INTEGRATED = {
    "L75": 3, "L90": 2, "LC75": 2, "LC90": 1.5, "M50": 6, "M75": 28, "M90": 18, "MC50": 4, "MC75": 22, "MC90": 14,
}  # fmt: skip
NEEDS = {
    ("harm",): 40,
    ("sanctions",): 24,
    ("first_sanction",): 12,
    ("sanctions", "first_sanction"): 6,
    ("harm", "sanctions"): 5,
    ("born_on",): 3,
    ("sex",): 2,
    ("offence",): 2,
    ("known_offence",): 3,
    ("released_on",): 8,
}
ESCALATIONS = {"RHRH": 64, "RVHR": 6, "M1": 14, "M2": 10, "placeholder": 6}
A_YEAR = (367, 12)  # days ago and months of an order that has just run out
SENTENCE_OVER = {"ended": 3, "awaiting": 2}
UNALLOCATED = 0.006
LIMITED = 0.001
IMPORTED = 0.04  # of those placed: came with an extract, their checks not asked by rule
TAKEN_UP = 0.25  # of those, in the last weeks
TAKEN_UP_SINCE = 18  # days ago, at most
LIMITS = ("restricted", "restricted", "excluded")
UNALLOCATED_DAYS = (0, 1, 2, 3, 5, 8)
SUPPLIED = 0.25  # of those in the community, whose OGRS3 came with the case
CAREERS = {"0": (14, 38), "50": (12, 26), "75": (11, 20), "90": (10, 16)}  # ages at first sanction
AGES = {  # when convicted: youngest, oldest and commonest
    "0": (18, 68, 36), "50": (18, 58, 31), "75": (18, 52, 29), "90": (18, 42, 26),
}  # fmt: skip
FIRST_TIMERS = 0.4  # of the lowest band
TRIES = 200


def split(group):
    """MC75 is medium complex and 75."""
    level = group.rstrip("0123456789")
    return level, group[len(level) :]


class Dealer:
    """Plans one person after another. The same people, seed and day always give the same plans."""

    def __init__(self, people, seed, today, workforce):
        self.people, self.seed, self.today, self.workforce = people, seed, today, workforce
        rng = Random(f"dealer {seed} {people}")
        numbers = range(len(STORIES), people)
        women = round(people * WOMEN) - sum(story.woman for story in STORIES)
        self.women = set(rng.sample(numbers, women))
        men = [number for number in numbers if number not in self.women]
        integrated = round(people * INTEGRATED) - sum(story.iom for story in STORIES)
        women_too = round(integrated * WOMEN_IN_INTEGRATED)
        self.integrated = set(rng.sample(men, integrated - women_too))
        self.integrated |= set(rng.sample(sorted(self.women), women_too))
        ordinary = [number for number in numbers if number not in self.integrated]
        self.forced = dict(
            zip(rng.sample(ordinary, len(SHOWN_AT_ANY_SIZE)), SHOWN_AT_ANY_SIZE, strict=True)
        )
        self.teams = workforce.teams
        self.shares = [team.share for team in self.teams]

    def deal(self, number):
        """The plan of this person: who, where, for what. What is around them is planned elsewhere."""
        rng = Random(f"{self.seed} {number}")
        plan = Plan(
            number=number,
            crn=crn(number),
            rng=rng,
            woman=number in self.women,
            iom=number in self.integrated,
            place="",
        )
        plan.place, plan.needs, plan.why = self.forced.get(number, ("", (), "")) or ("", (), "")
        self._place(plan)
        self._sentence(plan)
        self._record(plan)
        self._allocate(plan)
        return plan

    def _place(self, plan):
        rng = plan.rng
        if plan.place in {"", "group"}:
            forced = plan.why
            plan.why = ""
            weights = (
                GROUPS_OF_INTEGRATED
                if plan.iom
                else GROUPS_OF_WOMEN
                if plan.woman
                else GROUPS_OF_MEN
            )
            group = forced or rng.choices(list(weights), list(weights.values()))[0]
            plan.level, plan.band = split(group)
            if not plan.place:
                plan.place = "group" if plan.iom else self._elsewhere(rng)
        else:
            plan.level, plan.band = split(
                rng.choices(list(GROUPS_OF_MEN), list(GROUPS_OF_MEN.values()))[0]
            )
        if plan.place == "cannot" and not plan.needs:
            plan.needs = rng.choices(list(NEEDS), list(NEEDS.values()))[0]
        if plan.place == "escalate":
            plan.why = plan.why or rng.choices(list(ESCALATIONS), list(ESCALATIONS.values()))[0]
            plan.level = "MC" if rng.random() < 0.6 else "M"
        if plan.place == "no_sentence":
            plan.why = plan.why or rng.choices(list(SENTENCE_OVER), list(SENTENCE_OVER.values()))[0]

    def _elsewhere(self, rng):
        drawn = rng.random() * 100
        for place, share in ELSEWHERE.items():
            drawn -= share
            if drawn < 0:
                return place
        return "group"

    def _sentence(self, plan):
        rng = plan.rng
        if plan.place == "retained":
            kind = "unpaid_work"
        elif "released_on" in plan.needs:
            kind = "custody"
        else:
            kind = orders.kind_for(rng, plan.level, plan.band)
        if plan.place == "cannot" and kind == "custody" and "released_on" not in plan.needs:
            kind = "licence"
        plan.unallocated = plan.place == "group" and rng.random() < UNALLOCATED
        days_ago = rng.choice(UNALLOCATED_DAYS) if plan.unallocated else None
        if plan.unallocated and kind in {"pss", "custody", "recalled"}:
            kind = "community"
        if plan.why == "ended":
            plan.order = orders.order_for(rng, "community", self.today, *A_YEAR)
        else:
            plan.order = orders.order_for(rng, kind, self.today, days_ago)
        began = plan.order.began_on
        plan.arrived_on = min(next_working(began, rng.choice((0, 1, 1, 2))), self.today)
        plan.officer_since = min(
            next_working(plan.arrived_on, rng.choice((0, 0, 1, 1, 2))), self.today
        )

    def _record(self, plan):
        plan.record = self._find_record(plan)
        told = plan.order.kind == "custody" or (
            plan.rng.random() < SUPPLIED and plan.place != "cannot"
        )
        if told and plan.place != "cannot":
            low, high = likelihood.EDGES[plan.band]
            plan.supplied = plan.rng.randint(max(low, 5), min(high - 1, 97))

    def _find_record(self, plan):
        """An age, an offence and a history which OGRS3 puts in the planned band."""
        rng, order = plan.rng, plan.order
        weights = offences.weights(woman=plan.woman, persistent=plan.band in {"75", "90"})
        categories, chances = list(weights), list(weights.values())
        for tried in range(TRIES):
            category = rng.choices(categories, chances)[0] if tried < TRIES / 2 else "theft"
            if plan.complex and tried < TRIES / 4 and rng.random() < 0.6:
                category = "domestic"
            age = int(rng.triangular(*AGES[plan.band]))
            first = self._age_first(rng, plan.band, age)
            born_on = (
                order.convicted_on - relativedelta(years=age) - timedelta(days=rng.randint(5, 355))
            )
            out_on = order.released_on or order.release_due_on or order.started_on
            ages_out = {age, orders.completed_years(born_on, out_on)}
            sanctions = likelihood.sanctions_for(
                rng,
                plan.band,
                woman=plan.woman,
                age_convicted=age,
                age_first=first,
                ages_out=ages_out,
                offence=offences.weighed_as(category),
            )
            if sanctions:
                first_on = (
                    order.convicted_on if first == age else born_on + relativedelta(years=first)
                )
                if first < age:
                    first_on += timedelta(days=rng.randint(0, 360))
                return Record(
                    born_on, rng.choice(offences.OFFENCES[category]), sanctions, first, first_on
                )
        raise AssertionError(f"No record found for {plan.group}")

    def _age_first(self, rng, band, age):
        if band == "0" and rng.random() < FIRST_TIMERS:
            return age
        low, high = CAREERS[band]
        return min(
            int(rng.triangular(low, high, low + 3)), max(age - 1, likelihood.YOUNGEST_OFFENDER)
        )

    def _nps_officer(self, rng):
        return f"{rng.choice(names.STAFF_FORENAMES)} {rng.choice(names.STAFF_SURNAMES)}"

    def _allocate(self, plan):
        rng = plan.rng
        if plan.place == "retained" or plan.why == "placeholder":
            plan.retained_by = self._nps_officer(rng) if plan.place == "retained" else ""
            return
        plan.team = rng.choices(self.teams, self.shares)[0]
        if plan.unallocated:
            return
        cohort = "women" if plan.woman else "iom" if plan.iom else "any"
        if plan.order.kind == "unpaid_work" and not plan.woman:
            cohort = "unpaid_work"
        plan.officer = plan.team.officer_for(cohort)
        plan.officer.takes_one()
        if rng.random() < LIMITED:
            plan.limit = rng.choice(LIMITS)
        self._import(plan)

    def _import(self, plan):
        rng = plan.rng
        plan.imported = plan.place == "group" and rng.random() < IMPORTED
        if plan.imported and rng.random() < TAKEN_UP:
            on = orders.working(self.today - timedelta(days=rng.randint(0, TAKEN_UP_SINCE)))
            plan.taken_up_on = max(on, plan.arrived_on)


def crn(number):
    """A letter and six digits. The stories come first, so theirs never change."""
    return f"T{100_001 + number}"


def next_working(day, days):
    """So many days on, and on to a weekday. Bank holidays are let be: nothing falls due by this."""
    day += timedelta(days=days)
    while day.weekday() >= orders.SATURDAY:
        day += timedelta(days=1)
    return day


# One of everything, however few the people: each group, each need, each way out of the GRID
SHOWN_AT_ANY_SIZE = [
    *(("group", (), group) for group in GROUPS_OF_MEN),
    *(("cannot", needs, "") for needs in NEEDS),
    *(("escalate", (), why) for why in ESCALATIONS),
    ("retained", (), ""),
    *(("no_sentence", (), why) for why in SENTENCE_OVER),
]
FEWEST_PEOPLE = 100  # below this, one of everything and the stories leave no ordinary caseload
