"""What a tablet said without a network, written once when it comes: late, twice, in another order, or from two tablets.

Nothing it sends is lost. What cannot be written stands beside what the register says until somebody chooses. Source:
unpaid work reference 6 and 9 (sheet and register on a tablet).
"""

from dataclasses import dataclass, replace

from django.db import transaction
from django.utils.timezone import localtime

from staff.audit import record
from staff.errors import RuleBroken
from staff.rules.dates import say_date, say_time
from unpaidwork.models import Sync
from unpaidwork.queries.register import (
    ever_acknowledged,
    expected_on,
    how_it_stands,
    may_settle,
    said_of,
    shut_until_read,
    who_said,
)
from unpaidwork.reference.sessions import Came, SyncState
from unpaidwork.rules.register import GONE
from unpaidwork.rules.sync import (
    Comes,
    Written,
    check_comes_to,
    clock_is_ahead,
    comes_of,
    read_said,
    say_skew,
    slow_by,
)
from unpaidwork.services.attendance import check_open, check_version, hold, write

WRITTEN, ALREADY, CONFLICT = "written", "already", "conflict"
PUT_RIGHT = "Put right on the tablet of whoever supervised"
NOT_THERE = "Nobody by that number is on the register of this session."
LONGEST_BECAUSE = 300


@dataclass(frozen=True)
class Synced:
    """What came of one thing that was sent. `because`: of a conflict, what stands against it."""

    state: str
    sync: Sync

    @property
    def because(self):
        return self.sync.because if self.state == CONFLICT else ""


@transaction.atomic
def apply_sync(*, session, key, device, said_at, sent, by, now):
    """Write what a tablet says of one person, once. `key`: the tablet's own, by which the same is known again.

    `said_at`: by its clock. `sent`: the whole of what it says, the version it had seen and its clock as it sent.
    """
    attendance = expected_on(session).filter(pk=sent.get("attendance")).first()
    if attendance is None:
        raise RuleBroken(NOT_THERE)
    said, slow = read_said(sent), slow_by(sent, now)
    held = hold(attendance, by=by)
    before = Sync.objects.filter(pk=key).first()
    if before:
        return Synced(CONFLICT if _waits(before) else ALREADY, before)
    if not ever_acknowledged(held.session, by) and (shut := shut_until_read(held.session, by, now)):
        raise RuleBroken(shut)
    sync = Sync(
        key=key, session=held.session, device=device, attendance=held, sent=sent,
        state=SyncState.WRITTEN, said_at=said_at, at=now, by=by,
    )  # fmt: skip
    state = _take(sync, held, said, slow, by=by, now=now)
    sync.save(force_insert=True)
    record(by=by, action="took_in_sync", crn=held.case.crn, sync=str(key), state=state)
    return Synced(state, sync)


@transaction.atomic
def settle_sync(*, sync, take, version, by, now):
    """Choose between what a tablet sent (`take`) and what stands. `version`: of what was seen of what stands."""
    held = hold(sync.attendance, by=by)
    sync = Sync.objects.select_for_update(of=("self",)).select_related("by").get(pk=sync.pk)
    if not _waits(sync):
        raise RuleBroken("Somebody has chosen already. The register says what stands.")
    check_version(held, version)
    if take:
        said = read_said(sync.sent)
        check_comes_to(held.came, said)
        if not may_settle(by):
            check_open(held.session)
        because = f"What {sync.by.name} sent from a tablet is taken"
        sync.wrote = write(held, _whole(held, said), because=because, by=by, now=now).version
    sync.settled_at, sync.settled_by = now, by
    sync.save(update_fields=["settled_at", "settled_by", "wrote"])
    record(by=by, action="settled_sync", crn=held.case.crn, sync=str(sync.key), taken=take)
    return sync


def _waits(sync):
    return sync.state == SyncState.CONFLICT and sync.settled_at is None


def _take(sync, held, said, slow, *, by, now):
    """Write it, or keep it as what somebody must choose about. Returns what came of it."""
    comes = comes_of(
        stands=said_of(held),
        said=_whole(held, said),
        seen=int(sync.sent.get("seen") or 0),
        version=held.version,
        device=str(sync.device),
        said_at=sync.said_at,
        written=_written(held),
        slow=slow,
    )
    if comes in (Comes.SAME, Comes.OVERTAKEN):
        return ALREADY
    against = _against(comes, held, sync, slow, now)
    if not against:
        try:
            with transaction.atomic():
                check_open(held.session)
                because = PUT_RIGHT if check_comes_to(held.came, said) else ""
                whole = _whole(held, said)
                sync.wrote = write(held, whole, because=because, by=by, now=now).version
        except RuleBroken as refusal:
            against = str(refusal)
        else:
            return WRITTEN
    sync.state, sync.because = SyncState.CONFLICT, against[:LONGEST_BECAUSE]
    return CONFLICT


def _against(comes, held, sync, slow, now):
    """Why it is not written without somebody who looks; blank where it is."""
    if comes == Comes.CLOCK:
        return f"The clock of the tablet is {say_skew(slow)}, so its times may be wrong."
    if clock_is_ahead(sync.said_at, now):
        at = localtime(sync.said_at)
        return f"The tablet says that it was said on {say_date(at.date())} at {say_time(at)}, which is still to come."
    if comes == Comes.CONFLICT:
        return f"{who_said(held) or 'Somebody else'} wrote meanwhile: {how_it_stands(held)}."
    return ""


def _whole(held, said):
    """With when they came, where the tablet says only how it ended; as it is kept otherwise."""
    arrived_at = said.arrived_at
    if said.came in GONE and said.came != Came.NOT_COME:
        arrived_at = arrived_at or said_of(held).arrived_at
    return replace(
        said,
        arrived_at=arrived_at,
        task=said.task.strip(),
        note=said.note.strip(),
        outcome=said.outcome or _outcome_of(held, said),
    )


def _outcome_of(held, said):
    """What an absence without a reason is called in the log, so that the same is known to be the same."""
    stands = said_of(held)
    return stands.outcome if said.came == stands.came == Came.NOT_COME else ""


def _written(held):
    rows = Sync.objects.filter(attendance=held).order_by("pk")
    return [
        Written(str(device), said_at, version)
        for device, said_at, version in rows.values_list("device", "said_at", "wrote")
        if version is not None
    ]
