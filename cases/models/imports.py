"""What came in from an extract of nDelius, what was turned away, and what somebody must look at.

Source: the import contract of the public nDelius documents.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.models.case import Case


class ImportRun(models.Model):
    """One extract read, with what became of its lines."""

    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT)
    source = models.CharField(max_length=300)  # the folder's own name, not its path
    provider_code = models.CharField(max_length=10, blank=True)
    extracted_at = models.DateTimeField(null=True)
    counts = models.JSONField()  # {kind: {read, created, updated, unchanged, rejected}}
    remarks = models.JSONField(
        default=dict
    )  # {"unmapped": {path: times}, "placeholders": {...}, "held": {table: highest key before}}
    seconds = models.FloatField()

    def __str__(self):
        return f"{self.source} {self.at:%Y-%m-%d %H:%M}"


class Reject(models.Model):
    """A line or a field that did not land, and why."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="rejects")
    file = models.CharField(max_length=200)
    line = models.IntegerField()
    field = models.CharField(max_length=200, blank=True)  # blank: the whole line
    reason = models.CharField(max_length=300)
    kind = models.CharField(max_length=30, blank=True)
    crn = models.CharField(max_length=10, blank=True)

    def __str__(self):
        return f"{self.file}:{self.line}"


class Unmapped(models.Model):
    """What a document says that no column of ours holds, kept so that nothing is lost."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="unmapped")
    kind = models.CharField(max_length=30)
    source_id = models.CharField(max_length=60)
    document = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="unmapped_once", fields=["case", "kind", "source_id"])
        ]

    def __str__(self):
        return f"{self.case_id} {self.kind} {self.source_id}"


class CodeToReview(models.Model):
    """A code the extract used that our lists do not hold, kept as given."""

    list_name = models.CharField(max_length=40)
    code = models.CharField(max_length=80)
    name = models.CharField(max_length=1000, blank=True)
    times = models.IntegerField(default=1)
    first_seen = models.ForeignKey(ImportRun, on_delete=models.PROTECT)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="code_to_review_once", fields=["list_name", "code"])
        ]

    def __str__(self):
        return f"{self.list_name} {self.code}"


class IssueQuerySet(models.QuerySet):
    def unsettled(self):
        return self.filter(settled_on=None)


class Issue(models.Model):
    """Something in a case's data that a person must put right."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="issues")
    kind = models.CharField(max_length=40)  # such as no_birth_date, limited_without_list
    what = models.CharField(max_length=300)
    raised_on = models.DateField()
    settled_on = models.DateField(null=True)

    objects = IssueQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="issue_once_open", fields=["case", "kind"], condition=Q(settled_on=None)
            )
        ]

    def __str__(self):
        return f"{self.case_id} {self.kind}"
