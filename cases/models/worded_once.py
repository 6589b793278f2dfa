"""Rows that are read with a statement worded once a process.

To put a queryset of a dozen joins into SQL takes Django longer than the database takes to answer it, each time anew.
What `made_once` is to a queryset that stands within another, this is to one that is read by itself. The same holds of
it: it is worded for two who do not exist, what differs between them is asked anew of each, and where that is anything
but the reader's own key and team, or what is handed over, it is not worded at all.
"""

from copy import copy
from datetime import UTC, date, datetime, time
from enum import Enum
from functools import wraps

from django.core.exceptions import EmptyResultSet
from django.db import connection, connections
from django.db.models import Prefetch

from cases.models.made_once import STAND_INS, Asked, NotOfThisReaderAlone, asks_nothing, somebody
from staff.models import User

APART = 977  # keys and days that are handed over beside each other differ by so much
WORDED_FOR_EACH = bool | tuple | Enum


def worded_once(build):
    """What is read of the queryset `build(*asked)`, as a list: models with what they select, values or tuples.

    `asked`: members of staff, of whom their key, role and team may be asked; keys of rows; CRNs; days and moments. It is
    worded for each role, and for each switch, choice or tuple of codes that it is asked with.
    """
    made: dict[tuple, _Worded | None] = {}

    @wraps(build)
    def read(*asked):
        shape = tuple(map(_shape, asked))
        if shape not in made:
            with asks_nothing(build):
                made[shape] = _worded(build, shape)
        worded = made[shape]
        return worded.read(asked) if worded else []

    return read


class _Worded:
    def __init__(self, rows, compiler, sql, values):
        self.rows, self.compiler, self.sql, self.values = rows, compiler, sql, values

    def read(self, asked):
        own = [one for each in asked for one in _own(each)]
        values = tuple(own[one] if isinstance(one, _Place) else one for one in self.values)
        rows = self.rows.all()
        rows.query.get_compiler = _Spoken(self.compiler, self.sql, values)
        return list(rows)


class _Spoken:
    """Stands in a query where it would be worded, and gives the words that there are."""

    def __init__(self, compiler, sql, values):
        self.compiler, self.sql, self.values = compiler, sql, values

    def __call__(self, using=None, **_elsewhere):
        ready = copy(self.compiler)
        ready.connection = connections[using]
        ready.as_sql = lambda *_args, **_options: (self.sql, self.values)
        return ready


class _Place(int):
    """Where among what is asked a value is found."""


def _own(asked):
    return [asked.pk, asked.team_id] if isinstance(asked, User) else [asked]


def _shape(asked):
    """(what it is, what it is worded for)"""
    if isinstance(asked, User):
        return User, (asked.role, asked.team_id is not None)
    return (None, asked) if isinstance(asked, WORDED_FOR_EACH) else (type(asked), None)


def _worded(build, shape):
    """Worded for both, the same; None where neither can have rows."""
    (rows, compiler, words), (others_rows, _, others) = (
        _said(build, shape, which) for which in (0, 1)
    )
    if _read_after(rows) != _read_after(others_rows):
        raise NotOfThisReaderAlone(
            f"{build.__qualname__} reads rows after its own by what it is asked."
        )
    if words is None and others is None:
        return None
    (sql, first), (other_sql, second) = words or ("", ()), others or ("", ())
    if sql != other_sql or len(first) != len(second):
        raise NotOfThisReaderAlone(f"{build.__qualname__} is worded otherwise for another reader.")
    own = [list(_stand_ins(shape, which)) for which in (0, 1)]
    places = list(zip(*([one for each in some for one in _own(each)] for some in own), strict=True))
    values = [_placed(build, pair, places) for pair in zip(first, second, strict=True)]
    return _Worded(rows, compiler, sql, values)


def _read_after(rows):
    """What is prefetched by a queryset of its own, as words and values: it is kept as it is, and not asked anew."""
    own = [one.queryset for one in rows._prefetch_related_lookups if isinstance(one, Prefetch)]
    return [(one.query.sql_with_params(), _read_after(one)) for one in own if one is not None]


def _said(build, shape, which):
    """(the rows, what words them, their words and values)"""
    rows = build(*_stand_ins(shape, which))
    compiler = rows.query.get_compiler(connection=connection)
    try:
        words = compiler.as_sql()
    except EmptyResultSet:
        words = None
    compiler.connection = None  # which is that of whoever asked first
    return rows, compiler, words


def _stand_ins(shape, which):
    for place, (kind, worded_for) in enumerate(shape):
        yield _stand_in(kind, worded_for, STAND_INS[which], APART * place)


def _stand_in(kind, worded_for, of, apart):
    """Somebody or something that is not there. Of another kind it raises KeyError."""
    if kind is None:
        return worded_for
    if kind is User:
        role, in_a_team = worded_for
        return somebody(of[Asked.USER] - apart, role, of[Asked.TEAM] - apart if in_a_team else None)
    day = date.fromordinal(of[Asked.DAY].toordinal() + apart)
    return {
        int: of[Asked.OF] - apart,
        str: f"none {of[Asked.OF] - apart}",
        date: day,
        datetime: datetime.combine(day, time(), UTC),
    }[kind]


def _placed(build, pair, places):
    value, other = pair
    if value == other and (value == date.max or not isinstance(value, date)):
        return value
    if pair in places:
        return _Place(places.index(pair))
    raise NotOfThisReaderAlone(f"{build.__qualname__} reckons from what it is asked: {value!r}.")
