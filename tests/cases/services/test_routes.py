"""A decision that takes a route away owns what takes its place. Source: report 2.3, idea 10."""

from datetime import UTC, date, datetime, timedelta

import pytest

from cases.models import Deadline, Notice, RouteDecision
from cases.queries.work import owed_by
from cases.reference.plans import Route
from cases.services.routes import book_replacement, take_route_away
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Role
from tests.factories import (
    NOW,
    TODAY,
    AssignmentFactory,
    CaseFactory,
    RequirementFactory,
    RouteDecisionFactory,
    SentenceFactory,
    UserFactory,
    limit,
)

pytestmark = pytest.mark.django_db
LATER = TODAY + timedelta(days=9)
BOOKED = datetime(2018, 10, 10, 17, 30, tzinfo=UTC)


@pytest.fixture
def case():
    return CaseFactory()


@pytest.fixture
def requirement(case):
    return RequirementFactory(sentence=SentenceFactory(case=case))


@pytest.fixture
def senior(case):
    return UserFactory(role=Role.SPO, team=case.team)


def taken_away(case, requirement, by, **given):
    known = {
        "removed": "One-to-one work",
        "because": "The programme is the route for this requirement.",
        "route": Route.AGENCY,
        "replacement": "Stepping Stones to Change, evenings",
        "owner": case.officer,
        "by_on": LATER,
    }
    return take_route_away(
        case=case, requirement=requirement, by=by, today=TODAY, now=NOW, **known | given
    )


def booked(decision, by, **given):
    known = {"booked_for": BOOKED, "booked_with": "Kim Lee, Reading office", "today": TODAY}
    return book_replacement(decision=decision, by=by, now=NOW, **known | given)


def owes(case):
    return Deadline.objects.unmet().filter(case=case, kind="book_replacement")


# The decision


def test_the_decision_waits_with_the_senior_until_the_day_it_names(case, requirement, senior):
    decision = taken_away(case, requirement, senior)

    clock = owes(case).get()
    assert (clock.owner_role, clock.due_on, clock.route) == (Role.SPO, LATER, decision)
    assert (decision.decided_by, decision.decided_on) == (senior, TODAY)


def test_the_case_is_on_the_list_of_the_senior_and_not_of_the_officer(case, requirement, senior):
    taken_away(case, requirement, senior)

    assert owed_by(senior, TODAY).filter(kind="book_replacement").count() == 1
    assert not owed_by(case.officer, TODAY).filter(kind="book_replacement").exists()


def test_officer_and_owner_are_told_once_each(case, requirement, senior):
    owner = UserFactory(team=case.team)

    taken_away(case, requirement, senior, owner=owner)

    assert {one.user for one in Notice.objects.all()} == {case.officer, owner}
    assert Notice.objects.count() == 2
    assert "One-to-one" not in Notice.objects.first().text


def test_nothing_is_taken_away_when_the_rule_refuses(case, requirement, senior):
    with pytest.raises(RuleBroken, match="Name what takes its place"):
        taken_away(case, requirement, senior, replacement=" ")

    assert not RouteDecision.objects.exists()
    assert not owes(case).exists()


def test_the_day_of_the_replacement_lies_within_the_sentence(case, requirement, senior):
    after = requirement.sentence.expected_end_on or date(2019, 9, 1)
    requirement.sentence.expected_end_on = after
    requirement.sentence.save()

    with pytest.raises(RuleBroken, match="The sentence ends on"):
        taken_away(case, requirement, senior, by_on=after + timedelta(days=1))


def test_a_requirement_of_another_case_or_one_that_has_ended_has_no_route_here(case, senior):
    ended = RequirementFactory(
        sentence=SentenceFactory(case=case), active=False, terminated_on=TODAY
    )

    with pytest.raises(RuleBroken, match="of another case"):
        taken_away(case, RequirementFactory(), senior)
    with pytest.raises(RuleBroken, match="has ended"):
        taken_away(case, ended, senior)


def test_an_owner_who_cannot_open_the_case_is_refused(case, requirement, senior):
    stranger, shut_out = UserFactory(), UserFactory(team=case.team)
    limit(case, kept_out=[shut_out])

    for owner in (stranger, shut_out):
        with pytest.raises(RuleBroken, match="cannot open this case"):
            taken_away(case, requirement, senior, owner=owner)


