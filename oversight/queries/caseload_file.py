"""The caseload as a file: the people and words of the list, for everybody at once.

Only what the file says is read, as bare columns, and each thing that many people share is put in words once.

Source: product rules, roles and reach, limited access.
"""

from datetime import date
from functools import cache
from itertools import chain
from types import SimpleNamespace

from django.db.models import CharField, Subquery, Value
from django.db.models.functions import Cast, Concat

from cases.models.case import listed
from cases.reference.deadlines import KINDS
from oversight.queries.caseload import SORTS, matching, overdue_checks, owed, sort_keys
from oversight.queries.rows import NO_TEAM, contact_level, officer_of, placed
from staff.kit import on
from staff.models import User

HEAD = [
    "CRN",
    "Name",
    "Officer",
    "Team",
    "GRID group",
    "Contact level",
    "What is due",
    "When",
    "Overdue checks",
]
OFFICER = ("retained_by", "officer__first_name", "officer__last_name", "officer__username")
STANDING = ("state", "standing__place", "standing__group", "standing__needs")
COLUMNS = ("crn", "surname", "forename", "team__name", "standing__contact_level", "due", "overdue", *OFFICER, *STANDING)  # fmt: skip
SENT_FOR_AT_ONCE = 2000  # rows


def caseload_file(user, action, wanted, today):
    """The lines of the file, its head first. Cases of limited access are withheld from those shut out."""
    return chain([HEAD], _said(_rows(user, action, wanted, today)))


def _said(rows):
    say_officer, say_placed, say_owed = cache(_officer), cache(_placed), cache(_owed)
    for crn, surname, forename, team, level, due, overdue, *more in rows:
        officer, standing = more[: len(OFFICER)], more[len(OFFICER) :]
        yield [
            crn, listed(surname, forename), say_officer(*officer), team or NO_TEAM, say_placed(*standing), contact_level(level),
            *say_owed(due), overdue,
        ]  # fmt: skip


def _rows(user, action, wanted, today):
    """In the order asked for. The day and kind of what is next due are one column, so that it is looked for once."""
    day_and_kind = Concat(Cast("due_on", CharField()), Value(" "), "kind")
    order, keys = SORTS[wanted.sort], sort_keys()
    cases = matching(user, action, wanted, today).alias(
        **{name: keys[name] for name in order if name in keys}
    )
    due = owed().annotate(day_and_kind=day_and_kind).values("day_and_kind")[:1]
    rows = cases.annotate(due=Subquery(due), overdue=overdue_checks(today)).order_by(*order)
    return rows.values_list(*COLUMNS).iterator(chunk_size=SENT_FOR_AT_ONCE)


def _officer(retained_by, first_name, last_name, username):
    officer = username and User(first_name=first_name, last_name=last_name, username=username)
    return officer_of(SimpleNamespace(retained_by=retained_by, officer=officer))


def _placed(state, place, group, needs):
    standing = SimpleNamespace(place=place, group=group, needs=needs) if place else None
    words, mark = placed(SimpleNamespace(state=state), standing)
    return words or (mark.text if mark else "")


def _owed(day_and_kind):
    """(what, when) in words"""
    if not day_and_kind:
        return "", ""
    day, _, kind = day_and_kind.partition(" ")
    return KINDS[kind].title, on(date.fromisoformat(day))
