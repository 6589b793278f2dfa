"""Who holds a case, who may answer in their place, who has left, and whom its limits shut out.

Source: product rules, limited access; alerts of an absent owner go to named cover.
"""

from collections import defaultdict

from django.db.models import Max, OuterRef, Subquery

from cases.models import Absence, Assignment, Departure, Limit, Named
from cases.reference.codes import Capacity
from cases.rules.departures import has_left
from staff.models import User


def last_days(users):
    """{key: last day} of these members of staff who are leaving or have left, by what was arranged."""
    arranged = Departure.objects.filter(user__in=users, cancelled_on=None)
    return dict(arranged.values_list("user").annotate(last=Max("last_on")))


def gone_of(users, today):
    """Keys of those of these members of staff whose last day has passed."""
    return {user for user, last_on in last_days(users).items() if has_left(last_on, today)}


def last_day_of(user):
    """The same last day as a column, of the user in that one of the rows; null where nothing is arranged."""
    arranged = Departure.objects.filter(user=OuterRef(user), cancelled_on=None)
    return Subquery(arranged.order_by("-last_on").values("last_on")[:1])


def who_goes_on(officer, user, today):
    """Who sees somebody next: whoever did, or this user where nobody did or they have left."""
    return user if officer is None or gone_of([officer.pk], today) else officer


class Shut:
    """Whom the limits of one case shut out of holding it."""

    def __init__(self, restricted=False, let_in=(), kept_out=()):
        self.restricted = restricted
        self.let_in, self.kept_out = set(let_in), set(kept_out)

    def among(self, users):
        """Of these, by key, those who are shut out."""
        if not self.restricted:
            return self.kept_out & set(users)
        return {one for one in users if one in self.kept_out or one not in self.let_in}


def shut_out_of(case_ids):
    """{key of the case: Shut} of each of these cases, in two statements.

    Where nobody told us who may open a case, those let in follow whoever holds it: it shuts nobody out beforehand.
    """
    limits = Limit.objects.filter(pk__in=case_ids).in_bulk()
    named: defaultdict[int, dict] = defaultdict(lambda: {True: [], False: []})
    rows = Named.objects.live().filter(limit__in=limits)
    for limit, user, let_in in rows.values_list("limit", "user", "let_in"):
        named[limit][let_in].append(user)
    return {
        pk: Shut(limits[pk].restricted and limits[pk].listed, named[pk][True], named[pk][False])
        if pk in limits
        else Shut()
        for pk in case_ids
    }


def covers(user, absent, today):
    """Whether this user covers for somebody who is away today. `absent`: their key, or None."""
    return Absence.objects.on(today).filter(user=absent, cover=user).exists() if absent else False


def holds_or_covers(case, user, today):
    """Whether a case is this user's to speak for: as its officer, or as cover."""
    if case.officer_id == user.pk or covers(user, case.officer_id, today):
        return True
    assigned = Assignment.objects.on(today).filter(case=case, capacity=Capacity.COVER)
    return assigned.held_by(user).exists()


def covers_to_come(user, today):
    """Absences of this user that are not over and have somebody who works here to cover."""
    absences = Absence.objects.filter(user=user, cancelled_on=None, to_on__gte=today)
    return absences.filter(cover__is_active=True).select_related("cover").order_by("pk")


def active_holder(case):
    """The officer of a case whose account is open, or None."""
    return User.objects.filter(pk=case.officer_id, is_active=True).first()
