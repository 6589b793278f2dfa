"""The NPS was asked for its answer and has not given it: the item rests, comes back by itself, and is as late as it was."""

from datetime import timedelta

import pytest

from cases.models import Claim, Deadline
from cases.queries.enforcement.hub_list import LATE, LATER, Wanted, counts_of, matching, works_on
from cases.reference.enforcement import BreachState
from cases.rules.calendar import add_working_days
from cases.services.enforcement.breaches.chasing import chase_nps
from cases.services.enforcement.queue import claim
from staff.errors import RuleBroken
from staff.models import Entry
from tests.cases.a_breach import NPS, brought_to, on
from tests.cases.a_queue import an_item, of_the_hub
from tests.factories import NOW

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
State = BreachState
TODAY = NOW.date()
LAST_POST = NOW.time()


@pytest.fixture
def hub():
    return of_the_hub()


@pytest.fixture
def breach():
    return brought_to(State.SUBMITTED)


def item_of(breach):
    return Deadline.objects.unmet().get(kind="get_breach_answer", breach=breach)


def chase(breach, by, now=NOW, rests=2, **given):
    day = now.date()
    known = {"outside": NPS, "on": day, "again_on": add_working_days(day, rests)}
    return chase_nps(breach=breach, by=by, now=now, **known | given)


def next_of(by, now):
    return [one.deadline for one in claim(by=by, now=now, kinds=("get_breach_answer",))]


def test_the_next_one_is_another_until_the_day_comes_and_then_it_is_this_again(hub, breach):
    item = item_of(breach)
    claim(by=hub, now=NOW, deadline=item)

    step = chase(breach, hub)

    assert not Claim.objects.live().exists()
    with pytest.raises(RuleBroken, match="rests until the NPS is asked again"):
        next_of(hub, NOW)
    assert works_on([item], NOW)[item.pk].again_on == add_working_days(TODAY, 2)
    back = NOW + (add_working_days(TODAY, 2) - TODAY)
    assert works_on([item], back)[item.pk].again_on is None
    assert next_of(hub, back) == [item]
    assert (step.state, step.outside, step.on) == (State.SUBMITTED, NPS, TODAY)
    assert Entry.objects.filter(action="chased_nps", by=hub, crn=breach.case.crn).exists()


def test_what_is_late_stays_late_while_it_rests(hub, breach):
    item = item_of(breach)
    late = NOW + 20 * DAY

    chase(breach, hub, now=late)

    item.refresh_from_db()
    assert (item.met_on, item.due_on < late.date()) == (None, True)
    assert list(matching(hub, Wanted(show=LATE), late, LAST_POST)) == [item]
    assert list(matching(hub, Wanted(show=LATER), late, LAST_POST)) == [item]
    assert list(matching(hub, Wanted(show="free"), late, LAST_POST)) == []
    counts = counts_of(hub, Wanted(), late, LAST_POST)
    assert (counts["later"], counts["late"], counts["free"]) == (1, 1, 0)


def test_items_nobody_has_asked_about_stay_free_beside_one_that_rests(hub, breach):
    chase(breach, hub)
    other = item_of(brought_to(State.SUBMITTED))
    an_item()

    free = set(matching(hub, Wanted(kind="get_breach_answer", show="free"), NOW, LAST_POST))

    assert free == {other}
    assert next_of(hub, NOW) == [other]


def test_asked_twice_the_later_word_says_when(hub, breach):
    chase(breach, hub, rests=5)
    chase(breach, hub, rests=1)

    again = NOW + (add_working_days(TODAY, 1) - TODAY)

    assert works_on([item_of(breach)], again)[item_of(breach).pk].again_on is None
    assert next_of(hub, again) == [item_of(breach)]


def test_an_answer_that_comes_before_is_recorded_and_a_pack_that_goes_again_does_not_rest(hub, breach):  # fmt: skip
    item = item_of(breach)
    chase(breach, hub, rests=5)

    on(breach, State.MORE_ASKED, by=hub)
    on(breach, State.SUBMITTED, by=hub)

    again = item_of(breach)
    assert again.pk != item.pk
    assert next_of(hub, NOW) == [again]


def test_whoever_else_works_on_it_goes_on(hub, breach):
    other = of_the_hub()
    claim(by=other, now=NOW, deadline=item_of(breach))

    chase(breach, hub)

    assert Claim.objects.live().get().by == other


def test_it_may_be_claimed_by_name_meanwhile(hub, breach):
    chase(breach, hub)

    assert claim(by=hub, now=NOW, deadline=item_of(breach))[0].deadline == item_of(breach)


@pytest.mark.parametrize(
    "state", [State.PREPARING, State.RETURNED, State.ACCEPTED, State.WITHDRAWN]
)
def test_only_what_the_nps_has_is_asked_for(hub, state):
    breach = brought_to(state)

    with pytest.raises(RuleBroken, match="does not wait for an answer"):
        chase(breach, hub)


@pytest.mark.parametrize("given", [{"on": TODAY - 9 * DAY}, {"on": TODAY + DAY}, {"outside": "-"}])
def test_a_day_before_it_went_a_day_to_come_and_nobody_asked_are_refused(hub, breach, given):
    with pytest.raises(RuleBroken):
        chase(breach, hub, **given)
    assert breach.steps.filter(state=State.SUBMITTED).count() == 1
