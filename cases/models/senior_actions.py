"""What a senior asks an officer to do on a case, until it is done with words that say so.

Source: product rules, oversight ("actions agreed in supervision become deadlines").
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.models.case import Case
from cases.reference.senior_actions import SeniorActionState
from staff.reference import tracked


class SeniorActionQuerySet(models.QuerySet):
    def unsettled(self):
        return self.filter(state=SeniorActionState.OPEN)


@tracked
class SeniorAction(models.Model):
    """One thing to be done on a case. Its clock is the officer's who holds the case, whoever that comes to be."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="senior_actions")
    what = models.TextField()
    why = models.TextField()
    owner = models.ForeignKey(  # who held the case when it was asked for
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="asked_to_do"
    )
    due_on = models.DateField()
    asked_on = models.DateField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(
        max_length=9, choices=SeniorActionState.choices(), default=SeniorActionState.OPEN
    )
    settled_because = models.TextField(
        blank=True
    )  # what was done, or why it is no longer asked for
    settled_on = models.DateField(null=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = SeniorActionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="senior_action_due_after_asked",
                condition=Q(due_on__gte=models.F("asked_on")),
            ),
            models.CheckConstraint(
                name="senior_action_settled_whole",
                condition=Q(
                    state=SeniorActionState.OPEN,
                    settled_on=None,
                    settled_by=None,
                    settled_because="",
                )
                | Q(
                    state__in=[SeniorActionState.DONE, SeniorActionState.WITHDRAWN],
                    settled_on__isnull=False,
                    settled_by__isnull=False,
                )
                & ~Q(settled_because=""),
            ),
        ]

    def __str__(self):
        return f"{self.case_id} {self.state}"
