"""Foreign nationals: how somebody stands with the Home Office, and leave to travel abroad.

Source: `cases.reference.home_office`. Nationality and language are the person's (`Person`).
"""

from django.db import models
from django.db.models import F, Q

from cases.models.case import Case
from cases.models.holding import staff_member
from cases.reference.home_office import HomeOfficeInterest, TravelState
from staff.reference import tracked


@tracked
class HomeOffice(models.Model):
    """What the Home Office has said of somebody, when, and whom we asked. One row a case, its history kept."""

    case = models.OneToOneField(
        Case, primary_key=True, on_delete=models.PROTECT, related_name="home_office"
    )
    interest = models.CharField(max_length=9, choices=HomeOfficeInterest.choices(), blank=True)
    reference = models.CharField(max_length=60, blank=True)
    asked_on = models.DateField(null=True)
    answered_on = models.DateField(null=True)
    caseworker = models.CharField(max_length=300, blank=True)  # name, and how to reach them
    conditions = models.TextField(blank=True)  # reporting, residence, no work: as we were told
    set_at = models.DateTimeField()
    set_by = staff_member(null=False)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="home_office_answered_after_asked",
                condition=Q(answered_on=None)
                | Q(asked_on=None)
                | Q(answered_on__gte=F("asked_on")),
            )
        ]

    def __str__(self):
        return f"{self.case_id}"


class TravelQuerySet(models.QuerySet):
    def undecided(self):
        return self.filter(state=TravelState.ASKED)

    def away(self, today):
        """Granted, and not yet known to be back."""
        return self.filter(state=TravelState.GRANTED, from_on__lte=today, back_on=None)


@tracked
class Travel(models.Model):
    """Somebody asks to travel abroad: decided by a senior, and known to be back."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="travels")
    where = models.CharField(max_length=200)
    why = models.CharField(max_length=500)
    from_on = models.DateField()
    to_on = models.DateField()
    state = models.CharField(max_length=9, choices=TravelState.choices(), default=TravelState.ASKED)
    asked_at = models.DateTimeField()
    asked_by = staff_member(null=False)
    decided_at = models.DateTimeField(null=True)
    decided_by = staff_member()
    because = models.CharField(max_length=500, blank=True)
    back_on = models.DateField(null=True)
    back_seen_by = staff_member()

    objects = TravelQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="travel_ends_after_it_begins", condition=Q(to_on__gte=F("from_on"))
            ),
            models.CheckConstraint(
                name="travel_decided_for_a_reason",
                condition=Q(state=TravelState.ASKED, decided_at=None)
                | ~Q(state=TravelState.ASKED) & Q(decided_at__isnull=False) & ~Q(because=""),
            ),
            models.CheckConstraint(
                name="travel_back_from_what_was_granted",
                condition=Q(back_on=None) | Q(state=TravelState.GRANTED, back_on__gte=F("from_on")),
            ),
        ]
        indexes = [models.Index(name="travel_by_day", fields=["from_on", "case"])]

    def __str__(self):
        return f"{self.case_id} {self.from_on}"
