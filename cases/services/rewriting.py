"""Words that somebody writes over what stands, which they may have read without the names of protected people.

Source: product rules, roles and sharing: what a reader is not shown is not lost because they saved what they saw.
"""

from cases.queries.names import names_for
from cases.queries.reach import actions_on


def rewritten(words, stands, *, case, by):
    """What is to be kept. Refused where it cannot be told whose name goes where."""
    return names_for(case, actions_on(case, by)).put_back(words, stands)
