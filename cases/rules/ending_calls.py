"""Whom the record calls for to be told that supervision ends, and why; and who may end it.

Source: report 3.3 (endings without a last look); product rules, roles; which registers call for whom is local policy.
"""

from dataclasses import dataclass, field

from cases.reference.checks import CheckKind
from cases.reference.codes import Register, Rosh
from cases.reference.endings import Tell
from cases.rules.words import listed
from staff.errors import RuleBroken
from staff.permissions import Role

OF_REGISTERS = {
    Tell.POLICE: (
        Register.MAPPA,
        Register.SEX_OFFENDER,
        Register.INTEGRATED_MANAGEMENT,
        Register.MARAC,
        Register.DOMESTIC_ABUSE_PERPETRATOR,
        Register.RESTRAINING_ORDER,
        Register.WEAPONS,
    ),
    Tell.CHILDREN: (Register.CHILD_CONCERNS, Register.CHILD_PROTECTION, Register.RISK_TO_CHILDREN),
    Tell.ADULTS: (Register.ADULT_AT_RISK, Register.RISK_TO_ADULT_AT_RISK),
    Tell.VICTIM: (Register.VICTIM_CONTACT,),
    Tell.HEALTH: (Register.SELF_HARM,),
}
OF_ENQUIRIES = {
    CheckKind.POLICE: Tell.POLICE,
    CheckKind.CHILDREN: Tell.CHILDREN,
    CheckKind.ADULTS: Tell.ADULTS,
}
TREATMENT = {"H": "alcohol treatment", "P": "mental health treatment"}
# Approved premises, supported or short-term housing, places of BASS and CAS3, residential healthcare
HOUSED_BY_SOMEBODY = frozenset({"A02", "A03", "A04", "A08C", "A10", "A11", "A12", "A17"})
NOT_YOURS = "{why}, so a senior probation officer who does not hold the case brings it to its end."


@dataclass(frozen=True, slots=True)
class Around:
    """What of the record says who has a part in it."""

    registers: frozenset[str] = frozenset()  # codes of those the person is on
    asked: frozenset[str] = frozenset()  # kinds of enquiry that are open
    requirements: frozenset[str] = frozenset()  # main codes of those that run
    housing: str = ""  # the type of the main address
    others_deliver: bool = False  # a group or another agency, by the plan in force


@dataclass(frozen=True, slots=True)
class Call:
    """Somebody to be told, and why."""

    whom: Tell
    why: str
    reasons: tuple[str, ...] = field(default=())


def calls_of(around):
    """Whom the record calls for, in the order in which they are listed."""
    found = {whom: list(_of_registers(whom, around.registers)) for whom in Tell}
    for kind in sorted(around.asked & set(OF_ENQUIRIES)):
        found[OF_ENQUIRIES[CheckKind(kind)]].append("an enquiry to them that is open")
    for code in sorted(around.requirements & set(TREATMENT)):
        found[Tell.HEALTH].append(f"a requirement of {TREATMENT[code]}")
    if around.housing in HOUSED_BY_SOMEBODY:
        found[Tell.HOUSING].append("a home that is arranged for them")
    if around.others_deliver:
        found[Tell.PARTNER].append("a part of the plan that others deliver")
    return [Call(whom, listed(why), tuple(why)) for whom, why in found.items() if why]


def _of_registers(whom, registers):
    for code in OF_REGISTERS.get(whom, ()):
        if code in registers:
            yield f"the register “{code.title}”"


def needs_senior(harm, concern):
    """Why a senior ends this case, and not its officer; blank where the officer may."""
    if concern:
        return "A concern about domestic abuse, a child or a named victim stands"
    if not harm:
        return "The risk of serious harm is not recorded"
    if harm != Rosh.LOW:
        return f"The risk of serious harm is {Rosh(harm).title.lower()}"
    return ""


def may_end(role, *, holds, why):
    """Whether this member of staff may end it. `holds`: they are its officer; `why`: of `needs_senior`."""
    return role == Role.SPO and not holds if why else role in (Role.OFFICER, Role.SPO)


def check_may_end(role, *, holds, why):
    if not may_end(role, holds=holds, why=why):
        raise RuleBroken(NOT_YOURS.format(why=why or "It is not yours"))
