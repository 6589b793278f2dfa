"""A risk put to the NPS, step by step: its clocks, its log, who hears of it, and whose the case is meanwhile."""

from contextlib import suppress
from datetime import timedelta

import pytest

from cases.models import Case, Contact, Notice, Transfer
from cases.reference.codes import CaseState, Place, Register, Rosh
from cases.reference.holding import LeftAs, TransferState
from cases.services.facts import facts_changed
from cases.services.leaving import leave
from grid.models import Escalation
from grid.reference.escalation import EscalationState as State
from grid.rules.escalation import CLOCKS, OWED, QUIET
from grid.services import escalation as services
from grid.services.placement import place_person
from staff.errors import RuleBroken
from staff.permissions import Role
from tests.factories import (
    NOW,
    TODAY,
    CaseFactory,
    RegistrationFactory,
    UserFactory,
    limit,
    placeable,
)
from tests.forks import fork, wait
from tests.grid.an_escalation import (
    MEANWHILE,
    OFFICE,
    ROADS,
    WHY,
    challenged,
    decided,
    handed_over,
    referred,
    said,
    senior_of,
    sent,
    taken,
    withdrawn,
)

pytestmark = pytest.mark.django_db
TOMORROW = TODAY + timedelta(days=1)
LATER = NOW + timedelta(days=1)


def in_a_group():
    """Placed, and seen every fortnight."""
    case = placeable()
    place_person(case=case, by=None, today=TODAY)
    return case


def at_high_risk():
    """Placed above the GRID, which opens an escalation."""
    case = placeable(harm=Rosh.HIGH)
    place_person(case=case, by=None, today=TODAY)
    return case


def running(case):
    return set(case.deadlines.unmet().filter(kind__in=CLOCKS).values_list("kind", flat=True))


def logged(case):
    return list(case.contacts.order_by("pk").values_list("type_code", flat=True))


def told(user):
    return [one.text for one in Notice.objects.filter(user=user).order_by("pk")]


def the_one(case):
    return Escalation.objects.get(case=case)


# Opening


def test_an_officer_puts_a_risk_to_the_nps_in_a_sentence_and_it_is_discussed_today():
    case = in_a_group()
    senior = senior_of(case)

    opened = taken(case, State.OPENED)

    assert (opened.state, opened.because, opened.opened_on) == (State.OPENED, WHY, TODAY)
    assert running(case) == {"discuss_escalation", "escalate_risk"}
    assert case.deadlines.get(kind="discuss_escalation").due_on == TODAY
    assert case.deadlines.get(kind="escalate_risk").due_on == TOMORROW
    assert any("Discuss it with the officer today" in text for text in told(senior))


def test_they_are_seen_at_least_weekly_from_then_on():
    case = in_a_group()

    taken(case, State.OPENED)
    case.refresh_from_db()

    assert case.standing.contact_level == "weekly"
    assert case.raises.get().contact_level == "weekly"
    place_person(case=case, by=None, today=TOMORROW)
    case.standing.refresh_from_db()
    assert case.standing.contact_level == "weekly"


def test_a_second_one_is_not_opened_beside_the_first():
    case = at_high_risk()

    with pytest.raises(RuleBroken, match="To be discussed with a senior"):
        services.open_escalation(case=case, because=WHY, by=case.officer, now=NOW)

    assert Escalation.objects.count() == 1


@pytest.mark.parametrize(
    "columns", [{"retained_by": "Ann Officer"}, {"state": CaseState.NO_SENTENCE}]
)
def test_only_a_case_of_ours_is_put_to_the_nps(columns):
    case = CaseFactory(**columns)

    with pytest.raises(RuleBroken, match="not ours to refer"):
        services.open_escalation(case=case, because=WHY, by=case.officer, now=NOW)


# Every step


@pytest.mark.parametrize("to", sorted(ROADS))
def test_the_clocks_of_each_state_run_and_no_others(to):
    case = at_high_risk()

    found = taken(case, to)

    assert found.state == to
    assert running(case) == OWED.get(to, set())
    assert found.steps.count() == len(ROADS[to]) + 1


