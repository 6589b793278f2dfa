"""Overrides of a gate: asked for, decided by somebody else, running out to whoever approved them.

Source: product rules, override.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.models.assessments import Assessment
from cases.models.case import Case
from cases.models.sentence_plans import Plan
from cases.reference.overrides import OVERRIDE_OPEN, Act, OverrideState
from staff.reference import tracked


class OverrideQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state__in=OVERRIDE_OPEN)

    def waiting(self):
        return self.filter(state=OverrideState.ASKED)

    def in_force(self, today):
        return self.filter(state=OverrideState.APPROVED, expires_on__gte=today)

    def run_out(self, today):
        """Approved, and past its last day: to be said so."""
        return self.filter(state=OverrideState.APPROVED, expires_on__lt=today)


@tracked
class Override(models.Model):
    """Going ahead although gates of one act are shut. `gaps`: their keys, as the rules name them."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="overrides")
    act = models.CharField(max_length=10, choices=Act.choices())
    assessment = models.ForeignKey(
        Assessment, null=True, on_delete=models.PROTECT, related_name="overrides"
    )
    plan = models.ForeignKey(Plan, null=True, on_delete=models.PROTECT, related_name="overrides")
    state = models.CharField(
        max_length=9, choices=OverrideState.choices(), default=OverrideState.ASKED
    )
    gaps = models.JSONField()  # keys
    sentences = models.JSONField()  # what each said, as it was asked
    unknown = models.TextField()  # what is unknown
    read_and_asked = models.TextField()  # what I read and whom I asked
    why_safer = models.TextField()  # why going ahead is safer than waiting
    who_is_protected = models.TextField()  # meanwhile, and how
    who_was_told = models.TextField()
    what_closes_it = models.TextField()
    expires_on = models.DateField()  # by when
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decision_note = models.CharField(max_length=500, blank=True)
    opened_case = models.BooleanField(null=True)  # whether the approver had opened the case since
    sampled = models.BooleanField(default=False)  # a head of service reads it
    read_at = models.DateTimeField(null=True)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    read_note = models.CharField(max_length=500, blank=True)
    closed_on = models.DateField(null=True)
    closed_how = models.CharField(max_length=500, blank=True)

    objects = OverrideQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="override_of_what_it_acts_on",
                condition=Q(act=Act.ASSESSMENT, assessment__isnull=False, plan=None)
                | Q(act=Act.PLAN, plan__isnull=False, assessment=None)
                | Q(act=Act.ALLOCATION, plan=None, assessment=None),
            ),
            models.CheckConstraint(
                name="override_says_everything",
                condition=~Q(unknown="")
                & ~Q(read_and_asked="")
                & ~Q(why_safer="")
                & ~Q(who_is_protected="")
                & ~Q(who_was_told="")
                & ~Q(what_closes_it=""),
            ),
            models.CheckConstraint(
                name="override_not_approved_by_whoever_asked",
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")),
            ),
            models.CheckConstraint(
                name="override_closed_says_how",
                condition=~Q(state=OverrideState.CLOSED)
                | Q(closed_on__isnull=False) & ~Q(closed_how=""),
            ),
        ]
        indexes = [
            models.Index(
                name="override_open",
                fields=["case"],
                condition=Q(state__in=sorted(OVERRIDE_OPEN)),
            )
        ]

    def __str__(self):
        return f"{self.case_id} {self.act}"
