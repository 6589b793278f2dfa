"""What a senior asks an officer to do on a case, and where it stands.

Source: product rules, oversight ("actions agreed in supervision become deadlines").
"""

from cases.reference.codes import Titled


class SeniorActionState(Titled):
    OPEN = "open", "To be done"
    DONE = "done", "Done"
    WITHDRAWN = "withdrawn", "No longer asked for"


SENIOR_ACTION_MAY_BECOME = {
    SeniorActionState.OPEN: {SeniorActionState.DONE, SeniorActionState.WITHDRAWN},
    SeniorActionState.DONE: set(),
    SeniorActionState.WITHDRAWN: set(),
}
