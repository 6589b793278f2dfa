"""Handing somebody over at release, and meeting them at the gate.

Source: Through the Gate reference 6 (hand-over meeting, the officer must acknowledge), 7 (mentor at the gate).
"""

from cases.reference.codes import Titled


class HandOverState(Titled):
    OFFERED = "offered", "Waits for the officer"
    QUERIED = "queried", "The officer has asked something"
    ACCEPTED = "accepted", "Accepted by the officer"


class MetState(Titled):
    PLANNED = "planned", "Planned"
    MET = "met", "Met"
    NOT_MET = "not_met", "Not met"
    CALLED_OFF = "called_off", "Called off"
