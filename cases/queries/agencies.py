"""The agency book as it stands, for routing and for its pages.

Source: product rules, checks (who, for which area, how, turnaround).
"""

from cases.models import Agency
from cases.reference.checks import CheckKind
from cases.rules.agencies import Listed


def agencies_now(today):
    """{key: agency} of those that may be asked. One statement."""
    return {one.pk: one for one in Agency.objects.current(today).order_by("pk")}


def as_listed(agencies):
    """The book as the rules know it."""
    return tuple(Listed(one.pk, CheckKind(one.kind), tuple(one.areas)) for one in agencies)
