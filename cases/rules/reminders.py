"""Reminders of appointments: whether one goes, by what, to where, when, and its words.

Sources: product rules, safe contact (no texts to a shared or unsafe telephone; silence is not consent);
report 2.3. How long before and at which hour is local policy ("meeting"); the times of day between which
people are written to are fixed here, so that no policy wakes a household.
"""

import re
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from cases.reference.agencies import Means
from cases.reference.appointments import Where
from cases.reference.reminders import NoReminder
from cases.rules.reminder_words import subject_of, words_of

OPENS, CLOSES = time(8), time(20)  # by the clock on the wall: when one is written to at once
NIGHT = time(21)  # the last that is sent at 8pm may take its time
TO_SPARE = timedelta(hours=3)  # before an appointment booked at short notice
LATEST = timedelta(hours=1)  # before it: one that waited longer would only confuse
MOBILE = re.compile(r"(?:(?:\+|00)44|0)(7\d{9})")
ABROAD = re.compile(r"\+[1-9]\d{7,14}")


@dataclass(frozen=True, slots=True)
class Way:
    """A number or an address on record. `safe` None: nobody asked."""

    means: Means
    value: str
    safe: bool | None


@dataclass(frozen=True, slots=True)
class Known:
    """What a reminder is decided from. `starts_at` is local and aware."""

    starts_at: datetime
    wanted: bool
    stands: bool  # neither called off nor moved
    recorded: bool  # what came of it
    supervised: bool
    held: bool
    ways: tuple[Way, ...]
    may_text: bool | None
    may_email: bool | None
    ready: frozenset  # the means that are set up
    first_name: str
    says: str  # how the type of appointment is named
    where: Where
    place: str  # what staff wrote to be said of the place; blank: it is not named
    telephone: str  # to ring; blank: none
    welsh: bool
    paused: bool = False  # a warrant is out, or they are in hospital, in custody or abroad


@dataclass(frozen=True, slots=True)
class Reminder:
    """What goes, or why nothing does (`because`)."""

    because: NoReminder | None = None
    means: Means | None = None
    to: str = ""
    goes_at: datetime | None = None
    subject: str = ""
    words: str = ""
    welsh: bool = False


def decide(known, policy, now):
    """The reminder of this appointment as things are `now`, a local and aware moment."""
    if because := why_none_is_owed(known, now) or why_no_way(known, known.ready):
        return Reminder(because=because)
    goes_at = goes_when(known.starts_at, policy, now)
    if goes_at is None:
        return Reminder(because=NoReminder.TOO_LATE)
    way = way_to(known)
    return Reminder(
        means=way.means,
        to=way.value,
        goes_at=goes_at,
        subject=subject_of(known),
        words=words_of(known, one_text=way.means == Means.TEXT),
        welsh=known.welsh,
    )


def why_none_is_owed(known, now):
    """Why this appointment calls for none, however they may be reached; None where it does."""
    reasons = (
        (not known.stands, NoReminder.CALLED_OFF),
        (known.recorded, NoReminder.RECORDED),
        (_apart(known.starts_at, now) <= timedelta(0), NoReminder.PAST),
        (not known.wanted, NoReminder.NOT_WANTED),
        (not known.supervised, NoReminder.NOT_SUPERVISED),
        (known.held, NoReminder.HELD),
        (known.paused, NoReminder.PAUSED),
    )
    return next((because for holds, because in reasons if holds), None)


def way_to(known):
    """A mobile that is safe and that they agreed to be texted on, else an e-mail address likewise, else None."""
    usable = usable_ways(known, known.ready)
    return usable[0] if usable else None


def usable_ways(known, ready):
    """Every way by which one may go, the best first. Only a yes to both questions is a yes.

    `known`: whatever has `ways`, `may_text` and `may_email`; `ready`: the means that are set up.
    """
    allowed = {Means.TEXT: known.may_text is True, Means.EMAIL: known.may_email is True}
    return [
        one
        for means in (Means.TEXT, Means.EMAIL)
        if allowed[means] and means in ready
        for one in _of(known, means)
        if one.safe is True and one.value
    ]


