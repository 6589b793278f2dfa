"""What the scores of each area of need come to, and which areas a plan must see to first.

Source: OASys cut-offs as the national tiering service has them (supervision reference 4.1). Where nothing
is scored there is no score, which is never nought.
"""

from enum import StrEnum, auto

from cases.reference.needs import CUTS, ITEMS, NeedArea, Score
from cases.reference.questions import of_area


class Need(StrEnum):
    NONE = auto()
    STANDARD = auto()
    SEVERE = auto()


POINTS = {Score.NONE: 0, Score.SOME: 1, Score.SERIOUS: 2}


def score_of(area, answers):
    """The sum of what is scored in this area; None where nothing is, or nothing ever is."""
    given = [answers.get(of_area(area, code)) for code, _ in ITEMS.get(area, ())]
    scored = [POINTS[one] for one in given if one in POINTS]
    return sum(scored) if scored else None


def need_of(area, answers):
    """How great the need is; None where it is not scored."""
    score = score_of(area, answers)
    return None if score is None else need_at(area, score)


def need_at(area, score):
    """How great the need is at this sum of an area that is scored."""
    cut = CUTS[area]
    if score >= cut.severe:
        return Need.SEVERE
    return Need.STANDARD if score >= cut.standard else Need.NONE


def unscored(answers):
    """The areas of which an item has neither been scored nor said not to be known."""
    return [
        area
        for area, items in ITEMS.items()
        if any(answers.get(of_area(area, code)) not in set(Score) for code, _ in items)
    ]


def priorities(answers):
    """The areas of high priority: linked to harm, or severe and linked to reoffending."""
    return [
        area
        for area in NeedArea
        if answers.get(of_area(area, "harm")) == "yes"
        or (
            answers.get(of_area(area, "offending")) == "yes"
            and need_of(area, answers) == Need.SEVERE
        )
    ]
