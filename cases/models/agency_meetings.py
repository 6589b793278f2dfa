"""Meetings of several agencies about somebody: asked to, reported to, gone to, and what we are to do. Minutes are restricted.

Source: supervision reference 3.3; report 2.1. What we are to do is an action of the plan (`PlanAction.meeting`), with its clock.
"""

from django.db import models
from django.db.models import Q

from cases.models.case import Case
from cases.models.documents import Document
from cases.models.holding import staff_member
from cases.models.person import RelatedPerson
from cases.reference.agency_meetings import AgencyMeetingKind, TookPart
from staff.reference import tracked


class AgencyMeetingQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(called_off_on=None)

    def unanswered(self):
        """Nobody has said yet whether we took part."""
        return self.standing().filter(took_part=TookPart.NOT_SAID)


@tracked
class AgencyMeeting(models.Model):
    """One meeting. `held_at` is when it is to be, or was; a meeting moved keeps its row."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="agency_meetings")
    kind = models.CharField(max_length=10, choices=AgencyMeetingKind.choices())
    about = models.ForeignKey(  # the child or adult it is about, where that is somebody else
        RelatedPerson, null=True, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    held_at = models.DateTimeField()
    where = models.CharField(max_length=200)  # the place, or how to join
    chair = models.CharField(max_length=200, blank=True)  # name, agency and how to reach them
    invited_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = staff_member(null=False)
    report_by_on = models.DateField(null=True)  # null: no report is asked for
    report_sent_on = models.DateField(null=True)
    report_words = models.CharField(max_length=500, blank=True)  # what it said, in short
    took_part = models.CharField(max_length=10, choices=TookPart.choices(), blank=True)
    went = staff_member()
    came_to = models.TextField(blank=True)  # what was decided, in our words: read on the case
    answered_at = models.DateTimeField(null=True)
    answered_by = staff_member()
    next_on = models.DateField(null=True)
    minutes = models.TextField(blank=True)  # restricted: what the agencies said of others
    minutes_came_on = models.DateField(null=True)
    document = models.ForeignKey(
        Document, null=True, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    called_off_on = models.DateField(null=True)
    called_off_because = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=0)

    objects = AgencyMeetingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="agency_meeting_says_what_it_came_to",
                condition=Q(took_part=TookPart.NOT_SAID)
                | Q(answered_at__isnull=False) & ~Q(came_to=""),
            ),
            models.CheckConstraint(
                name="agency_meeting_gone_to_by_somebody",
                condition=~Q(took_part=TookPart.WENT) | Q(went__isnull=False),
            ),
            models.CheckConstraint(
                name="agency_meeting_called_off_for_a_reason",
                condition=Q(called_off_on=None) | ~Q(called_off_because=""),
            ),
        ]
        indexes = [models.Index(name="agency_meeting_by_day", fields=["held_at", "case"])]

    def __str__(self):
        return f"{self.case_id} {self.kind} {self.held_at}"
