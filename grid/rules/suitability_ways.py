"""By what somebody could be required, or asked, to come to an intervention, and whether there is time for all of it.

Sources: supervision reference 2.4 (a court fixes the most days of a rehabilitation activity requirement, a day counts once,
and the requirement lives to the end of the order); the provider's policy on interventions (hooks and dose).
"""

from dataclasses import dataclass
from datetime import date, timedelta

from cases.rules.words import counted
from grid.reference.interventions import INTERVENTIONS, Hook
from grid.rules.intervention_policy import Dose, Terms
from grid.rules.suitability_facts import Attached, Met, Person
from staff.rules.dates import say_date

A_WEEK, ONE_DAY = timedelta(weeks=1), timedelta(days=1)
HOOKS = list(Hook)
WORST_LAST = [Met.MET, Met.NOT_KNOWN, Met.NOT_MET]
BY_CHOICE = Attached(Hook.VOLUNTARY, "Nobody makes them come: it is their choice", until=None)
NAMES = {  # within a sentence
    Hook.PROGRAMME: "the programme requirement",
    Hook.RAR: "the rehabilitation activity requirement",
    Hook.LICENCE: "the licence condition",
    Hook.PSS: "post-sentence supervision",
    Hook.VOLUNTARY: "their supervision",
}


@dataclass(frozen=True, slots=True)
class Way:
    """One thing that is attached to their sentences, or their own choice, beside one intervention."""

    attached: Attached
    met: Met  # whether they can be required, or asked, to come by it
    in_time: Met
    required: int  # sessions that they can be required to come to
    against: (
        str  # what stands against coming by it, or is not known, within a sentence; blank: nothing
    )


def best_way(code: str, terms: Terms, person: Person) -> Way | None:
    """The first that can be used and leaves time; of several, the one by which more of it can be required, then the first
    in the order of Hook. None where nothing of theirs is among what the terms name.
    """
    return min(ways(code, terms, person), key=_how_far, default=None)


def _how_far(way):
    worst = max(WORST_LAST.index(way.met), WORST_LAST.index(way.in_time))
    return worst, WORST_LAST.index(way.met), -way.required, HOOKS.index(way.attached.hook)


def ways(code: str, terms: Terms, person: Person) -> list[Way]:
    """Everything by which they might come, in the order of Hook. They may always choose to, where the terms allow it."""
    found = [one for one in person.attached if one.hook in terms.hooks]
    if Hook.VOLUNTARY in terms.hooks and not any(one.hook is Hook.VOLUNTARY for one in found):
        found.append(BY_CHOICE)
    found.sort(key=lambda one: HOOKS.index(one.hook))
    return [_way(code, terms, person, one) for one in found]


def _way(code, terms, person, attached):
    met, against = _usable(code, terms, attached, person.today)
    return Way(
        attached=attached,
        met=met,
        in_time=_in_time(terms.dose, attached, person),
        required=0 if met is Met.NOT_MET else sessions_required(terms, attached),
        against=against,
    )


def _usable(code, terms, attached, today):
    """(whether they can come by this, what stands against it or is not known)."""
    name = NAMES[attached.hook]
    if attached.hook is Hook.VOLUNTARY:
        return Met.MET, ""
    if attached.until and attached.until < today:
        return Met.NOT_MET, f"{name} ended on {say_date(attached.until)}"
    if attached.hook is Hook.PROGRAMME:
        return _named_by_the_court(code, attached.ordered)
    if attached.hook is Hook.RAR and terms.days_counted:
        if attached.days_left is None:
            return Met.NOT_KNOWN, f"how many days are left of {name} is not recorded"
        if not attached.days_left:
            return Met.NOT_MET, f"no day is left of {name}"
    return Met.MET, ""


def _named_by_the_court(code, ordered):
    if not ordered:
        return Met.NOT_KNOWN, "which programme the court ordered is not known"
    if ordered != code:
        return Met.NOT_MET, f"the court ordered {INTERVENTIONS[ordered].title}"
    return Met.MET, ""


