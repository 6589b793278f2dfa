"""What is to be worked, what is added to and taken from it, courses, and looking back on the way.

Source: unpaid work reference 2, 3 and 7.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.models import Case, Requirement
from staff.reference import tracked
from unpaidwork.reference.work import Adjusts, CourseState, ReviewPoint, Runs, WorkState


class WorkQuerySet(models.QuerySet):
    def open(self):
        """To be worked, now or once it is no longer suspended."""
        return self.filter(state__in=[WorkState.OPEN, WorkState.SUSPENDED])


@tracked
class Work(models.Model):
    """The unpaid work of one requirement. What was ordered is the requirement's; minutes are kept whole."""

    requirement = models.OneToOneField(
        Requirement, primary_key=True, on_delete=models.PROTECT, related_name="work"
    )
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="works")
    state = models.CharField(max_length=9, choices=WorkState.choices(), default=WorkState.OPEN)
    state_because = models.CharField(max_length=300, blank=True)
    runs = models.CharField(max_length=11, choices=Runs.choices(), default=Runs.REGULAR)
    beside = models.ForeignKey(  # the other requirement, where it runs with or after one
        "self", null=True, on_delete=models.PROTECT, related_name="others"
    )
    minutes_ordered = models.PositiveIntegerField()
    sentenced_on = models.DateField()
    arrived_on = models.DateField()  # with us: from when it is to be arranged
    extended_to = models.DateField(null=True)  # by the court: worked by then
    ete_because = models.CharField(
        max_length=300, blank=True
    )  # why courses count; blank: they do not
    intensive = models.BooleanField(null=True)  # null: not decided
    intensive_because = models.CharField(max_length=300, blank=True)
    weekly_minutes = models.PositiveIntegerField(default=420)  # offered, at least
    completed_on = models.DateField(null=True)

    objects = WorkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="work_stops_for_a_reason",
                condition=~Q(state__in=[WorkState.SUSPENDED, WorkState.ENDED])
                | ~Q(state_because=""),
            ),
            models.CheckConstraint(
                name="work_beside_another",
                condition=Q(runs__in=[Runs.CONCURRENT, Runs.CONSECUTIVE], beside__isnull=False)
                | Q(runs__in=[Runs.REGULAR, Runs.ADDITIONAL]),
            ),
        ]
        indexes = [
            models.Index(
                name="work_open",
                fields=["case"],
                condition=Q(state__in=[WorkState.OPEN, WorkState.SUSPENDED]),
            )
        ]

    def __str__(self):
        return str(self.requirement_id)


class Adjustment(models.Model):
    """Minutes added or taken away. Never changed: a mistake is put right by another."""

    work = models.ForeignKey(Work, on_delete=models.PROTECT, related_name="adjustments")
    reason = models.CharField(max_length=11, choices=Adjusts.choices())
    minutes = models.IntegerField()
    on = models.DateField()
    note = models.CharField(max_length=300)
    attendance = models.ForeignKey(  # whose travel it credits
        "unpaidwork.Attendance", null=True, on_delete=models.PROTECT, related_name="adjustments"
    )
    at = models.DateTimeField()
    by = models.ForeignKey(  # null: as the extract said when the requirement was taken up
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="adjustment_of_some_minutes", condition=~Q(minutes=0) & ~Q(note="")
            ),
            models.UniqueConstraint(
                name="adjustment_travel_once", fields=["attendance"], condition=Q(reason="travel")
            ),
        ]

    def __str__(self):
        return f"{self.work_id} {self.minutes}"


class CourseQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(state=CourseState.WAITING)

    def credited(self):
        return self.filter(state=CourseState.CREDITED)


@tracked
class Course(models.Model):
    """A course that somebody finished, and whether it counts."""

    work = models.ForeignKey(Work, on_delete=models.PROTECT, related_name="courses")
    provider = models.CharField(max_length=200)
    title = models.CharField(max_length=200)
    reference = models.CharField(max_length=100, blank=True)  # the provider's own
    expected_minutes = models.PositiveIntegerField()
    taken_minutes = models.PositiveIntegerField()
    finished_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(
        max_length=8, choices=CourseState.choices(), default=CourseState.WAITING
    )
    credited_minutes = models.PositiveIntegerField(default=0)
    because = models.CharField(max_length=300, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = CourseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="course_decided_whole",
                condition=Q(state=CourseState.WAITING, decided_by=None, credited_minutes=0)
                | Q(state=CourseState.CREDITED, decided_by__isnull=False, credited_minutes__gte=1)
                | (
                    Q(state=CourseState.REFUSED, decided_by__isnull=False, credited_minutes=0)
                    & ~Q(because="")
                ),
            ),
            models.UniqueConstraint(
                name="course_once",
                fields=["work", "provider", "reference"],
                condition=~Q(reference=""),
            ),
        ]

    def __str__(self):
        return f"{self.work_id} {self.title}"


@tracked
class WorkReview(models.Model):
    """Looking back with the person at a third, half and the end of the hours."""

    work = models.ForeignKey(Work, on_delete=models.PROTECT, related_name="reviews")
    point = models.CharField(max_length=5, choices=ReviewPoint.choices())
    held_on = models.DateField()
    their_words = models.TextField(blank=True)  # what they say they have got out of it
    their_words_absent = models.CharField(max_length=300, blank=True)  # why there are none
    strengths = models.TextField()  # what has grown, by what was seen
    next = models.TextField(blank=True)  # what changes from here
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="work_review_once", fields=["work", "point"]),
            models.CheckConstraint(
                name="work_review_has_their_view",
                condition=~Q(their_words="") | ~Q(their_words_absent=""),
            ),
        ]

    def __str__(self):
        return f"{self.work_id} {self.point}"
