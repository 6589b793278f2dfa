"""Decides which cases have an assessment signed, and by when: what was asked must have been answered by then.

Source of the share: HMIP Thames Valley CRC 2018, 2.1.3. Where a check is open today although one is signed,
it fell due afterwards: the one before it was answered in time.
"""

from datetime import timedelta

from cases.management.demo import checks
from cases.management.demo.plan_parts import PlannedEnquiry
from cases.reference.checks import Because, EnquiryState
from cases.rules.calendar import add_working_days

SIGNED = 0.775  # of those who have been here long enough, so that it is 68% of everybody
OVERRIDDEN = 0.04  # of those signed whose check is open: that nobody waited for it
LEFT = {"draft": 60, "none": 40}  # of the rest, in a hundred
SETTLED = 12  # days with us before anything is written
READY = (0, 0, 1, 1, 2, 3)  # working days from the last answer to the signature
OVER_SINCE = (2, 45)  # days ago, at least and most, that one was signed over an open check
OVER_IN_STORIES = 20  # days ago
TRIES = 12


def decide(plan, today):
    """What there is of an assessment, and when it was signed. Moves the checks of those that are."""
    if not plan.ours or not plan.officer or plan.order is None:
        return
    if plan.arrived_on > today - timedelta(days=SETTLED):
        return
    rng = plan.rng
    if rng.random() < SIGNED and plan.rosh and not plan.imported:
        plan.signed_on = _over(plan, today) or _make_room(plan, today)
    plan.assessed = "signed" if plan.signed_on else rng.choices(list(LEFT), list(LEFT.values()))[0]


def decide_story(plan, story, today):
    """As the story has it: signed once what was asked at the start was answered, or over an open check."""
    plan.assessed = {"over": "signed", "returned": "signed"}.get(story.assessed, story.assessed)
    if story.assessed == "over":
        plan.over = [one for one in plan.open_enquiries if one.state in {"due", "sent", "replied"}]
        plan.signed_on = checks.working_before(today - timedelta(days=OVER_IN_STORIES))
    elif plan.assessed == "signed":
        ended = [one.ended_on for one in plan.enquiries if one.ended_on]
        ready = max([plan.arrived_on + timedelta(days=5), *ended])
        plan.signed_on = min(add_working_days(ready, 1), _last_before(plan, today))


def _over(plan, today):
    """The day on which one was signed although a check was open; None for nearly everybody."""
    rng = plan.rng
    waited_for = [one for one in plan.open_enquiries if one.state in {"due", "sent"}]
    if not waited_for or rng.random() > OVERRIDDEN:
        return None
    on = checks.working_before(today - timedelta(days=rng.randint(*OVER_SINCE)))
    late = any(one.triggered_on >= on for one in plan.open_enquiries)
    unread = any(one.state == "replied" for one in plan.open_enquiries)
    answered = all(one.ended_on is None or one.ended_on <= on for one in plan.enquiries)
    if late or unread or not answered or on >= _first_since(plan, today):
        return None
    plan.over = waited_for
    return on


def _last_before(plan, today):
    """The last day on which nothing had come in and nothing was raised that is there today."""
    first = _first_since(plan, today)
    return first if first == today else first - timedelta(days=1)


def _first_since(plan, today):
    """The first that came in or was raised: nothing may be signed upon it that does not speak of it."""
    came = [one.came_on for one in plan.information]
    raised = [one.raised_on for one in plan.raises]
    return min(*came, *raised, today, today)


def _make_room(plan, today):
    """The day of the signature, with what was asked before it answered; None where there is no time."""
    until = _first_since(plan, today)
    asked = [one for one in plan.enquiries if one.triggered_on < until]
    answered = [one.ended_on for one in asked if one.ended_on]
    still_open = [one for one in plan.open_enquiries if one.triggered_on < until]
    if any(on >= until for on in answered):
        return None
    earlier = [_answered_before(plan, one, until) for one in still_open]
    if not all(earlier):
        return None
    ready = max(
        [plan.arrived_on + timedelta(days=5), *answered, *(one.analysed_on for one in earlier)]
    )
    signed_on = add_working_days(ready, plan.rng.choice(READY))
    if signed_on >= until:
        return None
    for one in still_open:
        if one.triggered_on <= signed_on:
            _ask_again(plan, one, signed_on, today)
    plan.enquiries = [*earlier, *plan.enquiries]
    return signed_on


def _answered_before(plan, one, until):
    """What the same agency was asked at the start, answered by then; None where it cannot have been."""
    began = plan.taken_up_on or plan.arrived_on
    before = PlannedEnquiry(one.kind, str(Because.START), began, one.agency, about=one.about)
    for _ in range(TRIES):
        checks.come_to(plan, before, "analysed", until - timedelta(days=1))
        if before.state == EnquiryState.ANALYSED:
            before.state = str(EnquiryState.SUPERSEDED)
            return before
        checks.begin_again(before)
        before.unanswered = []
    return None


def _ask_again(plan, one, signed_on, today):
    """Due again at a review since, and left as it was left."""
    outcome = {"due": "never_sent", "replied": "never_analysed"}.get(
        one.state, "never_chased" if one.defect else "waiting"
    )
    checks.begin_again(one)
    one.unanswered = []
    one.because = str(Because.REVIEW)
    days = (today - signed_on).days
    one.triggered_on = signed_on + timedelta(days=plan.rng.randint(1, days))
    checks.come_to(plan, one, outcome, today)
