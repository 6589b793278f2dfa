"""A risk put to the NPS: why, and each step until somebody there has the case or it stays ours.

Source: product rules, GRID ("escalation is a case").
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.models import Case
from grid.reference.escalation import EscalationState


class EscalationQuerySet(models.QuerySet):
    def unsettled(self):
        return self.filter(closed_on=None)


class Escalation(models.Model):
    """A risk escalation to the NPS. Until a named NPS officer accepts, the CRC officer owns the case."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="escalations")
    because = models.CharField(max_length=300)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)
    outcome = models.CharField(max_length=200, blank=True)
    state = models.CharField(
        max_length=12,
        choices=EscalationState.choices(),
        default=EscalationState.OPENED,
        db_default=EscalationState.OPENED,
    )
    # What is done until the NPS has the case: contact at least weekly, who is protected and how
    meanwhile = models.TextField(blank=True, default="", db_default="")

    objects = EscalationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="escalation_one_open_per_case", fields=["case"], condition=Q(closed_on=None)
            ),
            models.CheckConstraint(
                name="escalation_closed_says_outcome",
                condition=Q(closed_on=None, outcome="")
                | (Q(closed_on__isnull=False) & ~Q(outcome="")),
            ),
        ]

    def __str__(self):
        return str(self.case_id)


class EscalationStep(models.Model):
    """One step of an escalation: what was said or decided, by whom and when. Never changed, only added to."""

    escalation = models.ForeignKey(Escalation, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=12, choices=EscalationState.choices())
    words = models.TextField(blank=True)
    outside = models.CharField(max_length=200, blank=True)  # the NPS office or officer who spoke
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="+",
    )

    def __str__(self):
        return f"{self.escalation_id} {self.state}"
