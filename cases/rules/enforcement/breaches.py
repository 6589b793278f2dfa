"""How a breach moves on, from the officer's referral to what the court made of it: from where to where, and what is owed.

Sources: supervision reference 2.3 and 6 (only the NPS lays; it may return or decline), 2.1 (Schedule 9 AE, SL15); product
rules, failures; report 2.3 (amendments not done, breaches withdrawn).
"""

from datetime import date

from cases.reference.enforcement import (
    BREACH_MAY_BECOME,
    BREACH_OVER,
    COURT_OUTCOMES,
    BreachState,
    CourtOutcome,
    Regime,
    WithdrawnBecause,
)
from cases.rules.interim import says_nothing
from staff.errors import RuleBroken
from staff.rules.dates import say_date

State = BreachState
PACK_TO_SEND = frozenset({State.PREPARING, State.RETURNED, State.MORE_ASKED})  # the pack is with us
OWED = {  # the clocks that run in each state
    State.PREPARING: {"submit_breach"},
    State.SUBMITTED: {"get_breach_answer"},
    State.MORE_ASKED: {"answer_nps"},
    State.RETURNED: {"answer_nps"},
}
CLOCKS = tuple(sorted(set().union(*OWED.values())))
ANSWERED_BY = {  # a clock stopped by any other step is no longer owed, rather than done
    "submit_breach": {State.SUBMITTED},
    "get_breach_answer": {State.MORE_ASKED, State.RETURNED, State.DECLINED, State.ACCEPTED},
    "answer_nps": {State.SUBMITTED},
}
FROM_THE_NPS = frozenset({State.MORE_ASKED, State.RETURNED, State.DECLINED, State.ACCEPTED})
LAID = frozenset(
    {State.SUMMONS, State.WARRANT, State.DECIDED}
)  # the last safe day no longer presses
SAY = {
    State.MORE_ASKED: "Say what the NPS asks for, so that the hub can send it.",
    State.RETURNED: "Say what the NPS wants put right in the pack.",
    State.DECLINED: "Say why the NPS will not lay it: it is shown to the senior, and counted.",
}
# Whoever withdraws it for one of these has decided about the failures themselves: nothing more is enforced of them
OF_THE_FAILURES = frozenset(
    {WithdrawnBecause.COMPLYING, WithdrawnBecause.SENTENCED, WithdrawnBecause.ILLNESS}
)
NOT_OF_THIS_ORDER = (
    "No court can decide that of a breach of this order ({order}). Check what it decided."
)
TOLD = "withdrawal_told"  # among the answers of a breach: who told the NPS, and the court
LONGEST_TOLD = 500
TELL_THEM = "The pack has gone, so the NPS has to know, and the court where it is there. Tell them first; then say who told whom, and when."
NAME_THEM = "Name the NPS officer or the office that said so."
NOT_OURS = (
    "The pack is with the NPS, so it is not changed here. Where a change is asked for, record that first; then the report "
    "can be written on."
)


def check_step(state: State, to: State) -> None:
    """Refuse a step that does not follow."""
    if to not in BREACH_MAY_BECOME[State(state)]:
        raise RuleBroken(
            f"This breach is at “{State(state).title}”, so that is not open to it. Read where it stands now."
        )


def check_day(on: date, since: date, today: date, what: str) -> None:
    """Refuse a day on which it cannot have happened: before `since`, on which `what` was done."""
    if on > today:
        raise RuleBroken("That day is still to come. Give today or an earlier day.")
    if on < since:
        raise RuleBroken(f"That is before {what}, on {say_date(since)}. Check the day.")


def check_writable(state: State, asked_to_change: bool) -> None:
    """Refuse to write on a pack that is not with us. `asked_to_change`: an amendment of it is owed."""
    if state not in PACK_TO_SEND and not (asked_to_change and State(state) not in BREACH_OVER):
        raise RuleBroken(NOT_OURS)


def check_answer(to: State, words: str, outside: str) -> None:
    """Refuse what the NPS is said to have answered, where nobody could act on it."""
    if says_nothing(outside):
        raise RuleBroken(NAME_THEM)
    if to in SAY and says_nothing(words):
        raise RuleBroken(SAY[to])


