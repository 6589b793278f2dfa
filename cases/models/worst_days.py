"""A charge with a serious further offence, a complaint, and what somebody said when asked whether they would harm themselves.

Source: `cases.reference.worst_days`.
"""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from cases.models.case import Case
from cases.models.holding import staff_member
from cases.reference.worst_days import ComplaintFrom, Upheld, WelfareAnswer, WelfareWhen
from staff.reference import tracked


class FurtherOffenceQuerySet(models.QuerySet):
    def standing(self):
        """Recorded, and not found to have been a mistake."""
        return self.filter(set_aside_at=None)


@tracked
class FurtherOffence(models.Model):
    """Charged with a serious further offence. What was known that day is kept as it was, word for word."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="further_offences")
    charged_on = models.DateField()
    offence = models.CharField(max_length=300)
    told_by = models.CharField(max_length=200)  # who told us
    learnt_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = staff_member(null=False)
    known = models.JSONField()  # the case as known then; never written again
    sealed = models.CharField(max_length=64)  # SHA-256 of it in hexadecimal
    limited_by_it = models.BooleanField(default=False)  # the case had no limit before
    notified_on = models.DateField(null=True)
    notified_whom = models.CharField(max_length=200, blank=True)
    notified_by = staff_member()
    reviewed_on = models.DateField(null=True)  # the review of it was handed in
    reviewed_by = staff_member()
    learnt = models.TextField(blank=True)  # what the review teaches
    set_aside_at = models.DateTimeField(null=True)
    set_aside_by = staff_member()
    set_aside_because = models.CharField(max_length=500, blank=True)

    objects = FurtherOffenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="further_offence_notified_to_somebody",
                condition=Q(notified_on=None)
                | Q(notified_on__gte=F("charged_on")) & ~Q(notified_whom=""),
            ),
            models.CheckConstraint(
                name="further_offence_reviewed_with_words",
                condition=Q(reviewed_on=None) | ~Q(learnt=""),
            ),
            models.CheckConstraint(
                name="further_offence_set_aside_for_a_reason",
                condition=Q(set_aside_at=None) | ~Q(set_aside_because=""),
            ),
        ]
        # The database itself refuses to write again what was known that day
        triggers = [pgtrigger.ReadOnly(name="known_stays", fields=["known", "sealed"])]

    def __str__(self):
        return f"{self.case_id} {self.charged_on}"


class ComplaintQuerySet(models.QuerySet):
    def unanswered(self):
        return self.filter(answered_on=None)

    def told_to(self, user):
        """Of those in reach, those that this member of staff may be told of: none that is about them."""
        return self.exclude(about=user)


@tracked
class Complaint(models.Model):
    """Somebody is not content with what we did: heard, answered, learnt from. Not read by whom it is about."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="complaints")
    made_by = models.CharField(max_length=8, choices=ComplaintFrom.choices())
    who = models.CharField(max_length=200)  # whoever makes it
    about = staff_member()  # the member of staff it is about; null: about nobody in particular
    words = models.TextField()  # in their words
    wants = models.TextField(blank=True)  # what would put it right
    received_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = staff_member(null=False)
    handler = staff_member()  # who answers; null: nobody named yet
    acknowledged_on = models.DateField(null=True)
    outcome = models.CharField(max_length=9, choices=Upheld.choices(), blank=True)
    answer = models.TextField(blank=True)
    learnt = models.TextField(blank=True)
    answered_on = models.DateField(null=True)
    answered_by = staff_member()
    version = models.PositiveIntegerField(default=0)

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="complaint_answered_with_words",
                condition=Q(answered_on=None, outcome=Upheld.NOT_ANSWERED)
                | Q(answered_on__gte=F("received_on"))
                & ~Q(outcome=Upheld.NOT_ANSWERED)
                & ~Q(answer=""),
            ),
            models.CheckConstraint(
                name="complaint_not_handled_by_whom_it_is_about",
                condition=Q(about=None)
                | (Q(handler=None) | ~Q(handler=F("about")))
                & (Q(answered_by=None) | ~Q(answered_by=F("about"))),
            ),
        ]
        indexes = [
            models.Index(
                name="complaint_unanswered",
                fields=["received_on", "case"],
                condition=Q(answered_on=None),
            )
        ]

    def __str__(self):
        return f"{self.case_id} {self.received_on}"


@tracked
class WelfareCheck(models.Model):
    """Asked whether they think of harming themselves: when, what they said, and what was done about it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="welfare_checks")
    moment = models.CharField(max_length=7, choices=WelfareWhen.choices())
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=9, choices=WelfareAnswer.choices())
    words = models.TextField(blank=True)  # theirs, or why they could not be asked
    done = models.TextField(blank=True)  # what we did, and who was told
    recorded_at = models.DateTimeField()
    recorded_by = staff_member(null=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="welfare_check_followed_by_something",
                condition=Q(answer=WelfareAnswer.NO) | ~Q(done=""),
            )
        ]
        indexes = [models.Index(name="welfare_check_latest", fields=["case", "-asked_at"])]

    def __str__(self):
        return f"{self.case_id} {self.asked_at}"
