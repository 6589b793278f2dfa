import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.models import Override
from cases.reference.codes import Capacity
from cases.rules.answering import field_name
from staff.permissions import Role
from staff.rules.dates import say_date
from tests.cases.views.a_case import see, words
from tests.factories import (
    AssignmentFactory,
    CaseFactory,
    EnquiryFactory,
    OverrideFactory,
    RegistrationFactory,
    RelatedPersonFactory,
    UserFactory,
    WorkFactory,
    WorkRiskFactory,
)
from tests.unpaidwork.a_risk import answers_for, signed_risk
from unpaidwork.models import WorkRisk
from unpaidwork.reference.risk_questions import RiskPart
from unpaidwork.services.risk import answer_risk, begin_risk

pytestmark = pytest.mark.django_db
VIOLENCE = "harm.violence"
HARM = {"risk_part": RiskPart.HARM.value}
OVERRIDE = {
    "unknown": "Whether there were call-outs.",
    "read_and_asked": "The record; rang the police desk today.",
    "why_safer": "The charity closes on Friday and he has nothing else to do.",
    "who_is_protected": "The other volunteers: two supervisors that day.",
    "who_was_told": "The supervisor, today.",
    "what_closes_it": "The reply of the police.",
}


@pytest.fixture
def case():
    """A man with unpaid work to be done."""
    return WorkFactory(case_of=CaseFactory(sex="M")).case


@pytest.fixture
def officer(client, case):
    client.force_login(case.officer)
    return case.officer


@pytest.fixture
def draft(case):
    return begin_risk(case=case, by=case.officer, today=localdate())


def read(client, name, case, **more):
    answer = client.get(reverse(name, kwargs={"crn": case.crn, **more}))
    assert answer.status_code == 200
    return words(answer)


def drawn(client, case, part=RiskPart.HARM):
    """The hidden marks of what stood when the page was drawn, with what the form would send."""
    page = client.get(reverse("work-risk-part", args=[case.crn, part.value])).content.decode()
    seen = re.search(r'name="seen" value="([^"]*)"', page).group(1)
    return {"seen": seen.replace("&quot;", '"')}


def send(client, case, data, part=RiskPart.HARM):
    return client.post(reverse("work-risk-part", args=[case.crn, part.value]), data, follow=True)


# What stands before an allocation


def test_from_the_first_minute_the_page_says_what_stands_before_an_allocation(
    client, case, officer
):
    page = read(client, "work-risk", case)

    assert "2 things still to do before you can allocate them to work" in page
    assert "No risk assessment for unpaid work is signed." in page
    assert "Police: nobody has asked." in page
    assert "An induction may be booked and held while any of this is still to do." in page
    assert "Begin the risk assessment" in page


def test_once_all_is_there_the_page_says_that_nothing_stands_in_the_way(client, case, officer):
    EnquiryFactory(case=case, analysed=True)
    signed_risk(case, localdate())

    page = read(client, "work-risk", case)

    assert "Nothing stands in the way: you can allocate them to work" in page
    assert "Signed by" in page
    assert "Ask to go ahead" not in page


def test_a_coordinator_reads_it_and_writes_nothing_in_it(client, case, draft):
    page = words(see(client, UserFactory(role=Role.COORDINATOR), "work-risk", case))

    assert "No risk assessment for unpaid work is signed." in page
    assert "See it as it stands" in page
    for words_of_a_writer in ("Check it and sign", "Ask to go ahead", "Give it up"):
        assert words_of_a_writer not in page


def test_a_supervisor_opens_none_of_it(client, case):
    supervisor = UserFactory(role=Role.SUPERVISOR)
    AssignmentFactory(case=case, user=supervisor, capacity=Capacity.UNPAID_WORK)
    client.force_login(supervisor)

    assert client.get(reverse("work-risk", args=[case.crn])).status_code == 403


# Writing it


