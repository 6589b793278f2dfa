"""How a risk put to the NPS moves on: from where to where, who takes each step, what each must say, what is owed then.

Sources: product rules, GRID ("escalation is a case"), roles (the NPS does not sign in: the hub, a senior or the officer
records what it said) and raise now (no gate delays a rise); supervision reference 1.4 (contact codes).
"""

from cases.reference.codes import ROSH_ORDER, Part, Register, Rosh
from cases.rules.interim import says_nothing
from grid.reference.escalation import EscalationState as State
from staff.errors import RuleBroken
from staff.permissions import Action, reach

MAY_BECOME = {
    State.OPENED: {State.DISCUSSED, State.NOT_REFERRED},
    State.DISCUSSED: {State.REFERRED, State.WITHDRAWN},
    State.NOT_REFERRED: {State.OPENED},
    State.REFERRED: {State.ASKED, State.REJECTED, State.ACCEPTED, State.WITHDRAWN},
    State.ASKED: {State.REFERRED, State.REJECTED, State.ACCEPTED, State.WITHDRAWN},
    State.REJECTED: {State.CHALLENGED, State.PLAN_CHANGED},
    State.CHALLENGED: {State.ASKED, State.REJECTED, State.ACCEPTED, State.WITHDRAWN},
    State.PLAN_CHANGED: {State.OPENED},
    State.ACCEPTED: {State.HANDED_OVER, State.REJECTED, State.WITHDRAWN},
    State.HANDED_OVER: set(),
    State.WITHDRAWN: {State.OPENED},
}
# Settled as far as the NPS goes. While the GRID calls for escalation it stays open, so that no second one is opened
QUIET = frozenset({State.NOT_REFERRED, State.PLAN_CHANGED, State.WITHDRAWN})
LIVE = frozenset(State) - QUIET - {State.HANDED_OVER}
FROM_THE_NPS = frozenset({State.ASKED, State.REJECTED, State.ACCEPTED})
DECIDED = frozenset({State.DISCUSSED, State.NOT_REFERRED})
MAY = {  # what whoever takes the step must be allowed to do
    State.OPENED: Action.ESCALATE_RISK,
    **dict.fromkeys(DECIDED | {State.WITHDRAWN}, Action.DECIDE_PLACEMENT),
    **dict.fromkeys({State.REFERRED, State.CHALLENGED, State.PLAN_CHANGED}, Action.ESCALATE_RISK),
    **dict.fromkeys(FROM_THE_NPS | {State.HANDED_OVER}, Action.RECORD_NPS_ANSWER),
}
OWED = {  # the clocks that run in each state
    State.OPENED: {"discuss_escalation", "escalate_risk"},
    State.DISCUSSED: {"escalate_risk"},
    State.REFERRED: {"answer_escalation"},
    State.ASKED: {"answer_escalation", "send_what_was_asked"},
    State.REJECTED: {"answer_rejection"},
    State.CHALLENGED: {"answer_escalation"},
    State.ACCEPTED: {"hand_over_to_nps"},
}
CLOCKS = tuple(sorted(set().union(*OWED.values())))
ANSWERED_BY = {  # a clock stopped by any other step is no longer owed, rather than done
    "discuss_escalation": DECIDED,
    "escalate_risk": {State.REFERRED},
    "answer_escalation": {State.REJECTED, State.ACCEPTED},
    "send_what_was_asked": {State.REFERRED},
    "answer_rejection": {State.CHALLENGED, State.PLAN_CHANGED},
    "hand_over_to_nps": {State.HANDED_OVER},
}
LOGGED = {  # lines of the contact log, by the step that writes them
    State.DISCUSSED: (("RROD", "Risk Review Discussion"),),
    State.NOT_REFERRED: (("RROD", "Risk Review Discussion"),),
    State.REFERRED: (
        ("RRCI", "CRC - Risk Review Referral Initiated"),
        ("RRRF", "Risk Review Referral Form Completed"),
    ),
    State.ASKED: (("RRRI", "NPS - Further Information Requested"),),
    State.CHALLENGED: (("RRR1", "Review Resumed"),),
    State.REJECTED: (("RRRCM", "Risk Review Completed"),),
    State.ACCEPTED: (("RRRCM", "Risk Review Completed"),),
    State.WITHDRAWN: (("RRRCW", "CRC Request to Withdraw Risk Review Referral"),),
}
SENT = (("RRIP", "Additional Information Provided by CRC"),)
LONGEST_BECAUSE = 300  # letters that are kept
SAY = {  # what is asked for instead of nothing, or of words that say nothing
    "because": "Say what makes this a risk for the NPS: what has happened or is known, and who could be hurt.",
    "decided": "Say what was decided and why, so that whoever reads it later can follow.",
    "meanwhile": "Say who is protected until the NPS has the case, and how: who does what, and when.",
    "referral": "Say what the referral asks for and what went with it.",
    "said": "Say what the NPS said, in its own words as far as you can.",
    "sent": "Say what was sent, and to whom.",
    "grounds": "Say on what grounds the answer is challenged.",
    "changed": "Say what changes in the plan now that the case stays here.",
    "note": "Say what the NPS officer must know: who is at risk, what is owed, what was promised.",
    "withdrawn": "Say why it is withdrawn, so that the NPS and the head of service can follow.",
    "outside": "Name the NPS office, or who at the NPS you spoke to.",
    "outside_officer": "Name the NPS officer who takes the case. Until somebody named has accepted it, it is ours.",
}
NOT_THE_HOLDER = "You hold this case, so another senior probation officer or the head of service decides this with you."


