"""The one door to a case, for pages and API alike."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import register_converter

from cases.models import Case
from cases.models.worded_once import worded_once
from cases.reference.endings import ONCE_ENDED
from cases.reference.holding import LeftAs
from staff.access import marked, staff_view
from staff.audit import record
from staff.permissions import reach

__all__ = ["Closed", "Masked", "case_view", "find_case", "staff_view"]

READ_WITH_IT = ("standing", "limit", "officer", "team")  # what the top of every page says of it


class CRN:
    """Letters and digits, as nDelius and its test systems write them."""

    regex = "[A-Za-z0-9]{1,10}"
    to_python = to_url = str


register_converter(CRN, "crn")


class Masked(PermissionDenied):
    """The case is kept from this user. Carries the only three things they may be told."""

    def __init__(self, crn, message, ask):
        super().__init__(f"{message} Ask {ask}.")
        self.crn, self.message, self.ask = crn, message, ask


class Closed(PermissionDenied):
    """The case has been brought to its end here, and this would write on it."""

    def __init__(self):
        super().__init__(
            "This case has been brought to its end here, so nothing more is written on it. A senior probation officer "
            "opens it again where supervision goes on."
        )


def find_case(user, action, crn):
    """The case, with an entry in the audit trail whether or not it was shown.

    403 when this role may never do this, when the case is kept from this user, and then the refusal
    says whom to ask, or when it has ended and this would write on it; 404 when it is out of reach.
    """
    try:
        case = _find(user, action, crn)
    except (Http404, PermissionDenied):
        record(by=user, action=action, crn=crn, refused=True)
        raise
    record(by=user, action=action, crn=crn)
    return case


def _find(user, action, crn):
    if not reach(user.role, action):
        raise PermissionDenied
    found = _open_to(user, action, crn)
    if not found:
        in_reach = Case.objects.within_reach(user, action).filter(crn=crn)
        if masked := in_reach.masked_to(user).first():
            raise Masked(*masked)
        raise Http404
    (case,) = found
    if case.left_as == LeftAs.ENDED and action not in ONCE_ENDED:
        raise Closed
    return case


@worded_once
def _open_to(user, action, crn):
    return Case.objects.open_to(user, action).filter(crn=crn).select_related(*READ_WITH_IT)


def case_view(action):
    """Mark a page as being about one case, reached in order to take `action`."""

    def decorate(view):
        @login_required
        @wraps(view)
        def page(request, crn, **kwargs):
            return view(request, find_case(request.user, action, crn), **kwargs)

        return marked(page, action)

    return decorate
