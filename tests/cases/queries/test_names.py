import pytest

from cases.queries.names import names_for, names_for_each
from cases.queries.reach import actions_on
from staff.permissions import Role
from tests.factories import (
    CaseFactory,
    EnquiryFactory,
    RelatedPersonFactory,
    SubjectFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", [Role.OFFICER, Role.SPO, Role.HUB])
def test_many_cases_are_read_as_each_is(role):
    user = UserFactory(role=role)
    cases = [CaseFactory(officer=user), CaseFactory(team=user.team), CaseFactory()]
    for case in cases:
        RelatedPersonFactory(case=case, name="Robin Vale", protected=True)
        enquiry = EnquiryFactory(case=case)
        SubjectFactory(enquiry=enquiry, name="Jo Ashe", kind="partner", protected=True)
    may = {case.pk: actions_on(case, user) for case in cases}

    each = names_for_each(cases, may)

    for case in cases:
        alone, told = names_for(case, may[case.pk]), "Robin Vale and Jo Ashe."
        assert each[case.pk].text(told) == alone.text(told)
        assert each[case.pk].all_seen == alone.all_seen
