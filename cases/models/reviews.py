"""Reviews, each event that one answers, and what an audit recommended.

Source: report 2.4 (plans unaltered despite evidence of a change; a review made because an audit asked,
with which nobody agreed); supervision reference 5; product rules, gates.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.models.assessments import Assessment
from cases.models.case import Case
from cases.models.plans import PlanAction
from cases.models.raises import Raise
from cases.models.sentence_plans import Plan
from cases.reference.codes import Rosh
from cases.reference.reviews import (
    OPEN_RECOMMENDATIONS,
    UNFINISHED_REVIEWS,
    Answered,
    EventKind,
    PersonView,
    RecommendationState,
    ReviewBecause,
    ReviewState,
)
from staff.reference import tracked


class RecommendationQuerySet(models.QuerySet):
    def unsettled(self):
        return self.filter(state__in=OPEN_RECOMMENDATIONS)


@tracked
class Recommendation(models.Model):
    """What an audit of a case recommended. It is done with a change to show, or contested openly."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="recommendations")
    what = models.TextField()
    why = models.TextField()
    made_on = models.DateField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(
        max_length=9, choices=RecommendationState.choices(), default=RecommendationState.OPEN
    )
    contested_because = models.TextField(blank=True)
    answered_on = models.DateField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    # Of a contest: what whoever decided it found, also where it was not upheld and is to be done
    decision_because = models.TextField(blank=True)
    decided_on = models.DateField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    settled_because = models.TextField(blank=True)  # the contest upheld, or what changed
    # The change to show: a completed review, or an action of the plan
    done_by_review = models.ForeignKey(
        "cases.Review", null=True, on_delete=models.PROTECT, related_name="did"
    )
    done_by_action = models.ForeignKey(
        PlanAction, null=True, on_delete=models.PROTECT, related_name="did"
    )
    settled_on = models.DateField(null=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="recommendation_contested_says_why",
                condition=~Q(
                    state__in=[RecommendationState.CONTESTED, RecommendationState.WITHDRAWN]
                )
                | ~Q(contested_because=""),
            ),
            models.CheckConstraint(
                name="recommendation_settled_whole",
                condition=~Q(state__in=[RecommendationState.DONE, RecommendationState.WITHDRAWN])
                | (Q(settled_on__isnull=False, settled_by__isnull=False) & ~Q(settled_because="")),
            ),
            models.CheckConstraint(
                name="recommendation_done_shows_a_change",
                condition=~Q(state=RecommendationState.DONE)
                | Q(done_by_review__isnull=False)
                | Q(done_by_action__isnull=False),
            ),
            models.CheckConstraint(
                name="recommendation_contest_not_decided_by_its_author",
                condition=Q(decided_by=None) | ~Q(decided_by=models.F("answered_by")),
            ),
        ]

    def __str__(self):
        return f"{self.case_id} {self.state}"


class ReviewQuerySet(models.QuerySet):
    def unfinished(self):
        return self.filter(state__in=UNFINISHED_REVIEWS)

    def signed(self):
        """Complete, or waiting for a senior, who countersigns."""
        return self.filter(state__in=[ReviewState.SIGNED, ReviewState.COMPLETE])

    def completed(self):
        return self.filter(state=ReviewState.COMPLETE)


