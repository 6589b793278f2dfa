"""The agency book, and what the system sends to agencies and to staff.

Source: product rules, checks; architecture, "the database is the queue".
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.models.documents import Document
from cases.reference.agencies import Channel, Delivery, Means, MessageKind
from cases.reference.checks import CheckKind
from staff.reference import tracked


class AgencyQuerySet(models.QuerySet):
    def current(self, today):
        """Those that may be asked."""
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=today))


@tracked
class Agency(models.Model):
    """Whom we ask, about what, for which area, how, and how long they take."""

    kind = models.CharField(max_length=12, choices=CheckKind.choices())
    name = models.CharField(max_length=200)
    # Names of local authorities and postcode districts (RG1) they answer for; empty: everywhere
    areas = models.JSONField(default=list)
    channel = models.CharField(max_length=10, choices=Channel.choices())
    email = models.EmailField(blank=True)
    address = models.CharField(max_length=400, blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    portal = models.URLField(blank=True)
    turnaround_days = models.PositiveSmallIntegerField(null=True)  # working; null: by the policy
    note = models.CharField(max_length=500, blank=True)  # what helps whoever asks them
    ended_on = models.DateField(null=True)

    objects = AgencyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="agency_once", fields=["kind", "name"], condition=Q(ended_on=None)
            ),
            models.CheckConstraint(
                name="agency_can_be_reached",
                condition=(~Q(channel=Channel.EMAIL) | ~Q(email=""))
                & (~Q(channel=Channel.LETTER) | ~Q(address=""))
                & (~Q(channel=Channel.TELEPHONE) | ~Q(telephone=""))
                & (~Q(channel=Channel.PORTAL) | ~Q(portal="")),
            ),
        ]

    def __str__(self):
        return self.name


class MessageQuerySet(models.QuerySet):
    def due(self, now):
        """Waiting, and allowed to go by now."""
        return self.filter(delivery=Delivery.WAITING, not_before__lte=now)


class Message(models.Model):
    """One e-mail or text. Written in the transaction of the act it tells of, sent by the sweep of each minute."""

    key = models.CharField(
        max_length=120, unique=True
    )  # what it is for: the same is never sent twice
    kind = models.CharField(max_length=10, choices=MessageKind.choices())
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="messages"
    )
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="messages")
    # A reminder goes to the person an appointment is with
    appointment = models.ForeignKey(
        "cases.Appointment",
        null=True,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="messages",
    )
    # A referral goes to a service, about a case. Its words are put together as it goes and are not kept here
    case = models.ForeignKey(
        "cases.Case",
        null=True,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="messages",
    )
    means = models.CharField(
        max_length=5, choices=Means.choices(), default=Means.EMAIL, db_default=Means.EMAIL.value
    )
    address = models.CharField(max_length=254)  # or number, as it was when written
    subject = models.CharField(max_length=200)
    body = models.TextField()
    document = models.ForeignKey(Document, null=True, on_delete=models.PROTECT)
    not_before = models.DateTimeField()  # quiet hours end then
    delivery = models.CharField(max_length=10, choices=Delivery.choices(), default=Delivery.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=100, blank=True)  # the kind of error, never its text
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)  # sent, failed, or found unsure

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="message_to_one",
                condition=Q(user=None, agency__isnull=False, appointment=None, case=None)
                | Q(user__isnull=False, agency=None, appointment=None, case=None)
                | Q(user=None, agency=None, appointment__isnull=False, case=None)
                | Q(user=None, agency=None, appointment=None, case__isnull=False, body="")
                # A letter goes to the person whose case its document is of
                | Q(user=None, agency=None, appointment=None, case=None, document__isnull=False)
                & Q(kind=MessageKind.LETTER),
            )
        ]
        indexes = [
            models.Index(name="message_of_appointment", fields=["appointment"]),
            models.Index(
                name="message_about_case", fields=["case"], condition=Q(case__isnull=False)
            ),
            models.Index(
                name="message_waiting",
                fields=["not_before"],
                condition=Q(delivery=Delivery.WAITING),
            ),
            models.Index(name="message_going", fields=["id"], condition=Q(delivery=Delivery.GOING)),
            models.Index(  # counted on every page of the hub, among all that was ever sent
                name="message_unsettled",
                fields=["at", "id"],
                condition=Q(delivery__in=[Delivery.WAITING, Delivery.FAILED, Delivery.UNSURE]),
            ),
        ]

    def __str__(self):
        return self.key
