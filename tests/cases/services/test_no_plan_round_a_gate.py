"""No sequence of actions, by page, API or service, signs a plan with a gate open that no override lets it pass."""

from contextlib import suppress
from datetime import timedelta
from functools import partial

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.models import Plan
from cases.queries.open_gates import before_signing
from cases.queries.overrides import approved_gaps
from cases.queries.planning import planning_facts
from cases.reference.plans import PlanState
from cases.rules.gaps import gates
from cases.rules.planning import to_do
from cases.services.agreement import record_agreement
from cases.services.objectives import give_up_objective, remove_objective
from cases.services.overrides import ask_override, decide_override
from cases.services.planning import remove_contingency, save_contingency, save_deliveries
from cases.services.plans import begin_plan, drop_plan, sign_plan
from cases.services.policy import assessing_policy
from staff.errors import RuleBroken
from staff.permissions import Role
from staff.rules.merging import marks
from tests.cases import a_plan
from tests.cases.searching import searched
from tests.factories import (
    AssessmentFactory,
    PotentialVictimFactory,
    RelatedPersonFactory,
    RequirementFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
SAID = "She comes on Monday with her support worker, and it is asked again."
SIX = ("unknown", "read_and_asked", "why_safer", "who_is_protected", "who_was_told", "what_closes_it")  # fmt: skip


class Desk:
    """One case, its officer and two seniors, and whatever they do."""

    def __init__(self):
        self.case = a_plan.assessed_case()
        self.by, self.today = self.case.officer, localdate()
        self.senior = UserFactory(role=Role.SPO, team=self.case.team)
        self.client = Client()
        self.client.force_login(self.by)
        self.well_signed = set()

    @property
    def plan(self):
        return self.case.plans.unfinished().first() or begin_plan(
            case=self.case, by=self.by, today=self.today
        )

    def open(self, plan):
        shut = gates(to_do(planning_facts([plan], self.today)[plan.pk]))
        covered = {one.key for one in approved_gaps(plan=plan, today=self.today)}
        return [one.key for one in shut if not (one.may_override and one.key in covered)]

    # Signing, by every way there is

    def _signing(self, way):
        plan = self.plan
        left = self.open(plan)
        with suppress(RuleBroken):
            way(plan)
        plan.refresh_from_db()
        if plan.state == PlanState.SIGNED and not left:
            self.well_signed.add(plan.pk)

    def sign(self):
        self._signing(
            lambda plan: sign_plan(
                plan=plan, explained=self.words(plan), by=self.by, today=self.today, now=now()
            )
        )

    def sign_by_page(self):
        def way(plan):
            address = reverse("sign-plan", args=[self.case.crn])
            form = self.client.get(address).context["form"]
            said = dict.fromkeys(form.keys, SAID)
            self.client.post(address, said | {"read": form.stands})

        self._signing(way)

    def sign_by_api(self):
        def way(plan):
            address = reverse("api-plan-sign", args=[self.case.crn, plan.pk])
            body = {"explained": self.words(plan), "state": "signed"}
            self.client.post(address, body, content_type="application/json")

        self._signing(way)

    def words(self, plan):
        found = to_do(planning_facts([plan], self.today)[plan.pk])
        return {one.key: SAID for one in found}

    # Writing, well and badly

    def objective(self):
        a_plan.objective(self.plan, today=self.today)

    def objective_about_nothing(self):
        a_plan.objective(
            self.plan, today=self.today, area="", about=[], steps=[a_plan.step(self.today)]
        )

    def remove_objective(self):
        if one := self.plan.objectives.first():
            remove_objective(objective=one, by=self.by, today=self.today)

    def contingency(self):
        save_contingency(
            plan=self.plan, given=a_plan.CONTINGENCY, seen={}, by=self.by, today=self.today
        )

    def remove_contingency(self):
        plan = self.plan
        if one := plan.contingencies.first():
            remove_contingency(plan=plan, contingency=one, by=self.by, today=self.today)

    def answer(self):
        a_plan.answer(self.plan, self.today, **a_plan.ANSWERS)

    def answer_nothing(self):
        said = {
            "children.answer": "unknown",
            "children.asked": "n/a",
            "domestic_abuse.answer": "no",
        }
        a_plan.answer(self.plan, self.today, **said | {"domestic_abuse.sources": None})

    def deliver(self):
        self._deliver(a_plan.DELIVERY)

    def deliver_nothing(self):
        self._deliver(a_plan.DELIVERY | {"route": "none", "how": ""})

    def _deliver(self, said):
        for one in self.plan.deliveries.all():
            stood = {"route": one.route, "how": one.how, "sharing": one.sharing}
            stood["arranged_on"] = one.arranged_on and one.arranged_on.isoformat()
            key = f"requirement:{one.requirement_id}"
            save_deliveries(
                plan=self.plan, given={key: said}, seen=marks({key: stood}, [key]), by=self.by,
                today=self.today,
            )  # fmt: skip

    def agree(self):
        record_agreement(
            plan=self.plan, agreed="yes", because="", on=self.today, by=self.by, today=self.today
        )

    def drop(self):
        drop_plan(plan=self.plan, by=self.by, today=self.today)

    def give_up(self):
        if (signed := self.case.plans.in_force().first()) and (one := signed.objectives.first()):
            give_up_objective(objective=one, because=SAID, by=self.by, today=self.today)

    # What changes around it

    def override(self):
        plan, words = self.plan, dict.fromkeys(SIX, SAID)
        until = self.today + timedelta(days=7)
        before = before_signing(plan, assessing_policy(self.today), self.today)
        asked = ask_override(
            **before, keys=self.open(plan)[:1], expires_on=until, by=self.by, today=self.today,
            now=now(), **words,
        )  # fmt: skip
        decide_override(
            override=asked,
            approve=True,
            note=SAID,
            by=self.senior,
            today=self.today,
            now=now(),
            open_now=before["open_now"],
        )

    def another_victim(self):
        person = RelatedPersonFactory(case=self.case, kind="partner", victim=True)
        PotentialVictimFactory(person=person)

    def another_requirement(self):
        RequirementFactory(sentence=self.case.sentences.get())

    def another_assessment(self):
        self.case.assessments.update(state="replaced")
        AssessmentFactory(case=self.case, signed=True, answers={"drugs.harm": "yes"})


ALL = sorted(name for name in vars(Desk) if not name.startswith("_") and name not in ("plan", "open", "words"))  # fmt: skip
WRITES_WELL = ["objective", "contingency", "answer", "deliver", "agree"]


def walk(well, whatever, counted):
    steps = list(well)
    for place, name in whatever:
        steps.insert(place, name)
    with transaction.atomic():
        desk = Desk()
        for name in [*steps, "sign", "sign_by_page", "sign_by_api"]:
            with suppress(RuleBroken), transaction.atomic():
                getattr(desk, name)()
            signed = Plan.objects.filter(signed_at__isnull=False).values_list("pk", flat=True)
            assert set(signed) <= desk.well_signed, name
            counted.append(len(signed))
        transaction.set_rollback(True)


search = partial(searched, walk, WRITES_WELL, ALL)


def test_no_way_signs_a_plan_with_a_gate_open():
    assert any(search(examples=10, longest=10, derandomize=True, database=None))


@pytest.mark.nightly
def test_nor_does_any_of_many_long_ones():
    assert any(search(examples=40, longest=16))


@pytest.mark.parametrize("way", ["sign", "sign_by_page", "sign_by_api"])
def test_each_way_signs_one_that_says_all_of_it(way):
    desk = Desk()
    for name in WRITES_WELL:
        getattr(desk, name)()

    getattr(desk, way)()

    assert desk.case.plans.in_force().get().pk in desk.well_signed
