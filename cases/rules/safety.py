"""What the safety strip says of a case: at most one fact of each kind, worst first.

Who is at risk and how; live restrictions; risk to staff; self-harm; what is not known. Facts of one
kind share a line, so that five lines leave none of them out. Sources: product rules, checks and
GRID; report 2.2 to 2.4 (risks known to the record and not to the reader).
"""

from datetime import date

from cases.reference.checks import CheckKind, EnquiryState
from cases.reference.codes import ROSH_ORDER, MappaLevel, Part, Register, Rosh
from cases.rules.checks import how_it_stands
from cases.rules.interim import how_it_stands as plan_stands
from cases.rules.safety_facts import Line
from cases.rules.words import listed, sentence, within_a_sentence
from staff.rules.dates import say_date
from staff.rules.strip import Icon

SAID_AT_ONCE = 3  # things not known that the strip names before it counts the rest

# Who is at risk, by the register that says so, when the person is the source of the harm
AT_RISK = {
    Register.RISK_TO_CHILDREN: "children",
    Register.CHILD_PROTECTION: "children",
    Register.CHILD_CONCERNS: "children",
    Register.DOMESTIC_ABUSE_PERPETRATOR: "a partner or former partner",
    Register.MARAC: "a partner or former partner",
    Register.RISK_TO_KNOWN_ADULT: "a known adult",
    Register.RISK_TO_ADULT_AT_RISK: "an adult at risk",
    Register.RISK_TO_PUBLIC: "the public",
    Register.SEX_OFFENDER: "the public",
    Register.WEAPONS: "the public",
    Register.STREET_GANGS: "the public",
    Register.ORGANISED_CRIME: "the public",
}
# What a court or prison governor has forbidden, among requirements and conditions of licence.
# Sources: nDelius main categories; categories of the licence policy (create and vary a licence).
RESTRICTING_REQUIREMENTS = frozenset({"X", "R", "M"})  # exclusion, prohibited activity, curfew
RESTRICTING_CONDITIONS = ("contact with a person", "freedom of movement", "residency", "curfew")
OF_THEMSELVES = frozenset({Register.DOMESTIC_ABUSE_VICTIM, Register.ADULT_AT_RISK})


def restricts(category):
    """Whether a licence condition of this category forbids people or places."""
    return any(words in category.lower() for words in RESTRICTING_CONDITIONS)


def say_until(day, today):
    """Until when a requirement runs. One whose last day has passed runs in nDelius until somebody there ends it."""
    if day is None:
        return ""
    return f" until {say_date(day)}" if day >= today else f", which was to end on {say_date(day)}"


def harm_in_force(levels):
    """The latest of these levels; on one day, the highest. None when there is none.

    One that was raised holds against any lower until it is assessed. Source: product rules, GRID,
    facts, and raise now.
    """
    recorded = [one for one in levels if not one.provisional]
    latest = max(
        recorded, key=lambda one: (one.on or date.min, ROSH_ORDER[one.level]), default=None
    )
    standing = [one for one in [latest, *levels] if one and (one is latest or one.provisional)]
    return max(standing, key=lambda one: ROSH_ORDER[one.level], default=None)


def strip(known, today):
    """The lines of the safety strip, worst first."""
    lines = [
        _who_is_at_risk(known),
        _restrictions(known),
        _risk_to_staff(known),
        _self_harm(known),
        _not_known(known, today),
    ]
    said = [line for line in lines if line]
    if not any(line.icon != Icon.UNKNOWN for line in said):
        said.append(_nothing_recorded(known))
    return said


def _who_is_at_risk(known):
    sources = [r for r in known.registers if r.code in AT_RISK and r.part != Part.AT_RISK]
    harming = [r for r in sources if r.part != Part.PARENT]
    around = [r for r in sources if r.part == Part.PARENT]
    themselves = [
        r
        for r in known.registers
        if r.code in OF_THEMSELVES or (r.code in AT_RISK and r.part == Part.AT_RISK)
    ]
    mappa = [r for r in known.registers if r.code == Register.MAPPA]
    parts = [
        sentence(_names(harming)),
        f"Around them, not from them: {_names(around)}" if around else "",
        f"At risk themselves: {_names(themselves)}" if themselves else "",
        sentence("; ".join(_mappa(r) for r in mappa)),
        "" if _restricted(known) else _victims(known),
    ]
    level = _harm_level(known)
    if harming:
        who = listed(AT_RISK[r.code] for r in harming)
        return Line(Icon.HARM, f"At risk: {who}", _joined([*parts, level]))
    if level and known.harm.level != Rosh.LOW:
        return Line(Icon.HARM, level, _joined(parts))
    if any(parts):
        return Line(Icon.HARM, next(filter(None, parts)), _joined([*_after_first(parts), level]))
    return None


def _restrictions(known):
    said = _restricted(known)
    if not said:
        return None
    return Line(Icon.RESTRICTION, said[0], _joined([*said[1:], _victims(known)]))


