"""Series of groups: their sessions, rooms and leaders; who has a place in them, and what the register says of each.

No room, leader or member is in two places: the database itself refuses it. Source: product rules, groups.
"""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from cases.models import Appointment, Case, Place
from cases.models.holding import staff_member
from grid.models.referrals import Referral
from grid.models.rooms import Room
from grid.reference.group_marks import Mark
from grid.reference.groups import LIVE_PLACES, PlaceState, SeriesState, SessionState
from staff.reference import tracked


def never_twice(name, column, condition):
    """Refuses two rows of the same thing at one time, where `condition` holds. What ends at an hour leaves it free.

    A range of one number takes the place of equality, for which an extension would be needed.
    """
    one = Func(
        F(column),
        F(column),
        Value("[]"),
        function="int8range",
        output_field=BigIntegerRangeField(),
    )
    time = Func(
        F("starts_at"), F("ends_at"), function="tstzrange", output_field=DateTimeRangeField()
    )
    return ExclusionConstraint(
        name=name,
        expressions=[(one, RangeOperators.OVERLAPS), (time, RangeOperators.OVERLAPS)],
        condition=condition,
    )


class SeriesQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state=SeriesState.OPEN)

    def to_come(self, now):
        """Not called off, and not over."""
        stands = SeriesSession.objects.filter(state=SessionState.STANDS, ends_at__gt=now)
        return self.open().filter(pk__in=stands.values("series"))


@tracked
class Series(models.Model):
    """One series of an intervention at one place. `dose`, `weekly`: as the policy and whoever planned it had them then.

    `version` grows with whatever changes its sessions, leaders or places.
    """

    code = models.CharField(max_length=40)  # of the intervention
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="series")
    places = models.PositiveSmallIntegerField()
    leaders = models.PositiveSmallIntegerField()  # asked for at each session
    women_only = models.BooleanField(default=False)
    led_by_women = models.BooleanField(default=False)
    rolling = models.BooleanField(default=False)  # what was missed is made up for in the next one
    entries = models.JSONField(default=list)  # numbers of the sessions with which one may begin
    must_finish = models.BooleanField(default=False)  # nobody joins whose order ends first
    skill = models.CharField(max_length=100, blank=True)
    dose = models.JSONField()  # {"sessions", "minutes", "a_week"}
    weekly = models.JSONField()  # [[weekday, "18:00"], ...]
    policy_version = models.PositiveIntegerField()
    note = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=SeriesState.choices(), default=SeriesState.OPEN)
    state_because = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    planned_at = models.DateTimeField()
    planned_by = staff_member(null=False)

    objects = SeriesQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="series_for_somebody", condition=Q(places__gte=1, leaders__gte=1)
            ),
            models.CheckConstraint(
                name="series_called_off_for_a_reason",
                condition=Q(state=SeriesState.OPEN) | ~Q(state_because=""),
            ),
        ]
        indexes = [
            models.Index(name="series_open", fields=["code"], condition=Q(state=SeriesState.OPEN))
        ]
        verbose_name_plural = "series"

    def __str__(self):
        return f"{self.code} {self.pk}"


class SeriesSessionQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(state=SessionState.STANDS)


@tracked
class SeriesSession(models.Model):
    """One session. Its number is its place in the series; one that is called off keeps the number that it had."""

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="sessions")
    number = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    room = models.ForeignKey(Room, null=True, on_delete=models.PROTECT, related_name="sessions")
    state = models.CharField(
        max_length=10, choices=SessionState.choices(), default=SessionState.STANDS
    )
    state_because = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True)  # its register, whole
    sent_by = staff_member()
    version = models.PositiveIntegerField(default=1)  # of its register

    objects = SeriesSessionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="series_session_of_some_time", condition=Q(ends_at__gt=F("starts_at"))
            ),
            models.CheckConstraint(
                name="series_session_called_off_for_a_reason",
                condition=Q(state=SessionState.STANDS) | ~Q(state_because=""),
            ),
            models.CheckConstraint(
                name="series_session_sent_by_somebody",
                condition=Q(sent_at=None, sent_by=None)
                | Q(sent_at__isnull=False, sent_by__isnull=False),
            ),
            models.UniqueConstraint(
                name="series_session_numbered_once",
                fields=["series", "number"],
                condition=Q(state=SessionState.STANDS),
            ),
            # A range between two nulls has no end either way, and would meet every room
            never_twice(
                "room_never_twice", "room", Q(state=SessionState.STANDS, room__isnull=False)
            ),
        ]
        indexes = [models.Index(name="series_session_by_time", fields=["starts_at"])]

    def __str__(self):
        return f"{self.series_id} {self.number}"


class SessionLeaderQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(stands=True)


@tracked
class SessionLeader(models.Model):
    """Somebody leads a session. `stands`: not once somebody else leads it, or it is called off. Its times are the session's."""

    session = models.ForeignKey(SeriesSession, on_delete=models.PROTECT, related_name="led_by")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="leads"
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    stands = models.BooleanField(default=True)
    because = models.CharField(max_length=300, blank=True)  # why they stand in, or no longer lead
    named_at = models.DateTimeField()
    named_by = staff_member(null=False)

    objects = SessionLeaderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="session_leader_once", fields=["session", "user"], condition=Q(stands=True)
            ),
            never_twice("leader_never_twice", "user", Q(stands=True)),
        ]

    def __str__(self):
        return f"{self.session_id} {self.user_id}"


class SeriesPlaceQuerySet(models.QuerySet):
    def live(self, now):
        """In the series, or kept for them and not yet run out."""
        kept = Q(state=PlaceState.KEPT, kept_until__gt=now)
        return self.filter(Q(state=PlaceState.TAKEN) | kept)


@tracked
class SeriesPlace(models.Model):
    """Somebody's place in a series. `instead`: of something else than what they wait for, so that they go on waiting."""

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="members")
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="places")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="group_places")
    instead = models.BooleanField(default=False)
    begins_with = models.PositiveSmallIntegerField()  # number of the session, when it was given
    state = models.CharField(max_length=8, choices=PlaceState.choices())
    kept_until = models.DateTimeField(null=True)
    seen = models.JSONField(default=list)  # what stood beside it, in sentences, when it was given
    given_at = models.DateTimeField()
    given_by = staff_member(null=False)
    closed_at = models.DateTimeField(null=True)
    closed_because = models.CharField(max_length=300, blank=True)

    objects = SeriesPlaceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="series_place_one_live",
                fields=["series", "case"],
                condition=Q(state__in=sorted(LIVE_PLACES)),
            ),
            models.CheckConstraint(
                name="series_place_kept_until_a_time",
                condition=~Q(state=PlaceState.KEPT) | Q(kept_until__isnull=False),
            ),
            models.CheckConstraint(
                name="series_place_left_for_a_reason",
                condition=~Q(state__in=[PlaceState.LET_GO, PlaceState.LEFT])
                | ~Q(closed_because=""),
            ),
        ]
        indexes = [
            models.Index(
                name="series_place_of_a_case",
                fields=["case"],
                condition=Q(state__in=sorted(LIVE_PLACES)),
            )
        ]

    def __str__(self):
        return f"{self.series_id} {self.case_id}"


class GroupAttendanceQuerySet(models.QuerySet):
    def expected(self):
        return self.filter(stands=True)


@tracked
class GroupAttendance(models.Model):
    """One person at one session: an appointment of the case, and what the register says. Its times are the session's."""

    session = models.ForeignKey(SeriesSession, on_delete=models.PROTECT, related_name="attendances")
    place = models.ForeignKey(SeriesPlace, on_delete=models.PROTECT, related_name="attendances")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="group_attendances")
    appointment = models.OneToOneField(
        Appointment, on_delete=models.PROTECT, related_name="group_attendance"
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    stands = models.BooleanField(default=True)  # not once they left, or it was called off or moved
    mark = models.CharField(max_length=15, choices=Mark.choices(), blank=True)  # blank: not said
    late_minutes = models.PositiveSmallIntegerField(default=0)
    excuse = models.CharField(max_length=10, blank=True)
    note = models.TextField(blank=True)
    recorded_at = models.DateTimeField(null=True)
    recorded_by = staff_member()
    version = models.PositiveIntegerField(default=1)

    objects = GroupAttendanceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="group_attendance_once", fields=["session", "case"], condition=Q(stands=True)
            ),
            models.CheckConstraint(
                name="group_attendance_said_by_somebody",
                condition=Q(mark="", recorded_at=None, recorded_by=None)
                | (~Q(mark="") & Q(recorded_at__isnull=False, recorded_by__isnull=False)),
            ),
            never_twice("member_never_twice", "case", Q(stands=True)),
        ]

    def __str__(self):
        return f"{self.session_id} {self.case_id}"
