"""What stands before somebody may work, and what overrides in force let pass of it: the same words on every page.

Source: product rules, gates ("Allocate to a work site"), override (nobody goes ahead by their own approval).
"""

from dataclasses import dataclass

from django.urls import reverse

from cases.queries.overrides import gaps_of as approved_of
from cases.queries.overrides import in_force_of
from cases.reference.overrides import Act
from cases.rules.gaps import Found, gates, warnings
from cases.rules.overrides import lets_pass
from staff.kit import Gap, Link, on
from staff.permissions import Action
from unpaidwork.queries.allocating import ANY_PROJECT
from unpaidwork.queries.anywhere import before_any_place
from unpaidwork.queries.risk_page import gap_of
from unpaidwork.reference.work import WorkState

BEFORE_WORK = "before they may work. No day sheet of a work site goes out with them on it. An induction may be held all the same."
BEFORE_A_PLACE = "before they are given a place."  # whoever has one works in it meanwhile


@dataclass(frozen=True)
class Passed:
    """What overrides in force let pass, ready to be placed. `overrides`: until when, and by whom."""

    words: str
    gaps: list[Gap]
    overrides: list[Link]


@dataclass(frozen=True)
class Before:
    """What stands before an allocation. `left`: what no override lets pass; `own`: said to whoever approved one."""

    left: list[Found]
    gaps: list[Gap]
    warnings: list[Gap]
    passed: Passed | None
    own: str = ""


@dataclass(frozen=True)
class BeforeWork:
    """The same at the top of the tab. `warning`: what stands; `notes`: what is let pass, and by whom."""

    warning: str
    notes: list[str]
    link: Link


def before_work(case, found, header, today, *, user=None):
    """`found`: gates and warnings, as the gate gives them. `user`: who is to go ahead, and not by their own approval."""
    in_force = in_force_of(case=case, act=Act.ALLOCATION, today=today)
    rows = list(in_force.select_related("asked_by", "decided_by"))
    own = [one for one in rows if user and one.decided_by_id == user.pk]
    rows = [one for one in rows if one not in own]
    shut, approved = gates(found), approved_of(rows)
    passed = [one for one in shut if lets_pass(one, approved)]
    left = [one for one in shut if one not in passed]
    return Before(
        left=left,
        gaps=[gap_of(case, one, header) for one in left],
        warnings=[gap_of(case, one, header) for one in warnings(found)],
        passed=_passed(case, passed, rows, header, some_left=bool(left)) if passed else None,
        own=_own(_used(own, left)),
    )


def before_work_in_short(case, works, hours, header, today):
    """Once there is work to be done and anything stands before it; else None."""
    if not any(one.state in (WorkState.OPEN, WorkState.SUSPENDED) for one in works):
        return None
    found = before_any_place(case, today, strip=header.rows, works=works, hours=hours)
    before = before_work(case, found, header, today)
    if not before.left and not before.passed:
        return None
    gate_is_shut = any(not one.key.startswith(ANY_PROJECT) for one in before.left)
    stands = f"{_still_to_do(before.left)} {BEFORE_WORK if gate_is_shut else BEFORE_A_PLACE}"
    return BeforeWork(
        warning=stands if before.left else "",
        notes=_in_sentences(before.passed) if before.passed else [],
        link=Link("See what is still to do", reverse("work-risk", args=[case.crn])),
    )


def _used(overrides, found):
    """Those that let pass any of it."""
    return [row for row in overrides if any(lets_pass(one, approved_of([row])) for one in found)]


def _passed(case, found, overrides, header, *, some_left):
    used = _used(overrides, found)
    count = _still_to_do(found, " more" if some_left else "")
    lets = "an override lets" if len(used) == 1 else "overrides let"
    through = "this pass" if some_left else "them be allocated"  # nobody is, while anything is left
    return Passed(
        words=f"{count}; {lets} {through} until {on(min(one.expires_on for one in used))}",
        gaps=[gap_of(case, one, header) for one in found],
        overrides=[_override(case, one, header.may) for one in used],
    )


def _override(case, one, may):
    """Named to whoever may not open it as well: they go ahead by it."""
    words = f"Override until {on(one.expires_on)}: asked by {one.asked_by.name}, approved by {one.decided_by.name}"
    sees = Action.VIEW_OVERRIDES in may
    return Link(words, reverse("override", args=[case.crn, one.pk]) if sees else "")


def _in_sentences(passed):
    return [f"{passed.words}.", *(f"{one.text}." for one in passed.overrides)]


def _still_to_do(found, more=""):
    one = len(found) == 1
    return f"{len(found)}{more} {'thing is' if one else 'things are'} still to do"


def _own(overrides):
    if not overrides:
        return ""
    until = on(max(one.expires_on for one in overrides))
    return f"You approved an override of this until {until}, so somebody else goes ahead by it."
