"""What the person said of a need beside what their officer scored, and whether the two differ.

Source: supervision reference 4.1 (self-assessment); report 2.4 (the person's own view seldom used).
"""

from cases.reference.needs import CUTS, NeedArea
from cases.reference.questions import SELF_VIEW, of_area

SAID = dict(SELF_VIEW)


def own_view(area, answers):
    """What they said of it, in words; blank where they were not asked."""
    return SAID.get(answers.get(f"self.{NeedArea(area)}"), "")


def differs(area, need, answers):
    """Whether the person and the officer see it differently. `need`: "none", "standard", "severe" or None.

    What is not scored is judged by whether it is linked to reoffending or to harm. Where either has not
    answered, nothing differs yet.
    """
    own = answers.get(f"self.{NeedArea(area)}")
    theirs = _officers_view(area, need, answers)
    if own is None or theirs is None:
        return False
    return {"yes": not theirs, "no": theirs, "sometimes": need == "severe"}[own]


def _officers_view(area, need, answers):
    """Whether it is a problem as the officer sees it, or None."""
    if area in CUTS:
        return None if need is None else need != "none"
    linked = {answers.get(of_area(area, link)) for link in ("offending", "harm")} - {None}
    return "yes" in linked if linked else None
