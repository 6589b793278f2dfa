"""Whether a place somebody could go to is safe, and when it may be called confirmed.

What is not known never reads as safe: a postcode we cannot place, an order whose terms nobody has seen, a check that
is still open. It is a gate of the word "confirmed" alone: nothing here refuses release or printing.
Sources: Through the Gate reference 6 (exclusion zones, victim, children, domestic abuse and household checks before an
address is confirmed), 7 (T4); product rules, gates (release).
"""

from dataclasses import dataclass
from datetime import timedelta

from cases.reference.codes import Titled
from cases.reference.restrictions import DATUM_METRES
from cases.rules.geometry import metres_from, touches
from cases.rules.interim import says_nothing
from cases.rules.words import listed
from staff.errors import RuleBroken
from staff.rules.dates import say_date
from ttg.reference.home import Night, OfferState, Stays

POSTCODE_METRES = 100  # a house may lie so far from the middle of its postcode
LONGEST = 500


class Look(Titled):
    """What is asked of each place."""

    HOUSEHOLD = "household", "Whoever lives there, or runs it, agrees"
    ABUSE = "abuse", "Domestic abuse"
    CHILDREN = "children", "Children there or visiting"
    VICTIM = "victim", "Whoever was harmed"
    MAP = "map", "The house on the map"
    NEXT_DOOR = "next_door", "Somebody to be kept safe at the same postcode"


REQUIRED = (Look.HOUSEHOLD, Look.ABUSE, Look.CHILDREN, Look.VICTIM)


class Safe(Titled):
    """What came of looking. Silence is "not known"."""

    CLEAR = "clear", "Asked, and nothing speaks against it"
    AGAINST = "against", "Something speaks against it"
    NOT_KNOWN = "not_known", "Not known yet"


AREAS, RECORD, OPEN = "areas", "record", "open"
TITLES = {
    **{one.value: one.title for one in Look},
    AREAS: "Areas and people that orders keep them from",
    RECORD: "People around them who are to be kept safe",
    OPEN: "Enquiries about it",
}


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that was looked at. `code`: of `TITLES`."""

    code: str
    state: Safe
    words: str
    about_kept: bool = False  # tells of somebody who is to be kept safe: not every reader may know

    @property
    def title(self):
        return TITLES[self.code]


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where a place lies and what the record keeps them from, on the days they would live there."""

    postcode: str  # compact capitals; blank: none given
    point: tuple[int, int] | None  # None: the postcode is not in the list
    restrictions: tuple = ()  # `cases.rules.restrictions.Restricted`, in force then
    unseen: tuple[str, ...] = ()  # a sentence for each order whose terms are not seen
    banned_at: frozenset[str] = (
        frozenset()
    )  # compact postcodes of victims and of whoever an order protects
    kept_safe_at: frozenset[str] = frozenset()  # of others who are to be kept safe
    waiting: tuple[str, ...] = ()  # agencies that have not answered about this place


def safety_of(looked, where):
    """[Found] everything there is to know of one place, always in the same order."""
    return [
        *(_said(looked, one) for one in REQUIRED),
        areas_found(where, looked),
        _on_record(where, looked),
        _asked(where),
    ]


def is_safe(found):
    return all(one.state == Safe.CLEAR for one in found)


def areas_found(where, looked=None):
    """Whether an order touches it. Exact: on the edge is inside, and near the edge is looked at on the map."""
    if not where.postcode:
        return Found(AREAS, Safe.NOT_KNOWN, "No postcode is given, so it cannot be tested.")
    if where.point is None:
        return Found(AREAS, Safe.NOT_KNOWN, "We cannot place this postcode, so it is not tested.")
    zones = [zone for one in where.restrictions for zone in one.zones]
    if any(touches(zone, where.point) for zone in zones):
        return Found(AREAS, Safe.AGAINST, "It lies in an area that an order bans.")
    unseen = [*where.unseen, *_without_terms(where)]
    if unseen:
        return Found(AREAS, Safe.NOT_KNOWN, " ".join(dict.fromkeys(unseen)))
    if any(_near(zone, where.point) for zone in zones):
        return _near_the_edge((looked or {}).get(Look.MAP.value, {}))
    if not where.restrictions:
        return Found(AREAS, Safe.CLEAR, "No order of the record bans an area then.")
    return Found(AREAS, Safe.CLEAR, "It touches no area that an order bans.")


