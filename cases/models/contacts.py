"""The log of contact with and about a person.

Source: nDelius contact, appointment and activity log documents.
"""

from django.db import models
from django.db.models import Q

from cases.models.case import Case
from cases.models.sentence import Requirement, Sentence


class ContactQuerySet(models.QuerySet):
    def appointments(self):
        """Those that stand: neither moved nor called off. Kept, missed and to come are among them."""
        return self.filter(appointment=True).exclude(booking__called_off_at__isnull=False)

    def to_come(self, now):
        return self.appointments().filter(started_at__gt=now, outcome_code="")


class Contact(models.Model):
    """One line of the log: what happened, with whom, and what came of it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="contacts")
    sentence = models.ForeignKey(Sentence, null=True, on_delete=models.PROTECT)
    requirement = models.ForeignKey(Requirement, null=True, on_delete=models.PROTECT)
    source_id = models.CharField(max_length=60)
    type_code = models.CharField(max_length=80)
    type_name = models.CharField(max_length=200, blank=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    appointment = models.BooleanField(default=False)  # has attendance and an outcome
    national_standard = models.BooleanField(default=False)
    system_generated = models.BooleanField(default=False)
    outcome_code = models.CharField(max_length=40, blank=True)
    outcome_name = models.CharField(max_length=200, blank=True)
    attended = models.BooleanField(null=True)
    complied = models.BooleanField(null=True)
    enforcement_code = models.CharField(max_length=20, blank=True)
    enforcement_name = models.CharField(max_length=200, blank=True)
    minutes_credited = models.IntegerField(null=True)
    rar_activity = models.BooleanField(default=False)
    sensitive = models.BooleanField(default=False)  # not for the person, nor for handouts
    notes = models.TextField(blank=True)
    staff_code = models.CharField(max_length=80, blank=True)
    staff_name = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=200, blank=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="contact_once", fields=["case", "source_id"], condition=~Q(source_id="")
            )
        ]
        indexes = [
            models.Index(name="contact_log", fields=["case", "-started_at", "-id"]),
            models.Index(  # to come, or past and still to be logged
                name="contact_without_outcome",
                fields=["case", "started_at"],
                condition=Q(appointment=True, outcome_code=""),
            ),
        ]

    def __str__(self):
        return f"{self.case_id} {self.type_code}"
