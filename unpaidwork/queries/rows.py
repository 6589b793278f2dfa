"""Rows of many cases from which several questions before unpaid work are answered: read once, and handed on.

Each is {key of the case: [rows]}, in the order in which they were recorded, in one statement.
"""

from collections import defaultdict

from cases.models import Enquiry, Registration, Restriction


def current_registers(keys):
    """The registers that somebody is on."""
    return _by_case(Registration.objects.current().filter(case__in=keys))


def standing_restrictions(keys):
    """What orders keep somebody from, as it is worded now; some of it may be over, or still to begin."""
    return _by_case(Restriction.objects.standing().filter(case__in=keys))


def enquiries_of(keys):
    """Every enquiry that was made or is owed."""
    return _by_case(Enquiry.objects.filter(case__in=keys))


def _by_case(rows):
    found: defaultdict[int, list] = defaultdict(list)
    for one in rows.order_by("pk"):
        found[one.case_id].append(one)
    return found
