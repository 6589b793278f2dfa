"""What a sentence plan is made of: who does a step, what kind it is, how a requirement is delivered.

Source: supervision reference 4.3 (the national service's plan, and that of CRCs in 2018); report 2.2.
"""

from cases.reference.codes import Titled


class PlanState(Titled):
    DRAFT = "draft", "Being written"
    SIGNED = "signed", "Signed"
    REPLACED = "replaced", "Replaced by a later one"
    DROPPED = "dropped", "Given up before it was signed"


PLAN_MAY_BECOME = {
    PlanState.DRAFT: {PlanState.SIGNED, PlanState.DROPPED},
    PlanState.SIGNED: {PlanState.REPLACED},
    PlanState.REPLACED: set(),
    PlanState.DROPPED: set(),
}


class Actor(Titled):
    """Who does a step."""

    PERSON = "person", "The person on probation"
    OFFICER = "officer", "The responsible officer"
    AGENCY = "agency", "An agency"
    PROGRAMME = "programme", "Programme or group staff"
    UNPAID_WORK = "unpaid_work", "Unpaid work"
    PRISON = "prison", "Prison staff"
    OTHER = "other", "Somebody else"


class Nature(Titled):
    """What kind of step it is. Source: HMI Probation's words (constructive, restrictive)."""

    CONSTRUCTIVE = "constructive", "Constructive: helps them change"
    RESTRICTIVE = "restrictive", "Restrictive: limits or monitors"
    VICTIM_SAFETY = "victim_safety", "Victim safety: protects somebody"


PROTECTIVE = frozenset({Nature.RESTRICTIVE, Nature.VICTIM_SAFETY})


class Agreed(Titled):
    """Whether the person agrees with the plan, asked of them and never assumed."""

    YES = "yes", "Agrees"
    NO = "no", "Does not agree"
    COULD_NOT = "could_not", "Could not answer"


class GivenHow(Titled):
    """How the person was given their copy of the plan."""

    HAND = "hand", "Handed over, and gone through with them"
    POST = "post", "Posted to them"


class Known(Titled):
    """An answer about children or domestic abuse in a plan."""

    YES = "yes", "Yes"
    NO = "no", "No"
    UNKNOWN = "unknown", "Not known"


class Route(Titled):
    """How a requirement, or a piece of work, reaches the person."""

    ONE_TO_ONE = "one_to_one", "One to one with the officer"
    GROUP = "group", "A group or programme"
    AGENCY = "agency", "Another agency"
    UNPAID_WORK = "unpaid_work", "Unpaid work"
    MONITORING = "monitoring", "Monitoring"
    NONE = "none", "No route yet"
