import json
from datetime import UTC, date, datetime, timedelta

import pytest

from cases.queries.snapshots import snapshot_as_of
from cases.reference.codes import ContactLevel, Rosh
from cases.reference.information import RaiseKind
from tests.factories import (
    TODAY,
    AssessmentFactory,
    CaseFactory,
    ContingencyFactory,
    DeliveryFactory,
    ObjectiveFactory,
    PlanActionFactory,
    PlanFactory,
    PotentialVictimFactory,
    RaiseFactory,
    RegistrationFactory,
    RequirementFactory,
    SentenceFactory,
)

pytestmark = pytest.mark.django_db
FIRST, SECOND = date(2018, 3, 1), date(2018, 7, 1)


def at(day):
    return datetime(day.year, day.month, day.day, 15, tzinfo=UTC)


@pytest.fixture
def case():
    return CaseFactory()


def assessed(case, day, state, harm, **answers):
    return AssessmentFactory(
        case=case, state=state, harm=harm, completed_on=day, signed_at=at(day), signed_by=case.officer,
        answers=answers,
    )  # fmt: skip


def planned(case, day, state, **answers):
    return PlanFactory(
        case=case, state=state, signed_at=at(day), signed_by=case.officer, answers=answers
    )


def test_nothing_stands_on_a_case_with_nothing(case):
    stands = snapshot_as_of(case, TODAY)

    assert stands["harm"] == stands["contact_level"] == ""
    assert stands["assessment"]["id"] is stands["plan"]["id"] is None
    assert json.loads(json.dumps(stands)) == stands


def test_a_day_that_has_passed_is_read_as_it_was(case):
    assessed(case, FIRST, "replaced", Rosh.MEDIUM, **{"harm.public.level": "RMRH"})
    assessed(case, SECOND, "signed", Rosh.HIGH, **{"harm.public.level": "RHRH"})

    then, now = snapshot_as_of(case, SECOND - timedelta(days=1)), snapshot_as_of(case, TODAY)

    assert (then["harm"], then["groups"]) == ("RMRH", {"public": "RMRH"})
    assert (now["harm"], now["groups"]) == ("RHRH", {"public": "RHRH"})
    assert (then["assessment"]["on"], now["assessment"]["on"]) == ("2018-03-01", "2018-07-01")


def test_a_step_stands_from_the_day_it_was_made_until_it_is_given_up(case):
    plan = planned(case, FIRST, "signed")
    objective = ObjectiveFactory(plan=plan)
    step = PlanActionFactory(
        case=case, objective=objective, made_on=FIRST, what="Ring her worker", done_on=SECOND
    )
    beside = PlanActionFactory(
        case=case, made_on=FIRST, dropped_on=SECOND, dropped_because="Moved."
    )
    PlanActionFactory(case=case, objective=objective, made_on=FIRST, in_draft=True)

    then, now = snapshot_as_of(case, FIRST), snapshot_as_of(case, SECOND)

    [shown] = then["plan"]["objectives"][0]["steps"]
    assert (shown["id"], shown["done_on"]) == (step.pk, "")
    assert [one["id"] for one in then["actions"]] == [beside.pk]
    assert now["plan"]["objectives"][0]["steps"][0]["done_on"] == "2018-07-01"
    assert now["actions"] == []


def test_the_plan_of_the_day_is_shown_whole(case):
    old = planned(case, FIRST, "replaced", **{"contact.level": ContactLevel.MONTHLY})
    new = planned(case, SECOND, "signed", **{"contact.level": ContactLevel.FORTNIGHTLY})
    ContingencyFactory(plan=new)
    DeliveryFactory(
        plan=new, requirement=RequirementFactory(sentence=SentenceFactory(case=case)), route="group"
    )

    then, now = snapshot_as_of(case, FIRST), snapshot_as_of(case, SECOND)

    assert (then["plan"]["id"], then["contact_level"]) == (old.pk, "monthly")
    assert (now["plan"]["id"], now["contact_level"]) == (new.pk, "fortnightly")
    assert now["plan"]["contingencies"][0]["what_if"] == "If he goes back to the house"
    assert now["plan"]["deliveries"][0]["route"] == "group"


def test_contact_that_was_raised_stands_until_an_assessment_answers_it(case):
    planned(case, FIRST, "signed", **{"contact.level": ContactLevel.MONTHLY})
    RaiseFactory(
        case=case, kind=RaiseKind.CONTACT, contact_level=ContactLevel.WEEKLY, registration=None,
        at=at(SECOND), assessed_on=TODAY,
    )  # fmt: skip

    levels = [snapshot_as_of(case, day)["contact_level"] for day in (FIRST, SECOND, TODAY)]

    assert levels == ["monthly", "weekly", "monthly"]


def test_registers_and_those_who_could_be_hurt_come_and_go_by_their_days(case):
    RegistrationFactory(
        case=case, type_code="ADVP", started_on=FIRST, ended_on=SECOND, active=False
    )
    RegistrationFactory(case=case, type_code="RCCO", started_on=SECOND)
    PotentialVictimFactory(case=case, since_on=SECOND)

    then, now = snapshot_as_of(case, FIRST), snapshot_as_of(case, SECOND)

    assert [one["code"] for one in then["registers"]] == ["ADVP"]
    assert [one["code"] for one in now["registers"]] == ["RCCO"]
    assert (then["victims"], len(now["victims"])) == ([], 1)


def test_what_was_done_under_the_plan_before_is_kept_apart(case):
    old = planned(case, FIRST, "replaced")
    done, given_up = PlanActionFactory.create_batch(
        2, case=case, objective=ObjectiveFactory(plan=old), made_on=FIRST
    )
    done.done_on, given_up.dropped_on, given_up.dropped_because = SECOND, SECOND, "A later plan."
    done.save()
    given_up.save()
    planned(case, SECOND, "signed")

    assert [one["id"] for one in snapshot_as_of(case, SECOND)["finished"]] == [done.pk]


@pytest.mark.parametrize("number", [2, 20])
def test_it_takes_as_many_statements_however_much_there_is(
    case, number, django_assert_max_num_queries
):
    assessed(case, FIRST, "signed", Rosh.MEDIUM)
    plan = planned(case, FIRST, "signed")
    for objective in ObjectiveFactory.create_batch(number, plan=plan):
        PlanActionFactory(case=case, objective=objective, made_on=FIRST)
    ContingencyFactory.create_batch(number, plan=plan)

    with django_assert_max_num_queries(9):
        snapshot_as_of(case, TODAY)
