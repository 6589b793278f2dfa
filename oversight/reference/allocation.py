"""What somebody is trained in, and which cases ask for it.

Source: HMIP Thames Valley CRC 2018, 1.2 (officers not sufficiently trained in domestic abuse and child safeguarding;
enhanced officers given cases of greater complexity; twelve weeks of training for probation services officers); features,
idea 24.
"""

from cases.reference.codes import Register, Titled


class Training(Titled):
    DOMESTIC_ABUSE = "domestic_abuse", "Domestic abuse"
    CHILD = "child", "Child safeguarding"


# Registers by which a case asks for somebody trained, whatever part the person plays in it
ASKS_FOR = {
    Register.DOMESTIC_ABUSE_PERPETRATOR: Training.DOMESTIC_ABUSE,
    Register.DOMESTIC_ABUSE_VICTIM: Training.DOMESTIC_ABUSE,
    Register.MARAC: Training.DOMESTIC_ABUSE,
    Register.CHILD_CONCERNS: Training.CHILD,
    Register.CHILD_PROTECTION: Training.CHILD,
    Register.RISK_TO_CHILDREN: Training.CHILD,
}
