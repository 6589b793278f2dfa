"""What only a senior or a head can do, as a list of one day that takes its minutes and ends.

Source: product rules, how it should feel ("an SPO's daily list takes 20 minutes and ends"); `cases.rules.senior_list`. What
was done today is read from the audit, so that the list does not fill up again while it is worked through.
"""

from dataclasses import dataclass, replace

from cases.queries.days import midnight
from cases.queries.due import ABOUT
from cases.queries.listed import listed_rows
from cases.queries.work import owed_by
from cases.queries.work_order import ORDER, ranked
from cases.reference.deadlines import KINDS, Harm
from cases.rules.ranking import is_theirs_alone
from cases.rules.senior_list import (
    EFFORTS,
    TodaysList,
    Waiting,
    list_of_today,
    minutes_of,
    say_end,
)
from cases.rules.words import counted
from staff.kit import DueRow
from staff.models import Entry
from staff.permissions import Role

SENIORS = (Role.SPO, Role.HEAD)
FACTS = ("case__officer", "flag", *ABOUT)  # what a row says comes with its deadline


@dataclass(frozen=True)
class SeniorList:
    rows: list[DueRow]
    found: TodaysList
    did: int
    ends: str
    beyond: str  # why some of it stands beyond the minutes; blank: none does


def senior_list(user, today, policy) -> SeniorList:
    """What is due or late first, worst first, then what comes by its day. Nine statements, however much waits."""
    kinds = _done(user, today)
    done = minutes_of(kinds, policy)
    found = list_of_today(_waiting(user, today), done, policy)
    return SeniorList(
        rows=_rows(found.keys, user, today, policy),
        found=found,
        did=len(kinds),
        ends=say_end(found, len(kinds), done),
        beyond=_beyond(found, policy),
    )


def _theirs(user, today):
    alone = [one for one in Role if is_theirs_alone(one, user.role)]
    return ranked(owed_by(user, today).filter(owner_role__in=alone), user.role, today)


def _waiting(user, today):
    rows = list(_theirs(user, today).order_by(*ORDER).values_list("pk", "kind", "due_on"))
    rows.sort(key=lambda row: max(row[2], today))  # what is due or late keeps its order
    return [_one(pk, kind, due_on, today) for pk, kind, due_on in rows]


def _one(pk, kind, due_on, today):
    """Late, what could hurt somebody is never left. Due today it stands before the rest, and is late tomorrow."""
    could_hurt = KINDS[kind].harm == Harm.PERSON
    return Waiting(pk, kind, due_on <= today, pressing=could_hurt and due_on < today)


def _done(user, today):
    """The kinds of what this reader did today that only a senior or a head can do."""
    rows = Entry.objects.filter(by=user, at__gte=midnight(today), action="met_deadline")
    details = rows.values_list("detail", flat=True)
    return [one["kind"] for one in details if one.get("kind") in EFFORTS and not one.get("void")]


def _rows(keys, user, today, policy):
    """In the order of the keys, each with about how long it takes."""
    found = _theirs(user, today).filter(pk__in=keys).select_related(*FACTS).in_bulk()
    owed = [found[pk] for pk in keys if pk in found]
    return [
        replace(row, what=f"{row.what}: {counted(minutes_of([one.kind], policy), 'minute')}")
        for row, one in zip(listed_rows(owed, user, today), owed, strict=True)
    ]


def _beyond(found, policy):
    if not found.beyond:
        return ""
    goes, it_is = ("goes", "it is") if found.beyond == 1 else ("go", "they are")
    return f"{found.beyond:,} of them {goes} beyond the {policy.minutes_a_day} minutes, because {it_is} late and somebody could be hurt."
