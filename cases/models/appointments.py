"""Appointments: every attendance anywhere is one; where they are held; what one that went wrong came to.

The line of the log that an appointment is (when, what, with whom, what came of it) is its `Contact`.
Sources: architecture, "what siblings share lives in cases"; product rules, failures; supervision reference 2.4.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.models.case import Case
from cases.models.contacts import Contact
from cases.models.sentence import LicenceCondition, Requirement
from cases.models.sentence_plans import Objective
from cases.reference.appointments import (
    AskedBy,
    Called,
    Decided,
    Enforces,
    Interpreter,
    RarTheme,
    Safe,
    ToldHow,
    Where,
)
from cases.reference.plans import Route
from staff.models import Team
from staff.reference import tracked


class PlaceQuerySet(models.QuerySet):
    def in_use(self, today):
        return self.filter(Q(closed_on=None) | Q(closed_on__gt=today))


@tracked
class Place(models.Model):
    """An office, or another place where people are seen."""

    name = models.CharField(max_length=200, unique=True)
    address = models.CharField(max_length=400, blank=True)
    postcode = models.CharField(max_length=20, blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    how_to_find = models.CharField(max_length=300, blank=True)  # said in letters and messages
    step_free = models.BooleanField(null=True)  # null: not known
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT)  # whose office it is
    closed_on = models.DateField(null=True)

    objects = PlaceQuerySet.as_manager()

    def __str__(self):
        return self.name


@tracked
class OpeningHours(models.Model):
    """When a place takes appointments on a day of the week; at some hours women alone."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="hours")
    weekday = models.PositiveSmallIntegerField()  # 0 is Monday
    from_at = models.TimeField()
    to_at = models.TimeField()
    women_only = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="opening_hours_of_a_week",
                condition=Q(weekday__lte=6) & Q(to_at__gt=F("from_at")),
            )
        ]

    def __str__(self):
        return f"{self.place_id} {self.weekday}"


class RarActivityQuerySet(models.QuerySet):
    def live(self):
        return self.filter(ended_on=None)


