"""What whoever runs a room must know of those in it, in a few words: the lines of the safety strip that bear on the room.

The same rule as the strip of the case, asked of what registers and assessments say. Whom somebody must be kept apart
from, whom an order protects and what is not known yet stay on the case. A fixed number of statements.
Source: product rules, how it should feel (safety information on every page); report 2.2 to 2.4.
"""

from collections import defaultdict

from cases.models import Registration
from cases.queries.at_the_door import instructions_of
from cases.queries.harm import assessed_levels
from cases.queries.registers import register_name
from cases.reference.codes import Rosh
from cases.rules.safety import harm_in_force, strip
from cases.rules.safety_facts import Harm, Known, Registered
from staff.kit import Fact
from staff.rules.strip import Icon

NOTHING = Fact(
    Icon.UNKNOWN, "Nothing is recorded for the room.", "That is not the same as no risk."
)


def safety_in_the_room(cases, today):
    """{case: [Fact]} of these cases, by key, whose register the reader may open. Three statements and one for instructions."""
    keys = list(cases)
    registers, assessed, told = _registers(keys), assessed_levels(keys), instructions_of(keys)
    return {key: _facts(registers[key], assessed[key], told.get(key, ""), today) for key in keys}


def _facts(registers, assessed, told, today):
    levels = [
        Harm(one.code, one.since, one.provisional) for one in registers if one.code in set(Rosh)
    ]
    known = Known(
        supervised=False,  # so that it says nothing of what is still to be found out
        registers=tuple(registers),
        harm=harm_in_force([*levels, *assessed]),
        terms_seen=True,  # what an order forbids is on the case
        staff_instruction=told,
    )
    lines = [line for line in strip(known, today) if line.icon != Icon.OK]
    return [_short(line, told) for line in lines] or [NOTHING]


def _short(line, told):
    """The lead alone, but for what staff are to do."""
    text = f"{told}." if told and line.icon == Icon.STAFF else ""
    return Fact(line.icon, f"{line.lead}.", text)


def _registers(keys):
    found = defaultdict(list)
    rows = Registration.objects.current().filter(case__in=keys).order_by("started_on", "pk")
    for one in rows:
        found[one.case_id].append(
            Registered(
                code=one.type_code,
                name=register_name(one),
                part=one.part,
                since=one.started_on,
                level=one.level_code,
                warns_staff=one.warn_staff,
                provisional=one.provisional,
            )
        )
    return found
