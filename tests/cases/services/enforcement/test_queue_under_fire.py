"""The hub's queue by many hands at once: no item is worked on by two, none is lost when a hand is killed, no senior hears
twice, and nobody holds more than is allowed."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import connection
from django.utils.timezone import now

from cases import tasks
from cases.models import Claim, Deadline, HubQuestion, Notice
from cases.services.deadlines import meet_deadline
from cases.services.enforcement.hub_questions import (
    answer_hub,
    ask_officer,
    close_needless,
    tell_seniors_of_unanswered,
)
from cases.services.enforcement.queue import (
    claim,
    close_done,
    give_to,
    keep_working,
    let_go,
    release_idle,
)
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Role
from tests.cases.a_queue import HOUR, MINUTE, an_item, asked, claimed, of_the_hub
from tests.factories import NOW, UserFactory
from tests.forks import fork, wait

pytestmark = pytest.mark.django_db(transaction=True)
CLAIMERS = 20


@pytest.fixture(autouse=True)
def closed_at_the_end():
    yield
    connection.close()


@pytest.fixture
def hub():
    return of_the_hub()


def holders():
    """{item: who works on it}, and no item twice."""
    rows = list(Claim.objects.live().values_list("deadline", "by"))
    assert len(rows) == len(dict(rows))
    return dict(rows)


def every(*works):
    """Each by itself, all at once; whoever is refused comes second."""

    def quietly(work):
        def run():
            with suppress(RuleBroken):
                work()

        return run

    return wait(*[fork(quietly(work)) for work in works])


def test_twenty_claimers_at_once_each_get_one_and_none_gets_anothers():
    for _ in range(CLAIMERS):
        an_item()
    hands = [of_the_hub() for _ in range(CLAIMERS)]

    ended = wait(*[fork(lambda by=by: claim(by=by, now=NOW)) for by in hands])

    assert all(ended)
    assert sorted(holders().values()) == sorted(one.pk for one in hands)


def test_twenty_claimers_of_ten_letters_share_out_what_there_is():
    for _ in range(35):
        an_item()
    hands = [of_the_hub() for _ in range(CLAIMERS)]

    every(*[lambda by=by: claim(by=by, now=NOW, many=10) for by in hands])

    held = list(holders().values())
    assert len(held) == 35
    assert max(held.count(one.pk) for one in hands) <= 10


def test_twenty_who_want_the_same_one_leave_it_with_one():
    item, hands = an_item(), [of_the_hub() for _ in range(CLAIMERS)]

    every(*[lambda by=by: claim(by=by, now=NOW, deadline=item) for by in hands])

    assert list(holders()) == [item.pk]
    assert Claim.objects.count() == 1


def test_one_who_presses_many_times_at_once_holds_no_more_than_is_allowed(hub):
    for _ in range(30):
        an_item()

    every(*[lambda: claim(by=hub, now=NOW, many=6) for _ in range(6)])
    assert len(holders()) == 10

    again = of_the_hub()
    every(*[lambda: claim(by=again, now=NOW, held=0) for _ in range(6)])
    assert list(holders().values()).count(again.pk) == 1


@pytest.mark.parametrize("after", range(1, 12))
def test_a_claimer_who_is_killed_leaves_all_claimed_or_all_free(hub, after):
    for _ in range(3):
        an_item()

    ended = wait(fork(lambda: claim(by=hub, now=NOW, many=3), dies_after=after))

    claims = Claim.objects.count()
    assert claims in (0, 3)
    assert claims == Entry.objects.filter(action="claimed_from_queue").count()
    release_idle(now=NOW + HOUR)
    assert len(claim(by=of_the_hub(), now=NOW + HOUR, many=3)) == 3
    assert ended in ([True], [False])


def test_what_a_dead_worker_held_goes_back_while_another_works_on(hub):
    dead = of_the_hub()
    lost, kept = claimed(dead), claimed(hub)

    late = NOW + 31 * MINUTE
    every(
        lambda: keep_working(deadline=kept, by=hub, now=late),
        lambda: release_idle(now=NOW + 30 * MINUTE - timedelta(seconds=1)),
        lambda: keep_working(deadline=kept, by=hub, now=late),
    )
    every(*[lambda: release_idle(now=late)] * 4)

    assert list(holders()) == [kept.pk]
    assert Claim.objects.get(deadline=lost).ended == "idle"
    assert Entry.objects.filter(action="ended_claim").count() == 1


def test_somebody_working_at_the_moment_of_the_sweep_either_keeps_it_or_is_told_that_it_went(hub):
    items = [claimed(hub) for _ in range(6)]
    late = NOW + 30 * MINUTE

    every(
        *[lambda: release_idle(now=late, size=2)] * 3,
        *[lambda one=one: keep_working(deadline=one, by=hub, now=late) for one in items],
    )

    for one in Claim.objects.all():
        assert one.ended == "idle" or (not one.ended and one.worked_at in (late, NOW))
    assert release_idle(now=late) == Claim.objects.live().count() == 0 or holders()


def test_giving_claiming_putting_back_and_closing_at_once_leave_one_hand_on_it(hub):
    hands = [of_the_hub() for _ in range(4)]
    items = [claimed(hub) for _ in range(5)]

    every(
        *[lambda one=one, to=hands[0]: give_to(deadline=one, to=to, by=hub, now=NOW) for one in items],
        *[lambda one=one: let_go(deadline=one, by=hub, now=NOW) for one in items],
        *[lambda by=by: claim(by=by, now=NOW, many=5) for by in hands],
        lambda: close_done(now=NOW),
        lambda: release_idle(now=NOW),
    )  # fmt: skip

    holders()
    for one in items:
        assert Deadline.objects.unmet().filter(pk=one.pk).exists()


def test_asking_and_the_deed_being_done_at_once_end_in_one_of_the_two(hub):
    items = [claimed(hub) for _ in range(4)]

    def done(one):
        meet_deadline(case=one.case, kind=one.kind, letter=one.letter, by=hub, today=NOW.date())

    every(
        *[lambda one=one: ask_officer(deadline=one, asks="Which address?", until=NOW + HOUR, by=hub, now=NOW) for one in items],
        *[lambda one=one: done(one) for one in items],
    )  # fmt: skip
    close_done(now=NOW)
    close_needless(now=NOW)

    assert not Claim.objects.live().exists()
    assert not HubQuestion.objects.open().exists()
    assert not Deadline.objects.unmet().exists()


def test_an_answer_at_the_moment_the_senior_is_told_has_them_told_once_or_not_at_all(hub):
    questions = [asked(hub) for _ in range(6)]
    seniors = [UserFactory(role=Role.SPO, team=one.deadline.case.team) for one in questions]
    at = NOW + HOUR

    every(
        *[lambda one=one: answer_hub(question=one, answer="It is 1 Fern Road.", by=one.deadline.case.officer, now=at) for one in questions],
        *[lambda: tell_seniors_of_unanswered(now=at)] * 3,
    )  # fmt: skip

    assert HubQuestion.objects.exclude(answered_at=None).count() == len(questions)
    assert not Deadline.objects.unmet().filter(kind="answer_hub").exists()
    for one, senior in zip(questions, seniors, strict=True):
        one.refresh_from_db()
        assert Notice.objects.filter(user=senior).count() == (one.senior_told_at is not None)


@pytest.mark.parametrize("after", [2, 5, 8])
def test_a_sweep_that_is_killed_while_it_tells_tells_each_once_in_the_end(hub, after):
    questions = [asked(hub) for _ in range(4)]
    for one in questions:
        UserFactory(role=Role.SPO, team=one.deadline.case.team)

    wait(fork(lambda: tell_seniors_of_unanswered(now=NOW + HOUR), dies_after=after))
    every(*[lambda: tell_seniors_of_unanswered(now=NOW + HOUR)] * 3)

    assert Notice.objects.filter(user__role=Role.SPO).count() == len(questions)


def test_the_tasks_of_each_minute_may_run_any_number_at_once(hub):
    # Long enough ago that somebody should have answered by now, whatever the hour and the day are
    before = now() - timedelta(days=7)
    idle, done = claimed(hub, now=before), claimed(hub, now=before)
    question = asked(of_the_hub(), now=before)
    needless = asked(of_the_hub(), now=before)
    senior = UserFactory(role=Role.SPO, team=question.deadline.case.team)
    for one in (done, needless.deadline):
        meet_deadline(case=one.case, kind=one.kind, letter=one.letter, by=hub, today=before.date())

    each = (tasks.release_idle_claims, tasks.close_claims, tasks.tell_of_unanswered_questions)
    assert all(wait(*[fork(task) for task in each * 3]))

    assert not Claim.objects.live().exists()
    assert list(HubQuestion.objects.open()) == [question]
    assert Notice.objects.filter(user=senior).count() == 1
    assert Claim.objects.get(deadline=idle).ended == "idle"
    assert Claim.objects.get(deadline=done).ended == "done"
    assert Entry.objects.filter(action="ended_claim").count() == 2
    assert Entry.objects.filter(action="took_back_question").count() == 1
