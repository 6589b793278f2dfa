"""How a case changes hands: hand-overs offered and answered, and staff who leave.

Source: product rules, GRID ("until then the CRC officer owns it"). The sender holds a case until a named officer accepts
it; who held it before is in `Allocation`.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.models.case import Case
from cases.reference.holding import (
    INTO_HERE,
    OUT_OF_HERE,
    TransferKind,
    TransferState,
)
from staff.models import Team


def staff_member(*, null=True):
    """A member of staff, whom nobody looks up by this column."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=null,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="+",
    )


class DepartureQuerySet(models.QuerySet):
    def running(self):
        """Arranged, and neither over nor called off."""
        return self.filter(done_on=None, cancelled_on=None)


class Departure(models.Model):
    """Somebody who holds cases is leaving: each is offered to somebody else before their last day."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="departures"
    )
    last_on = models.DateField()  # their last day, on which their cases are still theirs
    begun_at = models.DateTimeField()
    begun_by = staff_member(null=False)
    done_on = models.DateField(null=True)  # when the last of their cases had another holder
    cancelled_on = models.DateField(null=True)

    objects = DepartureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="departure_one_running",
                fields=["user"],
                condition=Q(done_on=None, cancelled_on=None),
            ),
            models.CheckConstraint(
                name="departure_done_or_cancelled", condition=Q(done_on=None) | Q(cancelled_on=None)
            ),
        ]

    def __str__(self):
        return f"{self.user_id} {self.last_on}"


class TransferQuerySet(models.QuerySet):
    def waiting(self):
        """Offered, and not answered."""
        return self.filter(state=TransferState.OFFERED)

    def offered_to(self, user):
        return self.waiting().filter(to_officer=user)


class Transfer(models.Model):
    """A case offered to another holder. Whoever had it has it until a named officer accepts."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="transfers")
    kind = models.CharField(max_length=13, choices=TransferKind.choices())
    state = models.CharField(max_length=9, choices=TransferState.choices())
    from_officer = staff_member()  # null: the seniors of the team, or somebody outside
    to_officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="transfers_offered",
    )
    from_team = models.ForeignKey(
        Team, null=True, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    outside = models.CharField(max_length=200, blank=True)  # the office of the NPS or provider
    outside_officer = models.CharField(max_length=200, blank=True)  # who took it, or gave it, there
    note = models.TextField()  # what whoever takes it must know
    # What stood open when it was offered, by kind and key: what was carried can be told afterwards
    carried = models.JSONField(default=dict)
    caretaker = (
        staff_member()
    )  # who sees the person until it is accepted, where that is not the sender
    departure = models.ForeignKey(
        Departure, null=True, on_delete=models.PROTECT, related_name="transfers"
    )
    offered_at = models.DateTimeField()
    offered_by = staff_member(null=False)
    answered_at = models.DateTimeField(null=True)
    answered_by = staff_member()
    because = models.CharField(max_length=500, blank=True)  # why it was refused or taken back

    objects = TransferQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="transfer_one_waiting",
                fields=["case"],
                condition=Q(state=TransferState.OFFERED),
            ),
            models.CheckConstraint(
                name="transfer_answered_by_somebody",
                condition=Q(state=TransferState.OFFERED, answered_at=None, answered_by=None)
                | ~Q(state=TransferState.OFFERED) & Q(answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="transfer_to_somebody",
                condition=Q(
                    kind__in=[TransferKind.OFFICER, *sorted(INTO_HERE)], to_officer__isnull=False
                )
                | Q(kind__in=sorted(OUT_OF_HERE), to_officer=None) & ~Q(outside=""),
            ),
            models.CheckConstraint(
                name="transfer_to_another",
                condition=Q(from_officer=None)
                | Q(to_officer=None)
                | ~Q(from_officer=F("to_officer")),
            ),
            models.CheckConstraint(
                name="transfer_accepted_by_a_named_officer",
                condition=~Q(kind__in=sorted(OUT_OF_HERE), state=TransferState.ACCEPTED)
                | ~Q(outside_officer=""),
            ),
            models.CheckConstraint(
                name="transfer_not_taken_for_a_reason",
                condition=Q(state__in=[TransferState.OFFERED, TransferState.ACCEPTED])
                | ~Q(because=""),
            ),
        ]
        indexes = [
            models.Index(
                name="transfer_waiting",
                fields=["to_officer"],
                condition=Q(state=TransferState.OFFERED),
            )
        ]

    def __str__(self):
        return f"{self.case_id} {self.kind} {self.state}"


class Giving(models.Model):
    """An officer was named for a case, or offered it: why them, and what stood beside them when it was decided. Never changed.

    What was compared is null where nobody compared officers.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="givings")
    officer = staff_member(null=False)
    because = models.CharField(max_length=500)
    # What was warned of: its key, the sentence as it was read, and what was said to it
    warned = models.JSONField(default=list)
    points = models.PositiveIntegerField(null=True)  # of the case
    # How full they were, and were to be with it, as a percentage
    percent_before = models.DecimalField(max_digits=7, decimal_places=1, null=True)
    percent_after = models.DecimalField(max_digits=7, decimal_places=1, null=True)
    compared = models.PositiveIntegerField(null=True)  # officers who could have been named
    left_out = models.PositiveIntegerField(null=True)  # and those who could not
    rules_version = models.PositiveSmallIntegerField(null=True)
    policy_version = models.PositiveIntegerField(null=True)
    given_at = models.DateTimeField()
    given_by = staff_member(null=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="giving_for_a_reason", condition=~Q(because="")),
            models.CheckConstraint(
                name="giving_compared_whole",
                condition=Q(compared=None, left_out=None, points=None, rules_version=None, policy_version=None)
                | Q(
                    compared__isnull=False, left_out__isnull=False, points__isnull=False,
                    rules_version__isnull=False, policy_version__isnull=False,
                ),
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.case_id} {self.officer_id}"
