from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.models import Standing
from cases.reference.codes import Part, Rosh
from grid.models import Judgement, Placement
from grid.services.judgement import judge
from grid.services.placement import place_person
from staff.permissions import Role
from tests.factories import (
    AssignmentFactory,
    CaseFactory,
    OffenceFactory,
    RegistrationFactory,
    RelatedPersonFactory,
    SentenceFactory,
    UserFactory,
    placeable,
)

pytestmark = pytest.mark.django_db
ANSWERS = {
    "complex": "complex",
    "linked_to_harm": "Yes: voices tell them to hurt their brother.",
    "being_managed": "No: they refuse treatment.",
    "effect_of_contact": "They come in when seen weekly.",
}


@pytest.fixture
def case():
    case = placeable()
    place_person(case=case, by=None, today=localdate())
    return case


@pytest.fixture
def page(client):
    """The text of a page as the officer of the case, or as somebody else, sees it."""

    def see(case, name="placement", by=None, **query):
        client.force_login(by or case.officer)
        answer = client.get(reverse(name, args=[case.crn]), query)
        assert answer.status_code == 200
        return answer.content.decode()

    return see


def senior_of(case):
    return UserFactory(role=Role.SPO, team=case.team)


def judged(case, complex=True):
    answers = ANSWERS | {"complex": complex}
    return judge(case=case, by=case.officer, today=localdate(), now=now(), **answers)


def group_of(case):
    return Standing.objects.get(case=case).group


# What the page says


def test_the_page_names_the_group_and_what_it_rests_on(case, page):
    text = page(case)

    assert "GRID placement: Medium, 50 to 74" in text
    assert "Medium risk of serious harm; OGRS3 62%." in text
    assert "Of 100 people with this record about 62 are reconvicted within two years" in text
    assert "It says nothing about harm" in text
    assert 'aria-current="true">Here<span class="govuk-visually-hidden">: Medium, 50 to 74' in text
    assert "1 October 2018" in text


def test_the_page_says_what_would_move_the_person(case, page):
    text = page(case)

    assert "What would move it" in text
    assert "A high risk of serious harm level would mean risk escalation to the NPS" in text


def test_the_page_shows_the_contact_level_and_the_policy_behind_it(case, page):
    text = page(case)

    assert "Fortnightly" in text
    assert "GRID policy, version 1" in text
    assert "RAR programme from the outset" in text


def test_a_score_of_ours_is_shown_term_by_term(page):
    case = CaseFactory()
    sentence = SentenceFactory(case=case, previous_sanctions=4, age_at_first_sanction=17)
    OffenceFactory(sentence=sentence)
    RegistrationFactory(case=case, type_code=Rosh.LOW)

    text = page(case)

    assert "How OGRS3 was worked out" in text
    assert "5 sanctions between the ages of 17 and 28" in text
    assert "operational" in text


def test_a_score_supplied_has_no_terms_to_show(case, page):
    assert "How OGRS3 was worked out" not in page(case)


def test_a_person_who_cannot_be_placed_is_told_each_missing_fact(page):
    text = page(CaseFactory())

    assert "Outside the sixteen groups: <strong>Cannot place</strong>" in text
    assert "Record the risk of serious harm level." in text
    assert "Record the number of previous sanctions." in text
    assert "Weekly (held until placed)" in text


def test_an_escalation_says_who_owns_the_case_meanwhile(page):
    case = placeable(harm=Rosh.HIGH)
    place_person(case=case, by=None, today=localdate())

    text = page(case)

    assert "GRID placement: Risk escalation" in text
    assert "Until a named NPS officer accepts the case" in text
    assert "Weekly" in text


def test_the_first_sixty_days_are_dated_from_the_start_of_follow_up(page):
    case = placeable()
    case.predictors.update(two_year=95)

    text = page(case)

    assert "First intervention booked" in text
    assert "11 October 2018" in text  # day 10 of a sentence of 1 October