def _near_the_edge(said):
    if said.get("said") == Safe.CLEAR:
        return Found(AREAS, Safe.CLEAR, f"Looked at on the map: {said['words']}")
    if said.get("said") == Safe.AGAINST:
        return Found(AREAS, Safe.AGAINST, said["words"])
    why = f"Its postcode lies within {POSTCODE_METRES} metres of an area that an order bans."
    return Found(AREAS, Safe.NOT_KNOWN, f"{why} Look at the house on the map.")


def _without_terms(where):
    return ["The terms of an order have not been seen." for one in where.restrictions if not one.seen]  # fmt: skip


def _near(zone, point):
    return metres_from(zone, point) <= zone.buffer + DATUM_METRES + POSTCODE_METRES


def _on_record(where, looked):
    """Whether it is the postcode of somebody who is to be kept safe from them.

    Somebody they harmed, or whom an order keeps them from, refuses it: some fifteen homes share a postcode, and none of
    them is far enough. Of anybody else (a child of their own, say, who lives where they are going) it is a warning, and
    the worker answers for it in a sentence that a senior reads. Source: docs/decisions.md.
    """
    if not where.postcode:
        return Found(RECORD, Safe.NOT_KNOWN, "No postcode is given to compare with.")
    if where.postcode in where.banned_at:
        words = "Somebody they harmed, or whom an order keeps them from, is at this postcode and is to be kept safe."
        return Found(RECORD, Safe.AGAINST, words, about_kept=True)
    if where.postcode not in where.kept_safe_at:
        return Found(RECORD, Safe.CLEAR, "The record has nobody to be kept safe at this postcode.")
    said = looked.get(Look.NEXT_DOOR.value) or {}
    state = Safe(said.get("said", Safe.NOT_KNOWN))
    if state == Safe.NOT_KNOWN:
        words = "The record has somebody who is to be kept safe from them at this postcode. Say whether it is safe all the same, and how you know."  # fmt: skip
        return Found(RECORD, Safe.NOT_KNOWN, words, about_kept=True)
    return Found(
        RECORD,
        state,
        f"Somebody to be kept safe is at this postcode: {said['words']}",
        about_kept=True,
    )


def is_answered_for(found):
    """Whether it counts as safe on the worker's word about somebody at the same postcode, which a senior reads."""
    return any(one.about_kept and one.state == Safe.CLEAR for one in found)


def _asked(where):
    if where.waiting:
        words = f"Asked and not yet read: {listed(where.waiting)}."
        return Found(OPEN, Safe.NOT_KNOWN, words)
    return Found(OPEN, Safe.CLEAR, "No enquiry about it waits.")


def _said(looked, one):
    said = looked.get(one.value) or {}
    state = Safe(said.get("said", Safe.NOT_KNOWN))
    return Found(one.value, state, said.get("words") or "Nobody has said.")


# What may be said


def check_looked(given):
    """{code: {"said", "words"}} as it is kept. Clear and against say who was asked and what they said."""
    if unknown := given.keys() - {one.value for one in Look}:
        raise RuleBroken(f"Nothing is asked by the name {sorted(unknown)[0]}.")
    kept = {}
    for one in Look:
        said = given.get(one.value)
        if not said:
            continue
        state, words = said.get("said"), (said.get("words") or "").strip()
        if state not in set(Safe):
            raise RuleBroken(f"{one.title}: say whether it is clear, speaks against it or is not known.")  # fmt: skip
        if state != Safe.NOT_KNOWN and says_nothing(words):
            raise RuleBroken(f"{one.title}: say who was asked, when, and what they said.")
        if len(words) > LONGEST:
            raise RuleBroken(f"{one.title}: say it in {LONGEST} letters.")
        kept[one.value] = {"said": str(state), "words": words}
    return kept


