"""Rows of many cases from which several questions before unpaid work are answered: read once, and handed on.

Each is {key of the case: [rows]}, in the order in which they were recorded, in one statement.
"""

from collections import defaultdict
from dataclasses import dataclass

from cases.models import Enquiry, Registration, RelatedPerson, Restriction, Sentence


@dataclass(frozen=True, slots=True)
class Rows:
    """{key of the case: [rows]} of each."""

    registers: dict
    restrictions: dict
    enquiries: dict
    people: dict  # around them, now
    sentences: dict  # that run


def rows_of(keys):
    """Of many cases, in five statements."""
    return Rows(
        registers=current_registers(keys),
        restrictions=standing_restrictions(keys),
        enquiries=enquiries_of(keys),
        people=_by_case(RelatedPerson.objects.filter(case__in=keys, to_on=None)),
        sentences=_by_case(Sentence.objects.current().filter(case__in=keys)),
    )


def rows_beside(case, strip):
    """Of one, in a statement: the rest was read for the `strip` at the top of its page (`CaseHeader.rows`)."""
    return Rows(
        registers=_of(case, strip.registers),
        restrictions=standing_restrictions([case.pk]),
        enquiries=_of(case, strip.enquiries),
        people=_of(case, strip.people),
        sentences=_of(case, strip.sentences),
    )


def current_registers(keys):
    """The registers that somebody is on."""
    return _by_case(Registration.objects.current().filter(case__in=keys))


def standing_restrictions(keys):
    """What orders keep somebody from, as it is worded now; some of it may be over, or still to begin."""
    return _by_case(Restriction.objects.standing().filter(case__in=keys))


def enquiries_of(keys):
    """Every enquiry that was made or is owed."""
    return _by_case(Enquiry.objects.filter(case__in=keys).dated_anew())


def _of(case, rows):
    found = defaultdict(list)
    found[case.pk] = sorted(rows, key=lambda one: one.pk)
    return found


def _by_case(rows):
    found: defaultdict[int, list] = defaultdict(list)
    for one in rows.order_by("pk"):
        found[one.case_id].append(one)
    return found
