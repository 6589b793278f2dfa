"""That a risk of this case is put to the NPS, where everybody sees it first: the case is ours all the same.

Source: product rules, GRID (until a named NPS officer accepts, the CRC officer owns it). The escalation itself is the
GRID's; here it is known by the clocks that run while the NPS has something to decide.
"""

from django.urls import reverse

from cases.models import Deadline
from cases.models.worded_once import worded_once
from cases.reference.holding import WITH_THE_NPS
from staff.kit import Link
from staff.permissions import Action

OURS = "ours until a named NPS officer accepts"


def put_to_the_nps(case, may):
    """The words, and where they lead for those who may read it; None where nothing is under way."""
    if not _put_to_them(case.pk):
        return None
    may_read = Action.VIEW_MOVEMENTS in may
    return Link(OURS, reverse("escalation", args=[case.crn]) if may_read else "")


@worded_once
def _put_to_them(case):
    owed = Deadline.objects.filter(case=case).unmet().ours().filter(kind__in=WITH_THE_NPS)
    return owed.order_by().values_list("pk", flat=True)[:1]
