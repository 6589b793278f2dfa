"""Hand-overs of a case: which may be offered, what each must say, who may answer, and where one may go from there.

Source: product rules, GRID ("hand-over accepted by a named officer. Until then the CRC officer owns it"), roles (the hub
records what the NPS decides).
"""

from dataclasses import dataclass

from cases.reference.holding import INTO_HERE, OUT_OF_HERE, LeftAs, TransferState
from cases.rules.interim import says_nothing
from staff.errors import RuleBroken
from staff.permissions import Role

OFFERED, ACCEPTED, REFUSED, WITHDRAWN = TransferState
MAY_BECOME = {
    OFFERED: frozenset({ACCEPTED, REFUSED, WITHDRAWN}),
    ACCEPTED: frozenset(),
    REFUSED: frozenset(),
    WITHDRAWN: frozenset(),
}
NOTE = (
    "Say what whoever takes it must know: what is under way, what was promised, and what to do first. “Sees the "
    "children on Saturdays; the police have not answered” will do."
)
LONGEST_OUTSIDE = 200  # letters of an office and of an officer outside


@dataclass(frozen=True, slots=True)
class Standing:
    """Whose a case is when it is offered."""

    supervised: bool  # the record says so, whoever supervises them
    retained: bool  # by the NPS
    left_as: str
    offered: bool  # it waits for somebody's answer already

    @property
    def ours(self):
        return self.supervised and not self.retained and not self.left_as


def check_becomes(state, to):
    if to not in MAY_BECOME[TransferState(state)]:
        raise RuleBroken(
            f"This hand-over is answered: {TransferState(state).title.lower()}. Nothing more can be done about it."
        )


def check_may_offer(kind, standing):
    """Refuse to offer a case a second time, or one that cannot go that way."""
    if standing.offered:
        raise RuleBroken(
            "This case is offered already. Take that back first, or wait for the answer."
        )
    check_may_move(kind, standing)


def check_may_move(kind, standing):
    """Refuse where no sentence is in force, a case is closed, or is not where it is to come from."""
    if not standing.supervised:
        raise RuleBroken("No sentence is in force, so there is nothing to hand over.")
    if standing.left_as not in ("", LeftAs.ELSEWHERE):
        raise RuleBroken(f"This case is closed: {LeftAs(standing.left_as).title.lower()}.")
    if kind in INTO_HERE and standing.ours:
        raise RuleBroken("This case is ours already.")
    if kind not in INTO_HERE and not standing.ours:
        raise RuleBroken("We do not supervise them, so it is not ours to hand over.")


def check_offer_says(kind, *, note, outside, to_somebody):
    """Refuse an offer that says nothing, or that is to nobody. Gives (note, outside) trimmed."""
    if says_nothing(note):
        raise RuleBroken(NOTE)
    if kind in OUT_OF_HERE:
        if says_nothing(outside):
            raise RuleBroken("Say which office of theirs is to take it.")
        if to_somebody:
            raise RuleBroken("It goes to somebody outside, so no officer of ours takes it.")
    elif not to_somebody:
        raise RuleBroken("Choose the officer who is to take it.")
    return note.strip(), outside.strip()[:LONGEST_OUTSIDE]


def check_offered_by(*, name, role, holds, kind):
    """An officer offers what they hold or cover; seniors, heads and the hub, what they reach."""
    if role == Role.OFFICER and not holds:
        raise RuleBroken(
            f"{name}, you do not hold this case. Whoever holds it offers it, or a senior probation officer does."
        )
    if role == Role.HUB and kind not in OUT_OF_HERE | INTO_HERE:
        raise RuleBroken(
            "Between our own officers, whoever holds it or a senior probation officer offers it."
        )


def check_answered_by(kind, *, is_named, name):
    """The named officer answers, or whoever covers for them; of one outside, whoever records what they said."""
    if kind not in OUT_OF_HERE and not is_named:
        raise RuleBroken(f"Only {name}, or whoever covers for them, answers this.")


def check_withdrawn_by(*, is_named):
    if is_named:
        raise RuleBroken("It was offered to you: refuse it, and say why.")


def check_named_outside(kind, outside_officer):
    """Outside, too, somebody by name takes it: until then it is ours. Gives the name trimmed."""
    if kind in OUT_OF_HERE and says_nothing(outside_officer):
        raise RuleBroken(
            "Say who there has taken it, by name. Until a named officer accepts, the case is ours."
        )
    return outside_officer.strip()[:LONGEST_OUTSIDE]


def check_says_why(because):
    if says_nothing(because):
        raise RuleBroken("Say why in a sentence: whoever offered it must know what to do next.")
    return because.strip()
