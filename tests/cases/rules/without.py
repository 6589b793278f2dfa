"""Runs the tests of a module of rules with one rule left out, and says whether any of them notices.

Source: the work's own demand that the test which fails when a rule is deleted exists.
"""

from inspect import signature
from itertools import islice, product
from unittest import mock

import pytest


def notices(rules, tests, left_out):
    """Whether a test of `tests` fails once `left_out` is not among the RULES of the module `rules`."""
    remaining = tuple(one for one in rules.RULES if one is not left_out)
    with mock.patch.object(rules, "RULES", remaining):
        return any(_fails(test, given) for test in _tests_of(tests) for given in _givens(test))


def _tests_of(module):
    """Those that ask for no fixture and draw nothing at random, and do not count the rules themselves."""
    named = [one for name, one in sorted(vars(module).items()) if name.startswith("test_")]
    plain = [one for one in named if not hasattr(one, "hypothesis")]
    return [one for one in plain if "RULES" not in one.__code__.co_names and not _fixtures(one)]


def _fixtures(test):
    laid_out = {name for given in islice(_givens(test), 1) for name in given}
    return signature(test).parameters.keys() - laid_out


def _givens(test):
    """The arguments of each case of a test, as its `parametrize` marks lay them out."""
    tables = [
        _table(mark) for mark in getattr(test, "pytestmark", []) if mark.name == "parametrize"
    ]
    for rows in product(*tables):
        yield {name: value for row in rows for name, value in row.items()}


def _table(mark):
    names, values = mark.args[:2]
    names = [one.strip() for one in names.split(",")] if isinstance(names, str) else list(names)
    rows = [one.values if isinstance(one, type(pytest.param())) else one for one in values]
    if len(names) == 1:
        rows = [row if isinstance(row, tuple) and len(row) == 1 else (row,) for row in rows]
    return [dict(zip(names, row, strict=True)) for row in rows]


def _fails(test, given):
    try:
        test(**given)
    except (AssertionError, LookupError, ValueError, pytest.fail.Exception):
        return True
    return False