def sessions_required(terms: Terms, attached: Attached) -> int:
    """How many sessions they can be required to come to: no more than the days that the court's maximum leaves.

    Beyond those they come by their own choice alone.
    """
    if attached.hook is Hook.VOLUNTARY:
        return 0
    if attached.hook is Hook.RAR and terms.days_counted:
        return min(attached.days_left or 0, terms.dose.sessions)
    return terms.dose.sessions


def _in_time(dose, attached, person):
    """Of a programme under way a part is done, and how much is not recorded: what is left may fit where the whole does not."""
    if attached.until and ends_by(dose, person.today) > attached.until:
        return Met.NOT_KNOWN if _under_way(attached, person.today) else Met.NOT_MET
    if person.held or attached.until is None:
        return Met.NOT_KNOWN
    return Met.MET


def _under_way(attached, today):
    over = attached.until is not None and attached.until < today
    return attached.begun_on is not None and not over


def next_monday(today: date) -> date:
    """The one to come; on a Monday, that of the week after."""
    return today + A_WEEK - today.weekday() * ONE_DAY


def ends_by(dose: Dose, today: date) -> date:
    """The Sunday of the last week, if it is begun next Monday and no week is left out."""
    return next_monday(today) + dose.weeks * A_WEEK - ONE_DAY


def say_way(way: Way | None, others: list[Way], terms: Terms) -> str:
    """By what they can come, or why by nothing, and what stood against what comes before it."""
    if not terms.hooks:
        return "The policy names nothing by which anybody could come"
    if way is None or way.met is Met.NOT_MET:
        wanted = " or ".join(NAMES[hook] for hook in terms.hooks)
        found = "; ".join(_against(others)) or "nothing of the kind is attached to their sentences"
        return f"They could come by {wanted}: {found}"
    if way.met is Met.NOT_KNOWN:
        return f"Whether they can be required to come is not known: {way.against}"
    passed = _against(
        one for one in others if HOOKS.index(one.attached.hook) < HOOKS.index(way.attached.hook)
    )
    return "; ".join([_can(way, terms), *passed])


def _can(way, terms):
    words, sessions = way.attached.words, terms.dose.sessions
    if way.attached.hook is Hook.VOLUNTARY:
        return "They can come by their own choice, and cannot be required to"
    if way.required < sessions:
        some = f"{way.required} of the {counted(sessions, 'session')}"
        return (
            f"They can be required to come to {some}, and to the rest by their own choice: {words}"
        )
    return f"They can be required to come: {words}"


def _against(found) -> list[str]:
    """Each once: two orders may end on one day."""
    return list(dict.fromkeys(filter(None, map(_said_against, found))))


def _said_against(one):
    if not one.against and one.in_time is Met.NOT_MET:
        return f"{NAMES[one.attached.hook]} ends too soon, on {say_date(one.attached.until)}"
    return one.against


def say_time(way: Way, dose: Dose, person: Person) -> str:
    """How long it takes, when it would end, and what it must end by."""
    name, until = NAMES[way.attached.hook], way.attached.until
    if until and way.in_time is Met.NOT_KNOWN and _under_way(way.attached, person.today):
        some = f"how many of its {counted(dose.sessions, 'session')} are left is not recorded"
        began = f"It began on {say_date(way.attached.begun_on)}"
        return f"{began}; {some}, and {name} ends on {say_date(until)}"
    long = f"{counted(dose.sessions, 'session')}, {dose.a_week} a week at most"
    begun = f"begun on Monday {say_date(next_monday(person.today))}"
    would = f"{long}: {begun} it would end by {say_date(ends_by(dose, person.today))}"
    if until and way.in_time is Met.NOT_MET:
        ends = "ended" if until < person.today else "ends"
        return f"{would}, and {name} {ends} on {say_date(until)}"
    if person.held:
        return f"{long}: they are in custody, and it can begin only once they are released"
    if until is None:
        return f"{would}, and when {name} ends is not recorded"
    return f"{would}, and {name} runs until {say_date(until)}"
