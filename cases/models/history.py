"""What other systems recorded of a case: allocations, registers, predictors, assessments, interventions.

Source: nDelius offender manager and registration documents; OASys and ARNS summaries.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.models.case import Case
from cases.models.person import imported
from cases.models.sentence import Requirement, Sentence
from cases.reference.codes import Part, Rosh
from staff.models import Provider, Team
from staff.reference import tracked


class Allocation(models.Model):
    """Who held the case, from when to when; as given when we do not know them as staff of ours."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="allocations")
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT)
    officer_code = models.CharField(max_length=20, blank=True)
    officer_name = models.CharField(max_length=200, blank=True)
    provider = models.ForeignKey(Provider, null=True, on_delete=models.PROTECT)
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT)
    reason_code = models.CharField(max_length=20, blank=True)
    active = models.BooleanField()
    unallocated = models.BooleanField(default=False)
    from_on = models.DateField(null=True)
    to_on = models.DateField(null=True)
    imported = imported()

    def __str__(self):
        return f"{self.case_id} {self.from_on}"


class RegistrationQuerySet(models.QuerySet):
    def current(self):
        return self.filter(active=True)


@tracked
class Registration(models.Model):
    """An entry on a register: a risk flag, with the person's part in it and where it came from."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="registrations")
    source_id = models.CharField(max_length=60)
    type_code = models.CharField(max_length=20)
    type_name = models.CharField(max_length=200, blank=True)
    register_name = models.CharField(max_length=100, blank=True)
    level_code = models.CharField(max_length=20, blank=True)
    category_code = models.CharField(max_length=20, blank=True)
    part = models.CharField(max_length=14, choices=Part.choices(), default=Part.NOT_RECORDED)
    firearm = models.BooleanField(null=True)  # weapons only; null: not recorded
    active = models.BooleanField()
    started_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    review_on = models.DateField(null=True)
    review_months = models.IntegerField(null=True)
    colour = models.CharField(max_length=20, blank=True)
    warn_staff = models.BooleanField(default=False)
    evidence = models.CharField(max_length=200, blank=True)  # who said so, and when
    # Raised here in a sentence, and not yet assessed in full
    provisional = models.BooleanField(default=False, db_default=False)
    notes = models.TextField(blank=True)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="registration_once", fields=["case", "source_id"]),
        ]
        indexes = [
            models.Index(
                name="registration_current",
                fields=["type_code", "case"],
                condition=Q(active=True),
            )
        ]

    def __str__(self):
        return f"{self.case_id} {self.type_code}"


class Predictor(models.Model):
    """A score somebody else computed: OGRS3, RSR, OVP or OGP, with its date and source."""

    class Kind(models.TextChoices):
        OGRS3 = "ogrs3", "OGRS3"
        RSR = "rsr", "RSR"
        OVP = "ovp", "OVP"
        OGP = "ogp", "OGP"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="predictors")
    sentence = models.ForeignKey(Sentence, null=True, on_delete=models.PROTECT)
    kind = models.CharField(max_length=6, choices=Kind)
    one_year = models.DecimalField(max_digits=5, decimal_places=2, null=True)  # per cent
    two_year = models.DecimalField(max_digits=5, decimal_places=2, null=True)  # per cent
    level = models.CharField(max_length=20, blank=True)
    assessed_on = models.DateField()
    source = models.CharField(max_length=40)  # nDelius or OASys

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="predictor_once",
                fields=["case", "sentence", "kind", "source", "assessed_on"],
                nulls_distinct=False,
            )
        ]

    def __str__(self):
        return f"{self.case_id} {self.kind}"


class ImportedAssessment(models.Model):
    """A completed assessment brought in from OASys, kept whole; only its harm level is acted on."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="imported_assessments")
    source = models.CharField(max_length=40)
    source_id = models.CharField(max_length=60)
    completed_on = models.DateField()
    harm = models.CharField(max_length=4, blank=True, choices=Rosh.choices())
    document = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="imported_assessment_once", fields=["case", "source", "source_id"]
            )
        ]

    def __str__(self):
        return f"{self.case_id} {self.source}"


@tracked
class Intervention(models.Model):
    """A non-statutory intervention of nDelius (NSI): a programme, a referral, a breach request."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="interventions")
    sentence = models.ForeignKey(Sentence, null=True, on_delete=models.PROTECT)
    requirement = models.ForeignKey(Requirement, null=True, on_delete=models.PROTECT)
    source_id = models.CharField(max_length=60)
    type_code = models.CharField(max_length=80)
    type_name = models.CharField(max_length=200, blank=True)
    subtype_code = models.CharField(max_length=80, blank=True)
    subtype_name = models.CharField(max_length=200, blank=True)
    status_code = models.CharField(max_length=80, blank=True)
    status_name = models.CharField(max_length=200, blank=True)
    status_at = models.DateTimeField(null=True)
    active = models.BooleanField()
    referred_on = models.DateField(null=True)
    expected_start_on = models.DateField(null=True)
    expected_end_on = models.DateField(null=True)
    started_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    outcome_code = models.CharField(max_length=80, blank=True)
    outcome_name = models.CharField(max_length=200, blank=True)
    length = models.IntegerField(null=True)
    length_unit = models.CharField(max_length=20, blank=True)
    provider_code = models.CharField(max_length=20, blank=True)
    provider_name = models.CharField(max_length=200, blank=True)
    notes = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="intervention_once", fields=["case", "source_id"])
        ]

    def __str__(self):
        return f"{self.case_id} {self.type_code}"
