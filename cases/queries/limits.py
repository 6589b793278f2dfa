"""Cases that may be opened in emergency: restricted, never excluded, and out of the user's sight.

Source: product rules, limited access.
"""

from cases.models import Case, Limit, Named
from staff.permissions import Action


def closed_by_restriction(user, crn):
    """The limit that only a restriction makes, and that shuts this user out; None for any other.

    Somebody named as kept out is excluded, and no emergency opens an excluded case to them.
    """
    in_reach = Case.objects.within_reach(user, Action.OPEN_IN_EMERGENCY).filter(crn=crn)
    kept_out = Named.objects.live().filter(user=user, let_in=False)
    limits = Limit.objects.against(user).filter(restricted=True, case__in=in_reach)
    return limits.exclude(pk__in=kept_out.values("limit")).select_related("case").first()
