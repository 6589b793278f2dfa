"""What reaches a session from the site: what tablets sent, what happened there, and the watch over who is alone.

Source: unpaid work reference 6; product rules, evidence.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.models import Case, Information
from staff.reference import tracked
from unpaidwork.models.sessions import Attendance, WorkSession
from unpaidwork.reference.sessions import IncidentKind, SyncState


class SyncQuerySet(models.QuerySet):
    def waiting(self):
        """What does not agree with what stands, until somebody has chosen."""
        return self.filter(state=SyncState.CONFLICT, settled_at=None)


class Sync(models.Model):
    """One thing a tablet sent, by the key the tablet gave it, so that it is written once. Never changed."""

    key = models.UUIDField(primary_key=True)
    session = models.ForeignKey(WorkSession, on_delete=models.PROTECT, related_name="syncs")
    device = models.UUIDField()
    attendance = models.ForeignKey(
        Attendance, null=True, on_delete=models.PROTECT, related_name="syncs"
    )
    sent = models.JSONField()
    state = models.CharField(max_length=8, choices=SyncState.choices())
    because = models.CharField(max_length=300, blank=True)  # of a conflict: what stands against it
    wrote = models.PositiveIntegerField(null=True)  # the version of the attendance that it made
    said_at = models.DateTimeField()  # by the tablet's clock
    at = models.DateTimeField()  # by ours
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True)  # a conflict, by whoever chose
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = SyncQuerySet.as_manager()

    def __str__(self):
        return str(self.key)


class IncidentQuerySet(models.QuerySet):
    def unanswered(self):
        """What our side has not yet said what it did about. What the officer read is the information's."""
        return self.filter(answered_at=None)


@tracked
class Incident(models.Model):
    """What happened on site, nearly happened, or was told us. What follows is owed through `information`."""

    session = models.ForeignKey(WorkSession, on_delete=models.PROTECT, related_name="incidents")
    case = models.ForeignKey(
        Case, null=True, on_delete=models.PROTECT, related_name="work_incidents"
    )
    kind = models.CharField(max_length=10, choices=IncidentKind.choices())
    words = models.TextField()
    harm = models.BooleanField()  # somebody could be hurt
    information = models.ForeignKey(Information, null=True, on_delete=models.PROTECT)
    at = models.DateTimeField()
    key = models.UUIDField(null=True)  # the tablet's own, of what it sent late
    said_at = models.DateTimeField(null=True)  # by its clock; null: said as it was sent
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answer = models.TextField(blank=True)  # what was done about it on our side
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = IncidentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="incident_sent_once", fields=["key"], condition=Q(key__isnull=False)
            ),
            models.CheckConstraint(name="incident_says_what", condition=~Q(words="")),
            models.CheckConstraint(
                name="incident_answered_whole",
                condition=Q(answer="", answered_at=None, answered_by=None)
                | (~Q(answer="") & Q(answered_at__isnull=False, answered_by__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(name="incident_unanswered", fields=["at"], condition=Q(answered_at=None))
        ]

    def __str__(self):
        return f"{self.session_id} {self.kind}"


class SiteWatchQuerySet(models.QuerySet):
    def under_way(self):
        return self.filter(safe_at=None)

    def unheard_of(self, now):
        return self.under_way().filter(call_by__lte=now)


@tracked
class SiteWatch(models.Model):
    """A supervisor alone on site, until they have said that they are safe."""

    session = models.ForeignKey(WorkSession, on_delete=models.PROTECT, related_name="watches")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    began_at = models.DateTimeField()
    call_by = models.DateTimeField()
    safe_at = models.DateTimeField(null=True)
    safe_said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    alerted = models.PositiveSmallIntegerField(default=0)  # steps of the ladder that were told

    objects = SiteWatchQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="site_watch_once", fields=["session", "user"], condition=Q(safe_at=None)
            ),
            models.CheckConstraint(
                name="site_watch_ends_whole",
                condition=Q(safe_at=None, safe_said_by=None)
                | Q(safe_at__isnull=False, safe_said_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="site_watch_under_way", fields=["call_by"], condition=Q(safe_at=None))
        ]

    def __str__(self):
        return f"{self.session_id} {self.user_id}"
