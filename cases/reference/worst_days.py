"""Worst days: charged with a serious further offence, a complaint, somebody who might harm themselves.

Sources: supervision reference 1.7 (ASFO, ALSH); how long a notification and an answer may take is from memory, so dated,
editable policy (clocks).
"""

from cases.reference.codes import Titled


class ComplaintFrom(Titled):
    PERSON = "person", "The person on probation"
    FAMILY = "family", "Their family or somebody who speaks for them"
    VICTIM = "victim", "A victim, or somebody who speaks for one"
    AGENCY = "agency", "Another agency"
    PUBLIC = "public", "A member of the public"


class Upheld(Titled):
    """What an answer to a complaint came to. Blank: not answered."""

    NOT_ANSWERED = "", "Not answered yet"
    YES = "yes", "Upheld"
    PARTLY = "partly", "Partly upheld"
    NO = "no", "Not upheld"
    WITHDRAWN = "withdrawn", "Withdrawn by whoever made it"


class WelfareWhen(Titled):
    """The moments at which somebody is asked whether they think of harming themselves."""

    BREACH = "breach", "Before a breach is begun"
    RECALL = "recall", "Before a recall, or on custody"
    RELEASE = "release", "On release"
    BACK = "back", "When they are back after they could not be seen"
    CONCERN = "concern", "Because of something said, seen or heard"


class WelfareAnswer(Titled):
    NO = "no", "They say they have no such thoughts"
    THOUGHTS = "thoughts", "They have thoughts of it"
    PLANS = "plans", "They have a plan, or the means"
    WOULD_NOT = "would_not", "They would not answer"
    COULD_NOT = "could_not", "They could not be asked"