def still_goes(known, *, same_time, means, to, now):
    """Asked again as one is about to be sent: why it does not go after all; None where it does.

    `means` and `to` are what was written, `same_time` whether it was for the time the appointment is at;
    `known` is what is true now.
    """
    if because := why_none_is_owed(known, now):
        return because
    if not same_time:
        return NoReminder.OTHER_TIME
    if _apart(known.starts_at, now) < LATEST:
        return NoReminder.TOO_LATE
    if because := why_no_way(known, known.ready):
        return because
    same = any(one.means == means and one.value == to for one in usable_ways(known, known.ready))
    return None if same else NoReminder.OTHER_WAY


def goes_when(starts_at, policy, now):
    """When it goes: so many days before at an hour on the wall, or at once, or None where that is too late."""
    hour = min(max(policy.reminder_hour, OPENS.hour), CLOSES.hour)
    day = starts_at.date() - timedelta(days=policy.reminder_days_before)
    moment = datetime.combine(day, time(hour), tzinfo=starts_at.tzinfo)
    if _apart(moment, now) > timedelta(0):
        return moment
    in_time = _apart(starts_at, now) > TO_SPARE
    return now if in_time and OPENS <= now.time() < CLOSES else None


def is_night(now):
    """Whether nobody is written to at this local hour, even what was held up until now."""
    return not OPENS <= now.time() < NIGHT


def next_morning(now):
    """The next moment after the night that `now` lies in, at which people may be written to."""
    day = now.date() + timedelta(days=now.time() >= OPENS)
    return datetime.combine(day, OPENS, tzinfo=now.tzinfo)


def text_number(written):
    """The number as it is texted: 07700900123, +353861234567. Blank where it cannot be."""
    together = re.sub(r"[^\d+]", "", written)
    if found := MOBILE.fullmatch(together):
        return f"0{found[1]}"
    return together if ABROAD.fullmatch(together) and not together.startswith("+44") else ""


def last_digits(to):
    """Enough of a number or an address to know it by: ends in 123, j...@example.org."""
    name, at, host = to.partition("@")
    return f"{name[:1]}...{at}{host}" if at else f"ends in {to[-3:]}"


def _apart(later, earlier):
    """The time that passes between two moments: by the clock on the wall a day may have 23 hours or 25."""
    return timedelta(seconds=later.timestamp() - earlier.timestamp())


def _of(known, means):
    """Those by these means. What stands twice on record, written two ways, is unsafe where one of them says so."""
    ways = [one for one in known.ways if one.means == means]
    unsafe = {one.value.casefold() for one in ways if one.safe is False and one.value}
    return [replace(one, safe=False) if one.value.casefold() in unsafe else one for one in ways]


def why_no_way(known, ready):
    """Why nothing may go by any means, as what is to be done about it; None where something may."""
    if usable_ways(known, ready):
        return None
    if not known.ways:
        return NoReminder.NO_WAY
    found = [
        why for means in (Means.TEXT, Means.EMAIL) if (why := _why_not_by(known, ready, means))
    ]
    return next(one for one in WHAT_CAN_BE_DONE if one in found)


WHAT_CAN_BE_DONE = (  # what a question to the person would mend comes first
    NoReminder.SAFETY_NOT_ASKED,
    NoReminder.CONSENT_NOT_ASKED,
    NoReminder.NOT_SET_UP,
    NoReminder.CANNOT_BE_TEXTED,
    NoReminder.REFUSED,
    NoReminder.NOT_SAFE,
)


def _why_not_by(known, ready, means):
    ways = _of(known, means)
    agreed = known.may_text if means == Means.TEXT else known.may_email
    if not ways:
        return None
    if all(one.safe is False for one in ways):
        return NoReminder.NOT_SAFE
    if agreed is False:
        return NoReminder.REFUSED
    if not any(one.safe for one in ways):
        return NoReminder.SAFETY_NOT_ASKED
    if agreed is None:
        return NoReminder.CONSENT_NOT_ASKED
    return NoReminder.NOT_SET_UP if means not in ready else NoReminder.CANNOT_BE_TEXTED
