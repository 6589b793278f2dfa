"""The book of community services; what somebody needs on release; referrals, step by step; links by which a service answers.

Source: Through the Gate reference 3, 6, 7; report 4.2 (T1, T3).
"""

from django.db import models
from django.db.models import Q

from cases.models.holding import staff_member
from staff.reference import tracked
from ttg.models.custody import Custody
from ttg.reference.referrals import (
    Consent,
    NeedSide,
    NeedState,
    Pathway,
    ReferralState,
    SentHow,
    ServiceKind,
)


class ServiceQuerySet(models.QuerySet):
    def current(self, today):
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=today))


@tracked
class Service(models.Model):
    """A service in the community that people are referred to, or a pharmacy."""

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=9, choices=ServiceKind.choices())
    email = models.EmailField(blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=400, blank=True)
    postcode = models.CharField(max_length=20, blank=True)
    authority = models.CharField(
        max_length=100, blank=True
    )  # the housing authority it is, or serves
    weekdays = models.JSONField(default=list)  # on which it is open, 0 is Monday; empty: not known
    note = models.CharField(max_length=500, blank=True)
    ended_on = models.DateField(null=True)

    objects = ServiceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="service_once", fields=["kind", "name"], condition=Q(ended_on=None)
            )
        ]

    def __str__(self):
        return self.name


class NeedQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state=NeedState.OPEN)


@tracked
class Need(models.Model):
    """Something somebody needs on leaving prison. Met by an answer of a service or a thing done, never by a leaflet."""

    custody = models.ForeignKey(Custody, on_delete=models.PROTECT, related_name="needs")
    pathway = models.CharField(max_length=10, choices=Pathway.choices())
    code = models.CharField(max_length=40, blank=True)  # of the catalogue; blank: in words alone
    words = models.CharField(max_length=300)
    side = models.CharField(max_length=9, choices=NeedSide.choices())
    state = models.CharField(max_length=10, choices=NeedState.choices(), default=NeedState.OPEN)
    found_on = models.DateField()
    found_by = staff_member(null=False)
    settled_on = models.DateField(null=True)
    settled_by = staff_member()
    because = models.CharField(
        max_length=500, blank=True
    )  # what met it, or why not: their own words

    objects = NeedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="need_once",
                fields=["custody", "code"],
                condition=~Q(code="") & Q(state=NeedState.OPEN),
            ),
            models.CheckConstraint(
                name="need_settled_for_a_reason",
                condition=Q(state=NeedState.OPEN) | (Q(settled_on__isnull=False) & ~Q(because="")),
            ),
        ]

    def __str__(self):
        return f"{self.custody_id} {self.pathway}"


OVER = [ReferralState.REJECTED, ReferralState.WITHDRAWN, ReferralState.CLOSED]
TAKEN_ON = [ReferralState.ACCEPTED, ReferralState.BOOKED, ReferralState.ATTENDED, ReferralState.MISSED]  # fmt: skip


class ReferralQuerySet(models.QuerySet):
    def running(self):
        return self.exclude(state__in=OVER)

    def unanswered(self):
        return self.filter(state__in=[ReferralState.SENT, ReferralState.RECEIVED])

    def taken_on(self):
        """The service has said that it will see them."""
        return self.filter(state__in=TAKEN_ON)


@tracked
class Referral(models.Model):
    """Asking one service to meet one need. Its steps are kept; here is where it stands."""

    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="referrals")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="referrals")
    under_duty = models.BooleanField(default=False)  # to refer somebody who may be homeless
    chosen_because = models.CharField(max_length=300, blank=True)  # of the authority, by the person
    state = models.CharField(
        max_length=9, choices=ReferralState.choices(), default=ReferralState.DRAFTED
    )
    consent = models.CharField(max_length=9, choices=Consent.choices(), default=Consent.NOT_ASKED)
    consent_on = models.DateField(null=True)
    tells = (
        models.TextField()
    )  # what the service is told, besides who they are: no more than it needs
    sent_at = models.DateTimeField(null=True)
    sent_how = models.CharField(max_length=9, choices=SentHow.choices(), blank=True)
    received_by = models.CharField(max_length=200, blank=True)  # a name there, once it answered
    first_at = models.DateTimeField(null=True)  # the first appointment there
    first_where = models.CharField(max_length=300, blank=True)
    first_postcode = models.CharField(max_length=20, blank=True)
    person_told_on = models.DateField(null=True)  # of the first appointment
    because = models.CharField(
        max_length=500, blank=True
    )  # turned down, taken back, closed, missed
    made_at = models.DateTimeField()
    made_by = staff_member(null=False)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="referral_once",
                fields=["need", "service"],
                condition=~Q(state__in=OVER),
            ),
            models.CheckConstraint(
                name="referral_sent_with_consent",
                condition=Q(state__in=[ReferralState.DRAFTED, ReferralState.WITHDRAWN])
                | Q(consent=Consent.AGREED, sent_at__isnull=False),
            ),
            models.CheckConstraint(
                name="referral_accepted_by_somebody",
                condition=~Q(state__in=[*TAKEN_ON, ReferralState.WAITING]) | ~Q(received_by=""),
            ),
            models.CheckConstraint(
                name="referral_booked_with_a_time",
                condition=~Q(
                    state__in=[ReferralState.BOOKED, ReferralState.ATTENDED, ReferralState.MISSED]
                )  # fmt: skip
                | Q(first_at__isnull=False),
            ),
            models.CheckConstraint(
                name="referral_over_for_a_reason", condition=~Q(state__in=OVER) | ~Q(because="")
            ),
        ]
        indexes = [
            models.Index(
                name="referral_unanswered",
                fields=["sent_at"],
                condition=Q(state__in=[ReferralState.SENT, ReferralState.RECEIVED]),
            )
        ]

    def __str__(self):
        return f"{self.need_id} {self.service_id}"


class ReferralStep(models.Model):
    """A step a referral took, who took it, and by which way. Never changed."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=9, choices=ReferralState.choices())
    at = models.DateTimeField()
    by = staff_member()  # null: the service itself, by its link
    by_whom = models.CharField(max_length=200, blank=True)  # a name at the service
    words = models.CharField(max_length=500, blank=True)

    def __str__(self):
        return f"{self.referral_id} {self.state}"


class ReplyLinkQuerySet(models.QuerySet):
    def live(self, now):
        return self.filter(used_at=None, revoked_at=None, expires_at__gt=now)


class ReplyLink(models.Model):
    """A link by which a service answers one referral, once, until it stops working. Only a digest of it is kept."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="links")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by = staff_member(null=False)
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = ReplyLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="reply_link_one",
                fields=["referral"],
                condition=Q(used_at=None, revoked_at=None),
            )
        ]

    def __str__(self):
        return str(self.referral_id)
