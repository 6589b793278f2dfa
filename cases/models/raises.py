"""What was raised at once, in a sentence, before it could be assessed in full.

Source: product rules, raise now: no gate delays a rise, and none is undone without a signed assessment.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.models.assessments import Assessment
from cases.models.case import Case
from cases.models.checks import Enquiry
from cases.models.history import ImportedAssessment, Registration
from cases.reference.codes import ContactLevel
from cases.reference.information import RaiseKind
from staff.reference import tracked


class RaiseQuerySet(models.QuerySet):
    def standing(self):
        """Not yet answered by a signed assessment."""
        return self.filter(assessed_on=None)


@tracked
class Raise(models.Model):
    """A provisional risk level, flag or contact level. A risk level or flag is a provisional registration."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="raises")
    kind = models.CharField(max_length=8, choices=RaiseKind.choices())
    registration = models.OneToOneField(
        Registration, null=True, on_delete=models.PROTECT, related_name="raised"
    )
    contact_level = models.CharField(max_length=14, blank=True, choices=ContactLevel.choices())
    because = models.CharField(max_length=500)
    enquiry = models.ForeignKey(Enquiry, null=True, on_delete=models.PROTECT)  # whose reply says so
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    assessed_on = models.DateField(null=True)
    # The assessment that answered it: one brought in, or one signed here
    assessment = models.ForeignKey(ImportedAssessment, null=True, on_delete=models.PROTECT)
    answered_by = models.ForeignKey(
        Assessment,
        null=True,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="answers_raises",
    )

    objects = RaiseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="raise_says_what_and_why",
                condition=~Q(because="")
                & (
                    Q(kind=RaiseKind.CONTACT, registration=None) & ~Q(contact_level="")
                    | ~Q(kind=RaiseKind.CONTACT) & Q(registration__isnull=False, contact_level="")
                ),
            )
        ]
        indexes = [
            models.Index(name="raise_standing", fields=["case"], condition=Q(assessed_on=None))
        ]

    def __str__(self):
        return f"{self.case_id} {self.kind}"
