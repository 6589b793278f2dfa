"""What somebody has done and practised at unpaid work, added up from the register.

Source: report 4.1.3 (what people did was not recorded, nor what grew); unpaid work reference 7.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from unpaidwork.reference.sessions import Skill


@dataclass(frozen=True, slots=True)
class Done:
    """One session that somebody came to."""

    on: date
    project: str
    task: str
    minutes: int
    skills: tuple[str, ...] = ()
    quality: str = ""
    behaviour: str = ""
    attendance: int = 0


@dataclass(frozen=True, slots=True)
class Practised:
    """A skill or a task: how often, over how many minutes credited, and first and last when."""

    what: str
    times: int
    minutes: int
    first: date
    last: date


def skills_of(sessions):
    """What was practised, the most often first. A session counts whole for each of its skills."""
    known = {one.value: one.title for one in Skill}
    return _practised(
        [
            (known[code], one)
            for one in sessions
            for code in dict.fromkeys(one.skills)
            if code in known
        ]
    )


def tasks_of(sessions):
    """What was done, the most often first; of what was not said, nothing is made up."""
    return _practised([(one.task, one) for one in sessions if one.task])


def projects_of(sessions):
    """Where they worked, the most often first."""
    return _practised([(one.project, one) for one in sessions])


def _practised(pairs):
    by_what = defaultdict(list)
    for what, session in pairs:
        by_what[what].append(session)
    found = [
        Practised(
            what=what,
            times=len(sessions),
            minutes=sum(one.minutes for one in sessions),
            first=min(one.on for one in sessions),
            last=max(one.on for one in sessions),
        )
        for what, sessions in by_what.items()
    ]
    return sorted(found, key=lambda one: (-one.times, -one.minutes, one.what))
