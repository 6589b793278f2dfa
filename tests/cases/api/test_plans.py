"""Sentence plans by the API: the same services, reach and names as the pages."""

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from cases.services.plans import begin_plan
from staff.permissions import Role
from tests.cases import a_plan
from tests.cases.a_plan import assessed_case, objective, ready_plan, signed_plan
from tests.factories import ObjectiveFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return assessed_case()


@pytest.fixture
def plan(case):
    return begin_plan(case=case, by=case.officer, today=localdate())


def ask(client, case, name, *beside, method="post", user=None, **body):
    client.force_login(user or case.officer)
    address = reverse(name, args=[case.crn, *beside])
    return getattr(client, method)(address, body, content_type="application/json")


def listed(client, case, user=None):
    client.force_login(user or case.officer)
    return client.get(reverse("api-plans", args=[case.crn])).json()


def test_a_plan_is_begun_and_says_what_is_still_to_do(client, case):
    begun = ask(client, case, "api-plans")
    to_do = client.get(reverse("api-plan-to-do", args=[case.crn, begun.json()["id"]])).json()

    assert begun.status_code == 201
    assert {"contingency", "objective:need:alcohol"} <= {one["key"] for one in to_do}
    assert [one["may_override"] for one in to_do if one["key"].startswith("protects")] == [False]


def test_a_plan_is_written_whole_and_signed(client, case, plan):
    victim = case.potential_victims.get()
    day = localdate().isoformat()
    (delivery,) = listed(client, case)[0]["deliveries"]
    steps = [{"what": "Stay away", "by_on": day, "nature": "restrictive", "protects": victim.pk}]
    said = {"what": "Drink less", "area": "alcohol", "about": ["harm:known_adult"], "steps": steps}

    ask(client, case, "api-plan-objectives", plan.pk, **said)
    ask(client, case, "api-plan-contingencies", plan.pk, **a_plan.CONTINGENCY)
    ask(client, case, "api-plan-answers", plan.pk, given=a_plan.ANSWERS)
    route = a_plan.DELIVERY | {"arranged_on": day}
    ask(
        client, case, "api-plan-deliveries", plan.pk, given={delivery["key"]: route},
        seen=delivery["seen"],
    )  # fmt: skip
    ask(client, case, "api-plan-agreement", plan.pk, agreed="yes", on=day)
    done = ask(client, case, "api-plan-sign", plan.pk)

    assert (done.status_code, done.json()["state"]) == (200, "signed")


def test_a_gate_refuses_in_words_for_staff(client, case, plan):
    done = ask(client, case, "api-plan-sign", plan.pk)

    assert done.status_code == 422
    assert "if things change" in done.json()["detail"]


def test_what_another_changed_meanwhile_is_not_written(client, case, plan):
    made, _ = objective(plan, today=localdate())
    seen = listed(client, case)[0]["objectives"][0]["seen"]
    known = {"method": "put", "about": made.about, "area": "alcohol", "seen": seen}
    ask(client, case, "api-change-objective", made.pk, what="Theirs", **known)

    clash = ask(client, case, "api-change-objective", made.pk, what="Mine", **known)

    made.refresh_from_db()
    assert (clash.status_code, clash.json()) == (409, {"conflicts": ["what"]})
    assert made.what == "Theirs"


def test_what_is_taken_out_is_gone(client, case):
    plan = ready_plan(case, localdate())

    ask(client, case, "api-change-objective", plan.objectives.get().pk, method="delete")
    ask(client, case, "api-change-contingency", plan.contingencies.get().pk, method="delete")

    assert not plan.objectives.exists()
    assert not plan.contingencies.exists()


def test_a_contingency_is_changed_by_what_was_seen(client, case):
    plan = ready_plan(case, localdate())
    shown = listed(client, case)[0]["contingencies"][0]
    said = a_plan.CONTINGENCY | {"by_when": "Within an hour", "seen": shown["seen"]}

    ask(client, case, "api-change-contingency", shown["id"], method="put", **said)

    assert plan.contingencies.get().by_when == "Within an hour"


def test_an_objective_in_force_is_given_up_and_a_plan_being_written_too(client, case):
    case.potential_victims.all().delete()
    signed = signed_plan(case)
    later = begin_plan(case=case, by=case.officer, today=localdate())

    given_up = ask(
        client, case, "api-give-up-objective", signed.objectives.get().pk, because="He has stopped."
    )
    dropped = ask(client, case, "api-plan-drop", later.pk)

    steps = given_up.json()["objectives"][0]["steps"]
    assert {one["dropped_because"] for one in steps} == {"He has stopped."}
    assert dropped.json()["state"] == "dropped"


def test_protected_names_are_taken_out_of_its_words(client, case):
    plan = begin_plan(case=case, by=case.officer, today=localdate())
    objective(plan, today=localdate(), what="Stay away from Dana Quill")

    answer = listed(client, case, user=UserFactory(role=Role.QUALITY))
    to_do = client.get(reverse("api-plan-to-do", args=[case.crn, plan.pk]))

    assert "Dana" not in str(answer)
    assert "Dana" not in to_do.content.decode()


def test_an_objective_of_another_case_is_not_found(client, case):
    other = ObjectiveFactory()

    done = ask(client, case, "api-change-objective", other.pk, method="delete")

    assert done.status_code == 404
