"""What a court asks about somebody, and the line it is answered with the same day."""

from django.db import models
from django.db.models import F, Q

from cases.models.case import Case
from cases.models.holding import staff_member
from cases.reference.courts import CourtWants, SentBy
from staff.reference import tracked


class CourtRequestQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(replied_at=None, withdrawn_at=None)


@tracked
class CourtRequest(models.Model):
    """Asked by a court, answered by us: who asked, what for, by when, and what we said."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="court_requests")
    court = models.CharField(max_length=200)
    asked_by = models.CharField(max_length=200)  # the court officer, and how to reach them
    wants = models.CharField(max_length=11, choices=CourtWants.choices())
    words = models.CharField(max_length=500, blank=True)  # the question as it was put
    asked_at = models.DateTimeField()
    needed_by = models.DateTimeField()
    recorded_by = staff_member(null=False)
    reply = models.TextField(blank=True)
    replied_at = models.DateTimeField(null=True)
    replied_by = staff_member()
    sent_by = models.CharField(max_length=9, choices=SentBy.choices(), blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = staff_member()
    withdrawn_because = models.CharField(max_length=300, blank=True)

    objects = CourtRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="court_request_needed_after_asked", condition=Q(needed_by__gte=F("asked_at"))
            ),
            models.CheckConstraint(
                name="court_request_replied_with_words",
                condition=Q(replied_at=None) | ~Q(reply="") & ~Q(sent_by=""),
            ),
            models.CheckConstraint(
                name="court_request_withdrawn_for_a_reason",
                condition=Q(withdrawn_at=None) | ~Q(withdrawn_because=""),
            ),
        ]
        indexes = [
            models.Index(
                name="court_request_waiting",
                fields=["needed_by", "case"],
                condition=Q(replied_at=None, withdrawn_at=None),
            )
        ]

    def __str__(self):
        return f"{self.case_id} {self.asked_at}"
