"""What comes of something a tablet said while it had no network: written, overtaken, or held against what stands.

A tablet says the whole of one person each time, with the version it had seen; so that what comes late, twice or in
another order does no harm: from two tablets, by a clock that is wrong, nothing is lost. Source: unpaid work reference
9 (register on a tablet).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from cases.reference.codes import Titled
from staff.errors import RuleBroken
from unpaidwork.reference.sessions import ATTENDED, Came
from unpaidwork.rules.register import GONE, Said, check_correction

LONDON = ZoneInfo("Europe/London")
ABOUT = timedelta(minutes=10)  # two who see somebody arrive do not look at their watches at once
CLOCK = timedelta(minutes=5)  # that a tablet's clock may be wrong before its times are looked at


class Comes(Titled):
    """What comes of it."""

    WRITE = "write", "Written"
    SAME = "same", "It stands already"
    OVERTAKEN = "overtaken", "The same tablet has said more since"
    CONFLICT = "conflict", "Somebody else wrote meanwhile"
    CLOCK = "clock", "The clock of the tablet is wrong"


@dataclass(frozen=True, slots=True)
class Written:
    """Something that was written of the same person: by which tablet, when by its clock, and which version it made."""

    device: str
    said_at: datetime
    version: int


def comes_of(*, stands, said, seen, version, device, said_at, written, slow):
    """Decide. `stands` and `said`: what the register and the tablet say. `written`: what tablets wrote of this person.

    `slow` is how far its clock was behind ours when it sent; None where it did not say. Whoever else wrote since the
    version that the tablet had seen has said something it could not know: that is for a person to settle, unless both
    say the same.
    """
    if said == stands:
        return Comes.SAME
    if slow is not None and abs(slow) > CLOCK:
        return Comes.CLOCK
    own = [one for one in written if one.device == device]
    since = set(range(seen + 1, version + 1))
    if not since <= {one.version for one in own}:
        return Comes.SAME if _agrees(stands, said) else Comes.CONFLICT
    latest = max((one.said_at for one in own), default=None)
    return Comes.OVERTAKEN if latest and said_at < latest else Comes.WRITE


def _agrees(stands, said):
    """Whether all that it says is that they came, and the register knows."""
    return (
        said.came == Came.HERE
        and stands.came in {Came.HERE, *ATTENDED}
        and abs(stands.arrived_at - said.arrived_at) <= ABOUT
    )


def check_comes_to(stood, said):
    """Refuse what would take back how it came out. Whether what stands is put right by it.

    Any step may come first, or not at all: a tablet says the whole each time.
    """
    if Came(stood) not in GONE or (stood, said.came) == (Came.NOT_COME, Came.HERE):
        return False
    check_correction(stood, said, logged=True)
    return True


def clock_is_ahead(said_at, now):
    """Whether it says it was said at a time still to come: its clock is wrong, whatever else it says."""
    return said_at > now + CLOCK


def say_skew(slow):
    """How wrong a clock is, in words."""
    minutes = int(abs(slow).total_seconds()) // 60
    hours, rest = divmod(minutes, 60)
    far = f"{hours} h {rest} min" if hours else f"{rest} min"
    return f"{far} {'slow' if slow > timedelta(0) else 'fast'}"


def read_said(sent):
    """What a tablet says of one person, as the register takes it. Refused where it cannot be read."""
    try:
        return Said(
            came=Came(sent["came"]),
            arrived_at=_moment(sent.get("arrived_at")),
            left_at=_moment(sent.get("left_at")),
            break_minutes=int(sent.get("break_minutes") or 0),
            penalty_minutes=int(sent.get("penalty_minutes") or 0),
            outcome=str(sent.get("outcome") or ""),
            hi_vis=sent.get("hi_vis"),
            intensive=bool(sent.get("intensive")),
            quality=str(sent.get("quality") or ""),
            behaviour=str(sent.get("behaviour") or ""),
            task=str(sent.get("task") or ""),
            skills=tuple(str(one) for one in sent.get("skills") or ()),
            note=str(sent.get("note") or ""),
            sensitive=bool(sent.get("sensitive")),
        )
    except (KeyError, TypeError, ValueError) as problem:
        raise RuleBroken("What the tablet sent cannot be read. Write it here instead.") from problem


def slow_by(sent, now):
    """How far the tablet's clock was behind ours as it sent; None where it did not say."""
    try:
        return now - _moment(sent["sent_at"]) if sent.get("sent_at") else None
    except (TypeError, ValueError) as problem:
        raise RuleBroken("What the tablet sent cannot be read. Write it here instead.") from problem


def _moment(words):
    """A moment with its zone."""
    if not words:
        return None
    moment = datetime.fromisoformat(words)
    if moment.tzinfo is None:
        raise ValueError(words)
    return moment.astimezone(LONDON)
