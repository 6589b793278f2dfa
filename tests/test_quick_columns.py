"""The columns of a query are told apart by the tests as Django tells them apart, or the tests would prove another Django."""

import pytest
from django.apps import apps
from django.db.models.expressions import Col

from tests.quick_columns import AS_DJANGO_DOES, identity

FIELDS = [field for model in apps.get_models() for field in model._meta.concrete_fields]


@pytest.mark.parametrize("alias", ["cases_case", "T5", None])
def test_each_column_is_told_apart_as_django_does(alias):
    for field in FIELDS:
        for made in (
            field.get_col(alias),
            Col(alias, field),
            Col(alias, target=field),
            Col(alias, field, None),
        ):
            assert identity(made) == AS_DJANGO_DOES(made) == made.identity


def test_another_alias_or_another_field_is_another_column():
    one, other = FIELDS[:2]

    assert Col("T5", one) == Col("T5", one)
    assert len({Col("T5", one), Col("T6", one), Col("T5", other), Col("T5", one, other)}) == 4
