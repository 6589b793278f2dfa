"""Plans reviews: on which cases one is written, how it ends, and what an audit recommends.

Source: report 2.4. Only where appointments were missed since the signature, so that there is something to answer.
"""

from datetime import timedelta

from cases.management.demo.orders import working
from cases.rules.calendar import add_working_days

WENT_WRONG = {"UAAB", "AFTA", "AFTC"}
SETTLED_DAYS = 45  # since what it looks back to was signed
MOST = 16  # of those that go through the services, one by one
COMPLETE = {"hollow", "changed", "singly", "together"}
WAITING = {"unread", "waiting"}  # for a senior, so that none is owed
ANSWERED, MORE_ANSWERED = ("singly", "together"), 2
RECOMMENDED = ("open", "accepted", "contested", "upheld", "done")
REVIEWED_AGO = (8, 22, 43, 71)  # days: few days, so that what happened is read for many at once
# Of six in a row; those that are dealt none wait for the one that is owed since the event
TURNS = ("complete", "complete", "unfinished", "complete", "complete", "recommended")


class ReviewDealer:
    """Deals out reviews and recommendations, one after another, to the cases that call for them."""

    def __init__(self, today):
        self.today = today
        self.seen = self.answered = self.hollow = self.unfinished = self.unread = (
            self.recommendations
        ) = 0

    def deal(self, plan):
        if plan.told:
            self._tell(plan)
            return
        if plan.limit or not _may_be_reviewed(plan, self._day(REVIEWED_AGO[0])):
            return
        turn = TURNS[self.seen % len(TURNS)]
        self.seen += 1
        if turn == "complete":
            self._complete(plan)
        elif turn == "unfinished" and self.unfinished < MOST:
            self._leave(plan)
        elif turn == "recommended" and self.recommendations < MOST:
            self._recommend(plan, RECOMMENDED[self.recommendations % len(RECOMMENDED)])

    def _tell(self, plan):
        """What its story says."""
        if plan.told.review:
            self._review(plan, plan.told.review, 8 if plan.told.review in COMPLETE else 1)
        if plan.told.recommended:
            self._recommend(plan, plan.told.recommended)

    def _complete(self, plan):
        """Half of them hollow, which only those can be where nothing was done; the others answer what happened."""
        fits = [ago for ago in REVIEWED_AGO if _may_be_reviewed(plan, self._day(ago))]
        idle = [ago for ago in fits if _is_as_it_was(plan, self._day(ago))]
        if idle and self.hollow <= self.answered:
            self.hollow += 1
            self._review(plan, "hollow", idle[self.hollow % len(idle)])
        elif self.answered <= self.hollow + MORE_ANSWERED:
            self.answered += 1
            done = [ago for ago in fits if _steps_done(plan, self._day(ago))]
            kind = "changed" if done and self.answered % 2 else ANSWERED[self.answered % 4 // 2]
            some = done if kind == "changed" else fits
            self._review(plan, kind, some[self.answered % len(some)])

    def _leave(self, plan):
        """As far as it can be: what no senior need sign as well is still being written."""
        self.unfinished += 1
        kind = "draft"
        if _is_as_it_was(plan, self._day(1)) and self.unread * 4 <= self.unfinished:
            self.unread += 1
            kind = "unread"
        elif plan.concern:
            kind = ("waiting", "returned", "draft")[self.unfinished % 3]
        self._review(plan, kind, 1)

    def _review(self, plan, kind, ago):
        plan.review, plan.reviewed_on = kind, self._day(ago)

    def _recommend(self, plan, state):
        done = sorted(_steps_finished(plan, self._day(2)))
        if state == "done" and not done:
            state = "accepted"
        days_before = timedelta(days=4)
        on = working(done[-1] - days_before) if state == "done" else self._day(2)
        plan.recommended, plan.recommended_on = state, on
        self.recommendations += 1

    def _day(self, ago):
        return working(self.today - timedelta(days=ago))


def looks_back_to(plan):
    """The later of the two signatures, or when the case came to us."""
    signed = [one.signed_on for one in plan.assessments if one.state == "signed"]
    signed += [one.signed_on for one in plan.sentence_plans if one.state == "signed"]
    return max(signed, default=plan.arrived_on)


def _changed(plan, on):
    """Whether anything of substance is different by then, beside steps: a register, a route or a person that is new."""
    since = looks_back_to(plan)
    days = [day for one in plan.registers for day in (one.started_on, one.ended_on)]
    days += [one.since_on for one in plan.victims]
    days += [one.decided_on for one in plan.routes]
    return any(since < day <= on for day in days if day)


def _is_as_it_was(plan, on):
    return not _changed(plan, on) and not _steps_done(plan, on)


def _steps_done(plan, on):
    """The days, after what it looks back to and until that day, on which steps were made or finished."""
    made = [one.made_on for one in plan.actions]
    return [*_since_signed(plan, made, on), *_steps_finished(plan, on)]


def _steps_finished(plan, on):
    planned = [
        one for each in plan.sentence_plans if each.state == "signed" for one in _steps(each)
    ]
    return _since_signed(plan, [one.done_on for one in (*planned, *plan.actions)], on)


def _since_signed(plan, days, on):
    since = looks_back_to(plan)
    return [day for day in days if day and since < day <= on]


def _steps(sentence_plan):
    return [step for one in sentence_plan.objectives for step in one.steps]


def _may_be_reviewed(plan, on):
    """Whether on that day enough had been missed since the signature for there to be something to answer."""
    signed = [one for one in plan.assessments if one.state == "signed"]
    if not plan.ours or plan.officer is None or plan.imported or not signed or plan.raises:
        return False
    since, until = looks_back_to(plan), on - timedelta(days=4)
    if (on - since).days <= SETTLED_DAYS or plan.officer_since > on:
        return False
    wrong = [one for one in plan.meetings if one.outcome in WENT_WRONG and since < one.on < until]
    return len(wrong) >= 2


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
