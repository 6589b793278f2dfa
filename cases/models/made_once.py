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

from django.db.models.expressions import RawSQL

from staff.models import User


class Asked(Enum):
    """What differs from one reader to the next."""

    USER, TEAM, DAY = auto(), auto(), auto()


# No row has such numbers. They and the days differ in all that may be reckoned from them: odd and even, month, weekday
STAND_INS = (
    {Asked.USER: -7_403_190_553, Asked.TEAM: -5_218_804_117, Asked.DAY: date(1203, 4, 1)},
    {Asked.USER: -8_117_336_030, Asked.TEAM: -6_902_155_731, Asked.DAY: date(1711, 9, 26)},
)


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


def _worded(build, role, in_a_team, on_a_day):
    """The SQL, and its parameters in order, with an `Asked` for each that is the reader's own."""
    (sql, first), (other_sql, second) = (
        build(
            _somebody(one[Asked.USER], role, one[Asked.TEAM] if in_a_team else None),
            *([one[Asked.DAY]] if on_a_day else []),
        ).query.sql_with_params()
        for one in STAND_INS
    )
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
