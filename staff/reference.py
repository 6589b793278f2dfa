"""What is known of staff: their sex as they state it, their grade; and which changes to a row the database itself keeps a history of."""

from enum import StrEnum

import pghistory


class StatedSex(StrEnum):
    """As a member of staff states it, for people who must not be supervised by a woman, or by a man.

    Blank on an account: nobody has asked yet.
    """

    WOMAN = "woman"
    MAN = "man"
    NOT_SAID = "not_said"

    @property
    def title(self):
        return STATED[self]

    @classmethod
    def choices(cls):
        return [(one.value, one.title) for one in cls]


STATED = {
    StatedSex.WOMAN: "A woman",
    StatedSex.MAN: "A man",
    StatedSex.NOT_SAID: "Would rather not say",
}


class Grade(StrEnum):
    """What a responsible officer is qualified to hold. Source: HMIP Thames Valley CRC 2018, 1.2."""

    TRAINEE = "trainee"
    PSO = "pso"
    EPSO = "epso"
    PO = "po"

    @property
    def title(self):
        return GRADES[self]


GRADES = {
    Grade.TRAINEE: "Trainee (PQiP)",
    Grade.PSO: "Probation services officer",
    Grade.EPSO: "Enhanced probation services officer",
    Grade.PO: "Probation officer",
}


def tracked(model, *, exclude=()):
    """Keep what stood before each change and each removal; what stands now is the row itself.

    `exclude` names columns whose changes are not history.
    """
    before = pghistory.track(
        pghistory.UpdateEvent(row=pghistory.Old),
        pghistory.DeleteEvent(row=pghistory.Old),
        exclude=list(exclude),
    )
    return before(model)