@tracked
class Review(models.Model):
    """One review. `before` and `after` are what stood when it looks back to, and when it was signed."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reviews")
    state = models.CharField(max_length=8, choices=ReviewState.choices(), default=ReviewState.DRAFT)
    because = models.CharField(max_length=11, choices=ReviewBecause.choices())
    recommendation = models.ForeignKey(
        Recommendation, null=True, on_delete=models.PROTECT, related_name="reviews"
    )
    since_on = models.DateField()  # the day it looks back to
    follows = models.ForeignKey("self", null=True, on_delete=models.PROTECT)
    assessment_before = models.ForeignKey(
        Assessment, null=True, on_delete=models.PROTECT, related_name="+"
    )
    plan_before = models.ForeignKey(Plan, null=True, on_delete=models.PROTECT, related_name="+")
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    answers = models.JSONField(default=dict)  # by the codes of `cases.reference.review_questions`
    person_view = models.CharField(max_length=9, choices=PersonView.choices(), blank=True)
    person_words = models.TextField(blank=True)  # theirs, or why there are none
    harm_before = models.CharField(max_length=4, blank=True, choices=Rosh.choices())
    harm_after = models.CharField(max_length=4, blank=True, choices=Rosh.choices())
    harm_because = models.TextField(blank=True)  # needed where it moved
    begun_on = models.DateField()
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    signed_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    countersign_because = models.CharField(max_length=300, blank=True)  # blank: not needed
    countersigned_at = models.DateTimeField(null=True)
    countersigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    returned_because = models.TextField(blank=True)
    returned_to = models.CharField(
        max_length=100, blank=True
    )  # the box to be put right, by its code
    completed_on = models.DateField(null=True)
    # No change recorded: what the detector found when it was signed, and what the officer said of it
    hollow = models.BooleanField(default=False)
    hollow_because = models.TextField(blank=True)
    read_at = models.DateTimeField(null=True)  # by the senior, of one that recorded no change
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    read_note = models.TextField(blank=True)
    evidence = models.JSONField(default=dict)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="review_one_unfinished",
                fields=["case"],
                condition=Q(state__in=sorted(UNFINISHED_REVIEWS)),
            ),
            models.CheckConstraint(
                name="review_complete_whole",
                condition=~Q(state=ReviewState.COMPLETE)
                | (
                    Q(
                        signed_at__isnull=False,
                        signed_by__isnull=False,
                        completed_on__isnull=False,
                    )
                    & ~Q(person_view="")
                    & (Q(countersign_because="") | Q(countersigned_by__isnull=False))
                ),
            ),
            models.CheckConstraint(
                name="review_not_countersigned_by_its_author",
                condition=Q(countersigned_by=None) | ~Q(countersigned_by=models.F("signed_by")),
            ),
            models.CheckConstraint(
                name="review_moves_harm_for_a_reason",
                condition=~Q(state=ReviewState.COMPLETE)
                | Q(harm_after=models.F("harm_before"))
                | ~Q(harm_because=""),
            ),
        ]
        indexes = [
            models.Index(name="review_done", fields=["case", "-completed_on"]),
            models.Index(
                name="review_hollow_unread",
                fields=["case"],
                condition=Q(hollow=True, read_at=None),
            ),
        ]

    def __str__(self):
        return f"{self.case_id} {self.state}"


@tracked
class ReviewedEvent(models.Model):
    """Something that happened since the last review, and how this one answers it."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="happened")
    key = models.CharField(max_length=60)  # the same however often it is looked for
    kind = models.CharField(max_length=11, choices=EventKind.choices())
    what = models.CharField(max_length=300)  # as the page says it
    on = models.DateField()
    significant = models.BooleanField()  # must be answered before signing
    answer = models.CharField(max_length=7, choices=Answered.choices(), blank=True)
    words = models.TextField(blank=True)  # what it changes, or why nothing
    changes = models.JSONField(default=list)  # keys of the differences it is tied to
    action = models.ForeignKey(
        PlanAction, null=True, on_delete=models.PROTECT, related_name="answers_events"
    )
    raised = models.ForeignKey(Raise, null=True, on_delete=models.PROTECT, related_name="+")
    answered_with = models.UUIDField(null=True)  # several answered together share it
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(name="reviewed_event_once", fields=["review", "key"]),
            models.CheckConstraint(
                name="reviewed_event_answered_in_words",
                condition=Q(answer="", answered_at=None)
                | (Q(answered_at__isnull=False) & ~Q(answer="") & ~Q(words="")),
            ),
        ]

    def __str__(self):
        return f"{self.review_id} {self.key}"
