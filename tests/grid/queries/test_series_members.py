"""When the order or licence by which somebody is in a series ends: as they came to this one, and not to what they wait for."""

from datetime import date

import pytest

from grid.queries.series_members import ends_of, places_in
from grid.reference.interventions import Hook
from grid.rules.order_end import OrderEnd
from tests.factories import RequirementFactory
from tests.grid.a_place import ENDS, joins, somebody
from tests.grid.planned_series import NOW, THINKING, facilitator, planned, waits

pytestmark = pytest.mark.django_db
PROGRAMME_ENDS = date(2018, 12, 1)


def ends(series):
    places = places_in(series, NOW)
    return {one.case_id: end for one in places for end in [ends_of(places, NOW.date())[one.pk]]}


def test_something_else_meanwhile_ends_with_their_supervision_and_not_with_the_programme_they_wait_for():
    """They come to it by their own choice, for as long as they are supervised: the programme's order ends sooner."""
    case = somebody(ends_on=ENDS)
    sentence = case.sentences.get()
    RequirementFactory(
        sentence__case=case,
        sentence__supervision_end_on=PROGRAMME_ENDS,
        main_code="7",
        main_name="Accredited Programme",
        sub_name="Thinking Skills Programme",
    )
    assert sentence.supervision_end_on == ENDS
    series = planned(leaders=[facilitator(skill="Making Amends")])
    joins(series, referral=waits(case, THINKING, hook=Hook.PROGRAMME), instead=True)

    assert ends(series) == {case.pk: OrderEnd(ENDS, Hook.VOLUNTARY)}


def test_what_they_wait_for_ends_as_they_were_referred():
    case = somebody(ends_on=ENDS)
    series = planned(leaders=[facilitator(skill="Making Amends")])
    joins(series, case)

    assert ends(series) == {case.pk: OrderEnd(ENDS, Hook.RAR)}
