"""What staff say of a place somebody could go to: what they looked at, what became of it, and the nights after release.

Sources: as of `ttg.rules.home`, which says whether it is safe. Nothing here refuses release or printing.
"""

from datetime import timedelta

from cases.rules.interim import says_nothing
from staff.errors import RuleBroken
from staff.rules.dates import say_date
from ttg.reference.home import Night, OfferState, Stays
from ttg.rules.home import Look, Safe

LONGEST = 500


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
