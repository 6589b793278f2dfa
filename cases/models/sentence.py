"""What the court ordered: sentences, offences, requirements and licence conditions.

Sources: nDelius conviction, requirement and custody documents; Offender Rehabilitation Act 2014.
"""

from django.db import models
from django.db.models import F, Q

from cases.models.case import Case
from cases.reference.codes import CustodyStatus, Order
from staff.reference import tracked


class SentenceQuerySet(models.QuerySet):
    def current(self):
        """Sentenced, and not terminated."""
        return self.filter(active=True, terminated_on=None).exclude(description="")

    def latest_of_each_case(self):
        """The most recent conviction of each case; one without a date comes last."""
        latest_first = F("convicted_on").desc(nulls_last=True), "-source_id"
        return self.order_by("case", *latest_first).distinct("case")


@tracked
class Sentence(models.Model):
    """One event of nDelius: a conviction and the sentence passed for it, if one has been."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="sentences")
    source_id = models.CharField(max_length=60)  # convictionId of nDelius, ours when made here
    event = models.CharField(max_length=10, blank=True)  # "Event 1" as staff say it
    active = models.BooleanField()
    order = models.CharField(max_length=14, choices=Order.choices(), default=Order.OTHER)
    description = models.CharField(max_length=200, blank=True)  # blank: awaiting sentence
    outcome_code = models.CharField(max_length=10, blank=True)
    convicted_on = models.DateField(null=True)
    referred_on = models.DateField(null=True)
    started_on = models.DateField(null=True)
    length = models.IntegerField(null=True)
    length_unit = models.CharField(max_length=20, blank=True)
    length_days = models.IntegerField(null=True)
    expected_end_on = models.DateField(null=True)
    terminated_on = models.DateField(null=True)
    termination_reason = models.CharField(max_length=200, blank=True)
    operational_end_on = models.DateField(null=True)  # suspended sentence
    supervision_end_on = models.DateField(null=True)  # suspended sentence
    court_code = models.CharField(max_length=20, blank=True)
    court_name = models.CharField(max_length=200, blank=True)
    awaiting_report = models.BooleanField(default=False)
    in_breach = models.BooleanField(default=False)
    breach_ended_on = models.DateField(null=True)
    failures = models.IntegerField(null=True)  # since the last breach ended
    failure_limit = models.IntegerField(null=True)
    allocated_on = models.DateField(null=True)  # NPS to CRC
    # Custody
    custody_status = models.CharField(
        max_length=4, choices=CustodyStatus.choices(), blank=True, default=CustodyStatus.NONE
    )
    institution = models.CharField(max_length=200, blank=True)
    expected_release_on = models.DateField(null=True)
    conditional_release_on = models.DateField(null=True)
    hdc_eligible_on = models.DateField(null=True)
    released_on = models.DateField(null=True)
    licence_end_on = models.DateField(null=True)
    sentence_expiry_on = models.DateField(null=True)
    pss_end_on = models.DateField(null=True)
    # What OGRS3 needs and nDelius documents lack
    previous_sanctions = models.IntegerField(null=True)
    first_sanction_on = models.DateField(null=True)
    age_at_first_sanction = models.IntegerField(null=True)

    objects = SentenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="sentence_once", fields=["case", "source_id"]),
        ]

    def __str__(self):
        return f"{self.case_id} event {self.event or self.source_id}"


class Offence(models.Model):
    sentence = models.ForeignKey(Sentence, on_delete=models.PROTECT, related_name="offences")
    source_id = models.CharField(max_length=60, blank=True)
    code = models.CharField(max_length=20, blank=True)  # Home Office, class and sub-class
    description = models.CharField(max_length=1000, blank=True)
    main = models.BooleanField()
    committed_on = models.DateField(null=True)
    count = models.IntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="offence_one_main", fields=["sentence"], condition=Q(main=True)
            )
        ]

    def __str__(self):
        return self.code


@tracked
class Requirement(models.Model):
    sentence = models.ForeignKey(Sentence, on_delete=models.PROTECT, related_name="requirements")
    source_id = models.CharField(max_length=60)
    main_code = models.CharField(max_length=20)
    main_name = models.CharField(max_length=200, blank=True)
    sub_code = models.CharField(max_length=20, blank=True)
    sub_name = models.CharField(max_length=200, blank=True)
    length = models.IntegerField(null=True)
    length_unit = models.CharField(max_length=20, blank=True)
    active = models.BooleanField()
    restrictive = models.BooleanField(default=False)
    imposed_on = models.DateField(null=True)
    expected_start_on = models.DateField(null=True)
    expected_end_on = models.DateField(null=True)
    commenced_on = models.DateField(null=True)
    terminated_on = models.DateField(null=True)
    termination_reason = models.CharField(max_length=200, blank=True)
    completed = models.DecimalField(max_digits=7, decimal_places=2, null=True)  # days or hours
    notes = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="requirement_once", fields=["sentence", "source_id"])
        ]

    def __str__(self):
        return f"{self.sentence_id} {self.main_code}"


@tracked
class LicenceCondition(models.Model):
    sentence = models.ForeignKey(Sentence, on_delete=models.PROTECT, related_name="conditions")
    code = models.CharField(max_length=20, blank=True)
    category = models.CharField(max_length=100)
    text = models.TextField()
    from_on = models.DateField()
    to_on = models.DateField(null=True)

    def __str__(self):
        return f"{self.sentence_id} {self.category}"
