"""Keys looked up before anything else, so that indexes lead from them to the rows.

Left to itself the database reads every row to ask of each whether its key is among those of a subquery that stands beside
an OR, and joins the dozen tables of a list before it asks whose cases they are about: it orders no more than eight at once.
"""

from django.db.models import BooleanField, F, Func, Q, Subquery
from django.db.models.expressions import RawSQL


class _Keys(Subquery):
    empty_result_set_value = NotImplemented  # where there can be none, nothing is asked


def looked_up(field, keys):
    """Of rows whose `field` is a key, those whose key is one of these. `keys`: a queryset, or what is made of one once."""
    found = Func(
        F(field),
        keys if isinstance(keys, RawSQL) else _Keys(keys),
        template="(%(expressions)s))",
        arg_joiner=" = ANY(ARRAY",
        output_field=BooleanField(),
    )
    return Q(found)
