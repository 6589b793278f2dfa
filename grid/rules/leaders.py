"""What is known of whoever leads groups: training and when it runs out, hours to lead, days away, groups for women.

Sources: product rules, groups (facilitators with training and leave, cover); the provider's policy on interventions
(skill). Local policy: training that runs out within 60 days is said in time to do it again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from cases.rules.cover import Days
from cases.rules.hours import DAYS
from cases.rules.words import counted
from grid.rules.leader_hours import Hours
from grid.rules.sessions import EARLIEST, LATEST
from grid.rules.staffing import Trained
from staff.errors import RuleBroken
from staff.rules.dates import say_date, say_time

RUNS_OUT_WITHIN = timedelta(days=60)
FURTHEST = timedelta(days=366)  # ahead, that a training may begin or leave end
WOMEN = {True: "Yes", False: "No", None: "Has not stated"}


@dataclass(frozen=True, slots=True)
class Standing:
    """How a training stands today. `soon`: it runs out within 60 days; `over`: it has run out."""

    skill: str
    from_on: date
    words: str
    soon: bool = False
    over: bool = False


def how_trained(trained: Iterable[Trained], today: date) -> list[Standing]:
    """How each skill stands, by its name: by the training of it that lasts longest, one that holds today before another."""
    best: dict[str, Trained] = {}
    for one in trained:
        held = best.get(one.skill)
        if held is None or _rank(one, today) > _rank(held, today):
            best[one.skill] = one
    return [_standing(best[skill], today) for skill in sorted(best)]


def _rank(one, today):
    return one.holds_on(today), one.until or date.max, one.from_on


def _standing(one, today):
    if one.until is not None and one.until < today:
        return Standing(one.skill, one.from_on, f"ran out on {say_date(one.until)}", over=True)
    last = f"until {say_date(one.until)}" if one.until else "does not run out"
    if one.from_on > today:
        return Standing(one.skill, one.from_on, f"from {say_date(one.from_on)}, {last}")
    if one.until is None or one.until - today > RUNS_OUT_WITHIN:
        return Standing(one.skill, one.from_on, last)
    left = (one.until - today).days
    when = f"in {counted(left, 'day')}" if left else "today"
    return Standing(one.skill, one.from_on, f"{last}: runs out {when}", soon=True)


def check_training(
    skill: str, from_on: date, until: date | None, skills: Iterable[str], today: date
) -> None:
    """Refuse a training in what no intervention asks for, or whose days cannot be. `skills`: of the policy."""
    if skill not in skills:
        raise RuleBroken(
            "Choose one of the skills that the policy on interventions asks for. Others are added there."
        )
    if from_on > today + FURTHEST:
        raise RuleBroken(f"{say_date(from_on)} is more than a year ahead. Check the date.")
    check_until(from_on, until)


def check_until(from_on: date, until: date | None) -> None:
    """Refuse a training that ends before it began. `until`: its last day; None: it does not run out."""
    if until is not None and until < from_on:
        raise RuleBroken(
            f"The last day cannot be before {say_date(from_on)}, on which it was done."
        )


def check_week(hours: Iterable[Hours]) -> None:
    """Refuse hours to lead that are none, that overlap, or in which no group is held."""
    for weekday, from_at, to_at in hours:
        if from_at >= to_at:
            raise RuleBroken(
                f"{say_time(to_at)} is not after {say_time(from_at)} on {DAYS[weekday]}s."
            )
        if from_at < EARLIEST or to_at > LATEST:
            raise RuleBroken(
                f"Groups are held between {say_time(EARLIEST)} and {say_time(LATEST)}. Look at {DAYS[weekday]}s."
            )
    for before, after in pairwise(sorted(hours)):
        if before[0] == after[0] and after[1] < before[2]:
            raise RuleBroken(f"Two stretches of {DAYS[after[0]]}s overlap. Write each once.")


def check_leave(name: str, days: Days, away: Iterable[Days], today: date) -> None:
    """Refuse days away that are none, that have been, that are a year off, or that are known already."""
    if days.to_on < days.from_on:
        raise RuleBroken("The last day away cannot be before the first.")
    if days.to_on < today:
        raise RuleBroken(f"{say_date(days.to_on)} has been. Enter today or a later day.")
    if days.to_on > today + FURTHEST:
        raise RuleBroken(f"{say_date(days.to_on)} is more than a year ahead. Check the date.")
    if already := next((one for one in away if days.overlap(one)), None):
        raise RuleBroken(f"{name} is away {already} already. Cancel that first.")
