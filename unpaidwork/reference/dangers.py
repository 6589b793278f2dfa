"""What of a record bears on where somebody may work, by the register, offence or answer that says so.

Source: unpaid work reference 5 and 6a (registers, and what each must make a site do); offences by
`cases.reference.behaviours`. Parts: who is at risk themselves is no danger by it (product rules, GRID).
"""

from cases.reference.codes import Register, Titled
from cases.reference.harm import Behaviour
from unpaidwork.reference.sites import Near, ProjectKind, Tool


class Danger(Titled):
    SEXUAL = "sexual", "Sexual offending"
    CHILD = "child", "Risk to children"
    ADULT = "adult", "Risk to adults at risk"
    DOMESTIC = "domestic", "Domestic abuse"
    VIOLENCE = "violence", "Violence"
    WEAPON = "weapon", "Weapons"
    STAFF = "staff", "Risk to staff"
    ARSON = "arson", "Arson"


OF_REGISTER = {
    "ARSO": Danger.SEXUAL,
    "ANSO": Danger.SEXUAL,
    "AVIS": Danger.SEXUAL,
    "SOPS": Danger.SEXUAL,
    "SHPO": Danger.SEXUAL,
    Register.CHILD_CONCERNS: Danger.CHILD,
    Register.CHILD_PROTECTION: Danger.CHILD,
    Register.RISK_TO_CHILDREN: Danger.CHILD,
    "ADWC": Danger.CHILD,
    "CSEP": Danger.CHILD,
    "SCH1": Danger.CHILD,
    Register.RISK_TO_ADULT_AT_RISK: Danger.ADULT,
    "BWWA": Danger.ADULT,
    "MSP": Danger.ADULT,
    Register.DOMESTIC_ABUSE_PERPETRATOR: Danger.DOMESTIC,
    Register.DOMESTIC_ABUSE_HISTORY: Danger.DOMESTIC,
    Register.MARAC: Danger.DOMESTIC,
    Register.RESTRAINING_ORDER: Danger.DOMESTIC,
    "SPO": Danger.DOMESTIC,  # a stalking protection order, as the answer on stalking
    Register.RISK_TO_STAFF: Danger.STAFF,
    Register.WEAPONS: Danger.WEAPON,
    "RKNF": Danger.WEAPON,
    Register.STREET_GANGS: Danger.VIOLENCE,
    Register.ORGANISED_CRIME: Danger.VIOLENCE,
    "IGNG": Danger.VIOLENCE,
    "IRMO": Danger.VIOLENCE,
}
OF_BEHAVIOUR = {
    Behaviour.SEXUAL: Danger.SEXUAL,
    Behaviour.CHILD: Danger.CHILD,
    Behaviour.VIOLENCE: Danger.VIOLENCE,
    Behaviour.WEAPON: Danger.WEAPON,
    Behaviour.DOMESTIC_ABUSE: Danger.DOMESTIC,
}
ARSON_CLASS = "056"  # Home Office class of arson

# Tools that somebody is not given, by what of their record or health keeps them from it
NOT_GIVEN = {
    Danger.WEAPON: frozenset({Tool.BLADES}),
    Danger.VIOLENCE: frozenset({Tool.BLADES}),
    Danger.STAFF: frozenset({Tool.BLADES}),
    Danger.ARSON: frozenset({Tool.FLAMMABLE}),
}


class Supervised(Titled):
    """By whom somebody must not be supervised."""

    NOT_WOMAN = "not_woman", "Not by a woman"
    NOT_MAN = "not_man", "Not by a man"


class Body(Titled):
    """What of somebody's health bears on the tasks they are given, as their risk assessment says it."""

    FAINTS = "faints", "They faint, have fits or lose consciousness"
    SUBSTANCES = "substances", "Drink or drugs affect them on a working day"
    PREGNANT = "pregnant", "Pregnancy, or a birth not long ago"
    ALLERGY = "allergy", "Allergies"
    SELF_HARM = "self_harm", "Risk of suicide or self-harm"
    DISABLED = "disabled", "A disability or an illness that lasts"


UNFIT_FOR = {
    Body.FAINTS: frozenset({Tool.HEIGHT, Tool.POWER, Tool.BLADES}),
    Body.SUBSTANCES: frozenset({Tool.POWER, Tool.BLADES, Tool.HEIGHT}),
    Body.PREGNANT: frozenset({Tool.HEIGHT, Tool.CHEMICALS, Tool.POWER}),
    Body.ALLERGY: frozenset({Tool.CHEMICALS}),
    Body.SELF_HARM: frozenset({Tool.BLADES, Tool.HEIGHT}),
}
ASKED_ABOUT = frozenset({Body.ALLERGY, Body.SELF_HARM})  # said, and left to whoever allocates

# By the codes of `unpaidwork.reference.risk_questions`: what a yes bears on
OF_ANSWER = {
    "harm.sexual": Danger.SEXUAL,
    "harm.children": Danger.CHILD,
    "harm.violence": Danger.VIOLENCE,
    "harm.weapons": Danger.WEAPON,
    "harm.domestic_abuse": Danger.DOMESTIC,
    "harm.stalking": Danger.DOMESTIC,
    "harm.arson": Danger.ARSON,
    "harm.adults": Danger.ADULT,
    "harm.staff": Danger.STAFF,
    "harm.gangs": Danger.VIOLENCE,
    "slavery.perpetrator": Danger.ADULT,
}
BODY_OF_ANSWER = {
    "health.consciousness": Body.FAINTS,
    "health.pregnancy": Body.PREGNANT,
    "health.allergies": Body.ALLERGY,
    "health.self_harm": Body.SELF_HARM,
    "health.disabilities": Body.DISABLED,
    "managing.substances": Body.SUBSTANCES,
}
SUPERVISED_OF_ANSWER = {
    "managing.no_woman": Supervised.NOT_WOMAN,
    "managing.no_man": Supervised.NOT_MAN,
}
KEPT_FROM_OF_ANSWER = {
    "managing.alone": ProjectKind.INDIVIDUAL,
    "managing.group": ProjectKind.GROUP,
    "managing.public": Near.PUBLIC,
}
