"""Where a statement begins, said so that the database cannot choose otherwise."""

from django.db.models import Q
from django.db.models.expressions import RawSQL

from cases.models.looked_up import looked_up


def on_cases(cases, *, few):
    """Of rows about cases, those about these. `few`: they are of a team or an officer, and not of the whole provider.

    `cases`: a queryset, or AMONG of `cases.models.made_once`.
    """
    if not few:
        return Q(case__in=cases)
    return looked_up("case", cases if isinstance(cases, RawSQL) else cases.order_by().values("pk"))
