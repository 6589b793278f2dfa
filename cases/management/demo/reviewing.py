"""Plans reviews: on which cases one is written, how it ends, and what an audit recommends.

Source: report 2.4. Only where appointments were missed since the signature, so that there is something to answer.
"""

from datetime import timedelta

from cases.management.demo.orders import working
from cases.rules.calendar import add_working_days

WENT_WRONG = {"UAAB", "AFTA", "AFTC"}
SETTLED_DAYS = 45  # since what it looks back to was signed
EVERY = 3  # one in so many of those
MOST = 16  # they go through the services, one by one
KINDS = ("hollow", "honest", "draft", "hollow", "honest", "waiting", "honest", "returned")
LATELY = {"draft", "waiting", "returned"}  # begun on the working day before
RECOMMENDED = ("open", "accepted", "contested", "upheld")


class ReviewDealer:
    """Deals out reviews and recommendations, one after another, to the cases that call for them."""

    def __init__(self, today):
        self.today = today
        self.seen = self.reviews = self.recommendations = 0

    def deal(self, plan):
        if plan.told:
            self._tell(plan)
            return
        if plan.limit or not _may_be_reviewed(plan, self.today):
            return
        self.seen += 1
        turn, rest = divmod(self.seen, EVERY)
        if rest == 1 and self.reviews < MOST:
            self._review(plan, KINDS[turn % len(KINDS)])
        elif rest == 2 and self.recommendations < MOST:
            self._recommend(plan, RECOMMENDED[turn % len(RECOMMENDED)])

    def _tell(self, plan):
        """What its story says."""
        if plan.told.review:
            self._review(plan, plan.told.review)
        if plan.told.recommended:
            self._recommend(plan, plan.told.recommended)

    def _review(self, plan, kind):
        if kind == "hollow" and not _nothing_changed(plan):
            kind = "honest"
        if kind in {"waiting", "returned"} and not plan.concern:  # no senior need sign as well
            kind = "honest"
        days = 1 if kind in LATELY else 8
        plan.review, plan.reviewed_on = kind, working(self.today - timedelta(days=days))
        self.reviews += 1

    def _recommend(self, plan, state):
        plan.recommended, plan.recommended_on = state, working(self.today - timedelta(days=2))
        self.recommendations += 1


def looks_back_to(plan):
    """The later of the two signatures, or when the case came to us."""
    signed = [one.signed_on for one in plan.assessments if one.state == "signed"]
    signed += [one.signed_on for one in plan.sentence_plans if one.state == "signed"]
    return max(signed, default=plan.arrived_on)


def _nothing_changed(plan):
    """Whether nothing of substance is different since: no register, route or person that is new."""
    since = looks_back_to(plan)
    days = [day for one in plan.registers for day in (one.started_on, one.ended_on)]
    days += [one.since_on for one in plan.victims]
    return not plan.routes and all(day <= since for day in days if day)


def _may_be_reviewed(plan, today):
    signed = [one for one in plan.assessments if one.state == "signed"]
    if not plan.ours or plan.officer is None or plan.imported or not signed or plan.raises:
        return False
    since = looks_back_to(plan)
    until = today - timedelta(days=12)
    wrong = [one for one in plan.meetings if one.outcome in WENT_WRONG and since < one.on < until]
    return (today - since).days > SETTLED_DAYS and len(wrong) >= 2


def review_clocks(plan):
    """(kind, due) of what a recommendation waits for: of reviews nothing is late."""
    on, state = plan.recommended_on, plan.recommended
    kinds = {
        "open": ("answer_recommendation", 5),
        "accepted": ("do_recommendation", 15),
        "contested": ("decide_contest", 5),
    }
    if state in kinds:
        kind, days = kinds[state]
        yield kind, add_working_days(on, days)
