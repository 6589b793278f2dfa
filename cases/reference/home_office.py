"""Foreign nationals: how they stand with the Home Office, and leave to travel.

Source: supervision reference 1.7 (HOIE, Home Office interest); the law of removal and of travel on licence is not ours to
say here: we record what we were told, by whom and when.
"""

from cases.reference.codes import Titled


class HomeOfficeInterest(Titled):
    NOT_KNOWN = "", "Not known: nobody has asked"
    ASKED = "asked", "Asked, no answer yet"
    NONE = "none", "No interest"
    UNDECIDED = "undecided", "An interest, nothing decided"
    REMOVAL = "removal", "To be deported or removed"
    BAIL = "bail", "On immigration bail, with conditions"


class TravelState(Titled):
    ASKED = "asked", "Asked for, not decided"
    GRANTED = "granted", "Granted"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "No longer asked for"
