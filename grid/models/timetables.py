"""A quarter's timetable of interventions: what was asked, what is proposed and why, what was changed, and that it was published.

Source: report 1.3 and 2.3 (places too few, waits too long); features 82 to 84. Nothing of it is a series or a place:
publishing makes series, and tells who has a place in them.
"""

from django.db import models
from django.db.models import Q

from cases.models import Case, Place
from cases.models.holding import staff_member
from grid.models.referrals import Referral
from grid.models.series import Series
from grid.reference.groups import UNFINISHED_TIMETABLES, TimetableState
from staff.reference import tracked


class TimetableQuerySet(models.QuerySet):
    def unfinished(self):
        return self.filter(state__in=UNFINISHED_TIMETABLES)

    def to_be_worked_out(self, began_before):
        """Nobody has begun, or whoever did has not come to an end since then."""
        waiting = Q(began_at=None) | Q(began_at__lt=began_before)
        return self.filter(waiting, state=TimetableState.WORKING)

    def being_published(self):
        return self.filter(state=TimetableState.PUBLISHING)


@tracked
class Timetable(models.Model):
    """One proposal. `facts`: how much it was worked out from; `told`: what is demanded and weighed, in sentences."""

    first_on = models.DateField()  # a Monday
    weeks = models.PositiveSmallIntegerField()
    state = models.CharField(
        max_length=9, choices=TimetableState.choices(), default=TimetableState.WORKING
    )
    asked_at = models.DateTimeField()
    asked_by = staff_member(null=False)
    began_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    worked_out_at = models.DateTimeField(null=True)
    policy_version = models.PositiveIntegerField(null=True)
    facts = models.JSONField(default=dict)
    told = models.JSONField(default=list)
    counts = models.PositiveBigIntegerField(null=True)
    at_most = models.PositiveBigIntegerField(null=True)
    best = models.BooleanField(default=False)  # proved
    by_the_clock = models.BooleanField(default=False)
    took = models.DecimalField(max_digits=6, decimal_places=1, null=True)  # seconds
    in_the_way = models.JSONField(default=list)  # sentences: why there is no proposal
    figures = models.JSONField(default=dict)  # {"proposed": ..., "first_come": ...}
    published_at = models.DateTimeField(null=True)
    published_by = staff_member()
    closed_at = models.DateTimeField(null=True)
    closed_by = staff_member()
    version = models.PositiveIntegerField(default=1)

    objects = TimetableQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="timetable_one_unfinished",
                fields=["first_on"],
                condition=Q(state__in=sorted(UNFINISHED_TIMETABLES)),
            )
        ]

    def __str__(self):
        return str(self.first_on)


@tracked
class TimetableSeries(models.Model):
    """One series of a proposal. `times`: [[weekday, part of day], ...]; `leaders`: keys of users, in a group or none."""

    timetable = models.ForeignKey(Timetable, on_delete=models.PROTECT, related_name="series")
    code = models.CharField(max_length=40)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    times = models.JSONField()
    first_week = models.PositiveSmallIntegerField()  # of the quarter, from 0
    leaders = models.JSONField(default=list)
    first_on = models.DateField()
    last_on = models.DateField()
    why = models.JSONField(default=list)  # sentences
    kept = models.BooleanField(default=True)  # not once it was taken out by hand
    changed_by = staff_member()
    settled_at = models.DateTimeField(null=True)  # it was published, or refused
    refused = models.JSONField(default=list)  # sentences: what of it could not be done
    made = models.ForeignKey(  # what it became when it was published
        Series, null=True, on_delete=models.PROTECT, related_name="proposed_by"
    )

    class Meta:
        verbose_name_plural = "timetable series"

    def __str__(self):
        return f"{self.timetable_id} {self.code}"


@tracked
class TimetablePlace(models.Model):
    """Somebody for whom a proposal has a place in a series of it."""

    series = models.ForeignKey(TimetableSeries, on_delete=models.PROTECT, related_name="people")
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    refused = models.CharField(max_length=500, blank=True)  # why no place was kept for them

    class Meta:
        constraints = [
            models.UniqueConstraint(name="timetable_place_once", fields=["series", "referral"])
        ]

    def __str__(self):
        return f"{self.series_id} {self.case_id}"
