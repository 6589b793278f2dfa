"""The provider's teams, the staff in them, and the trail of what they did and saw.

Source of the shape: providers, clusters and teams as nDelius codes them.
"""

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q

from staff.permissions import Role
from staff.reference import Grade, StatedSex


class Provider(models.Model):
    """An organisation that manages cases: a CRC, or a division of the NPS."""

    code = models.CharField(max_length=10, unique=True)
    name = models.CharField(max_length=200)
    nps = models.BooleanField()

    def __str__(self):
        return self.name


class LocalDeliveryUnit(models.Model):
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="units")
    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=200)

    def __str__(self):
        return self.name


class Team(models.Model):
    unit = models.ForeignKey(LocalDeliveryUnit, on_delete=models.PROTECT, related_name="teams")
    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=200)

    def __str__(self):
        return self.name


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old),
    exclude=["password", "last_login"],
)
class User(AbstractUser):
    """A member of staff. `staff_code` is theirs in nDelius, and how an extract names them."""

    role = models.CharField(max_length=20, choices=Role.choices())
    grade = models.CharField(
        max_length=10, blank=True, choices=[(grade.value, grade.title) for grade in Grade]
    )
    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.PROTECT, related_name="members"
    )
    staff_code = models.CharField(max_length=20, null=True, blank=True, unique=True)
    uses_shortcuts = models.BooleanField(default=True)
    # For alerts while somebody is on a home visit; blank: not known
    mobile = models.CharField(max_length=20, blank=True, default="", db_default="")
    # For people whom a woman, or a man, must not supervise; blank: not asked
    sex = models.CharField(
        max_length=8, choices=StatedSex.choices(), blank=True, default="", db_default=""
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="user_grade_is_an_officers", condition=Q(grade="") | Q(role=Role.OFFICER)
            ),
        ]

    @property
    def name(self):
        return self.get_full_name() or self.username


class Entry(models.Model):
    """One thing done to or seen of a case, or refused. The database will not change or delete it."""

    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT)
    action = models.CharField(max_length=60)
    crn = models.CharField(max_length=10, blank=True)
    refused = models.BooleanField(default=False)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(name="entry_of_a_case", fields=["crn", "-at"]),
            models.Index(name="entry_by_a_person", fields=["by", "-at"]),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self):
        return f"{self.action} {self.crn}".strip()


class Heartbeat(models.Model):
    """When a process that serves nobody directly was last known to be alive."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()

    def __str__(self):
        return self.name


class DraftQuerySet(models.QuerySet):
    def open_to_others(self, user, page, since):
        """Of somebody else on the same page, who was there at that moment or later and has not sent it."""
        here = self.filter(page=page, seen_at__gte=since).exclude(user=user)
        return here.exclude(sent_at__gte=F("seen_at"))

    def spent(self, words_before, empty_before):
        """Nobody comes back to these: words kept before the one moment, or pages open before the other."""
        return self.filter(
            Q(saved_at__lt=words_before) | Q(saved_at__isnull=True, seen_at__lt=empty_before)
        )


class Draft(models.Model):
    """What somebody has typed on a page and not yet sent: kept for them alone, until they send it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    page = models.CharField(max_length=200)  # its address, which names nobody but by CRN
    fields = models.JSONField(default=dict)  # {name: [values]}, as the browser sends them
    saved_at = models.DateTimeField(null=True)  # null: the page is open, and nothing typed yet
    opened_at = models.DateTimeField()  # since when the page has been open
    seen_at = models.DateTimeField()  # when the page was last known to be open
    sent_at = models.DateTimeField(null=True)  # what was drawn before this has been sent

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(name="draft_once", fields=["user", "page"])]
        indexes = [models.Index(name="draft_on_a_page", fields=["page", "seen_at"])]

    def __str__(self):
        return f"{self.user_id} {self.page}"
