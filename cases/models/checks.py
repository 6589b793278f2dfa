"""Enquiries: questions put to other agencies about a case, whom they cover and what came of them.

Source: product rules, checks; report 2.1 to 2.4.
"""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Greatest

from cases.models.case import Case
from cases.reference.checks import (
    ASKED_ANEW,
    HEARD_ANEW,
    OPEN_STATES,
    REPLY_GONE,
    Because,
    Changes,
    CheckKind,
    EnquiryState,
    Reply,
    SubjectKind,
)
from cases.reference.codes import Sharing
from staff.reference import tracked


class EnquiryQuerySet(models.QuerySet):
    def unfinished(self):
        return self.filter(state__in=OPEN_STATES)

    def overdue(self, today):
        """The date of the current step has passed."""
        return self.unfinished().filter(due_on__lt=today)

    def answered(self):
        return self.filter(state=EnquiryState.ANALYSED)

    def dated_anew(self):
        """With `heard_on`, the day from which its reply says what it says, and `opened_on`, from which it is open: those
        of the reply and of what made it due, or later ones where the reply was put right, or recorded after another was
        taken off. `heard_by`: the step that makes it later; None where none does."""
        steps = EnquiryStep.objects.filter(enquiry=OuterRef("pk"))
        heard = steps.of_this_reply().filter(did__in=HEARD_ANEW)
        return self.annotate(
            heard_on=Greatest("replied_on", _last(heard, "on")),
            heard_by=_last(heard, "did"),
            opened_on=Greatest("triggered_on", _last(steps.filter(did__in=ASKED_ANEW), "on")),
        )


def _last(steps, column):
    """Of the last of these steps; None where there is none."""
    return Subquery(steps.order_by("-on", "-pk").values(column)[:1])


@tracked
class Enquiry(models.Model):
    """One question to one agency. A reply covers its subjects and nobody else."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="enquiries")
    kind = models.CharField(max_length=12, choices=CheckKind.choices())
    because = models.CharField(max_length=12, choices=Because.choices())
    because_note = models.CharField(max_length=300, blank=True)
    triggered_on = models.DateField()
    state = models.CharField(
        max_length=12, choices=EnquiryState.choices(), default=EnquiryState.DUE
    )
    due_on = models.DateField(null=True)  # of the current step; null when nothing more is owed
    # Whom it is for, from the agency book; null: nobody in the book answers for that area
    agency = models.ForeignKey(
        "cases.Agency",
        null=True,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="enquiries",
    )
    asked_of = models.CharField(
        max_length=200, blank=True
    )  # the agency as asked, and for which area
    # Whether the person was told that we ask; null until it is sent
    told_person = models.BooleanField(null=True)
    not_told_because = models.CharField(max_length=300, blank=True, db_default="", default="")
    sent_on = models.DateField(null=True)
    chased_on = models.DateField(null=True)
    chases = models.PositiveSmallIntegerField(default=0)
    replied_on = models.DateField(null=True)
    reply = models.CharField(max_length=12, choices=Reply.choices(), blank=True)
    reply_text = models.TextField(blank=True)
    analysed_on = models.DateField(null=True)
    analysed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    changes = models.CharField(max_length=12, choices=Changes.choices(), blank=True)
    # What it changes besides, by code with commas between: most change one thing
    also_changes = models.CharField(max_length=30, blank=True, db_default="", default="")
    analysis = models.TextField(blank=True)
    not_needed_because = models.CharField(max_length=500, blank=True)
    sharing = models.CharField(max_length=4, choices=Sharing.choices(), default=Sharing.NO)

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="enquiry_sent_has_date_and_agency",
                condition=Q(sent_on=None) | ~Q(asked_of=""),
            ),
            models.CheckConstraint(
                name="enquiry_reply_whole",
                condition=Q(replied_on=None, reply="")
                | (Q(replied_on__isnull=False) & ~Q(reply="")),
            ),
            models.CheckConstraint(
                name="enquiry_analysed_says_what_changes",
                condition=Q(state=EnquiryState.ANALYSED, analysed_on__isnull=False)
                & ~Q(changes="")
                & ~Q(analysis="")
                | ~Q(state=EnquiryState.ANALYSED),
            ),
            models.CheckConstraint(
                name="enquiry_not_needed_says_why",
                condition=~Q(state=EnquiryState.NOT_NEEDED) | ~Q(not_needed_because=""),
            ),
            models.CheckConstraint(
                name="enquiry_open_has_due_date",
                condition=Q(state__in=sorted(OPEN_STATES), due_on__isnull=False)
                | (~Q(state__in=sorted(OPEN_STATES)) & Q(due_on=None)),
            ),
        ]
        indexes = [
            models.Index(  # holds what is counted of them
                name="enquiry_open_on_case",
                fields=["case", "due_on"],
                include=["kind"],
                condition=Q(state__in=sorted(OPEN_STATES)),
            ),
            models.Index(
                name="enquiry_open_at_an_agency",
                fields=["agency", "due_on"],
                condition=Q(state__in=sorted(OPEN_STATES)),
            ),
        ]

    def __str__(self):
        return f"{self.case_id} {self.kind}"

    @property
    def all_changes(self):
        """All that the reply was said to change, in the order in which it is asked; none before it is analysed."""
        codes = [self.changes, *self.also_changes.split(",")]
        return [Changes(code) for code in codes if code]

    @property
    def turnaround_days(self):
        """Working days this agency takes; None: as the policy says."""
        return self.agency.turnaround_days if self.agency else None


class Subject(models.Model):
    """One person or address an enquiry asks about."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="subjects")
    kind = models.CharField(max_length=10, choices=SubjectKind.choices())
    name = models.CharField(max_length=300)
    born_on = models.DateField(null=True)
    related_person = models.ForeignKey("cases.RelatedPerson", null=True, on_delete=models.PROTECT)
    protected = models.BooleanField(default=False)  # the name is kept to those allowed
    reply = models.CharField(max_length=12, choices=Reply.choices(), blank=True)

    def __str__(self):
        return f"{self.enquiry_id} {self.kind}"


class EnquiryStepQuerySet(models.QuerySet):
    def of_this_reply(self):
        """Those since which no reply was asked for again or taken off: they are of the reply that stands now."""
        later = EnquiryStep.objects.filter(enquiry=OuterRef("enquiry"), pk__gt=OuterRef("pk"))
        return self.filter(~Exists(later.filter(did__in=REPLY_GONE)))


class EnquiryStep(models.Model):
    """What was done about an enquiry, when and by whom: its history, never overwritten."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="steps")
    at = models.DateTimeField(auto_now_add=True)
    on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT)
    did = models.CharField(max_length=20)  # due, sent, chased, replied, analysed, ...
    note = models.TextField(blank=True)
    document = models.ForeignKey(  # what was sent, or what came
        "cases.Document", null=True, on_delete=models.PROTECT, db_index=False
    )

    objects = EnquiryStepQuerySet.as_manager()

    def __str__(self):
        return f"{self.enquiry_id} {self.did}"
