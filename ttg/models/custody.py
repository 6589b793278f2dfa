"""Prisons, and each stay of somebody in prison, from reception to release.

Source: Through the Gate reference 2 (custody and dates), 7 (works for the person wherever they are held; an earlier
stay stays visible).
"""

from django.db import models
from django.db.models import F, Q

from cases.models import Case, Sentence
from cases.models.holding import staff_member
from staff.reference import tracked
from ttg.reference.custody import CustodyKind, ReleaseKind


class PrisonQuerySet(models.QuerySet):
    def in_use(self, today):
        return self.filter(Q(closed_on=None) | Q(closed_on__gt=today))


@tracked
class Prison(models.Model):
    name = models.CharField(max_length=200, unique=True)
    postcode = models.CharField(max_length=20, blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    resettles = models.BooleanField(null=True)  # a resettlement prison; null: not known
    gate = models.CharField(max_length=300, blank=True)  # where to wait for somebody
    closed_on = models.DateField(null=True)

    objects = PrisonQuerySet.as_manager()

    def __str__(self):
        return self.name


class CustodyQuerySet(models.QuerySet):
    def held(self):
        """In prison now, as far as we know."""
        return self.filter(released_on=None, ended_on=None)

    def released(self):
        return self.filter(released_on__isnull=False)

    def released_since(self, day):
        return self.filter(released_on__gte=day)


@tracked
class Custody(models.Model):
    """One stay in prison. What its dates are reckoned from is kept beside what was reckoned.

    `basis` is that of `ttg.rules.release_dates`: {"terms": [...], "remand_days": 0, ...}; `reckoned` {"half_way": day,
    ..., "rule": version}. `release_on` is the day everything here counts from: reckoned, or set with a reason.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="custodies")
    sentence = models.ForeignKey(
        Sentence, null=True, on_delete=models.PROTECT, related_name="custodies"
    )
    kind = models.CharField(max_length=9, choices=CustodyKind.choices())
    prison = models.ForeignKey(
        Prison, null=True, on_delete=models.PROTECT, related_name="custodies"
    )
    prison_officer = models.CharField(
        max_length=200, blank=True
    )  # who knows them there, how to reach
    received_on = models.DateField()
    source = models.CharField(max_length=300)  # where we have it from
    screened_on = models.DateField(null=True)  # basic custody screening
    screened_by = models.CharField(max_length=200, blank=True)
    basis = models.JSONField(default=dict)
    reckoned = models.JSONField(default=dict)
    release_on = models.DateField(null=True)  # null: not known
    release_kind = models.CharField(max_length=12, choices=ReleaseKind.choices(), blank=True)
    released_on = models.DateField(null=True)
    # A release of that day was undone here: the record that still tells of it is not followed
    undone_on = models.DateField(null=True)
    worker = staff_member()  # of Through the Gate
    mentor = staff_member()
    follows = models.OneToOneField(  # the stay before a recall
        "self", null=True, on_delete=models.PROTECT, related_name="followed_by"
    )
    recorded_at = models.DateTimeField()
    recorded_by = staff_member()  # null: taken up from an extract
    ended_on = models.DateField(null=True)  # without a release: a mistake, a move to another system
    ended_because = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=0)

    objects = CustodyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="custody_one",
                fields=["case"],
                condition=Q(released_on=None, ended_on=None),
            ),
            models.CheckConstraint(
                name="custody_released_after_reception",
                condition=Q(released_on=None) | Q(released_on__gte=F("received_on")),
            ),
            models.CheckConstraint(
                name="custody_ends_for_a_reason",
                condition=Q(ended_on=None) | ~Q(ended_because=""),
            ),
            models.CheckConstraint(
                name="custody_release_of_a_kind",
                condition=Q(release_on=None, release_kind="")
                | (Q(release_on__isnull=False) & ~Q(release_kind="")),
            ),
        ]
        indexes = [
            models.Index(
                name="custody_leaving",
                fields=["release_on", "id"],
                condition=Q(released_on=None, ended_on=None),
            ),
            models.Index(name="custody_released", fields=["-released_on"]),
        ]

    def __str__(self):
        return f"{self.case_id} {self.received_on}"


class PrisonStay(models.Model):
    """At which prison, from one day to another, of one stay in custody. The last has no end while they are held."""

    custody = models.ForeignKey(Custody, on_delete=models.PROTECT, related_name="stays")
    prison = models.ForeignKey(Prison, on_delete=models.PROTECT, related_name="stays")
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="prison_stay_one", fields=["custody"], condition=Q(to_on=None)
            ),
            models.CheckConstraint(
                name="prison_stay_ends_after_start",
                condition=Q(to_on=None) | Q(to_on__gte=F("from_on")),
            ),
        ]

    def __str__(self):
        return f"{self.custody_id} {self.from_on}"


class ReleaseChange(models.Model):
    """A day of release that was set, and the one it took the place of. Never changed."""

    custody = models.ForeignKey(Custody, on_delete=models.PROTECT, related_name="changes")
    was_on = models.DateField(null=True)
    release_on = models.DateField(null=True)
    kind = models.CharField(max_length=12, choices=ReleaseKind.choices(), blank=True)
    because = models.CharField(max_length=300)
    at = models.DateTimeField()
    by = staff_member()  # null: an extract

    def __str__(self):
        return f"{self.custody_id} {self.release_on}"
