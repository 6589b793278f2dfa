"""Groups of people by which decisions of enforcement are compared, and the decisions.

Sources: Equality Act 2010, 149 (due regard); standards and measures reference 6 (groups of the 18+1 ethnicity codes; not asked,
not stated and not known stay apart; small numbers are not shown). Codes stand in addresses, so they are only added to.
"""

from dataclasses import dataclass

from cases.reference.codes import Titled


class Characteristic(Titled):
    ETHNICITY = "ethnicity", "Ethnicity"
    SEX = "sex", "Sex"
    AGE = "age", "Age on the day of the decision"
    DISABILITY = "disability", "Disability"


class EthnicGroup(Titled):
    WHITE = "white", "White"
    MIXED = "mixed", "Mixed"
    ASIAN = "asian", "Asian or Asian British"
    BLACK = "black", "Black or Black British"
    OTHER = "other", "Another ethnic group"


@dataclass(frozen=True, slots=True)
class Compared:
    """One decision, of which each person's either is so or not. `of`: what is counted."""

    code: str
    title: str
    of: str
    how: str


COMPARED = {
    one.code: one
    for one in (
        Compared(
            "failure", "Missed appointment called a failure", "decisions about a missed appointment",
            "Of decisions made about a missed appointment: it was a failure to comply, and not acceptable. As decisions stand now: "
            "late proof has changed some.",
        ),
        Compared(
            "enforced", "Failure enforced", "answers to a failure",
            "Of failures answered, and not withdrawn since: a warning, a breach or a recall, and not nothing for a reason.",
        ),
        Compared(
            "court", "Failure referred or recall asked for", "answers to a failure",
            "Of failures answered, and not withdrawn since: referred for court or recall asked for, and not a warning or nothing.",
        ),
    )
}  # fmt: skip