def test_each_step_is_kept_with_its_words_and_who_took_it_and_stands_in_the_log():
    case = at_high_risk()
    senior = senior_of(case)
    hub = UserFactory(role=Role.HUB)

    one = taken(case, State.REFERRED, senior=senior)
    one = services.record_answer(
        escalation=one, answer="asked", outside="Jo Hall", said="Send the log.", by=hub, now=NOW
    )
    one = sent(one, senior, NOW)
    one = said(State.REJECTED)(one, senior, NOW)
    one = challenged(one, senior, NOW)
    one = withdrawn(one, senior, NOW)

    assert logged(case) == [
        "RROD", "RRCI", "RRRF", "RRRI", "RRIP", "RRRCM", "RRR1", "RRRCW",
    ]  # fmt: skip
    assert set(Contact.objects.values_list("sensitive", flat=True)) == {True}
    asked = one.steps.get(state=State.ASKED)
    assert (asked.words, asked.outside, asked.by) == ("Send the log.", "Jo Hall", hub)
    assert one.steps.order_by("pk").first().by is None  # the GRID's


def test_the_answer_is_waited_for_from_the_referral_though_more_was_asked_meanwhile():
    case = at_high_risk()
    senior = senior_of(case)
    one = taken(case, State.REFERRED, senior=senior)
    due_on = case.deadlines.unmet().get(kind="answer_escalation").due_on

    one = sent(said(State.ASKED)(one, senior, LATER), senior, LATER)

    owed = case.deadlines.unmet().get(kind="answer_escalation")
    assert (owed.triggered_on, owed.due_on) == (TODAY, due_on)


def test_a_rejection_that_is_challenged_is_waited_for_anew():
    case = at_high_risk()
    one = taken(case, State.REJECTED)

    challenged(one, None, LATER)

    first, second = case.deadlines.filter(kind="answer_escalation").order_by("pk")
    assert (first.void, first.met_on) == (False, TODAY)
    assert (second.met_on, second.triggered_on) == (None, TOMORROW)


def test_no_step_is_taken_out_of_turn():
    case = at_high_risk()
    one, senior = the_one(case), senior_of(case)

    for step in (referred, said(State.ACCEPTED), sent, challenged, handed_over, withdrawn):
        with pytest.raises(RuleBroken, match="Read where it stands now"):
            step(one, senior, NOW)
    decided(one, senior, NOW)
    with pytest.raises(RuleBroken, match="This comes after “The NPS asks for more”"):
        sent(one, senior, NOW)

    assert the_one(case).state == State.DISCUSSED


def test_whoever_holds_the_case_does_not_decide_alone():
    case = at_high_risk()
    case.officer = senior_of(case)
    case.save()

    with pytest.raises(RuleBroken, match="You hold this case"):
        decided(the_one(case), case.officer, NOW)

    assert the_one(case).steps.count() == 1
    head = UserFactory(role=Role.HEAD)
    assert decided(the_one(case), head, NOW).state == State.DISCUSSED


def test_a_discussion_must_say_who_is_protected_meanwhile():
    case = at_high_risk()

    with pytest.raises(RuleBroken, match="Say who is protected"):
        services.decide_discussion(
            escalation=the_one(case), refer=True, decided="Refer it.", meanwhile="n/a",
            by=senior_of(case), now=NOW,
        )  # fmt: skip

    assert the_one(case).state == State.OPENED


def test_not_referring_is_read_by_the_head_unless_the_case_shuts_them_out():
    case, other = at_high_risk(), at_high_risk()
    head = UserFactory(role=Role.HEAD)
    limit(other, kept_out=[head])

    for one in (case, other):
        taken(one, State.NOT_REFERRED)

    assert told(head) == [f"A risk on {case.crn} is not referred to the NPS. Read why."]


