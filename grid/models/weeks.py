"""When somebody can come: what they said of a usual week, what they are tied to, and places they prefer or cannot go to.

Source: features 76; report 2.3 (a man in work who needed an evening or a weekend).
"""

from django.db import models
from django.db.models import F, Q

from cases.models import Case, Place
from cases.models.holding import staff_member
from cases.rules.travel import Mode
from grid.reference.groups import CanGo
from grid.reference.parts_of_day import PartOfDay
from staff.reference import tracked


class SaidWeekQuerySet(models.QuerySet):
    def in_force(self):
        """What was said last: one of a case at most."""
        return self.filter(superseded_at=None)


@tracked
class SaidWeek(models.Model):
    """What somebody said of their usual week on one day. Never changed, only superseded by what they say later."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="said_weeks")
    by_way_of = models.CharField(max_length=4, choices=Mode.choices())  # how they get about
    # Whether she wants groups for women alone; null: not asked
    women_only = models.BooleanField(null=True)
    note = models.CharField(max_length=300, blank=True)
    said_at = models.DateTimeField()
    recorded_by = staff_member(null=False)
    superseded_at = models.DateTimeField(null=True)

    objects = SaidWeekQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="said_week_one_in_force", fields=["case"], condition=Q(superseded_at=None)
            )
        ]

    def __str__(self):
        return f"{self.case_id} {self.said_at}"


class FreeTime(models.Model):
    """A time of the week at which they can come: a part of a day, or exact hours. Never changed."""

    week = models.ForeignKey(SaidWeek, on_delete=models.PROTECT, related_name="times")
    weekday = models.PositiveSmallIntegerField()  # 0 is Monday
    part = models.CharField(max_length=9, choices=PartOfDay.choices(), blank=True)
    from_at = models.TimeField(null=True)
    to_at = models.TimeField(null=True)  # the earlier of the two where it goes on past midnight

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="free_time_of_a_week",
                condition=Q(weekday__lte=6)
                & (
                    (~Q(part="") & Q(from_at=None, to_at=None))
                    | (Q(part="") & Q(from_at__isnull=False, to_at__isnull=False))
                ),
            ),
            models.UniqueConstraint(
                name="free_time_once", fields=["week", "weekday", "part"], condition=~Q(part="")
            ),
        ]

    def __str__(self):
        return f"{self.week_id} {self.weekday} {self.part}"


class CommitmentQuerySet(models.QuerySet):
    def standing(self, today):
        """Not taken back, and not over."""
        return self.filter(Q(last_on=None) | Q(last_on__gte=today), taken_back_at=None)


@tracked
class Commitment(models.Model):
    """Something they are tied to at an hour of a day of the week. Where its first day is its last, it is that day alone."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="commitments")
    words = models.CharField(max_length=100)  # within a sentence: "work", "the school run"
    weekday = models.PositiveSmallIntegerField()
    from_at = models.TimeField()
    to_at = models.TimeField()
    first_on = models.DateField(null=True)
    last_on = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = staff_member(null=False)
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = staff_member()

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="commitment_of_a_week",
                condition=Q(weekday__lte=6)
                & ~Q(words="")
                & ~Q(from_at=F("to_at"))
                & (Q(first_on=None) | Q(last_on=None) | Q(last_on__gte=F("first_on"))),
            ),
            models.CheckConstraint(
                name="commitment_taken_back_by_somebody",
                condition=Q(taken_back_at=None, taken_back_by=None)
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                name="commitment_of_a_case", fields=["case"], condition=Q(taken_back_at=None)
            )
        ]

    def __str__(self):
        return f"{self.case_id} {self.words}"


@tracked
class PlaceSaid(models.Model):
    """A place that somebody prefers, or to which they cannot or must not go, and why."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="places_said")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    can_go = models.CharField(max_length=7, choices=CanGo.choices())
    because = models.CharField(max_length=300, blank=True)
    said_at = models.DateTimeField()
    recorded_by = staff_member(null=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="place_said_once", fields=["case", "place"]),
            models.CheckConstraint(
                name="place_said_cannot_for_a_reason",
                condition=~Q(can_go=CanGo.CANNOT) | ~Q(because=""),
            ),
        ]
        verbose_name_plural = "places said"

    def __str__(self):
        return f"{self.case_id} {self.place_id}"
