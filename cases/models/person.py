"""What is known of the person: names, characteristics, addresses, people around them.

Source: nDelius offender document; what is not asked, not stated and not known stay apart.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.models import names
from cases.models.case import Case
from cases.reference.checks import SubjectKind
from cases.reference.codes import Given, Sharing
from staff.reference import tracked


def answer():
    """A characteristic: its nDelius code or words as given, or why there is no answer."""
    return models.CharField(max_length=200, default=Given.NOT_ASKED)


def imported():
    """Brought in by an extract: the next extract may take it out again; what staff wrote it may not."""
    return models.BooleanField(default=False, db_default=False)


@tracked
class Person(models.Model):
    """The rest of what is said of the person a case is about; protected characteristics among it."""

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.PROTECT)
    title = models.CharField(max_length=40, blank=True)
    middle_names = models.CharField(max_length=200, blank=True)
    preferred_name = models.CharField(max_length=100, blank=True)
    sex_as_given = models.CharField(max_length=100, blank=True)
    gender_identity = answer()
    ethnicity = answer()
    nationality = answer()
    second_nationality = models.CharField(max_length=200, blank=True)
    religion = answer()
    sexual_orientation = answer()
    immigration_status = models.CharField(max_length=200, blank=True)
    first_language = models.CharField(max_length=100, blank=True)
    needs_interpreter = models.BooleanField(null=True)  # null: not asked
    language_notes = models.TextField(blank=True)
    welsh_offered_on = models.DateField(null=True)
    wants_welsh = models.BooleanField(null=True)  # what we send; null: not asked
    may_text = models.BooleanField(null=True)  # null: not asked
    may_email = models.BooleanField(null=True)  # null: not asked
    # When staff asked the person how to get in touch: from then on no extract says otherwise
    contact_asked_on = models.DateField(null=True)
    contact_asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="+",
    )
    care_leaver = models.BooleanField(null=True)  # null: not asked
    notes = models.TextField(blank=True)
    has_sentence = models.BooleanField(null=True)  # as nDelius says; null: it does not say
    unmapped = models.JSONField(default=dict)  # keys of the document that we keep but do not use

    class Meta:
        triggers = names.OF_A_PERSON

    def __str__(self):
        return str(self.case_id)


class OtherName(models.Model):
    """An alias or a previous name. For search only; it never replaces the name."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="other_names")
    previous = models.BooleanField()  # otherwise an alias
    surname = models.CharField(max_length=100)
    forename = models.CharField(max_length=100, blank=True)
    sort_name = models.CharField(max_length=220, db_index=True)
    born_on = models.DateField(null=True)
    imported = imported()

    class Meta:
        triggers = names.OF_ANOTHER_NAME

    def __str__(self):
        return str(self.case_id)


class Identifier(models.Model):
    """A number some system knows the person by, as given and in the form we match on."""

    class Kind(models.TextChoices):
        PNC = "pnc", "PNC"
        CRO = "cro", "CRO"
        NOMS = "noms", "Prison number"
        BOOKING = "booking", "Prison booking number"
        MERGED_CRN = "merged", "Earlier CRN"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="identifiers")
    kind = models.CharField(max_length=10, choices=Kind)
    value = models.CharField(max_length=60)
    match = models.CharField(max_length=60, db_index=True)  # upper case, digits of the year in full
    imported = imported()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="identifier_once", fields=["case", "kind", "match"])
        ]

    def __str__(self):
        return f"{self.case_id} {self.kind}"


@tracked
class Reachable(models.Model):
    """A telephone number or e-mail address, and whether it is safe to use it."""

    class Kind(models.TextChoices):
        MOBILE = "mobile", "Mobile"
        TELEPHONE = "telephone", "Telephone"
        EMAIL = "email", "Email"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reachable")
    kind = models.CharField(max_length=10, choices=Kind)
    value = models.CharField(max_length=200)
    safe = models.BooleanField(null=True)  # null: not asked
    # Who else uses or sees it
    shared_with = models.CharField(max_length=200, blank=True, default="", db_default="")
    note = models.CharField(max_length=200, blank=True)
    imported = imported()

    def __str__(self):
        return f"{self.case_id} {self.kind}"


@tracked
class Address(models.Model):
    """Where the person lives or lived. The main one is current while it has no end."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="addresses")
    status_code = models.CharField(max_length=10, blank=True)  # M main, P previous, ...
    lines = models.CharField(max_length=400, blank=True)
    town = models.CharField(max_length=100, blank=True)
    county = models.CharField(max_length=100, blank=True)
    postcode = models.CharField(max_length=20, blank=True)
    # The local authority it lies in, whose social care is asked; blank: by the postcode
    authority = models.CharField(max_length=100, blank=True, db_default="", default="")
    no_fixed_abode = models.BooleanField(default=False)
    type_code = models.CharField(max_length=20, blank=True)
    type_name = models.CharField(max_length=200, blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    from_on = models.DateField(null=True)
    to_on = models.DateField(null=True)
    safe_to_write = models.BooleanField(null=True)  # null: not asked
    notes = models.TextField(blank=True)
    imported = imported()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="address_ends_after_start",
                condition=Q(from_on=None) | Q(to_on=None) | Q(to_on__gte=F("from_on")),
            )
        ]

    def __str__(self):
        return str(self.case_id)


class Disability(models.Model):
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="disabilities")
    code = models.CharField(max_length=20, blank=True)
    name = models.CharField(max_length=200)
    from_on = models.DateField(null=True)
    to_on = models.DateField(null=True)
    notes = models.TextField(blank=True)
    imported = imported()

    def __str__(self):
        return f"{self.case_id} {self.code}"


@tracked
class Circumstance(models.Model):
    """Something about the person's life that supervision must take into account."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="circumstances")
    source_id = models.CharField(max_length=60, blank=True)
    type_code = models.CharField(max_length=60)
    type_name = models.CharField(max_length=200, blank=True)
    subtype_code = models.CharField(max_length=60, blank=True)
    subtype_name = models.CharField(max_length=200, blank=True)
    started_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    evidenced = models.BooleanField(default=False)
    notes = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="circumstance_once",
                fields=["case", "source_id"],
                condition=~Q(source_id=""),
            )
        ]

    def __str__(self):
        return f"{self.case_id} {self.type_code}"


@tracked
class RelatedPerson(models.Model):
    """Somebody around the person: partner, child, victim. Their names are shown only to those allowed."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="related_people")
    kind = models.CharField(max_length=10, choices=SubjectKind.choices())
    name = models.CharField(max_length=200)
    relationship = models.CharField(max_length=100)
    born_on = models.DateField(null=True)
    lives_with = models.BooleanField(null=True)  # null: not asked
    dependant = models.BooleanField(default=False)
    victim = models.BooleanField(default=False)
    protected = models.BooleanField(default=False)  # the name is kept to those allowed
    address = models.CharField(max_length=400, blank=True)
    authority = models.CharField(max_length=100, blank=True)  # local authority they live in
    postcode = models.CharField(max_length=20, blank=True, db_default="", default="")
    from_on = models.DateField(null=True)
    to_on = models.DateField(null=True)
    source = models.CharField(max_length=200, blank=True)
    sharing = models.CharField(max_length=4, choices=Sharing.choices(), default=Sharing.NO)

    def __str__(self):
        return f"{self.case_id} {self.kind}"
