"""The ground truth of the loop of enquiry: plans, readings, whom no reply covers, the headline, the backlog.

Reckoned from the plans alone, as `cases.management.demo.truth` is.
"""

from collections import Counter, defaultdict

from dateutil.relativedelta import relativedelta

from cases.management.demo.truth_assessing import steps_of

FRESH_MONTHS = 6  # the age at which a reply stops counting
# Of whom each concern must be asked
ASKED = {"police": ("ADVP", "ADVV", "IMAR"), "children": ("RCCO", "RCPR", "RCHD")}
STEPS = ("asked", "answered", "analysed", "cited")
HARM = {"RLRH": 0, "": 1, "RMRH": 2, "RHRH": 4, "RVHR": 6}  # not assessed may be anything but low


def clocks_of(plan):
    """Each clock on one thing of the case, with the plan of the case that it runs on."""
    yield from ((plan, one.owed) for one in (*plan.actions, *plan.raises))
    for one in plan.information:
        yield from ((reading.plan, reading.owed) for reading in one.readings)


class LoopTruth:
    """Fills as each person is planned."""

    def __init__(self, today):
        self.today = today
        self.fresh_since = today - relativedelta(months=FRESH_MONTHS)
        self.interim = defaultdict(list)
        self.standing = []
        self.unread = []
        self.kept_apart = []
        self.uncovered = []
        self.headline = defaultdict(Counter)
        self.waiting = defaultdict(list)
        self.raised = []
        self.actions: Counter[str] = Counter()

    def learn(self, plan, team):
        if plan.ours and plan.open_enquiries:
            self.interim[self._stands(plan)].append(plan.crn)
        self.standing += [
            [plan.crn, one.expires_on.isoformat()] for one in plan.interims if not one.ended_on
        ]
        self._learn_information(plan)
        self._learn_uncovered(plan)
        if plan.place not in {"retained", "no_sentence"}:
            self._learn_headline(plan, team)
        if plan.imported and not plan.taken_up_on:
            self.waiting[team].append((self._rank(plan), plan.crn))
        self.raised += [[plan.crn, one.kind] for one in plan.raises]
        for one in (*plan.actions, *steps_of(plan)):
            self.actions[
                "done" if one.done_on else "overdue" if one.by_on < self.today else "to do"
            ] += 1

    def _stands(self, plan):
        """How the interim plan of a case with an enquiry open stands."""
        standing = [one for one in plan.interims if not one.ended_on]
        if not standing:
            return "never"
        if standing[0].agreement == "returned":
            return "returned"
        if standing[0].expires_on < self.today:
            return "run out"
        return "waiting" if standing[0].agreement == "asked" else "live"

    def _learn_information(self, plan):
        for one in plan.information:
            for reading in one.readings:
                if not reading.read_on:
                    self.unread.append(
                        [reading.plan.crn, one.kind, reading.owed.due_on.isoformat()]
                    )
            if one.kept_apart:
                self.kept_apart.append(sorted(reading.plan.crn for reading in one.readings))

    def _learn_uncovered(self, plan):
        """Children of whom nothing that children's services answered can be relied on."""
        answered = [one for one in plan.enquiries if one.kind == "children" and one.replied_on]
        relied_on = [
            child.name
            for one in answered
            for child in one.about
            if child not in one.unanswered and child not in one.misdated
        ]
        for child in plan.children if answered else ():
            if child.name not in relied_on:
                self.uncovered.append([plan.crn, child.name])

    def _learn_headline(self, plan, team):
        """A step is taken by a case when it is for each of its concerns."""
        kinds = [kind for kind, registers in ASKED.items() if plan.has(*registers)]
        if not kinds:
            return
        tally = self.headline[team]
        tally["concern"] += 1
        for step in STEPS[: min(self._furthest(plan, kind) for kind in kinds)]:
            tally[step] += 1

    def _furthest(self, plan, kind):
        sent = [one for one in plan.enquiries if one.kind == kind and one.sent_on]
        return max((self._steps(plan, one) for one in sent if one.state != "superseded"), default=0)

    def _steps(self, plan, one):
        whole = one.replied_on and one.reply in {"information", "no_trace"}
        if not whole or one.replied_on <= self.fresh_since:
            return 1
        if one.state != "analysed":
            return 2
        return 4 if any(act.enquiry is one for act in plan.actions) else 3

    def _rank(self, plan):
        """Worst first: a concern, then harm, then who has been here longest."""
        return not plan.concern, -HARM[plan.rosh], plan.arrived_on, plan.number

    def told(self):
        return {
            "interim": {name: sorted(crns) for name, crns in self.interim.items()},
            "standing": sorted(self.standing),
            "unread": sorted(self.unread),
            "kept_apart": sorted(self.kept_apart),
            "uncovered": sorted(self.uncovered),
            "headline": {team: dict(tally) for team, tally in self.headline.items()},
            "backlog": {
                team: [crn for _, crn in sorted(found)] for team, found in self.waiting.items()
            },
            "raised": sorted(self.raised),
            "actions": dict(self.actions),
        }
