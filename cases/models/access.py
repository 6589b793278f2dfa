"""Who may see a case besides its team, from whom it is kept, and who is told when it is opened.

Source: nDelius limited access: an exclusion names who may not open, a restriction who alone may.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now, TruncDate

from cases.reference.codes import Capacity
from staff.models import Team
from staff.permissions import BY_A_GROUP_ALONE
from staff.reference import tracked


class LimitQuerySet(models.QuerySet):
    def against(self, user):
        """The limits that shut this user out at this moment."""
        named = Named.objects.live().filter(user=user)
        return self.filter(
            Q(pk__in=named.filter(let_in=False).values("limit"))
            | (Q(restricted=True) & ~Q(pk__in=named.filter(let_in=True).values("limit")))
        )


@tracked
class Limit(models.Model):
    """Limited access to a case. Restricted: only those let in. Otherwise: all but those kept out."""

    case = models.OneToOneField(
        "cases.Case", primary_key=True, on_delete=models.PROTECT, related_name="limit"
    )
    restricted = models.BooleanField()
    message = models.CharField(max_length=500)
    ask = models.CharField(max_length=200)  # whom to ask
    safety = models.CharField(max_length=300, blank=True)  # travels without opening the case
    # False: nobody told us who may open it, so those let in follow the case's officer and team
    listed = models.BooleanField(default=True, db_default=True)

    objects = LimitQuerySet.as_manager()

    def __str__(self):
        return str(self.case_id)


class NamedQuerySet(models.QuerySet):
    def live(self):
        return self.filter(Q(until_at=None) | Q(until_at__gt=Now()))


@tracked
class Named(models.Model):
    """A member of staff let in to a case of limited access, or kept out of it."""

    limit = models.ForeignKey(Limit, on_delete=models.PROTECT, related_name="named")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    let_in = models.BooleanField()
    until_at = models.DateTimeField(null=True)  # set for an emergency view
    reason = models.CharField(max_length=500, blank=True)

    objects = NamedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="named_once", fields=["limit", "user"], condition=Q(until_at=None)
            ),
            models.CheckConstraint(
                name="named_emergency_has_reason",
                condition=Q(until_at=None) | (Q(let_in=True) & ~Q(reason="")),
            ),
        ]

    def __str__(self):
        return f"{self.limit_id} {self.user_id}"


class AssignmentQuerySet(models.QuerySet):
    def live(self):
        """In force now. Access is only ever asked of the present, so the database's own day serves."""
        return self.on(TruncDate(Now()))

    def on(self, today):
        return self.filter(Q(to_on=None) | Q(to_on__gte=today), from_on__lte=today)

    def held_by(self, user):
        return self.filter(Q(user=user) | Q(team__isnull=False, team=user.team_id))

    def of_the_whole_case(self):
        """Without those opened for the keeping of the register of a group, or for a meeting at the gate, and for no more."""
        by_group = Q(capacity=Capacity.GROUP, user__role__in=list(BY_A_GROUP_ALONE))
        return self.exclude(by_group | Q(capacity=Capacity.GATE))


@tracked
class Assignment(models.Model):
    """Work on a case given to someone other than its responsible officer, from one day to another."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="assignments")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT)
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT)
    capacity = models.CharField(max_length=12, choices=Capacity.choices())
    from_on = models.DateField()
    to_on = models.DateField(null=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="assignment_to_user_or_team",
                condition=Q(user=None, team__isnull=False) | Q(user__isnull=False, team=None),
            ),
            models.CheckConstraint(
                name="assignment_ends_after_start", condition=Q(to_on__gte=F("from_on"))
            ),
        ]

    def __str__(self):
        return f"{self.case_id} {self.capacity}"


class NoticeQuerySet(models.QuerySet):
    def to(self, user):
        """What this member of staff has been told and has not yet said they have read, latest first."""
        return self.filter(user=user, seen_at=None).order_by("-at", "-pk")


class Notice(models.Model):
    """Something a member of staff is told at once about a case. Holds no name of a person on it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notices"
    )
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="notices")
    text = models.CharField(max_length=700)
    href = models.CharField(max_length=200, blank=True, db_default="", default="")  # the exact item
    # It asks for nothing and is about nobody's safety: it may be said to be read together with others
    for_information = models.BooleanField(default=False, db_default=False)
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(name="notice_unseen", fields=["user", "-at"], condition=Q(seen_at=None))
        ]

    def __str__(self):
        return f"{self.case_id} {self.user_id}"
