"""Pages of the resettlement plan: from its beginning to the officer who reads what it says of risk."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate
from pypdf import PdfReader

from staff.permissions import Role
from tests.cases.views.a_case import words
from tests.factories import CustodyFactory, ResettlementPlanFactory, UserFactory
from tests.ttg.a_plan import make_whole
from tests.ttg.a_release import worker_on
from ttg.models import ResettlementPlan, RiskItem
from ttg.reference.custody import PlanState

pytestmark = pytest.mark.django_db
HURT = {"said": "yes", "words": "Cut his arm in August", "does": "Seen each Monday by the nurse"}
SECRET = {"said": "yes", "words": "Hit by Vanessa at home", "does": "The women’s service sees her"}


@pytest.fixture
def stay():
    today = localdate()
    return CustodyFactory(received_on=today - timedelta(20), release_on=today + timedelta(40))


@pytest.fixture
def worker(stay):
    return worker_on(stay)


def see(client, user, name, stay, *beside):
    client.force_login(user)
    return client.get(reverse(name, args=[stay.case.crn, *beside]))


def send(client, user, name, stay, *beside, **data):
    client.force_login(user)
    return client.post(reverse(name, args=[stay.case.crn, *beside]), data, follow=True)


def signed(stay, **given):
    plan = ResettlementPlanFactory(custody=stay)
    make_whole(plan, localdate(), **given)
    return plan


def sign(client, user, stay):
    page = see(client, user, "sign-resettlement-plan", stay)
    form = page.context["form"]
    hidden = {name: form.initial.get(name, field.initial) or "" for name, field in form.fields.items()}  # fmt: skip
    stands = {field.html_name: field.value() or "" for field in form.hidden_fields()}
    return send(client, user, "sign-resettlement-plan", stay, **(hidden | stands))


def test_the_worker_begins_answers_a_part_and_is_led_to_the_next(client, stay, worker):
    page = send(client, worker, "begin-resettlement-plan", stay)
    assert "Begun" in words(page)
    part = see(client, worker, "write-resettlement-plan", stay, "money")
    assert part.status_code == 200
    field = next(name for name in part.context["form"].fields if name.endswith("bank"))

    after = send(client, worker, "write-resettlement-plan", stay, "money", **{field: "no"})

    plan = ResettlementPlan.objects.get(custody=stay)
    assert plan.answers["money.bank"]["said"] == "no"
    assert "saved" in words(after)


def test_what_is_still_to_do_is_said_from_the_first_minute_and_refuses_the_signature(
    client, stay, worker
):
    ResettlementPlanFactory(custody=stay)

    page = words(see(client, worker, "resettlement-plan", stay))
    refused = sign(client, worker, stay)

    assert "They have not been asked whether they agree" in page
    assert "They have not been asked whether they agree" in words(refused)
    assert ResettlementPlan.objects.get().state == PlanState.DRAFT


def test_a_signed_plan_asks_the_officer_about_each_risk_and_keeps_its_words(client, stay, worker):
    plan = signed(stay, health__self_harm=HURT)
    assert "Signed" in words(sign(client, worker, stay))
    item = RiskItem.objects.get(plan=plan)
    listed = words(see(client, stay.case.officer, "risk-items", stay))
    assert "Cut his arm in August" in listed

    done = send(client, stay.case.officer, "answer-risk-item", stay, item.pk, answer="amended", amended="He has been well since September; the nurse goes on.")  # fmt: skip

    item.refresh_from_db()
    assert "It is recorded" in words(done)
    assert item.answer == "amended"
    assert "Cut his arm" in item.words


def test_a_worker_reads_the_risks_and_only_the_officer_answers_them(client, stay, worker):
    signed(stay, health__self_harm=HURT)
    sign(client, worker, stay)
    item = RiskItem.objects.get()

    assert see(client, worker, "risk-items", stay).status_code == 200
    assert see(client, worker, "answer-risk-item", stay, item.pk).status_code in (403, 404)


def test_what_is_kept_to_those_who_work_on_the_case_is_shown_to_no_other_reader(
    client, stay, worker
):
    plan = signed(stay, family__abused=SECRET)
    sign(client, worker, stay)
    hub = UserFactory(role=Role.HUB)

    for name, beside in (("see-resettlement-plan", [plan.pk]), ("risk-items", [])):
        assert "Vanessa" in words(see(client, worker, name, stay, *beside))
        assert "Vanessa" not in words(see(client, hub, name, stay, *beside))


def test_the_persons_copy_prints_whatever_is_missing_and_says_nothing_of_risk(client, stay, worker):
    plan = ResettlementPlanFactory(custody=stay)
    first = see(client, worker, "resettlement-plan-copy-pdf", stay)
    make_whole(plan, localdate(), health__self_harm=HURT, family__abused=SECRET)
    second = see(client, worker, "resettlement-plan-copy-pdf", stay)

    texts = [
        "".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)
        for answer in (first, second)
    ]
    assert all(stay.case.crn in text for text in texts)
    assert "daughter at Christmas" in texts[1]
    assert "Cut his arm" not in texts[1]
    assert "Vanessa" not in texts[1]
    page = words(see(client, worker, "resettlement-plan-copy", stay))
    assert "daughter at Christmas" in page


def test_with_no_plan_each_page_says_so_and_leads_back(client, stay, worker):
    for name in ("sign-resettlement-plan", "their-view", "resettlement-plan-copy"):
        answer = see(client, worker, name, stay)
        assert (answer.status_code, answer.url) == (302, reverse("resettlement-plan", args=[stay.case.crn]))  # fmt: skip
    assert see(client, worker, "write-resettlement-plan", stay, "money").status_code == 302
    assert see(client, worker, "write-resettlement-plan", stay, "nothing").status_code == 404
    assert see(client, worker, "see-resettlement-plan", stay, 999).status_code == 404
    assert see(client, stay.case.officer, "answer-risk-item", stay, 999).status_code == 404


def test_their_own_words_are_kept_and_a_refusal_with_its_reason(client, stay, worker):
    plan = ResettlementPlanFactory(custody=stay)
    form = see(client, worker, "their-view", stay).context["form"]
    data = {field.html_name: field.value() for field in form.hidden_fields()}
    data |= {"own_words": "A room of my own.", "strengths": "Cooks", "agreed": "refused", "agreed_because": "He was not asked about his mother"}  # fmt: skip

    page = send(client, worker, "their-view", stay, **data)

    plan.refresh_from_db()
    assert "saved" in words(page)
    assert (plan.own_words, plan.agreed) == ("A room of my own.", "refused")


def test_the_page_takes_as_many_statements_with_one_version_as_with_ten(client, stay, worker):
    def statements():
        client.force_login(worker)
        address = reverse("resettlement-plan", args=[stay.case.crn])
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        return len(asked)

    ResettlementPlanFactory(custody=stay, state="replaced", signed_at="2018-10-01T09:00Z", signed_by=worker)  # fmt: skip
    few = statements()
    for _ in range(9):
        ResettlementPlanFactory(custody=stay, state="replaced", signed_at="2018-10-01T09:00Z", signed_by=worker)  # fmt: skip
    assert statements() == few


def test_a_draft_is_given_up_once_that_is_confirmed(client, stay, worker):
    ResettlementPlanFactory(custody=stay)

    page = words(see(client, worker, "give-up-resettlement-plan", stay))
    assert "kept in its history" in page
    assert stay.plans.exists()

    done = words(send(client, worker, "give-up-resettlement-plan", stay))
    assert "is given up" in done
    assert not stay.plans.exists()
    assert "No resettlement plan is being written" in words(send(client, worker, "give-up-resettlement-plan", stay))  # fmt: skip
