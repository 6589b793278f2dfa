"""Supervision of an officer by their senior: each session with its agenda as it stood, and what was agreed.

Source: features 125; product rules, oversight ("agenda from the officer's red items and strengths; actions become
deadlines"). An action on a case is the case's (`cases.models.SeniorAction`); here stand those about no case.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.models import SeniorAction
from cases.models.holding import staff_member
from cases.reference.senior_actions import SeniorActionState
from oversight.reference.supervision import ONCE_SIGNED, UNFINISHED, SupervisionState
from staff.reference import tracked


class SupervisionQuerySet(models.QuerySet):
    def unfinished(self):
        """Planned or being held: one of an officer at most is."""
        return self.filter(state__in=UNFINISHED)

    def to_hold(self, today):
        """Its day is here or over, or it has begun and waits to be signed, whatever day it was planned for."""
        begun = Q(state=SupervisionState.HELD)
        return self.unfinished().filter(begun | Q(planned_on__lte=today))

    def signed(self):
        return self.filter(state__in=ONCE_SIGNED)

    def to_be_read(self):
        return self.filter(state=SupervisionState.SIGNED)


@tracked
class Supervision(models.Model):
    """One session. `agenda`: what stood on the record when it began, as kinds, counts and CRNs; no copy of any words."""

    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="supervisions"
    )
    senior = staff_member(null=False)  # who planned it, and from its beginning who holds it
    state = models.CharField(
        max_length=10, choices=SupervisionState.choices(), default=SupervisionState.PLANNED
    )
    planned_on = models.DateField()
    held_on = models.DateField(null=True)
    agenda = models.JSONField(default=dict)
    discussed = models.TextField(blank=True)
    signed_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)  # by the officer
    answer = models.TextField(blank=True)  # theirs, if they have one
    called_off_on = models.DateField(null=True)
    called_off_by = staff_member()
    called_off_because = models.CharField(max_length=500, blank=True)

    objects = SupervisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="supervision_one_unfinished",
                fields=["officer"],
                condition=Q(state__in=sorted(UNFINISHED)),
            ),
            models.CheckConstraint(
                name="supervision_by_another", condition=~Q(senior=F("officer"))
            ),
            models.CheckConstraint(
                name="supervision_held_on_a_day",
                condition=Q(state__in=[SupervisionState.PLANNED, SupervisionState.CALLED_OFF])
                | Q(held_on__isnull=False),
            ),
            models.CheckConstraint(
                name="supervision_signed_whole",
                condition=~Q(state__in=sorted(ONCE_SIGNED))
                | (Q(signed_at__isnull=False) & ~Q(discussed="")),
            ),
            models.CheckConstraint(
                name="supervision_answered_only_once_read",
                condition=Q(answer="") | Q(read_at__isnull=False),
            ),
            models.CheckConstraint(
                name="supervision_read_whole",
                condition=Q(state=SupervisionState.READ, read_at__isnull=False)
                | (~Q(state=SupervisionState.READ) & Q(read_at=None)),
            ),
            models.CheckConstraint(
                name="supervision_called_off_for_a_reason",
                condition=~Q(state=SupervisionState.CALLED_OFF)
                | (
                    Q(called_off_on__isnull=False, called_off_by__isnull=False)
                    & ~Q(called_off_because="")
                ),
            ),
        ]
        indexes = [models.Index(name="supervision_held", fields=["officer", "-held_on"])]

    def __str__(self):
        return f"{self.officer_id} {self.state} {self.planned_on}"


class AgreedActionQuerySet(models.QuerySet):
    def of_no_case(self):
        return self.filter(on_case=None)

    def unsettled(self):
        """About no case, and to be done still. What is on a case has its clock there."""
        return self.of_no_case().filter(state=SeniorActionState.OPEN)

    def overdue(self, today):
        return self.unsettled().filter(due_on__lt=today)


@tracked
class AgreedAction(models.Model):
    """Something agreed in a session: on a case, where it is the case's; or about no case, and then it stands here."""

    supervision = models.ForeignKey(Supervision, on_delete=models.PROTECT, related_name="actions")
    on_case = models.OneToOneField(
        SeniorAction, null=True, on_delete=models.PROTECT, related_name="agreed_in"
    )
    what = models.TextField(blank=True)  # blank where it is on a case, whose own words say it
    why = models.TextField(blank=True)
    due_on = models.DateField(null=True)
    state = models.CharField(
        max_length=9, choices=SeniorActionState.choices(), default=SeniorActionState.OPEN
    )
    settled_because = models.TextField(blank=True)
    settled_on = models.DateField(null=True)
    settled_by = staff_member()

    objects = AgreedActionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="agreed_action_on_a_case_or_here",
                condition=Q(
                    on_case__isnull=False,
                    what="",
                    why="",
                    due_on=None,
                    state=SeniorActionState.OPEN,
                )
                | (Q(on_case=None, due_on__isnull=False) & ~Q(what="") & ~Q(why="")),
            ),
            models.CheckConstraint(
                name="agreed_action_settled_whole",
                condition=Q(
                    state=SeniorActionState.OPEN,
                    settled_on=None,
                    settled_by=None,
                    settled_because="",
                )
                | (
                    Q(
                        state__in=[SeniorActionState.DONE, SeniorActionState.WITHDRAWN],
                        settled_on__isnull=False,
                        settled_by__isnull=False,
                    )
                    & ~Q(settled_because="")
                ),
            ),
        ]

    def __str__(self):
        return f"{self.supervision_id} {self.state}"