def test_begun_it_lists_its_parts_with_what_is_left_of_each(client, case, officer):
    page = words(client.post(reverse("begin-work-risk", args=[case.crn]), follow=True))

    assert "Begun. What the record knows is filled in for you to confirm." in page
    assert "15 questions still to do" in page
    assert RiskPart.MOTIVATION.title in page
    assert RiskPart.NPS.title not in page


def test_what_the_nps_officer_told_us_is_asked_of_those_the_nps_manages(client, case, officer):
    case.retained_by = "Bridget Cavanagh"
    case.save()
    begin_risk(case=case, by=officer, today=localdate())

    page = read(client, "work-risk-part", case, risk_part=RiskPart.NPS.value)

    assert "Has their NPS officer told us what they know of the risk?" in page


def test_there_is_no_part_of_the_nps_for_anybody_else(client, case, officer, draft):
    address = reverse("work-risk-part", args=[case.crn, RiskPart.NPS.value])

    assert client.get(address).status_code == 404


def test_a_question_says_why_it_is_asked_and_what_the_record_shows(client, case, officer):
    RegistrationFactory(case=case, type_code="ARSO", started_on=localdate())
    begin_risk(case=case, by=officer, today=localdate())

    page = read(client, "work-risk-part", case, **HARM)

    assert "Decides which tools they may be given" in page
    assert "On the register: Registered sex offender" in page
    assert "This was filled in for you. Tick if it is right as it stands" in page


def test_an_answer_without_a_source_of_its_own_takes_the_one_given_for_all(
    client, case, officer, draft
):
    name = field_name(VIOLENCE)
    given = drawn(client, case) | {
        "all-source": "Alan, at the office",
        "all-on": "today",
        name: "yes",
        f"{name}-details": "Two fights in 2016, drunk.",
        "harm-hate": "no",
        "harm-hate-source": "Pre-sentence report",
        "harm-hate-on": "3/5/2018",
    }

    page = send(client, case, given | {"then": "back"}).content.decode()

    draft.refresh_from_db()
    assert "Risk of harm to others: saved." in page
    assert draft.answers == {
        VIOLENCE: {
            "said": "yes",
            "words": "Two fights in 2016, drunk.",
            "source": "Alan, at the office",
            "on": localdate().isoformat(),
        },
        "harm.hate": {"said": "no", "source": "Pre-sentence report", "on": "2018-05-03"},
    }


def test_save_and_go_on_leads_to_the_next_part(client, case, officer, draft):
    answer = send(client, case, drawn(client, case) | {"then": "on"})

    assert answer.redirect_chain[-1][0].endswith("/risk/managing/")


def test_what_was_filled_in_is_kept_as_it_is_until_it_is_ticked(client, case, officer):
    RegistrationFactory(case=case, type_code="WEAP", started_on=localdate())
    draft = begin_risk(case=case, by=officer, today=localdate())
    filled = draft.answers["harm.weapons"]
    same = {
        "all-source": "Alan",
        "all-on": "today",
        "harm-weapons": "yes",
        "harm-weapons-details": filled["words"],
        "harm-weapons-source": filled["source"],
        "harm-weapons-on": filled["on"],
    }

    send(client, case, drawn(client, case) | same)
    draft.refresh_from_db()
    before = draft.answers["harm.weapons"]
    send(client, case, drawn(client, case) | same | {"harm-weapons-right": "on"})

    draft.refresh_from_db()
    assert before == filled
    assert draft.answers["harm.weapons"] == {
        key: one for key, one in filled.items() if key != "to_confirm"
    }


def test_what_somebody_else_answered_meanwhile_is_shown_and_not_overwritten(
    client, case, officer, draft
):
    given = drawn(client, case) | {field_name(VIOLENCE): "no"}
    theirs = {
        "said": "yes",
        "words": "Punched a neighbour.",
        "source": "Police",
        "on": "2018-05-03",
    }
    answer_risk(
        risk=draft, part=RiskPart.HARM, given={VIOLENCE: theirs}, seen={}, by=officer,
        today=localdate(),
    )  # fmt: skip

    page = words(send(client, case, given))

    draft.refresh_from_db()
    assert "Somebody else answered this while you were writing" in page
    assert "Yes. Punched a neighbour." in page
    assert draft.answers[VIOLENCE] == theirs


