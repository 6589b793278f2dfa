"""An officer's word that fewer rehabilitation activity days than the court ordered are enough.

Source: supervision reference 2.4 (the court fixes a maximum; the responsible officer decides). The activities
themselves are `cases.models.appointments.RarActivity`.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.models.sentence import Requirement
from staff.reference import tracked


class RarEnoughQuerySet(models.QuerySet):
    def standing(self):
        """Not taken back by planning more."""
        return self.filter(withdrawn_on=None)


@tracked
class RarEnough(models.Model):
    """No more days are needed under this requirement, because ... The requirement itself runs on."""

    requirement = models.ForeignKey(Requirement, on_delete=models.PROTECT, related_name="enough")
    because = models.CharField(max_length=300)
    said_on = models.DateField()
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_on = models.DateField(null=True)

    objects = RarEnoughQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="rar_enough_says_why", condition=~Q(because="")),
            models.CheckConstraint(
                name="rar_enough_withdrawn_after_said",
                condition=Q(withdrawn_on=None) | Q(withdrawn_on__gte=F("said_on")),
            ),
            models.UniqueConstraint(
                name="rar_enough_once", fields=["requirement"], condition=Q(withdrawn_on=None)
            ),
        ]

    def __str__(self):
        return f"{self.requirement_id} {self.said_on}"
