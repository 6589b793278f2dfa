"""Routes taken away whose replacement nobody has booked, the first due before the others.

Source: product rules, gates ("Remove a route"); report 2.3.
"""

from dataclasses import replace

from cases.models import Deadline
from cases.queries.beginning import on_cases
from cases.queries.listed import FACTS, listed_rows
from cases.queries.paging import page_of
from cases.queries.routes import OWES
from cases.rules.routes import how_long_open
from oversight.queries.team import cases_of


def matching(user, team):
    """What is still to be booked on cases open to this user."""
    cases = on_cases(cases_of(user, team), few=team is not None)
    return Deadline.objects.unmet().filter(cases, kind=OWES)


def page_of_routes(user, team, *, after, size):
    found = matching(user, team).select_related(*FACTS)
    return page_of(found, keys=("due_on", "id"), after=after, size=size, known_by="pk")


def route_rows(deadlines, user, today):
    """Each as a due row that says how long it has been open."""
    rows = listed_rows(deadlines, user, today)
    return [
        replace(row, rule=f"{how_long_open(one.triggered_on, today)}. {row.rule}")
        for one, row in zip(deadlines, rows, strict=True)
    ]
