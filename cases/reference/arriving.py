"""What comes with a case when it arrives, and what the induction settles.

Sources: report 2.1 and 3.1 (cases that came without checks, inductions without the rules); supervision reference 7;
product rules, clocks (arrival), how it should feel (Welsh, safe contact).
"""

from cases.reference.codes import Titled


class CameFrom(Titled):
    COURT = "court", "Sentenced at court"
    PRISON = "prison", "Released from prison"
    NPS = "nps", "From the National Probation Service"
    PROVIDER = "provider", "From another provider"


class Brought(Titled):
    """What should come with it. The codes are only added to."""

    ALLOCATION = "allocation", "NPS allocation (case allocation form)"
    RSR = "rsr", "RSR score"
    REPORT = "report", "Pre-sentence report"
    ORDER = "order", "Copy of the order or licence"
    RECORD = "record", "Previous convictions"
    POLICE = "police", "Police enquiry, already made"
    CHILDREN = "children", "Children’s social care enquiry, already made"
    REGISTERS = "registers", "Registers, checked against what we hold"


class BroughtState(Titled):
    NOT_LOOKED = "", "Not looked for yet"
    CAME = "came", "It came"
    ASKED = "asked", "Asked for"
    NONE = "none", "There is none"


class Proof(Titled):
    """How somebody showed that the rules were explained and understood."""

    PAPER = "paper", "Signed on paper, kept on the file"
    SCREEN = "screen", "Read back to us and agreed, with somebody present"
    REFUSED = "refused", "Explained; they would not sign"
