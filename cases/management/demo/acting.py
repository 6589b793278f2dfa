"""Plans what was done about replies: actions that cite them, and what was raised before it was assessed.

Source: HMIP Thames Valley CRC 2018, 2.3 and 2.4: of what came back, most changed no plan.
"""

from datetime import timedelta

from cases.management.demo import loop_words
from cases.management.demo.loop_plans import Owed, PlannedAction, PlannedRaise
from cases.rules.calendar import add_working_days
from staff.rules.dates import say_date

CITED = {"plan": 0.2, "risk": 0.06, "flag": 0.06, "contact": 0.06, "nothing": 0}
UNCITED = 0.03  # of cases, an action that rests on no reply
DONE = 0.55
WHY = 200  # characters kept of why something is owed
RAISED_LATELY = 28  # days
RAISED = {"RHRH": 0.6, "RVHR": 0.6, "RCCO": 0.3, "RCPR": 0.3, "RCHD": 0.3, "ADVP": 0.3}
ASSESS_DAYS = 10


def plan_actions(plan, today):
    """A few replies are cited by an action; some actions rest on nothing that anybody told us."""
    if not plan.ours or not plan.officer:
        return
    for one in plan.enquiries:
        if one.state == "analysed" and plan.rng.random() < CITED[one.changes]:
            act(plan, one.analysed_on, today, enquiry=one)
    if plan.rng.random() < UNCITED:
        act(plan, max(plan.arrived_on, today - timedelta(days=plan.rng.randint(3, 60))), today)


def act(plan, made_on, today, *, done=None, **cites):
    """One action; `done` for a story, otherwise as it falls out."""
    rng = plan.rng
    what, by_whom = rng.choice(loop_words.ACTIONS)
    by_on = made_on + timedelta(days=rng.randint(7, 42))
    done_on = made_on + timedelta(days=rng.randint(1, 45))
    done = rng.random() < DONE if done is None else done
    done_on = min(done_on, today) if done else None
    owed = Owed("plan_action", made_on, by_on, what[:WHY], done_on)
    one = PlannedAction(what, by_whom, made_on, by_on, owed, done_on, **cites)
    one.done_note = rng.choice(loop_words.DONE) if done_on else ""
    plan.actions.append(one)
    return one


def plan_raises(plan, today):
    """Of the registers that are new, some were raised in a sentence and wait to be assessed."""
    if not plan.ours or not plan.officer:
        return
    for one in plan.registers:
        new = one.ended_on is None and (today - one.started_on).days <= RAISED_LATELY
        if new and one.code in RAISED and plan.rng.random() < RAISED[one.code]:
            raise_register(plan, one)
            return


def raise_register(plan, register):
    kind = "risk" if register.code in {"RHRH", "RVHR"} else "flag"
    because = loop_words.RAISED_BY_REGISTER[kind]
    register.raised = _raise(plan, kind, because, register.started_on, register=register)


def raise_contact(plan, on):
    return _raise(plan, "contact", loop_words.RAISED, on, contact_level="weekly")


def _raise(plan, kind, because, on, **values):
    due_on = add_working_days(on, ASSESS_DAYS)
    owed = Owed("assess_after_raise", on, due_on, f"Raised {say_date(on)}")
    one = PlannedRaise(kind, because, on, owed, **values)
    plan.raises.append(one)
    return one
