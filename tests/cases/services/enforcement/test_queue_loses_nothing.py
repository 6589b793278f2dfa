"""No sequence of claiming, asking, returning, answering, giving, doing, leaving, coming back and sweeping loses an item of the
hub's queue, has two work on one, leaves an officer owing an answer to nothing, or tells a senior twice."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from cases.models import Claim, Deadline, HubQuestion, Notice
from cases.queries.enforcement import hub_list
from cases.queries.enforcement.queue import free, queue_of
from cases.reference.codes import Rosh
from cases.reference.deadlines import HUB_KINDS
from cases.rules.enforcement.queue import Waiting, place_in_queue
from cases.services.deadlines import meet_deadline
from cases.services.enforcement.hub_questions import (
    answer_hub,
    ask_officer,
    close_needless,
    return_to_officer,
    take_back_question,
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
from cases.services.leaving import come_back, leave
from cases.services.policy import enforcement_policy
from staff.errors import RuleBroken
from staff.permissions import Role
from tests.cases.a_queue import HOUR, MINUTE, a_pack, an_item, of_the_hub
from tests.factories import NOW, TODAY, CaseFactory, StandingFactory, UserFactory

pytestmark = pytest.mark.django_db
some = st.integers(0, 9)  # which one, of however many there are


class Queue(RuleBasedStateMachine):
    """Two cases with two items each, three of the hub, one of whom has too much; time passes."""

    done = 0  # over all examples, so that a search in which everything is refused shows

    @initialize()
    def begin(self):
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.now = NOW
        one = CaseFactory()
        StandingFactory(case=one, harm=Rosh.HIGH)
        items = [an_item(case=one), an_item(case=one, due_on=TODAY), an_item(), a_pack()]
        self.items = [one.pk for one in items]
        self.hub = [of_the_hub() for _ in range(3)]
        self.seniors = [UserFactory(role=Role.SPO, team=one.case.team) for one in items[1:]]

    def teardown(self):
        if hasattr(self, "undo"):
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

    def act(self, service, **given):
        with suppress(RuleBroken):
            service(now=self.now, **given)
            type(self).done += 1

    def item(self, n):
        rows = Deadline.objects.select_related("case", "letter", "breach")
        return rows.get(pk=self.items[n % len(self.items)])

    def question(self, n):
        found = list(HubQuestion.objects.select_related("deadline__case__officer").order_by("pk"))
        return found[n % len(found)] if found else None

    def hand(self, n, who):
        """Whoever works on it, as a rule; now and then somebody else who should not."""
        live = Claim.objects.live().filter(deadline=self.items[n % len(self.items)]).first()
        return live.by if live and who < 8 else self.hub[who % 3]

    @rule(n=some, who=some)
    def claim_one(self, n, who):
        self.act(claim, by=self.hub[who % 3], deadline=self.item(n))

    @rule(who=some, many=st.integers(1, 3))
    def claim_next(self, who, many):
        self.act(claim, by=self.hub[who % 3], many=many)

    @rule(n=some, who=some)
    def keep(self, n, who):
        self.act(keep_working, by=self.hand(n, who), deadline=self.item(n))

    @rule(n=some, who=some)
    def put_back(self, n, who):
        self.act(let_go, by=self.hand(n, who), deadline=self.item(n))

    @rule(n=some, who=some, to=some)
    def give(self, n, who, to):
        self.act(give_to, by=self.hub[who % 3], to=self.hub[to % 3], deadline=self.item(n))

    @rule(n=some, who=some, hours=st.sampled_from([1, 5, 47]))
    def ask(self, n, who, hours):
        until = self.now + hours * HOUR
        self.act(ask_officer, by=self.hand(n, who), deadline=self.item(n), asks="Which address?", until=until)  # fmt: skip

    @rule(n=some, who=some)
    def give_back(self, n, who):
        self.act(return_to_officer, by=self.hand(n, who), deadline=self.item(n), words="Wrong dates.")  # fmt: skip

    @rule(n=some)
    def answer(self, n):
        if question := self.question(n):
            by = question.deadline.case.officer
            self.act(answer_hub, question=question, answer="1 Fern Road.", by=by)

    @rule(n=some, who=some)
    def take_back(self, n, who):
        if question := self.question(n):
            self.act(take_back_question, question=question, by=self.hub[who % 3])

    @rule(n=some, often=some, void=st.booleans())
    def do(self, n, often, void):
        if often > 2:  # or all is done before much has happened
            return
        one = self.item(n)
        about = {"letter": one.letter} if one.letter else {"breach": one.breach}
        meet_deadline(
            case=one.case, kind=one.kind, by=self.hub[0], today=self.now.date(), void=void, **about
        )

    @rule(n=some, left_as=st.sampled_from(["died", "ended", "elsewhere"]))
    def leaves(self, n, left_as):
        if n < 7:
            return
        self.act(
            leave, case=self.item(n).case, left_as=left_as, because="They left", by=self.hub[0]
        )

    @rule(n=some)
    def comes_back(self, n):
        self.act(come_back, case=self.item(n).case, by=self.hub[0])

    @rule(minutes=st.sampled_from([1, 29, 31, 300]))
    def time_passes(self, minutes):
        self.now += minutes * MINUTE

    @rule()
    def sweep(self):
        release_idle(now=self.now)
        close_done(now=self.now)
        close_needless(now=self.now)
        tell_seniors_of_unanswered(now=self.now)
        assert not HubQuestion.objects.needless().exists()
        assert not Claim.objects.live().filter(deadline__met_on__isnull=False).exists()
        assert not HubQuestion.objects.unheard(self.now).exists()

    @invariant()
    def each_item_is_free_or_with_one_or_waits_or_is_done(self):
        if not hasattr(self, "items"):
            return
        claimed = set(Claim.objects.live().values_list("deadline", flat=True))
        asked = set(HubQuestion.objects.open().values_list("deadline", flat=True))
        assert not claimed & asked
        here = set(Deadline.objects.of_the_hub().values_list("pk", flat=True))
        can_be_taken = set(free(queue_of(self.hub[0])).values_list("pk", flat=True))
        assert can_be_taken == here - claimed - asked
        still_owed = Deadline.objects.unmet().filter(case__left_as="", kind__in=HUB_KINDS)
        assert set(still_owed.values_list("pk", flat=True)) == here

    @rule()
    def the_page_counts_what_its_lists_hold(self):
        last_post = enforcement_policy(TODAY).last_post
        counts = hub_list.counts_of(self.hub[1], hub_list.Wanted(), self.now, last_post)
        for show, count in counts.items():
            found = hub_list.matching(self.hub[1], hub_list.Wanted(show=show), self.now, last_post)
            assert found.count() == count, show

    @invariant()
    def an_officer_owes_an_answer_where_something_is_asked_and_nowhere_else(self):
        if not hasattr(self, "items"):
            return
        asked = HubQuestion.objects.open().values_list("deadline__case", flat=True)
        owed = Deadline.objects.unmet().filter(kind="answer_hub").values_list("case", flat=True)
        assert set(asked) == set(owed)
        assert len(owed) == len(set(owed))

    @invariant()
    def no_senior_hears_of_a_question_twice(self):
        if not hasattr(self, "items"):
            return
        told = HubQuestion.objects.exclude(senior_told_at=None).count()
        heard = Notice.objects.filter(text__startswith="Nobody has answered by")
        assert heard.count() == told

    @rule()
    def the_worst_of_a_day_stands_first(self):
        rows = queue_of(self.hub[0]).select_related("case__standing").order_by("due_on", "-danger", "id")  # fmt: skip
        places = [place_in_queue(_waiting(one)) for one in rows]
        assert places == sorted(places)


def _waiting(one):
    standing = getattr(one.case, "standing", None)
    harm, concern = (standing.harm, standing.concern) if standing else ("", False)
    return Waiting(one.due_on, harm, concern, one.pk)


def search(examples, steps, **how):
    """How much was done."""
    Queue.done = 0
    run_state_machine_as_test(
        Queue,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=timedelta(seconds=60),
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],
            **how,
        ),
    )
    return Queue.done


def test_no_sequence_of_what_staff_and_sweeps_do_loses_an_item(db):
    assert search(examples=20, steps=25, derandomize=True, database=None) > 100


@pytest.mark.nightly
def test_nor_does_any_of_many_long_ones(db):
    assert search(examples=40, steps=40) > 200
