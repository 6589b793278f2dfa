"""A “no” on children or domestic abuse is read beside the record, whether a plan or an assessment says it.

Source: product rules, gates ("sign a plan", a "no" without a source); report 2.2.
"""

from cases.reference.plan_questions import ABOUT_FAMILY
from cases.rules.gaps import Found, Weight

IN_SHORT = {"children": "children", "domestic_abuse": "domestic abuse"}
RULE = "A “no” is read beside the record"


def against_the_record(who, denied, on_record, told, asks):
    """A warning for each subject that `who` says “No” on and the record knows of.

    `told`: what the record knows, by subject; `asks`: the question of a subject.
    """
    for subject in ABOUT_FAMILY:
        if subject in denied and subject in on_record:
            yield Found(
                key=f"record:{subject}",
                weight=Weight.WARNING,
                sentence=f"{who} says “No” on {IN_SHORT[subject]}, and {told[subject]}.",
                rule=RULE,
                question=asks(subject),
            )