def test_a_day_that_cannot_be_read_is_said_beside_its_box_which_is_open(
    client, case, officer, draft
):
    given = drawn(client, case) | {"harm-hate": "no", "harm-hate-on": "soon"}

    page = send(client, case, given).content.decode()

    assert "There is a problem" in page
    assert re.search(r"<details[^>]* open>", page)


def test_the_address_of_somebody_else_is_refused_and_what_was_typed_is_there_still(
    client, case, officer, draft
):
    RelatedPersonFactory(case=case, address="4 Nightingale Road, Oxford", postcode="OX4 1ZZ")
    said = "Drinks outside 4 Nightingale Road."
    name = field_name(VIOLENCE)

    page = send(client, case, drawn(client, case) | {name: "yes", f"{name}-details": said})

    assert "record where they must not go as a restriction" in words(page)
    assert said in words(page)
    draft.refresh_from_db()
    assert VIOLENCE not in draft.answers


def test_a_part_that_takes_nothing_any_more_says_so(client, case, officer):
    answer = client.get(reverse("work-risk-part", kwargs={"crn": case.crn, **HARM}), follow=True)

    assert "No risk assessment for unpaid work is being written" in answer.content.decode()


# Signing it


def test_what_is_still_to_do_is_said_before_the_signature_and_leads_to_its_question(
    client, case, officer, draft
):
    page = client.get(reverse("sign-work-risk", args=[case.crn])).content.decode()

    address = reverse("work-risk-part", args=[case.crn, "harm"])
    assert f'href="{address}#id_harm-violence"' in page
    assert "Sign it" not in page


def test_with_nothing_left_it_is_signed_and_says_until_when_it_is_good(
    client, case, officer, draft
):
    draft.answers = answers_for(case, localdate())
    draft.save()

    page = client.post(reverse("sign-work-risk", args=[case.crn]), follow=True).content.decode()

    draft.refresh_from_db()
    assert draft.signed_by == officer
    assert f"good until {say_date(localdate() + timedelta(days=182))}" in page


def test_the_signature_is_refused_where_something_came_while_the_page_was_read(
    client, case, officer, draft
):
    page = words(client.post(reverse("sign-work-risk", args=[case.crn]), follow=True))

    assert "still to do before you can sign this risk assessment" in page
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_one_is_given_up_after_it_was_asked(client, case, officer, draft):
    asked = read(client, "drop-work-risk", case)

    client.post(reverse("drop-work-risk", args=[case.crn]))

    assert "Give up the risk assessment being written" in asked
    assert not WorkRisk.objects.exists()


def test_one_that_is_signed_is_read_whole_with_what_it_rested_on(client, case, officer):
    RegistrationFactory(case=case, type_code="ARSO", started_on=localdate())
    risk = signed_risk(case)

    page = read(client, "see-work-risk", case, risk=risk.pk)

    assert "What the record showed when it was signed" in page
    assert "On the register: Registered sex offender" in page
    assert "Alan, at the office, 28 September 2018" in page


def test_protected_names_are_taken_out_for_whoever_may_not_see_them(client, case):
    RelatedPersonFactory(case=case, name="Beatrix Nightjar", protected=True)
    risk = signed_risk(case)
    risk.answers[VIOLENCE] |= {"said": "yes", "words": "Hit Beatrix Nightjar in 2016."}
    risk.save()

    coordinator = words(
        see(client, UserFactory(role=Role.COORDINATOR), "see-work-risk", case, risk.pk)
    )
    officer = words(see(client, case.officer, "see-work-risk", case, risk.pk))

    assert "Nightjar" not in coordinator
    assert "Nightjar" in officer


