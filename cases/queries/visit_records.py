"""What is known when a visit is recorded of what might follow from it. Source: product rules, checks."""

from dateutil.relativedelta import relativedelta
from django.db.models import Q

from cases.reference.checks import OPEN_STATES, CheckKind, EnquiryState
from cases.rules.checks import NOT_AN_ANSWER, how_it_stands

LATELY = relativedelta(months=6)


def asked_about_children(case, today):
    """How the latest enquiry to children's social care stands that is open, or was answered in the last half-year.

    Blank where there is none: then children who were seen call for one.
    """
    answered = Q(state=EnquiryState.ANALYSED, replied_on__gte=today - LATELY) & ~Q(
        reply__in=NOT_AN_ANSWER
    )
    found = case.enquiries.filter(Q(state__in=OPEN_STATES) | answered, kind=CheckKind.CHILDREN)
    one = found.order_by("-triggered_on", "-pk").first()
    return how_it_stands(one, today) if one else ""
