"""What somebody must have by the gate, and what else is looked at with it. Codes are only added to.

Source: product rules, gates (release: must have by the gate); Through the Gate reference 6, 7 (T1, T2).
"""

from cases.reference.codes import Titled


class Must(Titled):
    HOME = "home", "Where tonight"
    ADDRESS = "address", "Safety of the address"
    DRUGS = "drugs", "Drug or alcohol appointment"
    MEDICINE = "medicine", "Prescription, medication and naloxone"
    MIND = "mind", "Mental health support"
    MONEY = "money", "Money for the first days"
    OFFICER = "officer", "First appointment with the officer"
    SPOKEN = "spoken", "The officer has spoken to them"
    HAND_OVER = "hand_over", "Hand-over accepted"
    GATE = "gate", "Somebody at the gate"


BY_THE_GATE = frozenset(
    {Must.HOME, Must.ADDRESS, Must.DRUGS, Must.MEDICINE, Must.MIND, Must.MONEY, Must.OFFICER}
)


class Stands(Titled):
    """Unknown is missing: it never reads as there."""

    THERE = "there", "There"
    AT_RISK = "at_risk", "At risk"
    MISSING = "missing", "Missing"
    NOT_NEEDED = "not_needed", "Not needed"


class Whose(Titled):
    RESETTLEMENT = "resettlement", "Through the Gate"
    OFFICER = "officer", "Responsible officer"
    SENIOR = "senior", "Senior probation officer"
