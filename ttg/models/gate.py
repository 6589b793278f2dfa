"""The hand-over to the responsible officer, and meeting somebody at the gate.

Source: Through the Gate reference 6, 7; report 4.2 (T1, T2).
"""

from django.db import models
from django.db.models import Q

from cases.models.holding import staff_member
from staff.reference import tracked
from ttg.models.custody import Custody
from ttg.reference.hand_over import HandOverState, MetState


class HandOverQuerySet(models.QuerySet):
    def unanswered(self):
        return self.filter(state=HandOverState.OFFERED)

    def accepted(self):
        return self.filter(state=HandOverState.ACCEPTED)


@tracked
class HandOver(models.Model):
    """What Through the Gate tells the officer before release. The officer accepts it, or asks first."""

    custody = models.OneToOneField(Custody, on_delete=models.PROTECT, related_name="hand_over")
    met_on = models.DateField()  # when those who know them spoke
    how = models.CharField(max_length=100)
    who_came = models.CharField(max_length=500)
    minutes = models.TextField()
    watch_for = models.TextField(blank=True)  # risk in the first days
    state = models.CharField(
        max_length=8, choices=HandOverState.choices(), default=HandOverState.OFFERED
    )
    offered_at = models.DateTimeField()
    offered_by = staff_member(null=False)
    asked = models.TextField(blank=True)  # what the officer asked
    asked_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)  # what Through the Gate answered
    accepted_at = models.DateTimeField(null=True)
    accepted_by = staff_member()
    accepted_note = models.CharField(max_length=500, blank=True)
    facts = models.JSONField(
        default=dict
    )  # what was there and what was missing when it was accepted
    version = models.PositiveIntegerField(default=0)

    objects = HandOverQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="hand_over_accepted_by_somebody",
                condition=~Q(state=HandOverState.ACCEPTED)
                | Q(accepted_by__isnull=False, accepted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="hand_over_asked_something",
                condition=~Q(state=HandOverState.QUERIED) | ~Q(asked=""),
            ),
            models.CheckConstraint(
                name="hand_over_has_minutes", condition=~Q(minutes="") & ~Q(who_came="")
            ),
        ]

    def __str__(self):
        return str(self.custody_id)


class GateMeetingQuerySet(models.QuerySet):
    def planned(self):
        return self.filter(state=MetState.PLANNED)


@tracked
class GateMeeting(models.Model):
    """Somebody of ours, or a mentor, is at the gate on the morning of release."""

    custody = models.ForeignKey(Custody, on_delete=models.PROTECT, related_name="gate_meetings")
    meets = staff_member(null=False)
    at = models.DateTimeField()
    where = models.CharField(max_length=300)
    state = models.CharField(max_length=10, choices=MetState.choices(), default=MetState.PLANNED)
    words = models.CharField(max_length=500, blank=True)
    said_at = models.DateTimeField(null=True)
    said_by = staff_member()
    planned_at = models.DateTimeField()
    planned_by = staff_member(null=False)

    objects = GateMeetingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="gate_meeting_one", fields=["custody"], condition=Q(state=MetState.PLANNED)
            ),
            models.CheckConstraint(
                name="gate_meeting_said_by_somebody",
                condition=Q(state=MetState.PLANNED)
                | Q(said_at__isnull=False, said_by__isnull=False),
            ),
            models.CheckConstraint(
                name="gate_meeting_not_met_in_words",
                condition=~Q(state__in=[MetState.NOT_MET, MetState.CALLED_OFF]) | ~Q(words=""),
            ),
        ]
        indexes = [
            models.Index(
                name="gate_meeting_planned", fields=["at"], condition=Q(state=MetState.PLANNED)
            )
        ]

    def __str__(self):
        return f"{self.custody_id} {self.at}"
