"""Restrictions that can be checked: what an order forbids, where, until when; and where postcodes lie.

Source: architecture, "what siblings share lives in cases"; unpaid work reference 5 and 10. All places are in
metres of the national grid (OSGB).
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.models.case import Case
from cases.models.history import Registration
from cases.models.person import RelatedPerson
from cases.models.sentence import LicenceCondition, Requirement
from cases.reference.restrictions import OrderKind, Shape, Terms
from staff.reference import tracked


class RestrictionQuerySet(models.QuerySet):
    def standing(self):
        """Neither replaced by a later wording nor ended."""
        return self.filter(ended_on=None)

    def in_force(self, on):
        """On this day: an order holds to the end of its last day."""
        return self.standing().filter(Q(to_on=None) | Q(to_on__gte=on), from_on__lte=on)

    def in_force_between(self, first, last):
        """On any day from the first to the last; `last` None: without end."""
        found = self.standing().filter(Q(to_on=None) | Q(to_on__gte=first))
        return found.filter(from_on__lte=last) if last else found


@tracked
class Restriction(models.Model):
    """What one order keeps somebody from. A change ends the row and makes another, which follows it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="restrictions")
    kind = models.CharField(max_length=15, choices=OrderKind.choices())
    terms = models.CharField(max_length=8, choices=Terms.choices())
    prohibits = models.TextField(
        blank=True
    )  # in plain words, without a name or an address of anybody
    protects = models.ForeignKey(
        RelatedPerson, null=True, on_delete=models.PROTECT, related_name="protected_by"
    )
    made_by = models.CharField(max_length=200, blank=True)  # the court, or the prison
    from_on = models.DateField()
    to_on = models.DateField(null=True)  # its last day; null: until a further order
    copy_seen_on = models.DateField(null=True)
    copy_seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    source = models.CharField(max_length=300)  # where we have it from
    registration = models.ForeignKey(Registration, null=True, on_delete=models.PROTECT)
    requirement = models.ForeignKey(Requirement, null=True, on_delete=models.PROTECT)
    condition = models.ForeignKey(LicenceCondition, null=True, on_delete=models.PROTECT)
    follows = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="followed_by"
    )
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    ended_on = models.DateField(null=True)
    ended_because = models.CharField(max_length=300, blank=True)

    objects = RestrictionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="restriction_says_what_it_forbids",
                condition=Q(terms=Terms.NOT_SEEN) | ~Q(prohibits=""),
            ),
            models.CheckConstraint(
                name="restriction_ends_for_a_reason",
                condition=Q(ended_on=None) | ~Q(ended_because=""),
            ),
            models.CheckConstraint(
                name="restriction_ends_after_it_begins",
                condition=Q(to_on=None) | Q(to_on__gte=F("from_on")),
            ),
            models.CheckConstraint(
                name="restriction_copy_seen_by_somebody",
                condition=Q(copy_seen_on=None, copy_seen_by=None)
                | Q(copy_seen_on__isnull=False, copy_seen_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="restriction_standing", fields=["case"], condition=Q(ended_on=None))
        ]

    def __str__(self):
        return f"{self.case_id} {self.kind}"


class RestrictedArea(models.Model):
    """One area that a restriction bans. Written with it and never changed.

    `outline` of a circle: {"centre": [easting, northing], "radius": metres}; of an outline: {"rings": [[[easting,
    northing], ...], ...]}, the first ring outside, the others holes where it does not hold.
    """

    restriction = models.ForeignKey(Restriction, on_delete=models.PROTECT, related_name="areas")
    label = models.CharField(
        max_length=200
    )  # as its order calls it; kept to those who see protected names
    shape = models.CharField(max_length=7, choices=Shape.choices())
    outline = models.JSONField()
    buffer = models.PositiveIntegerField(default=0)  # metres around it that are kept clear as well

    def __str__(self):
        return f"{self.restriction_id} {self.shape}"


class PostcodePoint(models.Model):
    """Where a postcode lies, as Ordnance Survey's Code-Point Open gives it."""

    postcode = models.CharField(max_length=8, primary_key=True)  # capitals, without a space
    easting = models.PositiveIntegerField()
    northing = models.PositiveIntegerField()

    def __str__(self):
        return self.postcode
