"""What may be said of a stay in prison, what is odd about a day of release, and where the record disagrees.

Source: Through the Gate reference 2, 6, 7. A day that is odd is said and never refused: release is a status.
"""

from dataclasses import dataclass
from datetime import date

from cases.rules.interim import says_nothing
from cases.rules.words import shortened
from staff.errors import RuleBroken
from staff.rules.dates import say_date
from ttg.reference.custody import ReleaseKind
from ttg.rules.release_dates import falls_badly

SAY_SOURCE = "Say where you have it from, for example the prison’s reception, by telephone."
SAY_WHY = "Say why, so that whoever works by this day can follow."
CHANGED_MEANWHILE = (
    "Somebody has changed this stay since you opened the page: {now}. Nothing of yours was written. "
    "What you typed is below. Look at the page of custody, and send it again if it still holds."
)
LONGEST = 300  # letters that are kept of a reason
RECORD = "nDelius"  # because of which a stay at a prison, or a day, stands as an extract has it


@dataclass(frozen=True, slots=True)
class Differs:
    """A day that we and the record say differently. None: there is none, or it is not recorded."""

    label: str
    ours: date | None
    theirs: date


def check_reception(*, received_on, source, left_on, today):
    """`left_on`: when they last left prison; None: they have not, as far as we know. Returns the source."""
    if received_on > today:
        raise RuleBroken("The day they were received cannot be in the future.")
    if left_on and received_on < left_on:
        raise RuleBroken(f"They left prison on {say_date(left_on)}. They were received again on that day or later.")  # fmt: skip
    if says_nothing(source):
        raise RuleBroken(SAY_SOURCE)
    return source.strip()


def check_screening(*, on, received_on, whom, today):
    """Returns who did it."""
    _check_within(on, received_on, today, "of the screening")
    if says_nothing(whom):
        raise RuleBroken("Say who did the screening at the prison, so that they can be asked.")
    return whom.strip()


def check_move(*, on, since, same, today):
    """`since`: from when they are where they are now; `same`: it is that prison."""
    if same:
        raise RuleBroken("They are at that prison already.")
    _check_within(on, since, today, "they moved")


def check_release(*, on, received_on, today):
    _check_within(on, received_on, today, "they left")


def check_day(*, on, kind, because, received_on):
    """A day of release that is set. Returns (kind, because); no kind where no day is known."""
    if says_nothing(because):
        raise RuleBroken(SAY_WHY)
    if on is None:
        return "", because.strip()
    if on < received_on:
        raise RuleBroken(f"They came to prison on {say_date(received_on)}, so they leave on that day or later.")  # fmt: skip
    if not kind:
        raise RuleBroken("Say by what they leave on that day.")
    return ReleaseKind(kind), because.strip()


def check_ended(because):
    if says_nothing(because):
        raise RuleBroken("Say why it ends without a release, for example recorded by mistake.")
    return because.strip()


def check_undone(because):
    """Why a release is taken back, as it stands beside the days of release."""
    if says_nothing(because):
        raise RuleBroken("Say how it came to be recorded, and who told us that they are in prison.")
    return shortened(f"Not released after all: {because.strip()}", LONGEST)


def odd_about(release_on, kind, reckoned, today, extra=frozenset()):
    """What whoever reads a day of release should know about it, in words. Nothing of it refuses anything."""
    if release_on is None:
        return ["No day of release is known, so nothing can be prepared by it. Ask the prison’s offender management unit."]  # fmt: skip
    found = [falls_badly(release_on, extra)]
    if release_on < today:
        found.append("That day has passed. Record that they were released, or set the day anew.")
    if reckoned and reckoned.due_on:
        found += _against(release_on, kind, reckoned)
    return [one for one in found if one]


def differences(reckoned, release_on, record):
    """Where the record has a day that is not ours. `record`: {what of `Reckoned`: the day recorded, or None}."""
    named = {
        "release_on": "They leave on",
        "due_on": "Release falls due",
        "hdc_from": "Home detention curfew possible from",
        "expiry": "The sentence ends",
        "licence_end": "Licence ends",
        "pss_end": "Supervision after the sentence ends",
    }
    found = []
    for name, label in named.items():
        theirs = record.get(name)
        ours = release_on if name == "release_on" else getattr(reckoned, name, None)
        known = name == "release_on" or reckoned is not None
        if theirs and known and ours != theirs:
            found.append(Differs(label, ours, theirs))
    return found


def kind_recorded(expected_on, conditional_on, hdc_from, recalled):
    """By what somebody leaves, as far as the days of the record say."""
    if recalled:
        return ReleaseKind.OTHER
    if expected_on is None or conditional_on is None or expected_on == conditional_on:
        return ReleaseKind.HALF_WAY
    early = hdc_from and hdc_from <= expected_on < conditional_on
    return ReleaseKind.HDC if early else ReleaseKind.OTHER


def _against(release_on, kind, reckoned):
    """Where a day that was set and what was reckoned do not go together."""
    if reckoned.expiry and release_on > reckoned.expiry:
        yield f"The sentence ends before, on {say_date(reckoned.expiry)}."
    if kind == ReleaseKind.HDC and reckoned.hdc_from is None:
        yield "By what was reckoned, they cannot be released on home detention curfew."
    elif kind == ReleaseKind.HDC and release_on < reckoned.hdc_from:
        yield f"Home detention curfew is possible from {say_date(reckoned.hdc_from)} only."
    leaves = (ReleaseKind.HALF_WAY, ReleaseKind.FIXED_RECALL, ReleaseKind.EXPIRY)
    if kind in leaves and release_on != reckoned.release_on:
        yield f"Reckoned from the sentence, they leave on {say_date(reckoned.release_on)}."


def _check_within(on, first, today, what):
    if on > today:
        raise RuleBroken(f"The day {what} cannot be in the future.")
    if on < first:
        raise RuleBroken(f"The day {what} cannot be before {say_date(first)}.")


def is_followed(released_on, received_on, undone_on, today):
    """Whether a release that the record tells of is taken up: not of a day that was undone here, which it may tell of for weeks.

    `undone_on`: that day; None: none was, or the record has had them in prison since. Source: docs/decisions.md.
    """
    return bool(released_on) and received_on <= released_on <= today and released_on != undone_on
