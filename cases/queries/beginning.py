"""Where a statement begins, said so that the database cannot choose otherwise.

Left to itself it joins the dozen tables of a list first, and asks last whose cases they are about: it orders no more than
eight tables at once. The keys of a few cases, looked up before, are taken for what everything else begins at.
"""

from django.db.models import BooleanField, F, Func, Q, Subquery
from django.db.models.expressions import RawSQL


class _Keys(Subquery):
    empty_result_set_value = NotImplemented  # where there can be none, nothing is asked


def on_cases(cases, *, few):
    """Of rows about cases, those about these. `few`: they are of a team or an officer, and not of the whole provider.

    `cases`: a queryset, or AMONG of `cases.models.made_once`.
    """
    if not few:
        return Q(case__in=cases)
    found = Func(
        F("case"),
        cases if isinstance(cases, RawSQL) else _Keys(cases.order_by().values("pk")),
        template="(%(expressions)s))",
        arg_joiner=" = ANY(ARRAY",
        output_field=BooleanField(),
    )
    return Q(found)
