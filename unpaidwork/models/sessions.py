"""Who works where on which days; each day's session, its register, and who read its sheet.

Source: unpaid work reference 3, 4 and 6; product rules, gates and evidence.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.models import Appointment, Case, Override
from staff.reference import tracked
from unpaidwork.models.projects import Project, Route, Stop
from unpaidwork.models.work import Work
from unpaidwork.reference.risk import AllocationState
from unpaidwork.reference.sessions import Came, Grade, SessionState, Travel
from unpaidwork.reference.sites import Every


class WorkAllocationQuerySet(models.QuerySet):
    def live(self, on):
        """Active or suspended, and not past its last day: what a changed restriction is tested against."""
        return self.exclude(state=AllocationState.ENDED).filter(Q(to_on=None) | Q(to_on__gte=on))

    def active(self, on):
        """Active on this day."""
        found = self.filter(state=AllocationState.ACTIVE, from_on__lte=on)
        return found.filter(Q(to_on=None) | Q(to_on__gte=on))


@tracked
class WorkAllocation(models.Model):
    """Somebody works on a project on one day of the week. `evidence`: what the gate found, by whom it was passed."""

    work = models.ForeignKey(Work, on_delete=models.PROTECT, related_name="allocations")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="work_allocations")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="allocations")
    weekday = models.PositiveSmallIntegerField()  # 0 is Monday
    every = models.CharField(max_length=9, choices=Every.choices(), default=Every.WEEK)
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    from_at = models.TimeField()
    to_at = models.TimeField()
    stop = models.ForeignKey(Stop, null=True, on_delete=models.PROTECT)  # null: makes their own way
    travel_help = models.CharField(max_length=200, blank=True)  # warrant, expenses, van
    travel_because = models.CharField(max_length=300, blank=True)  # why, where the way is long
    agreed_alone = models.CharField(
        max_length=300, blank=True
    )  # her own agreement to be the only woman, in words and dated
    state = models.CharField(
        max_length=9, choices=AllocationState.choices(), default=AllocationState.ACTIVE
    )
    state_because = models.CharField(max_length=500, blank=True)
    override = models.ForeignKey(Override, null=True, on_delete=models.PROTECT)
    evidence = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = WorkAllocationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="work_allocation_in_a_week",
                condition=Q(weekday__lte=6) & Q(to_at__gt=F("from_at")),
            ),
            models.CheckConstraint(
                name="work_allocation_stops_for_a_reason",
                condition=Q(state=AllocationState.ACTIVE) | ~Q(state_because=""),
            ),
            models.UniqueConstraint(
                name="work_allocation_one_a_weekday",
                fields=["work", "weekday", "project"],
                condition=~Q(state=AllocationState.ENDED),
            ),
        ]
        indexes = [
            models.Index(
                name="work_allocation_live",
                fields=["project", "weekday"],
                condition=~Q(state=AllocationState.ENDED),
            ),
            models.Index(
                name="work_allocation_of_a_case",
                fields=["case"],
                condition=~Q(state=AllocationState.ENDED),
            ),
        ]

    def __str__(self):
        return f"{self.case_id} {self.project_id}"


class WorkSessionQuerySet(models.QuerySet):
    def open(self):
        """Neither closed nor stood down."""
        return self.filter(state__in=[SessionState.PLANNED, SessionState.PUBLISHED])


@tracked
class WorkSession(models.Model):
    """One day on one project. `version` grows with whatever changes its register."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="sessions")
    on = models.DateField()
    from_at = models.TimeField()
    to_at = models.TimeField()
    state = models.CharField(
        max_length=10, choices=SessionState.choices(), default=SessionState.PLANNED
    )
    state_because = models.CharField(max_length=300, blank=True)
    route = models.ForeignKey(Route, null=True, on_delete=models.PROTECT)
    staff = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="work_sessions")
    version = models.PositiveIntegerField(default=1)
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = WorkSessionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="work_session_once", fields=["project", "on", "from_at"]),
            models.CheckConstraint(
                name="work_session_stood_down_for_a_reason",
                condition=~Q(state=SessionState.STOOD_DOWN) | ~Q(state_because=""),
            ),
        ]
        indexes = [models.Index(name="work_session_by_day", fields=["on"])]

    def __str__(self):
        return f"{self.project_id} {self.on}"


@tracked
class Attendance(models.Model):
    """One person on one session: an appointment of the case, and what the register says of it."""

    session = models.ForeignKey(WorkSession, on_delete=models.PROTECT, related_name="attendances")
    work = models.ForeignKey(Work, on_delete=models.PROTECT, related_name="attendances")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="work_attendances")
    allocation = models.ForeignKey(WorkAllocation, null=True, on_delete=models.PROTECT)
    appointment = models.OneToOneField(
        Appointment, on_delete=models.PROTECT, related_name="attendance"
    )
    came = models.CharField(max_length=9, choices=Came.choices(), default=Came.EXPECTED)
    arrived_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    break_minutes = models.PositiveSmallIntegerField(default=0)  # unpaid, where policy says so
    penalty_minutes = models.PositiveSmallIntegerField(default=0)
    credited_minutes = models.PositiveSmallIntegerField(default=0)
    hi_vis = models.BooleanField(null=True)
    intensive = models.BooleanField(default=False)
    quality = models.CharField(max_length=2, choices=Grade.choices(), blank=True)
    behaviour = models.CharField(max_length=2, choices=Grade.choices(), blank=True)
    task = models.CharField(
        max_length=100, blank=True
    )  # one of the project's, as it was called then
    skills = models.JSONField(default=list)  # codes of `unpaidwork.reference.sessions.Skill`
    note = models.TextField(blank=True)
    sensitive = models.BooleanField(default=False)  # may be set, and is never unset
    travel = models.CharField(
        max_length=8, choices=Travel.choices(), blank=True
    )  # blank: their circumstances allow none
    version = models.PositiveIntegerField(default=1)
    recorded_at = models.DateTimeField(null=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(name="attendance_once", fields=["session", "work"]),
            models.CheckConstraint(
                name="attendance_leaves_after_arriving",
                condition=Q(left_at=None) | Q(left_at__gte=F("arrived_at")),
            ),
            models.CheckConstraint(
                name="attendance_credits_who_came",
                condition=Q(credited_minutes=0)
                | Q(came__in=[Came.LEFT, Came.SENT_HOME, Came.NO_WORK]),
            ),
        ]
        indexes = [
            models.Index(
                name="attendance_travel_waiting",
                fields=["session"],
                condition=Q(travel=Travel.WAITING),
            )
        ]

    def __str__(self):
        return f"{self.session_id} {self.case_id}"


class Acknowledgement(models.Model):
    """A supervisor read the sheet of one person as it stood. Never changed. `digest`: of what it said."""

    session = models.ForeignKey(
        WorkSession, on_delete=models.PROTECT, related_name="acknowledgements"
    )
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="acknowledgement_once", fields=["session", "case", "digest", "by"]
            )
        ]

    def __str__(self):
        return f"{self.session_id} {self.case_id}"
