"""Whatever happens to a case, and in whatever order: it has exactly one owner, no clock runs that must not, nothing goes
out to somebody who has died, and nothing that was owed is lost.
"""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils.timezone import localtime
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from cases.models import Absence, Appointment, Assignment, Deadline, Limit, Message, Transfer
from cases.queries.recipients import owner_and_cover
from cases.reference.agencies import Delivery
from cases.reference.codes import Capacity
from cases.reference.holding import INTO_HERE, OUT_OF_HERE, LeftAs, TransferKind, TransferState
from cases.reference.pauses import PauseKind
from cases.rules.pausing import still_kinds
from cases.services.appointments import book_appointment
from cases.services.cover import arrange_absence
from cases.services.deadlines import open_deadline
from cases.services.deaths import record_death, undo_death
from cases.services.departures import begin_departure, cancel_departure, offer_all
from cases.services.holding import name_officer
from cases.services.leaving import leave
from cases.services.limited_access import follow_officers
from cases.services.pauses import begin_pause, end_pause, record_whereabouts
from cases.services.reopening import reopen_case
from cases.services.taking_over import take_over_left
from cases.services.transfers import (
    accept_transfer,
    offer_transfer,
    refuse_transfer,
    withdraw_transfer,
)
from staff.errors import RuleBroken
from staff.permissions import Role
from tests.clock import frozen
from tests.factories import (
    NOW,
    CaseFactory,
    EndingFactory,
    SentenceFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
some = st.integers(0, 9)  # which one, of however many there are
kinds = st.sampled_from([*sorted(TransferKind), TransferKind.OFFICER, TransferKind.OFFICER])
one_in_three = st.sampled_from([True, False, False])
NOTE = "Sees her children on Saturdays; the police were asked on 3 September and have not answered."
BECAUSE = "The case needs an officer who knows the family."
# Owed from the first day, and never met: whatever happens to the case, they are owed on it at the end
OWED = ("first_ten_days", "make_plan", "home_visit", "review_case", "arrange_work")


class Life(RuleBasedStateMachine):
    """One case in a team of three officers and a senior; another officer elsewhere, the hub, and the outside."""

    moved = 0  # over all examples, so that a search in which nothing is ever accepted shows
    left = 0

    @initialize(restricted=st.booleans())
    def begin(self, restricted):
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.now = NOW
        one = UserFactory()
        self.officers = [one, UserFactory(team=one.team), UserFactory(team=one.team), UserFactory()]
        self.senior = UserFactory(role=Role.SPO, team=one.team)
        UserFactory(role=Role.SPO, team=self.officers[3].team)
        self.head, self.hub = UserFactory(role=Role.HEAD), UserFactory(role=Role.HUB)
        self.case = CaseFactory(officer=one, team=one.team)
        SentenceFactory(case=self.case)
        if restricted:
            Limit.objects.create(
                case=self.case, restricted=True, message="Limited.", ask="the team", listed=False
            )
            follow_officers(case_ids=[self.case.pk], by=None)
        for kind in OWED:
            self.owe(kind)
        self.holder = self.case.officer_id
        self.look()

    def teardown(self):
        if hasattr(self, "undo"):
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

    # Changing hands

    @precondition(lambda self: not self.waiting())
    @rule(kind=kinds, to=some, keeps=st.booleans(), by=some)
    def offer(self, kind, to, keeps, by):
        """Mostly of a kind that fits where the case is."""
        if by <= 7:
            kind = self.fitting(kind)
        inside = kind not in OUT_OF_HERE
        self.attempt(
            offer_transfer,
            case=self.case,
            kind=kind,
            note=NOTE,
            to_officer=self.officer(to) if inside else None,
            outside="" if kind == TransferKind.OFFICER else "South East NPS, Reading",
            caretaker=self.officer(to + 1) if keeps else None,
            by=self.anybody(by) if by > 6 else self.senior,
        )

    @precondition(lambda self: not self.waiting())
    @rule(kind=kinds, to=some)
    def hand_over(self, kind, to):
        """Offered as fits, and accepted the same hour."""
        self.offer(kind, to, False, 0)
        self.accept_offer(0)

    @precondition(lambda self: self.waiting())
    @rule(by=some)
    def accept(self, by):
        self.accept_offer(by)

    def accept_offer(self, by):
        if (offer := self.waiting()) and self.attempt(
            accept_transfer,
            transfer=offer,
            outside_officer="Bridget Osei",
            by=self.answers(offer, by),
        ):
            self.holder = offer.to_officer_id
            type(self).moved += 1
        self.look()

    @precondition(lambda self: self.waiting())
    @rule(by=some)
    def refuse(self, by):
        if offer := self.waiting():
            self.attempt(
                refuse_transfer, transfer=offer, because=BECAUSE, by=self.answers(offer, by)
            )

    @precondition(lambda self: self.waiting())
    @rule(by=some)
    def take_back(self, by):
        if offer := self.waiting():
            self.attempt(withdraw_transfer, transfer=offer, because=BECAUSE, by=self.anybody(by))

    @precondition(lambda self: self.case.transfers.exclude(answered_at=None).exists())
    @rule(n=some)
    def answer_again(self, n):
        """An answer that was given already: whoever comes second is refused."""
        answered = Transfer.objects.exclude(state=TransferState.OFFERED).order_by("pk")
        if found := list(answered):
            offer = found[n % len(found)]
            by = offer.to_officer or self.hub
            assert not self.attempt(
                accept_transfer, transfer=offer, outside_officer="Bridget Osei", by=by
            )

    @precondition(lambda self: not (self.case.officer and self.case.officer.is_active))
    @rule(to=some)
    def name(self, to):
        if self.attempt(
            name_officer,
            case=self.case,
            officer=self.officer(to),
            because=BECAUSE,
            by=self.senior,
        ):
            self.holder = self.officer(to).pk
        self.look()

    # Leave, departures and accounts

    @rule(who=some, cover=some, days=st.integers(0, 9))
    def go_away(self, who, cover, days):
        today = self.today
        self.attempt(
            arrange_absence,
            timed=False,
            user=self.officer(who),
            from_on=today,
            to_on=today + timedelta(days=days),
            cover=self.officer(cover),
            by=self.senior,
            today=today,
        )

    @rule(who=some, days=st.integers(0, 9), to=some)
    def announce_a_departure(self, who, days, to):
        leaver = self.officer(who)
        departure = self.attempt(
            begin_departure, user=leaver, last_on=self.today + timedelta(days=days), by=self.senior
        )
        if departure and leaver.pk == self.holder:
            offers = [(self.case, self.officer(to), "")]
            self.attempt(offer_all, departure=departure, offers=offers, note=NOTE, by=self.senior)

    @rule(who=some)
    def stay_after_all(self, who):
        departure = self.officer(who).departures.running().first()
        if departure:
            self.attempt(
                cancel_departure, timed=False, departure=departure, by=self.senior, today=self.today
            )

    @rule(who=some, opened=st.booleans())
    def close_or_open_an_account(self, who, opened):
        officer = self.officer(who)
        officer.is_active = opened
        officer.save()
        self.look()

    # Standing still, dying, ending, coming back

    @rule(kind=st.sampled_from(sorted(PauseKind)))
    def vanish(self, kind):
        self.attempt(
            begin_pause,
            case=self.case,
            kind=kind,
            from_on=self.today,
            where="Bullingdon",
            source="The court’s list of today",
            last_seen_on=None,
            by=self.senior,
        )

    @precondition(lambda self: self.case.pauses.running().exists())
    @rule(n=some)
    def be_found(self, n):
        if pause := self.one_of(self.case.pauses.running(), n):
            self.attempt(
                end_pause,
                pause=pause,
                to_on=self.today,
                because="Came to the office.",
                by=self.senior,
            )

    @precondition(lambda self: self.case.pauses.running().exists())
    @rule(n=some)
    def be_asked_about(self, n):
        if pause := self.one_of(self.case.pauses.running(), n):
            self.attempt(
                record_whereabouts,
                pause=pause,
                on=self.today,
                asked="Thames Valley Police",
                said="Not arrested, and not seen at the address.",
                by=self.senior,
            )

    @precondition(lambda self: not self.case.left_as)
    @rule(by=some, really=one_in_three)
    def die(self, by, really):
        if not really:
            return
        self.attempt(
            record_death,
            case=self.case,
            died_on=None,
            told_by="Her sister, by telephone",
            in_custody=None,
            by=self.anybody(by),
        )

    @precondition(lambda self: self.case.left_as == LeftAs.DIED)
    @rule()
    def be_alive_after_all(self):
        if death := self.case.deaths.standing().first():
            self.attempt(
                undo_death, death=death, because="It was her mother who died.", by=self.senior
            )

    @precondition(lambda self: not self.case.left_as)
    @rule(really=one_in_three)
    def end(self, really):
        if really and self.attempt(
            leave, case=self.case, left_as=LeftAs.ENDED, because="It has ended", by=self.senior
        ):
            EndingFactory(
                case=self.case,
                ended_at=self.now,
                ended_by=self.senior,
                ended_by_way="expired",
                keep_until=self.today,
            )

    @precondition(lambda self: self.case.left_as == LeftAs.ENDED)
    @rule()
    def open_again(self):
        self.attempt(
            reopen_case, case=self.case, because="The court passed a new sentence.", by=self.senior
        )

    # Work, and time

    @rule(hours=st.integers(1, 200))
    def book(self, hours):
        booked = self.attempt(
            book_appointment,
            case=self.case,
            type_code="COAP",
            starts_at=self.now + timedelta(hours=hours),
            minutes=30,
            where="office",
            officer=self.senior,
            enforces="voluntary",
            remind=True,
            by=self.senior,
        )
        if booked:
            assert not self.case.left_as

    @rule(kind=st.sampled_from(["book_rar_day", "send_check", "offer_again", "escalate_risk"]))
    def come_to_be_owed(self, kind):
        self.owe(kind)
        self.look()

    @rule(days=st.integers(1, 40))
    def time_passes(self, days):
        self.now += timedelta(days=days)
        self.sweep()

    # Looked at after each

    def sweep(self):
        with frozen(self.now):
            take_over_left(now=self.now)
        holder = self.as_it_stands().officer
        if holder is None or not holder.is_active:
            self.holder = None if holder is None else self.holder
        self.look()

    def look(self):
        case = self.as_it_stands()
        type(self).left += bool(case.left_as)
        self.one_owner(case)
        self.no_clock_runs_that_must_not(case)
        self.nothing_is_lost(case)
        self.nothing_goes_out(case)

    def one_owner(self, case):
        """Of ours: an officer or the seniors. The NPS's: its officer. Whoever was only offered it owns nothing."""
        assert not (case.retained_by and case.officer_id)
        assert case.officer_id == self.holder
        if case.is_ours:
            with frozen(self.now):
                assert owner_and_cover(case, self.today)
        active = case.allocations.filter(active=True)
        assert active.count() <= 1
        assert all(one.officer_id == case.officer_id for one in active)
        offer = case.transfers.waiting().first()
        let_in = Assignment.objects.on(self.today + timedelta(days=1)).filter(
            case=case, capacity__in=(Capacity.RECEIVING, Capacity.CARETAKER)
        )
        may = {offer.to_officer_id, offer.caretaker_id} if offer else set()
        covers = Absence.objects.filter(user__in=may - {None}, cancelled_on=None)
        assert {one.user_id for one in let_in} <= may | set(covers.values_list("cover", flat=True))

    def no_clock_runs_that_must_not(self, case):
        pauses = case.pauses.running().values_list("kind", flat=True)
        still = still_kinds(pauses, bool(case.left_as))
        for one in case.deadlines.unmet():
            assert bool(one.paused_on) == (one.kind in still), one.kind
            assert one.due_on >= one.triggered_on

    def nothing_is_lost(self, case):
        owed = set(case.deadlines.unmet().values_list("kind", flat=True))
        assert owed >= set(OWED)

    def nothing_goes_out(self, case):
        if not case.left_as:
            return
        assert not Appointment.objects.to_come(self.now).filter(contact__case=case).exists()
        waiting = Message.objects.filter(delivery=Delivery.WAITING)
        assert not waiting.filter(appointment__contact__case=case).exists()

    # How

    def fitting(self, kind):
        if self.case.retained_by:
            return TransferKind.FROM_NPS
        if self.case.left_as == LeftAs.ELSEWHERE:
            return TransferKind.FROM_PROVIDER
        return TransferKind.OFFICER if kind in INTO_HERE else kind

    @property
    def today(self):
        return localtime(self.now).date()

    def officer(self, n):
        return self.officers[n % len(self.officers)]

    def anybody(self, n):
        everybody = [*self.officers, self.senior, self.head, self.hub]
        return everybody[n % len(everybody)]

    def answers(self, offer, n):
        """Mostly whoever may."""
        return self.anybody(n) if n > 6 else offer.to_officer or self.senior

    def waiting(self):
        return self.case.transfers.waiting().first()

    def as_it_stands(self):
        self.case.refresh_from_db()
        self.officers = [type(one).objects.get(pk=one.pk) for one in self.officers]
        return self.case

    def owe(self, kind):
        open_deadline(
            case=self.case,
            kind=kind,
            triggered_on=self.today,
            why="By rule",
            by=None,
            today=self.today,
        )

    def one_of(self, rows, n):
        rows = list(rows.order_by("pk"))
        return rows[n % len(rows)] if rows else None

    def attempt(self, service, timed=True, **known):
        done = None
        with suppress(RuleBroken), transaction.atomic(), frozen(self.now):
            done = service(**known, **({"now": self.now} if timed else {}))
        if done is not None:
            self.look_after(service, done)
        return done

    def look_after(self, service, done):
        """Who holds it is known to `one_owner` once the rule has said so."""
        if service not in (accept_transfer, name_officer):
            self.look()


def search(examples, steps, **how):
    """Told step by step as it was found: making it shorter takes longer than reading it."""
    found = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        report_multiple_bugs=False,
        phases=[Phase.reuse, Phase.generate],
        suppress_health_check=list(HealthCheck),
        **how,
    )
    Life.moved = Life.left = 0
    run_state_machine_as_test(Life, settings=found)
    return Life.moved, Life.left


def test_no_sequence_leaves_a_case_without_its_one_owner_or_runs_a_clock_that_must_stand_still():
    moved, left = search(examples=25, steps=30, derandomize=True, database=None)

    assert moved > 5
    assert left > 30


@pytest.mark.nightly
def test_nor_does_any_of_many_long_ones():
    moved, left = search(examples=150, steps=70)

    assert moved > 30
    assert left > 300


def test_the_search_finds_a_clock_that_runs_on_after_a_death(monkeypatch):
    monkeypatch.setattr("cases.services.leaving.settle_clocks", lambda **_: (0, 0))

    with pytest.raises(AssertionError):
        search(examples=8, steps=30, derandomize=True, database=None)


def test_every_kind_of_work_that_it_begins_with_is_owed():
    assert set(OWED) <= {kind for kind, _ in Deadline._meta.get_field("kind").choices}
