"""What every page asks about its reader, made into SQL once a process.

Django works out a queryset anew wherever it stands within another, and again each time the other grows. Those of who
reaches a case stand within nearly every other, so that to word them took more of a page than all that it asked.

This decides who sees what, so that nothing of one reader may be left for the next. The words are made for two people
who do not exist: where the two differ stands what is asked of each reader, by what it is, and where it is anything
else they are not made at all.
"""

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


class NotOfThisReaderAlone(TypeError):
    """The queryset hangs on more of its reader than their key, role and team, and the day."""


def made_once(build):
    """The same rows as the queryset `build(user)` or `build(user, today)`, to stand after `__in`."""
    made: dict[tuple, tuple[str, list]] = {}

    @wraps(build)
    def ready(user, *today):
        shape = user.role, user.team_id is not None, bool(today)
        if shape not in made:
            made[shape] = _worded(build, *shape)
        sql, values = made[shape]
        own = dict(zip(Asked, (user.pk, user.team_id, *today), strict=False))
        return RawSQL(sql, [own[value] if isinstance(value, Asked) else value for value in values])

    return ready


def rows_made_once(build):
    """The rows, as tuples, of each queryset that `build(user, of, today)` gives by a name: a statement each.

    `of`: the key of what is asked about, such as a team; None for all of it. Columns come as the database gives them, so
    that they may be numbers, words and days.
    """
    made: dict[tuple, dict[str, tuple[str, list] | None]] = {}

    @wraps(build)
    def rows(user, of, today):
        shape = user.role, user.team_id is not None, of is not None
        if shape not in made:
            made[shape] = _each_worded(build, *shape)
        own = {Asked.USER: user.pk, Asked.TEAM: user.team_id, Asked.OF: of, Asked.DAY: today}
        return {name: _asked(worded, own) for name, worded in made[shape].items()}

    return rows


def _asked(worded, own):
    if worded is None:
        return []
    sql, values = worded
    with connection.cursor() as cursor:
        cursor.execute(sql, [own[one] if isinstance(one, Asked) else one for one in values])
        return cursor.fetchall()


def _each_worded(build, role, in_a_team, of_one):
    """Each by its name; None for what can have no rows."""
    (first, second) = (
        build(
            _somebody(one[Asked.USER], role, one[Asked.TEAM] if in_a_team else None),
            one[Asked.OF] if of_one else None,
            one[Asked.DAY],
        )
        for one in STAND_INS
    )
    return {name: _same(build, *map(_sql_of, (first[name], second[name]))) for name in first}


def _sql_of(rows):
    try:
        return rows.query.sql_with_params()
    except EmptyResultSet:
        return None


def _worded(build, role, in_a_team, on_a_day):
    """The SQL, and its parameters in order, with an `Asked` for each that is the reader's own."""
    found = (
        build(
            _somebody(one[Asked.USER], role, one[Asked.TEAM] if in_a_team else None),
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


def _own_or_same(build, value, other):
    if value == other:
        if isinstance(value, date):  # of the day it was worded, and kept until the process ends
            raise NotOfThisReaderAlone(f"{build.__qualname__} asks of a day of its own: {value!r}.")
        return value
    for asked in Asked:
        if (value, other) == tuple(one[asked] for one in STAND_INS):
            return asked
    raise NotOfThisReaderAlone(f"{build.__qualname__} reckons from its reader: {value!r}.")


def _somebody(key, role, team):
    """To read anything else of them is to look for a row that is not there."""
    return User.from_db(None, ("id", "role", "team_id"), (key, role, team))
