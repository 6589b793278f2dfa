"""Pages on which something proposed is answered, and where referrals of a case stand."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from cases.queries.work import work_of
from cases.reference.codes import Rosh
from grid.models import Referral
from grid.reference.groups import ReferralState
from grid.reference.interventions import INTERVENTIONS
from staff.kit import on
from staff.models import Entry
from staff.permissions import Role
from tests.cases.views.a_case import see, words
from tests.factories import (
    AssignmentFactory,
    RegistrationFactory,
    RelatedPersonFactory,
    RequirementFactory,
    TeamFactory,
    UserFactory,
    limit,
)
from tests.grid.a_referral import STEPPING_STONES, a_man, proposed_to, referral_of
from tests.staff.markup import Page, sound

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
WHY = "They asked for it themselves."
ACCEPT = "Accept it<span"


@pytest.fixture
def case():
    return a_man(localdate())


@pytest.fixture
def proposed(case):
    return proposed_to(case, localdate())


@pytest.fixture
def page(client):
    def text(case, by=None, name="case-interventions"):
        return words(see(client, by or case.officer, name, case))

    return text


def send(client, case, name, *args, by=None, **given):
    client.force_login(by or case.officer)
    return client.post(reverse(name, args=[case.crn, *args]), given, follow=True)


def state_of(referral):
    return Referral.objects.get(pk=referral.pk).state


# Where it stands


def test_what_is_proposed_says_by_when_it_is_to_be_answered_and_what_to_do(page, case, proposed):
    due_on = case.deadlines.get(kind="answer_intervention").due_on

    text = page(case)

    assert "Proposed: " in text
    assert f"Proposed on {on(localdate())}. Answer by {on(due_on)}." in text
    assert reverse("accept-intervention", args=[case.crn, proposed.pk]) in text
    assert reverse("answer-intervention", args=[case.crn]) in text
    assert "Accept it, and they wait for a place" in text
    assert "Overdue" not in text


def headings_of(client, case, code):
    """The headings that lead to this intervention, and the whole page."""
    page = sound(Page(see(client, case.officer, "case-interventions", case).content.decode()))
    address = reverse("intervention", args=[code])
    heads = [one for one in page.all("a", href=address) if {"h2", "h3"} & set(one.inside)]
    return [" ".join(one.text.split()) for one in heads], page


def test_what_is_proposed_is_said_once_with_all_that_may_be_done_about_it(client, case, proposed):
    heads, page = headings_of(client, case, proposed.code)

    assert heads == ["Making Amends"]
    assert page.text.count("Proposed on") == 1
    assert page.text.count("Accept it, and they wait for a place") == 1
    accept = reverse("accept-intervention", args=[case.crn, proposed.pk])
    assert len(page.all("form", action=accept)) == 1
    decline = reverse("answer-intervention", args=[case.crn])
    assert len(page.all("a", href=decline)) == 1
    assert "What waits for an answer or a place" not in page.text


def test_a_proposal_that_is_not_what_suits_best_is_not_among_what_suits_as_well(client, case):
    """It was proposed when it came first; something else does now."""
    proposal = referral_of(case, STEPPING_STONES, state=ReferralState.PROPOSED)

    heads, page = headings_of(client, case, STEPPING_STONES)

    assert heads == [INTERVENTIONS[STEPPING_STONES].title]
    assert "What waits for an answer or a place" in page.text
    assert headings_of(client, case, "making_amends")[0] == ["Making Amends"]
    accept = reverse("accept-intervention", args=[case.crn, proposal.pk])
    assert len(page.all("form", action=accept)) == 1


def test_what_they_wait_for_stands_beside_what_is_proposed(client, case, proposed):
    referral_of(case, "ete")

    text = headings_of(client, case, "ete")[1].text

    assert text.index("What waits for an answer or a place") < text.index("They wait since")
    assert text.index("They wait since") < text.index("Proposed: ") < text.index("Proposed on")


def test_what_was_to_be_answered_is_marked_as_late(page, case, proposed):
    case.deadlines.filter(kind="answer_intervention").update(
        triggered_on=localdate() - 9 * DAY, due_on=localdate() - DAY
    )

    assert "Overdue" in page(case)


def test_what_they_wait_for_says_since_when_and_where_to_go_on(page, case):
    waits = referral_of(case, on=localdate() - 14 * DAY)

    text = page(case)

    assert f"They wait since {on(localdate() - 14 * DAY)}." in text
    for name in ("case-week", "case-offers"):
        assert reverse(name, args=[case.crn]) in text
    assert reverse("withdraw-intervention", args=[case.crn, waits.pk]) in text
    assert "see which groups they could join" in text
    assert ACCEPT not in text
    assert "No longer suits" not in text


def test_what_they_wait_for_and_suits_them_no_more_says_why(page, case):
    waits = referral_of(case)
    RegistrationFactory(case=case, type_code=Rosh.HIGH, started_on=localdate())

    text = page(case)

    assert "No longer suits: their risk goes to the NPS first." in text
    assert "The risk goes to the NPS first, and nothing is proposed" in text
    assert reverse("withdraw-intervention", args=[case.crn, waits.pk]) in text


def test_where_nothing_was_ever_proposed_they_may_be_referred(page, case):
    text = page(case)

    assert "What waits for an answer or a place" not in text
    assert "Refer them to it, and they are on its waiting list from today." in text
    assert reverse("refer-to-intervention", args=[case.crn, "making_amends"]) in text


def test_what_was_declined_says_so_and_others_can_be_chosen(page, case):
    referral_of(case, state=ReferralState.DECLINED, on=localdate() - DAY)

    text = page(case)

    assert f"It was declined on {on(localdate() - DAY)}" in text
    assert "Refer to this instead" in text
    assert reverse("refer-to-intervention", args=[case.crn, STEPPING_STONES]) in text


def test_what_does_not_suit_cannot_be_asked_for(page, case):
    assert reverse("refer-to-intervention", args=[case.crn, "heal"]) not in page(case)


def test_whoever_may_read_and_not_answer_is_given_no_button(page, case, proposed):
    reader = UserFactory(role=Role.QUALITY)

    text = page(case, by=reader)

    assert "Answer by" in text
    for said in (ACCEPT, "Refer to this", "See why, or decline it", "/answer/"):
        assert said not in text


# Answering


def test_accepting_takes_one_click_and_says_what_is_next(client, case, proposed):
    answer = send(client, case, "accept-intervention", proposed.pk)

    assert state_of(proposed) == ReferralState.ACCEPTED
    text = words(answer)
    assert "They are on the waiting list of Making Amends" in text
    assert "Next: say when they can come." in text


def test_a_second_click_says_that_it_is_answered_and_changes_nothing(client, case, proposed):
    send(client, case, "accept-intervention", proposed.pk)

    answer = send(client, case, "accept-intervention", proposed.pk)

    assert "answered already" in words(answer)
    assert Entry.objects.filter(action="accepted_referral").count() == 1


def test_the_page_of_an_answer_says_why_and_what_it_rests_on(page, case, proposed):
    text = page(case, name="answer-intervention")

    assert "Making Amends comes before" in text
    assert "theirs is 62%" not in text.split("What it rested on")[0]
    assert "Thinking and behaviour scores 8" in text
    assert "It is not proposed again by itself for 26 weeks." in text
    assert reverse("accept-intervention", args=[case.crn, proposed.pk]) in text


def test_declining_needs_a_reason_and_words(client, case, proposed):
    answer = send(client, case, "answer-intervention", referral=proposed.pk, words="n/a")

    text = words(answer)
    assert "Say why in a few words" in text
    assert state_of(proposed) == ReferralState.PROPOSED
    assert text.count("There is a problem") == 1

    send(
        client, case, "answer-intervention",
        referral=proposed.pk, because="done_already", words="They did it in prison last year.",
    )  # fmt: skip
    assert state_of(proposed) == ReferralState.DECLINED


def test_an_answer_to_what_is_no_longer_proposed_is_not_given_to_what_is(client, case, proposed):
    Referral.objects.filter(pk=proposed.pk).update(
        state=ReferralState.LAPSED, closed_on=localdate(), closed_because="It is planned."
    )
    other = referral_of(case, "ete", state=ReferralState.PROPOSED)

    answer = send(
        client, case, "answer-intervention",
        referral=proposed.pk, because="not_right", words="They did it in prison last year.",
    )  # fmt: skip

    assert "What is proposed has changed meanwhile." in words(answer)
    assert state_of(other) == ReferralState.PROPOSED


def test_where_nothing_waits_the_page_leads_back(client, case):
    client.force_login(case.officer)

    answer = client.get(reverse("answer-intervention", args=[case.crn]), follow=True)

    assert answer.redirect_chain[-1][0] == reverse("case-interventions", args=[case.crn])
    assert "Nothing waits for your answer here" in words(answer)


# Referring, and taking off the list


def test_an_officer_refers_to_another_and_is_told_what_becomes_of_the_first(client, page, case, proposed):  # fmt: skip
    client.force_login(case.officer)
    address = reverse("refer-to-intervention", args=[case.crn, STEPPING_STONES])
    form = words(client.get(address))

    send(client, case, "refer-to-intervention", STEPPING_STONES, because=WHY)

    assert "Making Amends, which is proposed, is declined by it." in form
    assert Referral.objects.get(code=STEPPING_STONES).state == ReferralState.ACCEPTED
    assert state_of(proposed) == ReferralState.DECLINED
    assert f"Why: {WHY}" in page(case)


def test_what_does_not_suit_is_refused_with_why(client, case):
    client.force_login(case.officer)

    answer = client.get(reverse("refer-to-intervention", args=[case.crn, "heal"]), follow=True)
    sent = send(client, case, "refer-to-intervention", "heal", because=WHY)
    unknown = client.get(reverse("refer-to-intervention", args=[case.crn, "horoscopes"]))

    for one in (answer, sent):
        assert "It does not suit them." in words(one)
    assert unknown.status_code == 404
    assert not Referral.objects.exists()


def test_taking_somebody_off_the_list_asks_why_once(client, case):
    waits = referral_of(case)

    refused = send(client, case, "withdraw-intervention", waits.pk, because="-")
    send(client, case, "withdraw-intervention", waits.pk, because="They have moved to Kent.")
    again = send(
        client, case, "withdraw-intervention", waits.pk, because="They have moved to Kent."
    )

    assert "Say why in a few words" in words(refused)
    assert state_of(waits) == ReferralState.WITHDRAWN
    assert "not on the waiting list of this any more" in words(again)


def test_a_referral_of_another_case_is_not_found(client, case):
    other = referral_of(a_man(localdate()))
    client.force_login(case.officer)

    for name in ("accept-intervention", "withdraw-intervention"):
        assert client.post(reverse(name, args=[case.crn, other.pk])).status_code == 404


# My work


def test_my_work_leads_to_the_answer(case, proposed):
    work = work_of(case.officer, localdate())
    rows = [row for group in (work.today, work.week, work.coming) for row in group]

    found = next(row for row in rows if row.crn == case.crn and row.what.startswith("Answer the intervention"))  # fmt: skip

    assert found.next.href == reverse("answer-intervention", args=[case.crn])
    assert "Making Amends is proposed" in found.rule


# Who may see it


@pytest.mark.parametrize(
    ("role", "assigned", "status"),
    [
        (Role.OFFICER, True, 200),
        (Role.SPO, False, 200),
        (Role.OFFICER, False, 404),
        (Role.FACILITATOR, True, 403),
        (Role.QUALITY, False, 403),
        (Role.HEAD, False, 403),
    ],
)
def test_who_may_answer_is_as_the_table_of_permissions_says(client, case, proposed, role, assigned, status):  # fmt: skip
    team = case.team if role == Role.SPO else TeamFactory()
    reader = UserFactory(role=role, team=team)
    if assigned:
        AssignmentFactory(case=case, user=reader)
    client.force_login(reader)

    assert client.get(reverse("answer-intervention", args=[case.crn])).status_code == status


def test_limited_access_keeps_every_page_and_endpoint_shut(client, case, proposed):
    limit(case, kept_out=[case.officer])
    client.force_login(case.officer)
    pages = [
        ("answer-intervention", []),
        ("withdraw-intervention", [proposed.pk]),
        ("refer-to-intervention", [STEPPING_STONES]),
        ("api-group-referrals", []),
    ]
    acts = [("accept-intervention", [proposed.pk]), ("api-group-referral-accept", [proposed.pk])]

    answers = [client.get(reverse(name, args=[case.crn, *args])) for name, args in pages]
    answers += [client.post(reverse(name, args=[case.crn, *args])) for name, args in acts]

    assert {one.status_code for one in answers} == {403}
    assert all("Making Amends" not in one.content.decode() for one in answers)
    assert state_of(proposed) == ReferralState.PROPOSED


def test_a_protected_name_is_shown_to_nobody_who_may_not_read_it(client, page, case):
    RelatedPersonFactory(case=case, name="Robin Vale", protected=True)
    RequirementFactory(
        sentence=case.sentences.get(), main_code="7", sub_name="Resolve, apart from Robin Vale"
    )
    referral_of(
        case, because="Apart from Robin Vale, it suits.", proposed_by=case.officer,
        evidence={"criteria": [{"criterion": "hook", "met": "met", "words": "Robin Vale", "evidence": "Robin Vale", "on": ""}]},
    )  # fmt: skip
    other = UserFactory(role=Role.QUALITY)

    theirs = page(case)
    text = page(case, by=other)
    told = client.get(reverse("api-group-referrals", args=[case.crn])).content.decode()

    assert "Apart from Robin Vale, it suits." in theirs
    assert "Apart from" in text
    assert "Apart from" in told
    assert "Robin Vale" not in text + told


# Many of everything


def test_the_page_costs_as_many_statements_however_many_referrals_there_were(client):
    def cost(rows):
        case = a_man(localdate())
        for day in range(rows):
            referral_of(case, state=ReferralState.LAPSED, on=localdate() - day * DAY)
        proposed_to(case, localdate())
        for code in ("ete", "mentoring", "stepping_stones")[: rows // 5]:
            referral_of(case, code)
        costs = []
        for name in ("case-interventions", "answer-intervention"):
            see(client, case.officer, name, case)
            with CaptureQueriesContext(connection) as found:
                see(client, case.officer, name, case)
            costs.append(len(found))
        return costs

    assert cost(5) == cost(60)
