"""Of what is owed, what waits until a senior has decided first: its row says so, and whose turn it is.

Asked in the statement that reads the rows, and only of the kinds of which it can be true.
"""

from django.db.models import BooleanField, Exists, OuterRef, Value, When
from django.db.models import Case as Cases

from cases.models import Deadline
from cases.reference.deadlines import BROUGHT_TO_THE_SENIOR, ONCE_DECIDED


def undecided(path=""):
    """For `annotate`: whether a senior has yet to decide. `path`: to the deadline, ending in two underscores."""
    waits = Deadline.objects.unmet().filter(kind__in=BROUGHT_TO_THE_SENIOR, case=OuterRef("case"))
    of = When(**{f"{path}kind__in": ONCE_DECIDED}, then=Exists(waits))
    return Cases(of, default=Value(False), output_field=BooleanField())


def mark_undecided(owed):
    """The same of all that one case owes, read already."""
    waits = any(one.kind in BROUGHT_TO_THE_SENIOR for one in owed)
    for one in owed:
        one.undecided = waits and one.kind in ONCE_DECIDED
