"""Whose unpaid work is ours to see to: those we supervise, and those the NPS manages who work with us.

Source: unpaid work reference 5 and 10 (NPS-retained persons in the provider's unpaid work need the NPS officer's
information too): nobody of ours holds such a case, so what is owed of it is the coordinator's.
"""

from django.db.models import Exists, OuterRef, Q

from cases.models import Case
from staff.permissions import Role
from unpaidwork.models import Work


def concerned():
    """Cases supervised now that are ours, or that the NPS manages and unpaid work was taken up of."""
    works = Work.objects.filter(case=OuterRef("pk"))
    return Case.objects.supervised().filter(Q(retained_by="") | Exists(works))


def owner_of(case):
    """Whose it is, of what an officer owes of their own people; None: as the kind of deadline says."""
    return Role.COORDINATOR if case.retained_by else None


def counts_from(case, arrived_on, today):
    """From when something of this case is owed: nothing that is owed of an imported one was owed before we knew."""
    if case.retained_by:
        return today if case.imported and not case.taken_up_on else arrived_on
    return max(filter(None, (arrived_on, case.taken_up_on)))


def is_owed(case):
    """Whether clocks run on it: of an imported case of ours only once somebody has taken it up."""
    return bool(case.retained_by or not case.imported or case.taken_up_on)
