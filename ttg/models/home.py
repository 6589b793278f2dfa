"""Where somebody goes from prison, where they are after some nights, and what they have with them.

Source: Through the Gate reference 3, 6 (release address), 7 (T4: offer by offer, night 1, night 28, three months).
"""

from django.db import models
from django.db.models import Q

from cases.models.holding import staff_member
from staff.reference import tracked
from ttg.models.custody import Custody
from ttg.reference.home import HomeKind, Item, ItemState, Night, OfferState, Stays


class HomeOfferQuerySet(models.QuerySet):
    def standing(self):
        """Not turned down, lost or unsafe."""
        return self.filter(state__in=[OfferState.OFFERED, OfferState.CONFIRMED])

    def confirmed(self):
        return self.filter(state=OfferState.CONFIRMED)


@tracked
class HomeOffer(models.Model):
    """One place somebody could go to. `looked` is what was asked about its safety, and what came of it."""

    custody = models.ForeignKey(Custody, on_delete=models.PROTECT, related_name="offers")
    kind = models.CharField(max_length=9, choices=HomeKind.choices())
    lines = models.CharField(max_length=400)
    town = models.CharField(max_length=100, blank=True)
    postcode = models.CharField(max_length=20, blank=True)
    who = models.CharField(max_length=300, blank=True)  # lives there
    offered_by = models.CharField(max_length=200)
    offered_on = models.DateField()
    from_on = models.DateField(null=True)  # that it is free; null: by the day of release
    state = models.CharField(max_length=9, choices=OfferState.choices(), default=OfferState.OFFERED)
    looked = models.JSONField(default=dict)
    because = models.CharField(max_length=500, blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = staff_member()
    recorded_by = staff_member(null=False)

    objects = HomeOfferQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="home_offer_one_confirmed",
                fields=["custody"],
                condition=Q(state=OfferState.CONFIRMED),
            ),
            models.CheckConstraint(
                name="home_offer_settled_for_a_reason",
                condition=Q(state=OfferState.OFFERED)
                | (Q(settled_at__isnull=False) & ~Q(because="")),
            ),
        ]

    def __str__(self):
        return f"{self.custody_id} {self.kind}"


class NoHomePlanQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(withdrawn_on=None)


@tracked
class NoHomePlan(models.Model):
    """What is done tonight for somebody with nowhere to go, signed by a senior."""

    custody = models.ForeignKey(Custody, on_delete=models.PROTECT, related_name="no_home_plans")
    tonight = models.TextField()
    looked_for = models.TextField()  # what was tried
    rings = models.CharField(max_length=200)  # who rings them on the first evening, and how
    signed_at = models.DateTimeField()
    signed_by = staff_member(null=False)
    withdrawn_on = models.DateField(null=True)

    objects = NoHomePlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="no_home_plan_one", fields=["custody"], condition=Q(withdrawn_on=None)
            ),
            models.CheckConstraint(
                name="no_home_plan_says_what",
                condition=~Q(tonight="") & ~Q(looked_for="") & ~Q(rings=""),
            ),
        ]

    def __str__(self):
        return str(self.custody_id)


@tracked
class NightStay(models.Model):
    """Where somebody was on one of the nights after release that we ask about."""

    custody = models.ForeignKey(Custody, on_delete=models.PROTECT, related_name="nights")
    night = models.CharField(max_length=2, choices=Night.choices())
    stays = models.CharField(max_length=9, choices=Stays.choices())
    words = models.CharField(max_length=300, blank=True)
    said_on = models.DateField()
    said_by = staff_member(null=False)

    class Meta:
        constraints = [models.UniqueConstraint(name="night_stay_once", fields=["custody", "night"])]

    def __str__(self):
        return f"{self.custody_id} {self.night}"


@tracked
class InHand(models.Model):
    """One thing somebody needs at the gate, and how far it has come. Never a number of an account or a document."""

    custody = models.ForeignKey(Custody, on_delete=models.PROTECT, related_name="in_hand")
    item = models.CharField(max_length=10, choices=Item.choices())
    state = models.CharField(max_length=11, choices=ItemState.choices())
    words = models.CharField(max_length=300, blank=True)  # which bank, what is missing, why not
    applied_on = models.DateField(null=True)
    expected_on = models.DateField(null=True)
    ready_on = models.DateField(null=True)
    with_them = models.BooleanField(default=False)  # given to them at the gate
    said_on = models.DateField()
    said_by = staff_member(null=False)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="in_hand_once", fields=["custody", "item"]),
            models.CheckConstraint(
                name="in_hand_ready_on_a_day",
                condition=~Q(state=ItemState.READY) | Q(ready_on__isnull=False),
            ),
            models.CheckConstraint(
                name="in_hand_not_for_a_reason",
                condition=~Q(
                    state__in=[ItemState.DECLINED, ItemState.TURNED_DOWN, ItemState.RETURNED]
                )
                | ~Q(words=""),
            ),
        ]

    def __str__(self):
        return f"{self.custody_id} {self.item}"