def _restricted(known):
    orders = [r for r in known.registers if r.code == Register.RESTRAINING_ORDER]
    registered = [] if known.terms_seen else [f"Restraining order{_since(r)}" for r in orders]
    return [*known.orders, *registered, *known.restrictions]


def _victims(known):
    """Whom the record names as victims, beside what is forbidden or else beside who is at risk."""
    return f"Victims on record: {listed(known.victims)}" if known.victims else ""


def _risk_to_staff(known):
    registered = [r for r in known.registers if r.code == Register.RISK_TO_STAFF]
    warned = [r for r in known.registers if r.warns_staff and r.code != Register.RISK_TO_STAFF]
    if not (registered or warned or known.staff_instruction):
        return None
    lead = "Risk to staff" if registered else "Warning to staff"
    why = [f"Registered{_since(r)}" for r in registered] + (
        [sentence(_names(warned))] if warned else []
    )
    return Line(Icon.STAFF, lead, _joined([known.staff_instruction, *why]))


def _self_harm(known):
    found = [r for r in known.registers if r.code == Register.SELF_HARM]
    if not found:
        return None
    return Line(Icon.SELF_HARM, "Risk of suicide or self-harm", f"Registered{_since(found[0])}")


def _not_known(known, today):
    gaps = [f"{one}, not yet read: somebody could be hurt" for one in known.unread]
    gaps += known.terms_not_seen
    if known.supervised:
        gaps += [*_unassessed(known), *known.not_asked, *_unanswered(known, today)]
    if not gaps:
        return None
    rest = gaps[1:SAID_AT_ONCE]
    more = len(gaps) - 1 - len(rest)
    return Line(Icon.UNKNOWN, gaps[0], _joined([*rest, f"And {more} more" if more > 0 else ""]))


def _unassessed(known):
    last = max(
        filter(None, [known.assessed_on, known.harm.on if known.harm else None]), default=None
    )
    if not known.harm and not known.assessed_on:
        return ["No assessment of risk on record"]
    if last and known.sentence_began_on and last < known.sentence_began_on:
        return [f"Risk not assessed on this order: the last is of {say_date(last)}"]
    return []


def _unanswered(known, today):
    """Replies nobody has read, then questions nobody has answered, then the question never put.

    With what holds meanwhile: said once where it is the same of all of them.
    """
    enquiries = known.enquiries
    rank = [EnquiryState.REPLIED, EnquiryState.SENT, EnquiryState.DUE]
    kinds = list(CheckKind)
    waiting = [one for one in enquiries if one.state in rank]
    waiting.sort(key=lambda one: (kinds.index(one.kind), rank.index(one.state)))
    meanwhile = [plan_stands(_covering(known.plan, one), today) for one in waiting]
    alike = len(set(meanwhile)) == 1
    said = [
        how_it_stands(one, today) + (f"; {plan}" if n == 0 or not alike else "")
        for n, (one, plan) in enumerate(zip(waiting, meanwhile, strict=True))
    ]
    if known.plan and not waiting:
        said.append(sentence(plan_stands(known.plan, today)))
    if not any(one.kind == CheckKind.POLICE for one in enquiries):
        said.insert(0, "No police enquiry on record")
    return said


def _covering(plan, enquiry):
    return plan if plan and enquiry.id in plan.covers else None


def _nothing_recorded(known):
    level = _harm_level(known)
    return Line(
        Icon.OK,
        level or "No risk registers on record",
        "No risk registers on record" if level else "",
    )


def _harm_level(known):
    if not known.harm:
        return ""
    title = f"{Rosh(known.harm.level).title} risk of serious harm"
    if not known.harm.on:
        return title
    if known.sentence_began_on and known.harm.on < known.sentence_began_on:
        return f"{title}, from an earlier order: {say_date(known.harm.on)}"
    if known.harm.provisional:
        return f"{title}, provisional: raised {say_date(known.harm.on)}"
    return f"{title}, recorded {say_date(known.harm.on)}"


def _mappa(registered):
    level = next((f": {one.title}" for one in MappaLevel if one == registered.level), "")
    return f"MAPPA{level}{', provisional' if registered.provisional else ''}"


def _names(registers):
    """Each register by name, and where it is not said what part the person plays in it."""
    said = []
    for one in registers:
        blank = " (part not recorded)" if one.part == Part.NOT_RECORDED else ""
        raised = " (provisional)" if one.provisional else ""
        said.append(f"{within_a_sentence(one.name)}{raised}{blank if one.code in AT_RISK else ''}")
    return "; ".join(dict.fromkeys(said))


def _since(registered):
    raised = ", provisional" if registered.provisional else ""
    return f", {say_date(registered.since)}{raised}" if registered.since else raised


def _joined(parts):
    return ". ".join(part for part in parts if part)


def _after_first(parts):
    return [part for part in parts if part][1:]
