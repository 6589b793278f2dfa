"""What a register may say of somebody, what it may follow, and what it comes to: outcome and minutes.

Sources: unpaid work reference 4 (rules of the published Community Payback API: an outcome once the session ended, a
future one takes acceptable absences alone, end after start, penalty within the session, credit within what is left,
notes under 4,000 letters, a sensitive mark is never taken back); product rules, failures (nothing is a failure until
the officer decides; what we could not offer is ours).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from cases.reference.appointments import ACCEPTABLE_ABSENCES, MISSED
from cases.rules.words import counted, listed
from staff.errors import RuleBroken
from staff.rules.dates import say_time
from unpaidwork.reference.sessions import (
    ATTENDED,
    LEFT_WITH_LEAVE,
    LEFT_WITHOUT_LEAVE,
    OUTCOME_OF,
    STOOD_DOWN_OUTCOME,
    WITHOUT_LEAVE,
    Came,
    Grade,
    Skill,
)
from unpaidwork.rules.hours import creditable, session_minutes

MOST_NOTE = 3999  # letters
LONGEST_TASK = 100
EARLY = timedelta(hours=3)  # before the session, that somebody may be said to have arrived
LATE = timedelta(hours=6)  # after its end, that they may be said to have left
SLIP = timedelta(minutes=5)  # by which the clock of a telephone may differ from ours
GONE = frozenset({*ATTENDED, Came.NOT_COME})
MAY_FOLLOW = {  # what may be said of somebody next, without putting right what was said
    Came.EXPECTED: frozenset({Came.HERE, Came.NO_WORK, Came.NOT_COME}),
    Came.HERE: frozenset({Came.EXPECTED, Came.LEFT, Came.SENT_HOME, Came.NO_WORK}),
    Came.NOT_COME: frozenset({Came.HERE}),  # late, but they came
    Came.LEFT: frozenset(),
    Came.SENT_HOME: frozenset(),
    Came.NO_WORK: frozenset(),
}
EXCUSED = tuple(code for code in ACCEPTABLE_ABSENCES if code != STOOD_DOWN_OUTCOME)
GRADED = frozenset({Came.LEFT, Came.SENT_HOME})


@dataclass(frozen=True, slots=True)
class Day:
    """One session, as far as its register needs it. `tasks`: what is done there, as it is called."""

    starts_at: datetime
    ends_at: datetime
    tasks: tuple[str, ...] = ()

    @property
    def minutes(self):
        return int((self.ends_at - self.starts_at).total_seconds()) // 60

    def is_ahead(self, now):
        return now < self.starts_at

    def is_near(self, now):
        """Whether somebody may be there already: they are here from when it begins."""
        return now >= self.starts_at - EARLY


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of one person.

    `outcome`: why they did not come, where that is known; of whoever left, `WITHOUT_LEAVE` where nobody had let them go.
    """

    came: Came
    arrived_at: datetime | None = None
    left_at: datetime | None = None
    break_minutes: int = 0
    penalty_minutes: int = 0
    outcome: str = ""
    hi_vis: bool | None = None
    intensive: bool = False
    quality: str = ""
    behaviour: str = ""
    task: str = ""
    skills: tuple[str, ...] = ()
    note: str = ""
    sensitive: bool = False

    @property
    def without_leave(self):
        """They left before the end, and nobody had let them go."""
        return self.came == Came.LEFT and self.outcome == WITHOUT_LEAVE


def title_of(said, day):
    """How it came out, in words. Whoever left before the end and not without leave had it."""
    if said.without_leave:
        return LEFT_WITHOUT_LEAVE
    if said.came == Came.LEFT and said.left_at and said.left_at + SLIP < day.ends_at:
        return LEFT_WITH_LEAVE
    return said.came.title


def check_step(stood, came):
    """Refuse a step that does not follow what stands: that is put right, with a reason."""
    if came not in MAY_FOLLOW[Came(stood)]:
        raise RuleBroken(
            f"The register says “{Came(stood).title}” of them. To say “{Came(came).title}”, put it right and say why."
        )


def check_said(said, day, now):
    """Refuse what cannot be, or what whoever reads it could not judge by."""
    if said.came == Came.NOT_COME:
        _check_absence(said, day, now)
    if said.came in ATTENDED or said.came == Came.HERE:
        _check_arrival(said, day, now)
    if said.came in ATTENDED:
        _check_leaving(said, day, now)
    _check_words(said)


def _check_absence(said, day, now):
    if said.arrived_at or said.left_at:
        raise RuleBroken("Whoever did not come has no times.")
    if said.quality or said.behaviour or said.skills or said.task:
        raise RuleBroken("Work and behaviour are only said of somebody who came.")
    if said.outcome and said.outcome not in EXCUSED and said.outcome != MISSED:
        raise RuleBroken("Choose a reason that is offered, or none if you do not know it.")
    if day.is_ahead(now) and said.outcome not in EXCUSED:
        raise RuleBroken(
            "The session is still to come, so only an absence that is agreed can be recorded."
        )