def test_nobody_is_offered_to_judge_a_person_the_nps_retains(page):
    case = placeable(retained_by="Ann Officer")

    text = page(case)

    assert "Managed by the NPS: Ann Officer" in text
    assert reverse("judge-placement", args=[case.crn]) not in text


def test_a_register_past_its_review_counts_and_says_so(case, page):
    RegistrationFactory(
        case=case,
        type_name="Domestic abuse perpetrator",
        part=Part.NOT_RECORDED,
        review_on=localdate() - timedelta(days=1),
    )

    text = page(case)

    assert "Makes the case complex: domestic abuse" in text
    assert "Review overdue" in text
    assert "it counts as source of harm until somebody does" in text


def test_facts_that_changed_since_are_said_to_be_on_their_way(case, page):
    assert "Being brought up to date" not in page(case)

    Standing.objects.update(facts_as_at=now() - timedelta(days=1))

    assert "Being brought up to date" in page(case)


def test_the_history_keeps_what_stood_before_and_why(case, page):
    RegistrationFactory(case=case, type_name="Domestic abuse perpetrator")
    place_person(case=case, by=case.officer, today=localdate())

    text = page(case)

    assert text.count("moj-timeline__item") == 2
    assert "complex by Domestic abuse perpetrator" in text
    assert case.officer.name in text
    assert "GRID 2018-12, policy version 1" in text


def test_a_long_history_is_shown_on_request(case, page):
    make_history(case, 30)

    first, all_of_it = page(case), page(case, history="all")

    assert first.count("moj-timeline__item") == 20
    assert "Show all 31" in first
    assert all_of_it.count("moj-timeline__item") == 31


def test_a_protected_name_in_a_judgement_is_kept_from_those_who_may_not_see_it(case, page):
    RelatedPersonFactory(case=case, name="Robin Quill", protected=True)
    judge(
        case=case,
        complex=True,
        by=case.officer,
        today=localdate(),
        now=now(),
        linked_to_harm="They threaten Robin Quill.",
        being_managed="No.",
        effect_of_contact="Good.",
    )
    hub = UserFactory(role=Role.HUB)

    assert "Robin Quill" in page(case)
    assert "Robin Quill" not in page(case, by=hub)


def make_history(case, number):
    today = localdate()
    Placement.objects.bulk_create(
        Placement(
            case=case,
            place="cannot",
            needs=["harm"],
            because="Needs risk of serious harm level",
            facts={},
            rules="GRID 2018-12",
            policy_version=1,
            placed_by=case.officer,
            placed_on=today,
            superseded_on=today,
        )
        for _ in range(number)
    )


def test_the_page_takes_as_many_statements_with_sixty_rows_of_history_as_with_five(client, case):
    client.force_login(case.officer)

    def statements(number):
        make_history(case, number)
        for _ in range(number):
            RegistrationFactory(case=case)
            Judgement.objects.create(
                case=case,
                complex=True,
                state=Judgement.State.ENDED,
                made_by=UserFactory(),
                decided_by=UserFactory(),
                decided_on=localdate(),
                made_on=localdate(),
                until_on=localdate(),
            )
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("placement", args=[case.crn]), {"history": "all"})
        return len(queries)

    statements(1)  # the first request of a session writes it
    assert statements(4) == statements(55)


# Who sees and does what


def test_only_those_who_may_judge_are_offered_to(case, page):
    colleague = UserFactory(team=case.team)
    cover = AssignmentFactory(case=case, from_on=localdate()).user
    link = reverse("judge-placement", args=[case.crn])

    assert link in page(case)
    assert link in page(case, by=cover)
    assert link not in page(case, by=colleague)
    assert link not in page(case, by=UserFactory(role=Role.HUB))


