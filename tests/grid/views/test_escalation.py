"""The pages of a risk put to the NPS: where it stands, whose the next step is, the referral on one sheet."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.reference.codes import Rosh
from cases.reference.holding import WITH_THE_NPS
from grid.models import Escalation, EscalationStep
from grid.reference.escalation import EscalationState as State
from grid.rules.escalation import CLOCKS
from grid.services.placement import place_person
from staff.permissions import Role
from tests.cases.views.a_case import see, words
from tests.factories import (
    AssessmentFactory,
    AssignmentFactory,
    CaseFactory,
    ContactFactory,
    EnquiryFactory,
    PotentialVictimFactory,
    PredictorFactory,
    RegistrationFactory,
    RelatedPersonFactory,
    StandingFactory,
    UserFactory,
    placeable,
)
from tests.grid.an_escalation import MEANWHILE, OFFICE, WHY, kept, said, senior_of, taken

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    case = placeable(harm=Rosh.HIGH)
    place_person(case=case, by=None, today=localdate())
    return case


@pytest.fixture
def hub():
    return UserFactory(role=Role.HUB)


def post(client, user, name, case, **data):
    client.force_login(user)
    return client.post(reverse(name, args=[case.crn]), data, follow=True)


def test_whoever_cannot_write_what_was_decided_is_led_to_what_is_to_be_discussed(client, case):
    theirs = words(see(client, case.officer, "case", case))
    seniors = words(see(client, senior_of(case), "case", case))

    assert "Discuss it with your senior" in theirs
    assert "Waiting for your senior’s decision" in theirs
    assert "Refer it" not in theirs
    assert "Write what was decided" not in theirs
    assert "Write what was decided" in seniors


def test_an_officer_a_senior_and_the_hub_take_a_risk_to_a_named_officer_of_the_nps(
    client, case, hub
):
    officer, senior = case.officer, senior_of(case)
    first = words(see(client, officer, "escalation", case))
    decided = words(
        post(client, senior, "discuss-escalation", case, refer="yes", decided="Refer it.", meanwhile=MEANWHILE)
    )  # fmt: skip
    referred = words(
        post(client, officer, "refer-escalation", case, outside=OFFICE, referral="The form and OASys.")
    )  # fmt: skip
    answered = words(
        post(client, hub, "record-nps-answer", case, answer="accepted", outside="Jo Hall", said="We take him.")
    )  # fmt: skip
    nobody = words(
        post(client, hub, "hand-over-to-nps", case, outside_officer="TBC", outside=OFFICE, note="Mondays.")
    )  # fmt: skip
    over = words(
        post(client, hub, "hand-over-to-nps", case, outside_officer="Jo Hall", outside=OFFICE, note="Mondays.")
    )  # fmt: skip

    assert "Ours until a named NPS officer accepts." in first
    assert "Discuss the risk with a senior" in first
    assert reverse("discuss-escalation", args=[case.crn]) not in first  # the senior writes it
    assert "What was decided is recorded" in decided
    assert MEANWHILE in decided
    assert "Get the NPS’s answer" in referred
    assert f"{OFFICE}<br>The form and OASys." in referred
    assert "Hand the case over to a named NPS officer" in answered
    assert "Name the NPS officer who takes the case" in nobody
    assert f" Handed over: Jo Hall, {OFFICE}</p>" in over
    case.refresh_from_db()
    assert case.retained_by == f"Jo Hall, {OFFICE}"


def test_who_is_protected_is_said_before_it_is_said_anew(client, case):
    found = taken(case, State.OPENED, now=now())
    first = words(see(client, case.officer, "escalation", case))
    found.meanwhile = MEANWHILE
    found.save()
    again = words(see(client, case.officer, "escalation", case))

    assert "Say who is protected" in first
    assert "Say anew who is protected" not in first
    assert "Say anew who is protected" in again


def test_each_reader_is_offered_the_steps_that_are_theirs(client, case, hub):
    """Of a referral that waits for an answer."""
    senior = senior_of(case)
    taken(case, State.REFERRED, senior=senior, now=now())

    offered = {
        role: {
            name
            for name in ("record-nps-answer", "withdraw-escalation", "escalation-meanwhile", "send-to-nps")
            if reverse(name, args=[case.crn]) in words(see(client, user, "escalation", case))
        }
        for role, user in (("officer", case.officer), ("senior", senior), ("hub", hub))
    }  # fmt: skip

    assert offered == {
        "officer": {"record-nps-answer", "escalation-meanwhile"},
        "senior": {"record-nps-answer", "withdraw-escalation", "escalation-meanwhile"},
        "hub": {"record-nps-answer"},
    }


def test_a_step_that_is_not_next_any_more_says_so_and_loses_no_word(client, case):
    taken(case, State.REFERRED, now=now())

    late = words(
        post(client, case.officer, "refer-escalation", case, outside=OFFICE, referral="A second time.")
    )  # fmt: skip

    assert "That is not the next step any more" in late
    assert EscalationStep.objects.filter(state=State.REFERRED).count() == 1


def test_a_risk_is_put_to_the_nps_by_hand_with_what_the_scores_say_beside_it(client):
    case = placeable()
    place_person(case=case, by=None, today=localdate())
    PredictorFactory(case=case, kind="rsr", two_year="7.2")

    placement = words(see(client, case.officer, "placement", case))
    asked = words(see(client, case.officer, "open-escalation", case))
    refused = words(post(client, case.officer, "open-escalation", case, because=""))
    opened = words(post(client, case.officer, "open-escalation", case, because=WHY))

    assert reverse("open-escalation", args=[case.crn]) in placement
    assert "7.2%" in asked
    assert "At 6.89% or more, an escalation is proposed" in asked
    assert "There is a problem" in refused
    assert "discuss it today" in opened
    assert WHY in opened


def test_a_case_without_one_says_so_and_offers_none_to_those_who_may_not(client, hub):
    case = CaseFactory()

    page = words(see(client, hub, "escalation", case))

    assert "None has been." in page
    assert reverse("open-escalation", args=[case.crn]) not in page


def test_the_sheet_holds_what_the_nps_asks_for(client, case):
    victim = PotentialVictimFactory(person__case=case, case=case, how="Threatened on Monday")
    RegistrationFactory(case=case, type_code="ADVP", type_name="Domestic abuse")
    AssessmentFactory(
        case=case, signed=True, harm=Rosh.HIGH, begun_by=case.officer, signed_by=case.officer,
        answers={"harm.known_adult.level": "RHRH", "harm.known_adult.who": "His former partner"},
    )  # fmt: skip
    EnquiryFactory(case=case)
    for attended, complied in (
        (True, True),
        (True, None),
        (False, True),
        (False, False),
        (False, None),
    ):
        ContactFactory(
            case=case, appointment=True, attended=attended, complied=complied,
            started_at=now() - timedelta(days=9),
        )  # fmt: skip
    taken(case, State.DISCUSSED, now=now())

    sheet = words(see(client, case.officer, "referral-sheet", case))

    assert victim.person.name in sheet
    assert "Threatened on Monday" in sheet
    assert "His former partner" in sheet
    assert "Domestic abuse" in sheet
    assert "62%" in sheet
    assert MEANWHILE in sheet
    assert "Police" in sheet
    for label, number in (
        ("Kept", 2),
        ("Missed and accepted", 1),
        ("Failures to comply", 1),
        ("Missed, not yet decided", 1),
    ):
        assert f'{label}</dt><dd class="govuk-summary-list__value">{number}<' in sheet


def test_whoever_may_not_see_a_protected_name_or_the_assessment_sends_neither(client, case, hub):
    around = RelatedPersonFactory(case=case, name="Maya Lindqvist", protected=True)
    PotentialVictimFactory(person=around, case=case, how="Followed home")
    one = taken(case, State.DISCUSSED, now=now())
    Escalation.objects.filter(pk=one.pk).update(
        because="Maya Lindqvist was followed home", meanwhile="Maya Lindqvist has moved"
    )

    pages = [
        words(see(client, hub, name, case))
        for name in ("escalation", "referral-sheet", "placement")
    ]

    assert not any("Lindqvist" in page for page in pages)
    assert "has moved" in pages[0]
    assert "has moved" in pages[1]
    assert "you may not see the assessment" in pages[1]
    assert "Maya Lindqvist" in words(see(client, case.officer, "referral-sheet", case))


def test_somebody_lent_to_the_case_reads_on_the_placement_that_it_is_open_and_not_why(client, case):
    one = taken(case, State.REFERRED, now=now())
    Escalation.objects.filter(pk=one.pk).update(because="He said that he will kill her")
    facilitator = UserFactory(role=Role.FACILITATOR)
    AssignmentFactory(case=case, user=facilitator, from_on=localdate())

    page = words(see(client, facilitator, "placement", case))

    assert "Referred to the NPS" in page
    assert "kill her" not in page
    assert see(client, facilitator, "escalation", case).status_code == 403


@pytest.mark.parametrize("name", ["escalation", "referral-sheet"])
def test_a_page_takes_as_many_statements_for_sixty_rows_as_for_five(client, name):
    def cost(number):
        case = CaseFactory()
        StandingFactory(case=case)
        one = Escalation.objects.create(case=case, because=WHY, opened_on=localdate())
        for _ in range(number):
            EscalationStep.objects.create(
                escalation=one, state=State.OPENED, words=WHY, at=now(), by=UserFactory()
            )
            Escalation.objects.create(
                case=case, because=WHY, opened_on=localdate(), closed_on=localdate(), outcome="Withdrawn"
            )  # fmt: skip
            RegistrationFactory(case=case)
            EnquiryFactory(case=case)
        client.force_login(case.officer)
        with CaptureQueriesContext(connection) as found:
            assert client.get(reverse(name, args=[case.crn])).status_code == 200
        return len(found)

    assert cost(5) == cost(60)


def test_every_page_of_the_case_says_that_it_is_ours_while_something_is_under_way(client, case):
    ours, facilitator = "ours until a named NPS officer accepts", UserFactory(role=Role.FACILITATOR)
    AssignmentFactory(case=case, user=facilitator, from_on=localdate())
    taken(case, State.REFERRED, now=now())

    officer = words(see(client, case.officer, "case", case))
    lent = words(see(client, facilitator, "case", case))
    said_no(case)
    settled = words(see(client, case.officer, "case", case))

    assert ours in officer
    assert ours in lent
    assert reverse("escalation", args=[case.crn]) in officer
    assert reverse("escalation", args=[case.crn]) not in lent
    assert ours not in settled
    assert set(CLOCKS) == WITH_THE_NPS


def said_no(case):
    """The NPS says no, and the case stays here with a changed plan."""
    one, at = case.escalations.get(), now()
    for step in (said(State.REJECTED), kept):
        one = step(one, None, at)
