"""A failure to comply and what follows from it: warnings, and letters.

Source: product rules, failures ("an absence opens awaiting decision; only the officer makes it a failure"); supervision
reference 1.6 and 2.3. How an absence came to be a failure is kept with its `ComplianceDecision`.
"""

from django.db import models
from django.db.models import F, Q

from cases.models.appointments import Appointment, ComplianceDecision
from cases.models.breaches import Breach, Recall
from cases.models.case import Case
from cases.models.documents import Document
from cases.models.holding import staff_member
from cases.models.sentence import LicenceCondition, Requirement, Sentence
from cases.reference.enforcement import (
    Answer,
    Learnt,
    LetterKind,
    LetterState,
    Regime,
    SentBy,
    Step,
)
from staff.reference import tracked


class ComplianceWarningQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(withdrawn_on=None)


@tracked
class ComplianceWarning(models.Model):
    """A warning under one order. It counts once it was given, which is not when it was written or sent."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="warnings")
    sentence = models.ForeignKey(Sentence, on_delete=models.PROTECT, related_name="warnings")
    step = models.CharField(max_length=4, choices=Step.choices())
    decided_on = models.DateField()
    decided_by = staff_member(null=False)
    given_on = models.DateField(null=True)  # handed over, or deemed served
    withdrawn_on = models.DateField(null=True)
    withdrawn_by = staff_member()
    withdrawn_because = models.CharField(max_length=500, blank=True)

    objects = ComplianceWarningQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="warning_withdrawn_for_a_reason",
                condition=Q(withdrawn_on=None, withdrawn_because="")
                | (Q(withdrawn_on__isnull=False) & ~Q(withdrawn_because="")),
            ),
        ]

    def __str__(self):
        return f"{self.case_id} {self.step}"


class FailureQuerySet(models.QuerySet):
    def standing(self):
        """Not found acceptable since."""
        return self.filter(withdrawn_on=None)

    def unanswered(self):
        return self.standing().filter(answer="")


@tracked
class Failure(models.Model):
    """One failure to comply with one order, from when we became aware to how it was answered.

    By an appointment, it begins with the officer's decision; an absence that fails two orders is two failures.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="failures")
    sentence = models.ForeignKey(Sentence, on_delete=models.PROTECT, related_name="failed")
    decision = models.ForeignKey(
        ComplianceDecision, null=True, on_delete=models.PROTECT, related_name="failures"
    )
    requirement = models.ForeignKey(Requirement, null=True, on_delete=models.PROTECT)
    condition = models.ForeignKey(LicenceCondition, null=True, on_delete=models.PROTECT)
    regime = models.CharField(max_length=13, choices=Regime.choices())  # on the day they failed
    happened_on = models.DateField()
    became_aware_on = models.DateField()
    learnt = models.CharField(max_length=10, choices=Learnt.choices())
    what = models.TextField()  # what they failed to do, as it could be said in court
    excuse = models.TextField(blank=True)  # the reason they gave, in their words
    recorded_at = models.DateTimeField()
    recorded_by = staff_member(null=False)
    answer = models.CharField(max_length=7, choices=Answer.choices(), blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = staff_member()
    because = models.TextField(blank=True)
    law = models.JSONField(
        default=dict
    )  # what the officer was shown when answering: rule, warning, policy version
    warning = models.ForeignKey(
        ComplianceWarning, null=True, on_delete=models.PROTECT, related_name="failures"
    )
    breach = models.ForeignKey(Breach, null=True, on_delete=models.PROTECT, related_name="failures")
    recall = models.ForeignKey(Recall, null=True, on_delete=models.PROTECT, related_name="failures")
    withdrawn_on = models.DateField(null=True)
    withdrawn_by = staff_member()
    withdrawn_because = models.CharField(max_length=500, blank=True)

    objects = FailureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="failure_once_an_order", fields=["decision", "sentence"]),
            models.CheckConstraint(
                name="failure_known_after_it_happened",
                condition=Q(became_aware_on__gte=F("happened_on")),
            ),
            models.CheckConstraint(
                name="failure_answered_whole",
                condition=Q(answer="", answered_at=None, answered_by=None)
                | (~Q(answer="") & ~Q(because="") & Q(answered_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="failure_answered_by_what_it_names",
                condition=Q(answer__in=["", Answer.NOTHING], warning=None, breach=None, recall=None)
                | Q(answer=Answer.WARN, warning__isnull=False, breach=None, recall=None)
                | Q(answer=Answer.REFER, warning=None, breach__isnull=False, recall=None)
                | Q(answer=Answer.RECALL, warning=None, breach=None, recall__isnull=False),
            ),
            models.CheckConstraint(
                name="failure_withdrawn_for_a_reason",
                condition=Q(withdrawn_on=None, withdrawn_because="")
                | (Q(withdrawn_on__isnull=False) & ~Q(withdrawn_because="")),
            ),
        ]
        indexes = [
            models.Index(
                name="failure_unanswered",
                fields=["case"],
                condition=Q(answer="", withdrawn_on=None),
            )
        ]

    def __str__(self):
        return f"{self.case_id} {self.happened_on}"


class LetterQuerySet(models.QuerySet):
    def to_go(self):
        return self.filter(state__in=[LetterState.ASKED, LetterState.READY])


@tracked
class Letter(models.Model):
    """A letter of enforcement. It goes once; what went is kept as it was, with the proof that it did."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="letters")
    kind = models.CharField(max_length=11, choices=LetterKind.choices())
    warning = models.ForeignKey(
        ComplianceWarning, null=True, on_delete=models.PROTECT, related_name="letters"
    )
    breach = models.ForeignKey(Breach, null=True, on_delete=models.PROTECT, related_name="letters")
    absence = models.ForeignKey(  # the appointment of which the reason is asked
        Appointment,
        null=True,
        on_delete=models.PROTECT,
        related_name="reason_letters",
        db_index=False,  # `letter_of_an_absence`
    )
    state = models.CharField(max_length=9, choices=LetterState.choices(), default=LetterState.ASKED)
    welsh = models.BooleanField(default=False)  # in Welsh and English
    words = models.JSONField(default=dict)  # what the officer or the hub wrote into it, by field
    asked_at = models.DateTimeField()
    asked_by = staff_member(null=False)
    ready_at = models.DateTimeField(null=True)
    ready_by = staff_member()
    document = models.ForeignKey(Document, null=True, on_delete=models.PROTECT)  # as it went
    sent_at = models.DateTimeField(null=True)
    sent_by = staff_member()
    sent_how = models.CharField(max_length=5, choices=SentBy.choices(), blank=True)
    address = models.CharField(max_length=400, blank=True)  # to which it went
    proof = models.CharField(
        max_length=300, blank=True
    )  # certificate of posting, who handed it over
    served_on = models.DateField(null=True)  # deemed
    returned_on = models.DateField(null=True)
    returned_because = models.CharField(max_length=300, blank=True)
    cancelled_because = models.CharField(max_length=300, blank=True)
    again = models.OneToOneField(  # the letter that was sent after this one came back
        "self", null=True, on_delete=models.PROTECT, related_name="after"
    )

    objects = LetterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="letter_one_of_a_warning_to_go",
                fields=["warning", "kind"],
                condition=Q(state__in=[LetterState.ASKED, LetterState.READY]),
            ),
            models.UniqueConstraint(
                name="letter_one_asks_of_an_absence",
                fields=["absence"],
                condition=Q(
                    absence__isnull=False,
                    state__in=[LetterState.ASKED, LetterState.READY, LetterState.SENT],
                ),
            ),
            models.CheckConstraint(
                name="letter_sent_whole",
                condition=Q(state__in=[LetterState.SENT, LetterState.RETURNED],
                            document__isnull=False, sent_at__isnull=False, served_on__isnull=False)
                & ~Q(sent_how="") & ~Q(proof="")
                | Q(state__in=[LetterState.ASKED, LetterState.READY, LetterState.CANCELLED],
                    sent_at=None, sent_how="", served_on=None),
            ),
            models.CheckConstraint(
                name="letter_returned_for_a_reason",
                condition=~Q(state=LetterState.RETURNED)
                | (Q(returned_on__isnull=False) & ~Q(returned_because="")),
            ),
            models.CheckConstraint(
                name="letter_cancelled_for_a_reason",
                condition=~Q(state=LetterState.CANCELLED) | ~Q(cancelled_because=""),
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(
                name="letter_to_go",
                fields=["case"],
                condition=Q(state__in=[LetterState.ASKED, LetterState.READY]),
            ),
            models.Index(
                name="letter_of_an_absence",
                fields=["absence"],
                condition=Q(absence__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.case_id} {self.kind}"
