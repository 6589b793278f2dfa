"""What somebody is trained in, and which cases ask for it.

Source: HMIP Thames Valley CRC 2018, 1.2 (officers not sufficiently trained in domestic abuse and child safeguarding;
enhanced officers given cases of greater complexity; twelve weeks of training for probation services officers), 1.1 with
its note 6 (training on risk of serious harm; what professional development covers); features, idea 24.
"""

from cases.reference.codes import Register, Titled


class Training(Titled):
    DOMESTIC_ABUSE = "domestic_abuse", "Domestic abuse"
    CHILD = "child", "Child safeguarding"


class Development(Titled):
    """Training that no case asks for by itself."""

    RISK_OF_HARM = "risk_of_harm", "Risk of serious harm"
    RELATIONSHIPS = "relationships", "Building relationships"
    PRO_SOCIAL = "pro_social", "Pro-social modelling"
    MOTIVATION = "motivation", "Motivational interviewing"
    RISK_NEED = "risk_need", "Risk, need and responsivity"
    COGNITIVE = "cognitive", "Cognitive behavioural techniques"


def training_choices():
    """What may be recorded as done: first what cases ask for."""
    return [*Training.choices(), *Development.choices()]


TRAINING = dict(training_choices())  # code: title

# Registers by which a case asks for somebody trained, whatever part the person plays in it
ASKS_FOR = {
    Register.DOMESTIC_ABUSE_PERPETRATOR: Training.DOMESTIC_ABUSE,
    Register.DOMESTIC_ABUSE_VICTIM: Training.DOMESTIC_ABUSE,
    Register.MARAC: Training.DOMESTIC_ABUSE,
    Register.CHILD_CONCERNS: Training.CHILD,
    Register.CHILD_PROTECTION: Training.CHILD,
    Register.RISK_TO_CHILDREN: Training.CHILD,
}
