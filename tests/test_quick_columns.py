"""The columns of a query are told apart and written by the tests as by Django, or the tests would prove another Django."""

import pytest
from django.apps import apps
from django.db import connection
from django.db.models.expressions import Col
from django.db.models.sql import Query

from tests.quick_columns import AS_DJANGO_DOES, AS_DJANGO_WRITES, as_sql, identity

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


@pytest.mark.parametrize("alias", ["cases_case", "T5", "one", None])
def test_each_column_is_written_as_django_writes_it(alias):
    """With nothing written before, and with all of it; `one` is an alias, which is not quoted."""
    query = Query(FIELDS[0].model)
    query.alias_map["one"] = None
    quick, djangos = (query.get_compiler("default") for _ in range(2))
    for field in [*FIELDS, *FIELDS]:
        column = Col(alias, field)
        assert as_sql(column, quick, connection) == AS_DJANGO_WRITES(column, djangos, connection)


def test_a_name_that_cannot_be_quoted_is_refused_as_django_refuses_it():
    compiler = Query(FIELDS[0].model).get_compiler("default")
    for _ in range(2):
        with pytest.raises(ValueError, match="Dollar"):
            as_sql(Col("a$b", FIELDS[0]), compiler, connection)
