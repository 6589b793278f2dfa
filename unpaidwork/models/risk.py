"""The risk of somebody at unpaid work, and what each flag of theirs means on a site.

Source: unpaid work reference 5 and 6a; report 4.1.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.models import Case, Registration, Restriction
from staff.reference import tracked
from unpaidwork.reference.risk import Choice, RiskState


class WorkRiskQuerySet(models.QuerySet):
    def drafts(self):
        return self.filter(state=RiskState.DRAFT)

    def in_force(self):
        """Signed, and by no later one replaced: at most one a case. Whether it is out of date is a rule's."""
        return self.filter(state=RiskState.SIGNED)


@tracked
class WorkRisk(models.Model):
    """One risk assessment for unpaid work. `answers`: by the codes of `unpaidwork.reference.risk_questions`.

    An answer is {"said": code, "words": text, "source": text, "on": day}; what was not answered is absent. Once
    signed it is never changed, only replaced.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="work_risks")
    state = models.CharField(max_length=8, choices=RiskState.choices(), default=RiskState.DRAFT)
    answers = models.JSONField(default=dict)
    women_choice = models.CharField(
        max_length=10, choices=Choice.choices(), default=Choice.NOT_ASKED
    )
    begun_on = models.DateField()
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    signed_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    good_until = models.DateField(null=True)  # its last day, once signed
    evidence = models.JSONField(default=dict)  # facts, versions of rules and policy

    objects = WorkRiskQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="work_risk_one_draft", fields=["case"], condition=Q(state=RiskState.DRAFT)
            ),
            models.UniqueConstraint(
                name="work_risk_one_in_force", fields=["case"], condition=Q(state=RiskState.SIGNED)
            ),
            models.CheckConstraint(
                name="work_risk_signed_whole",
                condition=Q(state=RiskState.DRAFT)
                | Q(signed_at__isnull=False, signed_by__isnull=False, good_until__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.case_id} {self.state}"


class InstructionQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(ended_on=None)


@tracked
class Instruction(models.Model):
    """What one flag or order means for whoever supervises on site. A change ends the row and makes another.

    Without a name or an address of anybody it protects, and without the story of an offence.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="work_instructions")
    registration = models.ForeignKey(
        Registration, null=True, on_delete=models.PROTECT, related_name="instructions"
    )
    restriction = models.ForeignKey(
        Restriction, null=True, on_delete=models.PROTECT, related_name="instructions"
    )
    must_not = models.CharField(max_length=500, blank=True)  # what you must not allow
    watch_for = models.CharField(max_length=500, blank=True)
    do = models.CharField(max_length=500)  # what to do
    ring = models.CharField(max_length=200)  # and whom to ring, by role and number
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    review_on = models.DateField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    ended_on = models.DateField(null=True)
    ended_because = models.CharField(max_length=300, blank=True)

    objects = InstructionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="instruction_says_what_to_do", condition=~Q(do="") & ~Q(ring="")
            ),
            models.CheckConstraint(
                name="instruction_of_a_flag_or_an_order",
                condition=Q(registration__isnull=False, restriction=None)
                | Q(registration=None, restriction__isnull=False),
            ),
            models.CheckConstraint(
                name="instruction_ends_for_a_reason",
                condition=Q(ended_on=None) | ~Q(ended_because=""),
            ),
            models.UniqueConstraint(
                name="instruction_once",
                fields=["registration", "restriction"],
                condition=Q(ended_on=None),
                nulls_distinct=False,
            ),
        ]

    def __str__(self):
        return f"{self.case_id} {self.registration_id or self.restriction_id}"
