"""How a recall moves on: what Part A must say, who may countersign, what is owed in each state, who must hear.

Sources: supervision reference 1.8 and 2.3; product rules, clocks (decision the same day, request within 24 hours), raise now
(no gate delays a rise: in an emergency the request goes, and Part A follows).
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta

from cases.reference.enforcement import RECALL_MAY_BECOME, RECALL_OVER, RecallState
from cases.reference.recall import PART_A, Alternative, Term
from cases.rules.gaps import Found, Weight
from cases.rules.stock import is_stock
from staff.errors import RuleBroken

State = RecallState
REQUEST_WITHIN = timedelta(hours=24)
OWED = {  # the clocks that run in each state
    State.DISCUSSED: {"write_part_a"},
    State.PART_A: {"countersign_recall"},
    State.COUNTERSIGNED: {"send_recall"},
    State.WITH_NPS: {"get_recall_answer"},
    State.ENDORSED: {"get_recall_answer"},
    State.WITH_PPCS: {"get_recall_answer"},
}
CLOCKS = tuple(sorted(set().union(*OWED.values())))
ANSWERED_BY = {  # a clock stopped by any other step is no longer owed, rather than done
    "write_part_a": {State.PART_A},
    # Sent back, a senior has read it as well: a late reading stays one
    "countersign_recall": {State.COUNTERSIGNED, State.DISCUSSED},
    "send_recall": {State.WITH_NPS},
    "get_recall_answer": {State.DECISION, State.NPS_REJECTED, State.PPCS_REJECTED},
}
OUTSIDE = frozenset({State.ENDORSED, State.NPS_REJECTED, State.DECISION, State.PPCS_REJECTED})
ENDED_FOR_A_REASON = frozenset({State.NPS_REJECTED, State.PPCS_REJECTED, State.WITHDRAWN})
SAID = tuple(one.code for one in PART_A)
TRIED = tuple(str(one) for one in Alternative)
LONGEST = 4000  # letters of one answer
LONGEST_WORDS = 500  # of a reason, and of what a senior says
LONGEST_OUTSIDE = 200  # of a name and an office
NOT_YOUR_OWN = (
    "You asked for this recall, or signed its Part A, so another senior probation officer or the head of service "
    "countersigns it. Out of hours ring the senior on call."
)
SIGNED = "Part A was signed, so its answers stand as they are. Only what was left blank is still written."
WHOLE = "Nothing of Part A is left blank, so there is nothing to add."


def parted(answers: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """What is kept by code, as what Part A says and what was tried instead."""
    return {
        "said": {code: answers[code] for code in SAID if code in answers},
        "tried": {code: answers[code] for code in TRIED if code in answers},
    }


def left_of(answers: Mapping[str, str]) -> list[Found]:
    """What Part A still has to say, of the answers as they are kept."""
    return to_do(**parted(answers))


def owed(state: State, *, whole: bool) -> frozenset[str]:
    """The clocks that run. The rest of a Part A that went in an emergency stays owed until it is written, or the recall is over."""
    runs = OWED.get(State(state), set())
    return frozenset(runs | ({"write_part_a"} if runs and not whole else set()))


def check_rest(state: State, answers: Mapping[str, str], given: Mapping[str, str]) -> None:
    """Refuse to write over what was signed, and a rest that leaves a gap."""
    if state == State.DISCUSSED or state in RECALL_OVER:
        raise RuleBroken(
            f"This recall is at “{State(state).title}”, so that is not open to it. Read where it stands now."
        )
    blank = {one.question for one in left_of(answers)}
    if not blank:
        raise RuleBroken(WHOLE)
    if set(given) - blank:
        raise RuleBroken(SIGNED)
    if left := left_of({**answers, **given}):
        raise RuleBroken(" ".join(one.sentence for one in left))


def check_sent_to(whom: str) -> None:
    """Refuse a sending that nobody could follow up."""
    if is_stock(whom):
        raise RuleBroken("Name who at the NPS has it, and how it reached them.")


def check_withdrawn(because: str, *, requested: bool, outside: str) -> None:
    """Refuse a withdrawal without a reason, and one the NPS does not know of."""
    check_said(State.WITHDRAWN, because, outside)
    if requested and is_stock(outside):
        raise RuleBroken("The NPS has it. Name whom you told there that it is withdrawn.")


def check_step(state: State, to: State) -> None:
    """Refuse a step that does not follow."""
    if to not in RECALL_MAY_BECOME[State(state)]:
        raise RuleBroken(
            f"This recall is at “{State(state).title}”, so that is not open to it. Read where it stands now."
        )


def to_do(*, said: Mapping[str, str], tried: Mapping[str, str]) -> list[Found]:
    """What Part A still has to say. `said`: by question; `tried`: by alternative, what was tried or why it was not.

    None of it delays an emergency: `check_part_a` asks for the first three alone then.
    """
    found = [
        _gate(f"said.{one.code}", f"Part A does not say: {one.asks}", one.code)
        for one in PART_A
        if is_stock(said.get(one.code, ""))
    ]
    found += [
        _gate(f"tried.{one}", f"{one.title}: say what was tried, or why it was not.", one)
        for one in Alternative
        if is_stock(tried.get(one, ""))
    ]
    return found


AT_ONCE = frozenset({"said.what", "said.risk", "said.managed"})  # of an emergency


def check_part_a(*, said, tried, emergency: bool) -> None:
    """Refuse a Part A with nothing in it; of an emergency what has happened, the risk and why it cannot be managed are enough."""
    missing = [one for one in to_do(said=said, tried=tried) if not emergency or one.key in AT_ONCE]
    if missing:
        raise RuleBroken(" ".join(one.sentence for one in missing))


def check_countersign(*, asked_by: int, by: int, words: str, goes: bool) -> None:
    """Refuse a signature of one's own request, and one without a reason where it is sent back."""
    if asked_by == by:
        raise RuleBroken(NOT_YOUR_OWN)
    if not goes and is_stock(words):
        raise RuleBroken("Say what has to be put right before you countersign it.")


def check_not_recalled(recalled: bool) -> None:
    """Refuse to ask for the recall of somebody who is recalled."""
    if recalled:
        raise RuleBroken(
            "They are recalled already. Answer it with a warning, or with no enforcement for the reason you give."
        )


def check_said(to: State, words: str, outside: str) -> None:
    """Refuse an answer from outside without a name, and an end without a reason."""
    if to in OUTSIDE and is_stock(outside):
        raise RuleBroken("Name who decided, and their office.")
    if to in ENDED_FOR_A_REASON and is_stock(words):
        raise RuleBroken("Say why, so that whoever holds the case can go on from there.")


def term_of(sentence_from: date | None, sentence_to: date | None) -> Term | None:
    """The fixed term that a sentence of this length has; None where its length is not known.

    Source: supervision reference 2.3 (14 days of a sentence of less than 12 months, otherwise 28).
    """
    if sentence_from is None or sentence_to is None:
        return None
    under = sentence_to < sentence_from + relativedelta(months=12) - timedelta(days=1)
    return Term.FIXED_14 if under else Term.FIXED_28


def request_by(begun_at: datetime) -> datetime:
    """The moment by which the request must have gone, weekends and nights included."""
    return begun_at + REQUEST_WITHIN


def _gate(key, sentence, question):
    return Found(
        key=key, weight=Weight.GATE, sentence=sentence, rule="A recall says what was tried and why it cannot go on",
        question=str(question), may_override=False, source="supervision reference 2.3",
    )  # fmt: skip
