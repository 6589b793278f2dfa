"""What a breach pack is made of, in the order in which it is bound.

Sources: product rules, gates (submit a breach pack); supervision reference 6 (contents); contract SL16 (usable with no further
information). Codes are only added to.
"""

from dataclasses import dataclass

from cases.reference.codes import Titled


class Evidence(Titled):
    ORDER = "order", "The order"
    REQUIREMENT = "requirement", "What was not complied with"
    INSTRUCTION = "instruction", "That they were told what to do"
    FAILURES = "failures", "Each failure"
    WARNING = "warning", "The warning, and that it was given"
    DECIDED = "decided", "Who decided, and why no reason was accepted"
    ATTENDANCE = "attendance", "How they attended"
    EXCUSE = "excuse", "The reasons they gave"
    INDUCTION = "induction", "That the rules were explained"
    ASSESSMENT = "assessment", "The assessment"
    PLAN = "plan", "The plan"
    ADDRESS = "address", "Where they live, and how to reach them"
    REPORT = "report", "The breach report"


@dataclass(frozen=True, slots=True)
class Question:
    """What the officer writes for the court beside the record."""

    code: str
    asks: str
    hint: str


REPORT = (
    Question("compliance", "How have they complied?", "What they kept to as well as what they did not. The court reads both."),
    Question("progress", "What progress have they made?", "What has changed since the order was made, and what helped."),
    Question("risk", "What is the risk now?", "Who could be hurt, how likely it is, and whether that has changed."),
    Question("their_view", "What do they say?", "In their words, with the day on which they said it; or why they could not be asked."),
    Question("proposal", "What do you propose to the court?", "For example that the order goes on with a change, and why that would work better."),
)  # fmt: skip
