"""What is owed of somebody in prison, and of somebody just released: which clock runs, since when and why.

Sources: product rules, clocks (resettlement plan 5 working days after the basic custody screening, contract) and gates
(release); Through the Gate reference 2 (stages of a short sentence merge), 6 (dates that drive tasks). The days before
release are the policy's.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from cases.rules.words import counted
from staff.rules.dates import say_date
from ttg.reference.home import Night

LATER_NIGHTS = (Night.MONTH, Night.QUARTER)
LEAST = timedelta(
    days=7
)  # to do it in, where the stay is too short for the usual day: local policy
LOOKED_AFTER = timedelta(days=120)  # of release: then nobody is asked for what was never said


@dataclass(frozen=True, slots=True)
class StayFacts:
    """One stay in prison as the clocks need it; None where there is no such day.

    A day `..._since` is the earliest on which what it says was the case, and still is.
    """

    received_on: date
    screened_on: date | None = None
    release_on: date | None = None
    released_on: date | None = None
    planned: bool = False  # a resettlement plan of any kind has been signed
    planned_release: bool = False  # one of those before release is in force
    risk_unread_since: date | None = None
    spoken_on: date | None = None  # the officer and they, in this stay
    housed: bool = False  # a home is confirmed
    without_home: bool = False  # a senior has signed a plan for nowhere to go
    referred_home: bool = False  # to a housing authority, or they declined it
    substances_since: date | None = None  # a need in the community with nobody asked
    unanswered_since: date | None = (
        None  # a service asked that has not said whether it takes them on
    )
    handed_over: bool = False  # at least offered
    offered_since: date | None = None  # the hand-over waits for the officer
    asked_since: date | None = None  # the officer waits for an answer
    gate_on: date | None = None  # somebody was to be at the gate, and has not said what came of it
    nights: frozenset[str] = frozenset()  # of which it was said where they were
    service_on: date | None = None  # the earliest first appointment there that nobody has spoken of


@dataclass(frozen=True, slots=True)
class ReleaseOwed:
    kind: str
    since: date
    why: str
    due_on: date | None = None  # where it is counted back from release


def release_owed(facts: StayFacts, today: date, policy) -> list[ReleaseOwed]:
    """Every clock that runs on this day. None of them refuses anything: release is a status."""
    return [*_in_prison(facts, today, policy), *_to_answer(facts, today), *_released(facts, today)]


def prepared_from(received_on: date, release_on: date, policy) -> date:
    """From when release is prepared: at reception already, where the stay is shorter than the time it takes."""
    return max(received_on, release_on - timedelta(days=policy.prepare_days))


def _in_prison(facts, today, policy) -> Iterator[ReleaseOwed]:
    if facts.released_on:
        return
    if not facts.screened_on:
        why = f"Received {say_date(facts.received_on)}; no basic custody screening recorded"
        yield ReleaseOwed("screen_in_custody", facts.received_on, why)
    elif not facts.planned:
        why = f"Screened {say_date(facts.screened_on)}; no resettlement plan signed"
        yield ReleaseOwed("resettlement_plan", facts.screened_on, why)
    # A day from before they came, as after a recall, is not of this stay
    if facts.release_on and facts.release_on >= facts.received_on:
        opens = prepared_from(facts.received_on, facts.release_on, policy)
        if opens <= today:
            yield from _before_release(facts, opens, policy)


def _before_release(facts, opens, policy) -> Iterator[ReleaseOwed]:
    leaves = f"Leaves {say_date(facts.release_on)}"

    def owed(kind, missing, days):
        usual = facts.release_on - timedelta(days=days)
        due = max(usual, min(opens + LEAST, facts.release_on))
        return ReleaseOwed(kind, opens, f"{leaves}; {missing}", due_on=due)

    if not facts.planned_release:
        yield owed("plan_for_release", "no plan before release signed", policy.plan_days)
    if not facts.spoken_on:
        yield owed("contact_before_release", "no contact with the officer in this stay", policy.contact_days)  # fmt: skip
    if not (facts.housed or facts.without_home):
        yield owed("find_home", "nowhere confirmed for the first night", policy.home_days)
    if not (facts.housed or facts.referred_home):
        yield owed("refer_for_home", "no home confirmed, and no housing authority asked", policy.refer_home_days)  # fmt: skip
    if facts.substances_since:
        yield owed("refer_substances", "a drug or alcohol need, and no community service asked", policy.substances_days)  # fmt: skip
    if facts.unanswered_since:
        asked = f"a service asked {say_date(facts.unanswered_since)} has not said that it takes them on"  # fmt: skip
        yield owed("get_accepted", asked, policy.accepted_days)
    if not facts.handed_over:
        yield owed("hand_over_release", "nothing handed over to the officer", policy.hand_over_days)


def _to_answer(facts, today) -> Iterator[ReleaseOwed]:
    if since := facts.risk_unread_since:
        why = "The resettlement plan says something of risk that the officer has not read"
        yield ReleaseOwed("answer_risk_items", since, why)
    if since := facts.offered_since:
        yield ReleaseOwed("accept_release", since, f"Handed over {say_date(since)}, not accepted")
    if since := facts.asked_since:
        why = f"The officer asked {say_date(since)}, not answered"
        yield ReleaseOwed("answer_hand_over_query", since, why)
    if facts.gate_on and facts.gate_on <= today:
        why = f"To be met at the gate {say_date(facts.gate_on)}; nobody has said whether they were"
        yield ReleaseOwed("say_if_met", facts.gate_on, why)


def _released(facts, today) -> Iterator[ReleaseOwed]:
    if not facts.released_on or today > facts.released_on + LOOKED_AFTER:
        return
    if Night.FIRST not in facts.nights:
        why = f"Released {say_date(facts.released_on)}; nobody has said where they slept"
        yield ReleaseOwed("say_first_night", facts.released_on, why)
    for night in LATER_NIGHTS:
        reached = facts.released_on + timedelta(days=int(night))
        if reached <= today and night not in facts.nights:
            why = f"Released {counted(int(night), 'day')} before; nobody has said where they live"
            yield ReleaseOwed("say_later_night", reached, why)
            break
    if facts.service_on and facts.service_on <= today:
        on = say_date(facts.service_on)
        why = f"A first appointment at a service was {on}; nobody has said if they went"
        yield ReleaseOwed("say_first_service", facts.service_on, why)


# When a clock that does not run any more stopped because it was done; otherwise it is no longer owed
DONE: dict[str, Callable[[StayFacts], bool]] = {
    "screen_in_custody": lambda facts: bool(facts.screened_on),
    "resettlement_plan": lambda facts: facts.planned,
    "plan_for_release": lambda facts: facts.planned_release,
    "contact_before_release": lambda facts: bool(facts.spoken_on),
    "find_home": lambda facts: facts.housed or facts.without_home,
    "refer_for_home": lambda facts: facts.housed or facts.referred_home,
    "refer_substances": lambda facts: not facts.substances_since,
    "get_accepted": lambda facts: not facts.unanswered_since,
    "hand_over_release": lambda facts: facts.handed_over,
    "answer_risk_items": lambda facts: not facts.risk_unread_since,
    "accept_release": lambda facts: not facts.offered_since,
    "answer_hand_over_query": lambda facts: not facts.asked_since,
    "say_if_met": lambda facts: not facts.gate_on,
    "say_first_night": lambda facts: Night.FIRST in facts.nights,
    "say_later_night": lambda facts: bool(facts.nights & set(LATER_NIGHTS)),
    "say_first_service": lambda facts: not facts.service_on,
}