def test_an_owner_who_works_on_the_case_will_do(case, requirement, senior):
    facilitator = UserFactory(role=Role.FACILITATOR)
    AssignmentFactory(case=case, user=facilitator, from_on=date(2018, 1, 1))

    assert taken_away(case, requirement, senior, owner=facilitator).owner == facilitator


@pytest.mark.parametrize("role", [Role.OFFICER, Role.HUB, Role.QUALITY])
def test_only_a_senior_or_the_head_decides(case, requirement, role):
    with pytest.raises(RuleBroken, match="A senior probation officer or the head of service"):
        taken_away(case, requirement, UserFactory(role=role, team=case.team))


def test_the_decision_is_in_the_audit_trail_without_its_words(case, requirement, senior):
    decision = taken_away(case, requirement, senior)

    entry = Entry.objects.get(action="took_route_away")
    assert (entry.crn, entry.by, entry.detail) == (case.crn, senior, {"route": decision.pk})


# The booking


def test_it_closes_when_a_booking_exists(case, requirement, senior):
    decision = taken_away(case, requirement, senior)

    done = booked(decision, senior)

    assert (done.booked_for, done.booked_with, done.booked_by) == (
        BOOKED, "Kim Lee, Reading office", senior,
    )  # fmt: skip
    assert not owes(case).exists()
    assert Deadline.objects.get(route=decision).void is False
    assert Entry.objects.filter(action="booked_replacement", crn=case.crn).count() == 1


def test_the_responsible_officer_cannot_close_it(case, requirement, senior):
    decision = taken_away(case, requirement, senior)

    with pytest.raises(RuleBroken, match="not the responsible officer"):
        booked(decision, case.officer)

    assert owes(case).exists()


def test_not_even_a_senior_who_holds_the_case_themself(senior):
    decision = RouteDecisionFactory(case=CaseFactory(officer=senior))

    with pytest.raises(RuleBroken, match="not the responsible officer"):
        booked(decision, senior)


@pytest.mark.parametrize("given", [{"booked_for": NOW - timedelta(days=1)}, {"booked_with": "TBC"}])
def test_without_a_day_to_come_and_somebody_to_go_to_it_stays_open(
    case, requirement, senior, given
):
    decision = taken_away(case, requirement, senior)

    with pytest.raises(RuleBroken):
        booked(decision, senior, **given)

    assert owes(case).exists()


def test_a_booking_for_later_today_will_do(case, requirement, senior):
    assert booked(taken_away(case, requirement, senior), senior, booked_for=NOW).booked_at


def test_what_is_booked_is_not_booked_again(case, requirement, senior):
    decision = booked(taken_away(case, requirement, senior), senior)

    with pytest.raises(RuleBroken, match="was booked on 1 October 2018"):
        booked(decision, senior, booked_with="Somebody else, Slough")


def test_what_takes_the_place_of_the_last_route_takes_the_place_of_all_before_it(
    case, requirement, senior
):
    first = taken_away(case, requirement, senior)
    other = taken_away(case, RequirementFactory(sentence=requirement.sentence), senior)
    unnamed = taken_away(case, None, senior)
    last = taken_away(case, requirement, senior, removed="The evening group")

    booked(last, senior)

    waiting = set(RouteDecision.objects.waiting())
    assert waiting == {other, unnamed}
    assert set(owes(case).values_list("route", flat=True)) == {other.pk, unnamed.pk}
    first.refresh_from_db()
    assert first.booked_for == BOOKED


def test_the_booking_of_an_earlier_route_leaves_a_later_one_open(case, requirement, senior):
    first, last = (taken_away(case, requirement, senior) for _ in range(2))

    booked(first, senior)

    assert list(RouteDecision.objects.waiting()) == [last]


def test_officer_and_owner_hear_of_the_booking(case, requirement, senior):
    decision = taken_away(case, requirement, senior)
    Notice.objects.all().delete()

    booked(decision, senior)

    assert [(one.user, one.for_information) for one in Notice.objects.all()] == [
        (case.officer, True)
    ]
