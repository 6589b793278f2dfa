"""Raising at once, in a sentence, a level of risk, a flag or how often somebody is seen.

Source: product rules, raise now: no gate delays a rise; it only ever goes upwards, and is not undone
without a signed assessment.
"""

from itertools import count

from cases.reference.checks import OPEN_STATES
from cases.reference.codes import CONTACT_ORDER, ROSH_ORDER, ContactLevel, Part, Register, Rosh
from cases.rules.enquiries import ASKED_ABOUT
from staff.errors import RuleBroken

LONGEST = 500  # letters of the sentence
SOURCE_ID = "raised-"  # begins the key of a registration made here; nDelius has numbers


def free_key(taken):
    """The key of the next registration made here. `taken`: those of the case that begin the same way.

    It is looked for and not counted: however many there are and whatever was removed, nothing keeps a rise back.
    """
    return next(key for number in count(1) if (key := f"{SOURCE_ID}{number}") not in taken)


def levels_above(in_force):
    """The levels of risk of serious harm that may be raised to, lowest first."""
    return [one for one in Rosh if ROSH_ORDER[one] > ROSH_ORDER.get(in_force, -1)]


def contact_above(in_force):
    """The contact levels more often than the one in force, least often first. None: not ours to see."""
    if not in_force:
        return []
    return [one for one in ContactLevel if CONTACT_ORDER[one] > CONTACT_ORDER[in_force]]


def is_on_already(code, part, held):
    """Whether the person is on this register in this part. `held`: (code, part) of current entries.

    A part that nobody has recorded counts as source of harm until somebody does.
    """
    counted = {Part.SOURCE if one == Part.NOT_RECORDED else one for c, one in held if c == code}
    return (Part.SOURCE if part == Part.NOT_RECORDED else part) in counted


def check_because(because):
    if not because.strip():
        raise RuleBroken("Say in a sentence why it is raised.")
    if len(because.strip()) > LONGEST:
        raise RuleBroken(f"Say it in {LONGEST} characters or fewer. The assessment takes the rest.")
    return because.strip()


def check_risk(level, in_force):
    if level not in levels_above(in_force):
        raise RuleBroken(
            "Here a level only goes up. A lower one needs a signed assessment of the risk."
        )


def check_flag(code, part, held):
    if is_on_already(code, part, held):
        raise RuleBroken(f"{Register(code).title} is on the register already.")


def check_contact(level, in_force):
    if not in_force:
        raise RuleBroken("This person is not supervised by us, so there is no contact to raise.")
    if level not in contact_above(in_force):
        raise RuleBroken("Here contact only becomes more frequent. Less needs a signed assessment.")


def kinds_to_ask(concern, enquired, today):
    """The agencies a concern raised today is put to: not those being asked, or who spoke today."""
    heard = {
        one.kind
        for one in enquired
        if one.state in OPEN_STATES or today in (one.triggered_on, one.replied_on)
    }
    return [kind for kind in ASKED_ABOUT[concern] if kind not in heard]
