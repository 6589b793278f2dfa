"""What has come in about people under supervision, and what each officer made of it; who is kept apart.

Source: product rules, information in; report 2.4 (a service user attacked by another, and nobody spoke).
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.models.case import Case
from cases.models.documents import Document
from cases.models.raises import Raise
from cases.reference.codes import Sharing
from cases.reference.information import InformationKind, ReadAs, ReadingState, SaidBy
from staff.reference import tracked


class Information(models.Model):
    """One thing somebody told us: what, who said so, when, and how far it may be shared."""

    kind = models.CharField(max_length=10, choices=InformationKind.choices())
    said_by = models.CharField(max_length=12, choices=SaidBy.choices())
    who = models.CharField(max_length=200)  # the name and service of whoever told us
    happened_on = models.DateField()
    text = models.TextField()
    harm = models.BooleanField()  # somebody could be hurt: to be read the same day
    sharing = models.CharField(max_length=4, choices=Sharing.choices(), default=Sharing.NO)
    document = models.ForeignKey(Document, null=True, on_delete=models.PROTECT)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT)

    def __str__(self):
        return f"{self.kind} {self.pk}"


class ReadingQuerySet(models.QuerySet):
    def unread(self):
        return self.filter(state=ReadingState.UNREAD)


@tracked
class Reading(models.Model):
    """A case that a piece of information is about, and what its officer made of it."""

    information = models.ForeignKey(Information, on_delete=models.PROTECT, related_name="readings")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="readings")
    main = models.BooleanField()  # otherwise somebody else whom it names
    relation = models.CharField(max_length=100, blank=True)  # a code of Relation: to the main one
    state = models.CharField(
        max_length=6, choices=ReadingState.choices(), default=ReadingState.UNREAD
    )
    read_as = models.CharField(max_length=8, choices=ReadAs.choices(), blank=True)
    because = models.TextField(blank=True)
    raised = models.ForeignKey(Raise, null=True, on_delete=models.PROTECT)
    read_on = models.DateField(null=True)
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="reading_once", fields=["information", "case"]),
            models.CheckConstraint(
                name="reading_says_what_it_came_to",
                condition=Q(state=ReadingState.UNREAD, read_as="", read_on=None)
                | (
                    Q(state=ReadingState.READ, read_on__isnull=False)
                    & ~Q(read_as="")
                    & (~Q(read_as=ReadAs.NOTHING) | ~Q(because=""))
                ),
            ),
        ]
        indexes = [
            models.Index(
                name="reading_unread", fields=["case"], condition=Q(state=ReadingState.UNREAD)
            )
        ]

    def __str__(self):
        return f"{self.case_id} {self.information_id}"


class NonAssociationQuerySet(models.QuerySet):
    def in_force(self, today):
        return self.filter(Q(to_on=None) | Q(to_on__gt=today), from_on__lte=today)

    def of(self, case):
        return self.filter(Q(one=case) | Q(other=case))


@tracked
class NonAssociation(models.Model):
    """Two people under supervision who must be kept apart. `one` is the case with the lower key."""

    one = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=300)
    information = models.ForeignKey(Information, null=True, on_delete=models.PROTECT)
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT)
    ended_because = models.CharField(max_length=300, blank=True)

    objects = NonAssociationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="non_association_of_two", condition=Q(one__lt=F("other"))),
            models.UniqueConstraint(
                name="non_association_once", fields=["one", "other"], condition=Q(to_on=None)
            ),
            models.CheckConstraint(
                name="non_association_ends_for_a_reason",
                condition=Q(to_on=None) | ~Q(ended_because=""),
            ),
        ]

    def __str__(self):
        return f"{self.one_id} {self.other_id}"
