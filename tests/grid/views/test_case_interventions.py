"""The page of interventions of a case, and the same over the API."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from cases.models import Predictor
from cases.reference.codes import CustodyStatus, Register, Rosh, Sex
from grid.reference.interventions import INTERVENTIONS
from staff.kit import on
from staff.permissions import Role
from tests.cases.views.a_case import see, words
from tests.factories import (
    AssessmentFactory,
    AssignmentFactory,
    CaseFactory,
    RarActivityFactory,
    RegistrationFactory,
    RelatedPersonFactory,
    RequirementFactory,
    UserFactory,
    limit,
    placeable,
)
from tests.grid.a_referral import SCORED, answers

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def a_man(days=20, weeks=40, assessed=True, **columns):
    """Medium, OGRS3 of 62%, common assault, so many days of a RAR and so many weeks to go; thinking is a need."""
    case = placeable(sex=Sex.MALE, **columns)
    sentence = case.sentences.get()
    sentence.expected_end_on = localdate() + weeks * 7 * DAY
    sentence.started_on = localdate() - 11 * DAY
    sentence.save()
    if days:
        RequirementFactory(sentence=sentence, length=days, length_unit="Days")
    if assessed:
        AssessmentFactory(case=case, signed=True, answers=answers())
    return case


@pytest.fixture
def page(client):
    def text(case, by=None):
        return words(see(client, by or case.officer, "case-interventions", case))

    return text


@pytest.fixture
def api(client):
    def told(case, by=None):
        client.force_login(by or case.officer)
        answer = client.get(reverse("api-case-interventions", args=[case.crn]))
        assert answer.status_code == 200
        return answer.json()

    return told


def codes(told, name):
    return [one["intervention"] for one in told[name]]


# What is proposed, and why


def test_what_suits_best_is_proposed_with_why_and_what_to_do_next(page, api):
    case = a_man()

    text, told = page(case), api(case)

    assert "Proposed: " in text
    assert told["proposed"] == codes(told, "suits")[0] == "making_amends"
    assert all(reason in text for reason in told["why"])
    assert "plan its days under the rehabilitation activity requirement" in text
    assert reverse("case-rar", args=[case.crn]) in text
    assert reverse("intervention", args=["making_amends"]) in text


def test_each_criterion_is_shown_with_what_says_so_and_its_day(page):
    text = page(a_man())

    assert "For an OGRS3 of 25% or more: theirs is 62%, on 1 October 2018." in text
    assert "OGRS3 from OASys" in text
    assert "Thinking and behaviour scores 8 in the assessment signed here" in text
    assert "Risk of serious harm: nDelius register" in text


def test_every_intervention_of_the_catalogue_is_in_one_list_and_no_other(page, api):
    case = a_man()

    told, text = api(case), page(case)

    lists = [code for name in ("suits", "instead", "unknown", "unsuitable", "already") for code in codes(told, name)]  # fmt: skip
    assert sorted(lists) == sorted(INTERVENTIONS)
    assert all(reverse("intervention", args=[code]) in text for code in INTERVENTIONS)


def test_what_does_not_suit_says_why(page, api):
    case = a_man()
    unsuitable = {one["intervention"]: one for one in api(case)["unsuitable"]}

    not_met = [one["criterion"] for one in unsuitable["heal"]["findings"] if one["met"] == "not_met"]  # fmt: skip

    assert not_met == ["sex", "need"]
    assert "For women: they are recorded as a man." in page(case)


def test_what_is_planned_already_is_named_and_not_proposed_again(page, api):
    case = a_man(days=0)
    requirement = RequirementFactory(sentence=case.sentences.get(), length=20)
    RarActivityFactory(requirement=requirement, what="Stepping Stones to Change", days=12)

    told = api(case)

    assert "stepping_stones" in codes(told, "already")
    assert told["proposed"] not in {"stepping_stones", "thinking_one_to_one"}
    assert "Planned or done already" in page(case)


def test_an_order_that_ends_too_soon_leaves_what_can_still_be_finished(api):
    told = api(a_man(weeks=3))

    assert told["proposed"] is None
    stepping = next(one for one in told["unsuitable"] if one["intervention"] == "stepping_stones")
    assert [one["criterion"] for one in stepping["findings"] if one["met"] == "not_met"] == ["time"]


def test_a_man_after_partner_violence_without_a_programme_requirement_is_not_put_on_the_programme(api):  # fmt: skip
    case = a_man()
    RegistrationFactory(case=case, type_code=Register.DOMESTIC_ABUSE_PERPETRATOR)

    told = api(case)

    bbr = next(one for one in told["unsuitable"] if one["intervention"] == "building_better_relationships")  # fmt: skip
    found = {one["criterion"]: one["met"] for one in bbr["findings"]}
    assert (found["hook"], found["partner_violence"], found["need"]) == ("not_met", "met", "not_met")  # fmt: skip


# What nobody has recorded


def test_what_to_find_out_is_said_once_each_with_what_waits_and_where_it_is_recorded(page):
    case = a_man(assessed=False)

    text = page(case)

    assert "Nothing is proposed yet" in text
    assert text.count("Nobody has scored thinking and behaviour. <a") == 1
    assert f'{reverse("assessment", args=[case.crn])}">Assessment' in text
    assert "No assessment says whether there is domestic abuse." in text


def test_nothing_is_guessed_for_somebody_with_nothing_scored(api):
    told = api(a_man(assessed=False))

    assert told["suits"] == []
    stepping = next(one for one in told["unknown"] if one["intervention"] == "stepping_stones")
    assert {one["criterion"] for one in stepping["findings"] if one["met"] == "not_known"} == {"need"}  # fmt: skip


def test_a_reader_is_led_only_where_they_may_go(page):
    risky = a_man()
    escalated(risky)
    worker = UserFactory(role=Role.RESETTLEMENT)
    AssignmentFactory(case=risky, user=worker)

    text = page(risky, by=worker)

    assert "The risk goes to the NPS first" in text
    assert f'{reverse("escalation", args=[risky.crn])}">Escalation to the NPS' not in text


def test_what_to_do_next_is_said_where_nothing_is_proposed(page):
    unscored, short = a_man(assessed=False), a_man(weeks=3)

    to_find_out, nothing = page(unscored), page(short)

    assert "Find out what is listed under" in to_find_out
    assert "Write the plan without another of these" not in to_find_out
    assert "Write the plan without another of these" in nothing
    assert f'{reverse("plan", args=[short.crn])}">Plan</a></p>' in nothing


def test_whose_supervision_ends_on_no_known_day_is_asked_of_in_words_that_say_so(page):
    case = a_man(days=0)
    case.sentences.update(expected_end_on=None)

    text = page(case)

    assert "When this ends is not recorded: Their supervision." in text
    assert "When this ends is not recorded: Nobody" not in text


def test_how_much_is_left_of_a_programme_under_way_is_to_be_found_out(page, api):
    case = a_man(weeks=3)
    RegistrationFactory(case=case, type_code=Register.DOMESTIC_ABUSE_PERPETRATOR)
    signed = case.assessments.get()
    signed.answers |= {f"relationships.{item}": "2" for item in SCORED["relationships"][1]}
    signed.save()
    RequirementFactory(
        sentence=case.sentences.get(), main_code="7", sub_name="Building Better Relationships",
        commenced_on=localdate() - DAY,
    )  # fmt: skip

    text, told = page(case), api(case)

    assert codes(told, "unknown") == ["building_better_relationships"]
    assert (
        "How many of its sessions are left is not recorded: "
        "Programme requirement: Building Better Relationships." in text
    )


# The GRID's targets and the first 60 days


def test_the_targets_of_their_group_are_beside_it_and_the_first_days_for_the_likeliest(page):
    usual, likeliest = a_man(), a_man()
    Predictor.objects.filter(case=likeliest).update(two_year=88)

    text, front_loaded = page(usual), page(likeliest)

    assert "What the GRID asks for: Medium, 50 to 74" in text
    assert "A RAR programme from the outset" in text
    assert "of their first 60" not in text
    assert "What the GRID asks for: Medium, 75 to 89" in front_loaded
    assert "Today is day 11 of their first 60." in front_loaded
    assert "First intervention booked" in front_loaded


@pytest.mark.parametrize(
    "days, said",
    [
        (0, "Their first 60 days begin today."),
        (1, "Today is day 1 of their first 60."),
        (60, "Today is day 60 of their first 60."),
        (61, "Their first 60 days ended 1 day ago."),
    ],
)
def test_the_first_60_days_are_counted_as_the_list_beside_them_counts(page, days, said):
    case, start = a_man(), localdate() - days * DAY
    Predictor.objects.filter(case=case).update(two_year=75)
    case.sentences.update(started_on=start)

    text = page(case)

    assert said in text
    assert "By day 60" in text
    assert on(start + 60 * DAY) in text


# Those for whom nothing is proposed here


def held(case):
    case.sentences.update(custody_status=CustodyStatus.SENTENCED)


def escalated(case):
    RegistrationFactory(case=case, type_code=Rosh.HIGH, started_on=localdate())


def retained(case):
    case.retained_by = "Jo Hall, NPS Oxford"
    case.save()


def ended(case):
    case.left_as = "ended"
    case.save()


@pytest.mark.parametrize(
    "befalls, said",
    [
        (held, "They are in custody. Nothing here is proposed until they are released"),
        (escalated, "The risk goes to the NPS first"),
        (retained, "Managed by the NPS: Jo Hall, NPS Oxford. Their own officer decides"),
        (ended, "Nothing is proposed to somebody whom we do not supervise."),
    ],
)
def test_whoever_is_not_ours_to_place_is_told_of_in_plain_words_instead(page, api, befalls, said):
    case = a_man()
    befalls(case)

    text, told = page(case), api(case)

    assert said in text
    assert said in told["outside"]
    assert "Proposed: " not in text
    assert "What does not suit" not in text
    assert told["proposed"] is None
    assert not any(told[name] for name in ("why", "suits", "instead", "unknown", "unsuitable"))


def test_somebody_in_custody_is_led_to_their_release_and_a_risk_to_its_escalation(page):
    inside, risky = a_man(), a_man()
    held(inside)
    escalated(risky)

    assert f'{reverse("case-release", args=[inside.crn])}">Release</a></p>' in page(inside)
    assert f'{reverse("escalation", args=[risky.crn])}">Escalation to the NPS' in page(risky)


# Who may see it


@pytest.mark.parametrize("role", [Role.HUB, Role.FACILITATOR])
def test_whoever_may_see_a_placement_but_no_assessment_reads_none_of_its_scores_here(client, role):
    case, reader = a_man(), UserFactory(role=role)
    AssignmentFactory(case=case, user=reader)
    client.force_login(reader)

    overview = words(see(client, reader, "case", case))
    answers = [
        client.get(reverse(name, args=[case.crn]))
        for name in ("case-interventions", "api-case-interventions")
    ]

    assert [one.status_code for one in answers] == [403, 403]
    assert reverse("placement", args=[case.crn]) in overview
    assert reverse("case-interventions", args=[case.crn]) not in overview


def test_the_tab_is_there_for_whoever_may_read_the_assessment(client):
    case = a_man()

    text = words(see(client, case.officer, "case", case))

    assert f'href="{reverse("case-interventions", args=[case.crn])}">Interventions</a>' in text


def test_limited_access_keeps_the_page_and_the_api_shut(client):
    case = a_man()
    limit(case, kept_out=[case.officer])
    client.force_login(case.officer)

    for name in ("case-interventions", "api-case-interventions"):
        answer = client.get(reverse(name, args=[case.crn]))
        assert answer.status_code == 403
        assert "This case is limited." in answer.content.decode()


def test_a_protected_name_in_the_record_is_shown_to_nobody_who_may_not_read_it(page, client):
    case = a_man()
    RelatedPersonFactory(case=case, name="Robin Vale", protected=True)
    RequirementFactory(
        sentence=case.sentences.get(), main_code="7", sub_name="Resolve, apart from Robin Vale"
    )
    other = UserFactory(role=Role.QUALITY)

    theirs = page(case)
    client.force_login(other)
    text = page(case, by=other)
    told = client.get(reverse("api-case-interventions", args=[case.crn])).content.decode()

    assert "Resolve, apart from Robin Vale" in theirs
    assert "Resolve, apart from" in text
    assert "Resolve, apart from" in told
    assert "Robin Vale" not in text + told


def test_the_page_costs_as_many_statements_whatever_there_is_of_everything(client):
    def cost(rows):
        case = a_man()
        for _ in range(rows):
            RequirementFactory(sentence=case.sentences.first(), length=10)
            RegistrationFactory(case=case)
            AssessmentFactory(case=case, signed=True, state="replaced")
        see(client, case.officer, "case-interventions", case)
        with CaptureQueriesContext(connection) as found:
            see(client, case.officer, "case-interventions", case)
        return len(found)

    assert cost(5) == cost(60)


def test_an_empty_case_has_a_page(page):
    assert "There is no active sentence" in page(CaseFactory(state="no_sentence"))
