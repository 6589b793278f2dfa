"""Who of the hub works on what, and what the officer is asked meanwhile. What is owed is a `Deadline`, as everywhere.

Source: architecture ("the hub queue is a reading of the table of deadlines"); features 88 and 89.
"""

from django.db import models
from django.db.models import F, Q

from cases.models.deadlines import Deadline
from cases.models.holding import staff_member
from cases.reference.enforcement import ClaimEnd
from cases.reference.holding import LeftAs


class ClaimQuerySet(models.QuerySet):
    def live(self):
        return self.filter(ended_at=None)


class Claim(models.Model):
    """Somebody of the hub works on an item of the queue. One at a time; put back when nobody has worked on it for a while."""

    deadline = models.ForeignKey(Deadline, on_delete=models.PROTECT, related_name="claims")
    by = staff_member(null=False)
    at = models.DateTimeField()
    worked_at = models.DateTimeField()  # when they last did something on it
    ended_at = models.DateTimeField(null=True)
    ended = models.CharField(max_length=8, choices=ClaimEnd.choices(), blank=True)
    words = models.CharField(max_length=500, blank=True)  # why it was returned

    objects = ClaimQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="claim_one_live", fields=["deadline"], condition=Q(ended_at=None)
            ),
            models.CheckConstraint(
                name="claim_ended_whole",
                condition=Q(ended_at=None, ended="") | (Q(ended_at__isnull=False) & ~Q(ended="")),
            ),
            models.CheckConstraint(
                name="claim_worked_on_since", condition=Q(worked_at__gte=F("at"))
            ),
            models.CheckConstraint(
                name="claim_returned_for_a_reason",
                condition=~Q(ended=ClaimEnd.RETURNED) | ~Q(words=""),
            ),
        ]
        indexes = [models.Index(name="claim_live", fields=["by", "at"], condition=Q(ended_at=None))]

    def __str__(self):
        return f"{self.deadline_id} {self.by_id}"


class HubQuestionQuerySet(models.QuerySet):
    def open(self):
        return self.filter(answered_at=None, taken_back_at=None)

    def unheard(self, now):
        """Open past their hour on what is still to be done, and no senior has been told."""
        owed = self.open().filter(until__lte=now, senior_told_at=None, deadline__met_on=None)
        return owed.filter(deadline__paused_on=None, deadline__case__left_as=LeftAs.STILL_HERE)

    def needless(self):
        """Open on what is done, or on a case that has left us."""
        left = ~Q(deadline__case__left_as=LeftAs.STILL_HERE)
        return self.open().filter(left | Q(deadline__met_on__isnull=False))


class HubQuestion(models.Model):
    """What the hub asks the officer about an item, until an hour; then the senior hears."""

    deadline = models.ForeignKey(Deadline, on_delete=models.PROTECT, related_name="questions")
    asks = models.CharField(max_length=500)
    returned = models.BooleanField(default=False)  # it comes back once that is put right
    asked_at = models.DateTimeField()
    asked_by = staff_member(null=False)
    until = models.DateTimeField()
    senior_told_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=1000, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = staff_member()
    taken_back_at = models.DateTimeField(null=True)

    objects = HubQuestionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="hub_question_one_open",
                fields=["deadline"],
                condition=Q(answered_at=None, taken_back_at=None),
            ),
            models.CheckConstraint(
                name="hub_question_answered_in_words",
                condition=Q(answered_at=None) | ~Q(answer=""),
            ),
        ]
        indexes = [
            models.Index(
                name="hub_question_open",
                fields=["until"],
                condition=Q(answered_at=None, taken_back_at=None),
            )
        ]

    def __str__(self):
        return str(self.deadline_id)
