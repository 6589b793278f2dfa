import pytest

from cases.services.search import remember_search
from staff.errors import RuleBroken
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Jones \n Alan ", "Jones Alan"),
        ("Jones\0Alan", "Jones Alan"),  # the database keeps no such character
        ("\0T100001\0", "T100001"),
        ("x" * 5000, "x" * 200),
    ],
)
def test_what_was_typed_is_kept_as_it_can_be_looked_for(typed, kept):
    assert remember_search(text=typed, by=UserFactory()).text == kept


@pytest.mark.parametrize("typed", ["", " \n ", "\0", " \0 \0 "])
def test_nothing_typed_is_asked_for_again(typed):
    with pytest.raises(RuleBroken, match="Type a name"):
        remember_search(text=typed, by=UserFactory())
