"""The API: the same services, permissions and audit as the pages; refusals as problem details."""

import json
from datetime import date
from inspect import getdoc

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils.timezone import localdate

from cases.api.base import CaseAPI, StaffAPI
from cases.models import Enquiry, Limit, Message
from cases.reference.codes import Place
from staff.models import Entry
from staff.permissions import Role
from tests.factories import (
    AgencyFactory,
    CaseFactory,
    DocumentFactory,
    EnquiryFactory,
    RelatedPersonFactory,
    StandingFactory,
    SubjectFactory,
    TeamFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
PROBLEM = "application/problem+json"
COMMON = tuple(getdoc(one).partition("\n")[0] for one in (StaffAPI, CaseAPI))
OPEN = {
    "kind": "police",
    "because": "start",
    "subjects": [{"kind": "person", "name": "Alex Marsh"}],
}


def today():
    return localdate().isoformat()


@pytest.fixture
def officer(client):
    user = UserFactory()
    client.force_login(user)
    return user


@pytest.fixture
def case(officer):
    return CaseFactory(officer=officer, team=officer.team)


def post(client, name, case, body, **more):
    address = reverse(name, kwargs={"crn": case.crn} | more)
    return client.post(address, body, content_type="application/json")


def test_an_enquiry_goes_from_opened_to_analysed(client, case):
    opened = post(client, "api-enquiries", case, OPEN)
    [enquiry] = opened.json()
    pk, subject = enquiry["id"], enquiry["subjects"][0]["id"]
    answers = [{"subject": subject, "reply": "no_trace"}]
    steps = [
        post(client, "api-send-check", case, {"asked_of": "Thames Valley Police", "on": today()}, pk=pk),
        post(client, "api-chase-check", case, {"note": "Rang."}, pk=pk),
        post(
            client, "api-reply-check", case,
            {"answers": answers, "text": "Nothing held.", "on": today()}, pk=pk,
        ),
        post(
            client, "api-analyse-check", case,
            {"changes": ["nothing"], "analysis": "Still assume the worst of him."}, pk=pk,
        ),
    ]  # fmt: skip

    assert opened.status_code == 201
    assert [answer.status_code for answer in steps] == [200, 200, 200, 200]
    assert steps[-1].json()["state"] == Enquiry.objects.get(pk=pk).state == "analysed"
    assert steps[-1].json()["changes"] == ["nothing"]


@pytest.mark.parametrize(
    "changes, status, kept",
    [
        (["plan", "risk"], 200, ["risk", "plan"]),
        (["contact", "contact"], 200, ["contact"]),
        (["risk", "nothing"], 422, []),
        ([], 400, []),
        (["weather"], 400, []),
    ],
)
def test_a_reply_is_analysed_with_all_that_it_changes(client, case, changes, status, kept):
    enquiry = EnquiryFactory(case=case, replied=True)
    step = {"what": "Meet the school", "by_whom": "Sam Field", "by_on": today()}
    body = {"changes": changes, "analysis": "Worse than we thought.", "actions": [step]}

    answer = post(client, "api-analyse-check", case, body, pk=enquiry.pk)

    assert answer.status_code == status
    assert Enquiry.objects.get(pk=enquiry.pk).all_changes == kept
    assert status != 200 or answer.json()["changes"] == kept


def test_a_step_out_of_turn_is_refused_with_the_words_of_the_page(client, case):
    pk = post(client, "api-enquiries", case, OPEN).json()[0]["id"]

    answer = post(
        client, "api-analyse-check", case, {"changes": ["nothing"], "analysis": "Too soon."}, pk=pk
    )

    assert answer.status_code == 422
    assert answer["Content-Type"] == PROBLEM
    assert "cannot become" in answer.json()["detail"]


def test_what_cannot_be_read_is_named_field_by_field(client, case):
    answer = post(client, "api-enquiries", case, {"kind": "horoscope", "subjects": []})

    assert answer.status_code == 400
    assert answer["Content-Type"] == PROBLEM
    assert set(answer.json()["errors"]) == {"kind", "because", "subjects"}


def test_a_broken_body_is_a_problem_and_not_a_fault(client, case):
    answer = client.post(
        reverse("api-enquiries", args=[case.crn]), "{", content_type="application/json"
    )

    assert answer.status_code == 400
    assert answer["Content-Type"] == PROBLEM


def test_an_enquiry_of_another_case_is_not_found(client, officer, case):
    other = post(client, "api-enquiries", CaseFactory(officer=officer), OPEN).json()[0]["id"]

    answer = post(client, "api-chase-check", case, {"note": ""}, pk=other)

    assert answer.status_code == 404


def test_a_protected_name_is_left_out(client, case):
    enquiry = Enquiry.objects.get(pk=post(client, "api-enquiries", case, OPEN).json()[0]["id"])
    SubjectFactory(enquiry=enquiry, kind="partner", name="Robin Vale", protected=True)

    answer = client.get(reverse("api-enquiries", args=[case.crn]))

    assert "Robin Vale" not in answer.content.decode()


def test_the_list_is_in_reach_by_name_with_limited_access_masked(client):
    team = TeamFactory()
    client.force_login(UserFactory(team=team))
    shown = StandingFactory(
        case=CaseFactory(team=team, sort_name="b"), place=Place.GROUP, group="L0", needs=""
    ).case
    kept = CaseFactory(team=team, surname="Hidden")
    Limit.objects.create(case=kept, restricted=True, message="Kept.", ask="Pat Lane")
    CaseFactory()

    answer = client.get(reverse("api-cases")).json()

    assert [row["crn"] for row in answer["results"]] == [shown.crn]
    assert answer["results"][0]["standing"]["group"] == "L0"
    assert answer["limited_access"] == [{"crn": kept.crn, "message": "Kept.", "ask": "Pat Lane"}]


def test_a_kept_case_answers_403_with_whom_to_ask(client, officer, case):
    Limit.objects.create(case=case, restricted=True, message="Kept.", ask="Pat Lane")

    answer = client.get(reverse("api-case", args=[case.crn]))

    assert answer.status_code == 403
    assert answer["Content-Type"] == PROBLEM
    assert answer.json()["detail"] == "Kept. Ask Pat Lane."


def test_every_view_and_refusal_is_in_the_audit_trail(client, officer, case):
    client.get(reverse("api-case", args=[case.crn]))
    client.get(reverse("api-case", args=["X999999"]))

    trail = Entry.objects.filter(by=officer, action="view_case").values_list("crn", "refused")
    assert set(trail) == {(case.crn, False), ("X999999", True)}


def test_a_service_token_opens_what_its_account_may_and_can_be_taken_back(client, capsys):
    account = UserFactory(role=Role.HUB)
    case = CaseFactory()
    call_command("issue_token", account.username)
    token = capsys.readouterr().out.strip()
    header = {"HTTP_AUTHORIZATION": f"Token {token}"}
    address = reverse("api-case", args=[case.crn])

    opened = client.get(address, **header)
    call_command("issue_token", account.username, "--revoke")
    refused = client.get(address, **header)

    assert opened.json()["crn"] == case.crn
    assert refused.status_code == 401


def test_the_schema_is_served_and_names_every_endpoint(client, officer):
    answer = client.get(reverse("api-schema"))

    text = answer.content.decode()
    assert answer.status_code == 200
    for operation in ("list_cases", "read_case", "open_enquiry", "analyse_enquiry", "list_flags",
                      "list_placements", "judge_placement"):  # fmt: skip
        assert f"operationId: {operation}" in text


def test_the_schema_says_of_every_endpoint_what_it_takes_and_gives(tmp_path):
    written, given = tmp_path / "schema.json", {"validate": True, "fail_on_warn": True}

    call_command("spectacular", file=written, format="openapi-json", **given)

    operations = [
        one for path in json.loads(written.read_text())["paths"].values() for one in path.values()
    ]
    assert len(operations) > 400
    for one in operations:  # each says what it does, and not what all endpoints have in common
        assert one["description"], one["operationId"]
        assert not one["description"].startswith(COMMON), one["operationId"]


def test_a_page_of_the_list_takes_a_fixed_number_of_statements(
    client, django_assert_num_queries, django_assert_max_num_queries
):
    client.force_login(UserFactory(role=Role.HUB))
    for _ in range(5):
        StandingFactory()
    with django_assert_max_num_queries(8) as at_five:
        client.get(reverse("api-cases"))

    for _ in range(55):
        StandingFactory()
    with django_assert_num_queries(len(at_five)):
        client.get(reverse("api-cases"))


def test_a_reply_says_whom_it_covers_and_whom_it_does_not(client, case):
    RelatedPersonFactory(case=case, name="Jo Marsh", born_on=date(2014, 1, 2))
    RelatedPersonFactory(case=case, name="Robin Kept", protected=True)
    enquiry = EnquiryFactory(case=case, kind="children", replied=True)
    SubjectFactory(enquiry=enquiry, name=case.name, born_on=case.born_on)

    [answer] = client.get(reverse("api-enquiries", args=[case.crn])).json()

    assert answer["covers"].startswith(f"No trace on 1 October 2018 for {case.name}, asked of")
    assert "Jo Marsh (child, born 2 January 2014)" in answer["does_not_cover"]
    assert "child (name protected)" in answer["does_not_cover"]


def test_an_action_is_added_and_said_to_be_done(client, case):
    body = {"what": "Visit", "by_whom": "Sam Field", "by_on": today()}

    made = post(client, "api-actions", case, body)
    done = post(client, "api-finish-action", case, {"note": "Visited."}, action=made.json()["id"])

    assert made.status_code == 201
    assert done.json()["done_on"] == today()
    assert client.get(reverse("api-actions", args=[case.crn])).json() == [done.json()]


def test_the_documents_of_a_case_are_listed_without_their_bytes(client, case):
    document = DocumentFactory(case=case)

    [found] = client.get(reverse("api-documents", args=[case.crn])).json()

    assert (found["id"], found["sha256"]) == (document.pk, document.sha256)
    assert "content" not in found


def test_an_interim_plan_is_written_and_answered(client, case):
    post(client, "api-enquiries", case, OPEN)
    StandingFactory(case=case, concern=True)
    plan = {
        "worst_case": "He still goes there.",
        "who_is_protected": "Her and the children.",
        "what_we_do": "Seen weekly.",
        "expires_on": today(),
    }

    made = post(client, "api-interim-plans", case, plan)
    client.force_login(UserFactory(role=Role.SPO, team=case.team))
    answered = post(
        client, "api-answer-interim-plan", case, {"agree": True}, plan=made.json()["id"]
    )
    listed = client.get(reverse("api-interim-plans", args=[case.crn])).json()

    assert (made.status_code, made.json()["agreement"]) == (201, "asked")
    assert answered.json()["agreement"] == listed[0]["agreement"] == "agreed"
    assert listed[0]["worst_case"] == plan["worst_case"]


def test_a_plan_that_says_nothing_is_refused_in_the_words_of_the_page(client, case):
    post(client, "api-enquiries", case, OPEN)

    answer = post(
        client,
        "api-interim-plans",
        case,
        {
            "worst_case": "n/a",
            "who_is_protected": "Her.",
            "what_we_do": "Seen.",
            "expires_on": today(),
        },
    )

    assert answer.status_code == 422
    assert answer.json()["detail"] == "Say what you assume until they answer."


def test_a_flag_is_raised_and_listed(client, case):
    body = {"kind": "flag", "value": "ADVP", "because": "She said so."}

    made = post(client, "api-raises", case, body)
    listed = client.get(reverse("api-raises", args=[case.crn])).json()

    assert made.status_code == 201
    assert [(one["value"], one["because"], one["assessed_on"]) for one in listed] == [
        ("ADVP", "She said so.", None)
    ]
    assert case.registrations.get().provisional


def test_what_is_no_code_of_its_kind_is_not_raised(client, case):
    body = {"kind": "risk", "value": "ADVP", "because": "She said so."}

    answer = post(client, "api-raises", case, body)

    assert answer.status_code == 400
    assert set(answer.json()["errors"]) == {"value"}


def test_the_request_of_an_enquiry_is_sent_as_the_book_says(client, case):
    agency = AgencyFactory()
    pk = post(client, "api-enquiries", case, OPEN).json()[0]["id"]
    Enquiry.objects.filter(pk=pk).update(agency=agency)

    refused = post(client, "api-send-request", case, {"told_person": False}, pk=pk)
    sent = post(client, "api-send-request", case, {"told_person": True}, pk=pk)

    assert (refused.status_code, sent.status_code) == (422, 200)
    assert "Say why the person on probation was not told" in refused.json()["detail"]
    assert sent.json()["asked_of"] == agency.name
    assert Message.objects.get().agency == agency


def test_the_agency_book_is_listed_without_those_taken_out(client, officer):
    agency = AgencyFactory(areas=["RG1"])
    AgencyFactory(ended_on="2018-01-01")

    answer = client.get(reverse("api-agencies")).json()

    assert [(row["id"], row["areas"]) for row in answer] == [(agency.pk, ["RG1"])]
