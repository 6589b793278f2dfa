"""Rehabilitation activity: planned within what the court ordered, ended for a reason, enough by the officer's word."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import Case, Deadline, RarEnough
from cases.queries.rar import rar_of_case, rar_of_cases, unattached
from cases.services.rar import change_activity, end_activity, plan_activity, say_enough
from staff.errors import RuleBroken
from tests.factories import (
    TODAY,
    AppointmentFactory,
    CaseFactory,
    ContactFactory,
    DeadlineFactory,
    ObjectiveFactory,
    PlanFactory,
    RarActivityFactory,
    RarEnoughFactory,
    RequirementFactory,
    SentenceFactory,
)

pytestmark = pytest.mark.django_db
WEEKS = 4


@pytest.fixture
def case():
    return CaseFactory(arrived_on=date(2018, 5, 2))


@pytest.fixture
def requirement(case):
    sentence = SentenceFactory(
        case=case, started_on=date(2018, 5, 1), expected_end_on=date(2019, 4, 30)
    )
    return RequirementFactory(
        sentence=sentence, main_code="F", length=10, length_unit="Days", imposed_on=None
    )


def plan(requirement, **given):
    known = {
        "theme": "NPS002", "what": "Stepping Stones to Change", "days": 6, "route": "group",
        "by": requirement.sentence.case.officer, "today": TODAY,
    }  # fmt: skip
    return plan_activity(requirement=requirement, **known | given)


def session(case, day, requirement=None, hour=10, **columns):
    at = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
    given = {"type_code": "RARP", "rar_activity": True, "requirement": requirement}
    return ContactFactory(case=case, started_at=at, **given | columns)


def booked(activity, day, **columns):
    at = datetime(day.year, day.month, day.day, 10, tzinfo=UTC)
    return AppointmentFactory(
        case=activity.case, at=at, type_code="RARP", rar_activity=activity, **columns
    )


def only(case, today=TODAY):
    (found,) = rar_of_case(case, today, WEEKS)
    return found


def test_days_ordered_planned_booked_and_credited(case, requirement):
    activity = plan(requirement)
    kept = booked(activity, date(2018, 9, 24))
    type(kept.contact).objects.filter(pk=kept.pk).update(
        outcome_code="ATTC", attended=True, complied=True, rar_activity=True
    )
    session(case, date(2018, 9, 24), requirement, hour=14)
    session(case, date(2018, 9, 17), requirement, attended=False, complied=False)
    booked(activity, date(2018, 10, 8))

    tally = only(case).tally

    assert (tally.ordered, tally.planned, tally.left, tally.to_book) == (10, 6, 9, 8)
    assert tally.credited == (date(2018, 9, 24),)
    assert tally.booked == (date(2018, 10, 8),)
    assert tally.missed == (date(2018, 9, 17),)
    assert tally.by_activity == {activity.pk: (date(2018, 9, 24),)}


def test_what_was_held_and_not_marked_is_no_day_whatever_it_was_booked_as(case, requirement):
    kept = booked(plan(requirement), date(2018, 9, 24))
    type(kept.contact).objects.filter(pk=kept.pk).update(outcome_code="ATTC", attended=True)

    assert only(case).tally.credited == ()


def test_what_was_called_off_is_booked_no_more(case, requirement):
    one = booked(plan(requirement), date(2018, 10, 8))
    type(one).objects.filter(pk=one.pk).update(
        called_off_at=one.booked_at, called_off_by=case.officer, asked_by="service",
        called_off_because="The group does not run.",
    )  # fmt: skip

    assert only(case).tally.booked == ()


def test_a_session_that_names_no_requirement_is_of_the_only_one_there_is(case, requirement):
    session(case, date(2018, 9, 24))

    assert only(case).tally.credited == (date(2018, 9, 24),)
    assert unattached(case, TODAY) == []


def test_with_two_requirements_it_is_of_neither_and_that_is_said(case, requirement):
    RequirementFactory(sentence=SentenceFactory(case=case), main_code="F", length=5)
    session(case, date(2018, 9, 24))

    assert [one.tally.credited for one in rar_of_case(case, TODAY, WEEKS)] == [(), ()]
    assert unattached(case, TODAY) == [date(2018, 9, 24)]


def test_with_two_requirements_it_is_of_that_of_its_order(case, requirement):
    other = RequirementFactory(sentence=SentenceFactory(case=case), main_code="F", length=5)
    session(case, date(2018, 9, 24), sentence=other.sentence)

    found = {one.requirement.pk: one.tally.credited for one in rar_of_case(case, TODAY, WEEKS)}
    assert found == {requirement.pk: (), other.pk: (date(2018, 9, 24),)}


def test_a_session_of_another_requirement_is_none_of_this(case, requirement):
    unpaid = RequirementFactory(sentence=requirement.sentence, main_code="W")
    session(case, date(2018, 9, 24), unpaid)

    assert only(case).tally.credited == ()


def test_it_stalls_from_the_last_day_and_never_in_custody(case, requirement):
    session(case, date(2018, 8, 20), requirement)
    stalled = only(case).since
    SentenceFactory(case=case, custody_status="C")

    assert stalled == date(2018, 8, 20)
    assert only(case).since is None


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"what": "n/a"}, "Say what they do"),
        ({"route": "none"}, "Say how it reaches them"),
        ({"days": 11}, "there is room for 10 days"),
        ({"objective": 999}, "Choose an objective of the plan in force"),
    ],
)
def test_what_is_planned_says_what_how_and_how_long(requirement, given, words):
    with pytest.raises(RuleBroken, match=words):
        plan(requirement, **given)


def test_an_objective_of_the_plan_in_force_may_be_served_and_no_other(case, requirement):
    goal = ObjectiveFactory(plan=PlanFactory(case=case, signed=True))
    elsewhere = ObjectiveFactory(plan=PlanFactory(signed=True))

    assert plan(requirement, objective=goal.pk).objective == goal
    with pytest.raises(RuleBroken, match="Choose an objective"):
        plan(requirement, objective=elsewhere.pk)


@pytest.mark.parametrize(
    "columns", [{"active": False}, {"terminated_on": TODAY}, {"main_code": "W"}]
)
def test_nothing_is_planned_under_what_does_not_run_or_is_no_rar(case, columns):
    sentence = SentenceFactory(case=case)
    other = RequirementFactory(sentence=sentence, **{"main_code": "F", "length": 10} | columns)

    with pytest.raises(RuleBroken, match="not a rehabilitation activity requirement"):
        plan(other)


def test_days_credited_elsewhere_take_up_room_in_the_order(case, requirement):
    for n in range(3):
        session(case, date(2018, 9, 24) + timedelta(days=n), requirement)

    with pytest.raises(RuleBroken, match="3 are planned or credited elsewhere"):
        plan(requirement, days=8)
    assert plan(requirement, days=7).days == 7


def test_a_change_keeps_what_is_credited_within_it(case, requirement):
    activity = plan(requirement)
    for n in (10, 11):
        kept = booked(activity, date(2018, 9, n))
        type(kept.contact).objects.filter(pk=kept.pk).update(
            outcome_code="ATTC", attended=True, rar_activity=True
        )
    known = {"theme": "NPS002", "what": "Thinking skills", "route": "one_to_one", "by": case.officer, "today": TODAY}  # fmt: skip

    with pytest.raises(RuleBroken, match="2 days of it are credited"):
        change_activity(activity=activity, days=1, **known)
    assert change_activity(activity=activity, days=10, **known).what == "Thinking skills"


def test_an_activity_ends_for_a_reason_and_not_while_a_day_of_it_is_booked(case, requirement):
    activity = plan(requirement)
    one = booked(activity, date(2018, 10, 8))
    end = {"activity": activity, "because": "Nobody runs it.", "by": case.officer, "today": TODAY}

    with pytest.raises(RuleBroken, match="1 day of it is booked"):
        end_activity(**end)
    type(one.contact).objects.filter(pk=one.pk).update(outcome_code="RSSR", attended=False)
    with pytest.raises(RuleBroken, match="Say why"):
        end_activity(**end | {"because": "-"})
    end_activity(**end)
    with pytest.raises(RuleBroken, match="has ended"):
        end_activity(**end)
    assert only(case).tally.planned == 0


def test_fewer_days_may_be_enough_and_planning_more_takes_it_back(case, requirement):
    session(case, date(2018, 7, 2), requirement)
    activity = plan(requirement, days=4)
    DeadlineFactory(case=case, kind="book_rar_day", enquiry=None)
    before = only(case).since

    say_enough(requirement=requirement, because="He holds his job.", by=case.officer, today=TODAY)
    said = only(case)
    activity.refresh_from_db()

    assert before == date(2018, 7, 2)
    assert said.since is None
    assert "enough" in said.words(TODAY)
    assert activity.ended_because == "He holds his job."
    assert Deadline.objects.get(kind="book_rar_day").void
    with pytest.raises(RuleBroken, match="already"):
        say_enough(requirement=requirement, because="Again so.", by=case.officer, today=TODAY)
    plan(requirement, days=4)
    assert only(case).enough is None
    assert RarEnough.objects.get().withdrawn_on == TODAY


def test_nobody_says_enough_while_a_day_is_booked(case, requirement):
    booked(plan(requirement), date(2018, 10, 8))

    with pytest.raises(RuleBroken, match="booked"):
        say_enough(requirement=requirement, because="He works.", by=case.officer, today=TODAY)


def test_what_the_court_ordered_in_another_unit_is_not_taken_for_days(case):
    sentence = SentenceFactory(case=case)
    RequirementFactory(sentence=sentence, main_code="F", length=40, length_unit="Hours")

    assert only(case).tally.ordered is None


def everything(rows):
    for _ in range(rows):
        case = CaseFactory()
        requirement = RequirementFactory(
            sentence=SentenceFactory(case=case), main_code="F", length=10, length_unit="Days"
        )
        RarEnoughFactory(requirement=requirement)
        booked(RarActivityFactory(requirement=requirement), date(2018, 10, 8))
        session(case, date(2018, 9, 10), requirement)


def test_it_takes_as_many_statements_for_sixty_cases_as_for_five():
    counts = []
    for rows in (5, 55):
        everything(rows)
        keys = list(Case.objects.values_list("pk", flat=True))
        with CaptureQueriesContext(connection) as queries:
            found = rar_of_cases(keys, TODAY, WEEKS)
        counts.append(len(queries))
        assert len(found) == len(keys)

    assert counts == [5, 5]
