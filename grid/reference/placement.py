"""What placing somebody in the GRID turns on: the registers that make a case complex, what may be missing.

Sources: HMIP Thames Valley CRC 2018, Annex 3 (current domestic abuse, safeguarding, guns and gangs);
the registers of nDelius that evidence each, as the provider's rules name them.
"""

from cases.reference.codes import CONCERNS, Register, Titled


class Complexity(Titled):
    """What makes a case complex without anybody's judgement."""

    DOMESTIC_ABUSE = "domestic_abuse", "domestic abuse"
    SAFEGUARDING = "safeguarding", "risk to a child or an adult at risk"
    GUNS_AND_GANGS = "guns_and_gangs", "guns or gangs"


AUTOMATIC = {
    Register.DOMESTIC_ABUSE_PERPETRATOR: Complexity.DOMESTIC_ABUSE,
    Register.MARAC: Complexity.DOMESTIC_ABUSE,
    Register.CHILD_PROTECTION: Complexity.SAFEGUARDING,
    Register.CHILD_CONCERNS: Complexity.SAFEGUARDING,
    Register.RISK_TO_CHILDREN: Complexity.SAFEGUARDING,
    Register.RISK_TO_ADULT_AT_RISK: Complexity.SAFEGUARDING,
    Register.STREET_GANGS: Complexity.GUNS_AND_GANGS,
    Register.ORGANISED_CRIME: Complexity.GUNS_AND_GANGS,
    Register.WEAPONS: Complexity.GUNS_AND_GANGS,  # where the weapon is a firearm
}
# Never complex by themselves; an officer is asked to judge
FOR_JUDGEMENT = frozenset(
    {
        Register.ADULT_AT_RISK,
        Register.DOMESTIC_ABUSE_VICTIM,
        Register.DOMESTIC_ABUSE_HISTORY,
        Register.SELF_HARM,
        Register.RISK_TO_KNOWN_ADULT,
        Register.RISK_TO_STAFF,
    }
)
CONSIDERED = frozenset(AUTOMATIC) | CONCERNS | FOR_JUDGEMENT | {Register.MAPPA}


class Need(Titled):
    """A fact without which nobody can be placed, as staff say it."""

    HARM = "harm", "risk of serious harm level"
    PREVIOUS_SANCTIONS = "sanctions", "number of previous sanctions"
    FIRST_SANCTION = "first_sanction", "age at first sanction"
    BORN_ON = "born_on", "date of birth"
    SEX = "sex", "sex"
    OFFENCE = "offence", "offence code"
    CONVICTED_ON = "convicted_on", "conviction date"
    STARTED_ON = "started_on", "start of follow-up (the date the sentence started)"
    RELEASED_ON = "released_on", "start of follow-up (the release date)"
    KNOWN_OFFENCE = "known_offence", "an offence code that OGRS3 can score"
    AGREEING_AGES = "ages", "dates and ages that agree with each other"
