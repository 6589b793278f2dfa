"""The victim liaison officer of a case, and each thing they must hear. Never a word of who or where a victim is.

Source: `cases.reference.victim_liaison`.
"""

from django.db import models
from django.db.models import F, Q

from cases.models.case import Case
from cases.models.holding import staff_member
from cases.reference.victim_liaison import ToldHow, VictimCause
from staff.reference import tracked


class VictimLiaisonQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(ended_on=None)


@tracked
class VictimLiaison(models.Model):
    """Who in the NPS speaks to the victim of a case, and how we reach them."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="victim_liaison")
    officer = models.CharField(max_length=200)
    unit = models.CharField(max_length=200)
    reach = models.CharField(max_length=300)  # telephone and secure e-mail
    since_on = models.DateField()
    recorded_by = staff_member(null=False)
    ended_on = models.DateField(null=True)
    ended_because = models.CharField(max_length=300, blank=True)

    objects = VictimLiaisonQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="victim_liaison_one", fields=["case"], condition=Q(ended_on=None)
            ),
            models.CheckConstraint(
                name="victim_liaison_ends_for_a_reason",
                condition=Q(ended_on=None) | Q(ended_on__gte=F("since_on")) & ~Q(ended_because=""),
            ),
        ]

    def __str__(self):
        return f"{self.case_id}"


class VictimNoticeQuerySet(models.QuerySet):
    def owed(self):
        return self.filter(answered_at=None)


@tracked
class VictimNotice(models.Model):
    """Something has happened that the victim liaison officer must hear: told, or not needed and why."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="victim_notices")
    cause = models.CharField(max_length=9, choices=VictimCause.choices())
    key = models.CharField(max_length=60)  # what happened, so that it is raised once
    happened_on = models.DateField()
    words = models.CharField(max_length=300)  # what happened, for staff
    raised_at = models.DateTimeField()
    raised_by = staff_member()  # null: by itself
    told_on = models.DateField(null=True)  # null once answered: it was not needed
    told_whom = models.CharField(max_length=200, blank=True)
    told_how = models.CharField(max_length=9, choices=ToldHow.choices(), blank=True)
    said = models.TextField(blank=True)  # what we told them, or why it is not needed
    answered_at = models.DateTimeField(null=True)
    answered_by = staff_member()

    objects = VictimNoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="victim_notice_once", fields=["case", "cause", "key"]),
            models.CheckConstraint(
                name="victim_notice_answered_with_words",
                condition=Q(answered_at=None) | ~Q(said=""),
            ),
            models.CheckConstraint(
                name="victim_notice_told_to_somebody",
                condition=Q(told_on=None, told_whom="", told_how="")
                | Q(told_on__isnull=False, answered_at__isnull=False)
                & ~Q(told_whom="")
                & ~Q(told_how=""),
            ),
        ]
        indexes = [
            models.Index(
                name="victim_notice_owed",
                fields=["happened_on", "case"],
                condition=Q(answered_at=None),
            )
        ]

    def __str__(self):
        return f"{self.case_id} {self.cause}"
