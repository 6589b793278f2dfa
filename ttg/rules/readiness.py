"""What is there, missing or at risk for somebody who leaves prison. A status: it never refuses anything.

Sources: product rules, gates (release); Through the Gate reference 6 and 7 (T1 to T4): a service's leaflet is not an
appointment, and what nobody asked is not there.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from cases.rules.calendar import add_working_days
from cases.rules.departures import has_left
from cases.rules.words import listed
from staff.rules.dates import say_date
from ttg.reference.hand_over import HandOverState, MetState
from ttg.reference.home import Item, ItemState
from ttg.reference.readiness import BY_THE_GATE, Must, Stands, Whose
from ttg.rules.readiness_facts import ReleaseFacts

VERSION = "2"
NONE: frozenset[date] = frozenset()
MEDICINES = (Item.SCRIPT, Item.MEDICATION, Item.NALOXONE)
WITH_DRUGS = (Item.SCRIPT, Item.NALOXONE)  # asked of everybody with a drug or alcohol need
TO_LIVE_ON = (Item.GRANT, Item.BENEFIT)
SETTLED_AWAY = (ItemState.DECLINED, ItemState.NOT_NEEDED)
COMING = (ItemState.APPLIED, ItemState.RETURNED)
THERE, AT_RISK, MISSING, NOT_NEEDED = Stands


@dataclass(frozen=True, slots=True)
class MustHave:
    code: Must
    stands: Stands
    words: str
    whose: Whose
    page: str  # the name of the page where it is put right

    @property
    def by_the_gate(self):
        return self.code in BY_THE_GATE

    @property
    def lacks(self):
        return self.stands in (MISSING, AT_RISK)


def readiness(facts: ReleaseFacts, today: date, extra: frozenset[date] = NONE) -> list[MustHave]:
    """Everything that is looked at, in the order of `Must`. `extra`: bank holidays the library does not know."""
    limit = add_working_days(facts.leaves_on, 1, extra) if facts.leaves_on else None
    found = []
    for code, (whose, page, look) in LOOKED_AT.items():
        stands, words = look(facts, limit)
        found.append(MustHave(code, stands, words, whose(facts), page))
    return found


def is_ready(found: Iterable[MustHave]) -> bool:
    """Whether everything that must be there by the gate is there or not needed."""
    return not any(one.by_the_gate and one.lacks for one in found)


def is_in_short(found: Iterable[MustHave]) -> Stands:
    """All of it together: missing if anything by the gate is, else at risk, else there."""
    held = {one.stands for one in found if one.by_the_gate}
    return next((one for one in (MISSING, AT_RISK) if one in held), THERE)


def as_kept(found: Iterable[MustHave], today: date) -> dict:
    """As it is kept with a hand-over: what was there and what was not on that day."""
    rows = [{"code": str(one.code), "stands": str(one.stands), "words": one.words} for one in found]
    return {"on": today.isoformat(), "rule": VERSION, "must_haves": rows}


def _home(facts, limit):
    if facts.housed:
        if facts.home_from and facts.leaves_on and facts.home_from > facts.leaves_on:
            return AT_RISK, f"Free from {say_date(facts.home_from)}, after the day they leave"
        return THERE, "A home is confirmed"
    if facts.without_home:
        return THERE, "Nowhere to go: a senior has signed what is done tonight"
    if facts.against:
        return MISSING, "Something speaks against what is offered"
    if facts.offered:
        return AT_RISK, "Offered, and not confirmed as safe yet"
    return MISSING, "Nowhere confirmed, and no plan for tonight signed"


def _address(facts, limit):
    if facts.housed:
        return THERE, "Looked at, and confirmed"
    if facts.offered and not facts.against:
        return AT_RISK, "Not confirmed as safe yet"
    if facts.without_home:
        return NOT_NEEDED, "There is no address to look at"
    if facts.against:
        return MISSING, "Looked at, and something speaks against it"
    return MISSING, "There is no address to look at yet"


def _drugs(facts, limit):
    return _help(facts, facts.drugs, limit, "a drug or alcohol need")


def _help(facts, known, limit, what):
    if known.unasked:
        return MISSING, f"There is {what}, and no service has been asked"
    if known.taken_on:
        if known.first_on is None:
            return AT_RISK, "Taken on, with no first appointment yet"
        if limit is None:
            return (
                AT_RISK,
                f"First appointment {say_date(known.first_on)}; the day they leave is not known",
            )
        if known.first_on > limit:
            return (
                AT_RISK,
                f"First appointment {say_date(known.first_on)}, after the next working day",
            )
        if known.first_on < facts.leaves_on:
            return AT_RISK, f"First appointment {say_date(known.first_on)}, before they leave"
        return THERE, f"First appointment {say_date(known.first_on)}"
    if known.waiting:
        return AT_RISK, "Asked, and the service has not taken them on yet"
    if known.open:
        return MISSING, f"There is {what}, and no service has taken them on"
    if known.met:
        return THERE, "Met before release"
    if known.declined:
        return NOT_NEEDED, "Declined by the person"
    if facts.planned:
        return NOT_NEEDED, "Asked, and no need was found"
    return MISSING, "Nobody has asked: there is no resettlement plan"


def _medicine(facts, limit):
    drugs = facts.drugs.open or facts.drugs.taken_on
    said = {item: facts.items[item] for item in MEDICINES if item in facts.items}
    silent = [item for item in WITH_DRUGS if drugs and item not in said]
    lacking = [
        item for item, state in said.items() if state not in (*SETTLED_AWAY, ItemState.READY)
    ]
    if lacking and all(said[item] in COMING for item in lacking) and not silent:
        return AT_RISK, f"Asked for, not there yet: {_items(lacking)}"
    if lacking or silent:
        return MISSING, f"Not there: {_items([*lacking, *silent])}"
    if ready := [item for item, state in said.items() if state == ItemState.READY]:
        return THERE, f"There: {_items(ready)}"
    if said:
        return NOT_NEEDED, "Not needed, or declined"
    return MISSING, "Nobody has said whether they need any"


def _mind(facts, limit):
    state = facts.items.get(Item.SUPPORT)
    if state == ItemState.READY:
        return THERE, "Support is in place"
    known = facts.mind
    if known.open or known.taken_on or known.waiting:
        return _help(facts, known, limit, "a mental health need")
    if state in SETTLED_AWAY:
        words = "Declined by the person" if state == ItemState.DECLINED else "Not needed"
        return NOT_NEEDED, words
    if state in COMING:
        return AT_RISK, "Asked for, not in place yet"
    if state is not None:
        return MISSING, "Needed, and not in place"
    if known.met or known.declined:
        return _help(facts, known, limit, "a mental health need")
    return MISSING, "Nobody has said whether they need it"


def _money(facts, limit):
    state = {item: facts.items.get(item) for item in (*TO_LIVE_ON, Item.BANK)}
    if state[Item.GRANT] == ItemState.READY:
        return THERE, "The discharge grant is there"
    if state[Item.BENEFIT] == ItemState.READY:
        if state[Item.BANK] in (ItemState.READY, ItemState.NOT_NEEDED):
            return THERE, "The benefit claim is in, and an account to pay it into"
        return AT_RISK, "The benefit claim is in, and no account to pay it into"
    if any(state[item] in COMING for item in TO_LIVE_ON):
        return AT_RISK, "Asked for, not there yet"
    if all(state[item] in SETTLED_AWAY for item in TO_LIVE_ON):
        return NOT_NEEDED, "Neither a grant nor a benefit is needed, or wanted"
    return MISSING, "Nothing to live on in the first days is recorded"


def _officer(facts, limit):
    on = facts.officer_on
    if on is None:
        return MISSING, "Nothing is booked"
    if limit is None:
        return AT_RISK, f"Booked for {say_date(on)}; the day they leave is not known"
    if on > limit:
        return AT_RISK, f"Booked for {say_date(on)}, after the next working day"
    return THERE, f"Booked for {say_date(on)}"


def _spoken(facts, limit):
    if facts.spoken_on:
        return THERE, f"First on {say_date(facts.spoken_on)}"
    return MISSING, "Not in this stay"


def _hand_over(facts, limit):
    if facts.hand_over == HandOverState.ACCEPTED:
        return THERE, "Accepted by the officer"
    if facts.hand_over == HandOverState.QUERIED:
        return AT_RISK, "The officer has asked something that is not answered"
    if facts.hand_over == HandOverState.OFFERED:
        return AT_RISK, "With the officer, not accepted yet"
    return MISSING, "Nothing handed over yet"


def _gate(facts, limit):
    if facts.gate == MetState.MET:
        return THERE, "They were met"
    if facts.gate == MetState.NOT_MET:
        return MISSING, "They were not met"
    if facts.gate == MetState.PLANNED:
        if facts.leaves_on and facts.gate_on != facts.leaves_on:
            return (
                AT_RISK,
                f"Planned for {say_date(facts.gate_on)}, and they leave {say_date(facts.leaves_on)}",
            )
        if facts.gate_last_on and has_left(facts.gate_last_on, facts.gate_on):
            return AT_RISK, f"Planned for {say_date(facts.gate_on)}, and whoever meets them leaves before. Name somebody else."  # fmt: skip
        return THERE, f"Planned for {say_date(facts.gate_on)}"
    if facts.gate_wanted:
        return MISSING, "A mentor is named, and nothing is planned"
    return NOT_NEEDED, "Nobody has asked for it"


def _items(items):
    return listed(Item(one).title.lower() for one in items)


def _ttg(facts):
    return Whose.RESETTLEMENT


def _ro(facts):
    return Whose.OFFICER


def _accepts(facts):
    """Whoever has the next step of the hand-over."""
    return Whose.OFFICER if facts.hand_over == HandOverState.OFFERED else Whose.RESETTLEMENT


Look = Callable[[ReleaseFacts, date | None], tuple[Stands, str]]
LOOKED_AT: dict[Must, tuple[Callable[[ReleaseFacts], Whose], str, Look]] = {
    Must.HOME: (_ttg, "release-home", _home),
    Must.ADDRESS: (_ttg, "release-home", _address),
    Must.DRUGS: (_ttg, "release-needs", _drugs),
    Must.MEDICINE: (_ttg, "release-in-hand", _medicine),
    Must.MIND: (_ttg, "release-in-hand", _mind),
    Must.MONEY: (_ttg, "release-in-hand", _money),
    Must.OFFICER: (_ro, "book-appointment", _officer),
    Must.SPOKEN: (_ro, "record-contact", _spoken),
    Must.HAND_OVER: (_accepts, "hand-over", _hand_over),
    Must.GATE: (_ttg, "plan-gate-meeting", _gate),
}
