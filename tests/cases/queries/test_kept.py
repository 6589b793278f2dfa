"""What must not be given away of those around a person."""

import pytest

from cases.queries.kept import kept_of
from tests.factories import (
    AddressFactory,
    CaseFactory,
    EnquiryFactory,
    RelatedPersonFactory,
    SubjectFactory,
)

pytestmark = pytest.mark.django_db


def test_everybody_around_them_and_where_each_lives_is_kept_and_their_own_home_is_not():
    case = CaseFactory(forename="Alan", surname="Smith")
    AddressFactory(case=case, status_code="M", lines="3 Station Road")
    RelatedPersonFactory(
        case=case, name="Sam Reed", address="14 Acacia Gardens", postcode="RG2 7BB"
    )
    enquiry = EnquiryFactory(case=case)
    SubjectFactory(enquiry=enquiry, kind="partner", name="Robin Cole")
    SubjectFactory(enquiry=enquiry, kind="address", name="1 Mill Close, Reading")
    SubjectFactory(enquiry=enquiry, kind="person", name="Alan Smith")

    kept = kept_of(case)

    assert kept.names == ("Robin Cole", "Sam Reed")
    assert kept.addresses == ("1 Mill Close, Reading", "14 Acacia Gardens, RG2 7BB")
    assert kept.own == "Alan Smith"
    assert "3 Station Road" in kept.home
