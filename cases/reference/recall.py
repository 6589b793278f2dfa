"""What Part A of a recall asks, and what else could have been done.

Sources: supervision reference 1.8 and 2.3 (Part A, countersigned, endorsed by the NPS, decided by PPCS); features 90
(alternatives tried first). The official form is not reproduced: these are the provider's own questions. Codes are only added to.
"""

from dataclasses import dataclass

from cases.reference.codes import Titled


@dataclass(frozen=True, slots=True)
class PartA:
    code: str
    asks: str
    hint: str


PART_A = (
    PartA("what", "What has happened?", "The failures of the licence, each with its day and its condition."),
    PartA("risk", "How has the risk changed?", "Who could be hurt, how soon, and what makes it more likely now."),
    PartA("led", "What led to it?", "Housing, money, drink or drugs, health, people around them; and what we did, or did not do."),
    PartA("managed", "Why can it no longer be managed in the community?", "What would have to be true for it to be managed, and why it is not."),
    PartA("explained", "What do they say about it?", "In their words, with the day; or why they could not be asked."),
    PartA("where", "Where are they, and what do the police need to know?", "Last known address, who else lives there, children, dogs, weapons, health, what they do when they are stopped."),
    PartA("again", "What would have to change for them to be released again?", "So that the work can go on while they are in prison."),
)  # fmt: skip


class Alternative(Titled):
    """What could have been done instead, each tried or not and why."""

    COMPLIANCE = "compliance", "A compliance letter or a warning"
    MORE_CONTACT = "more_contact", "Seeing them more often"
    CONDITIONS = "conditions", "Asking for other licence conditions"
    CURFEW = "curfew", "A curfew or another address"
    SERVICE = "service", "A drug, alcohol or mental health service"
    HOUSING = "housing", "Another place to live, approved premises included"
    POLICE = "police", "Police or multi-agency work"


class Term(Titled):
    """For how long. Source: supervision reference 2.3: 14 days of a sentence under 12 months, 28 otherwise."""

    FIXED_14 = "14", "Fixed term, 14 days"
    FIXED_28 = "28", "Fixed term, 28 days"
    STANDARD = "standard", "Standard"


class RecalledWhere(Titled):
    """Where somebody is as they are recalled: the kinds of pause that it begins."""

    PRISON = "custody", "In prison"
    AT_LARGE = "at_large", "Not found yet"
