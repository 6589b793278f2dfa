"""What `make unordered` turns round, and what it leaves alone."""

import pytest
from django.db.models.sql.compiler import SQLCompiler

from staff.models import Team
from tests.factories import TeamFactory
from tests.unordered import turned_round

pytestmark = pytest.mark.django_db


@pytest.fixture
def teams(monkeypatch):
    """Three, made in this order."""
    made = [TeamFactory(name=name) for name in ("B", "A", "A")]
    monkeypatch.setattr(SQLCompiler, "execute_sql", turned_round)
    return [one.pk for one in made]


def keys(rows):
    return list(rows.values_list("pk", flat=True))


def test_without_an_order_the_last_comes_first_also_in_a_part_of_them(teams):
    of_them = Team.objects.filter(pk__in=teams)

    assert keys(of_them) == teams[::-1]
    assert keys(of_them[:1]) == teams[-1:]
    assert [one.pk for one in of_them.iterator()] == teams[::-1]


def test_of_ties_the_last_comes_first_and_what_was_asked_for_stays(teams):
    first, second, third = teams

    assert keys(Team.objects.filter(pk__in=teams).order_by("name")) == [third, second, first]
    assert keys(Team.objects.filter(pk__in=teams).order_by("name", "pk")) == [second, third, first]
    assert keys(Team.objects.filter(pk__in=teams).order_by("-name").reverse()) == [third, second, first]  # fmt: skip
    assert Team.objects.filter(pk__in=teams).first().pk == first
    assert Team.objects.filter(pk__in=teams).count() == 3