def _check_arrival(said, day, now):
    if said.arrived_at is None:
        raise RuleBroken("Say when they arrived.")
    early = said.arrived_at == day.starts_at and day.is_near(now)
    if said.arrived_at > now + SLIP and not early:
        raise RuleBroken(f"{_at(said.arrived_at)} is still to come. Say when they arrived.")
    if not day.starts_at - EARLY <= said.arrived_at < day.ends_at:
        raise RuleBroken(
            f"The session is from {_at(day.starts_at)} to {_at(day.ends_at)} that day. Say when they arrived at it."
        )


def _check_leaving(said, day, now):
    if said.left_at is None:
        raise RuleBroken("Say when they left.")
    if said.left_at < said.arrived_at or (
        said.left_at == said.arrived_at and said.came != Came.NO_WORK
    ):
        raise RuleBroken("They left after they arrived. Look at both times.")
    if said.left_at > now + SLIP:
        raise RuleBroken(
            f"{_at(said.left_at)} is still to come. Say when they left, once they have."
        )
    if said.left_at > day.ends_at + LATE:
        raise RuleBroken(f"The session ended at {_at(day.ends_at)}. Say when they left it.")
    if said.penalty_minutes > day.minutes:
        raise RuleBroken("What is taken off is more than the whole session.")
    if said.break_minutes > (said.left_at - said.arrived_at).total_seconds() // 60:
        raise RuleBroken("The break is longer than they were there.")
    if said.came in GRADED and not said.behaviour:
        raise RuleBroken("Say how they behaved.")
    if said.came == Came.LEFT and not said.quality:
        raise RuleBroken("Say how they worked.")
    if said.came == Came.LEFT and not said.task.strip():
        raise RuleBroken("Say what they did: it is what the court and the person are told.")
    if said.came == Came.SENT_HOME and not said.note.strip():
        raise RuleBroken("Say what they did, for the officer who decides what it comes to.")
    if said.without_leave:
        _check_without_leave(said, day)


def _check_without_leave(said, day):
    if said.left_at >= day.ends_at:
        raise RuleBroken(
            f"The session ended at {_at(day.ends_at)}, and they left at {_at(said.left_at)}. Say when before the end they left."
        )
    if not said.note.strip():
        raise RuleBroken(
            "Say in the note how they left and what was said, for the officer who decides what it comes to."
        )


def _check_words(said):
    if said.came not in ATTENDED and (said.quality or said.behaviour):
        raise RuleBroken("Work and behaviour are only said of somebody who came.")
    if any(grade and grade not in set(Grade) for grade in (said.quality, said.behaviour)):
        raise RuleBroken("Choose one of the grades that are offered.")
    if set(said.skills) - set(Skill):
        raise RuleBroken("Choose skills that are offered.")
    if len(said.task) > LONGEST_TASK:
        raise RuleBroken(f"Say what they did in {LONGEST_TASK} letters or fewer.")
    if len(said.note) > MOST_NOTE:
        raise RuleBroken(f"The note must be {MOST_NOTE:,} letters or fewer.")
    if said.penalty_minutes < 0 or said.break_minutes < 0:
        raise RuleBroken("Minutes are nought or more.")


def check_mark(stood, said):
    """A note that was marked sensitive stays so: somebody relied on it."""
    if stood and not said:
        raise RuleBroken("The note is marked as kept from the person. That is not taken back.")


def check_correction(stood, said, *, logged):
    """What is put right was said before, and becomes something that was said. `logged`: the log has an outcome."""
    if Came(stood) not in GONE and not logged:
        raise RuleBroken("Nothing has been said of them yet that could be put right. Record it.")
    if said.came not in GONE:
        raise RuleBroken("Say how it came out: they left, were sent home, or did not come.")


def outcome_for(said, *, ahead=False):
    """The outcome that the appointment has in the log; blank while it has none.

    Stood down, or sent home for want of work, is the provider's and never theirs; what they did to be sent home, that
    they left without leave and why they did not come await the decision of their officer.
    """
    if said.without_leave:
        return WITHOUT_LEAVE
    if said.came == Came.NOT_COME:
        return said.outcome or OUTCOME_OF[Came.NOT_COME]
    if said.came == Came.NO_WORK and ahead:
        return STOOD_DOWN_OUTCOME
    return OUTCOME_OF.get(said.came, "")


def minutes_worked(said, *, deduct_break):
    """What the register says they worked; nothing of whoever is not gone, or never came."""
    if said.came not in ATTENDED:
        return 0
    return session_minutes(
        said.arrived_at,
        said.left_at,
        break_minutes=said.break_minutes,
        penalty_minutes=said.penalty_minutes,
        deduct_break=deduct_break,
    )


def minutes_credited(said, *, deduct_break, left):
    """What of it counts. `left`: what is still to be worked; None where what was ordered is not recorded."""
    worked = minutes_worked(said, deduct_break=deduct_break)
    return worked if left is None else creditable(worked, left)


def check_may_close(stands):
    """Refuse to close a register that says nothing of somebody. `stands`: what it says of each."""
    here = sum(Came(came) == Came.HERE for came in stands)
    expected = sum(Came(came) == Came.EXPECTED for came in stands)
    if not here + expected:
        return
    left = [
        f"{counted(here, 'person', 'people')} still here" if here else "",
        f"{counted(expected, 'person', 'people')} still expected" if expected else "",
    ]
    raise RuleBroken(
        f"The register has {listed([one for one in left if one])}. "
        "Say of each that they left, were sent home or did not come."
    )


def _at(moment):
    return say_time(moment)
