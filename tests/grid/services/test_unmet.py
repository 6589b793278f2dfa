"""Needs that nothing meets: opened, put to the senior, decided, looked at again, closed. Source: report 2.3."""

from datetime import date, timedelta

import pytest

from cases.models import Deadline, Notice
from cases.services.jobs import run_job
from grid.models import Commitment, SaidWeek, UnmetNeed
from grid.reference.groups import Decision, ReferralState
from grid.services.offers import give_offer
from grid.services.unmet import (
    KIND,
    OPENING,
    close_needs_of,
    decide_need,
    put_to_senior,
    settle_needs,
    settle_needs_chunk,
)
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Role
from tests.factories import SentenceFactory, UserFactory
from tests.grid.a_man_at_work import at_work, by_day, by_night
from tests.grid.a_place import joins, somebody
from tests.grid.planned_series import NOW, facilitator, waits

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
WORDS = "They do the exercises with their officer each week."
MISSING = "No evening or weekend series is planned that they could join, and they can come at no other time."


def settled(*cases, now=NOW):
    return settle_needs(case_ids=[case.pk for case in cases], now=now)


def unmet(case):
    return UnmetNeed.objects.unmet().filter(case=case).first()


def owed(case):
    return list(Deadline.objects.unmet().filter(case=case, kind=KIND))


def senior_of(case):
    return UserFactory(role=Role.SPO, team=case.team)


def decided(case, decision=Decision.ONE_TO_ONE, by=None, **said):
    known = {"words": WORDS, "now": NOW} | said
    return decide_need(need=unmet(case), decision=decision, by=by or senior_of(case), **known)


def test_what_nothing_meets_is_opened_by_itself_and_owed_to_a_senior():
    case, referral = at_work()
    by_day()

    assert settled(case) == {"opened": 1, "closed": 0, "again": 0}

    need = unmet(case)
    assert (need.referral, need.opened_on, need.opened_by) == (referral, TODAY, None)
    assert MISSING in need.missing
    [deadline] = owed(case)
    assert (deadline.owner_role, deadline.triggered_on) == (Role.SPO, TODAY)
    assert Entry.objects.get(action="opened_unmet_need").crn == case.crn


def test_it_is_opened_once_however_often_it_is_asked():
    case, _ = at_work()
    settled(case)

    assert settled(case) == {"opened": 0, "closed": 0, "again": 0}
    assert UnmetNeed.objects.count() == 1


def test_nothing_is_opened_for_somebody_whom_something_fits():
    case, _ = at_work()
    by_night()

    settled(case)

    assert unmet(case) is None


def test_nothing_is_opened_where_nobody_has_asked_when_they_can_come():
    case, _ = at_work()
    SaidWeek.objects.update(superseded_at=NOW)

    assert settled(case)["opened"] == 0


def test_nothing_is_opened_for_somebody_in_custody():
    case, _ = at_work()
    SentenceFactory(case=case, custody_status="D")

    assert settled(case)["opened"] == 0


def test_nothing_is_opened_for_somebody_who_does_something_else_meanwhile():
    case, referral = at_work()
    other = by_night(
        code="stepping_stones", leaders=[facilitator(skill="Stepping Stones to Change")]
    )
    joins(other, referral=referral, instead=True)

    assert settled(case)["opened"] == 0


def test_a_series_that_is_planned_later_closes_it():
    case, _ = at_work()
    settled(case)
    by_night()

    assert settled(case)["closed"] == 1

    need = UnmetNeed.objects.get()
    assert need.closed_because == (
        "A series fits them now: Making Amends at Oxford rooms, from 2 October 2018."
    )
    assert owed(case) == []


def test_a_week_that_changes_closes_it():
    case, _ = at_work()
    by_day()
    settled(case)
    Commitment.objects.update(taken_back_at=NOW, taken_back_by=case.officer)

    assert settled(case)["closed"] == 1


def test_it_closes_when_they_wait_no_more():
    case, referral = at_work()
    settled(case)
    referral.state, referral.closed_on = ReferralState.WITHDRAWN, TODAY
    referral.save()

    settled(case)

    assert UnmetNeed.objects.get().closed_because == "They do not wait for this any more."


def test_a_place_that_is_given_closes_it_at_once():
    case, referral = at_work()
    settled(case)
    series = by_night()

    give_offer(referral=referral, series=series, seen=[], by=case.officer, now=NOW)

    assert UnmetNeed.objects.get().closed_because == "They have a place now."
    assert owed(case) == []


def test_something_else_meanwhile_closes_it_at_once_too():
    case, referral = at_work()
    settled(case)
    other = by_night(
        code="stepping_stones", leaders=[facilitator(skill="Stepping Stones to Change")]
    )

    joins(other, referral=referral, instead=True)

    assert UnmetNeed.objects.get().closed_because == "They have a place now."
    assert owed(case) == []


