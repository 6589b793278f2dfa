"""Assessments written here, who could be hurt, and what a senior gave back to be put right.

Source: supervision reference 4 (OASys shape and risk of serious harm); product rules, gates and evidence.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.models.case import Case
from cases.models.person import RelatedPerson
from cases.models.sentence import Sentence
from cases.reference.codes import Rosh, Sharing
from cases.reference.harm import UNFINISHED, AssessmentState, HarmGroup
from staff.reference import tracked


class AssessmentQuerySet(models.QuerySet):
    def unfinished(self):
        """Being written, or waiting for a senior."""
        return self.filter(state__in=UNFINISHED)

    def in_force(self):
        """Signed, and by no later one replaced: at most one a case."""
        return self.filter(state=AssessmentState.SIGNED)

    def completed(self):
        """Signed at some time, whether or not in force now."""
        return self.filter(state__in=[AssessmentState.SIGNED, AssessmentState.REPLACED])


@tracked
class Assessment(models.Model):
    """One assessment. `answers` holds what was answered, by the codes of `cases.reference.questions`.

    A blank answer is absent: unscored is never nought. Once signed it is never changed, only replaced.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="assessments")
    sentence = models.ForeignKey(Sentence, null=True, on_delete=models.PROTECT)  # that it is for
    state = models.CharField(
        max_length=8, choices=AssessmentState.choices(), default=AssessmentState.DRAFT
    )
    follows = models.ForeignKey("self", null=True, on_delete=models.PROTECT)
    answers = models.JSONField(default=dict)
    # Codes of what was pulled forward from the one it follows, and not confirmed since
    carried = models.JSONField(default=list)
    begun_on = models.DateField()
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    harm = models.CharField(
        max_length=4, blank=True, choices=Rosh.choices()
    )  # overall, once signed
    signed_at = models.DateTimeField(null=True)  # by the officer
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    countersign_because = models.CharField(max_length=300, blank=True)  # blank: not needed
    countersigned_at = models.DateTimeField(null=True)
    countersigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    completed_on = models.DateField(null=True)  # the day from which it is in force
    # What it rested on when it was signed: facts, versions of rules and policy, warnings and what was said
    evidence = models.JSONField(default=dict)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="assessment_one_unfinished",
                fields=["case"],
                condition=Q(state__in=sorted(UNFINISHED)),
            ),
            models.UniqueConstraint(
                name="assessment_one_in_force",
                fields=["case"],
                condition=Q(state=AssessmentState.SIGNED),
            ),
            models.CheckConstraint(
                name="assessment_signed_whole",
                condition=~Q(state__in=[AssessmentState.SIGNED, AssessmentState.REPLACED])
                | (
                    Q(
                        signed_at__isnull=False,
                        signed_by__isnull=False,
                        completed_on__isnull=False,
                    )
                    & ~Q(harm="")
                    & (Q(countersign_because="") | Q(countersigned_by__isnull=False))
                ),
            ),
            models.CheckConstraint(
                name="assessment_not_countersigned_by_its_author",
                condition=Q(countersigned_by=None) | ~Q(countersigned_by=F("signed_by")),
            ),
        ]
        indexes = [
            models.Index(
                name="assessment_unfinished",
                fields=["state", "case"],
                condition=Q(state__in=sorted(UNFINISHED)),
            )
        ]

    def __str__(self):
        return f"{self.case_id} {self.state}"


class AssessmentReturn(models.Model):
    """What a senior gave back to be put right: which question, and what is missing."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="returns")
    question = models.CharField(max_length=100)  # its code, where the officer is led to
    note = models.CharField(max_length=1000)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)  # when the officer signed again

    def __str__(self):
        return f"{self.assessment_id} {self.question}"


class PotentialVictimQuerySet(models.QuerySet):
    def current(self):
        return self.filter(ended_on=None)


@tracked
class PotentialVictim(models.Model):
    """Somebody around the case who could be hurt: named, so that the plan can protect them."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="potential_victims")
    person = models.ForeignKey(
        RelatedPerson, on_delete=models.PROTECT, related_name="could_be_hurt"
    )
    group = models.CharField(max_length=12, choices=HarmGroup.choices())
    how = models.CharField(max_length=500)  # how they could be hurt, and when
    since_on = models.DateField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_on = models.DateField(null=True)
    ended_because = models.CharField(max_length=500, blank=True)
    sharing = models.CharField(max_length=4, choices=Sharing.choices(), default=Sharing.NO)

    objects = PotentialVictimQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="potential_victim_once", fields=["person"], condition=Q(ended_on=None)
            ),
            models.CheckConstraint(
                name="potential_victim_ends_for_a_reason",
                condition=Q(ended_on=None) | ~Q(ended_because=""),
            ),
        ]

    def __str__(self):
        return f"{self.case_id} {self.group}"
