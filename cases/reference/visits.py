"""Home visits: how they are made safe, what is looked for, and why one was not done.

Sources: report 2.3 (home visits not undertaken where necessary; lone-working devices that fail without
coverage); supervision reference 3.4; product rules, clocks. The prompts are ours, not an inspectorate's.
"""

from cases.reference.codes import Titled


class VisitWay(Titled):
    """How somebody may be visited."""

    ALONE = "alone", "One officer, with a buddy who knows"
    PAIRED = "paired", "Two staff together"
    POLICE = "police", "With the police"
    NOT_AT_HOME = "not_at_home", "Not at home: meet somewhere else"


class Signal(Titled):
    """Whether a telephone works at the address."""

    GOOD = "good", "Good signal"
    PATCHY = "patchy", "Patchy signal"
    NONE = "none", "No signal"
    UNKNOWN = "unknown", "Not known"


class YesNoUnsure(Titled):
    YES = "yes", "Yes"
    NO = "no", "No"
    UNSURE = "unsure", "Not sure"


class NotDone(Titled):
    """Why a visit that was due was not done."""

    NOBODY_IN = "nobody_in", "Nobody in"
    REFUSED = "refused", "We were not let in"
    UNSAFE = "unsafe", "It was not safe to go in"
    MOVED = "moved", "They do not live there"
    STAFF = "staff", "We could not go"
    OTHER = "other", "Something else"
