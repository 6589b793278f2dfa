"""An intervention in plain words: for whom it is, by what hook, how much of it there is, where and at what price.

Source: the provider's policy on interventions (`grid.rules.intervention_policy`).
"""

from collections.abc import Sequence

from cases.reference.codes import ROSH_ORDER, Rosh, Sex
from cases.rules.fares import say_pence
from cases.rules.words import counted, listed, sentence, within_a_sentence
from grid.reference.interventions import Hook
from grid.rules.intervention_policy import Dose, Terms
from grid.rules.suitability import WHATEVER, Criterion

PEOPLE = {None: "Men and women", Sex.MALE: "Men", Sex.FEMALE: "Women"}
EITHER = "Whether or not there was any"
SHORT = {
    Hook.PROGRAMME: "programme",
    Hook.RAR: "RAR",
    Hook.LICENCE: "licence",
    Hook.PSS: "PSS",
    Hook.VOLUNTARY: "own choice",
}


def say_people(terms: Terms) -> str:
    """ "Men", "Women", "Men and women"."""
    return PEOPLE[terms.sex]


def say_for_whom(terms: Terms) -> str:
    """ "Men, after a violent offence, though not after violence to a partner"."""
    asked = (
        (terms.violence, "a violent offence"),
        (terms.partner_violence, "violence to a partner"),
    )
    only = " and ".join(what for yes, what in asked if yes is True)
    never = " or ".join(what for yes, what in asked if yes is False)
    said = [f"after {only}" if only else "", f"though not after {never}" if never else ""]
    return ", ".join(filter(None, [say_people(terms), *said]))


def say_dose(dose: Dose) -> str:
    """ "12 sessions of 2 hours, at least 6 weeks"."""
    sessions = f"{counted(dose.sessions, 'session')} of {_length(dose.minutes)}"
    return f"{sessions}, at least {counted(dose.weeks, 'week')}"


def say_where(terms: Terms) -> str:
    return listed(terms.sites) or "Wherever there is a room"


def say_size(terms: Terms) -> str:
    """ "4 to 12"; "1"."""
    return f"{terms.least} to {terms.most}" if terms.least < terms.most else str(terms.most)


def say_leaders(terms: Terms) -> str:
    """ "1 person", "2 people, women only"."""
    said = counted(terms.leaders, "person", "people")
    return f"{said}, women only" if terms.led_by_women else said


def say_entries(terms: Terms) -> str:
    """ "Session 1 only", "Any session", "Session 1, 5 or 9"."""
    if terms.entries == (1,):
        return "Session 1 only"
    if len(terms.entries) == terms.dose.sessions:
        return "Any session"
    *others, last = map(str, terms.entries)
    return f"Session {', '.join(others)} or {last}"


def say_made_up_for(terms: Terms) -> str:
    """What becomes of what was before somebody began."""
    if terms.entries == (1,):
        return "Nobody begins later"
    return "Made up for in the next series" if terms.rolling else "Made up for one to one"


def say_hooks(terms: Terms) -> tuple[str, ...]:
    """One line a hook, in the order in which one is looked for."""
    return tuple(hook.title for hook in terms.hooks)


def say_any_hook(hooks: Sequence[Hook]) -> str:
    """ "Rehabilitation activity requirement, licence condition or by their own choice"; "None"."""
    return _or([within_a_sentence(hook.title) for hook in hooks])


def say_hooks_in_short(hooks: Sequence[Hook]) -> str:
    """For a table: "RAR, licence or own choice"; "None"."""
    return _or([SHORT[hook] for hook in hooks])


def say_price(terms: Terms) -> str:
    """Of one place, as the rate card has it: "£480", "£22.50"."""
    if not terms.price_pence:
        return "No charge"
    return say_pence(terms.price_pence).removesuffix(".00")


def say_criteria(terms: Terms) -> tuple[tuple[Criterion, str], ...]:
    """What is asked of whoever may come, in the order in which it is looked at."""
    return (
        (Criterion.SEX, say_people(terms)),
        (Criterion.LIKELIHOOD, _likelihood(terms)),
        (Criterion.HARM, _harm(terms)),
        (Criterion.NEED, _needs(terms)),
        (Criterion.PARTNER_VIOLENCE, _after(terms.partner_violence, "violence to a partner")),
        (Criterion.VIOLENCE, _after(terms.violence, "a violent offence")),
    )


def _likelihood(terms):
    if (terms.from_percent, terms.to_percent) == WHATEVER:
        return "Whatever the score"
    if terms.to_percent == WHATEVER[1]:
        return f"OGRS3 over two years of {terms.from_percent}% or more"
    if terms.from_percent == WHATEVER[0]:
        return f"OGRS3 over two years of {terms.to_percent}% at most"
    return f"OGRS3 over two years from {terms.from_percent}% to {terms.to_percent}%"


def _harm(terms):
    if ROSH_ORDER[terms.harm_up_to] == len(Rosh) - 1:
        return "Whatever the level"
    return f"{terms.harm_up_to.title} at most"


def _needs(terms):
    if not terms.needs:
        return "Whatever the needs"
    if len(terms.needs) == 1:
        return terms.needs[0].title
    titles = [
        within_a_sentence(need.title) for need in terms.needs
    ]  # some with a comma of their own
    return f"One of: {'; '.join(titles)}"


def _after(asked, what):
    if asked is None:
        return EITHER
    return f"Only after {what}" if asked else f"Not after {what}"


def _or(words):
    *others, last = words or ["none"]
    return sentence(f"{', '.join(others)} or {last}" if others else last)


def _length(minutes):
    hours, rest = divmod(minutes, 60)
    said = [counted(hours, "hour") if hours else "", counted(rest, "minute") if rest else ""]
    return " ".join(filter(None, said))