def test_an_officer_judges_a_case_complex_and_is_told_what_happens_next(client, case):
    client.force_login(case.officer)

    answer = client.post(reverse("judge-placement", args=[case.crn]), ANSWERS, follow=True)

    text = answer.content.decode()
    assert group_of(case) == "MC50"
    assert "Judgement recorded" in text
    assert "What happens next" in text
    assert "The contact level is now: weekly" in text


def test_an_unanswered_question_is_asked_again_and_nothing_typed_is_lost(client, case):
    client.force_login(case.officer)

    answer = client.post(
        reverse("judge-placement", args=[case.crn]), ANSWERS | {"being_managed": ""}
    )

    text = answer.content.decode()
    assert "There is a problem" in text
    assert "voices tell them to hurt their brother" in text
    assert not case.judgements.exists()


def test_what_the_rules_refuse_is_said_on_the_form(client, case):
    RegistrationFactory(case=case, type_name="Domestic abuse perpetrator")
    client.force_login(case.officer)

    answer = client.post(
        reverse("judge-placement", args=[case.crn]), ANSWERS | {"complex": "not_complex"}
    )

    assert "A judgement cannot lower what a register makes complex" in answer.content.decode()


REFUSED = "A judgement cannot lower what a register makes complex: Domestic abuse perpetrator"


def test_what_the_rules_would_refuse_is_said_before_anything_is_written(case, page):
    assert REFUSED not in page(case, "judge-placement")

    RegistrationFactory(case=case, type_name="Domestic abuse perpetrator")

    assert REFUSED in page(case, "judge-placement")


def test_the_senior_is_told_beforehand_that_a_register_came_since_it_was_asked(client, case):
    judged(case)
    decide = reverse("decide-lowering", args=[case.crn, judged(case, complex=False).pk])
    client.force_login(senior_of(case))
    assert REFUSED not in client.get(decide).content.decode()

    RegistrationFactory(case=case, type_name="Domestic abuse perpetrator")

    assert REFUSED in client.get(decide).content.decode()


def test_lowering_is_sent_to_the_senior_officer_who_sees_the_request_and_decides(client, case):
    judged(case)
    client.force_login(case.officer)
    asked = client.post(
        reverse("judge-placement", args=[case.crn]),
        ANSWERS | {"complex": "not_complex"},
        follow=True,
    )
    request = case.judgements.awaiting().get()
    decide = reverse("decide-lowering", args=[case.crn, request.pk])
    senior = senior_of(case)

    assert "Request sent to your SPO" in asked.content.decode()
    assert decide not in client.get(reverse("placement", args=[case.crn])).content.decode()
    client.force_login(senior)
    assert decide in client.get(reverse("placement", args=[case.crn])).content.decode()
    offered = client.get(decide).content.decode()
    assert "Medium complex, 50 to 74" in offered
    assert "If you lower it" in offered
    decided = client.post(decide, {"approve": "yes", "note": "Seen"}, follow=True)
    assert "The placement is lowered until" in decided.content.decode()
    assert group_of(case) == "M50"
    again = client.get(decide, follow=True)
    assert "has been decided already" in again.content.decode()


def test_refusing_without_a_reason_is_asked_again(client, case):
    judged(case)
    request = judged(case, complex=False)
    client.force_login(senior_of(case))

    answer = client.post(reverse("decide-lowering", args=[case.crn, request.pk]), {"approve": "no"})

    assert "Say why you refuse" in answer.content.decode()
    assert group_of(case) == "MC50"


def test_the_page_after_a_judgement_sends_back_where_there_is_none(client, case):
    client.force_login(case.officer)

    answer = client.get(reverse("judged-placement", args=[case.crn]))

    assert answer["Location"] == reverse("placement", args=[case.crn])


def test_a_request_of_another_case_is_not_decided_here(client, case):
    judged(case)
    request = judged(case, complex=False)
    other = placeable(team=case.team)
    client.force_login(senior_of(case))

    client.post(
        reverse("decide-lowering", args=[other.crn, request.pk]), {"approve": "yes", "note": "x"}
    )

    assert group_of(case) == "MC50"
