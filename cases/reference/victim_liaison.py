"""What the victim liaison officer must be told, and how they were.

Sources: reference, consider a recall (victim liaison); supervision reference 1.7 (victim contact, INVI). The scheme is the NPS's:
what a victim is told, and where a victim lives, is not ours to know.
"""

from cases.reference.codes import Titled


class VictimCause(Titled):
    """What has happened that a victim may need to hear of."""

    RELEASE = "release", "Released, or a release date changed"
    RECALL = "recall", "Recalled, or taken into custody"
    ADDRESS = "address", "Moved to another address"
    CONDITION = "condition", "A condition, requirement or restriction changed"
    AT_LARGE = "at_large", "Nobody knows where they are"
    DEATH = "death", "Died"
    ENDED = "ended", "Supervision ended"
    OTHER = "other", "Something else that a victim may need to hear of"


class ToldHow(Titled):
    EMAIL = "email", "Secure e-mail"
    TELEPHONE = "telephone", "Telephone"
    MEETING = "meeting", "At a meeting"
