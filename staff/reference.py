"""Which changes to a row the database itself keeps a history of."""

import pghistory


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
