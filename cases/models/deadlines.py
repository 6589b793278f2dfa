"""What is owed on a case, by whom and by when; and the flags raised when it is late.

Source: architecture, deadlines; product rules, clocks and checks.
"""

from django.db import models
from django.db.models import F, Q

from cases.models.case import Case
from cases.reference.checks import EnquiryState
from cases.reference.codes import CaseState
from cases.reference.deadlines import ABOUT, CHECK_KINDS, KINDS
from staff.permissions import Role


class DeadlineQuerySet(models.QuerySet):
    def unmet(self):
        return self.filter(met_on=None)

    def overdue(self, today):
        """Unmet, and the last day on which it was on time has passed."""
        return self.unmet().filter(due_on__lt=today)

    def of_checks(self):
        return self.filter(kind__in=CHECK_KINDS)

    def ours(self):
        """Of cases supervised by this provider, not kept by the NPS."""
        return self.filter(case__state=CaseState.SUPERVISED, case__retained_by="")

    def unanswered(self, since):
        """Where a concern is open and the agency, asked by that day, has said nothing."""
        return self.filter(
            enquiry__state=EnquiryState.SENT,
            enquiry__sent_on__lte=since,
            case__standing__concern=True,
        )


class Deadline(models.Model):
    """Something owed on a case. Services open and meet it; nothing else does."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="deadlines")
    kind = models.CharField(max_length=30, choices=[(k.code, k.title) for k in KINDS.values()])
    enquiry = models.ForeignKey(
        "cases.Enquiry", null=True, on_delete=models.PROTECT, related_name="deadlines"
    )
    reading = models.ForeignKey(
        "cases.Reading",
        null=True,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="deadlines",
    )
    action = models.ForeignKey(
        "cases.PlanAction",
        null=True,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="deadlines",
    )
    override = models.ForeignKey(
        "cases.Override",
        null=True,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="deadlines",
    )
    route = models.ForeignKey(
        "cases.RouteDecision",
        null=True,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="deadlines",
    )
    appointment = models.ForeignKey(
        "cases.Appointment",
        null=True,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="deadlines",
    )
    review = models.ForeignKey(
        "cases.Review",
        null=True,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="deadlines",
    )
    recommendation = models.ForeignKey(
        "cases.Recommendation",
        null=True,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="deadlines",
    )
    owner_role = models.CharField(max_length=20, choices=Role.choices())
    triggered_on = models.DateField()
    due_on = models.DateField()
    met_on = models.DateField(null=True)
    void = models.BooleanField(default=False)  # met because it is no longer owed, not because done
    why = models.CharField(max_length=200)  # the rule and the fact behind it, for staff

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="deadline_due_after_trigger", condition=Q(due_on__gte=F("triggered_on"))
            ),
            models.UniqueConstraint(
                name="deadline_one_unmet",
                fields=["case", "kind", *ABOUT],
                condition=Q(met_on=None),
                nulls_distinct=False,
            ),
        ]
        indexes = [
            models.Index(name="deadline_unmet", fields=["due_on", "case"], condition=Q(met_on=None))
        ]

    def __str__(self):
        return f"{self.case_id} {self.kind}"


class FlagQuerySet(models.QuerySet):
    def raised(self):
        """Not yet closed."""
        return self.filter(closed_on=None)

    def spent(self):
        """Raised over what is owed no more: done, void, or no longer ours to do."""
        ours = Q(case__state=CaseState.SUPERVISED, case__retained_by="")
        return self.raised().filter(Q(deadline__met_on__isnull=False) | ~ours)


class Flag(models.Model):
    """Says that something owed is late. Raised once, climbs its ladder, closes itself."""

    deadline = models.OneToOneField(Deadline, on_delete=models.PROTECT, related_name="flag")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="flags")
    why = models.CharField(max_length=300)
    told = models.CharField(max_length=20, choices=Role.choices())
    raised_on = models.DateField()
    climbed_on = models.DateField(null=True)  # when it last moved up the ladder
    closed_on = models.DateField(null=True)

    objects = FlagQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="flag_closed_after_raised",
                condition=Q(closed_on=None) | Q(closed_on__gte=F("raised_on")),
            )
        ]
        indexes = [
            models.Index(name="flag_raised", fields=["told", "case"], condition=Q(closed_on=None))
        ]

    def __str__(self):
        return f"{self.case_id} {self.deadline_id}"