def test_who_is_protected_is_said_anew_without_a_step_being_taken():
    case = at_high_risk()
    one = taken(case, State.REFERRED)

    services.change_meanwhile(
        escalation=one, meanwhile="She has moved to her sister’s.", by=case.officer, now=LATER
    )

    one = the_one(case)
    assert (one.state, one.meanwhile) == (State.REFERRED, "She has moved to her sister’s.")
    assert one.steps.order_by("pk").last().words == one.meanwhile
    assert running(case) == {"answer_escalation"}


# Whose the case is


def test_it_is_ours_until_a_named_officer_accepts_and_theirs_from_that_moment():
    case = at_high_risk()
    officer = case.officer
    one = taken(case, State.ACCEPTED)
    case.refresh_from_db()
    assert (case.officer, case.is_ours) == (officer, True)

    handed_over(one, senior_of(case), LATER)

    case.refresh_from_db()
    one = the_one(case)
    transfer = Transfer.objects.get()
    assert (case.retained_by, case.is_ours) == (f"Jo Hall, {OFFICE}", False)
    assert (transfer.state, transfer.outside_officer) == (TransferState.ACCEPTED, "Jo Hall")
    assert (one.closed_on, one.outcome) == (TOMORROW, f"Handed over: Jo Hall, {OFFICE}")
    owed = case.deadlines.get(kind="hand_over_to_nps")
    assert (owed.met_on, owed.void) == (TOMORROW, False)
    assert running(case) == set()


def test_without_a_name_nobody_has_accepted_it():
    case = at_high_risk()
    one = taken(case, State.ACCEPTED)

    with pytest.raises(RuleBroken, match="Name the NPS officer"):
        services.hand_over(
            escalation=one, outside=OFFICE, outside_officer="-", note="At risk on Mondays.",
            by=case.officer, now=NOW,
        )  # fmt: skip

    case.refresh_from_db()
    assert case.is_ours
    assert the_one(case).state == State.ACCEPTED


def test_nothing_is_recorded_of_somebody_who_has_died():
    case = at_high_risk()
    one = taken(case, State.REFERRED)
    leave(case=case, left_as=LeftAs.DIED, because="Died", by=case.officer, now=NOW)

    with pytest.raises(RuleBroken, match="not ours to refer"):
        said(State.ACCEPTED)(one, None, NOW)

    assert not case.deadlines.unmet().ours().filter(kind__in=CLOCKS).exists()


# Beside the GRID


@pytest.mark.parametrize("to", sorted(QUIET))
def test_what_was_settled_stays_settled_for_the_sweep(to):
    case = at_high_risk()
    one = taken(case, to)

    for days in (1, 2):
        facts_changed(case_ids=[case.pk], now=NOW + timedelta(days=days))
        place_person(case=case, by=None, today=TODAY + timedelta(days=days))

    one.refresh_from_db()
    assert (one.state, one.closed_on) == (to, None)
    assert Escalation.objects.count() == 1
    assert running(case) == set()


@pytest.mark.parametrize("to", sorted(QUIET))
def test_a_new_fact_of_harm_opens_it_again(to):
    case = at_high_risk()
    one = taken(case, to)
    RegistrationFactory(
        case=case, type_code=Register.DOMESTIC_ABUSE_PERPETRATOR, type_name="Domestic abuse"
    )

    place_person(case=case, by=None, today=TOMORROW)
    place_person(case=case, by=None, today=TOMORROW)

    one.refresh_from_db()
    step = one.steps.order_by("pk").last()
    assert (one.state, one.closed_on) == (State.OPENED, None)
    assert (step.state, step.words, step.by) == (
        State.OPENED,
        "New since then: Domestic abuse",
        None,
    )
    assert running(case) == {"discuss_escalation", "escalate_risk"}
    assert one.steps.filter(state=State.OPENED).count() == 2


def test_a_new_fact_does_not_disturb_what_is_under_way():
    case = at_high_risk()
    one = taken(case, State.REFERRED)
    RegistrationFactory(case=case)

    place_person(case=case, by=None, today=TOMORROW)

    one.refresh_from_db()
    assert one.state == State.REFERRED
    assert running(case) == {"answer_escalation"}


