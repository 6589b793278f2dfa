"""The demonstration as the tests of `make_demo` make it and look at it."""

from dataclasses import asdict
from datetime import date
from io import StringIO

from django.core.management import call_command

from cases.models import (
    Address,
    Assessment,
    Case,
    Contact,
    Enquiry,
    Information,
    InterimPlan,
    Override,
    Person,
    Plan,
    PlanAction,
    RelatedPerson,
    ReplyInHand,
    Subject,
)
from tests.demonstration import Demonstration

SMALL = Demonstration(people=100, seed=3, today=date(2018, 10, 1))


def make(tmp_path, **options):
    said = StringIO()
    defaults = asdict(SMALL) | {"truth": tmp_path / "truth.json"}
    call_command("make_demo", **defaults | options, stdout=said, stderr=StringIO())
    return said.getvalue()


def picture():
    """What a reader could see of the caseload, without the keys of rows."""
    return [
        list(
            Case.objects.order_by("crn").values_list(
                "crn", "sort_name", "born_on", "officer__username"
            )
        ),
        list(
            Person.objects.order_by("case__crn").values_list("ethnicity", "nationality", "may_text")
        ),
        list(Address.objects.order_by("pk").values_list("lines", "postcode")),
        list(Contact.objects.order_by("pk").values_list("type_code", "started_at", "notes")),
        list(Enquiry.objects.order_by("pk").values_list("kind", "state", "due_on")),
        list(RelatedPerson.objects.order_by("pk").values_list("name", "born_on", "authority")),
        list(Subject.objects.order_by("pk").values_list("name", "born_on", "reply")),
        list(
            InterimPlan.objects.order_by("pk").values_list("case__crn", "expires_on", "agreement")
        ),
        list(PlanAction.objects.order_by("pk").values_list("what", "by_on", "done_on")),
        list(Assessment.objects.order_by("pk").values_list("case__crn", "state", "completed_on")),
        list(Plan.objects.order_by("pk").values_list("case__crn", "state", "agreed", "answers")),
        list(Override.objects.order_by("pk").values_list("case__crn", "state", "expires_on")),
        list(Information.objects.order_by("pk").values_list("kind", "text", "at")),
        sorted(ReplyInHand.objects.values_list("key", "text")),
    ]