def test_one_of_another_case_is_not_found(client, case, officer):
    other = WorkRiskFactory()

    assert client.get(reverse("see-work-risk", args=[case.crn, other.pk])).status_code == 404


# Going ahead all the same


def ask(client, case, **given):
    data = OVERRIDE | {"keys": ["risk"], "expires_on": say_date(localdate() + timedelta(days=5))}
    return client.post(reverse("ask-work-override", args=[case.crn]), data | given, follow=True)


def test_what_may_be_passed_over_is_asked_about_and_what_may_not_is_said(client, case, officer):
    RegistrationFactory(case=case, type_code="RSTO", started_on=localdate())

    page = client.get(reverse("ask-work-override", args=[case.crn])).content.decode()

    assert 'value="risk"' in page
    assert "Nobody may go ahead without these" in page
    assert 'value="terms:0"' not in page


def test_a_request_is_made_decided_by_a_senior_and_shown_on_the_page(client, case, officer):
    page = words(ask(client, case))
    override = Override.objects.get()
    senior = UserFactory(role=Role.SPO, team=case.team)
    client.force_login(senior)
    decide = reverse("decide-work-override", args=[case.crn, override.pk])
    shown = words(client.get(decide))
    client.post(decide, {"decision": "approve", "note": "Two supervisors that day, both told."})

    override.refresh_from_db()
    assert "The request is made." in page
    assert "Override: allocate to a work site" in page
    assert "No risk assessment for unpaid work is signed." in shown
    assert (override.state, override.decided_by) == ("approved", senior)


def test_while_one_waits_the_page_leads_to_it(client, case, officer):
    ask(client, case)

    assert "is waiting for a decision" in read(client, "work-risk", case)


def test_the_page_of_every_override_leads_to_where_this_one_is_decided(client, case):
    override = OverrideFactory(case=case, assessment=None, act="allocation", asked_at=now())
    senior = UserFactory(role=Role.SPO, team=case.team)
    client.force_login(senior)
    address = reverse("decide-work-override", args=[case.crn, override.pk])

    answer = client.get(reverse("decide-override", args=[case.crn, override.pk]))

    assert answer["Location"] == address
    assert address in words(see(client, senior, "override", case, override.pk))


def test_one_of_another_act_is_decided_where_those_are(client, case):
    override = OverrideFactory(assessment__case=case)
    client.force_login(UserFactory(role=Role.SPO, team=case.team))

    answer = client.get(reverse("decide-work-override", args=[case.crn, override.pk]))

    assert answer["Location"] == reverse("decide-override", args=[case.crn, override.pk])


# As many statements however much there is


def fill(case, rows):
    for n in range(rows):
        RegistrationFactory(case=case, type_code="WEAP")
        signed_risk(case, state="replaced", begun_on=localdate() - timedelta(days=n))


@pytest.mark.parametrize("name", ["work-risk", "sign-work-risk", "work-risk-part"])
def test_a_page_takes_as_many_statements_for_sixty_rows_as_for_five(
    client, django_assert_max_num_queries, name
):
    counts = []
    for rows in (5, 60):
        case = WorkFactory().case
        client.force_login(case.officer)
        fill(case, rows)
        begin_risk(case=case, by=case.officer, today=localdate())
        address = reverse(name, args=[case.crn, *(["harm"] if name == "work-risk-part" else [])])
        client.get(address)
        with django_assert_max_num_queries(70) as taken:
            assert client.get(address).status_code == 200
        counts.append(len(taken))

    assert counts[0] == counts[1]


def test_a_coordinator_is_led_to_the_officer_where_one_of_ours_holds_the_case(client, case, draft):
    client.force_login(UserFactory(role=Role.COORDINATOR))

    page = words(
        client.get(reverse("work-risk-part", args=[case.crn, RiskPart.HARM.value]), follow=True)
    )

    assert "The responsible officer assesses the risk of this person" in page
    assert "Begin" not in page
