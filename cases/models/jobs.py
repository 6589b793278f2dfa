"""Runs of the jobs that go through the whole caseload. The row is the truth of a run, not the queue.

Source: what Celery on Redis was measured to lose in a crash; architecture, "the database is the queue".
"""

from django.db import models
from django.db.models import F, Q


class JobRunQuerySet(models.QuerySet):
    def unfinished(self):
        return self.filter(finished_at=None)


class JobRun(models.Model):
    """One run of one job for one slot: a local date, or a local date and hour."""

    job = models.CharField(max_length=40)
    slot = models.CharField(max_length=20)
    today = models.DateField()  # the date the run works to, however late it finishes
    started_at = models.DateTimeField()
    heartbeat_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    after = models.BigIntegerField(default=0)  # the last key done: the next chunk starts above it
    chunks = models.IntegerField(default=0)
    result = models.JSONField(default=dict)  # counts, added up chunk by chunk
    problem = models.CharField(max_length=300, blank=True)  # the kind of error, never its text

    objects = JobRunQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="job_run_once", fields=["job", "slot"]),
            models.CheckConstraint(
                name="job_run_ends_after_start",
                condition=Q(finished_at=None) | Q(finished_at__gte=F("started_at")),
            ),
        ]

    def __str__(self):
        return f"{self.job} {self.slot}"
