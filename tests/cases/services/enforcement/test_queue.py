"""Claiming, keeping, putting back, giving and closing items of the hub's queue: one at a time works on each."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from cases.access import find_case
from cases.models import Claim, Limit, Notice
from cases.queries.enforcement.queue import queue_of
from cases.reference.codes import Rosh
from cases.services.deadlines import meet_deadline
from cases.services.enforcement.queue import (
    NOT_YOURS,
    claim,
    close_done,
    give_to,
    keep_working,
    let_go,
    release_idle,
    still_working,
)
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Action, Role
from tests.cases.a_queue import (
    DUE,
    HOUR,
    MINUTE,
    a_day_in_court,
    a_pack,
    an_item,
    asked,
    claimed,
    of_the_hub,
)
from tests.factories import NOW, CaseFactory, StandingFactory, UserFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def hub():
    return of_the_hub()


def keys(claims):
    return [one.deadline_id for one in claims]


def shut_out(case):
    Limit.objects.create(case=case, message="Kept.", ask="Pat Lane", restricted=True)


def test_what_is_due_first_is_claimed_first_and_of_one_day_the_most_harm(hub):
    later, first = an_item(due_on=DUE + DAY), an_item()
    worst = an_item(case=StandingFactory(harm=Rosh.VERY_HIGH).case)

    assert keys(claim(by=hub, now=NOW, many=3)) == [worst.pk, first.pk, later.pk]
    assert Entry.objects.filter(action="claimed_from_queue", by=hub).count() == 3


def test_ten_letters_are_claimed_together_and_no_more_and_no_pack_among_them(hub):
    a_pack(due_on=DUE - DAY)
    for _ in range(12):
        an_item()

    got = claim(by=hub, now=NOW, many=50, kinds=("send_letter",))

    assert len(got) == 10
    assert {one.deadline.kind for one in got} == {"send_letter"}
    with pytest.raises(RuleBroken, match="working on 10 already"):
        claim(by=hub, now=NOW)


def test_a_day_in_court_that_has_not_come_is_passed_over_until_its_hour(hub):
    court, letter = a_day_in_court(NOW + HOUR), an_item(due_on=DUE + 5 * DAY)

    assert keys(claim(by=hub, now=NOW, many=3)) == [letter.pk]
    with pytest.raises(RuleBroken, match="waits for an answer or for a day in court"):
        claim(by=of_the_hub(), now=NOW, kinds=("say_hearing",))
    assert keys(claim(by=of_the_hub(), now=NOW + HOUR)) == [court.pk]


def test_a_day_in_court_that_has_not_come_is_claimed_by_name_as_it_may_be_called_off(hub):
    court = a_day_in_court(NOW + HOUR)

    assert keys(claim(by=hub, now=NOW, deadline=court)) == [court.pk]


def test_a_court_that_has_set_no_day_or_called_it_off_is_asked_at_once(hub):
    none, off = a_day_in_court(NOW + DAY), a_day_in_court(NOW + DAY)
    none.breach.hearings.all().delete()
    off.breach.hearings.update(called_off=True, result="The court is shut.")

    assert set(keys(claim(by=hub, now=NOW, many=3))) == {none.pk, off.pk}


def test_what_somebody_works_on_nobody_else_claims(hub):
    item, other = claimed(hub), of_the_hub()

    with pytest.raises(RuleBroken, match="Nothing is free"):
        claim(by=other, now=NOW)
    with pytest.raises(RuleBroken, match="Nothing is free"):
        claim(by=other, now=NOW, deadline=item)


def test_what_waits_for_an_answer_nobody_claims(hub):
    asked(hub)

    with pytest.raises(RuleBroken, match="Nothing is free"):
        claim(by=of_the_hub(), now=NOW)


def test_one_named_and_pressed_twice_is_claimed_once(hub):
    item = claimed(hub)

    claim(by=hub, now=NOW + MINUTE, deadline=item)

    assert Claim.objects.count() == 1


def test_the_next_pressed_twice_on_one_page_is_claimed_once(hub):
    an_item(), an_item()
    claim(by=hub, now=NOW, held=0)

    with pytest.raises(RuleBroken, match="claimed since this page was drawn"):
        claim(by=hub, now=NOW, held=0)
    assert Claim.objects.count() == 1


def test_a_case_that_shuts_them_out_is_neither_in_their_queue_nor_claimed(hub):
    item = an_item()
    shut_out(item.case)

    assert not queue_of(hub).exists()
    with pytest.raises(RuleBroken, match="Nothing is free"):
        claim(by=hub, now=NOW, deadline=item)


@pytest.mark.parametrize("left_as", ["died", "ended", "elsewhere"])
def test_what_is_owed_of_somebody_who_left_is_not_claimed(hub, left_as):
    an_item(case=CaseFactory(left_as=left_as))

    with pytest.raises(RuleBroken, match="Nothing is free"):
        claim(by=hub, now=NOW)


def test_it_is_put_back_by_whoever_has_it_and_by_nobody_else(hub):
    item, other = claimed(hub), of_the_hub()
    with pytest.raises(RuleBroken, match=NOT_YOURS):
        let_go(deadline=item, by=other, now=NOW)

    let_go(deadline=item, by=hub, now=NOW + MINUTE)

    assert Claim.objects.get().ended == "let_go"
    assert keys(claim(by=other, now=NOW + MINUTE)) == [item.pk]
    with pytest.raises(RuleBroken, match=NOT_YOURS):
        let_go(deadline=item, by=hub, now=NOW + MINUTE)


def test_what_nobody_has_worked_on_goes_back_and_what_is_worked_on_does_not(hub):
    idle, busy = claimed(of_the_hub()), claimed(hub)
    keep_working(deadline=busy, by=hub, now=NOW + 20 * MINUTE)

    assert release_idle(now=NOW + 29 * MINUTE) == 0
    assert release_idle(now=NOW + 30 * MINUTE) == 1
    assert Claim.objects.get(deadline=idle).ended == "idle"
    assert Claim.objects.live().get().deadline_id == busy.pk
    assert release_idle(now=NOW + 50 * MINUTE) == 1


def test_ten_letters_are_one_piece_of_work_so_that_the_last_is_not_put_back(hub):
    items = [claimed(hub) for _ in range(3)]

    still_working(by=hub, now=NOW + 25 * MINUTE)

    assert release_idle(now=NOW + 40 * MINUTE) == 0
    assert Claim.objects.live().filter(deadline__in=items).count() == 3


def test_whoever_opens_a_page_of_a_case_they_work_on_is_at_work_on_all_they_hold(hub):
    """They may write one of ten letters for long: no page need be pressed to say so."""
    before, idle = now() - 31 * MINUTE, of_the_hub()
    items = [claimed(hub, now=before) for _ in range(2)]
    claimed(idle, now=before)
    find_case(hub, Action.SEND_LETTER, items[0].case.crn)
    find_case(idle, Action.VIEW_CASE, CaseFactory().crn)  # of nothing that they hold

    assert release_idle(now=now()) == 1
    assert set(Claim.objects.live().values_list("deadline", flat=True)) == {one.pk for one in items}
    assert release_idle(now=now() + 31 * MINUTE) == 2


def test_a_sweep_is_of_a_size_and_the_next_goes_on(hub):
    for _ in range(3):
        claimed(hub)

    assert [release_idle(now=NOW + HOUR, size=2) for _ in range(3)] == [2, 1, 0]


def test_a_claim_on_what_is_done_is_closed_as_done_and_makes_room(hub):
    item = claimed(hub)
    meet_deadline(case=item.case, kind=item.kind, letter=item.letter, by=hub, today=NOW.date())

    assert close_done(now=NOW + MINUTE) == 1
    assert close_done(now=NOW + MINUTE) == 0
    assert release_idle(now=NOW + HOUR) == 0
    assert Claim.objects.get().ended == "done"


def test_what_is_done_is_not_idle_whichever_sweep_comes_first(hub):
    item = claimed(hub)
    meet_deadline(case=item.case, kind=item.kind, letter=item.letter, by=hub, today=NOW.date())

    release_idle(now=NOW + HOUR)

    assert Claim.objects.live().exists()
    assert close_done(now=NOW + HOUR) == 1


def test_it_is_given_to_a_colleague_and_both_hear(hub):
    other, senior = of_the_hub(), of_the_hub()
    item = claimed(hub)

    give_to(deadline=item, to=other, by=senior, now=NOW + MINUTE)

    assert Claim.objects.live().get().by == other
    assert Claim.objects.get(by=hub).ended == "taken"
    assert set(Notice.objects.values_list("user", flat=True)) == {hub.pk, other.pk}
    with pytest.raises(RuleBroken, match="works on it already"):
        give_to(deadline=item, to=other, by=senior, now=NOW + MINUTE)


def test_what_is_free_is_given_too_and_what_waits_for_an_answer_is_not(hub):
    give_to(deadline=an_item(), to=of_the_hub(), by=hub, now=NOW)
    question = asked(hub)

    with pytest.raises(RuleBroken, match="asked about it, so it waits"):
        give_to(deadline=question.deadline, to=of_the_hub(), by=hub, now=NOW)


def test_it_is_given_to_nobody_who_left_is_shut_out_is_of_another_role_or_has_enough(hub):
    item, kept = claimed(hub), an_item()
    shut_out(kept.case)
    full = of_the_hub()
    for _ in range(10):
        claimed(full)
    for whom in (of_the_hub(is_active=False), UserFactory(role=Role.SPO)):
        with pytest.raises(RuleBroken, match="may not work on this case"):
            give_to(deadline=item, to=whom, by=hub, now=NOW)
    with pytest.raises(RuleBroken, match="may not work on this case"):
        give_to(deadline=kept, to=of_the_hub(), by=hub, now=NOW)
    with pytest.raises(RuleBroken, match="works on 10 already"):
        give_to(deadline=item, to=full, by=hub, now=NOW)
    assert Claim.objects.live().get(deadline=item).by == hub


def test_what_is_done_is_given_to_nobody(hub):
    item = claimed(hub)
    meet_deadline(case=item.case, kind=item.kind, letter=item.letter, by=hub, today=NOW.date())

    with pytest.raises(RuleBroken, match="It is done"):
        give_to(deadline=item, to=of_the_hub(), by=hub, now=NOW)
