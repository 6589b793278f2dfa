"""Whether a place somebody could go to is safe. What staff say of it, and when it is confirmed: `ttg.rules.home_said`.

What is not known never reads as safe: a postcode we cannot place, an order whose terms nobody has seen, a check that
is still open. It is a gate of the word "confirmed" alone: nothing here refuses release or printing.
Sources: Through the Gate reference 6 (exclusion zones, victim, children, domestic abuse and household checks before an
address is confirmed), 7 (T4); product rules, gates (release).
"""

from dataclasses import dataclass

from cases.reference.codes import Titled
from cases.reference.restrictions import DATUM_METRES
from cases.rules.geometry import metres_from, touches
from cases.rules.words import listed

POSTCODE_METRES = 100  # a house may lie so far from the middle of its postcode


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
RECORD_KEPT = "record_kept"  # RECORD, for whoever may not know whom the record keeps safe
COMPARED = frozenset({AREAS, RECORD, RECORD_KEPT, OPEN})
CLEAR_OF_RECORD = "Nothing speaks against it"
TITLES = {
    **{one.value: one.title for one in Look},
    AREAS: "Areas and people that orders keep them from",
    RECORD: "People around them who are to be kept safe",
    RECORD_KEPT: "What the record says of this postcode",
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

    @property
    def stands(self):
        """How it stands, in words: nobody need have been asked of what is compared with the record."""
        compared = self.state == Safe.CLEAR and self.code in COMPARED
        return CLEAR_OF_RECORD if compared else self.state.title


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
    return [one for rule in RULES for one in rule(looked, where)]


def everybody_is_asked(looked, where):
    """Whoever lives there, and what is known of abuse, of children and of whoever was harmed."""
    yield from (_said(looked, one) for one in REQUIRED)


def no_area_is_touched(looked, where):
    yield areas_found(where, looked)


def nobody_kept_safe_is_there(looked, where):
    yield _on_record(where, looked)


def every_answer_is_read(looked, where):
    yield _asked(where)


RULES = (everybody_is_asked, no_area_is_touched, nobody_kept_safe_is_there, every_answer_is_read)


def is_safe(found):
    return all(one.state == Safe.CLEAR for one in found)


def is_spoken_against(looked):
    """Whether whoever was asked has said that anything speaks against it. What the record says of the place is not read here."""
    return any(looked.get(one.value, {}).get("said") == Safe.AGAINST for one in REQUIRED)


def areas_found(where, looked=None):
    """Whether an order touches it. Exact: on the edge is inside, and near the edge is looked at on the map."""
    if not where.postcode:
        return Found(
            AREAS,
            Safe.NOT_KNOWN,
            "No postcode is given, so it cannot be tested. Record the place again with its postcode.",
        )
    if where.point is None:
        return Found(
            AREAS,
            Safe.NOT_KNOWN,
            "We cannot place this postcode, so it is not tested. Check it: where it is another, record the place again with that.",
        )
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
