"""What is owed on a case, by whom and by when; and the flags raised when it is late.

Source: architecture, deadlines; product rules, clocks and checks.
"""

from django.db import models
from django.db.models import F, Q

from cases.models.case import Case
from cases.reference.checks import EnquiryState
from cases.reference.codes import CaseState
from cases.reference.deadlines import (
    ABOUT,
    CHECK_KINDS,
    HUB_KINDS,
    KINDS,
    OF_COMPLAINTS,
    TOLD_APART,
)
from cases.reference.holding import LeftAs
from cases.reference.pauses import RUN_AFTER_LEAVING
from staff.permissions import Role

# Who works for people the NPS manages as well
OF_THE_NPS_TOO = (Role.COORDINATOR, Role.RESETTLEMENT)


class DeadlineQuerySet(models.QuerySet):
    def unmet(self):
        return self.filter(met_on=None)

    def overdue(self, today):
        """Unmet, and the last day on which it was on time has passed."""
        return self.unmet().filter(due_on__lt=today)

    def of_checks(self):
        return self.filter(kind__in=CHECK_KINDS)

    def beside_complaints(self):
        """What whoever reads of a case may be told: that somebody complains is kept from whom it is about."""
        return self.exclude(kind__in=OF_COMPLAINTS)

    def ours(self):
        """That run, of cases supervised by this provider; of those the NPS keeps, what is owed of unpaid work and Through the Gate.

        Of somebody who has left us, what is still owed then.
        """
        here = Q(case__state=CaseState.SUPERVISED, case__left_as=LeftAs.STILL_HERE)
        held = Q(case__retained_by="") | Q(owner_role__in=OF_THE_NPS_TOO)
        left = ~Q(case__left_as=LeftAs.STILL_HERE) & Q(kind__in=RUN_AFTER_LEAVING)
        return self.filter(here & held | left, paused_on=None)

    def of_the_hub(self):
        """That run and are for the admin hub to work through: its queue."""
        return self.unmet().ours().filter(kind__in=HUB_KINDS)

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
    failure = models.ForeignKey(
        "cases.Failure",
        null=True,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="deadlines",
    )
    letter = models.ForeignKey(
        "cases.Letter",
        null=True,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="deadlines",
    )
    breach = models.ForeignKey(
        "cases.Breach",
        null=True,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="deadlines",
    )
    recall = models.ForeignKey(
        "cases.Recall",
        null=True,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="deadlines",
    )
    senior_action = models.ForeignKey(
        "cases.SeniorAction",
        null=True,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="deadlines",
    )
    owner_role = models.CharField(max_length=20, choices=Role.choices())
    triggered_on = models.DateField()
    due_on = models.DateField()
    met_on = models.DateField(null=True)
    # Since when it stands still, because they cannot be seen; while it does it is not late
    paused_on = models.DateField(null=True)
    void = models.BooleanField(default=False)  # met because it is no longer owed, not because done
    why = models.CharField(max_length=200)  # the rule and the fact behind it, for staff

    undecided = False  # what a senior decides first: `cases.queries.undecided` says of which

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="deadline_due_after_trigger", condition=Q(due_on__gte=F("triggered_on"))
            ),
            models.CheckConstraint(
                name="deadline_paused_only_while_unmet",
                condition=Q(paused_on=None) | Q(met_on=None),
            ),
            models.UniqueConstraint(
                name="deadline_one_unmet",
                fields=["case", "kind", *ABOUT],
                condition=Q(met_on=None),
                nulls_distinct=False,
            ),
        ]
        indexes = [
            models.Index(
                name="deadline_unmet", fields=["due_on", "case"], condition=Q(met_on=None)
            ),
            models.Index(  # the hub's queue, a page of which reads no further than it shows
                name="deadline_of_the_hub",
                fields=["due_on", "id"],
                condition=Q(met_on=None, paused_on=None, kind__in=HUB_KINDS),
            ),
            models.Index(  # of the few, so that a count of a team need not look at each of its people
                name="deadline_of_routes",
                fields=["case"],
                condition=Q(met_on=None, kind="book_replacement"),
            ),
            models.Index(  # of the few, so that counts of flags need not look up what each is of
                name="deadline_told_apart", fields=["case"], condition=Q(kind__in=TOLD_APART)
            ),
        ]

    def __str__(self):
        return f"{self.case_id} {self.kind}"


class FlagQuerySet(models.QuerySet):
    def raised(self):
        """Not yet closed."""
        return self.filter(closed_on=None)

    def beside_complaints(self):
        return self.exclude(deadline__kind__in=OF_COMPLAINTS)

    def spent(self):
        """Raised over what is owed no more: done, void, or no longer ours to do."""
        here = Q(case__state=CaseState.SUPERVISED, case__left_as=LeftAs.STILL_HERE)
        held = Q(case__retained_by="") | Q(deadline__owner_role__in=OF_THE_NPS_TOO)
        left = ~Q(case__left_as=LeftAs.STILL_HERE) & Q(deadline__kind__in=RUN_AFTER_LEAVING)
        runs = here & held | left
        stopped = Q(deadline__met_on__isnull=False) | Q(deadline__paused_on__isnull=False)
        return self.raised().filter(stopped | ~runs)


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
            models.Index(name="flag_raised", fields=["told", "case"], condition=Q(closed_on=None)),
            models.Index(  # holds what is counted of a case's
                name="flag_raised_on_case",
                fields=["case"],
                include=["told", "deadline"],
                condition=Q(closed_on=None),
            ),
        ]

    def __str__(self):
        return f"{self.case_id} {self.deadline_id}"
