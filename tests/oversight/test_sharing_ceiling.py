"""A team that is over full: what goes beyond the ceiling is spread, said with whom, and answered for; or demanded never to."""

import pytest
from django.utils.timezone import now

from cases.models import Case
from oversight.queries.sharing_standing import standing_of
from oversight.reference.sharing import Demand, Outcome
from oversight.services.sharing_publish import publish_sharing, warned_of
from staff.errors import RuleBroken
from tests.oversight.a_sharing import WHY, carried_out, proposed, unowned
from tests.oversight.an_officer import an_officer, contract
from tests.oversight.test_sharing_pages import see

pytestmark = pytest.mark.django_db


@pytest.fixture
def few_hours(team):
    officers = [an_officer(team, first_name=name, last_name="Lee") for name in ("Ann", "Bob")]
    for one in officers:
        contract(one, hours="1")
    return officers


def test_a_team_that_is_over_full_is_proposed_an_answer_that_says_so(
    client, team, senior, few_hours
):
    cases = unowned(team)

    one = proposed(team, senior, few_hours)

    assert one.outcome == Outcome.BEST
    assert sorted(one.moves.values_list("to_officer", flat=True)) == sorted([each.pk for each in few_hours] * 2)  # fmt: skip
    assert "go beyond the ceiling, which is the least there must be" in one.in_the_way[1]
    page = see(client, senior, "sharing", one.pk)
    assert "Beyond the ceiling</h2>" in page
    assert one.in_the_way[1] in page
    assert "What stands in the way" not in page
    with pytest.raises(RuleBroken, match="Ann Lee would be at"):
        publish_sharing(sharing=one, note="", said={}, by=senior, now=now())
    (kind,) = warned_of(one, standing_of(one))
    publish_sharing(sharing=one, note="", said={kind.key: WHY}, by=senior, now=now())
    assert carried_out() == len(cases)
    assert Case.objects.filter(officer__in=few_hours).count() == len(cases)


def test_demanded_the_ceiling_stands_in_the_way_by_how_much(client, team, senior, few_hours):
    unowned(team)

    one = proposed(team, senior, few_hours, demands=[Demand.CEILING])

    assert (one.outcome, one.moves.count()) == (Outcome.CANNOT, 0)
    page = see(client, senior, "sharing", one.pk)
    assert "What stands in the way</h2>" in page
    assert "do not demand that nobody goes beyond it" in page