def test_closing_says_whether_there_was_anything_to_close():
    case, referral = at_work()
    asked = {"referral": referral, "because": "Over.", "by": case.officer, "today": TODAY}
    settled(case)

    assert close_needs_of(**asked) is True
    assert close_needs_of(**asked) is False


def test_an_officer_puts_it_to_the_senior_who_is_told():
    case, referral = at_work()
    by_day()
    senior = senior_of(case)

    need = put_to_senior(referral=referral, by=case.officer, now=NOW)

    assert (need.opened_by, need.missing[0]) == (case.officer, MISSING)
    assert len(owed(case)) == 1
    [notice] = Notice.objects.filter(user=senior)
    assert case.crn in notice.text
    assert notice.href == f"/cases/{case.crn}/interventions/unmet/decide/"


def test_it_is_not_put_twice():
    case, referral = at_work()
    put_to_senior(referral=referral, by=case.officer, now=NOW)

    with pytest.raises(RuleBroken, match="put to the senior already"):
        put_to_senior(referral=referral, by=case.officer, now=NOW)


def test_what_something_fits_is_not_put_to_the_senior():
    case, referral = at_work()
    by_night()

    with pytest.raises(RuleBroken, match="Something fits them now"):
        put_to_senior(referral=referral, by=case.officer, now=NOW)


def test_whoever_does_something_else_meanwhile_is_not_put_to_the_senior():
    case, referral = at_work()
    other = by_night(
        code="stepping_stones", leaders=[facilitator(skill="Stepping Stones to Change")]
    )
    joins(other, referral=referral, instead=True)

    with pytest.raises(RuleBroken, match="They do something else meanwhile"):
        put_to_senior(referral=referral, by=case.officer, now=NOW)
    assert unmet(case) is None


def test_whoever_was_not_asked_is_asked_first():
    case = somebody(asked=False)

    with pytest.raises(RuleBroken, match="Nobody has recorded when they can come"):
        put_to_senior(referral=waits(case), by=case.officer, now=NOW)


def test_a_decision_is_kept_with_what_was_missing_then_and_meets_what_was_owed():
    case, _ = at_work()
    settled(case)
    by_day()
    senior = senior_of(case)

    need = decided(case, by=senior)

    assert (need.decision, need.words, need.decided_by) == (Decision.ONE_TO_ONE, WORDS, senior)
    assert MISSING in need.missing
    assert owed(case) == []
    assert UnmetNeed.objects.unmet().count() == 1  # it counts until something fits
    assert Notice.objects.filter(user=case.officer).count() == 1
    assert Entry.objects.get(action="decided_unmet_need").crn == case.crn


def test_whoever_waits_is_looked_at_again_on_the_day_said_and_the_decision_is_kept():
    case, _ = at_work()
    settled(case)
    again = TODAY + timedelta(days=28)
    decided(case, Decision.WAIT, look_again_on=again)

    assert settled(case, now=NOW + timedelta(days=27))["again"] == 0
    assert owed(case) == []
    assert settled(case, now=NOW + timedelta(days=28))["again"] == 1

    before, after = UnmetNeed.objects.order_by("pk")
    assert (before.decision, before.closed_on) == (Decision.WAIT, again)
    assert (after.decision, after.opened_on, after.closed_on) == ("", again, None)
    assert len(owed(case)) == 1


@pytest.mark.parametrize("again", [None, date(2018, 9, 3), date(2019, 9, 1)])
def test_nobody_waits_without_a_day_or_beyond_the_end_of_the_order(again):
    case, _ = at_work()
    settled(case)

    with pytest.raises(RuleBroken):
        decided(case, Decision.WAIT, look_again_on=again)
    assert len(owed(case)) == 1


def test_deciding_again_keeps_what_was_decided_before():
    case, _ = at_work()
    settled(case)
    decided(case)

    decided(case, Decision.NEW_SERIES, words="An evening series is planned at Oxford.")

    before, after = UnmetNeed.objects.order_by("pk")
    assert (before.decision, before.words, before.closed_because) == (
        Decision.ONE_TO_ONE,
        WORDS,
        "Decided anew.",
    )
    assert (after.decision, after.closed_on) == (Decision.NEW_SERIES, None)


def test_what_is_closed_is_not_decided():
    case, referral = at_work()
    settled(case)
    need = unmet(case)
    close_needs_of(referral=referral, because="Over.", by=None, today=TODAY)

    with pytest.raises(RuleBroken, match="nothing to decide any more: Over"):
        decide_need(need=need, decision="one_to_one", words=WORDS, by=senior_of(case), now=NOW)


def test_the_night_goes_through_everybody_in_chunks():
    cases = [at_work()[0] for _ in range(3)]

    run = run_job(
        job=OPENING, slot="2018-09-03", today=TODAY, now=NOW,
        step=lambda after: settle_needs_chunk(after=after, now=NOW, size=2),
    )  # fmt: skip

    assert run.finished_at is not None
    assert (run.result["opened"], run.result["failed"]) == (3, 0)
    assert all(unmet(case) for case in cases)
