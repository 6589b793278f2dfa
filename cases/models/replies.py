"""Replies in hand: pasted or uploaded by the hub, kept from the first moment, until each has its enquiry.

Source: product rules, checks; the hub's journey "checks desk".
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.models.checks import Enquiry
from cases.models.documents import Document


class ReplyInHandQuerySet(models.QuerySet):
    def unsettled(self):
        """Not yet recorded on an enquiry, passed on or set aside."""
        return self.filter(settled_at=None)


class ReplyInHand(models.Model):
    """What somebody pasted or uploaded, as it came. Settled once it stands where it belongs."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4)
    text = models.TextField(blank=True)
    document = models.ForeignKey(Document, null=True, on_delete=models.PROTECT)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    enquiries = models.ManyToManyField(Enquiry, related_name="+")  # those it has been recorded on
    settled_at = models.DateTimeField(null=True)
    settled_as = models.CharField(max_length=200, blank=True)  # what became of it, in words

    objects = ReplyInHandQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                name="reply_in_hand_unsettled", fields=["at"], condition=Q(settled_at=None)
            )
        ]

    def __str__(self):
        return str(self.key)
