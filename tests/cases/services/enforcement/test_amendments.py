"""Changes asked for of a breach report: each is owed until it is sent and read, and none goes twice or round a gate."""

from datetime import timedelta

import pytest

from cases.models import Deadline
from cases.reference.enforcement import BREACH_OVER, BreachState
from cases.services.enforcement.breaches.amendments import (
    ask_amendment,
    refuse_amendment,
    see_amendment,
    send_amendment,
)
from cases.services.enforcement.breaches.writing import write_pack
from cases.services.enforcement.failures import withdraw_failure
from staff.errors import RuleBroken
from tests.cases.a_breach import UNCHANGED, brought_to, on, owed_of, written
from tests.factories import NOW

pytestmark = pytest.mark.django_db
State = BreachState
DAY = timedelta(days=1)
TODAY = NOW.date()


def asked(breach, days=2, **given):
    known = {
        "what": "Correct the dates.",
        "asked_by": "Reading court",
        "asked_on": TODAY,
        "due_on": TODAY + days * DAY,
    }
    return ask_amendment(breach=breach, by=breach.case.officer, now=NOW, **known | given)


def sent(amendment, **given):
    known = {
        "changed": "The dates are those of the log.",
        "explained": {"unchanged": UNCHANGED},
        "by": amendment.breach.case.officer,
        "now": NOW + DAY,
    }
    return send_amendment(amendment=amendment, **known | given)


def clock(breach, kind="amend_breach"):
    return Deadline.objects.unmet().get(breach=breach, kind=kind)


def test_a_change_is_owed_by_its_day_until_it_is_sent_and_then_read():
    breach = brought_to(State.ACCEPTED)
    one = asked(breach)
    assert clock(breach).due_on == TODAY + 2 * DAY
    write_pack(
        breach=breach,
        given={"report.risk": "It has not changed since August."},
        by=breach.case.officer,
        now=NOW,
    )

    sent(one)

    assert "amend_breach" not in owed_of(breach)
    assert "see_amendment" in owed_of(breach)
    kept = breach.steps.exclude(pack=None).order_by("-pk").first()
    assert (kept.state, kept.pack_says["amendment"]) == (State.ACCEPTED, one.pk)
    see_amendment(amendment=one, by=breach.case.officer, now=NOW + DAY)
    see_amendment(amendment=one, by=breach.case.officer, now=NOW + 2 * DAY)
    one.refresh_from_db()
    assert one.seen_at == NOW + DAY
    assert "see_amendment" not in owed_of(breach)


def test_of_several_the_first_due_is_owed_and_none_is_forgotten():
    breach = brought_to(State.SUBMITTED)
    later, sooner = asked(breach, days=9), asked(breach, days=3)
    assert clock(breach).due_on == sooner.due_on

    sent(sooner)
    assert clock(breach).due_on == later.due_on
    sent(later)

    assert "amend_breach" not in owed_of(breach)
    see_amendment(amendment=sooner, by=breach.case.officer, now=NOW + DAY)
    assert "see_amendment" in owed_of(breach)
    see_amendment(amendment=later, by=breach.case.officer, now=NOW + DAY)
    assert "see_amendment" not in owed_of(breach)


def test_one_that_is_not_made_says_why_and_is_owed_no_more():
    breach = brought_to(State.SUBMITTED)
    one = asked(breach)

    with pytest.raises(RuleBroken, match="Say why"):
        refuse_amendment(amendment=one, because="n/a", by=breach.case.officer, now=NOW)
    refuse_amendment(
        amendment=one, because="The court took it back.", by=breach.case.officer, now=NOW
    )

    assert "amend_breach" not in owed_of(breach)
    with pytest.raises(RuleBroken, match="has been sent, or it was said"):
        sent(one)
    with pytest.raises(RuleBroken, match="nothing to read"):
        see_amendment(amendment=one, by=breach.case.officer, now=NOW)


def test_none_goes_twice():
    breach = brought_to(State.SUBMITTED)
    one = asked(breach)
    sent(one)

    with pytest.raises(RuleBroken, match="has been sent"):
        sent(one)

    assert breach.steps.exclude(pack=None).count() == 2


def test_none_goes_round_a_gate():
    breach = brought_to(State.SUBMITTED)
    one = asked(breach)
    withdraw_failure(
        failure=breach.failures.get(),
        because="A letter of the hospital.",
        by=breach.case.officer,
        now=NOW,
    )

    with pytest.raises(RuleBroken, match="No failure stands"):
        sent(one)

    assert "amend_breach" in owed_of(breach)


def test_with_the_pack_back_here_the_change_goes_with_it():
    breach = brought_to(State.SUBMITTED)
    one = asked(breach)
    on(breach, State.RETURNED)

    with pytest.raises(RuleBroken, match="goes with it"):
        sent(one)
    on(breach, State.SUBMITTED, words="The dates are put right.")

    one.refresh_from_db()
    assert "The dates are put right" in one.changed
    assert {"amend_breach"} & owed_of(breach) == set()
    assert "see_amendment" in owed_of(breach)


@pytest.mark.parametrize("state", sorted(BREACH_OVER))
def test_once_it_is_over_nothing_is_asked_or_owed_of_its_report(state):
    breach = brought_to(State.SUMMONS)
    one = asked(breach)
    other = brought_to(state)
    with pytest.raises(RuleBroken, match="is over"):
        asked(other)

    on(breach, State.WITHDRAWN)

    one.refresh_from_db()
    assert one.refused_because
    with pytest.raises(RuleBroken, match="is over"):
        sent(one)


@pytest.mark.parametrize(
    ("given", "refused"),
    [
        ({"what": "n/a"}, "what has to be changed"),
        ({"asked_by": ""}, "who asks for it"),
        ({"asked_on": TODAY + DAY}, "in the future"),
        ({"due_on": TODAY - DAY}, "before it was asked for"),
    ],
)
def test_a_request_nobody_could_do_is_refused(given, refused):
    with pytest.raises(RuleBroken, match=refused):
        asked(brought_to(State.SUBMITTED), **given)


def test_of_a_pack_that_has_not_gone_nothing_is_amended():
    with pytest.raises(RuleBroken, match="has not gone yet"):
        asked(written())


def test_a_report_in_which_nothing_is_different_goes_only_for_a_reason():
    breach = brought_to(State.ACCEPTED)
    one = asked(breach)

    with pytest.raises(RuleBroken, match="Nothing in the pack is different from what went on"):
        sent(one, explained={})
    write_pack(
        breach=breach, given={"report.risk": "It has not changed since August."}, by=breach.case.officer, now=NOW,
    )  # fmt: skip
    sent(one, explained={})

    again = asked(breach)  # what was sent just now is what stands
    with pytest.raises(RuleBroken, match="Nothing in the pack is different"):
        sent(again, explained={})
