"""Breach and recall: the pack, the NPS's answers, the court, amendments, withdrawal; and how somebody is won back meanwhile.

Sources: supervision reference 1.8, 2.3 and 6; report 2.3 (breaches withdrawn, amendments not done; re-engagement good);
contract SL16 and Schedule 9 AE.
"""

from django.db import models
from django.db.models import Q

from cases.models.appointments import Appointment
from cases.models.case import Case
from cases.models.documents import Document
from cases.models.holding import staff_member
from cases.models.sentence import Sentence
from cases.reference.enforcement import (
    BREACH_OVER,
    COURT_OUTCOMES,
    RECALL_OVER,
    BreachState,
    RecallState,
    WithdrawnBecause,
)
from staff.reference import tracked

OUTCOMES = [(one.code, one.title) for one in COURT_OUTCOMES.values()]


class BreachQuerySet(models.QuerySet):
    def running(self):
        return self.exclude(state__in=BREACH_OVER)


@tracked
class Breach(models.Model):
    """A breach of one order put to a court. We never lay it: the NPS does, and may return or decline it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="breaches")
    sentence = models.ForeignKey(Sentence, on_delete=models.PROTECT, related_name="breaches")
    state = models.CharField(
        max_length=10, choices=BreachState.choices(), default=BreachState.PREPARING
    )
    became_aware_on = models.DateField()  # of the failure it turns on: the contract's clock
    begun_at = models.DateTimeField()
    begun_by = staff_member(null=False)
    lay_by = models.DateField(null=True)  # the last safe day; null: no end of the order is known
    court_code = models.CharField(max_length=20, blank=True)
    court_name = models.CharField(max_length=200, blank=True)  # the responsible court
    # What the pack says beside the record, by question; what does not exist, and the officer's statement of it
    answers = models.JSONField(default=dict)
    submitted_at = models.DateTimeField(null=True)  # first
    times_submitted = models.PositiveSmallIntegerField(default=0)
    nps_officer = models.CharField(max_length=200, blank=True)  # who lays it
    outcome = models.CharField(max_length=4, choices=OUTCOMES, blank=True)
    outcome_on = models.DateField(null=True)
    outcome_words = models.TextField(blank=True)
    withdrawn_because = models.CharField(
        max_length=9, choices=WithdrawnBecause.choices(), blank=True
    )
    withdrawn_words = models.CharField(max_length=500, blank=True)
    withdrawn_authority = models.CharField(
        max_length=200, blank=True
    )  # who agreed, and in what office
    seen_by_senior_at = models.DateTimeField(null=True)  # once it was withdrawn
    seen_by_senior = staff_member()

    objects = BreachQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="breach_one_running",
                fields=["sentence"],
                condition=~Q(state__in=BREACH_OVER),
            ),
            models.CheckConstraint(
                name="breach_decided_whole",
                condition=Q(state=BreachState.DECIDED, outcome_on__isnull=False) & ~Q(outcome="")
                | ~Q(state=BreachState.DECIDED) & Q(outcome="", outcome_on=None),
            ),
            models.CheckConstraint(
                name="breach_withdrawn_whole",
                condition=Q(state=BreachState.WITHDRAWN)
                & ~Q(withdrawn_because="")
                & ~Q(withdrawn_words="")
                & ~Q(withdrawn_authority="")
                | ~Q(state=BreachState.WITHDRAWN) & Q(withdrawn_because=""),
            ),
            models.CheckConstraint(
                name="breach_submitted_as_often_as_it_says",
                condition=Q(submitted_at=None, times_submitted=0)
                | Q(submitted_at__isnull=False, times_submitted__gte=1),
            ),
        ]

    def __str__(self):
        return f"{self.case_id} {self.state}"


class BreachStep(models.Model):
    """A step a breach took, by whom, and what was said. Never changed."""

    breach = models.ForeignKey(Breach, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=10, choices=BreachState.choices())
    on = models.DateField()  # when it happened
    at = models.DateTimeField()  # when it was recorded here
    by = staff_member(null=False)
    outside = models.CharField(max_length=200, blank=True)  # who said so at the NPS or the court
    words = models.TextField(blank=True)
    pack = models.ForeignKey(Document, null=True, on_delete=models.PROTECT)  # as it was submitted
    pack_says = models.JSONField(
        default=dict
    )  # what stood in it, and each warning that was answered

    def __str__(self):
        return f"{self.breach_id} {self.state}"


@tracked
class Hearing(models.Model):
    """A day in court for a breach."""

    breach = models.ForeignKey(Breach, on_delete=models.PROTECT, related_name="hearings")
    at = models.DateTimeField()
    court_code = models.CharField(max_length=20, blank=True)
    court_name = models.CharField(max_length=200)
    attended = models.BooleanField(null=True)  # null: not said yet
    result = models.CharField(max_length=500, blank=True)  # in the court's words
    said_at = models.DateTimeField(null=True)
    said_by = staff_member()
    called_off = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="hearing_said_whole", condition=Q(said_at=None) | ~Q(result="")
            )
        ]

    def __str__(self):
        return f"{self.breach_id} {self.at}"


class AmendmentQuerySet(models.QuerySet):
    def owed(self):
        return self.filter(sent_at=None, refused_because="")


@tracked
class Amendment(models.Model):
    """A change to a breach report that the court or the NPS asked for. It is owed until it is sent and the officer has seen it."""

    breach = models.ForeignKey(Breach, on_delete=models.PROTECT, related_name="amendments")
    asked_on = models.DateField()
    asked_by = models.CharField(max_length=200)  # whom, and of which court or office
    what = models.TextField()
    due_on = models.DateField()
    recorded_by = staff_member(null=False)
    sent_at = models.DateTimeField(null=True)
    sent_by = staff_member()
    changed = models.TextField(blank=True)  # what is different now
    refused_because = models.CharField(max_length=500, blank=True)
    seen_at = models.DateTimeField(null=True)  # by the officer
    seen_by = staff_member()

    objects = AmendmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="amendment_sent_says_what", condition=Q(sent_at=None) | ~Q(changed="")
            ),
        ]
        indexes = [
            models.Index(
                name="amendment_owed",
                fields=["due_on"],
                condition=Q(sent_at=None, refused_because=""),
            )
        ]

    def __str__(self):
        return str(self.breach_id)


class RecallQuerySet(models.QuerySet):
    def running(self):
        return self.exclude(state__in=RECALL_OVER)


@tracked
class Recall(models.Model):
    """Asking for somebody on licence to be recalled: Part A, countersigned, endorsed by the NPS, decided elsewhere."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="recalls")
    sentence = models.ForeignKey(Sentence, on_delete=models.PROTECT, related_name="recalls")
    state = models.CharField(
        max_length=5, choices=RecallState.choices(), default=RecallState.DISCUSSED
    )
    begun_at = models.DateTimeField()  # of the decision: the request is owed within a day
    begun_by = staff_member(null=False)
    emergency = models.BooleanField(default=False)
    out_of_hours = models.BooleanField(default=False)
    answers = models.JSONField(default=dict)  # Part A, by question
    countersigned_at = models.DateTimeField(null=True)
    countersigned_by = staff_member()
    countersigned_words = models.CharField(max_length=500, blank=True)
    requested_at = models.DateTimeField(null=True)  # sent to the NPS
    days = models.PositiveSmallIntegerField(null=True)  # of a fixed term: 14 or 28; null: standard
    decided_on = models.DateField(null=True)
    ended_because = models.CharField(max_length=500, blank=True)

    objects = RecallQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="recall_one_running",
                fields=["sentence"],
                condition=~Q(state__in=RECALL_OVER),
            ),
            models.CheckConstraint(
                name="recall_countersigned_by_another",
                condition=Q(countersigned_by=None) | ~Q(countersigned_by=models.F("begun_by")),
            ),
            models.CheckConstraint(
                name="recall_with_the_nps_was_countersigned",
                condition=Q(
                    state__in=[RecallState.DISCUSSED, RecallState.PART_A, RecallState.WITHDRAWN]
                )
                | Q(countersigned_at__isnull=False, countersigned_by__isnull=False),
            ),
            models.CheckConstraint(
                name="recall_rejected_or_withdrawn_for_a_reason",
                condition=~Q(
                    state__in=[
                        RecallState.NPS_REJECTED, RecallState.PPCS_REJECTED, RecallState.WITHDRAWN
                    ]
                )
                | ~Q(ended_because=""),
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.case_id} {self.state}"


