"""Resettlement plans, and what the officer says of each thing about risk in them.

Source: Through the Gate reference 2, 3, 7; report 4.2 (T5, T7).
"""

from django.db import models
from django.db.models import Q

from cases.models.holding import staff_member
from staff.reference import tracked
from ttg.models.custody import Custody
from ttg.reference.custody import Agreed, PlanKind, PlanState, RiskAnswer


class ResettlementPlanQuerySet(models.QuerySet):
    def drafts(self):
        return self.filter(state=PlanState.DRAFT)

    def in_force(self):
        """Signed and not replaced: at most one a stay in prison."""
        return self.filter(state=PlanState.SIGNED)

    def finished(self):
        return self.exclude(state=PlanState.DRAFT)


@tracked
class ResettlementPlan(models.Model):
    """One version of the plan. `answers`: by the codes of `ttg.reference.questions`, each {"said": code, "words": text,
    "source": code, "on": day}; what was not answered is absent. Once signed it is never changed, only replaced.
    """

    custody = models.ForeignKey(Custody, on_delete=models.PROTECT, related_name="plans")
    kind = models.CharField(max_length=9, choices=PlanKind.choices())
    state = models.CharField(max_length=8, choices=PlanState.choices(), default=PlanState.DRAFT)
    answers = models.JSONField(default=dict)
    strengths = models.TextField(blank=True)
    own_words = models.TextField(blank=True)  # what the person wants, as they say it
    agreed = models.CharField(max_length=9, choices=Agreed.choices(), default=Agreed.NOT_ASKED)
    agreed_because = models.CharField(max_length=500, blank=True)
    begun_on = models.DateField()
    begun_by = staff_member(null=False)
    version = models.PositiveIntegerField(default=0)
    signed_at = models.DateTimeField(null=True)
    signed_by = staff_member()
    evidence = models.JSONField(default=dict)  # warnings that stood, versions of rules and policy

    objects = ResettlementPlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="resettlement_plan_one_draft",
                fields=["custody"],
                condition=Q(state=PlanState.DRAFT),
            ),
            models.UniqueConstraint(
                name="resettlement_plan_one_in_force",
                fields=["custody"],
                condition=Q(state=PlanState.SIGNED),
            ),
            models.CheckConstraint(
                name="resettlement_plan_signed_whole",
                condition=Q(state=PlanState.DRAFT)
                | Q(signed_at__isnull=False, signed_by__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.custody_id} {self.kind}"


class RiskItemQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(answer=RiskAnswer.WAITING)


@tracked
class RiskItem(models.Model):
    """One thing about risk in a signed plan, and what the responsible officer says of it."""

    plan = models.ForeignKey(ResettlementPlan, on_delete=models.PROTECT, related_name="risk_items")
    question = models.CharField(max_length=40)
    words = models.TextField()  # as the plan has it
    source = models.CharField(max_length=200)
    on = models.DateField()  # as of when
    answer = models.CharField(
        max_length=8, choices=RiskAnswer.choices(), default=RiskAnswer.WAITING
    )
    amended = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = staff_member()

    objects = RiskItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="risk_item_once", fields=["plan", "question"]),
            models.CheckConstraint(
                name="risk_item_answered_whole",
                condition=Q(answer=RiskAnswer.WAITING, answered_by=None)
                | (
                    Q(answered_by__isnull=False, answered_at__isnull=False)
                    & (~Q(answer=RiskAnswer.AMENDED) | ~Q(amended=""))
                ),
            ),
        ]

    def __str__(self):
        return f"{self.plan_id} {self.question}"