def check_offer(*, lines, town, offered_by, offered_on, from_on, today):
    if says_nothing(lines):
        raise RuleBroken("Give the address, as far as you have it. A first line will do.")
    if says_nothing(offered_by):
        raise RuleBroken("Say who offers it: a name, a hostel or a council.")
    if offered_on > today:
        raise RuleBroken("It cannot have been offered on a day still to come.")
    if from_on and from_on < offered_on:
        raise RuleBroken("It cannot be free from before it was offered.")
    return {
        "lines": lines.strip(),
        "town": town.strip(),
        "offered_by": offered_by.strip(),
        "offered_on": offered_on,
        "from_on": from_on,
    }


def check_confirmed(state, found, *, another):
    """Refuse to call it confirmed while anything is unknown or speaks against it."""
    if state == OfferState.CONFIRMED:
        raise RuleBroken("This home is confirmed already.")
    if state != OfferState.OFFERED:
        raise RuleBroken("This offer is over. Record it again where it has been made again.")
    if another:
        raise RuleBroken("Another home is confirmed. Say first what has become of it.")
    if stands := [one for one in found if one.state != Safe.CLEAR]:
        said = "; ".join(f"{one.title}: {one.words.rstrip('.')}" for one in stands)
        raise RuleBroken(f"It cannot be called confirmed yet. {said}.")


def check_agreed(words):
    """How they get in on the day. A home that nobody agreed to hand over is no home."""
    return _because(words, "Say with whom it is agreed, and how they get in on the day.")


def check_settled(state, to, because):
    if to not in (OfferState.UNSAFE, OfferState.DECLINED, OfferState.LOST):
        raise RuleBroken("Say whether it is unsafe, was declined or was taken back.")
    if state not in (OfferState.OFFERED, OfferState.CONFIRMED):
        raise RuleBroken("Somebody has said already what became of this offer.")
    return _because(because, "Say why, in a few words.")


def check_no_home(*, tonight, looked_for, rings, housed):
    """What a senior signs for somebody with nowhere to go. Given trimmed."""
    if housed:
        raise RuleBroken("A home is confirmed. Say first what has become of it.")
    return {
        "tonight": _because(tonight, "Say where they go tonight, in words they can follow."),
        "looked_for": _because(looked_for, "Say what was tried, and what each answered."),
        "rings": _because(rings, "Say who rings them on the first evening, and on what number."),
    }


def night_ends(released_on, night):
    """The morning after that night: the first day on which anybody can say where they were."""
    return released_on + timedelta(days=int(Night(night)))


def nights_past(released_on, today):
    """[Night] that are over; none while they are in prison."""
    return [one for one in Night if released_on and night_ends(released_on, one) <= today]


def check_night(*, released_on, night, stays, words, today):
    if night not in set(Night):
        raise RuleBroken("Say which night: the first, night 28 or night 91.")
    if stays not in set(Stays):
        raise RuleBroken("Say where they were that night.")
    if released_on is None:
        raise RuleBroken("They have not been released, so no night outside can be said.")
    if night_ends(released_on, night) > today:
        ends = say_date(night_ends(released_on, night))
        raise RuleBroken(f"That night is not over. It can be said from {ends} on.")
    if stays in (Stays.NOWHERE, Stays.UNKNOWN):
        return _because(words, "Say what was done about it, or how you tried to find out.")
    return words.strip()


def _because(words, ask):
    if says_nothing(words):
        raise RuleBroken(ask)
    return words.strip()
