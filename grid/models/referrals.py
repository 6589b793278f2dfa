"""What is proposed to somebody, what their officer answered, who waits for what, and needs that nothing meets.

Source: HMIP Thames Valley CRC 2018, Annex 3 (automatic referral from the outset) and 2.3 (waits); features 71 to 78.
"""

from django.db import models
from django.db.models import Exists, OuterRef, Q

from cases.models import Case
from cases.models.holding import staff_member
from grid.reference.groups import (
    OPEN_REFERRALS,
    Because,
    Decision,
    PlaceState,
    ReferralState,
)
from grid.reference.interventions import Hook
from staff.reference import tracked

ANSWERED = (ReferralState.ACCEPTED, ReferralState.DECLINED)


class GroupReferralQuerySet(models.QuerySet):
    def proposed(self):
        return self.filter(state=ReferralState.PROPOSED)

    def waiting(self):
        """On the list: whoever has a place in what they wait for is not, and whoever does something else meanwhile is."""
        has_it = Referral.objects.filter(
            pk=OuterRef("pk"), places__state=PlaceState.TAKEN, places__instead=False
        )
        return self.filter(~Exists(has_it), state=ReferralState.ACCEPTED)

    def open(self):
        return self.filter(state__in=OPEN_REFERRALS)


@tracked
class Referral(models.Model):
    """Somebody is referred to an intervention. `evidence`: what it rested on when it was proposed, as it was then."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="referrals_to_groups")
    code = models.CharField(max_length=40)  # of the intervention
    hook = models.CharField(max_length=9, choices=Hook.choices())
    ordered = models.BooleanField(default=False)  # the court ordered this one
    state = models.CharField(
        max_length=9, choices=ReferralState.choices(), default=ReferralState.PROPOSED
    )
    proposed_on = models.DateField()
    proposed_by = staff_member()  # null: by itself
    because = models.CharField(max_length=500)  # why this one, in sentences
    evidence = models.JSONField(default=dict)
    policy_version = models.PositiveIntegerField()
    answered_at = models.DateTimeField(null=True)
    answered_by = staff_member()
    declined_because = models.CharField(max_length=12, choices=Because.choices(), blank=True)
    words = models.CharField(max_length=500, blank=True)  # of the answer
    waiting_since = models.DateField(null=True)  # a place in the queue is kept from then on
    closed_on = models.DateField(null=True)
    closed_because = models.CharField(max_length=300, blank=True)

    objects = GroupReferralQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="referral_one_open_of_each",
                fields=["case", "code"],
                condition=Q(state__in=sorted(OPEN_REFERRALS)),
            ),
            models.UniqueConstraint(
                name="referral_one_to_answer",
                fields=["case"],
                condition=Q(state=ReferralState.PROPOSED),
            ),
            models.CheckConstraint(
                name="referral_answered_by_somebody",
                condition=~Q(state__in=ANSWERED)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
            ),
            models.CheckConstraint(
                name="referral_declined_for_a_reason",
                condition=~Q(state=ReferralState.DECLINED)
                | (~Q(declined_because="") & ~Q(words="")),
            ),
            models.CheckConstraint(
                name="referral_waits_from_a_day",
                condition=~Q(state=ReferralState.ACCEPTED) | Q(waiting_since__isnull=False),
            ),
            models.CheckConstraint(
                name="referral_closed_whole",
                condition=Q(state__in=sorted(OPEN_REFERRALS), closed_on=None)
                | (~Q(state__in=sorted(OPEN_REFERRALS)) & Q(closed_on__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(
                name="referral_waiting",
                fields=["code", "waiting_since"],
                condition=Q(state=ReferralState.ACCEPTED),
            )
        ]

    def __str__(self):
        return f"{self.case_id} {self.code}"


class UnmetNeedQuerySet(models.QuerySet):
    def undecided(self):
        return self.filter(decided_at=None, closed_on=None)

    def unmet(self):
        """Whatever was decided: until a place is found, or it is no longer asked for."""
        return self.filter(closed_on=None)


@tracked
class UnmetNeed(models.Model):
    """Nothing that is planned fits somebody who waits: the honest no, what a senior decided, and until when it counts."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="unmet")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="unmet_needs")
    missing = models.JSONField(default=list)  # sentences: what there would have to be
    opened_on = models.DateField()
    opened_by = staff_member()
    decision = models.CharField(max_length=10, choices=Decision.choices(), blank=True)
    words = models.CharField(max_length=500, blank=True)
    look_again_on = models.DateField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = staff_member()
    closed_on = models.DateField(null=True)
    closed_because = models.CharField(max_length=300, blank=True)

    objects = UnmetNeedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="unmet_need_one_open", fields=["case"], condition=Q(closed_on=None)
            ),
            models.CheckConstraint(
                name="unmet_need_decided_whole",
                condition=Q(decided_at=None, decided_by=None, decision="")
                | (
                    Q(decided_at__isnull=False, decided_by__isnull=False)
                    & ~Q(decision="")
                    & ~Q(words="")
                ),
            ),
            models.CheckConstraint(
                name="unmet_need_closed_for_a_reason",
                condition=Q(closed_on=None) | ~Q(closed_because=""),
            ),
        ]
        indexes = [
            models.Index(name="unmet_need_open", fields=["opened_on"], condition=Q(closed_on=None))
        ]

    def __str__(self):
        return f"{self.case_id} {self.opened_on}"
