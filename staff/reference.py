"""Which changes to a row the database itself keeps a history of."""

import pghistory


def tracked(model):
    """Keep what stood before each change and each removal; what stands now is the row itself."""
    before = pghistory.track(
        pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent(row=pghistory.Old)
    )
    return before(model)
