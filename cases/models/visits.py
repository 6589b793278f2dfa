"""Home visits: whether and how it is safe to go, and each visit from setting out to safe return.

Source: report 2.3; supervision reference 3.4; product rules, clocks ("after the police reply or a
staff-safety decision").
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.models.appointments import Appointment
from cases.models.case import Case
from cases.models.person import Address
from cases.reference.visits import NotDone, Signal, VisitWay, YesNoUnsure
from staff.reference import tracked


class VisitSafetyQuerySet(models.QuerySet):
    def in_force(self, today):
        """Decided, not replaced, and not run out."""
        return self.filter(replaced_on=None, decided_at__isnull=False, review_on__gt=today)

    def undecided(self):
        return self.filter(replaced_on=None, decided_at=None)


@tracked
class VisitSafety(models.Model):
    """How staff may visit one address, and why. Brought up to date when something changes, not repeated."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="visit_safety")
    address = models.ForeignKey(Address, null=True, on_delete=models.PROTECT)
    where = models.CharField(max_length=400)  # the address in words, as it was then
    endangers = models.CharField(max_length=6, choices=YesNoUnsure.choices())  # anybody there?
    endangers_whom = models.TextField(blank=True)  # and what we do about it
    staff_risk = models.TextField(blank=True)  # what is known: people, dogs, weapons, the building
    signal = models.CharField(max_length=7, choices=Signal.choices())
    fallback = models.CharField(max_length=300, blank=True)  # how to be reached without a signal
    way = models.CharField(max_length=11, choices=VisitWay.choices())  # proposed, then decided
    asked_on = models.DateField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    needs_senior = models.BooleanField()
    # What the record showed then, by the keys of `cases.rules.visit_safety`: so what is new is known
    seen = models.JSONField(default=list)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    because = models.TextField(blank=True)
    review_on = models.DateField(null=True)
    replaced_on = models.DateField(null=True)

    objects = VisitSafetyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="visit_safety_one_of_an_address",
                fields=["case", "address"],
                condition=Q(replaced_on=None),
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="visit_safety_decided_whole",
                condition=Q(decided_at=None, decided_by=None, review_on=None)
                | (
                    Q(decided_at__isnull=False, decided_by__isnull=False, review_on__isnull=False)
                    & ~Q(because="")
                ),
            ),
            models.CheckConstraint(
                name="visit_safety_decided_by_another",
                condition=Q(needs_senior=False) | Q(decided_by=None) | ~Q(decided_by=F("asked_by")),
            ),
            models.CheckConstraint(
                name="visit_safety_without_signal_has_another_way",
                condition=~Q(signal__in=[Signal.NONE, Signal.PATCHY]) | ~Q(fallback=""),
            ),
        ]

    def __str__(self):
        return f"{self.case_id} {self.way}"


class HomeVisitQuerySet(models.QuerySet):
    def standing(self):
        """Neither called off nor recorded."""
        return self.filter(appointment__called_off_at=None, appointment__contact__outcome_code="")

    def made_by(self, user):
        """On which this member of staff goes, alone or as the second of a pair."""
        return self.filter(Q(appointment__officer=user) | Q(with_whom=user))

    def under_way(self):
        """Set out for, and not known to be back safe."""
        return self.filter(set_out_at__isnull=False, back_at=None)

    def unheard_of(self, now):
        """Should have checked in by now."""
        return self.under_way().filter(call_by__lte=now)


@tracked
class HomeVisit(models.Model):
    """One visit: who goes, who watches the clock, what was seen, or why it was not done."""

    appointment = models.OneToOneField(
        Appointment, primary_key=True, on_delete=models.PROTECT, related_name="visit"
    )
    safety = models.ForeignKey(VisitSafety, on_delete=models.PROTECT, related_name="visits")
    with_whom = models.ForeignKey(  # the second of a pair
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    buddy = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="watches"
    )
    set_out_at = models.DateTimeField(null=True)
    call_by = models.DateTimeField(null=True)  # when the buddy must have heard
    back_at = models.DateTimeField(null=True)  # said to be safe, by the visitor or the buddy
    back_said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    alerted = models.PositiveSmallIntegerField(default=0)  # steps of the ladder that were told
    seen = models.JSONField(default=dict)  # observations, by the codes of `cases.reference.visits`
    not_done = models.CharField(max_length=9, choices=NotDone.choices(), blank=True)
    not_done_because = models.TextField(blank=True)

    objects = HomeVisitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="home_visit_back_after_setting_out",
                condition=Q(back_at=None)
                | Q(back_at__gte=F("set_out_at"), back_said_by__isnull=False),
            ),
            models.CheckConstraint(
                name="home_visit_on_the_way_has_a_buddy",
                condition=Q(set_out_at=None)
                | Q(buddy__isnull=False, call_by__isnull=False, call_by__gt=F("set_out_at")),
            ),
        ]
        indexes = [
            models.Index(
                name="home_visit_under_way",
                fields=["call_by"],
                condition=Q(set_out_at__isnull=False, back_at=None),
            )
        ]

    def __str__(self):
        return str(self.appointment_id)

    @property
    def going(self):
        """Those who go, the officer first."""
        return [one for one in (self.appointment.officer, self.with_whom) if one]

    @property
    def is_out(self):
        """Set out for, and not known to be back safe: whatever the diary says of it meanwhile."""
        return self.set_out_at is not None and self.back_at is None
