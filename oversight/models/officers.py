"""What is known of an officer's hours, training and induction, and how full they were in each week.

Source: risk flags reference 3 (contract and reductions; excessive is judged by weeks); HMIP Thames Valley CRC 2018, 1.2
(training and induction); features 121 to 124. Leave of days is `cases.models.Absence`.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.models.holding import staff_member
from oversight.reference.allocation import training_choices
from staff.reference import tracked

MOST_HOURS = 60  # a week


def whose(name):
    """The officer a row is about. The index of its constraint or Meta begins with this column."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, db_index=False, related_name=name
    )


class SpanQuerySet(models.QuerySet):
    def running(self, day):
        """Begun by that day, and not over before it."""
        return self.filter(Q(to_on=None) | Q(to_on__gte=day), from_on__lte=day)


@tracked
class ContractHours(models.Model):
    """Hours a week by contract, from one day until the day before the next of the same officer, or its own last day."""

    user = whose("contract_hours")
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    hours = models.DecimalField(max_digits=4, decimal_places=2)
    recorded_by = staff_member(null=False)
    recorded_at = models.DateTimeField()

    objects = SpanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="contract_hours_once_a_day", fields=["user", "from_on"]),
            models.CheckConstraint(
                name="contract_hours_end_after_start",
                condition=Q(to_on=None) | Q(to_on__gte=F("from_on")),
            ),
            models.CheckConstraint(
                name="contract_hours_of_a_week",
                condition=Q(hours__gt=0) & Q(hours__lte=MOST_HOURS),
            ),
        ]

    def __str__(self):
        return f"{self.user_id} {self.from_on}"


@tracked
class HoursOff(models.Model):
    """What is taken off their hours, such as long-term sick leave or union work. `code` as in `reductions.csv`."""

    user = whose("hours_off")
    code = models.CharField(max_length=20)
    from_on = models.DateField()
    to_on = models.DateField(null=True)  # null: until somebody says, or the table's months are over
    hours = models.DecimalField(max_digits=4, decimal_places=2, null=True)  # null: the table says
    why = models.CharField(max_length=500)
    recorded_by = staff_member(null=False)
    recorded_at = models.DateTimeField()

    objects = SpanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="hours_off_once", fields=["user", "code", "from_on"]),
            models.CheckConstraint(
                name="hours_off_end_after_start",
                condition=Q(to_on=None) | Q(to_on__gte=F("from_on")),
            ),
            models.CheckConstraint(
                name="hours_off_of_a_week",
                condition=Q(hours=None) | (Q(hours__gt=0) & Q(hours__lte=MOST_HOURS)),
            ),
            models.CheckConstraint(name="hours_off_for_a_reason", condition=~Q(why="")),
        ]
        verbose_name_plural = "hours off"

    def __str__(self):
        return f"{self.user_id} {self.code} {self.from_on}"


@tracked
class TrainingDone(models.Model):
    """What an officer was trained in on a day. It counts until the day before it expires."""

    user = whose("training")
    kind = models.CharField(max_length=20, choices=training_choices())
    done_on = models.DateField()
    expires_on = models.DateField(null=True)  # null: it does not
    recorded_by = staff_member(null=False)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="training_once_a_day", fields=["user", "kind", "done_on"]),
            models.CheckConstraint(
                name="training_expires_after_it_was_done",
                condition=Q(expires_on=None) | Q(expires_on__gt=F("done_on")),
            ),
        ]
        indexes = [
            models.Index(
                name="training_expiring",
                fields=["expires_on"],
                condition=Q(expires_on__isnull=False),
            )
        ]
        verbose_name_plural = "training done"

    def __str__(self):
        return f"{self.user_id} {self.kind} {self.done_on}"


@tracked
class OfficerInduction(models.Model):
    """An officer's first weeks, with whoever supports them; null: nobody is named yet."""

    user = whose("inductions")
    from_on = models.DateField()
    to_on = models.DateField()  # its last day
    supporter = staff_member()
    recorded_by = staff_member(null=False)
    recorded_at = models.DateTimeField()

    objects = SpanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="officer_induction_once_a_day", fields=["user", "from_on"]
            ),
            models.CheckConstraint(
                name="officer_induction_ends_after_start", condition=Q(to_on__gte=F("from_on"))
            ),
            models.CheckConstraint(
                name="officer_induction_by_another",
                condition=Q(supporter=None) | ~Q(supporter=F("user")),
            ),
        ]

    def __str__(self):
        return f"{self.user_id} {self.from_on}"


class WorkloadWeekQuerySet(models.QuerySet):
    def since(self, week):
        """Of that Monday's week and later ones."""
        return self.filter(week__gte=week)


class WorkloadWeek(models.Model):
    """How full an officer was on the Monday of a week, as it was counted then. Kept once, and never counted again."""

    user = whose("workload_weeks")
    week = models.DateField()  # its Monday
    points = models.PositiveIntegerField()
    available = models.PositiveIntegerField()
    percent = models.DecimalField(max_digits=7, decimal_places=1)
    cases = models.PositiveIntegerField()
    policy_version = models.PositiveIntegerField()
    kept_at = models.DateTimeField()

    objects = WorkloadWeekQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="workload_week_once", fields=["user", "week"]),
            models.CheckConstraint(
                name="workload_week_from_monday", condition=Q(week__iso_week_day=1)
            ),
            models.CheckConstraint(
                name="workload_week_not_below_none", condition=Q(percent__gte=0)
            ),
        ]
        indexes = [models.Index(name="workload_of_a_week", fields=["week"])]

    def __str__(self):
        return f"{self.user_id} {self.week}"
