"""The ground truth of the loop of enquiry: plans, readings, whom no reply covers, the headline, the backlog.

Reckoned from the plans alone, as `cases.management.demo.truth` is.
"""

from collections import Counter, defaultdict

from dateutil.relativedelta import relativedelta

FRESH_MONTHS = 6  # the age at which a reply stops counting
CONCERN = ("ADVP", "ADVV", "IMAR", "RCCO", "RCPR", "RCHD")  # domestic abuse and children
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
        self._learn_information(plan)
        self._learn_uncovered(plan)
        if plan.place not in {"retained", "no_sentence"}:
            self._learn_headline(plan, team)
        if plan.imported and not plan.taken_up_on:
            self.waiting[team].append((self._rank(plan), plan.crn))
        self.raised += [[plan.crn, one.kind] for one in plan.raises]
        for one in plan.actions:
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
        """Children about whom children's services have answered something, and nothing to rely on."""
        answered = [
            one for one in plan.enquiries if one.kind == "children" and one.replied_on and one.reply
        ]
        for one in answered:
            for child in one.about:
                if child in one.unanswered:
                    self.uncovered.append([plan.crn, child.name, "not answered about"])
                elif child in one.misdated:
                    self.uncovered.append([plan.crn, child.name, "under another date of birth"])

    def _learn_headline(self, plan, team):
        if not plan.has(*CONCERN):
            return
        tally = self.headline[team]
        asked = [
            one for one in plan.enquiries if one.kind in {"police", "children"} and one.sent_on
        ]
        answered = [one for one in asked if one.replied_on and one.replied_on >= self.fresh_since]
        analysed = [one for one in answered if one.state == "analysed"]
        cited = [one for one in analysed if any(act.enquiry is one for act in plan.actions)]
        tally["concern"] += 1
        for name, found in (
            ("asked", asked),
            ("answered", answered),
            ("analysed", analysed),
            ("cited", cited),
        ):
            tally[name] += bool(found)

    def _rank(self, plan):
        """Worst first: a concern, then harm, then who has been here longest."""
        return not plan.concern, -HARM[plan.rosh], plan.arrived_on, plan.number

    def told(self):
        return {
            "interim": {name: sorted(crns) for name, crns in self.interim.items()},
            "unread": sorted(self.unread),
            "kept_apart": sorted(self.kept_apart),
            "uncovered": sorted(self.uncovered),
            "headline": {
                team: {name: number for name, number in tally.items()}
                for team, tally in self.headline.items()
            },
            "backlog": {
                team: [crn for _, crn in sorted(found)] for team, found in self.waiting.items()
            },
            "raised": sorted(self.raised),
            "actions": dict(self.actions),
        }