@tracked
class RarActivity(models.Model):
    """Work planned under a rehabilitation activity requirement: what, how many days, by what route."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="rar_activities")
    requirement = models.ForeignKey(
        Requirement, on_delete=models.PROTECT, related_name="activities"
    )
    objective = models.ForeignKey(Objective, null=True, on_delete=models.PROTECT)
    theme = models.CharField(max_length=6, choices=RarTheme.choices())
    what = models.CharField(max_length=300)
    days = (
        models.PositiveSmallIntegerField()
    )  # planned; a day is credited at most once a calendar day
    route = models.CharField(max_length=12, choices=Route.choices())
    planned_on = models.DateField()
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    ended_on = models.DateField(null=True)
    ended_because = models.CharField(max_length=300, blank=True)

    objects = RarActivityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="rar_activity_of_some_days", condition=Q(days__gte=1)),
            models.CheckConstraint(
                name="rar_activity_ends_for_a_reason",
                condition=Q(ended_on=None) | ~Q(ended_because=""),
            ),
        ]

    def __str__(self):
        return f"{self.case_id} {self.theme}"


class AppointmentQuerySet(models.QuerySet):
    def standing(self):
        """Neither called off nor moved to another time."""
        return self.filter(called_off_at=None)

    def to_come(self, now):
        return self.standing().filter(contact__started_at__gt=now, contact__outcome_code="")

    def unlogged(self, now):
        """Past, and nobody has said what came of them."""
        return self.standing().filter(contact__started_at__lte=now, contact__outcome_code="")

    def missed(self):
        """Nobody came who had to, whatever was decided of it since. None of one that was voluntary."""
        return self.standing().filter(contact__attended=False, decision__isnull=False)


@tracked
class Appointment(models.Model):
    """What a booking has beside its line in the log. One brought in has none until somebody acts on it."""

    contact = models.OneToOneField(
        Contact, primary_key=True, on_delete=models.PROTECT, related_name="booking"
    )
    officer = models.ForeignKey(  # who sees them
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="appointments"
    )
    where = models.CharField(max_length=9, choices=Where.choices())
    place = models.ForeignKey(Place, null=True, on_delete=models.PROTECT)
    enforces = models.CharField(max_length=11, choices=Enforces.choices())
    condition = models.ForeignKey(LicenceCondition, null=True, on_delete=models.PROTECT)
    rar_activity = models.ForeignKey(RarActivity, null=True, on_delete=models.PROTECT)
    series = models.UUIDField(null=True)  # repeats that were booked together
    interpreter = models.CharField(
        max_length=10, choices=Interpreter.choices(), default=Interpreter.NOT_NEEDED
    )
    interpreter_note = models.CharField(max_length=200, blank=True)  # language, who comes
    told_how = models.CharField(max_length=9, choices=ToldHow.choices(), default=ToldHow.NOT_YET)
    remind = models.BooleanField(default=False)  # a reminder is wanted, where it is safe
    seen = models.JSONField(default=list)  # warnings that stood beside the date when it was booked
    prepared = models.TextField(blank=True)  # what to talk about
    booked_at = models.DateTimeField()
    booked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    called_off_at = models.DateTimeField(null=True)
    called_off_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    asked_by = models.CharField(max_length=7, choices=AskedBy.choices(), blank=True)
    called_off_because = models.CharField(max_length=300, blank=True)
    moved_to = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="moved_from"
    )
    logged_at = models.DateTimeField(null=True)  # when what came of it was recorded
    logged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    objectives = models.ManyToManyField(Objective, related_name="worked_on_at")

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="appointment_names_its_condition",
                condition=Q(enforces=Enforces.CONDITION, condition__isnull=False)
                | (~Q(enforces=Enforces.CONDITION) & Q(condition=None)),
            ),
            models.CheckConstraint(
                name="appointment_called_off_whole",
                condition=Q(
                    called_off_at=None,
                    called_off_by=None,
                    asked_by="",
                    called_off_because="",
                    moved_to=None,
                )
                | (Q(called_off_at__isnull=False) & ~Q(asked_by="") & ~Q(called_off_because="")),
            ),
        ]
        indexes = [
            models.Index(
                name="appointment_of_a_series", fields=["series"], condition=~Q(series=None)
            ),
        ]

    def __str__(self):
        return str(self.contact_id)


class OutcomeCorrection(models.Model):
    """What was said of an appointment before it was put right, and why. Never changed."""

    appointment = models.ForeignKey(
        Appointment, on_delete=models.PROTECT, related_name="corrections"
    )
    was_code = models.CharField(max_length=40)
    was_name = models.CharField(max_length=200)
    was_notes = models.TextField(blank=True)
    was_rar_activity = models.BooleanField()
    because = models.CharField(max_length=500)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="outcome_corrected_for_a_reason", condition=~Q(because="") & ~Q(was_code="")
            )
        ]

    def __str__(self):
        return f"{self.appointment_id} {self.was_code}"


class ComplianceDecisionQuerySet(models.QuerySet):
    def awaiting(self):
        return self.filter(state=Decided.AWAITING)


@tracked
class ComplianceDecision(models.Model):
    """What an appointment that went wrong came to. Opened by its outcome; only the officer decides.

    When we became aware is kept apart from when it happened: clocks of the contract run from it.
    """

    appointment = models.OneToOneField(
        Appointment, on_delete=models.PROTECT, related_name="decision"
    )
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions")
    state = models.CharField(max_length=10, choices=Decided.choices(), default=Decided.AWAITING)
    happened_on = models.DateField()
    became_aware_on = models.DateField()
    # The call of the same day, which asks first whether they are safe
    called_at = models.DateTimeField(null=True)
    called_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    called = models.CharField(max_length=9, choices=Called.choices(), blank=True)
    safe = models.CharField(max_length=6, choices=Safe.choices(), blank=True)
    call_note = models.TextField(blank=True)
    answers = models.JSONField(default=dict)  # what was seen before deciding, by code
    because = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ComplianceDecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="compliance_decided_whole",
                condition=Q(state=Decided.AWAITING, decided_at=None, decided_by=None)
                | (
                    ~Q(state=Decided.AWAITING)
                    & Q(decided_at__isnull=False, decided_by__isnull=False)
                    & ~Q(because="")
                ),
            ),
            models.CheckConstraint(
                name="compliance_known_after_it_happened",
                condition=Q(became_aware_on__gte=F("happened_on")),
            ),
            models.CheckConstraint(
                name="compliance_spoken_to_says_if_safe",
                condition=~Q(called=Called.SPOKE) | ~Q(safe=""),
            ),
        ]
        indexes = [
            models.Index(
                name="compliance_awaiting", fields=["case"], condition=Q(state=Decided.AWAITING)
            )
        ]

    def __str__(self):
        return f"{self.case_id} {self.state}"
