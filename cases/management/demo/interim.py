"""Plans the interim plans of a case whose enquiries are open, with the gaps that there would be.

Sources: product rules, checks ("while open"); the rate with a concern follows domestic abuse well
analysed in 28% of cases (HMIP Thames Valley CRC 2018, 2.3). The others are this demonstration's own.
"""

from datetime import timedelta

from cases.management.demo import loop_words
from cases.management.demo.checks import working_before
from cases.management.demo.loop_plans import PlannedInterim
from cases.management.demo.plan_parts import PlannedDeadline
from cases.rules.calendar import add_working_days
from staff.rules.dates import say_date

# What became of it where an enquiry is open, in a hundred; with a concern and without
OUTCOMES = {
    True: {"agreed": 18, "waiting": 10, "returned": 5, "run_out": 15, "never": 52},
    False: {"live": 22, "agreed": 1, "waiting": 1, "run_out": 10, "never": 66},
}
SINCE = {  # days ago that it was written: at least, at most
    "live": (0, 20), "agreed": (3, 20), "waiting": (0, 6), "returned": (3, 14), "run_out": (14, 45),
}  # fmt: skip
ENDED_WELL = 0.4  # of cases answered, that had a plan until then
DAYS = {True: 2, False: 10}  # working days to write it, with a concern and without
AGREE_DAYS = 2
LENGTHS, LONGEST, SHORTEST = (14, 21, 28), 28, 3


def plan_interims(plan, today, outcome=""):
    """The plan that stands, waits, ran out or was never written; what is owed on it."""
    if not plan.ours:
        return
    if not plan.open_enquiries:
        if outcome == "ended" or plan.rng.random() < ENDED_WELL:
            _ended(plan)
        return
    weights = OUTCOMES[plan.concern]
    outcome = outcome or plan.rng.choices(list(weights), list(weights.values()))[0]
    first = min(map(_since(plan), plan.open_enquiries))
    made_on = _made_on(plan, outcome, first, today) if plan.officer else None
    if made_on is None:
        _owe(plan, plan.open_enquiries)
        return
    one = _write(plan, first, made_on, _runs_until(plan, outcome, made_on, today))
    _ask_senior(plan, one, outcome, today)
    _deadline(plan, "renew_interim_plan", made_on, one.expires_on, "It runs out that day")
    if one.agreement == "returned":
        why = f"Returned {say_date(one.answered_on)}"
        due_on = add_working_days(one.answered_on, DAYS[True])
        _deadline(plan, "interim_plan", one.answered_on, due_on, why)
        return
    _owe(plan, [each for each in plan.open_enquiries if each not in one.covers])


def _made_on(plan, outcome, first, today):
    """The day it was written; None where it never was, or there has not been time for it to run out."""
    if outcome == "never":
        return None
    least, most = SINCE[outcome]
    made_on = working_before(today - timedelta(days=plan.rng.randint(least, most)))
    made_on = max(first, made_on)
    late_enough = outcome != "run_out" or (today - made_on).days > SHORTEST
    return made_on if late_enough else None


def _runs_until(plan, outcome, made_on, today):
    if outcome == "run_out":
        longest = min(LONGEST, (today - made_on).days - 1)
        return made_on + timedelta(days=plan.rng.randint(SHORTEST, longest))
    chosen = made_on + timedelta(days=plan.rng.choice(LENGTHS))
    return chosen if chosen >= today else made_on + timedelta(days=LONGEST)


def _write(plan, first, made_on, expires_on):
    rng, concern = plan.rng, plan.concern
    one = PlannedInterim(
        worst_case=rng.choice(loop_words.WORST_CASE[concern]),
        who_is_protected=rng.choice(loop_words.WHO_IS_PROTECTED[concern]),
        what_we_do=rng.choice(loop_words.WHAT_WE_DO[concern]),
        made_on=made_on,
        expires_on=expires_on,
        concern=concern,
        covers=[each for each in plan.enquiries if _open_on(each, made_on)],
    )
    plan.interims.append(one)
    due_on = add_working_days(first, DAYS[concern])
    _deadline(plan, "interim_plan", first, due_on, _why(first), met_on=made_on)
    return one


def _ask_senior(plan, one, outcome, today):
    """With a concern the senior agrees it; otherwise they read one in so many. Gives what they owe."""
    if outcome not in {"agreed", "waiting", "returned"} and not one.concern:
        return None
    one.sampled = not one.concern
    answered_on = add_working_days(one.made_on, plan.rng.randint(0, 2))
    one.agreement = "asked"
    if outcome != "waiting" and answered_on <= today:
        one.answered_on = answered_on
        one.agreement = "returned" if outcome == "returned" else "agreed"
        words = loop_words.RETURNED if outcome == "returned" else loop_words.AGREED
        one.answer = plan.rng.choice(words)
    why = f"Written {say_date(one.made_on)}"
    due_on = add_working_days(one.made_on, AGREE_DAYS)
    return _deadline(plan, "agree_interim_plan", one.made_on, due_on, why, met_on=one.answered_on)


def _ended(plan):
    """Everything was answered and read, and until then there was a plan."""
    read = [one for one in plan.enquiries if one.state == "analysed"]
    if not read or not plan.officer:
        return
    last = max(read, key=lambda one: one.analysed_on)
    made_on = min(last.sent_on, last.analysed_on)
    one = _write(plan, last.triggered_on, made_on, made_on + timedelta(days=LONGEST))
    one.ended_on, one.ended_as = last.analysed_on, "answered"
    asked = _ask_senior(plan, one, "agreed" if one.concern else "live", one.ended_on)
    if asked and one.agreement == "asked":
        asked.met_on, asked.void = one.ended_on, True
    why = "It runs out that day"
    renew = _deadline(plan, "renew_interim_plan", made_on, one.expires_on, why, met_on=one.ended_on)
    renew.void = True


def _owe(plan, uncovered):
    if not uncovered:
        return
    first = min(map(_since(plan), uncovered))
    due_on = add_working_days(first, DAYS[plan.concern])
    _deadline(plan, "interim_plan", first, due_on, _why(first))


def _since(plan):
    """From when an enquiry wants a plan."""
    return lambda one: max(filter(None, (one.triggered_on, plan.taken_up_on)))


def _open_on(one, day):
    begun = one.triggered_on <= day and one.state != "not_needed"
    return begun and (one.ended_on is None or one.ended_on > day)


def _why(first):
    return f"An enquiry is open since {say_date(first)}"


def _deadline(plan, kind, since, due_on, why, *, met_on=None):
    one = PlannedDeadline(kind, since, due_on, why, met_on)
    plan.deadlines.append(one)
    return one
