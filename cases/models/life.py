"""The joins of a case's life: it arrives, stands still, ends; and somebody dies.

Source: product rules, clocks (arrival, ending) and GRID (the floor is paused in custody, hospital or warrant); report 2.1, 3.3.
"""

from django.db import models
from django.db.models import F, Q

from cases.models.case import Case
from cases.models.holding import staff_member
from cases.models.sentence import Sentence
from cases.reference.arriving import CameFrom, Proof
from cases.reference.endings import EndedBy
from cases.reference.pauses import PauseKind
from staff.reference import tracked


class ArrivalQuerySet(models.QuerySet):
    def under_way(self):
        """Not yet settled: nobody named, nothing read, or no first appointment."""
        return self.filter(settled_on=None)


@tracked
class Arrival(models.Model):
    """A case came to us: from where, with what, and whether anybody has read it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="arrivals")
    sentence = models.ForeignKey(
        Sentence, null=True, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    came_from = models.CharField(max_length=8, choices=CameFrom.choices())
    arrived_on = models.DateField()
    recorded_at = models.DateTimeField()
    brought = models.JSONField(default=dict)  # {code of Brought: {"state", "on", "words"}}
    note = models.TextField(blank=True)  # the initial risk note
    read_on = models.DateField(null=True)  # when the record was read and the note written
    read_by = staff_member()
    settled_on = models.DateField(null=True)

    objects = ArrivalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="arrival_once", fields=["case", "arrived_on"]),
            models.CheckConstraint(
                name="arrival_read_with_a_note", condition=Q(read_on=None) | ~Q(note="")
            ),
        ]
        indexes = [
            models.Index(
                name="arrival_under_way",
                fields=["arrived_on", "case"],
                condition=Q(settled_on=None),
            )
        ]

    def __str__(self):
        return f"{self.case_id} {self.arrived_on}"


@tracked
class Induction(models.Model):
    """The rules explained and understood, and what the person told us when they began. Signed, it is proof."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="inductions")
    sentence = models.ForeignKey(
        Sentence, null=True, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    answers = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField()
    begun_by = staff_member(null=False)
    held_on = models.DateField(null=True)
    proof = models.CharField(max_length=7, choices=Proof.choices(), blank=True)
    proof_words = models.CharField(max_length=500, blank=True)
    signed_at = models.DateTimeField(null=True)
    signed_by = staff_member()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="induction_one_unsigned", fields=["case"], condition=Q(signed_at=None)
            ),
            models.CheckConstraint(
                name="induction_signed_with_proof",
                condition=Q(signed_at=None) | Q(held_on__isnull=False) & ~Q(proof=""),
            ),
        ]

    def __str__(self):
        return f"{self.case_id} {self.begun_at}"


class PauseQuerySet(models.QuerySet):
    def running(self):
        return self.filter(ended_at=None)


@tracked
class Pause(models.Model):
    """Somebody cannot be seen as usual: since when, where they are as far as we know, and who said so."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="pauses")
    kind = models.CharField(max_length=8, choices=PauseKind.choices())
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    where = models.CharField(max_length=200, blank=True)  # the prison, hospital or country
    source = models.CharField(max_length=300)
    last_seen_on = models.DateField(null=True)
    begun_at = models.DateTimeField()
    begun_by = staff_member()  # null: the record has them in prison
    ended_at = models.DateTimeField(null=True)
    ended_by = staff_member()
    ended_because = models.CharField(max_length=500, blank=True)

    objects = PauseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="pause_one_running", fields=["case", "kind"], condition=Q(ended_at=None)
            ),
            models.CheckConstraint(
                name="pause_ends_after_it_begins",
                condition=Q(ended_at=None, to_on=None)
                | Q(ended_at__isnull=False, to_on__gte=F("from_on")) & ~Q(ended_because=""),
            ),
        ]
        indexes = [
            models.Index(name="pause_running", fields=["kind", "case"], condition=Q(ended_at=None))
        ]

    def __str__(self):
        return f"{self.case_id} {self.kind}"


class Whereabouts(models.Model):
    """Somebody asked where a person is who is wanted: whom they asked, and what was said."""

    pause = models.ForeignKey(Pause, on_delete=models.PROTECT, related_name="asked")
    on = models.DateField()
    asked = models.CharField(max_length=200)  # whom
    said = models.TextField()
    at = models.DateTimeField()
    by = staff_member(null=False)

    def __str__(self):
        return f"{self.pause_id} {self.on}"


class DeathQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(undone_at=None)


@tracked
class Death(models.Model):
    """Somebody has died. From that minute nothing is sent to them and nothing booked."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="deaths")
    died_on = models.DateField(null=True)  # null: not known
    told_by = models.CharField(max_length=200)  # who told us
    learnt_at = models.DateTimeField()
    in_custody = models.BooleanField(null=True)  # null: not known
    told = models.JSONField(default=dict)  # {whom: {"on", "by", "words"}}
    family = models.TextField(blank=True)  # whom to speak to, and how they wish to be spoken to
    recorded_at = models.DateTimeField()
    recorded_by = staff_member(null=False)
    undone_at = models.DateTimeField(null=True)
    undone_by = staff_member()
    undone_because = models.CharField(max_length=500, blank=True)

    objects = DeathQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="death_once", fields=["case"], condition=Q(undone_at=None)
            ),
            models.CheckConstraint(
                name="death_undone_for_a_reason",
                condition=Q(undone_at=None) | ~Q(undone_because=""),
            ),
        ]

    def __str__(self):
        return f"{self.case_id}"


class EndingQuerySet(models.QuerySet):
    def being_prepared(self):
        return self.filter(ended_at=None)

    def standing(self):
        """The case ended by it, and has not been opened again."""
        return self.filter(ended_at__isnull=False, reopened_at=None)


@tracked
class Ending(models.Model):
    """A case is brought to its end: what was looked at once more, who was told, which flags stay. Kept for good."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="endings")
    sentence = models.ForeignKey(
        Sentence, null=True, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    ends_on = models.DateField()
    ended_by_way = models.CharField(max_length=13, choices=EndedBy.choices(), blank=True)
    answers = models.JSONField(default=dict)
    flags = models.JSONField(default=dict)  # {key of the register: {"keep", "because"}}
    told = models.JSONField(default=dict)  # {code of Tell: {"on", "words"} or {"because"}}
    version = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = staff_member()
    keep_until = models.DateField(null=True)
    reopened_at = models.DateTimeField(null=True)
    reopened_by = staff_member()
    reopened_because = models.CharField(max_length=500, blank=True)

    objects = EndingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="ending_one_prepared", fields=["case"], condition=Q(ended_at=None)
            ),
            models.CheckConstraint(
                name="ending_says_how",
                condition=Q(ended_at=None) | ~Q(ended_by_way="") & Q(keep_until__isnull=False),
            ),
            models.CheckConstraint(
                name="ending_reopened_for_a_reason",
                condition=Q(reopened_at=None) | Q(ended_at__isnull=False) & ~Q(reopened_because=""),
            ),
        ]

    def __str__(self):
        return f"{self.case_id} {self.ends_on}"
