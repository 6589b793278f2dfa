"""What a senior asks for on a case: owed from then on, told to whom it concerns, and closed only with words."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate, now

from cases.models import Deadline, Notice, SeniorAction
from cases.queries.work import owed_by
from cases.services.flags import flag_overdue
from cases.services.senior_actions import (
    ask_for_action,
    do_senior_action,
    withdraw_senior_action,
)
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Role
from tests.factories import CaseFactory, SeniorActionFactory, UserFactory, limit

pytestmark = pytest.mark.django_db
WHAT, WHY = "Ring his mother.", "Nobody has spoken to her since the call-out."
DID = "I rang her on Monday: she has not seen him since July."


@pytest.fixture
def case():
    return CaseFactory()


@pytest.fixture
def spo(case):
    return UserFactory(role=Role.SPO, team=case.team)


def ask(case, by, days=5, **said):
    asked = {"what": WHAT, "why": WHY} | said
    due_on = localdate() + timedelta(days=days)
    return ask_for_action(case=case, due_on=due_on, by=by, today=localdate(), now=now(), **asked)


def do(one, by, because=DID):
    return do_senior_action(senior_action=one, because=because, by=by, today=localdate(), now=now())


def withdraw(one, by, because="She has moved to Leeds."):
    return withdraw_senior_action(
        senior_action=one, because=because, by=by, today=localdate(), now=now()
    )


def told(user):
    return list(Notice.objects.to(user).values_list("text", flat=True))


def test_it_is_owed_by_the_seniors_day_in_the_work_of_whoever_holds_the_case(case, spo):
    one = ask(case, spo)

    (owed,) = owed_by(case.officer, localdate())
    assert (owed.kind, owed.senior_action, owed.due_on) == ("do_senior_action", one, one.due_on)
    assert one.owner == case.officer
    assert Entry.objects.filter(action="asked_for_action", crn=case.crn, by=spo).exists()
    (text,) = told(case.officer)
    assert case.crn in text
    assert WHAT not in text


def test_it_goes_with_the_case_to_whoever_holds_it_next(case, spo):
    ask(case, spo)
    before, after = case.officer, UserFactory(team=case.team)

    case.officer = after
    case.save()

    assert not owed_by(before, localdate())
    assert owed_by(after, localdate()).count() == 1


def test_two_things_are_owed_side_by_side(case, spo):
    ask(case, spo)
    ask(case, spo, what="Look at the plan of May.")

    assert owed_by(case.officer, localdate()).count() == 2


def test_what_is_late_is_with_the_senior(case, spo):
    one = ask(case, spo, days=0)
    tomorrow = localdate() + timedelta(days=1)
    Deadline.objects.filter(senior_action=one).update(
        due_on=localdate() - timedelta(days=1), triggered_on=localdate() - timedelta(days=1)
    )

    flag_overdue(today=tomorrow)(0)

    assert owed_by(spo, tomorrow).filter(senior_action=one).exists()


def test_it_is_done_with_words_and_whoever_asked_hears(case, spo):
    one = do(ask(case, spo), case.officer)

    assert (one.state, one.settled_because, one.settled_by) == ("done", DID, case.officer)
    owed = Deadline.objects.get(senior_action=one)
    assert (owed.met_on, owed.void) == (localdate(), False)
    assert told(spo) == [f"What you asked for on {case.crn} is done."]


def test_it_is_asked_for_no_longer_with_why_and_is_not_counted_as_done(case, spo):
    one = withdraw(ask(case, spo), spo)

    assert one.state == "withdrawn"
    assert Deadline.objects.get(senior_action=one).void
    assert len(told(case.officer)) == 2


@pytest.mark.parametrize("step", [do, withdraw])
def test_what_is_settled_is_settled_once(case, spo, step):
    one = do(ask(case, spo), case.officer)

    with pytest.raises(RuleBroken, match="nothing more to do"):
        step(one, spo)


@pytest.mark.parametrize("step", [do, withdraw])
def test_nothing_closes_without_words(case, spo, step):
    one = ask(case, spo)

    with pytest.raises(RuleBroken):
        step(one, case.officer, because="n/a")

    assert Deadline.objects.unmet().filter(senior_action=one).exists()


def test_a_case_of_nobody_and_one_that_has_left_us_are_refused(case, spo):
    one = ask(case, spo)
    nobody = CaseFactory(officer=None, officer_since=None, team=case.team)
    with pytest.raises(RuleBroken, match="Name an officer"):
        ask(nobody, spo)

    case.left_as = "ended"
    case.save()

    with pytest.raises(RuleBroken):
        ask(case, spo)
    with pytest.raises(RuleBroken):
        do(one, case.officer)


def test_whoever_is_shut_out_is_not_told(case, spo):
    limit(case, kept_out=[case.officer])

    ask(case, spo)

    assert told(case.officer) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "done"},
        {"state": "open", "settled_because": "Rung."},
        {"due_on": localdate(), "asked_on": localdate() + timedelta(days=1)},
    ],
)
def test_the_database_refuses_what_is_half_settled(case, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        SeniorActionFactory(case=case, **wrong)
    assert not SeniorAction.objects.exists()