def check_step(state, to):
    if to not in MAY_BECOME[State(state)]:
        raise RuleBroken(
            f"This escalation is at “{State(state).title}”, so that is not open to it. Read where it stands now."
        )


def check_may(to, role, *, holds):
    """Refuse a step to a role that may not take it; what a senior decides, also to whoever holds the case."""
    if not reach(role, MAY[to]):
        raise RuleBroken("Somebody else takes this step: ask the senior probation officer.")
    if MAY[to] == Action.DECIDE_PLACEMENT and holds:
        raise RuleBroken(NOT_THE_HOLDER)


def check_says(**boxes):
    """Refuse a box that is blank, or holds what is typed to get past it. Gives them trimmed."""
    for name, words in boxes.items():
        if says_nothing(words):
            raise RuleBroken(SAY[name])
    return {name: words.strip() for name, words in boxes.items()}


def check_because(because):
    because = check_says(because=because)["because"]
    if len(because) > LONGEST_BECAUSE:
        raise RuleBroken(f"Say it in {LONGEST_BECAUSE} characters or fewer.")
    return because


def clocks_moved(before, to):
    """(kinds met, kinds no longer owed, kinds that begin) when an escalation goes from one state to another."""
    owed, then = OWED.get(before, set()), OWED.get(to, set())
    stopped = owed - then
    met = {kind for kind in stopped if to in ANSWERED_BY[kind]}
    return sorted(met), sorted(stopped - met), sorted(then - owed)


def logged(before, to):
    """The lines that a step writes in the log: what was asked and sent is no second referral, and what the NPS
    never had needs no withdrawing."""
    if to == State.REFERRED and before == State.ASKED:
        return SENT
    if to == State.WITHDRAWN and before == State.DISCUSSED:
        return ()
    return LOGGED.get(to, ())


def closes(to, *, called_for):
    """Whether a step ends it. `called_for`: the GRID says that the risk goes to the NPS."""
    return to == State.HANDED_OVER or (to in QUIET and not called_for)


def is_ended_by_placing(state, *, by_staff, outside):
    """Whether being placed elsewhere ends an escalation. `outside`: the NPS has them, or no sentence runs.

    What staff put to the NPS for reasons of their own is theirs to settle, while it goes on.
    """
    return outside or not by_staff or state in QUIET


def new_harm(before, after):
    """What of harm a placement rests on that the one before it did not, in words. Both as evidence is kept."""
    levels = {one["code"]: "" for one in before.get("registers", ())}
    held = {(one["code"], one["part"]) for one in before.get("registers", ())}
    for one in before.get("registers", ()):
        levels[one["code"]] = max(levels[one["code"]], one["level"])
    found = []
    for one in after.get("registers", ()):
        risen = one["code"] == Register.MAPPA and one["level"] > levels.get(one["code"], "")
        added = (one["code"], one["part"]) not in held and one["part"] != Part.AT_RISK
        if risen or added:
            found.append(one["name"] or one["code"])
    level = _harm(after)
    if level and ROSH_ORDER[level] > ROSH_ORDER.get(_harm(before), -1):
        found.append(f"{Rosh(level).title} risk of serious harm")
    return tuple(dict.fromkeys(found))


def _harm(evidence):
    """The level that counted; blank where none did."""
    counting = [one["level"] for one in evidence.get("harm", ()) if one["counts"]]
    return max(counting, key=lambda level: ROSH_ORDER[level], default="")