def check_withdrawal(because: str, words: str, authority: str) -> WithdrawnBecause:
    """Refuse to withdraw a breach without a cause, a reason and whoever agreed. Source: report 2.3."""
    if because not in set(WithdrawnBecause):
        raise RuleBroken("Choose why it is withdrawn.")
    if says_nothing(words):
        raise RuleBroken("Say in a sentence why it is withdrawn: the senior reads it.")
    if says_nothing(authority):
        raise RuleBroken("Name who agreed that it is withdrawn, and where they work.")
    return WithdrawnBecause(because)


def check_told(told: str, times_submitted: int) -> str:
    """Refuse to withdraw what the NPS has without a word of who told them. Gives the words trimmed."""
    told = " ".join(told.split())
    if times_submitted and says_nothing(told):
        raise RuleBroken(TELL_THEM)
    if len(told) > LONGEST_TOLD:
        raise RuleBroken(f"Say who told them in {LONGEST_TOLD} letters or fewer.")
    return told


def asks_again(because: WithdrawnBecause | str) -> bool:
    """Whether the failures that still stand are put to the officer again: the breach fell for a cause that is not theirs."""
    return WithdrawnBecause(because) not in OF_THE_FAILURES


def outcomes_of(regime: Regime | str | None) -> list[CourtOutcome]:
    """What a court may make of a breach of this kind of order; all there is where the kind is not known."""
    return [
        one for one in COURT_OUTCOMES.values() if not one.only or not regime or regime in one.only
    ]


def check_outcome(code: str, on: date, today: date, accepted_on: date, regime: Regime | str | None):
    """Refuse a decision of the court that cannot be. `accepted_on`: by the NPS. Gives the outcome."""
    if code not in COURT_OUTCOMES:
        raise RuleBroken("Choose what the court decided.")
    if regime and COURT_OUTCOMES[code] not in outcomes_of(regime):
        raise RuleBroken(NOT_OF_THIS_ORDER.format(order=Regime(regime).title.lower()))
    if on > today:
        raise RuleBroken("The court cannot have decided in the future.")
    if on < accepted_on:
        raise RuleBroken(
            f"The court cannot have decided before the NPS accepted the breach, on {say_date(accepted_on)}."
        )
    return COURT_OUTCOMES[code]


def check_outcome_right(state: State, same: bool, because: str) -> None:
    """Refuse to put right what no court has decided, or what would be as it is, or for no reason."""
    if state != State.DECIDED:
        raise RuleBroken("No decision of a court is recorded on this breach, so none is put right.")
    if same:
        raise RuleBroken("Nothing is different from what is recorded. Change what is wrong.")
    if says_nothing(because):
        raise RuleBroken("Say what was wrong, and who told us what the court decided.")


def say_outcome_right(code: str, on: date, because: str) -> str:
    """What the history of a breach says of a decision that was put right."""
    return f"Put right. It was recorded as “{COURT_OUTCOMES[code].title}”, {say_date(on)}. {because.strip()}"


def check_amendment(what: str, asked_by: str, asked_on: date, due_on: date, today: date) -> None:
    """Refuse a request for a change that nobody could do, or that would never be late."""
    if says_nothing(what):
        raise RuleBroken("Say what has to be changed in the report.")
    if says_nothing(asked_by):
        raise RuleBroken("Say who asks for it: the court, or the NPS officer.")
    if asked_on > today:
        raise RuleBroken("It cannot have been asked for in the future.")
    if due_on < asked_on:
        raise RuleBroken("It cannot be due before it was asked for.")


def check_changed(changed: str) -> str:
    """Refuse an amendment that does not say what is different. Gives the words trimmed."""
    if says_nothing(changed):
        raise RuleBroken("Say what is different in the report now: the officer reads it.")
    return changed.strip()


def check_refused(because: str) -> str:
    """Refuse to leave an amendment undone without a reason. Gives the words trimmed."""
    if says_nothing(because):
        raise RuleBroken("Say why it is not changed, and who was told.")
    return because.strip()