@pytest.mark.parametrize("to", [State.OPENED, State.ASKED, State.PLAN_CHANGED])
def test_when_the_risk_falls_the_grid_ends_what_it_opened_and_voids_every_clock(to):
    case = at_high_risk()
    one = taken(case, to)
    had = running(case)
    case.registrations.update(type_code=Rosh.MEDIUM)

    place_person(case=case, by=None, today=TOMORROW)

    one.refresh_from_db()
    assert (one.closed_on, one.outcome) == (TOMORROW, "The risk no longer calls for escalation")
    assert running(case) == set()
    ended = case.deadlines.filter(kind__in=had, met_on=TOMORROW)
    assert set(ended.values_list("kind", "void")) == {(kind, True) for kind in had}


def test_what_an_officer_opened_for_reasons_of_their_own_is_not_ended_by_the_sweep():
    case = in_a_group()
    one = taken(case, State.REFERRED)

    placed = place_person(case=case, by=None, today=TOMORROW)

    one.refresh_from_db()
    assert placed.place == Place.GROUP
    assert (one.state, one.closed_on) == (State.REFERRED, None)


@pytest.mark.parametrize("to", sorted(QUIET))
def test_what_an_officer_opened_ends_where_it_is_settled(to):
    case = in_a_group()

    one = taken(case, to)

    assert (one.closed_on, one.outcome) == (TODAY, to.title)


def test_an_escalation_that_was_settled_is_taken_up_again_by_hand():
    case = at_high_risk()
    one = taken(case, State.NOT_REFERRED)

    again = services.open_escalation(case=case, because=WHY, by=case.officer, now=LATER)

    assert (again.pk, again.state) == (one.pk, State.OPENED)
    assert again.meanwhile == MEANWHILE
    assert case.deadlines.unmet().get(kind="escalate_risk").triggered_on == TOMORROW


def test_the_nps_taking_the_case_some_other_way_ends_it_as_done():
    case = at_high_risk()
    one = taken(case, State.REFERRED)
    case.retained_by = "Jo Hall, NPS"
    case.save()

    place_person(case=case, by=None, today=TOMORROW)

    one.refresh_from_db()
    owed = case.deadlines.get(kind="answer_escalation")
    assert one.outcome == "The NPS manages this person"
    assert (owed.met_on, owed.void) == (TOMORROW, False)


# Two at once


def at_once(*works):
    """Each in a process of its own; one that finds that somebody was quicker is refused."""

    def quietly(work):
        with suppress(RuleBroken):
            work()

    wait(*(fork(lambda work=work: quietly(work)) for work in works))


@pytest.mark.django_db(transaction=True)
def test_of_handing_over_and_withdrawing_at_once_one_is_taken_and_the_case_has_one_holder():
    case = at_high_risk()
    senior = senior_of(case)
    one = taken(case, State.ACCEPTED, senior=senior)

    at_once(
        lambda: handed_over(one, senior, LATER),
        lambda: withdrawn(one, senior, LATER),
        lambda: handed_over(one, senior, LATER),
    )

    one, case = the_one(case), Case.objects.get()
    assert one.steps.filter(at=LATER).count() == 1
    assert one.state in (State.HANDED_OVER, State.WITHDRAWN)
    assert bool(case.retained_by) == (one.state == State.HANDED_OVER)
    assert Transfer.objects.count() == int(one.state == State.HANDED_OVER)
    assert running(case) == set()


@pytest.mark.django_db(transaction=True)
def test_two_who_put_the_same_risk_to_the_nps_at_once_open_one_escalation():
    case = in_a_group()
    senior = senior_of(case)

    at_once(
        lambda: services.open_escalation(case=case, because=WHY, by=case.officer, now=NOW),
        lambda: services.open_escalation(case=case, because=WHY, by=senior, now=NOW),
    )

    assert the_one(case).steps.count() == 1
    assert running(case) == {"discuss_escalation", "escalate_risk"}
