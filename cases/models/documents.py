"""Documents kept with a case: what was sent to an agency, what came back, what came in.

Kept in the database, so that a document, the act it belongs to and its audit entry stand or fall
together, and one backup holds all three. Source: product rules, sharing.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.models.case import Case
from cases.reference.agencies import DocumentKind
from cases.reference.codes import Sharing


class Document(models.Model):
    """What is known of a document; its bytes are apart, so that lists never load them."""

    # Null only while a reply is in hand and nobody has said whose it is
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="documents")
    enquiry = models.ForeignKey(
        "cases.Enquiry", null=True, on_delete=models.PROTECT, related_name="documents"
    )
    kind = models.CharField(max_length=12, choices=DocumentKind.choices())
    name = models.CharField(max_length=200)  # our own; the name it came with may say anything
    media_type = models.CharField(max_length=100)  # by content, never as claimed
    size = models.PositiveIntegerField()  # bytes
    sha256 = models.CharField(max_length=64)
    sharing = models.CharField(max_length=4, choices=Sharing.choices(), default=Sharing.NO)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="document_of_an_enquiry_has_its_case",
                condition=Q(enquiry=None) | Q(case__isnull=False),
            )
        ]

    def __str__(self):
        return f"{self.kind} {self.pk}"


class DocumentContent(models.Model):
    document = models.OneToOneField(
        Document, primary_key=True, on_delete=models.PROTECT, related_name="content"
    )
    content = models.BinaryField()

    def __str__(self):
        return str(self.document_id)
