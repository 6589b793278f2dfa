"""The ground truth of assessments, plans, overrides and routes: how each stands and what is still in its way.

Reckoned from the plans alone, as `cases.management.demo.truth` is.
"""

from collections import Counter, defaultdict


def assessing_clocks(plan):
    """Each clock on the assessment, the plan, its steps, overrides and routes of a case."""
    yield from plan.owed
    for one in (*plan.assessments, *plan.overrides, *plan.routes):
        yield from one.owed
    for step in steps_of(plan):
        yield from step.owed


def steps_of(plan):
    """Of plans that are signed: what is still being written owes nothing."""
    for one in plan.sentence_plans:
        if one.state == "signed":
            for objective in one.objectives:
                yield from objective.steps


class AssessingTruth:
    """Fills as each person is planned."""

    def __init__(self):
        self.assessments = {}
        self.plans = {}
        self.states = defaultdict(Counter)
        self.overrides = []
        self.routes = []
        self.victims: Counter[str] = Counter()
        self.since = set()
        self.owed = []

    def learn(self, plan, team):
        names, here = dict(_names(plan)), plan.place not in {"retained", "no_sentence"}
        for one in plan.assessments:
            self.assessments[plan.crn] = _as_told(one, names) | {
                "harm": one.harm,
                "returned": [each.question for each in one.returns],
                "over": sorted(names[f"enquiry:{each.id}"] for each in plan.over),
            }
            self.states[team][f"assessment {one.state}"] += here
        for one in plan.sentence_plans:
            self.plans[plan.crn] = _as_told(one, names) | {"agreed": one.agreed}
            agreed = "agreed" if one.agreed == "yes" else "not agreed"
            state = f"signed, {agreed}" if one.state == "signed" else one.state
            self.states[team][f"plan {state}"] += here
        self.states[team]["supervised"] += here
        self._learn_since(plan)
        self.owed += [
            [plan.crn, one.kind, one.due_on.isoformat()]
            for one in assessing_clocks(plan)
            if not one.met_on
        ]
        self.overrides += [
            [plan.crn, one.act, one.state, one.expires_on.isoformat(), one.opened_case, one.sampled]
            for one in plan.overrides
        ]
        self.routes += [
            [plan.crn, one.by_on.isoformat(), one.booked_on is not None] for one in plan.routes
        ]
        if plan.victims:
            self.victims[plan.crn] = len(plan.victims)

    def _learn_since(self, plan):
        """A rise that stands, an answer, or word that somebody could be hurt, later than the signature."""
        answered = [one.replied_on for one in plan.enquiries if one.replied_on]
        if plan.raises or any(map(_later_than(plan), answered)):
            self.since.add(plan.crn)
        for one in plan.information:
            for reading in one.readings:
                if one.harm and _later_than(reading.plan)(one.came_on):
                    self.since.add(reading.plan.crn)

    def told(self):
        signed = {crn for crn, one in self.assessments.items() if one["state"] == "signed"}
        return {
            "assessments": self.assessments,
            "plans": self.plans,
            "content": {team: dict(tally) for team, tally in self.states.items()},
            "overrides": sorted(self.overrides),
            "routes": sorted(self.routes),
            "victims": dict(self.victims),
            "since": sorted(self.since & signed),
            "owed": sorted(self.owed),
        }


def _later_than(plan):
    """Whether a day is later than the signature of the assessment in force."""
    signed = [one.completed_on for one in plan.assessments if one.completed_on]
    return lambda on: bool(signed) and on > signed[0]


def _names(plan):
    """What each key of a gap is called here: the truth holds no keys of rows, which differ each time."""
    for one in plan.enquiries:
        said = f"{one.kind} {one.triggered_on} {one.agency.name}"
        yield f"enquiry:{one.id}", f"enquiry:{said}"
        yield f"pattern:reply-{one.id}", f"pattern:reply {said}"
    for one in plan.information:
        yield f"pattern:information-{one.id}", f"pattern:{one.kind} {one.happened_on}"
    for one in plan.victims:
        yield f"protects:{one.id}", f"protects:{one.person.name}"
    for what in ("route", "arranged"):
        for main, key in plan.requirements.items():
            yield f"{what}:requirement:{key}", f"{what}:{main}"
        for key, about in plan.conditions.items():
            yield f"{what}:condition:{key}", f"{what}:{about}"


def _as_told(one, names):
    return {
        "state": one.state,
        "gaps": sorted(names.get(gap, gap) for gap in one.gaps),
        "warnings": sorted(names.get(warning, warning) for warning in one.warnings),
    }