class RecallStep(models.Model):
    """A step a recall took, by whom, and what was said. Never changed."""

    recall = models.ForeignKey(Recall, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=5, choices=RecallState.choices())
    at = models.DateTimeField()
    by = staff_member(null=False)
    outside = models.CharField(max_length=200, blank=True)  # a name at the NPS, at PPCS
    words = models.TextField(blank=True)
    document = models.ForeignKey(Document, null=True, on_delete=models.PROTECT)

    def __str__(self):
        return f"{self.recall_id} {self.state}"


@tracked
class Reengagement(models.Model):
    """How somebody is won back while a breach or a recall runs, and when they are next seen.

    Source: report 2.3 (re-engagement after enforcement was good, and must stay so); product rules: contact never silently falls.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reengagements")
    breach = models.OneToOneField(
        Breach, null=True, on_delete=models.PROTECT, related_name="reengagement"
    )
    recall = models.OneToOneField(
        Recall, null=True, on_delete=models.PROTECT, related_name="reengagement"
    )
    next_contact = models.ForeignKey(Appointment, null=True, on_delete=models.PROTECT)
    cannot_be_seen = models.CharField(
        max_length=300, blank=True
    )  # at large, in custody: and what is done instead
    what_kept_them = models.TextField(blank=True)  # in their words, where they were asked
    what_we_do = models.TextField()
    written_at = models.DateTimeField()
    written_by = staff_member(null=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="reengagement_of_one",
                condition=Q(breach__isnull=False, recall=None)
                | Q(breach=None, recall__isnull=False),
            ),
            models.CheckConstraint(
                name="reengagement_says_when_or_why_not",
                condition=Q(next_contact__isnull=False) | ~Q(cannot_be_seen=""),
            ),
        ]

    def __str__(self):
        return str(self.case_id)
