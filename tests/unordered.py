"""Rows in another order than they usually come in, wherever a query leaves the order open: `make unordered`.

PostgreSQL promises no order that was not asked for, and keeps to one all the same until it uses the place of a deleted row
again. What hangs on it, in a page or in a test, fails once in many runs; with this it fails in the first.

What it does not reach: the order within a subquery, ties of what is distinct or grouped, queries put together, SQL by hand.
"""

from django.db.models.sql.compiler import SQLCompiler
from django.db.models.sql.constants import MULTI

ask = SQLCompiler.execute_sql


def pytest_configure() -> None:
    SQLCompiler.execute_sql = turned_round


def turned_round(compiler, result_type=MULTI, *how, **more):
    """No order asked for: the last row first. An order that leaves ties, or a part of no order: the row made last first."""
    query = compiler.query
    names = _ordered_by(query)
    if result_type != MULTI or type(compiler).__name__ != SQLCompiler.__name__ or query.combinator:
        return ask(compiler, result_type, *how, **more)
    if not names and not query.is_sliced:
        chunks = ask(compiler, result_type, *how, **more)
        return [[row for chunk in chunks for row in chunk][::-1]]
    if _leaves_ties(query, names):
        turned = compiler.query = query.clone()
        turned.clear_ordering(force=True)
        turned.add_ordering(*names, "-pk" if query.standard_ordering else "pk")
    return ask(compiler, result_type, *how, **more)


def _ordered_by(query):
    own = query.order_by or query.extra_order_by
    return own or (query.default_ordering and query.get_meta() and query.get_meta().ordering) or ()


def _leaves_ties(query, names):
    by_key = any(isinstance(one, str) and one.lstrip("-") in ("pk", "id") for one in names)
    return not (by_key or query.distinct or query.group_by is not None or query.extra_order_by)
