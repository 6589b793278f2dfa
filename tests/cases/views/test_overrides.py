from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.models import Override
from cases.reference.overrides import OverrideState
from staff.permissions import Role
from staff.rules.dates import say_date
from tests.cases.views.a_case import see, words
from tests.factories import (
    AssessmentFactory,
    CaseFactory,
    EnquiryFactory,
    OverrideFactory,
    PlanFactory,
    RelatedPersonFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
DAYS = timedelta(days=1)
WORDS = {
    "unknown": "Whether there were call-outs.",
    "read_and_asked": "The record; rang the police desk today.",
    "why_safer": "The hostel takes him only with an assessment.",
    "who_is_protected": "His former partner, whom duty rings on Mondays.",
    "who_was_told": "Her support worker, today.",
    "what_closes_it": "The reply of the police.",
}


@pytest.fixture
def case():
    """An assessment is being written, and the police have not been asked."""
    case = CaseFactory()
    EnquiryFactory(case=case)
    AssessmentFactory(case=case)
    return case


@pytest.fixture
def senior(case):
    return UserFactory(role=Role.SPO, team=case.team)


def police(case):
    return f"enquiry:{case.enquiries.get().pk}"


def asked(case, **columns):
    known = {"gaps": [police(case)], "expires_on": localdate() + 7 * DAYS, "asked_at": now()}
    return OverrideFactory(assessment=case.assessments.get(), **known | columns)


def ask(client, user, case, **given):
    client.force_login(user)
    data = WORDS | {"keys": [police(case)], "expires_on": say_date(localdate() + 7 * DAYS)}
    return client.post(reverse("ask-override", args=[case.crn]), data | given, follow=True)


def send(client, user, name, override, **data):
    client.force_login(user)
    address = reverse(name, args=[override.case.crn, override.pk])
    return client.post(address, data, follow=True)


def test_the_page_offers_what_stands_in_the_way_and_says_what_nobody_may_pass(client, case):
    page = words(see(client, case.officer, "ask-override", case))

    assert f'value="{police(case)}"' in page
    assert "Police: the check has not been sent" in page
    assert "Nobody may go ahead without these" in page
    assert 'value="screening"' not in page


def test_the_gate_it_was_come_from_is_chosen(client, case):
    page = see(client, case.officer, "ask-override", case, gap=police(case))

    assert page.context["form"]["keys"].value() == [police(case)]


def test_what_was_signed_on_it_is_said(client, case, senior):
    override = asked(case, state="approved", decided_by=senior, decided_at=now())
    override.assessment.evidence = {"overrides": [{"override": override.pk, "gaps": []}]}
    override.assessment.signed_at, override.assessment.signed_by = now(), case.officer
    override.assessment.save()

    page = words(see(client, senior, "override", case, override.pk))

    assert "Sign the assessment: done on this override" in page


def test_a_request_made_says_who_decides_it_and_shows_it_whole(client, case):
    page = words(ask(client, case.officer, case))

    override = Override.objects.get()
    assert (override.asked_by, override.gaps) == (case.officer, [police(case)])
    assert "A senior probation officer has been told and decides it within one working day" in page
    assert all(said in page for said in WORDS.values())


def test_what_is_refused_is_said_at_its_question_and_everything_typed_is_kept(client, case):
    page = words(ask(client, case.officer, case, why_safer="n/a"))

    assert "Say why going ahead is safer than waiting" in page
    assert WORDS["who_was_told"] in page
    assert not Override.objects.exists()


def test_what_was_typed_is_there_again_when_the_page_is_opened_anew(client, case):
    ask(client, case.officer, case, why_safer="n/a")

    assert WORDS["unknown"] in words(see(client, case.officer, "ask-override", case))


def test_a_request_that_was_made_leaves_the_next_form_empty(client, case):
    ask(client, case.officer, case)
    Override.objects.update(state=OverrideState.REFUSED)

    assert WORDS["unknown"] not in words(see(client, case.officer, "ask-override", case))


def test_while_one_waits_the_page_leads_to_it_and_asks_nothing(client, case):
    override = asked(case)

    page = words(see(client, case.officer, "ask-override", case))

    assert reverse("override", args=[case.crn, override.pk]) in page
    assert 'name="unknown"' not in page


def test_the_page_of_a_plan_offers_the_gates_of_the_plan(client, case):
    PlanFactory(case=case)

    page = words(see(client, case.officer, "ask-override", case, act="plan"))

    assert 'value="contingency"' in page
    assert police(case) not in page


def test_with_nothing_being_written_nothing_is_asked(client):
    case = CaseFactory()

    page = words(see(client, case.officer, "ask-override", case))

    assert 'name="unknown"' not in page


def test_an_act_there_is_not_is_not_found(client, case):
    assert see(client, case.officer, "ask-override", case, act="breach").status_code == 404


def test_a_senior_of_another_team_decides_out_of_hours(client, case):
    override, duty = asked(case), UserFactory(role=Role.SPO)

    page = words(send(client, duty, "decide-override", override, decision="approve", note="It is."))

    override.refresh_from_db()
    assert (override.state, override.decided_by) == (OverrideState.APPROVED, duty)
    assert "may sign until" in page


def test_it_says_plainly_that_the_case_was_not_opened(client, case, senior):
    override = asked(case)

    page = words(
        send(client, senior, "decide-override", override, decision="approve", note="Safer.")
    )

    assert "Approved without opening the case." in page


def test_it_says_nothing_of_the_kind_of_an_approver_who_looked(client, case, senior):
    override = asked(case)
    see(client, senior, "case", case)

    page = words(
        send(client, senior, "decide-override", override, decision="approve", note="Safer.")
    )

    assert "Approved without opening the case." not in page


def test_looking_at_the_request_alone_is_not_opening_the_case(client, case, senior):
    override = asked(case)
    see(client, senior, "override", case, override.pk)
    see(client, senior, "decide-override", case, override.pk)

    send(client, senior, "decide-override", override, decision="approve", note="Safer.")

    override.refresh_from_db()
    assert override.opened_case is False


def test_the_page_of_a_decision_shows_the_request_and_how_many_were_approved(client, case, senior):
    page = words(see(client, senior, "decide-override", case, asked(case).pk))

    assert "0 of 4" in page
    assert "The order ends on Friday." in page


def test_what_the_service_refuses_is_said_on_the_form(client, case, senior):
    override = asked(case, asked_by=senior)

    page = words(
        send(client, senior, "decide-override", override, decision="approve", note="Safer.")
    )

    assert "somebody else decides it" in page
    assert "Safer.</textarea>" in page


@pytest.mark.parametrize("state", ["refused", "withdrawn", "approved"])
def test_one_that_is_decided_already_leads_to_how_it_stands_and_asks_nothing(
    client, case, senior, state
):
    decided = {"decided_by": senior, "decided_at": now(), "decision_note": "Seen."}
    override = asked(case, state=state, **({} if state == "withdrawn" else decided))

    opened = see(client, senior, "decide-override", case, override.pk)
    sent = send(client, senior, "decide-override", override, decision="approve", note="Safer.")

    override.refresh_from_db()
    assert override.state == state
    assert (
        opened.url
        == sent.redirect_chain[-1][0]
        == reverse("override", args=[case.crn, override.pk])
    )
    assert f"This request is at “{OverrideState(state).title}” already." in words(sent)


def test_one_is_closed_by_hand(client, case, senior):
    override = asked(case, state="approved", decided_by=senior, decided_at=now())

    page = words(send(client, senior, "close-override", override, how="The police rang back."))

    override.refresh_from_db()
    assert override.state == OverrideState.CLOSED
    assert "The police rang back." in page


def test_the_head_says_what_they_found_in_one_of_the_sample(client, case, senior):
    override = asked(case, state="approved", decided_by=senior, decided_at=now(), sampled=True)
    head = UserFactory(role=Role.HEAD)

    page = words(send(client, head, "read-override", override, note="Waiting was worse."))

    override.refresh_from_db()
    assert override.read_by == head
    assert "Waiting was worse." in page


@pytest.mark.parametrize(
    ("state", "role", "offered"),
    [
        ("asked", Role.SPO, ["Decide"]),
        ("asked", Role.AUDITOR, []),
        ("expired", Role.SPO, ["Close it"]),
        ("refused", Role.SPO, []),
    ],
)
def test_only_what_is_open_and_the_reader_s_to_do_is_offered(client, case, state, role, offered):
    override = asked(case, state=state)

    answer = see(client, UserFactory(role=role), "override", case, override.pk)

    assert [one.text for one in answer.context["override"].actions] == offered


@pytest.mark.parametrize(
    ("state", "days", "stands"),
    [
        ("approved", 3, "3 days left"),
        ("approved", 0, "its last day is today"),
        ("expired", -2, "2 days ago, and is not closed"),
        ("asked", 3, "Asked for until"),
    ],
)
def test_its_age_and_what_is_left_of_it_are_shown(client, case, senior, state, days, stands):
    override = asked(
        case, state=state, expires_on=localdate() + days * DAYS, asked_at=now() - 5 * DAYS
    )

    page = words(see(client, senior, "override", case, override.pk))

    assert stands in page
    assert "Asked 5 days ago" in page


def test_a_protected_name_is_kept_from_whoever_may_not_see_it(client, case):
    RelatedPersonFactory(case=case, name="Robin Marsh", protected=True)
    override = asked(
        case,
        who_is_protected="Robin Marsh, by a visit.",
        sentences=["Robin Marsh is not planned for."],
    )

    auditor = words(see(client, UserFactory(role=Role.AUDITOR), "override", case, override.pk))
    officer = words(see(client, case.officer, "override", case, override.pk))

    assert "Robin Marsh" not in auditor
    assert "Robin Marsh, by a visit." in officer


def test_what_waits_leads_from_my_work_to_where_it_is_decided(client, case, senior):
    ask(client, case.officer, case)
    client.force_login(senior)

    page = client.get(reverse("my-work")).content.decode()

    override = Override.objects.get()
    assert reverse("decide-override", args=[case.crn, override.pk]) in page
    assert "Decide a request to go ahead: sign the assessment" in page
