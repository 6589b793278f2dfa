"""A set of keys given to PostgreSQL as one array, which is read far quicker than thousands of values.

Source: measured on the caseload of the demonstration: a third of the time of a run went on the lists.
"""

from django.db.models.expressions import RawSQL


def among(ids):
    """For `filter(case__in=among(ids))`: the same rows as `case__in=ids`. `ids`: keys, or rows."""
    keys = [getattr(one, "pk", one) for one in ids]
    return RawSQL("SELECT unnest(%s::bigint[])", [keys]) if keys else []
