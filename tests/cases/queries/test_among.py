"""Many keys as one array: the same rows as one by one."""

import pytest

from cases.models import Case
from cases.queries.among import among
from tests.factories import CaseFactory

pytestmark = pytest.mark.django_db


def test_the_same_rows_are_found_by_keys_and_by_rows():
    wanted, _ = [CaseFactory(), CaseFactory()], CaseFactory()

    by_keys = Case.objects.filter(pk__in=among({one.pk for one in wanted}))
    by_rows = Case.objects.filter(pk__in=among(wanted))

    assert set(by_keys) == set(by_rows) == set(wanted)


def test_nothing_is_asked_about_nobody(django_assert_num_queries):
    CaseFactory()

    with django_assert_num_queries(0):
        assert not list(Case.objects.filter(pk__in=among([])))
