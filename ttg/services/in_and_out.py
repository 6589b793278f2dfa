"""What reception and release do to the rest of a case: it stands still while they are in prison, and goes on outside.

Each is a step of the service that calls it, in its transaction and with the case held. Sources: product rules, GRID
(contact is paused in custody) and clocks (first appointment after release); published CRC service level SL002.
"""

from cases.models import Pause
from cases.reference.pauses import PauseKind
from cases.services.arrivals import arrive_by_release, withdraw_release
from cases.services.pauses import begin_pause, end_pause, undo_end, withdraw_pause
from ttg.reference.custody import CustodyKind

NO_PRISON = "A prison that is not recorded yet"
RELEASED = "Released from prison"


def stand_still(custody, *, by, now):
    """Since reception they cannot be seen as usual, unless that is recorded already."""
    if custody.case.pauses.running().filter(kind=PauseKind.CUSTODY).exists():
        return
    begin_pause(
        case=custody.case,
        kind=PauseKind.CUSTODY,
        from_on=custody.received_on,
        where=custody.prison.name if custody.prison else NO_PRISON,
        source=custody.source,
        last_seen_on=None,
        by=by,
        now=now,
    )


def go_on(custody, *, by, now):
    """They are out: they can be seen, and the first appointment is owed. Of remand alone no licence begins."""
    for pause in _standing_still({custody.case_id: custody}):
        end_pause(pause=pause, to_on=custody.released_on, because=RELEASED, by=by, now=now)
    _arrive(custody, by=by, now=now)


def go_on_by_record(stays, *, now):
    """The same of those whom the record has as released: who comes from prison an import finds by itself."""
    released = {one.case_id: one for one in stays if one.released_on}
    for pause in _standing_still(released):
        on = released[pause.case_id].released_on
        end_pause(pause=pause, to_on=on, because=f"{RELEASED}, as the record has it", by=None, now=now)  # fmt: skip


def never_stood_still(custody, *, by, now):
    """The stay was recorded by mistake: so was the pause that began with it."""
    begun = custody.case.pauses.running().filter(
        kind=PauseKind.CUSTODY, begun_at=custody.recorded_at
    )
    for pause in begun:
        withdraw_pause(pause=pause, because=custody.ended_because, by=by, now=now)


def stand_still_again(custody, released_on, *, by, now):
    """They were not released after all: what stood still goes on standing still, and nobody has come from prison."""
    ended = custody.case.pauses.filter(
        kind=PauseKind.CUSTODY, to_on=released_on, ended_because__startswith=RELEASED
    )
    pause = ended.order_by("-from_on", "-pk").first()
    withdraw_release(case=custody.case, on=released_on, by=by, now=now)
    if pause and not custody.case.pauses.running().filter(kind=PauseKind.CUSTODY).exists():
        undo_end(pause=pause, by=by, now=now)


def _standing_still(released):
    """The pauses for custody that run on these cases since before the release. `released`: {case: the stay}"""
    running = Pause.objects.running().filter(kind=PauseKind.CUSTODY, case__in=released)
    rows = running.select_related("case").order_by("case", "pk")
    return [one for one in rows if one.from_on <= released[one.case_id].released_on]


def _arrive(custody, *, by, now):
    if custody.kind != CustodyKind.REMANDED:
        arrive_by_release(case=custody.case, on=custody.released_on, by=by, now=now)
