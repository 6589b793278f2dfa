"""What stands beside the date of an appointment before it is booked, and what no booking may do.

Sources: product rules, failures ("repeats, clash and circumstances beside the date, women-only slots first,
interpreters"); HMIP Thames Valley CRC 2018, 2.3 (appointments that paid no heed to work, caring and faith) and
2.4 (a service user attacked by another); local policy ("meeting") for how near a clash is. Times are local.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from cases.reference.appointments import Interpreter
from cases.reference.codes import HELD, Sex
from cases.rules.calendar import is_working_day
from staff.errors import RuleBroken
from staff.rules.dates import say_date, say_time

SHORTEST, LONGEST = 5, 480  # minutes
LONGEST_REASON = 300  # characters of why one is moved or called off
USUAL = 30  # minutes, of one that does not say when it ends
FURTHEST = 366  # days ahead
FEMALE_IDENTITY = frozenset({"GIF", "Female"})  # by code, or in words as an extract gives it
VISITS = frozenset({"CPVS"})  # kept where they are held


class Weight(StrEnum):
    """How much what stands beside a date asks of whoever books."""

    REFUSES = "refuses"
    WARNS = "warns"  # allowed, and kept with the appointment
    TELLS = "tells"  # about the person; said each time


@dataclass(frozen=True, slots=True)
class Beside:
    """One thing that stands beside a date, in words that name nobody but by what is theirs."""

    code: str
    text: str
    weight: Weight = Weight.WARNS


def lasts(starts_at, ends_at):
    """How many minutes it is booked for; one that does not say is taken to be of the usual length."""
    if ends_at is None or ends_at <= starts_at:
        return USUAL
    return int((ends_at - starts_at).total_seconds() // 60)


def beside(slot, facts):
    """What stands beside this time, what refuses it first and what is only told last."""
    found = [
        *_of_the_place(slot, facts),
        *clashes(slot, facts.person, facts.clash_minutes),
        *_elsewhere(slot, facts.elsewhere),
        *(found for diary in facts.staff for found in _of_a_diary(slot, diary)),
        *_of_the_day(slot, facts),
        *_of_their_life(slot, facts.theirs),
    ]
    # Two of the same hour in one diary are one thing to read
    once = dict.fromkeys(found)
    return sorted(once, key=lambda one: list(Weight).index(one.weight))


def refusals(found):
    return [one for one in found if one.weight == Weight.REFUSES]


def warnings(found):
    return [one for one in found if one.weight == Weight.WARNS]


def told(theirs):
    """What is to be known of the person whatever the time, a sentence each."""
    return list(theirs.circumstances)


@dataclass(frozen=True, slots=True)
class Reading:
    """What stands beside the times of one booking, to be read before it is made."""

    refusals: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    codes: frozenset[str] = frozenset()  # of the warnings

    def is_read(self, seen):
        """Whether every warning was there to be read, by the codes that `seen` holds."""
        return self.codes <= set(seen)

    def also(self, code, text):
        """With one more warning, where there is any text of it."""
        if not text:
            return self
        return Reading(self.refusals, (text, *self.warnings), self.codes | {code})


def reading_of(slots, facts):
    """The reading of one time, or of each of a series, where each says its day."""
    refused, warned, codes = [], [], set()
    for slot in slots:
        found = beside(slot, facts)
        day = f"{say_date(slot.on)}: " if len(slots) > 1 else ""
        refused += [f"{day}{one.text}" for one in refusals(found)]
        warned += [f"{day}{one.text}" for one in warnings(found)]
        codes |= {one.code for one in warnings(found)}
    return Reading(tuple(refused), tuple(warned), frozenset(codes))


def check_time(*, starts_at, minutes, now):
    """Refuse what is no time to book."""
    if not SHORTEST <= minutes <= LONGEST:
        raise RuleBroken(f"An appointment lasts from {SHORTEST} minutes to {LONGEST // 60} hours.")
    if starts_at < now:
        raise RuleBroken(
            f"{say_time(starts_at)} on {say_date(starts_at.date())} has been. Choose a time to come."
        )
    if (starts_at - now).days > FURTHEST:
        raise RuleBroken("Book no more than a year ahead.")


def may_use(theirs, hours):
    """Whether this person may be seen in these hours: True, False, or None where the record cannot say.

    A woman by sex or by her own account may be seen in hours kept for women; a man may not.
    """
    if not hours.women_only or theirs.sex == Sex.FEMALE:
        return True
    if theirs.gender_identity in FEMALE_IDENTITY or theirs.sex != Sex.MALE:
        return None
    return False


def overlaps(busy, starts_at, ends_at, margin=0):
    """Whether time that is taken lies within `margin` minutes of this."""
    near = timedelta(minutes=margin)
    return busy.starts_at < ends_at + near and busy.ends_at > starts_at - near


def _of_the_place(slot, facts):
    office = facts.office
    if office is None:
        return
    if office.closed_on and office.closed_on <= slot.on:
        closed = say_date(office.closed_on)
        yield Beside("closed", f"{office.name} closed on {closed}.", Weight.REFUSES)
        return
    holding = [one for one in office.hours if _within(slot, one)]
    touched = [one for one in office.hours if one.women_only and _touches(slot, one)]
    allowed = [may_use(facts.theirs, one) for one in touched]
    if False in allowed:
        yield Beside(
            "women_only",
            f"{office.name} is kept for women alone at that time. Choose another time or place.",
            Weight.REFUSES,
        )
    elif None in allowed:
        yield Beside(
            "women_only_unsure",
            f"{office.name} is kept for women alone at that time. Ask whether these hours are right for them.",
        )
    if office.hours and not holding:
        yield Beside("outside_hours", f"{office.name} takes no appointments at that time.")
    if any(overlaps(one, slot.starts_at, slot.ends_at, facts.clash_minutes) for one in facts.apart):
        yield Beside(
            "apart",
            f"Somebody they are to be kept apart from is expected at {office.name} at about that time. "
            "Choose another time or place.",
        )


def _within(slot, hours):
    return (
        hours.weekday == slot.on.weekday()
        and hours.from_at <= slot.starts_at.time()
        and slot.ends_at.date() == slot.on
        and slot.ends_at.time() <= hours.to_at
    )


def _touches(slot, hours):
    return (
        hours.weekday == slot.on.weekday()
        and slot.starts_at.time() < hours.to_at
        and (slot.ends_at.date() > slot.on or slot.ends_at.time() > hours.from_at)
    )


def clashes(slot, person, margin):
    """What else they are expected at, within so many minutes, or that day where the record gives no time.

    `person`: their other appointments. Source: local policy ("meeting") for how near.
    """
    for one in person:
        if not one.timed:
            if one.on == slot.on:
                what = (
                    f"They have another appointment that day, at a time not recorded: {one.what}."
                )
                yield Beside("person_same_day", what)
        elif overlaps(one, slot.starts_at, slot.ends_at, margin):
            at = say_time(one.starts_at)
            day = "" if one.on == slot.on else f" on {say_date(one.on)}"
            yield Beside("person_clash", f"They have another appointment at {at}{day}: {one.what}.")


def _elsewhere(slot, elsewhere):
    """Where else they are that day. Neither the court nor the country is named: both are written by hand."""
    for one in elsewhere:
        if not one.is_on(slot.on):
            continue
        if one.court_at:
            yield Beside("court", f"They are to be in court that day, at {say_time(one.court_at)}.")
        else:
            days = f"from {say_date(one.from_on)} to {say_date(one.to_on)}"
            yield Beside("abroad", f"They were allowed to travel abroad {days}.")


def _of_a_diary(slot, diary):
    for from_on, to_on in diary.away:
        if from_on <= slot.on <= to_on:
            days = f"from {say_date(from_on)} to {say_date(to_on)}"
            yield Beside(f"{diary.part}_away", f"{diary.name} is away {days}.")
    for one in diary.busy:
        if one.timed and overlaps(one, slot.starts_at, slot.ends_at):
            from_to = f"{say_time(one.starts_at)} to {say_time(one.ends_at)}"
            yield Beside(f"{diary.part}_clash", f"{diary.name} sees somebody else from {from_to}.")


def _of_the_day(slot, facts):
    if not is_working_day(slot.on, facts.extra):
        kind = "a bank holiday" if slot.on.weekday() < 5 else f"a {slot.starts_at:%A}"
        yield Beside("not_a_working_day", f"{say_date(slot.on)} is {kind}.")


def _of_their_life(slot, theirs):
    if theirs.custody & HELD and slot.type_code not in VISITS:
        where = f" at {theirs.institution}" if theirs.institution else ""
        yield Beside("custody", f"They are recorded as in custody{where}. Ask the prison first.")
    if theirs.not_seen:
        yield Beside("not_seen", f"{theirs.not_seen}. Book only what they can come to.")
    if theirs.needs_interpreter and slot.interpreter == Interpreter.NOT_NEEDED:
        language = f" for {theirs.language}" if theirs.language else ""
        yield Beside("interpreter", f"They need an interpreter{language}, and none is asked for.")
    for words in theirs.circumstances:
        yield Beside("circumstance", words, Weight.TELLS)
