"""The duty desk: who is on duty when, who walked in, and what was given for the way.

Source: product rules, roles (duty officer). Somebody who walks in is never lost: they are seen, or it is said that they left.
"""

from django.db import models
from django.db.models import F, Q

from cases.models.appointments import Place
from cases.models.case import Case
from cases.models.contacts import Contact
from cases.models.holding import staff_member
from cases.reference.duty import CameFor, FareKind, WalkInState
from staff.models import Team
from staff.reference import tracked


class DutyTurnQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(called_off_on=None)

    def on(self, day):
        return self.standing().filter(on=day)


@tracked
class DutyTurn(models.Model):
    """One of the staff has the duty of a team on a day."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="duty")
    on = models.DateField()
    user = staff_member(null=False)
    set_at = models.DateTimeField()
    set_by = staff_member(null=False)
    called_off_on = models.DateField(null=True)  # somebody else has it instead, or nobody

    objects = DutyTurnQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="duty_turn_once",
                fields=["team", "on", "user"],
                condition=Q(called_off_on=None),
            )
        ]
        indexes = [
            models.Index(
                name="duty_turn_of_staff", fields=["user", "on"], condition=Q(called_off_on=None)
            )
        ]

    def __str__(self):
        return f"{self.team_id} {self.on}"


class WalkInQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(state=WalkInState.WAITING)


@tracked
class WalkIn(models.Model):
    """Somebody stands at the desk whom nobody expected."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="walk_ins")
    place = models.ForeignKey(
        Place, null=True, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    came_at = models.DateTimeField()
    came_for = models.CharField(max_length=11, choices=CameFor.choices())
    words = models.CharField(max_length=500, blank=True)  # what they say they want
    safe = models.BooleanField(null=True)  # asked whether they are safe today; null: not asked yet
    state = models.CharField(
        max_length=7, choices=WalkInState.choices(), default=WalkInState.WAITING
    )
    recorded_by = staff_member(null=False)
    ended_at = models.DateTimeField(null=True)
    ended_by = staff_member()
    came_to = models.TextField(blank=True)  # what was done, or why they left
    contact = models.ForeignKey(
        Contact, null=True, on_delete=models.PROTECT, db_index=False, related_name="+"
    )

    objects = WalkInQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="walk_in_one_waiting", fields=["case"], condition=Q(state=WalkInState.WAITING)
            ),
            models.CheckConstraint(
                name="walk_in_says_what_it_came_to",
                condition=Q(state=WalkInState.WAITING, ended_at=None, came_to="")
                | ~Q(state=WalkInState.WAITING) & Q(ended_at__gte=F("came_at")) & ~Q(came_to=""),
            ),
            models.CheckConstraint(
                name="walk_in_seen_was_asked_if_safe",
                condition=~Q(state=WalkInState.SEEN) | Q(safe__isnull=False),
            ),
        ]
        indexes = [models.Index(name="walk_in_by_day", fields=["came_at", "case"])]

    def __str__(self):
        return f"{self.case_id} {self.came_at}"


class FareQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(taken_back_at=None)


@tracked
class Fare(models.Model):
    """Money, a ticket or a voucher given so that somebody can come or go."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="fares")
    contact = models.ForeignKey(  # the appointment it was for; null: a walk-in, or to come
        Contact, null=True, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    kind = models.CharField(max_length=7, choices=FareKind.choices())
    pence = models.PositiveIntegerField()
    journey = models.CharField(max_length=200)
    voucher = models.CharField(max_length=60, blank=True)  # its number
    given_at = models.DateTimeField()
    given_by = staff_member(null=False)
    signed_for = models.BooleanField()  # they signed for it on paper
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = staff_member()
    taken_back_because = models.CharField(max_length=300, blank=True)

    objects = FareQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="fare_is_of_a_journey", condition=Q(pence__gt=0) & ~Q(journey="")
            ),
            models.CheckConstraint(
                name="fare_taken_back_for_a_reason",
                condition=Q(taken_back_at=None) | ~Q(taken_back_because=""),
            ),
        ]
        indexes = [models.Index(name="fare_by_day", fields=["given_at", "case"])]

    def __str__(self):
        return f"{self.case_id} {self.given_at}"
