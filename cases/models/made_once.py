"""What every page asks about its reader, made into SQL once a process.

Django works out a queryset anew wherever it stands within another, and again each time the other grows. Those of who
reaches a case stand within nearly every other, so that to word them took more of a page than all that it asked.

This decides who sees what, so that nothing of one reader may be left for the next. The words are made for two people
who do not exist: where the two differ stands what is asked of each reader, by what it is, and where it is anything
else they are not made at all.
"""

import json
from collections import defaultdict
from contextlib import contextmanager
from datetime import date
from enum import Enum, auto
from functools import wraps

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models.expressions import RawSQL

from staff.models import User


class Asked(Enum):
    """What differs from one reader to the next."""

    USER, TEAM, DAY, OF = auto(), auto(), auto(), auto()


# No row has such numbers. They and the days differ in all that may be reckoned from them: odd and even, month, weekday
STAND_INS = (
    {Asked.USER: -7_403_190_553, Asked.TEAM: -5_218_804_117, Asked.DAY: date(1203, 4, 1), Asked.OF: -3_310_577_209},
    {Asked.USER: -8_117_336_030, Asked.TEAM: -6_902_155_731, Asked.DAY: date(1711, 9, 26), Asked.OF: -4_027_981_864},
)  # fmt: skip


# Of the cases that a statement of `counted_at_once` begins at
AMONG = RawSQL("SELECT id FROM among", [])


class NotOfThisReaderAlone(TypeError):
    """The queryset hangs on more of its reader than their key, role and team, and the day."""


def made_once(build):
    """The same rows as the queryset `build(user)` or `build(user, today)`, to stand after `__in`."""
    made: dict[tuple, tuple[str, list]] = {}

    @wraps(build)
    def ready(user, *today):
        shape = user.role, user.team_id is not None, bool(today)
        if shape not in made:
            with asks_nothing(build):
                made[shape] = _worded(build, *shape)
        sql, values = made[shape]
        own = dict(zip(Asked, (user.pk, user.team_id, *today), strict=False))
        return RawSQL(sql, [own[value] if isinstance(value, Asked) else value for value in values])

    return ready


def how_many(rows):
    """How many rows there are of what `made_once` has made."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({rows.sql}) AS counted", rows.params)
        return cursor.fetchone()[0]


def counted_at_once(build):
    """All that is counted of some cases: `{name: [a tuple for each row]}`.

    `build(user, of, today)` gives (the cases, {name: rows}). The rows are a queryset, or (SQL, a queryset that stands
    where it has `{}`); in both the cases stand as AMONG, and in `among` their keys and officers.

    `of`: the key of what is asked about, such as a team. Its cases are found first, by indexes of their own, and all is
    counted in one statement: left to itself the database may begin at all that the provider owes, and ask last whose it
    is. Where it is None everything is asked about, which the database shares out among its workers in a statement each.

    Columns come as JSON has them, so that they may be numbers and words, and have names of their own.
    """
    made: dict[tuple, list[tuple[list[str], str, list]]] = {}

    @wraps(build)
    def counted(user, of, today):
        shape = user.role, user.team_id is not None, of is not None
        if shape not in made:
            with asks_nothing(build):
                made[shape] = _statements(*_put_together(build, *shape), at_once=of is not None)
        own = {Asked.USER: user.pk, Asked.TEAM: user.team_id, Asked.OF: of, Asked.DAY: today}
        found: dict[str, list[tuple]] = defaultdict(list)
        for names, sql, values in made[shape]:
            with connection.cursor() as cursor:
                cursor.execute(sql, [own[one] if isinstance(one, Asked) else one for one in values])
                for name, rows in zip(names, cursor.fetchone(), strict=True):
                    found[name] = [tuple(row.values()) for row in json.loads(rows or "[]")]
        return found

    return counted


def _put_together(build, role, in_a_team, of_one):
    """(the cases, {name: rows}), each as SQL and its parameters; None in place of cases that nobody can have."""
    (cases, counted), (other_cases, other) = (
        build(
            somebody(one[Asked.USER], role, one[Asked.TEAM] if in_a_team else None),
            one[Asked.OF] if of_one else None,
            one[Asked.DAY],
        )
        for one in STAND_INS
    )
    found = {}
    for name in counted:
        (around, rows), (_, other_rows) = (
            one if isinstance(one, tuple) else ("{}", one) for one in (counted[name], other[name])
        )
        if worded := _same(build, _sql_of(rows), _sql_of(other_rows)):
            found[name] = around.replace("{}", worded[0]), worded[1]
    return _same(build, _sql_of(cases), _sql_of(other_cases)), found


def _statements(cases, counted, *, at_once):
    """Each as the names of its columns, SQL and parameters in order.

    They begin with SELECT, which is how the history of changes knows that they change nothing.
    """
    if cases is None or not counted:
        return []
    sql, values = cases
    columns = [f"SELECT json_agg(one)::text FROM ({part}) AS one" for part, _ in counted.values()]
    if at_once:
        every = ", ".join(f"({column})" for column in columns)
        among = f"WITH among (id, officer_id) AS MATERIALIZED ({sql}) SELECT {every}"
        of_each = [value for _, some in counted.values() for value in some]
        return [(list(counted), f"SELECT * FROM ({among}) AS counted", [*values, *of_each])]
    return [
        ([name], f"SELECT * FROM (WITH among (id, officer_id) AS ({sql}) {column}) AS counted", [*values, *some])
        for column, (name, (_, some)) in zip(columns, counted.items(), strict=True)
    ]  # fmt: skip


def _sql_of(rows):
    try:
        return rows.query.sql_with_params()
    except EmptyResultSet:
        return None


def _worded(build, role, in_a_team, on_a_day):
    """The SQL, and its parameters in order, with an `Asked` for each that is the reader's own."""
    found = (
        build(
            somebody(one[Asked.USER], role, one[Asked.TEAM] if in_a_team else None),
            *([one[Asked.DAY]] if on_a_day else []),
        ).query.sql_with_params()
        for one in STAND_INS
    )
    return _same(build, *found)


def _same(build, one, other):
    """What is worded alike for both; None where neither can have rows."""
    if one is None and other is None:
        return None
    (sql, first), (other_sql, second) = one or ("", ()), other or ("", ())
    if sql != other_sql or len(first) != len(second):
        raise NotOfThisReaderAlone(f"{build.__qualname__} is worded otherwise for another reader.")
    return sql, [_own_or_same(build, *pair) for pair in zip(first, second, strict=True)]


@contextmanager
def asks_nothing(build):
    """Refuse what reads anything while it is worded: it is read of people who do not exist, and would be kept for everybody."""

    def refuse(*_statement):
        raise NotOfThisReaderAlone(f"{build.__qualname__} reads rows while it is worded.")

    with connection.execute_wrapper(refuse):
        yield


def _own_or_same(build, value, other):
    if value == other:
        if isinstance(value, date):  # of the day it was worded, and kept until the process ends
            raise NotOfThisReaderAlone(f"{build.__qualname__} asks of a day of its own: {value!r}.")
        return value
    for asked in Asked:
        if (value, other) == tuple(one[asked] for one in STAND_INS):
            return asked
    raise NotOfThisReaderAlone(f"{build.__qualname__} reckons from its reader: {value!r}.")


def somebody(key, role, team):
    """To read anything else of them is to look for a row that is not there."""
    return User.from_db(None, ("id", "role", "team_id"), (key, role, team))
