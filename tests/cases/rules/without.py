"""Runs the tests of a module of rules with one rule left out, and says whether any of them notices.

A rule is a function of its RULES; or, where a module has no such table, a statement that finds or refuses something.
Source: the work's own demand that the test which fails when a rule is deleted exists.
"""

import ast
from contextlib import contextmanager, nullcontext
from inspect import getsource, isfunction, signature
from itertools import islice, product
from unittest import mock

import pytest


def notices(rules, tests, left_out):
    """Whether a test of `tests` fails once `left_out` is not among the RULES of the module `rules`."""
    remaining = tuple(one for one in rules.RULES if one is not left_out)
    with mock.patch.object(rules, "RULES", remaining):
        return any(_fails(test, given) for test in _tests_of(tests) for given in _givens(test))


def findings(rules):
    """[(function, which of its statements)] by which the functions of a module find or refuse something, in order."""
    return [
        (one.name, place)
        for one in ast.parse(getsource(rules)).body
        if isinstance(one, ast.FunctionDef)
        for place, node in enumerate(ast.walk(one))
        if _finds(node)
    ]


def misses(rules, tests, finding):
    """Whether a test of one of the modules `tests` fails once this one of the `findings` of `rules` is left out.

    `finding` None: while all of them are there.
    """
    with _left_out(rules, *finding) if finding else nullcontext():
        return any(
            _fails(test, given)
            for module in tests
            for test in _tests_of(module)
            for given in _givens(test)
        )


def _finds(node):
    found = isinstance(node, ast.Expr) and isinstance(node.value, ast.Yield | ast.YieldFrom)
    return found or isinstance(node, ast.Raise)


@contextmanager
def _left_out(rules, function, place):
    """The function does all but that statement, for whoever has imported it as well."""
    tree = ast.parse(getsource(rules))
    node = next(one for one in tree.body if getattr(one, "name", "") == function)
    tree.body[tree.body.index(node)] = _Without(list(ast.walk(node))[place]).visit(node)
    made = {"__name__": rules.__name__}
    exec(compile(ast.fix_missing_locations(tree), rules.__file__, "exec"), made)
    stands = vars(rules)[function]
    assert isfunction(stands)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stands, "__code__", made[function].__code__)
        yield


class _Without(ast.NodeTransformer):
    """Nothing stands in its place: a generator stays one."""

    def __init__(self, left_out):
        self.left_out = left_out

    def generic_visit(self, node):
        if node is not self.left_out:
            return super().generic_visit(node)
        return ast.parse("pass" if isinstance(node, ast.Raise) else "yield from ()").body[0]


def _tests_of(module):
    """Those that ask for no fixture, draw nothing at random and do not count the rules themselves."""
    named = [one for name, one in sorted(vars(module).items()) if name.startswith("test_")]
    plain = [one for one in named if not hasattr(one, "hypothesis")]
    plain = [one for one in plain if "RULES" not in one.__code__.co_names]
    return [one for one in plain if not _fixtures(one)]


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
    except (Exception, pytest.fail.Exception):  # without it what follows may break in any way
        return True
    return False
