"""What the provider decides for itself, dated and versioned; and the code lists staff pick from.

Source: each policy's file names its own source or says "local policy".
"""

from django.conf import settings
from django.db import models


class PolicyQuerySet(models.QuerySet):
    def in_force(self, name, today):
        """The version of this policy that holds on this day, latest first."""
        return self.filter(name=name, from_on__lte=today).order_by("-from_on", "-version")


class Policy(models.Model):
    """One version of one policy. Never changed: a new version supersedes it from its own date."""

    name = models.CharField(max_length=40)  # such as checks, grid
    version = models.PositiveIntegerField()
    from_on = models.DateField()
    body = models.JSONField()
    source = models.CharField(max_length=300)
    reason = models.CharField(max_length=500, blank=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT)
    set_at = models.DateTimeField(auto_now_add=True)

    objects = PolicyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="policy_version_once", fields=["name", "version"])
        ]

    def __str__(self):
        return f"{self.name} {self.version}"


class ReferenceCodeQuerySet(models.QuerySet):
    def current(self, list_name, today):
        """What may still be picked from this list."""
        return self.filter(list_name=list_name).exclude(ended_on__lte=today)


class ReferenceCode(models.Model):
    """A code of nDelius that nothing branches on: only picked from, or named on a page."""

    list_name = models.CharField(max_length=40)
    code = models.CharField(max_length=80)
    name = models.CharField(max_length=1000)
    ended_on = models.DateField(null=True)
    facts = models.JSONField(default=dict)  # further columns of the list

    objects = ReferenceCodeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="reference_code_once", fields=["list_name", "code"])
        ]

    def __str__(self):
        return f"{self.list_name} {self.code}"
