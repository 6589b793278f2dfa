"""The hub's queue: unmet deadlines of its kinds in the order in which they are worked. Source: `cases.rules.enforcement.queue`."""

from django.db.models import (
    BigIntegerField,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models import Case as Cases
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce
from django.db.models.lookups import GreaterThan
from django.utils.timezone import localtime

from cases.models import BreachStep, Case, Claim, Deadline, Hearing, HubQuestion
from cases.rules import ranking
from cases.rules.enforcement.chasing import AGAIN_ON, ANSWER, ITEM
from staff.permissions import Action

ORDER = ("due_on", "-danger", "id")  # `place_in_queue`, as columns
OF_A_DAY = "say_hearing"
NEVER = Value("", output_field=TextField())


def queue_of(user, action=Action.WORK_QUEUE):
    """What this reader may work on, or look at, with the columns that ORDER sorts by."""
    cases = Case.objects.open_to(user, action)
    return ranked(Deadline.objects.of_the_hub().filter(case__in=cases))


def ranked(deadlines):
    person = [
        When(case__standing__harm=level, then=Value(more))
        for level, more in ranking.OF_THE_PERSON.items()
    ]
    concern = When(case__standing__concern=True, then=Value(ranking.CONCERN))
    return deadlines.annotate(
        danger=Cases(*person, default=Value(ranking.NOT_ASSESSED), output_field=IntegerField())
        + Cases(concern, default=Value(0), output_field=IntegerField())
    )


def free(deadlines):
    """Those that nobody works on and of which the officer is asked nothing."""
    return deadlines.filter(is_free())


def is_free():
    claimed = Claim.objects.live().filter(deadline=OuterRef("pk"))
    asked = HubQuestion.objects.open().filter(deadline=OuterRef("pk"))
    return ~Exists(claimed) & ~Exists(asked)


def is_to_come(now):
    """That it waits for a day which has not come: in court, of which nobody can say yet what is asked, or on which the NPS is
    asked again.

    The kind is looked at first, so that of any other the database looks up no day.
    """
    today = Value(localtime(now).date().isoformat(), output_field=TextField())
    chases = chased().filter(breach=OuterRef("breach"), item=OuterRef("pk")).order_by("-pk")
    said = chases.values("again_on")[:1]
    again_on = Coalesce(Subquery(said), NEVER)  # of none: not null, which would hide it
    in_court = Exists(days_to_come(now).filter(breach=OuterRef("breach")))
    return Q(kind=OF_A_DAY) & in_court | Q(kind=ANSWER) & GreaterThan(again_on, today)


def chased():
    """The steps by which the NPS was asked again, each with its item of the queue and when that is looked at again."""
    item = Cast(KeyTextTransform(ITEM, "pack_says"), BigIntegerField())
    return BreachStep.objects.annotate(item=item, again_on=KeyTextTransform(AGAIN_ON, "pack_says"))


def days_to_come(now):
    """The days in court that are set and have not come, the next first."""
    return Hearing.objects.filter(said_at=None, called_off=False, at__gt=now).order_by("at", "pk")
