from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.reference.plans import PlanState
from cases.services.plans import begin_plan
from staff.permissions import Role
from staff.rules.dates import say_date
from tests.cases import a_plan
from tests.cases.a_plan import agree, answer, assessed_case, objective, ready_plan, signed_plan
from tests.cases.views.a_case import see, words
from tests.factories import (
    ContingencyFactory,
    DeadlineFactory,
    EnquiryFactory,
    ObjectiveFactory,
    PlanActionFactory,
    PlanFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return assessed_case()


@pytest.fixture
def plan(case):
    return begin_plan(case=case, by=case.officer, today=localdate())


def post(client, case, name, *beside, user=None, query="", **data):
    client.force_login(user or case.officer)
    return client.post(reverse(name, args=[case.crn, *beside]) + query, data, follow=True)


def fields_of(page):
    """What a browser would send of the form of a page, as it was drawn."""
    form = page.context["form"]
    found = {}
    for bound in form:
        value = bound.value()
        if value not in (None, "", []):
            found[bound.html_name] = say_date(value) if hasattr(value, "year") else value
    return found


# Beginning, and what is still to do


def test_where_there_is_no_plan_the_page_says_so_and_offers_to_begin_one(client, case):
    page = words(see(client, case.officer, "plan", case))

    assert "would be here" in page
    assert "Begin a plan" in page


def test_the_first_plan_is_not_said_to_start_from_one_before_it(client, case):
    first = words(see(client, case.officer, "write-plan", case))
    PlanFactory(case=case, signed=True)
    again = words(see(client, case.officer, "write-plan", case))

    assert "there is no plan before it" in first
    assert "The plan in force" not in first
    assert "The plan in force holds until you sign this one" in again


def test_a_plan_of_which_nobody_could_be_hurt_leads_to_naming_them(client, case):
    case.potential_victims.all().delete()
    begin_plan(case=case, by=case.officer, today=localdate())

    page = words(see(client, case.officer, "write-plan", case))

    assert f'href="{reverse("victims", args=[case.crn])}"' in page


def test_a_plan_begun_shows_what_is_still_to_do_each_with_its_field(client, case):
    page = words(post(client, case, "write-plan"))

    for href in (
        reverse("add-objective", args=[case.crn]) + "?about=need%3Aalcohol#id_what",
        reverse("add-objective", args=[case.crn]) + "?about=harm%3Aknown_adult#id_what",
        reverse("add-contingency", args=[case.crn]) + "#id_what_if",
        reverse("plan-part", args=[case.crn, "family"]) + "#id_children-answer",
        reverse("plan-agreement", args=[case.crn]) + "#id_agreed",
    ):
        assert f'href="{href}"' in page
    assert "Dana Quill could be hurt" in page


def test_each_link_leads_to_a_field_that_is_there(client, case, plan):
    gaps = see(client, case.officer, "write-plan", case).context["desk"]

    for gap in [*gaps.gaps, *gaps.warnings]:
        address, _, field = gap.href.partition("#")
        assert f'id="{field}' in words(client.get(address)), gap


def test_a_protected_name_is_kept_from_those_who_may_not_see_it(client, case):
    signed_plan(case)

    page = words(see(client, UserFactory(role=Role.QUALITY), "plan", case))

    assert "Dana" not in page
    assert "Stay away from her street" in page


# Objectives


def step_fields(n=0, **given):
    known = {
        "what": "Keep a drink diary",
        "by_on": say_date(localdate() + timedelta(days=28)),
        "actor": "person",
        "nature": "constructive",
        "sharing": "yes",
    }
    return {f"new-{n}-{name}": value for name, value in (known | given).items()}


def test_an_objective_is_written_with_its_steps_in_one_page(client, case, plan):
    victim = case.potential_victims.get()
    page = see(client, case.officer, "add-objective", case, about="need:alcohol")

    written = {"what": "Drink less, and not at home.", "about": ["harm:known_adult"]}
    protects = step_fields(1, what="Stay away", nature="restrictive", protects=victim.pk)
    sent = fields_of(page) | written | step_fields(0) | protects
    done = post(client, case, "add-objective", query="?about=need:alcohol", **sent)

    made = plan.objectives.get()
    assert (made.area, made.about) == ("alcohol", ["harm:known_adult", "need:alcohol"])
    assert made.steps.count() == 2
    assert "The objective is in the plan." in words(done)
    assert "Alcohol is a high priority" not in words(done)


def test_a_suggestion_may_be_begun_from_and_is_the_officers_to_edit(client, case, plan):
    page = see(client, case.officer, "add-objective", case, about="need:alcohol")
    begun = client.get(page.context["suggestions"][0].href)

    assert begun.context["form"]["what"].value().startswith("Drinks less")
    assert begun.context["form"]["new-0-what"].value().startswith("Keep a drink diary")


def test_what_is_missing_of_a_step_is_said_and_what_was_typed_is_kept(client, case, plan):
    done = post(
        client, case, "add-objective", what="Drink less", sharing="yes",
        **(step_fields(0) | {"new-0-by_on": ""}),
    )  # fmt: skip

    assert "Say by when this step is done" in words(done)
    assert "Keep a drink diary" in words(done)
    assert not plan.objectives.exists()


def test_an_objective_is_changed_a_step_taken_out_and_the_rest_left(client, case, plan):
    made, _ = objective(plan, today=localdate())
    first, second = made.steps.order_by("pk")
    page = see(client, case.officer, "change-objective", case, made.pk)

    post(
        client, case, "change-objective", made.pk,
        **(fields_of(page) | {"what": "Stop drinking at home", f"step-{first.pk}-out": "on"}),
    )  # fmt: skip

    made.refresh_from_db()
    assert (made.what, list(made.steps.all())) == ("Stop drinking at home", [second])


def test_what_is_said_under_more_of_a_step_or_is_to_be_put_right_there_is_not_folded_away(
    client, case, plan
):
    made, _ = objective(plan, today=localdate())
    first, _ = made.steps.order_by("pk")
    first.by_whom, first.agency = "", None
    first.save()

    def is_open(page):
        found = {title: is_open for title, _, _, is_open, _ in page.context["form"].rows()}
        assert page.content.decode().count('<details class="govuk-details" open>') == sum(found.values())  # fmt: skip
        return found["Step 1"]

    page = see(client, case.officer, "change-objective", case, made.pk)
    assert not is_open(page)
    sent = fields_of(page) | {f"step-{first.pk}-by_whom": "J" * 300}
    assert is_open(post(client, case, "change-objective", made.pk, **sent))

    first.by_whom = "Jo Hale"
    first.save()
    assert is_open(see(client, case.officer, "change-objective", case, made.pk))


def test_what_another_changed_meanwhile_is_shown_and_mine_is_kept(client, case, plan):
    made, _ = objective(plan, today=localdate())
    sent = fields_of(see(client, case.officer, "change-objective", case, made.pk))
    post(client, case, "change-objective", made.pk, **(sent | {"what": "Theirs"}))

    clash = post(client, case, "change-objective", made.pk, **(sent | {"what": "Mine"}))
    again = fields_of(clash)
    post(client, case, "change-objective", made.pk, **again)

    assert "Theirs" in words(clash)
    assert again["what"] == "Mine"
    made.refresh_from_db()
    assert made.what == "Mine"


def test_an_objective_is_taken_out_with_a_button(client, case, plan):
    made, _ = objective(plan, today=localdate())

    see(client, case.officer, "remove-objective", case, made.pk)
    there = plan.objectives.exists()
    post(client, case, "remove-objective", made.pk)

    assert there
    assert not plan.objectives.exists()


def test_an_objective_of_another_case_is_not_there(client, case, plan):
    other = ObjectiveFactory()

    client.force_login(case.officer)
    for name in ("change-objective", "give-up-objective", "remove-objective"):
        assert client.get(reverse(name, args=[case.crn, other.pk])).status_code == 404


# The other sections


def test_contact_begins_with_what_the_grid_says(client, case, plan):
    page = see(client, case.officer, "plan-part", case, "contact")

    assert page.context["form"]["contact-level"].value() == "weekly"


def test_not_known_is_linked_to_an_enquiry_that_is_open(client, case, plan):
    enquiry = EnquiryFactory(case=case, sent=True)
    page = see(client, case.officer, "plan-part", case, "family")

    done = post(
        client, case, "plan-part", "family",
        **(fields_of(page) | {"children-answer": "unknown", "children-enquiry": enquiry.pk}),
    )  # fmt: skip

    plan.refresh_from_db()
    assert plan.answers["children.enquiry"] == str(enquiry.pk)
    assert "on children stands alone" not in words(done)


def test_a_part_there_is_not_is_not_found(client, case, plan):
    client.force_login(case.officer)

    assert client.get(reverse("plan-part", args=[case.crn, "nonsense"])).status_code == 404


def test_a_contingency_is_written_changed_and_taken_out(client, case, plan):
    post(client, case, "add-contingency", **a_plan.CONTINGENCY)
    one = plan.contingencies.get()
    page = see(client, case.officer, "change-contingency", case, one.pk)
    shown = words(
        post(
            client,
            case,
            "change-contingency",
            one.pk,
            **(fields_of(page) | {"by_when": "Within an hour"}),
        )
    )
    post(client, case, "remove-contingency", one.pk)

    assert "within an hour" in shown
    assert not plan.contingencies.exists()


def test_requirements_are_delivered_by_a_route_on_one_page(client, case, plan):
    page = see(client, case.officer, "plan-requirements", case)
    prefix = f"requirement-{plan.deliveries.get().requirement_id}"

    done = post(
        client, case, "plan-requirements",
        **(fields_of(page) | {f"{prefix}-route": "group", f"{prefix}-how": "Thinking skills",
                              f"{prefix}-arranged_on": "today"}),
    )  # fmt: skip

    delivery = plan.deliveries.get()
    assert (delivery.route, delivery.arranged_on) == ("group", localdate())
    assert "no way to deliver it" not in words(done)


def test_a_requirement_that_another_changed_is_shown_and_not_overwritten(client, case, plan):
    sent = fields_of(see(client, case.officer, "plan-requirements", case))
    prefix = f"requirement-{plan.deliveries.get().requirement_id}"
    theirs = {f"{prefix}-route": "group", f"{prefix}-how": "Thinking skills"}
    mine = {f"{prefix}-route": "one_to_one", f"{prefix}-how": "Six sessions"}
    post(client, case, "plan-requirements", **(sent | theirs))

    clash = post(client, case, "plan-requirements", **(sent | mine))

    assert "Thinking skills" in words(clash)
    assert plan.deliveries.get().route == "group"


def test_that_they_do_not_agree_is_recorded_in_their_words(client, case, plan):
    post(client, case, "plan-agreement", agreed="no", why_not="“It is too far.”", on="today")

    plan.refresh_from_db()
    assert (plan.agreed, plan.agreed_because) == ("no", "“It is too far.”")


# Signing


def test_what_is_shut_may_be_asked_about_but_not_the_protection_of_somebody_named(
    client, case, plan
):
    page = see(client, case.officer, "sign-plan", case)

    asks = {one.gap.sentence: one.ask for one in page.context["gates"].shut}
    assert [bool(ask) for sentence, ask in asks.items() if "Dana" in sentence] == [False]
    assert "act=plan&gap=contingency" in [ask for s, ask in asks.items() if "things change" in s][0]
    assert "Go back to the plan" in words(page)
    assert "What happens next" not in words(page)


def test_a_plan_is_signed_with_a_sentence_for_each_warning(client, case):
    plan = ready_plan(case, localdate())
    answer(plan, localdate(), **{"contact.level": "monthly"})
    agree(plan, localdate())
    page = see(client, case.officer, "sign-plan", case)

    refused = words(post(client, case, "sign-plan", **fields_of(page)))
    done = words(
        post(client, case, "sign-plan", **fields_of(page), **{"said-contact": "He works away."})
    )

    assert "Say in a sentence of your own" in refused
    assert "The plan is signed and in force" in done
    plan.refresh_from_db()
    assert plan.state == PlanState.SIGNED


def test_nobody_signs_what_has_changed_since_they_read_it(client, case):
    plan = ready_plan(case, localdate())
    sent = fields_of(see(client, case.officer, "sign-plan", case))
    answer(plan, localdate(), **{"person.words": "Something else."})

    page = post(client, case, "sign-plan", **sent)

    assert "has changed since you opened this page" in words(page)
    plan.refresh_from_db()
    assert plan.state == PlanState.DRAFT


def test_a_gate_that_is_shut_refuses_in_the_words_of_the_list(client, case, plan):
    sent = fields_of(see(client, case.officer, "sign-plan", case))

    page = post(client, case, "sign-plan", **sent, **{"said-agreement": "Seen on Friday."})

    assert "The plan does not say what happens if things change" in words(page)
    plan.refresh_from_db()
    assert plan.state == PlanState.DRAFT


# The plan in force


def test_the_plan_in_force_leads_from_each_risk_to_what_is_done_about_it(client, case):
    plan = signed_plan(case, localdate(), now())
    PlanActionFactory(case=case, what="Ring the school")
    case.assessments.update(answers=a_plan.ASSESSED | {"drugs.harm": "yes"})

    page = see(client, case.officer, "plan", case)

    trail = page.context["trail"]
    assert {one.what: bool(one.objectives) for one in trail.followed} == {
        "Risk of harm to a known adult": True,
        "Drugs": False,
        "Alcohol": True,
    }
    assert trail.orphans == ["Ring the school"]
    assert reverse(
        "finish-action", args=[case.crn, plan.objectives.get().steps.first().pk]
    ) in words(page)


def test_an_objective_is_given_up_with_why(client, case):
    case.potential_victims.all().delete()
    plan = signed_plan(case, localdate(), now())
    one = plan.objectives.get()

    page = post(client, case, "give-up-objective", one.pk, because="He no longer drinks.")

    assert "Given up" in words(page)
    assert "He no longer drinks." in words(page)


def test_two_versions_stand_side_by_side_the_older_first(client, case):
    former = PlanFactory(case=case, signed=True, state="replaced")
    ContingencyFactory(plan=former)
    later = signed_plan(case, localdate(), now())

    page = see(client, case.officer, "compare-plans", case, later.pk, former.pk)

    rows = {one.what: one for one in page.context["rows"]}
    assert rows["What happens if"].same
    assert (rows["Objectives"].one, bool(rows["Objectives"].other)) == ([], True)
    assert reverse("compare-plans", args=[case.crn, former.pk, later.pk]) in words(
        see(client, case.officer, "plan", case)
    )


def test_a_plan_of_another_case_is_not_there(client, case):
    other = PlanFactory()

    client.force_login(case.officer)
    assert client.get(reverse("see-plan", args=[case.crn, other.pk])).status_code == 404


def test_the_plan_being_written_is_given_up_and_the_page_says_what_holds(client, case, plan):
    page = post(client, case, "drop-plan")

    plan.refresh_from_db()
    assert plan.state == PlanState.DROPPED
    assert "It is given up" in words(page)


@pytest.mark.parametrize("name", ["plan", "write-plan", "sign-plan"])
def test_its_pages_take_as_many_statements_for_sixty_objectives_as_for_five(client, case, name):
    state = {"signed": True} if name == "plan" else {}
    plan = PlanFactory(case=case, **state)

    def cost(number):
        for n in range(number):
            one = ObjectiveFactory(plan=plan, place=n, about=["harm:public"])
            victim = case.potential_victims.get()
            PlanActionFactory(
                case=case, objective=one, in_draft=not state, protects=victim, nature="restrictive",
                enquiry=EnquiryFactory(case=case, analysed=True), actor="officer",
            )  # fmt: skip
            ContingencyFactory(plan=plan)
        see(client, case.officer, name, case)
        with CaptureQueriesContext(connection) as found:
            assert see(client, case.officer, name, case).status_code == 200
        return len(found)

    assert cost(5) == cost(55)


def test_a_step_said_to_be_done_leads_back_to_the_plan(client, case):
    plan = signed_plan(case, localdate(), now())
    step = plan.objectives.get().steps.order_by("pk").first()

    page = post(client, case, "finish-action", step.pk, note="He kept it, and brought it.")

    assert page.redirect_chain[-1][0] == reverse("plan", args=[case.crn])
    assert "He kept it, and brought it." in words(page)


@pytest.mark.parametrize(
    ("kind", "page"),
    [
        ("make_plan", "write-plan"),
        ("assess_after_raise", "assessment"),
        ("put_assessment_right", "assess"),
        ("countersign_assessment", "countersign-assessment"),
    ],
)
def test_what_is_owed_leads_to_the_page_where_it_is_done(client, case, kind, page):
    DeadlineFactory(case=case, kind=kind)
    senior = UserFactory(role=Role.SPO, team=case.team)

    shown = words(see(client, senior, "case", case))

    assert f'href="{reverse(page, args=[case.crn])}"' in shown


def test_what_is_still_being_written_is_on_no_page_of_what_is_in_the_plan(client, case):
    ready_plan(case, localdate())

    assert "Keep a drink diary" not in words(see(client, case.officer, "case-checks", case))
    signed_plan(case, localdate(), now())
    assert "Keep a drink diary" in words(see(client, case.officer, "case-checks", case))
