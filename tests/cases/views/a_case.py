"""A case with so many rows of everything a page can list, and the ways pages are asked for."""

from datetime import datetime, time, timedelta

from django.urls import reverse
from django.utils.timezone import get_current_timezone, localdate

from cases.models import Contact, EnquiryStep, LicenceCondition
from cases.reference.checks import CheckKind
from tests.factories import (
    AddressFactory,
    AllocationFactory,
    CaseFactory,
    DeadlineFactory,
    EnquiryFactory,
    OffenceFactory,
    PersonFactory,
    RegistrationFactory,
    RelatedPersonFactory,
    RequirementFactory,
    SentenceFactory,
    StandingFactory,
    SubjectFactory,
)


def contact(case, days_ago=1, **fields):
    at = datetime.combine(localdate() - timedelta(days=days_ago), time(10), get_current_timezone())
    given = {"type_code": "COAP", "type_name": "Planned office visit", "source_id": ""}
    return Contact.objects.create(case=case, started_at=at, **given | fields)


def full_case(rows, **fields):
    case = CaseFactory(**fields)
    StandingFactory(case=case)
    PersonFactory(case=case)
    for n in range(rows):
        sentence = SentenceFactory(case=case, expected_end_on=localdate() + timedelta(days=90))
        OffenceFactory(sentence=sentence)
        RequirementFactory(sentence=sentence)
        LicenceCondition.objects.create(
            sentence=sentence, category="Residence", text="Live there", from_on=localdate()
        )
        RegistrationFactory(case=case)
        RelatedPersonFactory(case=case)
        AddressFactory(case=case)
        AllocationFactory(case=case)
        contact(case, days_ago=n)
        enquiry_with_everything(case, n)
    return case


def enquiry_with_everything(case, n):
    enquiry = EnquiryFactory(case=case, kind=list(CheckKind)[n % len(CheckKind)])
    SubjectFactory(enquiry=enquiry)
    DeadlineFactory(case=case, kind="send_check", enquiry=enquiry)
    EnquiryStep.objects.create(enquiry=enquiry, on=enquiry.triggered_on, did="due")
    return enquiry


def see(client, user, page, case, *beside, **query):
    """The page as this member of staff is shown it."""
    client.force_login(user)
    return client.get(reverse(page, args=[case.crn, *beside]), query)


def words(page):
    return page.content.decode()
