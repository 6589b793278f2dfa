"""The flags of one case with what supervisors are told of each, and the people of whom they are told nothing yet.

Source: report 4.1; unpaid work reference 10 (U3: a registered person with no alert is an exception).
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import DateField, Min, Q
from django.db.models.functions import Coalesce
from django.urls import reverse

from cases.models import Deadline
from cases.queries.names import names_for_each
from cases.queries.paging import page_of
from cases.queries.people import officer_of
from cases.queries.reach import actions_on_each
from staff.kit import Line, Link, Tag, on, tag
from staff.permissions import Action
from unpaidwork.queries.instructions import (
    flags_of_each,
    instructions_of,
    with_untold_flags,
    working,
)
from unpaidwork.rules.sheet import Told

OWES = "write_instruction"
NEVER = date(9999, 12, 31)  # works on no day that is known


@dataclass(frozen=True)
class FlagRow:
    """One flag as the page of its case shows it. `told`: as supervisors read it; None where they read nothing."""

    key: str
    name: str
    must: str  # what an instruction about it must say
    tag: Tag
    gap: str
    told: Told | None
    lines: list[Line]
    write: str
    words: str  # of the link that writes


@dataclass(frozen=True)
class SpentRow:
    """An instruction about what does not stand any more."""

    key: int
    about: str
    said: str
    end: str


def flag_rows(case, names, may, today):
    """Every flag of the case, those without an instruction first."""
    flags = flags_of_each([case], today).get(case.pk, [])
    written = instructions_of([case.pk])[case.pk]
    rows = [_row(case, one, written.get(one.key), names, may, today) for one in flags]
    return sorted(rows, key=lambda row: row.told is not None)


def spent_rows(case, names, may, today):
    """Instructions that stand about what has ended."""
    flags = {one.key for one in flags_of_each([case], today).get(case.pk, [])}
    for key, one in instructions_of([case.pk])[case.pk].items():
        if key not in flags:
            end = reverse("end-instruction", args=[case.crn, one.pk])
            yield SpentRow(
                one.pk,
                "A register" if one.registration_id else "An order",
                names.text(one.do),
                end if Action.WRITE_WORK_RISK in may else "",
            )


def told_by(instruction, names):
    """What it tells supervisors, as this reader may read it."""
    said = (instruction.must_not, instruction.watch_for, instruction.do, instruction.ring)
    return Told(*(names.text(words) for words in said))


def _row(case, flag, instruction, names, may, today):
    late = flag.review_passed(today)
    write = reverse("write-instruction", args=[case.crn, flag.key])
    return FlagRow(
        key=flag.key,
        name=flag.name,
        must=flag.demand.must,
        tag=tag("still-to-do" if flag.gap else "review-overdue" if late else "met"),
        gap=_gap(flag),
        told=told_by(instruction, names) if instruction else None,
        lines=_lines(flag, instruction),
        write=write if Action.WRITE_WORK_RISK in may else "",
        words="Write it anew" if instruction else "Say what it means on site",
    )


def _gap(flag):
    if flag.said is None:
        return "Nothing tells supervisors what this means. Nobody can be placed until it does."
    if flag.said.gives_away:
        return f"Kept back from supervisors. {flag.said.gives_away}"
    return ""


def _lines(flag, instruction):
    lines = [Line("Holds until", on(flag.to_on))] if flag.to_on else []
    if instruction:
        lines.append(Line("Looked after by", instruction.owner.name))
        lines.append(Line("To be looked at again by", on(instruction.review_on)))
    return lines


# People of whom supervisors are told nothing yet


@dataclass(frozen=True)
class UntoldRow:
    crn: str
    name: str
    officer: str
    flags: str
    why: str  # nothing is said, or it was to be looked at again
    works: str  # when next
    next: Link


def untold_cases(user, today):
    """Those open to this reader with unpaid work, of whom an instruction is owed; who works first comes first."""
    running = Deadline.objects.unmet().filter(kind=OWES)
    owed = Q(pk__in=with_untold_flags(today).values("pk")) | Q(pk__in=running.values("case"))
    coming = Q(
        work_attendances__session__on__gte=today,
        work_attendances__appointment__called_off_at=None,
    )
    next_on = Coalesce(
        Min("work_attendances__session__on", filter=coming), NEVER, output_field=DateField()
    )
    reached = working().open_to(user, Action.VIEW_UNPAID_WORK).filter(owed)
    return reached.annotate(next_on=next_on)


def page_of_untold(user, today, *, after, size):
    """(rows, what comes next, how many)"""
    found = untold_cases(user, today)
    page = page_of(
        found.select_related("officer", "team"),
        keys=("next_on", "sort_name", "pk"),
        after=after,
        size=size,
    )
    flags = flags_of_each(page.rows, today)
    names = names_for_each(page.rows, actions_on_each(page.rows, user))
    rows = [_untold(one, flags.get(one.pk, []), names[one.pk], today) for one in page.rows]
    return rows, page.next_after, found.count()


def _untold(case, flags, names, today):
    without = [one.gap for one in flags if one.gap]
    late = [one.name for one in flags if not one.gap and one.review_passed(today)]
    return UntoldRow(
        crn=case.crn,
        name=case.list_name,
        officer=officer_of(case),
        flags=names.text(", ".join(without or late)),
        why="Nothing is said" if without else "Was to be looked at again",
        works="No day is set" if case.next_on == NEVER else on(case.next_on),
        next=Link(
            "See what is missing",
            reverse("work-instructions", args=[case.crn]),
            hidden=f"for {case.name}",
        ),
    )
