"""Placements in the GRID, each kept with what it rested on; judgements.

Source: HMIP Thames Valley CRC 2018, Annex 3; product rules, GRID.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.models import Case
from cases.reference.codes import Place


class PlacementQuerySet(models.QuerySet):
    def current(self):
        return self.filter(superseded_on=None)


class Placement(models.Model):
    """One placing of a person on probation, with the facts, rule and policy it rested on."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="placements")
    place = models.CharField(max_length=12, choices=Place.choices())
    level = models.CharField(max_length=2, blank=True)  # L, LC, M, MC
    band = models.CharField(max_length=2, blank=True)  # 0, 50, 75, 90: where the band starts
    needs = models.JSONField(default=list)  # codes of the facts that are missing
    because = models.CharField(max_length=300)  # in words, for the page and the log
    facts = models.JSONField()  # each with its date and source
    rules = models.CharField(max_length=20)  # version of the rule
    policy_version = models.PositiveIntegerField()
    judgement = models.ForeignKey("grid.Judgement", null=True, on_delete=models.PROTECT)
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT)
    placed_on = models.DateField()
    superseded_on = models.DateField(null=True)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="placement_one_current_per_case",
                fields=["case"],
                condition=Q(superseded_on=None),
            ),
            models.CheckConstraint(
                name="placement_group_only_when_placed",
                condition=(Q(place=Place.GROUP) & ~Q(level="") & ~Q(band=""))
                | (~Q(place=Place.GROUP) & Q(level="", band="")),
            ),
            models.CheckConstraint(
                name="placement_ends_after_start",
                condition=Q(superseded_on=None) | Q(superseded_on__gte=F("placed_on")),
            ),
        ]

    def __str__(self):
        return f"{self.case_id} {self.level}{self.band or self.place}"


class JudgementQuerySet(models.QuerySet):
    def in_force(self, today):
        """Made, approved where approval is needed, and not run out."""
        return self.filter(state=Judgement.State.IN_FORCE, until_on__gt=today)

    def run_out(self, today):
        """Still marked as in force, though its last day has passed."""
        return self.filter(state=Judgement.State.IN_FORCE, until_on__lte=today)

    def awaiting(self):
        """Asked for, and not yet decided by a senior probation officer."""
        return self.filter(state=Judgement.State.ASKED)


class Judgement(models.Model):
    """An officer's judgement that a case is, or is not, complex, with the three answers asked for."""

    class State(models.TextChoices):
        ASKED = "asked", "Awaiting the SPO"
        IN_FORCE = "in_force", "In force"
        REFUSED = "refused", "Refused"
        ENDED = "ended", "Ended"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="judgements")
    complex = models.BooleanField()  # false lowers, and so needs an SPO
    linked_to_harm = models.TextField()
    being_managed = models.TextField()
    effect_of_contact = models.TextField()
    state = models.CharField(max_length=10, choices=State)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_on = models.DateField()
    until_on = models.DateField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_on = models.DateField(null=True)
    decision_note = models.CharField(max_length=500, blank=True)

    objects = JudgementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="judgement_nobody_approves_their_own",
                condition=Q(decided_by=None) | ~Q(decided_by=F("made_by")),
            ),
            models.CheckConstraint(
                name="judgement_decision_whole",
                condition=Q(decided_by=None, decided_on=None)
                | Q(decided_by__isnull=False, decided_on__isnull=False),
            ),
            models.UniqueConstraint(
                name="judgement_one_live_per_case",
                fields=["case"],
                condition=Q(state="in_force"),
            ),
            models.UniqueConstraint(
                name="judgement_one_asked_per_case", fields=["case"], condition=Q(state="asked")
            ),
        ]

    def __str__(self):
        return f"{self.case_id} {self.state}"
