"""Sharing out many cases at once: what was asked, what is proposed for each case and why, and what became of it.

Source: features 123; product rules, GRID (a decision shows its working). Nothing of it gives anybody a case: publishing does,
by the services that name an officer and offer a case.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.models import Case
from cases.models.holding import staff_member
from oversight.reference.sharing import UNFINISHED, WITH_MOVES, Outcome, SharingState, Which
from staff.models import Team
from staff.reference import tracked

LONGEST_SENTENCE = 500


class SharingOutQuerySet(models.QuerySet):
    def unfinished(self):
        """Neither carried out nor dropped: one of a team at most is."""
        return self.filter(state__in=UNFINISHED)

    def to_be_worked_out(self, began_before):
        """Nobody has begun, or whoever did has not come to an end since then."""
        waiting = Q(began_at=None) | Q(began_at__lt=began_before)
        return self.filter(waiting, state=SharingState.WORKING)


@tracked
class SharingOut(models.Model):
    """One proposal. `facts`: cases and officers as they stood when it was worked out, from which its figures follow."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="sharings")
    which = models.CharField(max_length=7, choices=Which.choices())
    officer = staff_member()  # whose cases they are, where they are one officer's
    demands = models.JSONField(default=list)  # codes of `Demand`
    state = models.CharField(
        max_length=9, choices=SharingState.choices(), default=SharingState.WORKING
    )
    asked_at = models.DateTimeField()
    asked_by = staff_member(null=False)
    began_at = models.DateTimeField(null=True)  # when it was last taken up to be worked out
    tries = models.PositiveSmallIntegerField(default=0)
    worked_out_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=9, choices=Outcome.choices(), blank=True)
    policy_version = models.PositiveIntegerField(null=True)
    facts = models.JSONField(default=dict)
    counts = models.PositiveIntegerField(null=True)
    at_least = models.PositiveIntegerField(null=True)
    by_the_clock = models.BooleanField(default=False)
    took = models.DecimalField(max_digits=6, decimal_places=1, null=True)  # seconds
    in_the_way = models.JSONField(default=list)  # sentences
    note = models.TextField(blank=True)  # for whoever is offered any of the cases
    said = models.JSONField(default=dict)  # {key of a warning: why it is right all the same}
    published_at = models.DateTimeField(null=True)  # when it began to be carried out
    published_by = staff_member()
    closed_at = models.DateTimeField(null=True)
    closed_by = staff_member()

    objects = SharingOutQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="sharing_out_one_unfinished",
                fields=["team"],
                condition=Q(state__in=sorted(UNFINISHED)),
            ),
            models.CheckConstraint(
                name="sharing_out_of_an_officer_who_is_named",
                condition=Q(which=Which.OFFICER, officer__isnull=False)
                | (~Q(which=Which.OFFICER) & Q(officer=None)),
            ),
            models.CheckConstraint(
                name="sharing_out_closed_by_somebody",
                condition=Q(state__in=sorted(UNFINISHED), closed_at=None, closed_by=None)
                | (
                    ~Q(state__in=sorted(UNFINISHED))
                    & Q(closed_at__isnull=False, closed_by__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="sharing_out_carried_out_for_somebody",
                condition=~Q(state=SharingState.GIVING)
                | Q(published_at__isnull=False, published_by__isnull=False),
            ),
            models.CheckConstraint(
                name="sharing_out_proposed_with_an_outcome",
                condition=Q(state__in=[SharingState.WORKING, SharingState.DROPPED])
                | (~Q(outcome="") & Q(worked_out_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="sharing_out_counts_where_it_has_moves",
                condition=(
                    Q(outcome__in=sorted(WITH_MOVES))
                    & Q(counts__isnull=False, at_least__isnull=False)
                )
                | (~Q(outcome__in=sorted(WITH_MOVES)) & Q(counts=None, at_least=None)),
            ),
        ]
        indexes = [
            models.Index(
                name="sharing_out_to_be_worked_out",
                fields=["began_at"],
                condition=Q(state=SharingState.WORKING),
            )
        ]
        verbose_name_plural = "sharings out"

    def __str__(self):
        return f"{self.team_id} {self.which} {self.state}"


class SharingOfficer(models.Model):
    """An officer who takes part: cases may be proposed for them."""

    sharing = models.ForeignKey(
        SharingOut, on_delete=models.PROTECT, db_index=False, related_name="officers"
    )
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, db_index=False, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(name="sharing_officer_once", fields=["sharing", "officer"])
        ]

    def __str__(self):
        return f"{self.sharing_id} {self.officer_id}"


class SharingMoveQuerySet(models.QuerySet):
    def taking_part(self):
        """Not left out of it."""
        return self.filter(left_out="")

    def left_out_by_itself(self):
        """Left out by nobody's hand: of those who take part none may have it."""
        return self.filter(settled_at=None).exclude(left_out="")

    def moving(self):
        """To somebody who does not hold it."""
        return self.taking_part().filter(Q(from_officer=None) | ~Q(to_officer=F("from_officer")))

    def to_be_given(self):
        """Of those that move, what has not come to its end since it was published."""
        return self.moving().filter(given_at=None, not_given="")


@tracked
class SharingMove(models.Model):
    """One case of it: whom it is proposed for and why. Left out, it stays where it is."""

    sharing = models.ForeignKey(
        SharingOut, on_delete=models.PROTECT, db_index=False, related_name="moves"
    )
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="sharing_moves")
    from_officer = staff_member()  # who held it then; null: nobody
    to_officer = staff_member()
    points = models.PositiveIntegerField()
    why = models.JSONField(default=list)  # sentences, as it was proposed
    # `new`: marks what came up since it was settled by hand
    warned = models.JSONField(
        default=list
    )  # [{key, sentence, rule}], as a case given alone would be warned of
    settled_at = models.DateTimeField(
        null=True
    )  # by hand: it stays when the rest is worked out again
    settled_by = staff_member()
    because = models.CharField(max_length=LONGEST_SENTENCE, blank=True)  # what clears its warnings
    left_out = models.CharField(max_length=LONGEST_SENTENCE, blank=True)  # why it takes no part
    given_at = models.DateTimeField(null=True)  # when the officer was named, or it was offered
    not_given = models.CharField(max_length=LONGEST_SENTENCE, blank=True)  # why it stayed after all

    objects = SharingMoveQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="sharing_move_once", fields=["sharing", "case"]),
            models.CheckConstraint(
                name="sharing_move_to_somebody_or_left_out",
                condition=Q(to_officer__isnull=False) | ~Q(left_out=""),
            ),
            models.CheckConstraint(
                name="sharing_move_settled_by_somebody",
                condition=Q(settled_at=None, settled_by=None)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
            ),
            models.CheckConstraint(
                name="sharing_move_given_or_not", condition=Q(given_at=None) | Q(not_given="")
            ),
        ]

    def __str__(self):
        return f"{self.sharing_id} {self.case_id}"
