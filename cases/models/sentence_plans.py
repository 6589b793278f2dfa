"""Sentence plans: objectives, what happens if, how each requirement is delivered, and routes taken away.

The steps of a plan are `PlanAction`, in `cases.models.plans`. Source: supervision reference 4.3; report 2.2.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.models.assessments import Assessment
from cases.models.case import Case
from cases.models.documents import Document
from cases.models.sentence import LicenceCondition, Requirement
from cases.reference.codes import Sharing
from cases.reference.needs import NeedArea
from cases.reference.plans import Agreed, GivenHow, PlanState, Route
from staff.reference import tracked


class PlanQuerySet(models.QuerySet):
    def unfinished(self):
        return self.filter(state=PlanState.DRAFT)

    def in_force(self):
        """Signed, and by no later one replaced: at most one a case."""
        return self.filter(state=PlanState.SIGNED)


@tracked
class Plan(models.Model):
    """One plan for one case. `answers` holds what is said once a plan, by the codes of its form."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="plans")
    assessment = models.ForeignKey(Assessment, null=True, on_delete=models.PROTECT)  # it rests on
    state = models.CharField(max_length=8, choices=PlanState.choices(), default=PlanState.DRAFT)
    follows = models.ForeignKey("self", null=True, on_delete=models.PROTECT)
    answers = models.JSONField(default=dict)
    carried = models.JSONField(default=list)
    begun_on = models.DateField()
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    agreed = models.CharField(max_length=9, choices=Agreed.choices(), blank=True)  # by the person
    agreed_because = models.CharField(max_length=500, blank=True)  # why not, or why not answered
    agreed_on = models.DateField(null=True)
    signed_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    evidence = models.JSONField(default=dict)

    objects = PlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="plan_one_unfinished", fields=["case"], condition=Q(state=PlanState.DRAFT)
            ),
            models.UniqueConstraint(
                name="plan_one_in_force", fields=["case"], condition=Q(state=PlanState.SIGNED)
            ),
            models.CheckConstraint(
                name="plan_signed_whole",
                condition=~Q(state__in=[PlanState.SIGNED, PlanState.REPLACED])
                | Q(signed_at__isnull=False, signed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="plan_not_agreed_says_why",
                condition=Q(agreed="", agreed_on=None)
                | Q(agreed=Agreed.YES, agreed_on__isnull=False)
                | (
                    Q(agreed__in=[Agreed.NO, Agreed.COULD_NOT], agreed_on__isnull=False)
                    & ~Q(agreed_because="")
                ),
            ),
        ]

    def __str__(self):
        return f"{self.case_id} {self.state}"


@tracked
class Objective(models.Model):
    """What is to be different, and which needs and risks it is about."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="objectives")
    area = models.CharField(max_length=13, choices=NeedArea.choices(), blank=True)  # blank: harm
    what = models.CharField(max_length=500)
    about = models.JSONField(default=list)  # "need:drugs", "harm:children"
    place = models.PositiveSmallIntegerField()  # the most important first
    carried = models.BooleanField(default=False)  # from the plan before, not confirmed since
    sharing = models.CharField(max_length=4, choices=Sharing.choices(), default=Sharing.YES)

    def __str__(self):
        return f"{self.plan_id} {self.place}"


@tracked
class Contingency(models.Model):
    """If this happens, then that is done, by whom and by when."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="contingencies")
    what_if = models.CharField(max_length=500)
    then = models.CharField(max_length=500)
    by_whom = models.CharField(max_length=200)
    by_when = models.CharField(max_length=100)  # "the same day"
    carried = models.BooleanField(default=False)
    sharing = models.CharField(max_length=4, choices=Sharing.choices(), default=Sharing.NO)

    def __str__(self):
        return str(self.plan_id)


@tracked
class Delivery(models.Model):
    """How one requirement or condition is delivered, in the time there is."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="deliveries")
    requirement = models.ForeignKey(Requirement, null=True, on_delete=models.PROTECT)
    condition = models.ForeignKey(LicenceCondition, null=True, on_delete=models.PROTECT)
    route = models.CharField(max_length=12, choices=Route.choices())
    how = models.CharField(max_length=500)
    arranged_on = models.DateField(null=True)  # when it starts; null: not arranged yet
    sharing = models.CharField(max_length=4, choices=Sharing.choices(), default=Sharing.YES)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="delivery_once",
                fields=["plan", "requirement", "condition"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="delivery_of_one_thing",
                condition=Q(requirement=None, condition__isnull=False)
                | Q(requirement__isnull=False, condition=None),
            ),
        ]

    def __str__(self):
        return f"{self.plan_id} {self.route}"


class PlanCopy(models.Model):
    """The person's copy of a plan as it was given to them, kept as a document."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="copies")
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=4, choices=GivenHow.choices())
    large = models.BooleanField()  # print
    draft = models.BooleanField()  # not agreed, or not signed, when it was given
    given_on = models.DateField()
    at = models.DateTimeField()  # when it was recorded
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    def __str__(self):
        return f"{self.plan_id} {self.given_on}"


class RouteDecisionQuerySet(models.QuerySet):
    def waiting(self):
        """The replacement is not booked."""
        return self.filter(booked_at=None)


@tracked
class RouteDecision(models.Model):
    """A decision that takes a route away ("not one-to-one"), and owns what takes its place.

    It waits on the senior's list until the replacement is booked. Source: report 2.3, the inspector's note.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="route_decisions")
    requirement = models.ForeignKey(Requirement, null=True, on_delete=models.PROTECT)
    removed = models.CharField(max_length=300)
    because = models.CharField(max_length=500)
    route = models.CharField(max_length=12, choices=Route.choices())  # of the replacement
    replacement = models.CharField(max_length=500)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_on = models.DateField()
    decided_on = models.DateField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    booked_for = models.DateTimeField(null=True)  # when the replacement begins
    booked_with = models.CharField(max_length=200, blank=True)  # who sees them, and where
    booked_at = models.DateTimeField(null=True)
    booked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    # The booking that closed it, where it is one of ours: called off, the decision waits again
    appointment = models.ForeignKey(
        "cases.Appointment",
        null=True,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="replaces",
    )

    objects = RouteDecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="route_decision_names_a_replacement",
                condition=~Q(replacement="")
                & ~Q(because="")
                & ~Q(removed="")
                & ~Q(route=Route.NONE),
            ),
            models.CheckConstraint(
                name="route_decision_booked_whole",
                condition=Q(booked_at=None, booked_for=None, booked_with="", booked_by=None)
                | Q(booked_at__isnull=False, booked_for__isnull=False, booked_by__isnull=False)
                & ~Q(booked_with=""),
            ),
        ]

    def __str__(self):
        return f"{self.case_id} {self.decided_on}"
