"""When a member of staff is away, and who covers for them.

Source: product rules: alerts of an absent owner go to named cover, or the senior probation officer.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now, TruncDate

from staff.permissions import Role
from staff.reference import tracked


class AbsenceQuerySet(models.QuerySet):
    def on(self, today):
        """Of those who are away on this day."""
        return self.filter(from_on__lte=today, to_on__gte=today, cancelled_on=None)

    def uncovered(self, today):
        """Of those who are away on this day and for whom nobody who is here covers."""
        away = self.on(today)
        here = away.filter(cover__is_active=True).exclude(cover__in=away.values("user"))
        return away.exclude(user__in=here.values("user"))

    def covered_by(self, user):
        """Those for whom this user covers now. Access is only ever asked of the present."""
        return self.on(TruncDate(Now())).filter(cover=user)

    def teams(self):
        """The teams of the seniors among them: whoever covers for a senior answers for their team."""
        seniors = self.filter(user__role=Role.SPO, user__team__isnull=False)
        return seniors.values("user__team")


@tracked
class Absence(models.Model):
    """Away from one day to another, both included. Whoever covers reaches all the cases of the absent."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="absences"
    )
    cover = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="covers"
    )
    from_on = models.DateField()
    to_on = models.DateField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    cancelled_on = models.DateField(null=True)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="absence_ends_after_start", condition=Q(to_on__gte=F("from_on"))
            ),
            models.CheckConstraint(
                name="absence_covered_by_another", condition=Q(cover=None) | ~Q(cover=F("user"))
            ),
        ]
        indexes = [models.Index(name="absence_of_a_user", fields=["user", "to_on"])]

    def __str__(self):
        return f"{self.user_id} {self.from_on}"
