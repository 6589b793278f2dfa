"""Interim plans while an enquiry is open, and the actions that what we learn calls for.

Source: product rules, checks ("while open"); the headline measure (a reply cited by an action of the plan).
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.models.agencies import Agency
from cases.models.agency_meetings import AgencyMeeting
from cases.models.assessments import PotentialVictim
from cases.models.case import Case
from cases.models.checks import Enquiry
from cases.models.information import Reading
from cases.models.sentence_plans import Objective
from cases.reference.codes import Sharing
from cases.reference.information import Agreement, PlanEnd
from cases.reference.plans import Actor, Nature
from staff.reference import tracked


class InterimPlanQuerySet(models.QuerySet):
    def standing(self):
        """Not ended; it may have run out."""
        return self.filter(ended_on=None)

    def live(self, today):
        """Standing, not run out, and not returned for more work."""
        return self.standing().filter(expires_on__gte=today).exclude(agreement=Agreement.RETURNED)


@tracked
class InterimPlan(models.Model):
    """What we assume and do until agencies answer. The case's own officer owns it; one stands at a time."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="interim_plans")
    enquiries = models.ManyToManyField(Enquiry, related_name="interim_plans")
    worst_case = models.TextField()  # what we assume until told otherwise
    who_is_protected = models.TextField()
    what_we_do = models.TextField()
    expires_on = models.DateField()
    made_on = models.DateField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    concern = (
        models.BooleanField()
    )  # of domestic abuse, a child or a named victim: the SPO agrees it
    sampled = models.BooleanField(default=False)  # otherwise read by the SPO as one in so many
    agreement = models.CharField(
        max_length=10, choices=Agreement.choices(), default=Agreement.NOT_ASKED
    )
    answer = models.CharField(max_length=500, blank=True)  # what the senior said
    answered_on = models.DateField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_on = models.DateField(null=True)
    ended_as = models.CharField(max_length=10, choices=PlanEnd.choices(), blank=True)
    sharing = models.CharField(max_length=4, choices=Sharing.choices(), default=Sharing.NO)

    objects = InterimPlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="interim_plan_one_standing", fields=["case"], condition=Q(ended_on=None)
            ),
            models.CheckConstraint(
                name="interim_plan_whole",
                condition=~Q(worst_case="") & ~Q(who_is_protected="") & ~Q(what_we_do=""),
            ),
            models.CheckConstraint(
                name="interim_plan_ends_for_a_reason",
                condition=Q(ended_on=None, ended_as="")
                | Q(ended_on__isnull=False) & ~Q(ended_as=""),
            ),
            models.CheckConstraint(
                name="interim_plan_not_agreed_by_its_author",
                condition=~Q(agreement=Agreement.AGREED) | ~Q(answered_by=F("made_by")),
            ),
        ]

    def __str__(self):
        return f"{self.case_id} {self.made_on}"


class PlanActionQuerySet(models.QuerySet):
    def in_force(self):
        """Done or to be done: not a step of a plan still being written, nor one given up."""
        return self.filter(in_draft=False, dropped_on=None)

    def undone(self):
        return self.in_force().filter(done_on=None)


@tracked
class PlanAction(models.Model):
    """Something to be done, by whom and by when, and the reply or information it rests on.

    With an `objective` it is a step of that plan; without, it was called for by what we learnt and
    stands beside the plan.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="plan_actions")
    what = models.CharField(max_length=500)
    by_whom = models.CharField(max_length=200)  # the officer, the person, an agency
    by_on = models.DateField()
    enquiry = models.ForeignKey(
        Enquiry, null=True, on_delete=models.PROTECT, related_name="actions"
    )
    reading = models.ForeignKey(
        Reading, null=True, on_delete=models.PROTECT, related_name="actions"
    )
    meeting = models.ForeignKey(
        AgencyMeeting, null=True, on_delete=models.PROTECT, db_index=False, related_name="actions"
    )
    made_on = models.DateField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    done_on = models.DateField(null=True)
    done_note = models.CharField(max_length=500, blank=True)
    # As a step of a plan
    objective = models.ForeignKey(
        Objective, null=True, on_delete=models.PROTECT, db_index=False, related_name="steps"
    )
    in_draft = models.BooleanField(default=False, db_default=False)  # its plan is not signed yet
    actor = models.CharField(
        max_length=11, choices=Actor.choices(), blank=True, default="", db_default=""
    )
    nature = models.CharField(
        max_length=13, choices=Nature.choices(), blank=True, default="", db_default=""
    )
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, db_index=False)
    protects = models.ForeignKey(
        PotentialVictim,
        null=True,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="protected_by",
    )
    sharing = models.CharField(
        max_length=4, choices=Sharing.choices(), default=Sharing.NO, db_default=Sharing.NO.value
    )
    dropped_on = models.DateField(null=True)
    dropped_because = models.CharField(max_length=500, blank=True, default="", db_default="")

    objects = PlanActionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(name="plan_action_of_objective", fields=["objective"])]

    def __str__(self):
        return f"{self.case_id} {self.by_on}"
